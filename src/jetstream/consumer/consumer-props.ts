import { Duration, Size } from 'cdk8s';
import { AckPolicy, DeliverPolicy, PriorityPolicy, ReplayPolicy } from './consumer-config';
import type { JetStreamStreamBase } from '../stream/jetstream-stream-base';
import { JetStreamResourceOptions } from '../stream/stream-props';

/** How several clients share a pull consumer. */
export interface ConsumerPriority {
  /** Who gets messages. */
  readonly policy: PriorityPolicy;
  /** Groups of clients: 1 to 16 letters, digits, `-`, `_`, `/` and `=` each. */
  readonly groups: string[];
  /**
   * How long a client stays pinned that asks for nothing; with `PriorityPolicy.PINNED_CLIENT`. It is always written out then: NACK forgets the policy without it.
   * @default Duration.minutes(2)
   */
  readonly pinnedTtl?: Duration;
}

/** A consumer whose clients ask for messages. */
export interface ConsumerPullOptions {
  /**
   * Requests that may wait; it cannot change.
   * @default - the server's: 512
   */
  readonly maxWaiting?: number;
  /**
   * Messages that a request may ask for.
   * @default - unlimited; the limit of the servers where they have one
   */
  readonly maxRequestBatch?: number;
  /**
   * How long a request may wait; at least 1 ms.
   * @default - unlimited
   */
  readonly maxRequestExpires?: Duration;
  /**
   * Bytes that a request may ask for.
   * @default - unlimited
   */
  readonly maxRequestMaxBytes?: Size;
  /**
   * How several clients share it.
   * @default - whoever asks first
   */
  readonly priority?: ConsumerPriority;
}

/** A consumer that sends messages to a subject. */
export interface ConsumerPushOptions {
  /** Subject on which clients listen, without wildcards. One that the stream stores throws. */
  readonly deliverSubject: string;
  /**
   * Queue group of the clients, each of which gets a part of the messages.
   * @default - each client gets all
   */
  readonly deliverGroup?: string;
  /**
   * Whether the server waits until the client has taken what was sent; needs `heartbeat`. It cannot change.
   * @default - false; true with `AckPolicy.FLOW_CONTROL`
   */
  readonly flowControl?: boolean;
  /**
   * How often a client hears from the consumer when there is nothing to deliver, at least 100 ms; it cannot change.
   * @default - never; every 5 s with `flowControl`, which needs it, and every second with `AckPolicy.FLOW_CONTROL`, which needs that
   */
  readonly heartbeat?: Duration;
  /**
   * Bits per second.
   * @default - unlimited
   */
  readonly rateLimitBps?: number;
}

/**
 * A consumer of a stream. It is durable: clients find it by its name, and it knows what is acknowledged when they come back.
 *
 * NACK does not undo everything that leaves the program: `filterSubjects`, `backoff`, `sampleFrequency`, `headersOnly`, `inactiveThreshold`, `maxRequestExpires` and
 * `priority` stay as they were on the server when they are removed here, or as somebody else has set them there while nothing is said of them here. It changes `pauseUntil` of no consumer that is there.
 *
 * @see https://docs.nats.io/nats-concepts/jetstream/consumers
 */
export interface JetStreamConsumerOptions extends JetStreamResourceOptions {
  /**
   * Name of the consumer; it cannot change. One that the server or NACK refuses throws, and so does that of another consumer of the stream.
   * @default - id of the construct
   */
  readonly name?: string;
  /**
   * Description, up to 4096 bytes.
   * @default - none
   */
  readonly description?: string;
  /**
   * Options of a consumer whose clients ask for messages. Together with `push` it throws.
   * @default - a pull consumer, unless `push` is given
   */
  readonly pull?: ConsumerPullOptions;
  /**
   * Options of a consumer that sends messages to a subject; it cannot become a pull consumer.
   * @default - a pull consumer
   */
  readonly push?: ConsumerPushOptions;
  /**
   * Subjects of the messages that it delivers, wildcards included. None may lie within another.
   * @default - all of the stream
   */
  readonly filterSubjects?: string[];
  /**
   * Where it begins; it cannot change.
   * @default - with the sequence number or the time, where one is given; else DeliverPolicy.ALL
   */
  readonly deliverPolicy?: DeliverPolicy;
  /**
   * Sequence number with which it begins; only with `DeliverPolicy.BY_START_SEQUENCE`. It cannot change.
   * @default - none
   */
  readonly startSequence?: number;
  /**
   * Time with which it begins, as RFC 3339 writes it: `2026-08-01T00:00:00Z`; only with `DeliverPolicy.BY_START_TIME`. It cannot change.
   * @default - none
   */
  readonly startTime?: string;
  /**
   * How messages are acknowledged; it cannot change. A work queue takes only EXPLICIT.
   * @default AckPolicy.EXPLICIT
   */
  readonly ackPolicy?: AckPolicy;
  /**
   * How long the server waits for an acknowledgement before it delivers a message again. It is always written out: NACK would take a nanosecond.
   * @default - the first of `backoff`, which it must equal; else 30 s. Zero where there are no acknowledgements, or by flow control
   */
  readonly ackWait?: Duration;
  /**
   * How often a message is delivered; -1 for without end. A message that has been delivered so often stays in the stream, and is not delivered any more.
   * @default -1
   */
  readonly maxDeliver?: number;
  /**
   * How long the server waits before each further delivery; the last holds for all that follow. No more than `maxDeliver` of them.
   * @default - `ackWait` each time
   */
  readonly backoff?: Duration[];
  /**
   * Messages that may wait for an acknowledgement; -1 for unlimited.
   * @default - the server's: 1000, or its limit; where the stream limits it, at most that
   */
  readonly maxAckPending?: number;
  /**
   * How fast what is there already is delivered; it cannot change.
   * @default ReplayPolicy.INSTANT
   */
  readonly replayPolicy?: ReplayPolicy;
  /**
   * Of how many percent of the acknowledgements the server tells how long they took, 0 to 100.
   * @default 0
   */
  readonly sampleFrequency?: number;
  /**
   * Whether messages are delivered without their body.
   * @default false
   */
  readonly headersOnly?: boolean;
  /**
   * After how long without a client the consumer is deleted, with its position.
   * @default - never; the limit of the stream where that has one
   */
  readonly inactiveThreshold?: Duration;
  /**
   * Until when nothing is delivered, as RFC 3339 writes it. Only when the consumer is made.
   * @default - it is not paused
   */
  readonly pauseUntil?: string;
  /**
   * Servers that have a copy of its position, at most those of the stream.
   * @default - those of the stream
   */
  readonly replicas?: number;
  /**
   * Whether its position is kept in memory: faster, and lost with the servers that have it. It cannot change: servers before 2.15 take it for a consumer that is there, and forget its
   * position when they next start.
   * @default - as the stream
   */
  readonly memStorage?: boolean;
  /**
   * Metadata on the server, up to 128 KiB. It replaces what is there.
   * @default - none
   */
  readonly metadata?: { [key: string]: string };
  /**
   * Whether the consumer stays on the servers when its resource is deleted. One that nobody uses any more lets a work queue, or a stream by interest, grow without end.
   * @default false
   */
  readonly preventDelete?: boolean;
}

/** A consumer, and the stream that it is of. */
export interface JetStreamConsumerProps extends JetStreamConsumerOptions {
  /** The stream. */
  readonly stream: JetStreamStreamBase;
}
