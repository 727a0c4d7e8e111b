import * as fc from 'fast-check';
import { edges, traps } from './consumer-edges';
import { AckPolicy, ConsumerConfig, DeliverPolicy, PriorityPolicy } from '../../../src/jetstream/consumer/consumer-config';
import { StreamConfig, StreamRetention, StreamStorage } from '../../../src/jetstream/stream/stream-config';
import { someConsumer, someStream } from '../../jetstream/some-configs';

/** Where a consumer is asked for: what limits it. */
export type Site = 'open' | 'limited account' | 'limited servers' | 'cluster';

/** What a consumer may have where it is limited. */
export const LIMITS = { maxAckPending: 60, maxRequestBatch: 20, accountMaxAckPending: 40, accountMaxConsumers: 3, defaultMaxConsumers: 3 };

/** A consumer, those that its stream has already, and where. */
export interface ConsumerCase {
  readonly site: Site;
  readonly pedantic: boolean;
  readonly siblings: ConsumerConfig[];
  readonly consumer: ConsumerConfig;
}

const memory = { storage: StreamStorage.MEMORY };
const workQueue = { ...memory, retention: StreamRetention.WORK_QUEUE };
const interest = { ...memory, retention: StreamRetention.INTEREST };

const queues = [
  someStream({ ...workQueue, name: 'QUEUE', subjects: ['queue.>'] }),
  someStream({ ...workQueue, name: 'FEW_QUEUE', subjects: ['fewqueue.>'], maxConsumers: 2 }),
];

/** Streams of each kind that the rules tell apart. */
export const streams: readonly StreamConfig[] = [
  someStream({ ...memory, name: 'LIMITS', subjects: ['limits.>', 'other.*.x', 'single', '*x.odd'] }),
  someStream({ name: 'FILES', subjects: ['files.*'] }),
  someStream({ ...memory, name: 'UNNAMED', subjects: [] }),
  someStream({ ...interest, name: 'INTEREST', subjects: ['interest.>'] }),
  someStream({ ...memory, name: 'CAPPED', subjects: ['capped.>'], consumerLimits: { maxAckPending: 10, inactiveThreshold: 10_000 } }),
  someStream({ ...memory, name: 'CAPPED_HIGH', subjects: ['high.>'], consumerLimits: { maxAckPending: 50 } }),
  someStream({ ...memory, name: 'NEGATIVE', subjects: ['negative.>'], consumerLimits: { maxAckPending: -5 } }),
  someStream({ ...memory, name: 'FEW', subjects: ['few.>'], maxConsumers: 2 }),
  ...queues,
];

/** One of which our rules do not know, as it is of another app. */
export const foreignStream = someStream({ ...memory, name: 'FOREIGN', subjects: ['foreign.>'] });

/** Those of a cluster. */
export const replicatedStreams: readonly StreamConfig[] = [
  someStream({ ...memory, name: 'THREE', subjects: ['three'], replicas: 3, maxConsumers: 2 }),
  someStream({ ...memory, name: 'ONE', subjects: ['one'] }),
  someStream({ ...interest, name: 'INTEREST', subjects: ['interest'], replicas: 3 }),
  someStream({ ...interest, name: 'INTEREST_ONE', subjects: ['interest.one'] }),
  someStream({ ...workQueue, name: 'QUEUE', subjects: ['queue'], replicas: 3 }),
];

type Change = Partial<ConsumerConfig>;

const edge: fc.Arbitrary<Change> = fc.oneof(
  ...Object.entries(edges).map(([prop, values]) => fc.constantFrom(...values as unknown[]).map((value): Change => ({ [prop]: value }))),
);

/** What is changed in a valid consumer: mostly little, so that most of what is refused is refused for one reason. */
const changes: fc.Arbitrary<Change> = fc.oneof<fc.WeightedArbitrary<Change[]>[]>(
  { weight: 1, arbitrary: fc.constant([]) },
  { weight: 3, arbitrary: fc.array(edge, { minLength: 1, maxLength: 2 }) },
  { weight: 3, arbitrary: fc.tuple(fc.constantFrom(...traps)) },
  { weight: 1, arbitrary: fc.array(edge, { minLength: 3, maxLength: 5 }) },
).map((all) => Object.assign({}, ...all));

/** Valid wherever nothing is limited. */
const kinds: readonly Change[] = [
  {},
  {},
  { filterSubjects: ['a.>', 'b'], maxDeliver: 3, backoff: [30_000, 60_000], maxWaiting: 10 },
  { ackPolicy: AckPolicy.NONE, ackWait: 0 },
  { ackPolicy: AckPolicy.ALL },
  { deliverSubject: 'to.me' },
  { deliverSubject: 'to.me', flowControl: true, heartbeat: 1000, rateLimitBps: 1_000_000 },
  { deliverSubject: 'to.me', flowControl: true, heartbeat: 1000, ackPolicy: AckPolicy.FLOW_CONTROL, ackWait: 0 },
  { deliverSubject: 'to.me', flowControl: true, heartbeat: 1000, ackPolicy: AckPolicy.FLOW_CONTROL, ackWait: 0 },
  { priorityPolicy: PriorityPolicy.PINNED_CLIENT, priorityGroups: ['a'], pinnedTtl: 120_000 },
  { priorityPolicy: PriorityPolicy.OVERFLOW, priorityGroups: ['a'] },
  { deliverPolicy: DeliverPolicy.BY_START_SEQUENCE, startSequence: 5 },
  { deliverPolicy: DeliverPolicy.BY_START_TIME, startTime: '2026-08-01T00:00:00Z' },
  { deliverPolicy: DeliverPolicy.LAST_PER_SUBJECT, filterSubjects: ['a.>'] },
];

function isForQueue({ deliverPolicy, ackPolicy }: Change): boolean {
  return deliverPolicy === undefined && (ackPolicy === undefined || ackPolicy === AckPolicy.FLOW_CONTROL);
}

/** What a consumer says where the stream or the servers limit it, so that it is not refused for that alone. */
function withinLimits(site: Site, { consumerLimits }: StreamConfig, { ackPolicy, deliverSubject }: Change): Change {
  const isSilent = ackPolicy === AckPolicy.NONE && deliverSubject !== undefined;
  return {
    ...site === 'limited servers' && !deliverSubject ? { maxRequestBatch: LIMITS.maxRequestBatch } : {},
    ...consumerLimits?.maxAckPending && !isSilent ? { maxAckPending: 10 } : {},
    ...consumerLimits?.inactiveThreshold ? { inactiveThreshold: consumerLimits.inactiveThreshold } : {},
  };
}

/** Subjects of which some collide, for the consumers of a work queue. */
const filter = fc.tuple(
  fc.constantFrom('queue.', ''), fc.constantFrom('a', 'b', '*', 'a.b', 'a.*', '*.b', 'a.>', '*.*', '>', '*x.*', 'b.c.*', 'a.>x'),
).map((parts) => parts.join(''));
const filters = fc.array(fc.tuple(fc.constantFrom('p.', 'q.', 'r.', ''), filter).map((parts) => parts.join('')), { maxLength: 2 });

/** Consumers that the server takes together: in a work queue each has its own first token. */
function siblingsOf(site: Site, stream: StreamConfig): fc.Arbitrary<ConsumerConfig[]> {
  const unfiltered = fc.constantFrom<string[][]>([], [], [[]], [[], []], [[], [], []]);
  const filtered = fc.tuple(filter, filter)
    .chain(([a, b]) => fc.constantFrom<string[][]>([], [[]], [[`p.${a}`]], [[`p.${a}`], [`q.${b}`, 'r']], [[a]], [[a]]));
  const mostAt = { 'limited account': LIMITS.accountMaxConsumers, 'limited servers': LIMITS.defaultMaxConsumers, 'open': Infinity, 'cluster': Infinity }[site];
  // Of a stream that is not known, it is not known either whether it says itself how many it may have.
  const most = Math.min(stream.maxConsumers ?? Infinity, stream === foreignStream ? LIMITS.defaultMaxConsumers - 1 : mostAt);
  const sibling = (filterSubjects: string[], index: number) =>
    someConsumer({ name: `sibling${index}`, streamName: stream.name, filterSubjects, ...withinLimits(site, stream, {}) });
  return (isQueue(stream) ? filtered : unfiltered).map((all) => all.slice(0, most).map(sibling));
}

function isQueue({ retention }: StreamConfig): boolean {
  return retention === StreamRetention.WORK_QUEUE;
}

function caseAt(site: Site, stream: StreamConfig): fc.Arbitrary<ConsumerCase> {
  const kind = fc.constantFrom(...isQueue(stream) ? kinds.filter(isForQueue) : kinds);
  const part = isQueue(stream) ? filters.map((filterSubjects): Change => ({ filterSubjects })) : fc.constant({});
  return fc.record({
    site: fc.constant(site),
    pedantic: fc.oneof({ weight: 3, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) }),
    siblings: siblingsOf(site, stream),
    consumer: fc.tuple(kind, part, changes)
      .map(([base, filtered, more]) => someConsumer({ streamName: stream.name, ...base, ...filtered, ...withinLimits(site, stream, base), ...more })),
  });
}

/** Consumers of which about half are refused. */
export const consumerCase: fc.Arbitrary<ConsumerCase> = fc.tuple(
  fc.oneof({ weight: 3, arbitrary: fc.constant<Site>('open') }, { weight: 2, arbitrary: fc.constantFrom<Site>('limited account', 'limited servers') }),
  fc.constantFrom(...streams, ...queues, foreignStream),
).chain(([site, stream]) => caseAt(site, stream));

function example(streamName: string, config: Change, site: Site = 'open', pedantic = true): ConsumerCase {
  return { site, pedantic, siblings: [], consumer: someConsumer({ streamName, ...config }) };
}

const push = { deliverSubject: 'to.me' };
const byFlowControl = { ...push, ackPolicy: AckPolicy.FLOW_CONTROL, ackWait: 0, flowControl: true, heartbeat: 1000 };

/** What chance rarely makes: cases that are refused by one rule alone. */
export const rareCases: readonly ConsumerCase[] = [
  example('FOREIGN', { replicas: 3 }),
  example('FOREIGN', { replicas: -1 }),
  example('LIMITS', { ackWait: -1 }),
  example('LIMITS', { maxRequestExpires: 0.5 }),
  example('LIMITS', { filterSubjects: ['a b'] }),
  example('LIMITS', { ...push, heartbeat: 99 }),
  example('LIMITS', { ...push, flowControl: true }),
  example('LIMITS', { ...byFlowControl, flowControl: false }),
  example('LIMITS', { ...byFlowControl, heartbeat: 999 }),
  example('LIMITS', { ...byFlowControl, ackWait: 1 }),
  example('LIMITS', { ...byFlowControl, maxDeliver: 1 }),
  example('LIMITS', { ...byFlowControl, maxAckPending: -1 }),
  example('LIMITS', { name: 'x'.repeat(256) }),
  example('LIMITS', { deliverSubject: 'limits.a' }),
  example('LIMITS', { ackPolicy: AckPolicy.FLOW_CONTROL, ackWait: 0 }, 'open', false),
  example('CAPPED', { maxAckPending: 10, inactiveThreshold: 10_001 }),
  example('CAPPED', { maxAckPending: 10 }),
  example('LIMITS', {}, 'limited servers'),
  example('LIMITS', { maxRequestBatch: LIMITS.maxRequestBatch + 1 }, 'limited servers'),
];

/** The same of a cluster. */
export const rareReplicatedCases: readonly ConsumerCase[] = [
  example('ONE', { replicas: 3 }, 'cluster'),
  example('INTEREST', { replicas: 1 }, 'cluster'),
];

/**
 * Consumers of a cluster, which differ in their replicas above all. Left out is what its leader lets pass and the leader of the stream refuses, because that is
 * answered late or never, and the name stays for a while: too long a name, metadata that is too large only with what the server adds, and what collides with
 * an unfiltered consumer.
 */
export const replicatedCase: fc.Arbitrary<ConsumerCase> = fc.tuple(
  fc.constantFrom(...replicatedStreams), fc.constantFrom(undefined, undefined, 0, 1, 1, 3, 3, 2, 4, 5, -1),
).chain(([stream, replicas]) => caseAt('cluster', stream).map(({ siblings, consumer, ...one }) => ({
  ...one,
  siblings: siblings.filter(({ filterSubjects }) => !isQueue(stream) || filterSubjects.length > 0),
  consumer: { ...consumer, replicas, name: Buffer.byteLength(consumer.name) > 255 ? 'long' : consumer.name, metadata: {} },
})));
