import { AckPolicy, ConsumerConfig, DeliverPolicy, PriorityPolicy, ReplayPolicy } from '../../../src/jetstream/consumer/consumer-config';
import { StreamStorage } from '../../../src/jetstream/stream/stream-config';

const HOUR = 3_600_000;
const YEAR = 365 * 24 * HOUR;

function near(...values: number[]): number[] {
  return values.flatMap((value) => [value - 1, value, value + 1]);
}

/** Values at the edges of the rules, by the prop; undefined leaves it out. */
export const edges: { readonly [Prop in keyof ConsumerConfig]?: readonly ConsumerConfig[Prop][] } = {
  name: ['a b', 'a.b', 'a*', '>', 'a/b', 'a\\b', 'a\tb', 'ü$%:', 'x'.repeat(255), 'x'.repeat(256), 'ü'.repeat(128), '\u0001', 'Worker_1-b'],
  streamName: ['LIM ITS', 'LIMITS.x', '>', 'a/b'],
  description: ['', 'd'.repeat(4096), 'd'.repeat(4097), 'ü'.repeat(2048), 'ü'.repeat(2049)],
  deliverPolicy: Object.values(DeliverPolicy),
  startSequence: [undefined, 0, 1, Number.MAX_SAFE_INTEGER],
  startTime: [
    undefined, '', '2026-08-01T00:00:00Z', '2026-08-01T00:00:00.123456789+02:00', '2026-02-30T00:00:00Z', '2026-08-01', 'yesterday', '0001-01-01T00:00:00Z', '2026-08-01T24:00:00Z',
  ],
  ackPolicy: Object.values(AckPolicy),
  ackWait: [-1, 0, 0.000001, 1, 29_999, 30_000, YEAR],
  maxDeliver: [undefined, -5, -2, -1, 0, 1, 2, 3, 1000],
  backoff: [[], [0], [1], [30_000], [30_000, 30_000], [1000, 2000, 3000], [30_000, -1], [-1], [0.000001], [30_000, 30_000, 30_000], [YEAR]],
  filterSubjects: [
    [], [''], ['a', ''], ['a b'], ['a..b'], ['a', 'b.'], ['>'], ['>.a'], ['a.*', '*.b'], ['a.>', 'a.b'], ['a.*', 'a.b'], ['a', 'a'], ['*', '>'], ['*foo.x', 'bar.x'], ['*foo.*', 'bar.*'],
    ['a.*', 'a.>'], ['a.b', 'a.c', 'a.d', 'a.b'], ['queue.>'], ['queue.a', 'queue.b.*'], ['a*'], ['a\u0001b'], ['a.>x', 'a.b'], ['$JS.>'],
  ],
  replayPolicy: Object.values(ReplayPolicy),
  sampleFrequency: [undefined, '', '0', '1', '50%', '100', '100%', '-1', '-1%', 'abc', '1.5', '%', '5%%', '+5', ' 5', '007'],
  maxAckPending: [undefined, -5, -2, -1, 0, ...near(10, 40, 50, 60), 1000, 100_000],
  headersOnly: [true],
  inactiveThreshold: [undefined, -1, 0, 9999, 10_000, 10_000.5, YEAR],
  pauseUntil: [undefined, '', '2126-01-01T00:00:00Z', '2020-01-01T00:00:00Z', '2126-01-01', 'tomorrow', '2126-13-01T00:00:00Z'],
  replicas: [undefined, -1, 0, 1, 2, 3, 5, 6],
  storage: [undefined, StreamStorage.MEMORY],
  metadata: [
    {}, { key: 'value' }, { key: 'v'.repeat(131_053) }, { key: 'v'.repeat(131_054) }, { key: 'ü'.repeat(65_526), a: 'b' }, { key: 'ü'.repeat(65_526), a: 'bc' },
    { '_nats.level': 'v'.repeat(131_072) }, { '_nats.req.level': '9', 'key': 'v'.repeat(131_053) }, { _nats: 'v'.repeat(131_052) },
  ],
  deliverSubject: [
    undefined, 'to', 'to.me', 'to.*', 'to.>', '>', 'to me', 'to..me', '.to', 'limits.a', 'limits', 'single', 'other.a.x', 'other.a.y', 'ax.odd', 'UNNAMED', 'queue.a', 'interest.a',
    'to*', '$JS.API.x', 'few.a',
  ],
  deliverGroup: [undefined, 'group', 'a b', 'a.b'],
  flowControl: [true, false],
  heartbeat: [undefined, -1, 0, 0.5, 99, 99.999999, 100, 999, 1000, 1001, HOUR],
  rateLimitBps: [undefined, 0, 1, 8, 1_000_000],
  maxWaiting: [undefined, -1, 0, 1, 512, 513, 100_000],
  maxRequestBatch: [undefined, -1, 0, 1, ...near(20), 1000],
  maxRequestExpires: [undefined, -1, 0, 0.000001, 0.999999, 1, 1000, YEAR],
  maxRequestMaxBytes: [undefined, -1, 0, 1, 1_000_000],
  priorityPolicy: [undefined, ...Object.values(PriorityPolicy)],
  priorityGroups: [[], ['a'], ['A-b_c/d=1'], ['x'.repeat(16)], ['x'.repeat(17)], [''], ['a', ''], ['a b'], ['a', 'a'], ['ü'], ['a', 'b.c']],
  pinnedTtl: [undefined, -1, 0, 0.000001, 120_000],
};

const push = { deliverSubject: 'to.me', filterSubjects: ['p.a'] };
const byFlowControl = { ...push, ackPolicy: AckPolicy.FLOW_CONTROL, ackWait: 0, flowControl: true, heartbeat: 1000, backoff: [] };

/** What must meet for a rule to be at its edge, and rarely does by chance. */
export const traps: readonly Partial<ConsumerConfig>[] = [
  ...[1, 2, 3].map((maxDeliver) => ({ maxDeliver, backoff: [30_000, 30_000] })),
  ...[30_000, 29_999.999999, 0, -1].map((ackWait) => ({ ackWait, backoff: [30_000, 1000] })),
  { maxAckPending: undefined },
  { inactiveThreshold: undefined },
  { maxRequestBatch: undefined },
  ...near(10, 40, 50, 60).map((maxAckPending) => ({ maxAckPending })),
  ...near(10_000).map((inactiveThreshold) => ({ inactiveThreshold, maxAckPending: 10 })),
  ...near(20).map((maxRequestBatch) => ({ maxRequestBatch })),
  ...[undefined, -1, 0, 1].map((maxAckPending) => ({ ...push, ackPolicy: AckPolicy.NONE, ackWait: 0, maxAckPending })),
  ...[undefined, -1, 0, 1].map((maxAckPending) => ({ ...byFlowControl, maxAckPending })),
  ...[-1, 1].map((maxDeliver) => ({ ...byFlowControl, maxAckPending: 10, maxDeliver })),
  ...[0, 1].map((ackWait) => ({ ...byFlowControl, maxAckPending: 10, ackWait })),
  { ...byFlowControl, maxAckPending: 10, flowControl: false },
  { ...byFlowControl, maxAckPending: 10, heartbeat: 999 },
  { ...byFlowControl, maxAckPending: 10, deliverSubject: undefined, flowControl: false, heartbeat: undefined },
  ...[99, 100].map((heartbeat) => ({ ...push, heartbeat })),
  ...[undefined, 100].map((heartbeat) => ({ ...push, heartbeat, flowControl: true })),
  ...[0, 1].map((maxWaiting) => ({ ...push, maxWaiting })),
  { priorityPolicy: PriorityPolicy.OVERFLOW, priorityGroups: ['x'.repeat(17)] },
  { ...push, priorityPolicy: PriorityPolicy.OVERFLOW, priorityGroups: ['a'] },
  ...Object.values(DeliverPolicy).map((deliverPolicy) => ({ deliverPolicy, startSequence: 1, startTime: '2026-08-01T00:00:00Z' })),
  { deliverPolicy: DeliverPolicy.LAST_PER_SUBJECT, filterSubjects: [''] },
  { deliverPolicy: DeliverPolicy.BY_START_SEQUENCE, startSequence: 0 },
  { deliverPolicy: DeliverPolicy.BY_START_TIME, startTime: undefined },
  ...Object.values(AckPolicy).map((ackPolicy) => ({ ackPolicy, ackWait: 0 })),
];
