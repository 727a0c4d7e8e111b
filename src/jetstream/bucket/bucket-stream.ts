import { BucketConfig, KeyValueConfig, ObjectStoreConfig } from './bucket-config';
import { isExternal } from '../rules/stream/origins';
import { StreamCompression, StreamConfig, StreamDiscard, StreamOriginConfig, StreamPersistMode, StreamRetention } from '../stream/stream-config';

const KV = 'KV_';
const LONGEST_WINDOW = 120_000;

/** The stream of a key-value bucket. */
export function keyValueStreamName(bucket: string): string {
  return `${KV}${bucket}`;
}

/** The key-value bucket of a stream. */
export function keyValueBucketName(stream: string): string {
  return stream.startsWith(KV) ? stream.slice(KV.length) : stream;
}

/** The stream of an object store. */
export function objectStoreStreamName(bucket: string): string {
  return `OBJ_${bucket}`;
}

/**
 * The stream that NACK's client makes for a key-value bucket.
 * @see https://github.com/nats-io/nats.go/blob/v1.52.0/jetstream/kv.go
 */
export function keyValueStream(config: KeyValueConfig): StreamConfig {
  const { bucket, mirror, sources, limitMarkerTtl } = config;
  return {
    ...bucketStream(config),
    name: keyValueStreamName(bucket),
    subjects: mirror ? [] : [keysOf(bucket)],
    maxMsgsPerSubject: config.history,
    maxMsgSize: config.maxValueSize,
    duplicateWindow: Math.min(LONGEST_WINDOW, config.ttl || Infinity),
    denyDelete: true,
    mirrorDirect: mirror !== undefined,
    allowMsgTtl: limitMarkerTtl !== undefined,
    subjectDeleteMarkerTtl: limitMarkerTtl,
    mirror,
    sources: mirror ? [] : sources.map((source) => withKeys(source, bucket)),
    republish: config.republish,
    metadata: {},
  };
}

/**
 * The stream that NACK's client makes for an object store.
 * @see https://github.com/nats-io/nats.go/blob/v1.52.0/jetstream/object.go
 */
export function objectStoreStream(config: ObjectStoreConfig): StreamConfig {
  const { bucket } = config;
  return {
    ...bucketStream(config),
    name: objectStoreStreamName(bucket),
    subjects: [`$O.${bucket}.C.>`, `$O.${bucket}.M.>`],
    denyDelete: false,
    mirrorDirect: false,
    allowMsgTtl: false,
    sources: [],
    metadata: config.metadata,
  };
}

function bucketStream({ description, ttl, maxBytes, storage, replicas, compression, placement }: BucketConfig) {
  return {
    description,
    retention: StreamRetention.LIMITS,
    storage,
    replicas,
    discard: StreamDiscard.NEW,
    discardPerSubject: false,
    maxBytes,
    maxAge: ttl,
    noAck: false,
    sealed: false,
    denyPurge: false,
    allowRollup: true,
    allowDirect: true,
    allowMsgCounter: false,
    allowAtomicPublish: false,
    allowBatched: false,
    allowMsgSchedules: false,
    compression: compression ? StreamCompression.S2 : StreamCompression.NONE,
    persistMode: StreamPersistMode.DEFAULT,
    placement,
  };
}

/** Keys of a source become keys of the bucket, unless it is said what becomes of them. */
function withKeys(source: StreamOriginConfig, bucket: string): StreamOriginConfig {
  if (source.subjectTransforms.length > 0) return source;
  const origin = source.name.slice(KV.length);
  if (isExternal(source) && origin === bucket) return source;
  return { ...source, subjectTransforms: [{ source: keysOf(origin), destination: keysOf(bucket) }] };
}

function keysOf(bucket: string): string {
  return `$KV.${bucket}.>`;
}
