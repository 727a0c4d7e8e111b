import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { ObjectStoreConfig } from './bucket-config';
import { ObjectStoreBucketProps } from './bucket-props';
import { objectStoreStream } from './bucket-stream';
import { describeBucket } from './describe-bucket';
import { ExistingBucketOptions } from './key-value-bucket-base';
import { ExistingObjectStoreBucket, ObjectStoreBucketBase } from './object-store-bucket-base';
import { renderObjectStore } from './render-bucket';
import { resolveObjectStore } from './resolve-bucket';
import * as nack from '../../../imports/jetstream.nats.io';
import { judge } from '../assets/judge';
import { jetStreamResource } from '../jetstream-resource';
import { objectStoreRules } from '../rules/bucket-rules';
import { JetStreamTarget } from '../target/jetstream-target';

/**
 * An object store, which NACK makes and keeps as it is described.
 *
 * What the client of NACK or the server would refuse throws. Its stream is `OBJ_<bucket>`; objects are stored in chunks, with subjects `$O.<bucket>.C.<id>`, and described by
 * `$O.<bucket>.M.<name>`.
 *
 * @see https://docs.nats.io/nats-concepts/jetstream/obj_store
 */
export class ObjectStoreBucket extends ObjectStoreBucketBase {
  /** An object store that exists already. */
  public static fromBucketName(scope: Construct, id: string, bucketName: string, options: ExistingBucketOptions): ObjectStoreBucketBase {
    return new ExistingObjectStoreBucket(scope, id, bucketName, options);
  }

  public readonly bucketName: string;
  public readonly streamName: string;
  public readonly target: JetStreamTarget;
  /** The ObjectStore. */
  public readonly apiObject: ApiObject;
  /** @internal */
  public readonly _config: ObjectStoreConfig;

  constructor(scope: Construct, id: string, props: ObjectStoreBucketProps) {
    super(scope, id);
    const { target, resourceName, preventDelete = true, preventUpdate } = props;
    const assets = target._assets;
    const config = resolveObjectStore(this, props, assets);
    judge(this, objectStoreRules, config, assets.bucketPlace);
    this.streamName = describeBucket(this, assets, objectStoreStream(config));
    this.bucketName = config.bucket;
    this.target = target;
    this._config = config;
    const spec = nack.toJson_ObjectStoreSpec({ ...renderObjectStore(config), ...target._connectionFor(this), preventDelete, preventUpdate });
    this.apiObject = jetStreamResource(this, 'ObjectStore', { names: [config.bucket], name: resourceName, spec });
  }
}
