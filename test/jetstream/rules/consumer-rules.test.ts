import { flowAcks, mistakes, of, push, workQueue } from './consumer-mistakes';
import { RuleLevel } from '../../../src';
import { ConsumerConfig, PriorityPolicy } from '../../../src/jetstream/consumer/consumer-config';
import { findingsOf, jointFindingsOf } from '../../../src/jetstream/rules/asset-rule';
import { consumerRules, jointConsumerRules } from '../../../src/jetstream/rules/consumer-rules';
import { ConsumerPlace } from '../../../src/jetstream/rules/place';
import { StreamStorage } from '../../../src/jetstream/stream/stream-config';
import { NatsVersion } from '../../../src/nats/nats-version';
import { someConsumer, someStream } from '../some-configs';

const place: ConsumerPlace = { version: NatsVersion.V2_15, pedantic: true, stream: () => undefined, origin: someStream() };

/** What the rules find, by their ids. */
function found(config: Partial<ConsumerConfig>, there: Partial<ConsumerPlace> = {}): { [rule: string]: string } {
  const findings = findingsOf(consumerRules, someConsumer(config), { ...place, ...there });
  return Object.fromEntries(findings.map(({ rule, mistake }) => [rule.id, rule.text(mistake)]));
}

test('each rule has a mistake', () => {
  expect(Object.keys(mistakes).sort()).toEqual(consumerRules.map(({ rule }) => rule.id).sort());
});

describe.each(Object.entries(mistakes))('%s', (id, ofRule) => {
  test.each(ofRule.map(([config, there, says]) => [says, config, there] as const))('%s', (says, config, there) => {
    expect(found(config, there)[id]).toBe(`${says} [${id}]`);
  });
});

test.each<[string, Partial<ConsumerConfig>, Partial<ConsumerPlace>]>([
  ['a plain consumer', {}, {}],
  ['as many times of backoff as deliveries', { maxDeliver: 2, backoff: [30_000, 60_000] }, {}],
  ['deliveries without end', { maxDeliver: -1, backoff: [30_000, 60_000] }, {}],
  ['a push consumer with all of its options', { ...push, deliverGroup: 'workers', flowControl: true, heartbeat: 100, rateLimitBps: 8 }, {}],
  ['acknowledgements by flow control', flowAcks, {}],
  ['a pinned client', { priorityPolicy: PriorityPolicy.PINNED_CLIENT, priorityGroups: ['A-b_c/d=1'], pinnedTtl: 120_000 }, {}],
  ['filters that cross', { filterSubjects: ['orders.*.a', 'orders.b.*'] }, {}],
  ['a filter of a stream that copies from others', { filterSubjects: ['bills.*'] }, of({ subjects: [], sources: [{ name: 'BILLS', subjectTransforms: [] }] })],
  ['a filter of what a stream transforms', { filterSubjects: ['done.a'] }, of({ subjectTransform: { source: 'orders.*', destination: 'done.$1' } })],
  ['a filter of what a function makes', { filterSubjects: ['done.3'] }, of({ subjectTransform: { source: 'orders.*', destination: 'done.{{partition(5,1)}}' } })],
  ['a filter of a stream that is not known', { filterSubjects: ['bills.*'] }, { origin: undefined }],
  ['a consumer of a work queue', {}, workQueue],
  ['the limits of a stream', { maxAckPending: 10, inactiveThreshold: 10_000 }, of({ consumerLimits: { maxAckPending: 10, inactiveThreshold: 10_000 } })],
  ['a replicated position in memory', { storage: StreamStorage.MEMORY }, of({ replicas: 3 })],
])('nothing is found in %s', (_, config, there) => {
  expect(found(config, there)).toEqual({});
});

test('without being pedantic, the server fills in what is a mistake otherwise', () => {
  const limited = { limits: { maxRequestBatch: 20 }, origin: someStream({ consumerLimits: { maxAckPending: 10 } }) };
  expect(found({ backoff: [1000] }, { ...limited, pedantic: false })).toEqual({});
  expect(Object.keys(found({ backoff: [1000] }, limited))).toEqual(['CONSUMER-BACKOFF-ACK-WAIT', 'CONSUMER-LIMITS-UNSAID', 'CONSUMER-REQUEST-BATCH-UNSAID']);
});

test('a finding names at most five subjects of the stream', () => {
  const subjects = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
  expect(found({ filterSubjects: ['x'] }, of({ subjects }))['CONSUMER-FILTER-OUTSIDE']).toContain("allowed: subjects within 'a', 'b', 'c', 'd', 'e' and 2 more;");
});

test('thousands of consumers with filters of their own are judged in a time that grows with their number', () => {
  const subjects = [...Array(5000).keys()].map((index) => `orders.${index}`);
  const there = { ...place, ...of({ subjects }) };
  const begin = performance.now();
  const findings = subjects.flatMap((subject) => findingsOf(consumerRules, someConsumer({ filterSubjects: [subject] }), there));
  expect(findings).toEqual([]);
  expect(performance.now() - begin).toBeLessThan(5000);
});

describe('consumers of one stream', () => {
  function foundTogether(there: Partial<ConsumerPlace>, ...filters: string[][]): string[] {
    const consumers = filters.map((filterSubjects, index) => someConsumer({ name: `c${index}`, filterSubjects }));
    return jointFindingsOf(jointConsumerRules, consumers, { ...place, ...there }).map(({ rule, config, mistake }) => `${config.name}: ${rule.text(mistake)}`);
  }

  const overlap = 'allowed: filterSubjects that no other consumer of the stream has; '
    + 'fix: give each consumer its own filterSubjects, or let more clients share one consumer [CONSUMER-WORK-QUEUE-OVERLAP]';
  const count = 'fix: raise the limit, or let more clients share one consumer [CONSUMER-COUNT]';

  test('share no subject of a work queue', () => {
    expect(foundTogether(workQueue, ['orders.a.*'], ['orders.b'], ['orders.*.c'])).toEqual([
      `c2: the consumer takes 'orders.*.c' of work queue 'ORDERS', but consumer 'c0' takes 'orders.a.*'; ${overlap}`,
    ]);
    expect(foundTogether(workQueue, [], ['orders.b'], [])).toEqual([
      `c1: the consumer takes 'orders.b' of work queue 'ORDERS', but consumer 'c0' takes all of it; ${overlap}`,
      `c2: the consumer has no filter, so that it takes all of work queue 'ORDERS', but consumer 'c1' takes 'orders.b'; ${overlap}`,
    ]);
    expect(foundTogether(workQueue, ['orders.a.>', 'orders.a.b'], ['orders.b', 'orders.c'], ['orders..'])).toEqual([]);
    expect(foundTogether({}, [], [])).toEqual([]);
  });

  test('are no more than the stream and the account let there be', () => {
    expect(foundTogether(of({ maxConsumers: 2 }), [], [], [])).toEqual([
      `c2: the stream has 3 consumers, more than maxConsumers of stream 'ORDERS'; allowed: up to 2; ${count}`,
    ]);
    expect(foundTogether({ ...of({ maxConsumers: 2 }), account: { enabled: true, maxConsumers: 1 } }, [], [])).toEqual([
      `c1: the stream has 2 consumers, more than the account lets a stream have; allowed: up to 1; ${count}`,
    ]);
    expect(foundTogether(of({ maxConsumers: -1 }), [], [])).toEqual([]);
    expect(foundTogether({ ...of({}), limits: { defaultMaxConsumers: 1 } }, [], [])).toEqual([
      `c1: the stream has 2 consumers, more than the servers let a stream have that has no maxConsumers; allowed: up to 1; ${count}`,
    ]);
    expect(foundTogether({ ...of({ maxConsumers: 2 }), limits: { defaultMaxConsumers: 1 } }, [], [])).toEqual([]);
    expect(foundTogether({ origin: undefined, limits: { defaultMaxConsumers: 1 } }, [], [])).toEqual([]);
  });

  test('are judged in a time that grows with their number', () => {
    const many = [...Array(20_000).keys()].map((index) => [`orders.${index}.*`]);
    const begin = performance.now();
    expect(foundTogether(workQueue, ...many)).toEqual([]);
    expect(performance.now() - begin).toBeLessThan(5000);
  });
});

test('a rule that states the server\'s verdict is an error', () => {
  const verdicts = [...consumerRules, ...jointConsumerRules].map(({ rule }) => rule).filter(({ serverVerdict }) => serverVerdict);
  expect(verdicts.filter(({ level }) => level !== RuleLevel.ERROR)).toEqual([]);
});
