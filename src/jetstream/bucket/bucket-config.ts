import { StreamConfig, StreamOriginConfig, StreamStorage, SubjectTransformConfig } from '../stream/stream-config';

/** What each kind of bucket has, with all defaults in place. Times are milliseconds, zero for ever; a limit that is absent is unlimited. */
export interface BucketConfig {
  readonly bucket: string;
  readonly description?: string;
  readonly ttl: number;
  readonly maxBytes?: number;
  readonly storage: StreamStorage;
  readonly replicas: number;
  readonly compression: boolean;
  readonly placement?: StreamConfig['placement'];
}

/** A key-value bucket with all defaults in place: what its rules judge and what is rendered. */
export interface KeyValueConfig extends BucketConfig {
  readonly history: number;
  readonly limitMarkerTtl?: number;
  readonly maxValueSize?: number;
  readonly republish?: SubjectTransformConfig;
  /** By the name of its stream, as are sources. */
  readonly mirror?: StreamOriginConfig;
  readonly sources: StreamOriginConfig[];
}

/** An object store with all defaults in place: what its rules judge and what is rendered. */
export interface ObjectStoreConfig extends BucketConfig {
  readonly metadata: { readonly [key: string]: string };
}
