import { Duration, Size } from 'cdk8s';
import { StreamCompression, StreamDiscard, StreamPersistMode, StreamRetention, StreamStorage } from './stream-config';
import { StreamOrigin } from './stream-origin';
import { StreamRepublish, StreamSubjectTransform } from './subject-transforms';
import { JetStreamTarget } from '../target/jetstream-target';

/** On which servers a stream may be. */
export interface StreamPlacement {
  /**
   * Name of the cluster, in a super cluster.
   * @default - the one to which NACK is connected
   */
  readonly cluster?: string;
  /**
   * Tags that a server must have; one that begins with ! it must not have.
   * @default - none
   */
  readonly tags?: string[];
}

/** What a stream lets its consumers have. */
export interface StreamConsumerLimits {
  /**
   * Longest `inactiveThreshold`. A consumer that does not give one gets this, and is deleted when nobody has used it for that time, durable or not.
   * @default - unlimited
   */
  readonly inactiveThreshold?: Duration;
  /**
   * Highest `maxAckPending`. A consumer that does not give one gets this, or 1000 where this is higher.
   * @default - unlimited
   */
  readonly maxAckPending?: number;
}

/** What of a resource of NACK may be said whatever its kind. */
export interface JetStreamResourceOptions {
  /**
   * Name of the Kubernetes object.
   * @default - the name of what it describes, in lower case; with a short hash if that changed it
   */
  readonly resourceName?: string;
  /**
   * Whether NACK leaves alone what is there already.
   * @default false
   */
  readonly preventUpdate?: boolean;
}

/**
 * A stream.
 *
 * NACK does not undo everything that leaves the program: `maxMsgsPerSubject`, `noAck`, `mirror`, `sources`, `subjectTransform`, `republish`, `mirrorDirect`,
 * `consumerLimits`, `discardPerSubject`, `subjectDeleteMarkerTtl`, `allowAtomicPublish` and the tags of `placement` stay as they were on the server when they are removed here, or as
 * somebody else has set them there while nothing is said of them here.
 *
 * @see https://docs.nats.io/nats-concepts/jetstream/streams
 */
export interface JetStreamStreamProps extends JetStreamResourceOptions {
  /** Where it is. */
  readonly target: JetStreamTarget;
  /**
   * Name of the stream; it cannot change. One that the server or NACK refuses throws, and so does that of another stream of the account.
   * @default - id of the construct
   */
  readonly name?: string;
  /**
   * Description, up to 4096 bytes.
   * @default - none
   */
  readonly description?: string;
  /**
   * Subjects that it stores, wildcards included. No two streams of an account store the same subject.
   * @default - its name; none with `mirror` or `sources`
   */
  readonly subjects?: string[];
  /**
   * When messages are let go of; it cannot change from or to a work queue.
   * @default StreamRetention.LIMITS
   */
  readonly retention?: StreamRetention;
  /**
   * Where it is stored; it cannot change.
   * @default - in files; in memory on servers that have only a memory store
   */
  readonly storage?: StreamStorage;
  /**
   * Servers that have a copy, up to 5. With 3 it survives the loss of one. More than there are servers throws.
   * @default - 3 on a cluster of three or more servers, else 1; also 1 where the number of servers is not known
   */
  readonly replicas?: number;
  /**
   * What gives way when a limit is reached.
   * @default - StreamDiscard.OLD; StreamDiscard.NEW with `discardPerSubject`
   */
  readonly discard?: StreamDiscard;
  /**
   * Whether a new message is refused when its subject has `maxMsgsPerSubject`; needs that.
   * @default false
   */
  readonly discardPerSubject?: boolean;
  /**
   * Consumers that it may have.
   * @default - unlimited
   */
  readonly maxConsumers?: number;
  /**
   * Messages. A lower number later deletes the oldest at once, unless new ones are refused.
   * @default - unlimited
   */
  readonly maxMsgs?: number;
  /**
   * Messages of each subject. A lower number later deletes the oldest at once.
   * @default - unlimited
   */
  readonly maxMsgsPerSubject?: number;
  /**
   * Bytes of all messages, which the server reserves, on each server that has a copy. A lower number later deletes the oldest at once, unless new ones are refused.
   * @default - unlimited
   */
  readonly maxBytes?: Size;
  /**
   * Largest message, headers included.
   * @default - what the servers let through
   */
  readonly maxMsgSize?: Size;
  /**
   * How long messages are kept, zero for ever; at least 100 ms. It is always written out: NACK would take one year. A shorter time later deletes what is older at once.
   * @default - for ever
   */
  readonly maxAge?: Duration;
  /**
   * For how long the server remembers `Nats-Msg-Id`, so that a message sent twice is stored once; at least 100 ms, at most `maxAge`.
   * @default - two minutes, less where `maxAge` or a limit of the servers is shorter; none for a mirror, nor with sources on nats-server 2.14 and newer
   */
  readonly duplicateWindow?: Duration;
  /**
   * Whether publishers get no answer, and so do not learn whether a message is stored.
   * @default false
   */
  readonly noAck?: boolean;
  /**
   * Whether nothing more is stored and nothing deleted, nor grows too old. The server refuses to make such a stream: only one that is there can be sealed, and for good, so that it
   * fails the synth unless STREAM-SEALED is acknowledged. Beside schedules, delete markers or a counter it throws: the server would not find the stream again.
   * @default false
   */
  readonly sealed?: boolean;
  /**
   * Whether single messages cannot be deleted; it cannot be undone.
   * @default false
   */
  readonly denyDelete?: boolean;
  /**
   * Whether the stream cannot be purged; it cannot be undone, and not together with `allowRollup`.
   * @default false
   */
  readonly denyPurge?: boolean;
  /**
   * Whether a message may replace all before it (`Nats-Rollup`). Everyone who may publish to one of the subjects can then empty the stream.
   * @default - false; true with `subjectDeleteMarkerTtl` or `allowMsgSchedules`, which need it
   */
  readonly allowRollup?: boolean;
  /**
   * Whether each copy answers requests for single messages, instead of the leader alone: faster, and what was just written may not be there yet.
   * @default true
   */
  readonly allowDirect?: boolean;
  /**
   * Whether a mirror answers requests for single messages of its origin. It must be what `allowDirect` of the origin is.
   * @default - `allowDirect` of the origin, false where it is not known
   */
  readonly mirrorDirect?: boolean;
  /**
   * Whether messages may say how long they live (`Nats-TTL`); it cannot be turned off.
   * @default - false; true with `subjectDeleteMarkerTtl`, which needs it
   */
  readonly allowMsgTtl?: boolean;
  /**
   * How long a marker stays where the last message of a subject has ended its life; at least 1 s.
   * @default - no markers
   */
  readonly subjectDeleteMarkerTtl?: Duration;
  /**
   * Whether each subject is a counter; it cannot change.
   * @default false
   */
  readonly allowMsgCounter?: boolean;
  /**
   * Whether a batch of messages may be stored as a whole or not at all.
   * @default false
   */
  readonly allowAtomicPublish?: boolean;
  /**
   * Whether messages may be published in fast batches; nats-server 2.14 and newer.
   * @default false
   */
  readonly allowBatched?: boolean;
  /**
   * Whether messages may say when they are to be published; it cannot be turned off. Who may publish such a message can have it published to any subject of the stream.
   * @default false
   */
  readonly allowMsgSchedules?: boolean;
  /**
   * How its files are compressed.
   * @default StreamCompression.NONE
   */
  readonly compression?: StreamCompression;
  /**
   * When publishers are answered; it cannot change.
   * @default StreamPersistMode.DEFAULT
   */
  readonly persistMode?: StreamPersistMode;
  /**
   * Sequence number of the first message, for a stream that is new. Given to one that is there, or raised, it does nothing until a server starts again, which then deletes all
   * messages of the stream if the first is below.
   * @default 1
   */
  readonly firstSequence?: number;
  /**
   * On which servers it may be.
   * @default - on any
   */
  readonly placement?: StreamPlacement;
  /**
   * The stream of which it is a copy. It cannot change, but be removed: the mirror then is a stream of its own.
   * @default - none
   */
  readonly mirror?: StreamOrigin;
  /**
   * Streams from which it copies, besides what its subjects store.
   * @default - none
   */
  readonly sources?: StreamOrigin[];
  /**
   * What becomes of subjects when messages are stored.
   * @default - they stay
   */
  readonly subjectTransform?: StreamSubjectTransform;
  /**
   * What is published once more when it is stored.
   * @default - nothing
   */
  readonly republish?: StreamRepublish;
  /**
   * What its consumers may have.
   * @default - what they like
   */
  readonly consumerLimits?: StreamConsumerLimits;
  /**
   * Metadata on the server, up to 128 KiB. It replaces what is there.
   * @default - none
   */
  readonly metadata?: { [key: string]: string };
  /**
   * Whether the stream, with all that is in it, stays on the servers when its resource is deleted, as when it leaves the program or is renamed. A stream that stays keeps
   * its subjects: delete it with `nats stream rm`.
   * @default true
   */
  readonly preventDelete?: boolean;
}
