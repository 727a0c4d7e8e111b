/** From where a user reaches the stream or bucket. */
export interface JetStreamGrantOptions {
  /**
   * JetStream domain of the stream, for clients that name it. Give it for a user of another cluster, whose servers are leaf nodes of the stream's:
   * without it, such a user throws. A user of the stream's own servers may then name the domain or not. One that is not the domain of the stream's
   * servers throws.
   * @default - clients name no domain
   * @see https://docs.nats.io/running-a-nats-service/configuration/leafnodes/jetstream_leafnodes
   */
  readonly domain?: string;
}

/** What of a stream is published. */
export interface StreamPublishGrant extends JetStreamGrantOptions {
  /**
   * Subjects, wildcards included. One that the stream does not store throws.
   * @default - the subjects of the stream; required for a stream that exists already
   */
  readonly subjects?: string[];
}

/** What of a stream is read, and how. */
export interface StreamReadGrant extends JetStreamGrantOptions {
  /**
   * Subjects that may be read, wildcards included, each by itself. A last token of * lets the user read what > would: rule GRANT-READ-WIDER warns of
   * it. One that shares nothing with the subjects of the stream throws.
   * @default - all
   */
  readonly filterSubjects?: string[];
  /**
   * Whether the user may make consumers for itself: ordered consumers, which clients make anew after each interruption, under names of their own.
   * That lets the user change consumers of the stream that are there, and take what they would deliver: rule GRANT-READ-CONSUMERS warns where there
   * are some. On a work queue it throws: the server wants acknowledgements there.
   * @default - false: only single messages, by subject or sequence number
   */
  readonly orderedConsumers?: boolean;
  /**
   * Whether they may be made by clients that tell the server the filter only in the request itself: nats.py, and the official TypeScript client for
   * several filters at once. The server then lets the user read all, whatever `filterSubjects` says: rule GRANT-READ-WIDER warns of it. Implies
   * `orderedConsumers`.
   * @default false
   */
  readonly legacyConsumers?: boolean;
}

/** What of a bucket is read, and how. */
export interface BucketReadGrant extends JetStreamGrantOptions {
  /**
   * Keys that may be read, with wildcards as in subjects, each by itself. Clients must then ask the servers directly (TypeScript:
   * `open(bucket, { allow_direct: true })`), and earlier revisions cannot be read. A last token of * lets the user read what > would: rule
   * GRANT-READ-WIDER warns of it. Text that is no key throws.
   * @default - all
   */
  readonly keys?: string[];
  /**
   * Whether keys may be listed and watched by clients that tell the server which ones only in the request itself: nats.py, and watches of several
   * keys at once. The server then lets the user read all, whatever `keys` says: rule GRANT-READ-WIDER warns of it.
   * @default false
   */
  readonly legacyConsumers?: boolean;
}

/** What of a bucket is written. */
export interface BucketWriteGrant extends JetStreamGrantOptions {
  /**
   * Keys that may be written, with wildcards as in subjects. This keeps well-meaning users apart, not hostile ones: rule GRANT-WRITE-KEYS warns of
   * it. Text that is no key throws.
   * @default - all
   */
  readonly keys?: string[];
}

/** How objects are read. */
export interface ObjectStoreGrant extends JetStreamGrantOptions {
  /**
   * Whether they may be read by clients that tell the server which ones only in the request itself, and look for the store among all streams: nats.py.
   * @default false
   */
  readonly legacyConsumers?: boolean;
}
