import { Duration, Size } from 'cdk8s';
import { KeyValueOrigin } from './key-value-origin';
import { StreamStorage } from '../stream/stream-config';
import { JetStreamResourceOptions, StreamPlacement } from '../stream/stream-props';
import { StreamRepublish } from '../stream/subject-transforms';
import { JetStreamTarget } from '../target/jetstream-target';

/** What both kinds of bucket have. NACK changes a bucket that is there to all that is said here, and takes back what leaves the program. */
export interface JetStreamBucketProps extends JetStreamResourceOptions {
  /** Where it is. */
  readonly target: JetStreamTarget;
  /**
   * Name of the bucket: letters, digits, - and _; it cannot change. Another one throws.
   * @default - id of the construct
   */
  readonly name?: string;
  /**
   * Description, up to 4096 bytes.
   * @default - none
   */
  readonly description?: string;
  /**
   * How long what is put lives, zero for ever; at least 100 ms.
   * @default - for ever
   */
  readonly ttl?: Duration;
  /**
   * Bytes of all that is in it, which the server reserves, on each server that has a copy. When they are full, nothing more can be put.
   * @default - unlimited
   */
  readonly maxBytes?: Size;
  /**
   * Where it is stored; it cannot change.
   * @default - in files; in memory on servers that have only a memory store
   */
  readonly storage?: StreamStorage;
  /**
   * Servers that have a copy, up to 5. More than there are servers throws.
   * @default - 3 on a cluster of three or more servers, else 1; also 1 where the number of servers is not known
   */
  readonly replicas?: number;
  /**
   * Whether its files are compressed.
   * @default false
   */
  readonly compression?: boolean;
  /**
   * On which servers it may be.
   * @default - on any
   */
  readonly placement?: StreamPlacement;
  /**
   * Whether the bucket, with all that is in it, stays on the servers when its resource is deleted, as when it leaves the program or is renamed. Delete one that has stayed with
   * `nats kv del` or `nats object del`.
   * @default true
   */
  readonly preventDelete?: boolean;
}

/**
 * A key-value bucket.
 * @see https://docs.nats.io/nats-concepts/jetstream/key-value-store
 */
export interface KeyValueBucketProps extends JetStreamBucketProps {
  /**
   * Values of each key that are kept, 1 to 64. A lower number later deletes the oldest at once.
   * @default 1
   */
  readonly history?: number;
  /**
   * How long a marker stays where a key was removed by its `ttl`, so that watchers learn of it; at least 1 s, zero for none, and not for a mirror. It cannot be turned off. Values may then have
   * a time to live of their own.
   * @default - no markers
   */
  readonly limitMarkerTtl?: Duration;
  /**
   * Largest value.
   * @default - what the servers let through
   */
  readonly maxValueSize?: Size;
  /**
   * What is published once more when it is put.
   * @default - nothing
   */
  readonly republish?: StreamRepublish;
  /**
   * The bucket of which it is a copy that can only be read. Together with `sources` it throws.
   * @default - none
   */
  readonly mirror?: KeyValueOrigin;
  /**
   * Buckets whose keys are copied into it.
   * @default - none
   */
  readonly sources?: KeyValueOrigin[];
}

/**
 * An object store.
 * @see https://docs.nats.io/nats-concepts/jetstream/obj_store
 */
export interface ObjectStoreBucketProps extends JetStreamBucketProps {
  /**
   * Metadata on the server, up to 128 KiB. It replaces what is there.
   * @default - none
   */
  readonly metadata?: { [key: string]: string };
}
