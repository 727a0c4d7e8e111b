import { Construct } from 'constructs';
import { ObjectStoreConfig } from './bucket-config';
import { objectStoreStreamName } from './bucket-stream';
import { ExistingBucketOptions } from './key-value-bucket-base';
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
  }
}
