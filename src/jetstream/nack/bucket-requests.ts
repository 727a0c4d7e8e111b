import { withCrdDefaults } from './crd-defaults';
import { origin } from './stream-requests';
import { duration, limit } from './values';
import * as nack from '../../../imports/jetstream.nats.io';
import { BucketConfig, KeyValueConfig, ObjectStoreConfig } from '../bucket/bucket-config';
import { StreamStorage } from '../stream/stream-config';

/**
 * The key-value bucket that NACK asks the server for, the same when a resource is new and when it has changed: its client replaces the whole configuration.
 * @see https://github.com/nats-io/nack/blob/v0.23.0/internal/controller/keyvalue_controller.go
 */
export function keyValueToApply(said: nack.KeyValueSpec): KeyValueConfig {
  const spec = withCrdDefaults('KeyValue', said);
  return {
    ...bucketOf(spec),
    history: Math.max(spec.history ?? 1, 1),
    limitMarkerTtl: spec.limitMarkerTtl ? spec.limitMarkerTtl / 1e6 : undefined,
    maxValueSize: limit(spec.maxValueSize),
    republish: spec.republish && { source: spec.republish.source ?? '', destination: spec.republish.destination ?? '' },
    mirror: spec.mirror && withPrefix(spec.mirror),
    sources: (spec.sources ?? []).map(withPrefix),
  };
}

/** The object store that NACK asks the server for, whether the resource is new or has changed. */
export function objectStoreToApply(said: nack.ObjectStoreSpec): ObjectStoreConfig {
  const spec = withCrdDefaults('ObjectStore', said);
  return { ...bucketOf(spec), metadata: spec.metadata ?? {} };
}

function bucketOf(spec: nack.KeyValueSpec | nack.ObjectStoreSpec): BucketConfig {
  return {
    bucket: spec.bucket ?? '',
    description: spec.description || undefined,
    ttl: duration(spec.ttl) ?? 0,
    maxBytes: limit(spec.maxBytes),
    storage: spec.storage as StreamStorage | undefined ?? StreamStorage.FILE,
    replicas: spec.replicas ?? 1,
    compression: spec.compression ?? false,
    placement: spec.placement && { cluster: spec.placement.cluster, tags: spec.placement.tags },
  };
}

/** The client puts the prefix of streams before the name of a bucket that has none. */
function withPrefix(said: nack.KeyValueSpecMirror | nack.KeyValueSpecSources) {
  const read = origin(said);
  return { ...read, name: read.name.startsWith('KV_') ? read.name : `KV_${read.name}` };
}
