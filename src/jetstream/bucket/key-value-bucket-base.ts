import { Construct } from 'constructs';
import { KeyValueConfig } from './bucket-config';
import { keyValueStreamName } from './bucket-stream';
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
  }
}
