import { StreamStorage } from '../stream/stream-config';

/** Where a consumer begins. */
export enum DeliverPolicy {
  /** With the first message of the stream. */
  ALL = 'all',
  /** With the last message. */
  LAST = 'last',
  /** With the next message that comes. */
  NEW = 'new',
  /** With a sequence number. */
  BY_START_SEQUENCE = 'byStartSequence',
  /** With a time. */
  BY_START_TIME = 'byStartTime',
  /** With the last message of each subject. */
  LAST_PER_SUBJECT = 'lastPerSubject',
}

/** How messages are acknowledged. */
export enum AckPolicy {
  /** Each by itself. */
  EXPLICIT = 'explicit',
  /** With one, all before it. */
  ALL = 'all',
  /** Not at all: what is delivered counts as processed. */
  NONE = 'none',
  /** By the flow control of a push consumer: for streams that copy from another. */
  FLOW_CONTROL = 'flow_control',
}

/** How fast a consumer delivers what the stream holds already. */
export enum ReplayPolicy {
  /** As fast as it can. */
  INSTANT = 'instant',
  /** As fast as it came. */
  ORIGINAL = 'original',
}

/** Which of several clients of a pull consumer gets messages. */
export enum PriorityPolicy {
  /** Whoever asks, only while more wait than the client says. */
  OVERFLOW = 'overflow',
  /** One client, as long as it is there. */
  PINNED_CLIENT = 'pinned_client',
  /** The client with the lowest number. */
  PRIORITIZED = 'prioritized',
}

/**
 * A durable consumer with all defaults in place: what the rules judge and what is rendered. Times are milliseconds, which may have fractions; a
 * limit that is absent is the server's default.
 */
export interface ConsumerConfig {
  readonly name: string;
  readonly streamName: string;
  readonly description?: string;
  readonly deliverPolicy: DeliverPolicy;
  readonly startSequence?: number;
  /** RFC 3339. */
  readonly startTime?: string;
  readonly ackPolicy: AckPolicy;
  /** Zero where the acknowledgement has no time. */
  readonly ackWait: number;
  /** Absent: without end. */
  readonly maxDeliver?: number;
  readonly backoff: number[];
  /** One or several; none for all subjects of the stream. */
  readonly filterSubjects: string[];
  readonly replayPolicy: ReplayPolicy;
  readonly sampleFrequency?: string;
  readonly maxAckPending?: number;
  readonly headersOnly: boolean;
  readonly inactiveThreshold?: number;
  readonly pauseUntil?: string;
  readonly replicas?: number;
  readonly storage?: StreamStorage.MEMORY;
  readonly metadata: { readonly [key: string]: string };
  /** Of a push consumer: present if it is one. */
  readonly deliverSubject?: string;
  readonly deliverGroup?: string;
  readonly flowControl: boolean;
  readonly heartbeat?: number;
  readonly rateLimitBps?: number;
  /** Of a pull consumer. */
  readonly maxWaiting?: number;
  readonly maxRequestBatch?: number;
  readonly maxRequestExpires?: number;
  readonly maxRequestMaxBytes?: number;
  readonly priorityPolicy?: PriorityPolicy;
  readonly priorityGroups: string[];
  readonly pinnedTtl?: number;
}
