/** When a stream lets go of messages. */
export enum StreamRetention {
  /** When a limit is reached. */
  LIMITS = 'limits',
  /** When every consumer that is there has acknowledged them; without consumers nothing is kept. */
  INTEREST = 'interest',
  /** When the one consumer of their subject has acknowledged them. */
  WORK_QUEUE = 'workqueue',
}

/** Where a stream or consumer keeps its data. */
export enum StreamStorage {
  FILE = 'file',
  MEMORY = 'memory',
}

/** What gives way when a stream is full. */
export enum StreamDiscard {
  /** The oldest messages. */
  OLD = 'old',
  /** New messages: they are refused. */
  NEW = 'new',
}

/** How the files of a stream are compressed. */
export enum StreamCompression {
  NONE = 'none',
  S2 = 's2',
}

/** When the server answers a publisher. */
export enum StreamPersistMode {
  /** After the message is written. */
  DEFAULT = 'default',
  /** Before it: faster, and the last messages are lost when the server stops without warning. */
  ASYNC = 'async',
}

/** Subjects that become others. */
export interface SubjectTransformConfig {
  /** What is transformed; empty for everything. */
  readonly source: string;
  readonly destination: string;
}

/** The consumer, made beforehand, by which a stream reads another. */
export interface OriginConsumerConfig {
  readonly name: string;
  readonly deliverSubject?: string;
}

/** A stream from which another copies. */
export interface StreamOriginConfig {
  readonly name: string;
  readonly startSequence?: number;
  /** RFC 3339. */
  readonly startTime?: string;
  readonly filterSubject?: string;
  readonly externalApiPrefix?: string;
  readonly externalDeliverPrefix?: string;
  readonly subjectTransforms: SubjectTransformConfig[];
  readonly consumer?: OriginConsumerConfig;
}

/**
 * A stream with all defaults in place: what the rules judge and what is rendered. Times are milliseconds, which may have fractions; a limit that is
 * absent is unlimited.
 */
export interface StreamConfig {
  readonly name: string;
  readonly description?: string;
  /** Empty for a mirror or a stream of sources only; the server takes the name where there is neither. */
  readonly subjects: string[];
  readonly retention: StreamRetention;
  readonly storage: StreamStorage;
  readonly replicas: number;
  readonly discard: StreamDiscard;
  readonly discardPerSubject: boolean;
  readonly maxConsumers?: number;
  readonly maxMsgs?: number;
  readonly maxMsgsPerSubject?: number;
  readonly maxBytes?: number;
  readonly maxMsgSize?: number;
  /** Zero: for ever. */
  readonly maxAge: number;
  /** Absent: the server's, two minutes. */
  readonly duplicateWindow?: number;
  readonly noAck: boolean;
  readonly sealed: boolean;
  readonly denyDelete: boolean;
  readonly denyPurge: boolean;
  readonly allowRollup: boolean;
  readonly allowDirect: boolean;
  readonly mirrorDirect: boolean;
  readonly allowMsgTtl: boolean;
  readonly subjectDeleteMarkerTtl?: number;
  readonly allowMsgCounter: boolean;
  readonly allowAtomicPublish: boolean;
  readonly allowBatched: boolean;
  readonly allowMsgSchedules: boolean;
  readonly compression: StreamCompression;
  readonly persistMode: StreamPersistMode;
  readonly firstSequence?: number;
  readonly placement?: { readonly cluster?: string; readonly tags?: string[] };
  readonly mirror?: StreamOriginConfig;
  readonly sources: StreamOriginConfig[];
  readonly subjectTransform?: SubjectTransformConfig;
  readonly republish?: SubjectTransformConfig;
  readonly consumerLimits?: { readonly inactiveThreshold?: number; readonly maxAckPending?: number };
  readonly metadata: { readonly [key: string]: string };
}
