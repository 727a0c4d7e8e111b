import { Construct } from 'constructs';
import { ObjectStoreConfig } from './bucket-config';
import { objectStoreStreamName } from './bucket-stream';
import { ExistingBucketOptions } from './key-value-bucket-base';
import { NatsUser } from '../../nats/auth/nats-user';
import { ObjectStoreGrant } from '../grants/grant-options';
import { ObjectStoreGrantor } from '../grants/object-store-grantor';
import { JetStreamTarget } from '../target/jetstream-target';

/** An object store: one that this app describes, or one that exists already. */
export abstract class ObjectStoreBucketBase extends Construct {
  /** Name of the bucket. */
  public abstract readonly bucketName: string;
  /** Name of its stream. */
  public abstract readonly streamName: string;
  /** Where it is. */
  public abstract readonly target: JetStreamTarget;
  /** @internal What it is, if this app describes it. */
  public abstract readonly _config?: ObjectStoreConfig;
  private grantor?: ObjectStoreGrantor;

  /**
   * Lets a user get objects, list and watch them. Its client must be told its `inboxPrefix`, as with every grant; clients also ask for the limits of
   * the account, which they thereby learn. A user of another account throws.
   */
  public grantRead(user: NatsUser, options: ObjectStoreGrant = {}): void {
    this.grants.read(user, options);
  }

  /**
   * Lets a user read objects, and put, replace, describe and delete them. There is no leave to write alone, because whoever puts an object reads its
   * old description; and none for some objects, because replacing one can empty the store: rule GRANT-OBJECT-WRITERS warns where there are several
   * writers.
   */
  public grantReadWrite(user: NatsUser, options: ObjectStoreGrant = {}): void {
    this.grants.readWrite(user, options);
  }

  private get grants(): ObjectStoreGrantor {
    return this.grantor ??= new ObjectStoreGrantor({ construct: this, name: this.bucketName, target: this.target });
  }
}

/** An object store that exists already. */
export class ExistingObjectStoreBucket extends ObjectStoreBucketBase {
  public readonly streamName: string;
  public readonly target: JetStreamTarget;
  /** @internal */
  public readonly _config = undefined;

  constructor(scope: Construct, id: string, public readonly bucketName: string, { target }: ExistingBucketOptions) {
    super(scope, id);
    this.streamName = objectStoreStreamName(bucketName);
    this.target = target;
    target._assets.noteExisting(this.streamName);
  }
}
