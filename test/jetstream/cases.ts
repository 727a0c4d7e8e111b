import { Duration, Size } from 'cdk8s';
import {
  AckPolicy, DeliverPolicy, JetStreamConsumerOptions, JetStreamStreamProps, KeyValueBucketProps, KeyValueOrigin, ObjectStoreBucketProps,
  PriorityPolicy, ReplayPolicy, StreamCompression, StreamDiscard, StreamOrigin, StreamPersistMode, StreamRetention, StreamStorage,
} from '../../src';

/** What is described, and what the server then has. */
export type Case<Props> = readonly [name: string, props: Omit<Props, 'target'>, has: object];

const DAY = 24 * 3600e9;
const MINUTE = 60e9;

export const streams: Case<JetStreamStreamProps>[] = [
  ['plain', {}, {
    subjects: ['plain'], retention: 'limits', storage: 'file', max_age: 0, duplicate_window: 2 * MINUTE, allow_direct: true, discard: 'old', max_msgs: -1, max_bytes: -1,
  }],
  ['LIMITED', {
    description: 'Limited',
    subjects: ['limited.>'],
    maxMsgs: 1000,
    maxMsgsPerSubject: 5,
    maxBytes: Size.mebibytes(1),
    maxMsgSize: Size.kibibytes(4),
    maxConsumers: 3,
    maxAge: Duration.days(7),
    duplicateWindow: Duration.seconds(90),
    discard: StreamDiscard.NEW,
    discardPerSubject: true,
    metadata: { team: 'shop' },
  }, {
    description: 'Limited',
    max_msgs: 1000,
    max_msgs_per_subject: 5,
    max_bytes: 2 ** 20,
    max_msg_size: 4096,
    max_consumers: 3,
    max_age: 7 * DAY,
    duplicate_window: 90e9,
    discard: 'new',
    discard_new_per_subject: true,
  }],
  ['brief', { subjects: ['brief'], maxAge: Duration.seconds(90.5) }, { max_age: 90.5e9, duplicate_window: 90.5e9 }],
  ['queue', { subjects: ['queue.>'], retention: StreamRetention.WORK_QUEUE, allowDirect: false }, { retention: 'workqueue', allow_direct: false }],
  ['interest', { subjects: ['interest.>'], retention: StreamRetention.INTEREST, storage: StreamStorage.MEMORY }, { retention: 'interest', storage: 'memory' }],
  ['kept', { subjects: ['kept'], denyDelete: true, denyPurge: true, compression: StreamCompression.S2 }, { deny_delete: true, deny_purge: true, compression: 's2' }],
  ['marked', { subjects: ['marked.>'], subjectDeleteMarkerTtl: Duration.minutes(5) }, {
    subject_delete_marker_ttl: 5 * MINUTE, allow_msg_ttl: true, allow_rollup_hdrs: true,
  }],
  ['scheduled', { subjects: ['scheduled.>'], allowMsgSchedules: true }, { allow_msg_schedules: true, allow_rollup_hdrs: true }],
  ['counted', { subjects: ['counted.>'], allowMsgCounter: true }, { allow_msg_counter: true }],
  ['batched', { subjects: ['batched.>'], allowAtomicPublish: true, allowBatched: true }, { allow_atomic: true, allow_batched: true }],
  ['silent', { subjects: ['silent'], noAck: true, allowMsgTtl: true, allowRollup: true, duplicateWindow: Duration.millis(100.5) }, {
    no_ack: true, allow_msg_ttl: true, allow_rollup_hdrs: true, duplicate_window: 100.5e6,
  }],
  ['alone', { subjects: ['alone'], replicas: 1, storage: StreamStorage.FILE }, { num_replicas: 1, storage: 'file' }],
  ['placed', { subjects: ['placed'], placement: { cluster: 'nats', tags: ['ssd', '!hdd'] } }, { placement: { cluster: 'nats', tags: ['ssd', '!hdd'] } }],
  ['hasty', { subjects: ['hasty'], replicas: 1, persistMode: StreamPersistMode.ASYNC, firstSequence: 100 }, { persist_mode: 'async', first_seq: 100 }],
  ['moved', { subjects: ['moved.*'], subjectTransform: { source: 'moved.*', destination: 'transformed.$1' }, republish: { destination: 'copies.>' } }, {
    subject_transform: { src: 'moved.*', dest: 'transformed.$1' }, republish: { src: '>', dest: 'copies.>' },
  }],
  ['frugal', { subjects: ['frugal'], consumerLimits: { maxAckPending: 100, inactiveThreshold: Duration.hours(1) } }, {
    consumer_limits: { max_ack_pending: 100, inactive_threshold: 60 * MINUTE },
  }],
  ['copy', { mirror: StreamOrigin.named('plain') }, { mirror: { name: 'plain' }, mirror_direct: true }],
  ['part', { mirror: StreamOrigin.named('queue', { subjectTransforms: [{ source: 'queue.a', destination: 'part.a' }] }) }, {
    mirror: { name: 'queue', subject_transforms: [{ src: 'queue.a', dest: 'part.a' }] },
  }],
  ['gathered', {
    subjects: ['gathered'],
    sources: [StreamOrigin.named('plain', { startSequence: 7 }), StreamOrigin.named('LIMITED', { startTime: '2026-08-01T00:00:00Z', filterSubject: 'limited.a' })],
  }, {
    sources: [{ name: 'plain', opt_start_seq: 7 }, { name: 'LIMITED', opt_start_time: '2026-08-01T00:00:00Z', filter_subject: 'limited.a' }],
  }],
  ['distant', {
    sources: [
      StreamOrigin.named('orders', { externalApiPrefix: '$JS.hub.API', externalDeliverPrefix: 'distant', subjectTransforms: [{ source: 'orders.*', destination: 'distant.$1' }] }),
      StreamOrigin.named('plain', { consumer: { name: 'copied', deliverSubject: 'copied.in' } }),
    ],
  }, {
    sources: [
      { name: 'orders', external: { api: '$JS.hub.API', deliver: 'distant' }, subject_transforms: [{ src: 'orders.*', dest: 'distant.$1' }] },
      { name: 'plain', consumer: { name: 'copied', deliver_subject: 'copied.in' } },
    ],
  }],
  ['indirect', { mirror: StreamOrigin.named('queue', { filterSubject: 'queue.a', startTime: '2026-08-01T00:00:00Z' }), mirrorDirect: false, allowDirect: false }, {
    mirror: { name: 'queue', filter_subject: 'queue.a', opt_start_time: '2026-08-01T00:00:00Z' }, mirror_direct: false, allow_direct: false,
  }],
  ['far', { mirror: StreamOrigin.named('orders', { externalApiPrefix: '$JS.hub.API', externalDeliverPrefix: 'deliver' }) }, {
    mirror: { name: 'orders', external: { api: '$JS.hub.API', deliver: 'deliver' } },
  }],
];

/** Consumers, each of the stream before it. */
export const consumers: (readonly [stream: string, ...Case<JetStreamConsumerOptions>])[] = [
  ['plain', 'plain', {}, { ack_policy: 'explicit', ack_wait: 30e9, max_deliver: -1, deliver_policy: 'all', replay_policy: 'instant', max_ack_pending: 1000 }],
  ['LIMITED', 'BACKING_OFF', { backoff: [Duration.seconds(1), Duration.minutes(1)], maxDeliver: 5, filterSubjects: ['limited.a'], description: 'Backs off' }, {
    backoff: [1e9, MINUTE], ack_wait: 1e9, max_deliver: 5, filter_subject: 'limited.a', description: 'Backs off',
  }],
  ['LIMITED', 'several', { filterSubjects: ['limited.a', 'limited.b.>'], deliverPolicy: DeliverPolicy.LAST_PER_SUBJECT, headersOnly: true, metadata: { team: 'shop' } }, {
    filter_subjects: ['limited.a', 'limited.b.>'], deliver_policy: 'last_per_subject', headers_only: true,
  }],
  ['plain', 'from-sequence', { startSequence: 7, ackPolicy: AckPolicy.ALL, replayPolicy: ReplayPolicy.ORIGINAL }, {
    deliver_policy: 'by_start_sequence', opt_start_seq: 7, ack_policy: 'all', replay_policy: 'original', ack_wait: 30e9,
  }],
  ['plain', 'from-time', { startTime: '2026-08-01T00:00:00Z', ackPolicy: AckPolicy.NONE }, { deliver_policy: 'by_start_time', opt_start_time: '2026-08-01T00:00:00Z', ack_policy: 'none' }],
  ['plain', 'pushed', { push: { deliverSubject: 'pushed.in', deliverGroup: 'workers', flowControl: true, rateLimitBps: 1_000_000 } }, {
    deliver_subject: 'pushed.in', deliver_group: 'workers', flow_control: true, idle_heartbeat: 5e9, rate_limit_bps: 1_000_000,
  }],
  ['plain', 'copied', { ackPolicy: AckPolicy.FLOW_CONTROL, push: { deliverSubject: 'copied.in' } }, { ack_policy: 'flow_control', flow_control: true, idle_heartbeat: 1e9 }],
  ['plain', 'pulled', {
    pull: { maxWaiting: 100, maxRequestBatch: 10, maxRequestExpires: Duration.seconds(30), maxRequestMaxBytes: Size.mebibytes(1) },
    sampleFrequency: 30,
    maxAckPending: 50,
    inactiveThreshold: Duration.hours(1),
    memStorage: true,
    replicas: 1,
  }, {
    max_waiting: 100, max_batch: 10, max_expires: 30e9, max_bytes: 2 ** 20, sample_freq: '30%', max_ack_pending: 50, inactive_threshold: 60 * MINUTE, mem_storage: true, num_replicas: 1,
  }],
  ['plain', 'patient', { ackWait: Duration.seconds(1.5), deliverPolicy: DeliverPolicy.NEW }, { ack_wait: 1.5e9, deliver_policy: 'new' }],
  ['plain', 'beating', { deliverPolicy: DeliverPolicy.LAST, push: { deliverSubject: 'beating.in', heartbeat: Duration.millis(1500) } }, {
    deliver_policy: 'last', deliver_subject: 'beating.in', idle_heartbeat: 1.5e9,
  }],
  ['plain', 'paused', { pauseUntil: '2126-09-01T00:00:00Z' }, { pause_until: '2126-09-01T00:00:00Z' }],
  ['plain', 'pinned', { pull: { priority: { policy: PriorityPolicy.PINNED_CLIENT, groups: ['a'] } } }, {
    priority_policy: 'pinned_client', priority_groups: ['a'], priority_timeout: 2 * MINUTE,
  }],
  ['plain', 'shortly-pinned', { pull: { priority: { policy: PriorityPolicy.PINNED_CLIENT, groups: ['a', 'b'], pinnedTtl: Duration.seconds(30) } } }, {
    priority_policy: 'pinned_client', priority_groups: ['a', 'b'], priority_timeout: MINUTE / 2,
  }],
  ['plain', 'overflowing', { pull: { priority: { policy: PriorityPolicy.OVERFLOW, groups: ['a', 'b'] } } }, { priority_policy: 'overflow', priority_groups: ['a', 'b'] }],
  ['plain', 'prioritized', { pull: { priority: { policy: PriorityPolicy.PRIORITIZED, groups: ['a'] } } }, { priority_policy: 'prioritized' }],
  ['queue', 'worker-a', { filterSubjects: ['queue.a'] }, { filter_subject: 'queue.a' }],
  ['queue', 'worker-b', { filterSubjects: ['queue.b'] }, { filter_subject: 'queue.b' }],
  ['frugal', 'limited', {}, { max_ack_pending: 100, inactive_threshold: 60 * MINUTE }],
];

export const keyValues: Case<KeyValueBucketProps>[] = [
  ['carts', {}, { name: 'KV_carts', subjects: ['$KV.carts.>'], max_msgs_per_subject: 1, max_age: 0, storage: 'file' }],
  ['SESSIONS', {
    description: 'Sessions',
    history: 5,
    ttl: Duration.minutes(1),
    limitMarkerTtl: Duration.seconds(2.5),
    maxValueSize: Size.kibibytes(64),
    maxBytes: Size.mebibytes(1),
    compression: true,
    storage: StreamStorage.FILE,
    republish: { source: '$KV.SESSIONS.>', destination: 'sessions.>' },
  }, {
    description: 'Sessions',
    max_msgs_per_subject: 5,
    max_age: MINUTE,
    subject_delete_marker_ttl: 2.5e9,
    allow_msg_ttl: true,
    max_msg_size: 65536,
    max_bytes: 2 ** 20,
    compression: 's2',
    republish: { src: '$KV.SESSIONS.>', dest: 'sessions.>' },
  }],
  ['brief', { ttl: Duration.seconds(30.5), storage: StreamStorage.MEMORY, replicas: 1 }, { max_age: 30.5e9, duplicate_window: 30.5e9, storage: 'memory', num_replicas: 1 }],
  ['placed', { placement: { tags: ['ssd'] } }, { placement: { tags: ['ssd'] } }],
  ['carts-copy', { mirror: KeyValueOrigin.named('carts') }, { mirror: { name: 'KV_carts' }, mirror_direct: true }],
  ['carts-eu', { mirror: KeyValueOrigin.named('carts', { filterSubject: '$KV.carts.eu.>', startTime: '2026-08-01T00:00:00Z' }) }, {
    mirror: { name: 'KV_carts', filter_subject: '$KV.carts.eu.>', opt_start_time: '2026-08-01T00:00:00Z' },
  }],
  ['carts-far', { mirror: KeyValueOrigin.named('carts', { externalApiPrefix: '$JS.hub.API', externalDeliverPrefix: 'carts-far', startSequence: 7 }) }, {
    mirror: { name: 'KV_carts', external: { api: '$JS.hub.API', deliver: 'carts-far' }, opt_start_seq: 7 },
  }],
  ['all', { sources: [KeyValueOrigin.named('carts'), KeyValueOrigin.named('SESSIONS', { subjectTransforms: [{ source: '$KV.SESSIONS.a.>', destination: '$KV.all.a.>' }] })] }, {
    sources: [
      { name: 'KV_carts', subject_transforms: [{ src: '$KV.carts.>', dest: '$KV.all.>' }] }, { name: 'KV_SESSIONS', subject_transforms: [{ src: '$KV.SESSIONS.a.>', dest: '$KV.all.a.>' }] },
    ],
  }],
];

export const objectStores: Case<ObjectStoreBucketProps>[] = [
  ['photos', {}, { name: 'OBJ_photos', subjects: ['$O.photos.C.>', '$O.photos.M.>'], storage: 'file', max_age: 0 }],
  ['FILES', { description: 'Files', ttl: Duration.days(30), maxBytes: Size.mebibytes(2), storage: StreamStorage.MEMORY, metadata: { team: 'shop' } }, {
    description: 'Files', max_age: 30 * DAY, max_bytes: 2 ** 21, storage: 'memory',
  }],
  ['placed', { placement: { cluster: 'nats' } }, { placement: { cluster: 'nats' } }],
  ['logs', { compression: true, replicas: 1 }, { compression: 's2', num_replicas: 1 }],
];
