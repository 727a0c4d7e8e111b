import { Chart, Duration, Size } from 'cdk8s';
import { newScene, specOf } from './support';
import {
  AckPolicy, ContainerImage, DeliverPolicy, JetStreamConsumer, JetStreamConsumerOptions, JetStreamServerLimits, JetStreamStream, JetStreamStreamProps,
  PriorityPolicy, ReplayPolicy, Rules,
} from '../../src';
import { renderConsumer } from '../../src/jetstream/consumer/render-consumer';
import { resolveConsumer } from '../../src/jetstream/consumer/resolve-consumer';

function specWith(options: JetStreamConsumerOptions, stream: Partial<JetStreamStreamProps> = {}) {
  const { chart, target } = newScene();
  return specOf(new JetStreamStream(chart, 'orders', { target, subjects: ['orders.>'], ...stream }).addConsumer('billing', options));
}

test('the defaults are a careful operator\'s, and are written out', () => {
  expect(specWith({})).toEqual({
    streamName: 'orders', durableName: 'billing', deliverPolicy: 'all', ackPolicy: 'explicit', ackWait: '30s', maxDeliver: -1, replayPolicy: 'instant', account: 'nats-orders',
  });
});

const common: { [prop in Exclude<keyof Required<JetStreamConsumerOptions>, 'pull' | 'push' | 'deliverPolicy'>]: JetStreamConsumerOptions[prop] } = {
  name: 'BILLING',
  resourceName: 'billing',
  description: 'Writes invoices',
  filterSubjects: ['orders.paid', 'orders.*.paid'],
  startSequence: 7,
  startTime: '2026-08-01T00:00:00Z',
  ackPolicy: AckPolicy.ALL,
  ackWait: Duration.seconds(1),
  maxDeliver: 5,
  backoff: [Duration.seconds(1), Duration.minutes(1)],
  maxAckPending: 50,
  replayPolicy: ReplayPolicy.ORIGINAL,
  sampleFrequency: 30,
  headersOnly: true,
  inactiveThreshold: Duration.hours(1),
  pauseUntil: '2026-09-01T00:00:00Z',
  replicas: 1,
  memStorage: true,
  metadata: { team: 'billing' },
  preventDelete: true,
  preventUpdate: true,
};
const commonFields = {
  streamName: 'orders',
  durableName: 'BILLING',
  description: 'Writes invoices',
  filterSubjects: ['orders.paid', 'orders.*.paid'],
  deliverPolicy: 'byStartSequence',
  optStartSeq: 7,
  optStartTime: '2026-08-01T00:00:00Z',
  ackPolicy: 'all',
  ackWait: '1s',
  maxDeliver: 5,
  backoff: ['1s', '1m'],
  maxAckPending: 50,
  replayPolicy: 'original',
  sampleFreq: '30%',
  headersOnly: true,
  inactiveThreshold: '1h',
  pauseUntil: '2026-09-01T00:00:00Z',
  replicas: 1,
  memStorage: true,
  metadata: { team: 'billing' },
};

describe('each prop has its field', () => {
  // No server would take all of this in one consumer, so the rules are not asked.
  const rendered = (options: JetStreamConsumerOptions) => {
    const { chart, target } = newScene();
    const stream = new JetStreamStream(chart, 'orders', { target });
    return renderConsumer(resolveConsumer(chart, { ...options, stream }, target._assets.consumerPlace('orders')));
  };

  test('of a consumer that is asked', () => {
    const pull: Required<JetStreamConsumerOptions['pull']> = {
      maxWaiting: 100,
      maxRequestBatch: 10,
      maxRequestExpires: Duration.seconds(30),
      maxRequestMaxBytes: Size.mebibytes(1),
      priority: { policy: PriorityPolicy.PINNED_CLIENT, groups: ['workers'], pinnedTtl: Duration.minutes(1) },
    };
    expect(rendered({ ...common, pull })).toEqual({
      ...commonFields,
      maxWaiting: 100,
      maxRequestBatch: 10,
      maxRequestExpires: '30s',
      maxRequestMaxBytes: 1048576,
      priorityPolicy: 'pinned_client',
      priorityGroups: ['workers'],
      pinnedTtl: '1m',
    });
  });

  test('of a consumer that sends', () => {
    const push: Required<JetStreamConsumerOptions['push']> = {
      deliverSubject: 'billing.in', deliverGroup: 'workers', flowControl: true, heartbeat: Duration.seconds(2), rateLimitBps: 1_000_000,
    };
    expect(rendered({ ...common, push })).toEqual({
      ...commonFields, deliverSubject: 'billing.in', deliverGroup: 'workers', flowControl: true, heartbeatInterval: '2s', rateLimitBps: 1_000_000,
    });
  });

  test('of the resource', () => {
    const spec = specWith({ name: 'BILLING', resourceName: 'billing', preventDelete: true, preventUpdate: true });
    expect(spec).toMatchObject({ durableName: 'BILLING', preventDelete: true, preventUpdate: true });
  });
});

describe('a default that depends on another prop', () => {
  test('where it begins', () => {
    expect(specWith({ startSequence: 7 })).toMatchObject({ deliverPolicy: 'byStartSequence', optStartSeq: 7 });
    expect(specWith({ startTime: '2026-08-01T00:00:00Z' })).toMatchObject({ deliverPolicy: 'byStartTime', optStartTime: '2026-08-01T00:00:00Z' });
    expect(specWith({ deliverPolicy: DeliverPolicy.NEW }).deliverPolicy).toBe('new');
  });

  test('the time for an acknowledgement', () => {
    expect(specWith({ backoff: [Duration.seconds(5), Duration.seconds(30)] })).toMatchObject({ ackWait: '5s', backoff: ['5s', '30s'] });
    expect(specWith({ ackPolicy: AckPolicy.NONE }).ackWait).toBe('0s');
    expect(specWith({ ackPolicy: AckPolicy.ALL }).ackWait).toBe('30s');
  });

  test('flow control, which needs heartbeats', () => {
    expect(specWith({ push: { deliverSubject: 'in' } }).heartbeatInterval).toBeUndefined();
    expect(specWith({ push: { deliverSubject: 'in', flowControl: true } })).toMatchObject({ flowControl: true, heartbeatInterval: '5s' });
    expect(specWith({ ackPolicy: AckPolicy.FLOW_CONTROL, push: { deliverSubject: 'in' } })).toMatchObject({
      ackPolicy: 'flow_control', flowControl: true, heartbeatInterval: '1s', ackWait: '0s',
    });
  });

  test('the policy for pinned clients, which NACK forgets without their time', () => {
    expect(specWith({ pull: { priority: { policy: PriorityPolicy.PINNED_CLIENT, groups: ['a'] } } })).toMatchObject({ priorityPolicy: 'pinned_client', pinnedTtl: '2m' });
    expect(specWith({ pull: { priority: { policy: PriorityPolicy.OVERFLOW, groups: ['a'] } } }).pinnedTtl).toBeUndefined();
  });

  test('what the stream limits', () => {
    const { chart, target } = newScene();
    const stream = new JetStreamStream(chart, 'orders', { target, consumerLimits: { maxAckPending: 100, inactiveThreshold: Duration.hours(1) } });
    Rules.acknowledge(stream, 'STREAM-CONSUMER-LIMITS-IDLE', 'all of them are temporary');
    expect(specOf(stream.addConsumer('billing'))).toMatchObject({ maxAckPending: 100, inactiveThreshold: '1h' });
    expect(specWith({}, { consumerLimits: { maxAckPending: 5000 } }).maxAckPending).toBe(1000);
    expect(specWith({ maxAckPending: 7 }, { consumerLimits: { maxAckPending: 100 } }).maxAckPending).toBe(7);
  });

  test('what the servers limit', () => {
    const { chart, target } = newScene({ jetStream: { limits: { maxRequestBatch: 20 } } });
    expect(specOf(new JetStreamStream(chart, 'orders', { target }).addConsumer('billing')).maxRequestBatch).toBe(20);
  });
});

test('no limit is said in the words of the server', () => {
  expect(specWith({ maxDeliver: -1 }).maxDeliver).toBe(-1);
  expect(specWith({ sampleFrequency: 0 }).sampleFreq).toBeUndefined();
});

test('a consumer of a stream that exists already', () => {
  const { chart, target } = newScene();
  const stream = JetStreamStream.fromStreamName(chart, 'legacy', 'LEGACY', { target });
  const consumer = stream.addConsumer('worker');
  expect(consumer.apiObject.name).toMatch(/^legacy\.worker-[0-9a-f]{8}$/);
  expect(specOf(consumer)).toMatchObject({ streamName: 'LEGACY', durableName: 'worker', account: 'nats-orders' });
});

test('consumers of two streams may have the same name, and so may not two of one', () => {
  const { chart, target } = newScene();
  const [orders, returns] = ['orders', 'returns'].map((name) => new JetStreamStream(chart, name, { target }));
  expect([orders, returns].map((stream) => stream.addConsumer('worker').apiObject.name)).toEqual(['orders.worker', 'returns.worker']);
  expect(() => orders.addConsumer('again', { name: 'worker' })).toThrow(
    '[test/orders/again] the consumer \'worker\' of stream \'orders\' is described twice; the other is test/orders/worker; '
    + 'allowed: one of each name in an account; fix: give one of them another name [JS-DUPLICATE]',
  );
});

test('push and pull exclude each other', () => {
  expect(() => specWith({ push: { deliverSubject: 'in' }, pull: {} })).toThrow(
    '[test/orders/billing] both push and pull are given; allowed: one of them; fix: leave push out, unless clients have to be sent messages [CONSUMER-KIND]',
  );
});

test.each([[-1, 'FREQUENCY'], [101, 'PERCENT'], [2.5, 'FREQUENCY'], [NaN, 'FREQUENCY']])('%f percent are refused', (sampleFrequency, rule) => {
  const says = `sampleFrequency is ${sampleFrequency}%; allowed: a whole number of percent, from 0 to 100 [CONSUMER-SAMPLE-${rule}]`;
  expect(() => specWith({ sampleFrequency })).toThrow(says);
});

test('a consumer may stand elsewhere than its stream', () => {
  const { chart, cluster, target } = newScene();
  const stream = new JetStreamStream(chart, 'orders', { target });
  const billing = new Chart(chart.node.root as Chart, 'billing', { namespace: 'billing' });
  const consumer = new JetStreamConsumer(billing, 'worker', { stream });
  expect(specOf(consumer).account).toBe(`messaging-${cluster.serviceName}-orders`);
});

test('servers of 2.15 let a stream have 1000 consumers, or as many as is said', () => {
  const countedIn = (tag: string, limits?: JetStreamServerLimits, count = 1001) => {
    const { chart, target } = newScene({ images: { server: ContainerImage.of('nats', { tag }) }, jetStream: { limits } });
    const stream = new JetStreamStream(chart, 'orders', { target, maxAge: Duration.days(1) });
    for (let index = 0; index < count; index++) stream.addConsumer(`c${index}`);
    return chart.node.findAll().flatMap(({ node }) => node.validate());
  };
  expect(countedIn('2.14.2-alpine')).toEqual([]);
  expect(countedIn('2.15.2-alpine')).toEqual([expect.stringContaining('the stream has 1001 consumers, more than the servers let a stream have that has no maxConsumers; allowed: up to 1000')]);
  expect(countedIn('2.15.2-alpine', { defaultMaxConsumers: 1 }, 2)).toHaveLength(1);
});
