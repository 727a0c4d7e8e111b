import { BucketConfig, KeyValueConfig, ObjectStoreConfig } from './bucket-config';
import * as nack from '../../../imports/jetstream.nats.io';
import { goDuration } from '../../core/go-duration';
import { wire } from '../../core/wire';
import { ifOn, renderOrigin } from '../stream/render-stream';

/** The part of a KeyValue's spec that says what the bucket is. */
export function renderKeyValue(config: KeyValueConfig): nack.KeyValueSpec {
  return {
    ...renderBucket(config),
    storage: wire(config.storage),
    history: config.history,
    // A number of nanoseconds, beside ttl, which is a text.
    limitMarkerTtl: config.limitMarkerTtl === undefined ? undefined : Math.round(config.limitMarkerTtl * 1e6),
    maxValueSize: config.maxValueSize,
    republish: config.republish,
    mirror: config.mirror && renderOrigin(config.mirror),
    sources: config.sources.length > 0 ? config.sources.map(renderOrigin) : undefined,
  };
}

/** The part of an ObjectStore's spec that says what the bucket is. */
export function renderObjectStore(config: ObjectStoreConfig): nack.ObjectStoreSpec {
  return {
    ...renderBucket(config),
    storage: wire(config.storage),
    metadata: Object.keys(config.metadata).length > 0 ? { ...config.metadata } : undefined,
  };
}

function renderBucket(config: BucketConfig) {
  return {
    bucket: config.bucket,
    description: config.description,
    ttl: goDuration(config.ttl),
    maxBytes: config.maxBytes,
    replicas: config.replicas,
    compression: ifOn(config.compression),
    placement: config.placement,
  };
}
