import { Construct } from 'constructs';
import { BucketConfig, KeyValueConfig, ObjectStoreConfig } from './bucket-config';
import { JetStreamBucketProps, KeyValueBucketProps, ObjectStoreBucketProps } from './bucket-props';
import { bytesOf } from '../../core/bytes';
import { fractionalMilliseconds } from '../../core/go-duration';
import { AccountAssets } from '../assets/account-assets';
import { JetStreamPlace } from '../rules/place';
import { defaultReplicas, defaultStorage } from '../stream/resolve-stream';
import { resolveRepublish } from '../stream/subject-transforms';

/** A key-value bucket with its defaults. */
export function resolveKeyValue(scope: Construct, props: KeyValueBucketProps, assets: AccountAssets): KeyValueConfig {
  return {
    ...resolveBucket(scope, props, assets.bucketPlace),
    history: props.history ?? 1,
    limitMarkerTtl: props.limitMarkerTtl && (fractionalMilliseconds(props.limitMarkerTtl) || undefined),
    maxValueSize: props.maxValueSize && bytesOf(props.maxValueSize),
    republish: props.republish && resolveRepublish(props.republish),
    mirror: props.mirror?._resolve(scope, assets),
    sources: (props.sources ?? []).map((source) => source._resolve(scope, assets)),
  };
}

/** An object store with its defaults. */
export function resolveObjectStore(scope: Construct, props: ObjectStoreBucketProps, assets: AccountAssets): ObjectStoreConfig {
  return { ...resolveBucket(scope, props, assets.bucketPlace), metadata: props.metadata ?? {} };
}

function resolveBucket(scope: Construct, props: JetStreamBucketProps, place: JetStreamPlace): BucketConfig {
  return {
    bucket: props.name ?? scope.node.id,
    description: props.description,
    ttl: props.ttl ? fractionalMilliseconds(props.ttl) : 0,
    maxBytes: props.maxBytes && bytesOf(props.maxBytes),
    storage: props.storage ?? defaultStorage(place),
    replicas: props.replicas ?? defaultReplicas(place),
    compression: props.compression ?? false,
    placement: props.placement,
  };
}
