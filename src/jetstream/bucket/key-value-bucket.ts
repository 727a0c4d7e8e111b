import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { KeyValueConfig } from './bucket-config';
import { KeyValueBucketProps } from './bucket-props';
import { keyValueStream } from './bucket-stream';
import { describeBucket } from './describe-bucket';
import { ExistingBucketOptions, ExistingKeyValueBucket, KeyValueBucketBase } from './key-value-bucket-base';
import { renderKeyValue } from './render-bucket';
import { resolveKeyValue } from './resolve-bucket';
import * as nack from '../../../imports/jetstream.nats.io';
import { judge } from '../assets/judge';
import { jetStreamResource } from '../jetstream-resource';
import { keyValueRules } from '../rules/bucket-rules';
import { JetStreamTarget } from '../target/jetstream-target';

/**
 * A key-value bucket, which NACK makes and keeps as it is described.
 *
 * What the client of NACK or the server would refuse throws, or fails the synth where it depends on other streams. Its stream is `KV_<bucket>`, and each key a subject
 * `$KV.<bucket>.<key>`.
 *
 * @see https://docs.nats.io/nats-concepts/jetstream/key-value-store
 */
export class KeyValueBucket extends KeyValueBucketBase {
  /** A bucket that exists already, so that others can copy from it. */
  public static fromBucketName(scope: Construct, id: string, bucketName: string, options: ExistingBucketOptions): KeyValueBucketBase {
    return new ExistingKeyValueBucket(scope, id, bucketName, options);
  }

  public readonly bucketName: string;
  public readonly streamName: string;
  public readonly target: JetStreamTarget;
  /** The KeyValue. */
  public readonly apiObject: ApiObject;
  /** @internal */
  public readonly _config: KeyValueConfig;

  constructor(scope: Construct, id: string, props: KeyValueBucketProps) {
    super(scope, id);
    const { target, resourceName, preventDelete = true, preventUpdate } = props;
    const assets = target._assets;
    const config = resolveKeyValue(this, props, assets);
    judge(this, keyValueRules, config, assets.bucketPlace);
    this.streamName = describeBucket(this, assets, keyValueStream(config));
    this.bucketName = config.bucket;
    this.target = target;
    this._config = config;
    const spec = nack.toJson_KeyValueSpec({ ...renderKeyValue(config), ...target._connectionFor(this), preventDelete, preventUpdate });
    this.apiObject = jetStreamResource(this, 'KeyValue', { names: [config.bucket], name: resourceName, spec });
  }
}
