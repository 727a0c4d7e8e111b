import { Construct } from 'constructs';
import { KeyValueConfig } from './bucket-config';
import { keyValueBucketName, keyValueStreamName } from './bucket-stream';
import { NatsUser } from '../../nats/auth/nats-user';
import { BucketGrantor } from '../grants/bucket-grantor';
import { BucketReadGrant, BucketWriteGrant } from '../grants/grant-options';
import { JetStreamTarget } from '../target/jetstream-target';

/** What is known of a bucket that exists already. */
export interface ExistingBucketOptions {
  /** Where it is. */
  readonly target: JetStreamTarget;
}

/** A key-value bucket: one that this app describes, or one that exists already. */
export abstract class KeyValueBucketBase extends Construct {
  /** Name of the bucket. */
  public abstract readonly bucketName: string;
  /** Name of its stream. */
  public abstract readonly streamName: string;
  /** Where it is. */
  public abstract readonly target: JetStreamTarget;
  /** @internal What it is, if this app describes it. */
  public abstract readonly _config?: KeyValueConfig;
  private grantor?: BucketGrantor;

  /**
   * Lets a user get keys, list and watch them and look at their history. Its client must be told its `inboxPrefix`, as with every grant. A user of
   * another account throws.
   *
   * A reader can direct what it reads to any subject, and so write keys by reading others: only accounts keep users apart who are hostile to each other.
   */
  public grantRead(user: NatsUser, options: BucketReadGrant = {}): void {
    this.grants.read(user, options);
  }

  /**
   * Lets a user put, create, update, delete and purge keys; to create one that was deleted, clients read it first, which `grantReadWrite` allows. On
   * a mirror it throws, and so does a user of another account.
   */
  public grantWrite(user: NatsUser, options: BucketWriteGrant = {}): void {
    this.grants.write(user, options);
  }

  /** Lets a user read keys, and write the same ones: `grantRead` and `grantWrite` in one. */
  public grantReadWrite(user: NatsUser, options: BucketReadGrant = {}): void {
    this.grants.read(user, options);
    this.grants.write(user, options);
  }

  private get grants(): BucketGrantor {
    const { bucketName: name, target, _config: { mirror } = {} } = this;
    return this.grantor ??= new BucketGrantor({ construct: this, name, target, mirrorOf: mirror && keyValueBucketName(mirror.name) });
  }
}

/** A key-value bucket that exists already. */
export class ExistingKeyValueBucket extends KeyValueBucketBase {
  public readonly streamName: string;
  public readonly target: JetStreamTarget;
  /** @internal */
  public readonly _config = undefined;

  constructor(scope: Construct, id: string, public readonly bucketName: string, { target }: ExistingBucketOptions) {
    super(scope, id);
    this.streamName = keyValueStreamName(bucketName);
    this.target = target;
    target._assets.noteExisting(this.streamName);
  }
}
