import { Duration, Size } from 'cdk8s';
import {
  AckPolicy, DeliverPolicy, JetStreamConsumerOptions, JetStreamStreamProps, KeyValueBucketProps, KeyValueOrigin, ObjectStoreBucketProps,
  PriorityPolicy, ReplayPolicy, StreamCompression, StreamDiscard, StreamOrigin, StreamPersistMode, StreamRetention, StreamStorage,
} from '../../src';

/** What an asset says of a field, one time and another, besides what it always says. */
type Values<Props> = { readonly [field: string]: readonly Partial<Props>[] };

/** A change of one field of an asset. */
export interface FieldChange<Props> {
  readonly name: string;
  readonly before: Partial<Props>;
  readonly after: Partial<Props>;
}

/** From each value of a field to the next, and back. */
function changesOf<Props>(values: Values<Props>): FieldChange<Props>[] {
  return Object.entries(values).flatMap(([field, ofField]) => {
    const steps = ofField.flatMap((value, index) => index === 0 ? [] : [[ofField[index - 1], value], [value, ofField[index - 1]]]);
    return steps.map(([before, after], index) => ({ name: `${field}-${index}`, before, after }));
  });
}

type Stream = Omit<JetStreamStreamProps, 'target'>;
type KeyValue = Omit<KeyValueBucketProps, 'target'>;
type ObjectStore = Omit<ObjectStoreBucketProps, 'target'>;

const none = {};
const described = [none, { description: 'One' }, { description: 'Another' }];
const labelled = [none, { metadata: { team: 'shop' } }, { metadata: { team: 'stock', tier: '1' } }];
const copied = [{ replicas: 1 }, { replicas: 3 }];
const placed = [none, { placement: { tags: ['ssd'] } }, { placement: { cluster: 'nats' } }];

/**
 * Of streams that have one replica unless they say otherwise, and all subjects below their name, or these. None is sealed before its change, because
 * none can be made so.
 */
export const streamFieldChanges = changesOf<Stream>({
  description: described,
  subjects: [none, { subjects: ['one', 'two'] }, { subjects: ['two'] }],
  retention: [none, { retention: StreamRetention.INTEREST }],
  queue: [none, { retention: StreamRetention.WORK_QUEUE }],
  storage: [{ storage: StreamStorage.FILE }, { storage: StreamStorage.MEMORY }],
  replicas: copied,
  placement: placed,
  discard: [none, { discard: StreamDiscard.NEW }],
  discardPerSubject: [
    { discard: StreamDiscard.NEW, maxMsgsPerSubject: 10 },
    { discard: StreamDiscard.NEW, maxMsgsPerSubject: 10, discardPerSubject: true },
    { maxMsgsPerSubject: 10 },
  ],
  maxConsumers: [none, { maxConsumers: 5 }, { maxConsumers: 2 }],
  maxMsgs: [none, { maxMsgs: 100 }, { maxMsgs: 2 }],
  maxMsgsPerSubject: [none, { maxMsgsPerSubject: 100 }, { maxMsgsPerSubject: 2 }],
  maxBytes: [none, { maxBytes: Size.kibibytes(100) }, { maxBytes: Size.kibibytes(1) }],
  maxBytesOfNew: [{ discard: StreamDiscard.NEW }, { discard: StreamDiscard.NEW, maxBytes: Size.kibibytes(1) }],
  maxMsgSize: [none, { maxMsgSize: Size.kibibytes(1) }],
  maxAge: [none, { maxAge: Duration.days(2) }, { maxAge: Duration.hours(1) }],
  duplicateWindow: [none, { duplicateWindow: Duration.minutes(1) }, { duplicateWindow: Duration.millis(100.5) }],
  noAck: [none, { noAck: true }],
  sealed: [none, { sealed: true }],
  denyDelete: [none, { denyDelete: true }],
  denyPurge: [none, { denyPurge: true }],
  allowRollup: [none, { allowRollup: true }],
  allowDirect: [none, { allowDirect: false }],
  allowMsgTtl: [none, { allowMsgTtl: true }],
  subjectDeleteMarkerTtl: [none, { subjectDeleteMarkerTtl: Duration.minutes(5) }, { subjectDeleteMarkerTtl: Duration.minutes(1) }],
  allowMsgCounter: [none, { allowMsgCounter: true }],
  allowAtomicPublish: [none, { allowAtomicPublish: true }],
  allowBatched: [none, { allowBatched: true }],
  allowMsgSchedules: [none, { allowMsgSchedules: true }],
  compression: [none, { compression: StreamCompression.S2 }],
  persistMode: [none, { persistMode: StreamPersistMode.ASYNC }],
  firstSequence: [none, { firstSequence: 5 }, { firstSequence: 10 }],
  mirror: [none, { mirror: StreamOrigin.named('origin') }, { mirror: StreamOrigin.named('origin', { filterSubject: 'origin.a' }) }],
  sources: [none, { sources: [StreamOrigin.named('origin')] }, { sources: [StreamOrigin.named('origin', { filterSubject: 'origin.a' }), StreamOrigin.named('elsewhere')] }],
  subjectTransform: [none, { subjectTransform: { source: '>', destination: 'one.>' } }, { subjectTransform: { source: '>', destination: 'another.>' } }],
  republish: [none, { republish: { destination: 'copies.>' } }, { republish: { destination: 'others.>' } }],
  consumerLimits: [none, { consumerLimits: { maxAckPending: 10, inactiveThreshold: Duration.hours(1) } }, { consumerLimits: { maxAckPending: 20 } }],
  metadata: labelled,
}).filter(({ before }) => !before.sealed);

/** Of consumers that pull, unless they say otherwise. */
export const consumerFieldChanges = changesOf<JetStreamConsumerOptions>({
  description: described,
  filterSubjects: [none, { filterSubjects: ['orders.a'] }, { filterSubjects: ['orders.b', 'orders.c'] }],
  deliverPolicy: [none, { deliverPolicy: DeliverPolicy.NEW }],
  startSequence: [none, { startSequence: 7 }, { startSequence: 8 }],
  startTime: [none, { startTime: '2026-08-01T00:00:00Z' }, { startTime: '2026-09-01T00:00:00Z' }],
  ackPolicy: [none, { ackPolicy: AckPolicy.ALL }, { ackPolicy: AckPolicy.NONE }],
  ackWait: [none, { ackWait: Duration.seconds(10) }],
  maxDeliver: [none, { maxDeliver: 5 }, { maxDeliver: 2 }],
  backoff: [none, { backoff: [Duration.seconds(1)] }, { backoff: [Duration.seconds(2), Duration.minutes(1)] }],
  maxAckPending: [none, { maxAckPending: 10 }, { maxAckPending: -1 }],
  replayPolicy: [none, { replayPolicy: ReplayPolicy.ORIGINAL }],
  sampleFrequency: [none, { sampleFrequency: 30 }, { sampleFrequency: 100 }],
  headersOnly: [none, { headersOnly: true }],
  inactiveThreshold: [none, { inactiveThreshold: Duration.days(2) }, { inactiveThreshold: Duration.hours(1) }],
  pauseUntil: [none, { pauseUntil: '2126-01-01T00:00:00Z' }, { pauseUntil: '2127-01-01T00:00:00Z' }],
  replicas: [{ replicas: 1 }, { replicas: 3 }],
  memStorage: [none, { memStorage: true }],
  metadata: labelled,
  maxWaiting: [none, { pull: { maxWaiting: 10 } }],
  maxRequestBatch: [none, { pull: { maxRequestBatch: 10 } }],
  maxRequestExpires: [none, { pull: { maxRequestExpires: Duration.seconds(30) } }],
  maxRequestMaxBytes: [none, { pull: { maxRequestMaxBytes: Size.kibibytes(1) } }],
  priority: [
    none, { pull: { priority: { policy: PriorityPolicy.OVERFLOW, groups: ['a'] } } }, { pull: { priority: { policy: PriorityPolicy.PINNED_CLIENT, groups: ['b'] } } },
    { pull: { priority: { policy: PriorityPolicy.PINNED_CLIENT, groups: ['b'], pinnedTtl: Duration.seconds(30) } } },
  ],
  push: [none, { push: { deliverSubject: 'to.one' } }, { push: { deliverSubject: 'to.another' } }],
  deliverGroup: [{ push: { deliverSubject: 'to.group' } }, { push: { deliverSubject: 'to.group', deliverGroup: 'workers' } }],
  flowControl: [{ push: { deliverSubject: 'to.flow', heartbeat: Duration.seconds(5) } }, { push: { deliverSubject: 'to.flow', flowControl: true } }],
  heartbeat: [{ push: { deliverSubject: 'to.heart' } }, { push: { deliverSubject: 'to.heart', heartbeat: Duration.seconds(1) } }],
  rateLimitBps: [{ push: { deliverSubject: 'to.rate' } }, { push: { deliverSubject: 'to.rate', rateLimitBps: 1_000_000 } }],
});

const limited = {
  description: described,
  ttl: [none, { ttl: Duration.days(2) }, { ttl: Duration.hours(1) }],
  maxBytes: [none, { maxBytes: Size.mebibytes(1) }],
  storage: [{ storage: StreamStorage.FILE }, { storage: StreamStorage.MEMORY }],
  replicas: copied,
  compression: [none, { compression: true }],
  placement: placed,
};

/** Of key-value buckets that have one replica, unless they say otherwise. */
export const keyValueFieldChanges = changesOf<KeyValue>({
  ...limited,
  history: [none, { history: 5 }],
  limitMarkerTtl: [none, { limitMarkerTtl: Duration.minutes(1) }, { limitMarkerTtl: Duration.seconds(2.5) }],
  maxValueSize: [none, { maxValueSize: Size.kibibytes(1) }],
  republish: [none, { republish: { destination: 'copies.>' } }, { republish: { destination: 'others.>' } }],
  mirror: [none, { mirror: KeyValueOrigin.named('origin') }, { mirror: KeyValueOrigin.named('origin', { filterSubject: '$KV.origin.a' }) }],
  sources: [none, { sources: [KeyValueOrigin.named('origin')] }],
});

/** Of object stores that have one replica, unless they say otherwise. */
export const objectStoreFieldChanges = changesOf<ObjectStore>({ ...limited, metadata: labelled });
