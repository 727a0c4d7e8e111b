import { Duration, Size } from 'cdk8s';
import { newScene, resourcesOf, specOf } from './support';
import {
  ContainerImage, JetStreamStream, JetStreamStreamProps, JetStreamTarget, Rules, StreamCompression, StreamDiscard, StreamOrigin, StreamPersistMode,
  StreamRetention, StreamStorage,
} from '../../src';
import { renderStream } from '../../src/jetstream/stream/render-stream';
import { resolveStream } from '../../src/jetstream/stream/resolve-stream';

test('the defaults are a careful operator\'s, and are written out', () => {
  const { chart, target } = newScene();
  const stream = new JetStreamStream(chart, 'orders', { target });
  expect(specOf(stream)).toEqual({
    name: 'orders',
    subjects: ['orders'],
    retention: 'limits',
    storage: 'file',
    replicas: 3,
    discard: 'old',
    maxAge: '0s',
    duplicateWindow: '2m',
    allowDirect: true,
    compression: 'none',
    preventDelete: true,
    account: 'nats-orders',
  });
});

describe('a default that depends on where the stream is', () => {
  const specWith = (cluster: Parameters<typeof newScene>[0], props: Partial<JetStreamStreamProps> = {}) => {
    const { chart, target } = newScene(cluster);
    return specOf(new JetStreamStream(chart, 'orders', { target, ...props }));
  };

  test.each([[1, 1], [3, 3], [5, 3]])('on %i servers there are %i replicas', (servers, replicas) => {
    expect(specWith({ replicas: servers }).replicas).toBe(replicas);
  });

  test('storage is memory where the servers have nothing else', () => {
    expect(specWith({ jetStream: { memoryStore: { maxSize: Size.gibibytes(1) } } }).storage).toBe('memory');
    expect(specWith({ jetStream: { memoryStore: { maxSize: Size.gibibytes(1) }, fileStore: {} } }).storage).toBe('file');
  });

  test('the duplicate window ends with the life of the messages, and at the limit of the servers', () => {
    expect(specWith({}, { maxAge: Duration.minutes(1) })).toMatchObject({ maxAge: '1m', duplicateWindow: '1m' });
    expect(specWith({}, { maxAge: Duration.days(7) })).toMatchObject({ maxAge: '168h', duplicateWindow: '2m' });
    expect(specWith({ jetStream: { limits: { duplicateWindow: Duration.seconds(30) } } }).duplicateWindow).toBe('30s');
  });

  test.each([['2.12.6', '2m'], ['2.14.2', undefined], ['2.15.2', undefined]])('on nats-server %s the window of a stream with sources is %s, as the server has it', (tag, window) => {
    const images = { server: ContainerImage.of('nats', { tag: `${tag}-alpine` }) };
    expect(specWith({ images }, { sources: [StreamOrigin.named('eu')] }).duplicateWindow).toBe(window);
  });
});

const everything: { [prop in Exclude<keyof Required<JetStreamStreamProps>, 'target' | 'mirror' | 'mirrorDirect' | 'sealed'>]: JetStreamStreamProps[prop] } = {
  name: 'ORDERS',
  resourceName: 'orders',
  description: 'All orders',
  subjects: ['orders.>', 'returns.*'],
  retention: StreamRetention.WORK_QUEUE,
  storage: StreamStorage.MEMORY,
  replicas: 1,
  discard: StreamDiscard.NEW,
  discardPerSubject: true,
  maxConsumers: 10,
  maxMsgs: 1000,
  maxMsgsPerSubject: 5,
  maxBytes: Size.mebibytes(1),
  maxMsgSize: Size.kibibytes(4),
  maxAge: Duration.days(7),
  duplicateWindow: Duration.seconds(90),
  noAck: true,
  denyDelete: true,
  denyPurge: true,
  allowRollup: true,
  allowDirect: false,
  allowMsgTtl: true,
  subjectDeleteMarkerTtl: Duration.minutes(5),
  allowMsgCounter: true,
  allowAtomicPublish: true,
  allowBatched: true,
  allowMsgSchedules: true,
  compression: StreamCompression.S2,
  persistMode: StreamPersistMode.ASYNC,
  firstSequence: 100,
  placement: { cluster: 'eu', tags: ['ssd', '!old'] },
  sources: [
    StreamOrigin.named('eu', {
      startSequence: 7, filterSubject: 'orders.eu', externalApiPrefix: '$JS.eu.API', externalDeliverPrefix: 'deliver.eu', consumer: { name: 'copy', deliverSubject: 'copies.eu' },
    }),
    StreamOrigin.named('us', {
      startTime: '2026-08-01T00:00:00Z', subjectTransforms: [{ source: 'us.*', destination: 'orders.us.$1' }, { destination: 'all.>' }],
    }),
  ],
  subjectTransform: { source: 'orders.*', destination: 'shop.orders.$1' },
  republish: { source: 'orders.>', destination: 'copies.orders.>' },
  consumerLimits: { inactiveThreshold: Duration.hours(1), maxAckPending: 100 },
  metadata: { team: 'shop' },
  preventDelete: false,
  preventUpdate: true,
};

test('each prop has its field', () => {
  const { chart, target } = newScene();
  // No server would take all of this in one stream, so the rules are not asked.
  expect(renderStream(resolveStream(chart, { ...everything, target }, target._assets))).toEqual({
    name: 'ORDERS',
    description: 'All orders',
    subjects: ['orders.>', 'returns.*'],
    retention: 'workqueue',
    storage: 'memory',
    replicas: 1,
    discard: 'new',
    discardPerSubject: true,
    maxConsumers: 10,
    maxMsgs: 1000,
    maxMsgsPerSubject: 5,
    maxBytes: 1048576,
    maxMsgSize: 4096,
    maxAge: '168h',
    duplicateWindow: '1m30s',
    noAck: true,
    denyDelete: true,
    denyPurge: true,
    allowRollup: true,
    allowDirect: undefined,
    allowMsgTtl: true,
    subjectDeleteMarkerTtl: '5m',
    allowMsgCounter: true,
    allowAtomicPublish: true,
    allowBatched: true,
    allowMsgSchedules: true,
    compression: 's2',
    persistMode: 'async',
    firstSequence: 100,
    placement: { cluster: 'eu', tags: ['ssd', '!old'] },
    sources: [
      {
        name: 'eu',
        optStartSeq: 7,
        filterSubject: 'orders.eu',
        externalApiPrefix: '$JS.eu.API',
        externalDeliverPrefix: 'deliver.eu',
        consumer: { name: 'copy', deliverSubject: 'copies.eu' },
      },
      {
        name: 'us', optStartTime: '2026-08-01T00:00:00Z', subjectTransforms: [{ source: 'us.*', dest: 'orders.us.$1' }, { source: '', dest: 'all.>' }],
      },
    ],
    subjectTransform: { source: 'orders.*', dest: 'shop.orders.$1' },
    republish: { source: 'orders.>', destination: 'copies.orders.>' },
    consumerLimits: { inactiveThreshold: '1h', maxAckPending: 100 },
    metadata: { team: 'shop' },
  });
});

test('how NACK treats the resource is said on it', () => {
  const { chart, target } = newScene();
  const stream = new JetStreamStream(chart, 'orders', { target, name: 'ORDERS', resourceName: 'all-orders', preventDelete: false, preventUpdate: true });
  expect(stream.apiObject.name).toBe('all-orders');
  expect(stream.streamName).toBe('ORDERS');
  expect(specOf(stream)).toMatchObject({ name: 'ORDERS', preventDelete: false, preventUpdate: true });
});

test('markers and schedules bring what they need', () => {
  const { chart, target } = newScene();
  expect(specOf(new JetStreamStream(chart, 'sessions', { target, subjectDeleteMarkerTtl: Duration.minutes(5) }))).toMatchObject({ allowRollup: true, allowMsgTtl: true });
  const reminders = specOf(new JetStreamStream(chart, 'reminders', { target, allowMsgSchedules: true }));
  expect([reminders.allowRollup, reminders.allowMsgTtl]).toEqual([true, undefined]);
  expect(specOf(new JetStreamStream(chart, 'seats', { target, discardPerSubject: true, maxMsgsPerSubject: 1 })).discard).toBe('new');
});

test('a stream is sealed only where somebody says that it is there already', () => {
  const { chart, target } = newScene();
  const stream = new JetStreamStream(chart, 'orders', { target, sealed: true });
  expect(() => specOf(stream)).toThrow('sealed is true; allowed: false until the stream is there and has its messages; fix: deploy the stream first, and seal it later; or, if it is wanted, Rules.acknowledge(');
  Rules.acknowledge(stream, 'STREAM-SEALED', 'it has the orders of last year');
  expect(specOf(stream)).toMatchObject({ sealed: true });
});

test('republish names all subjects in words, as a pedantic server wants', () => {
  const { chart, target } = newScene();
  expect(specOf(new JetStreamStream(chart, 'orders', { target, republish: { destination: 'copies.>' } })).republish).toEqual({ source: '>', destination: 'copies.>' });
});

describe('a mirror', () => {
  test.each([true, false])('takes over whether its origin answers directly (%s)', (allowDirect) => {
    const { chart, target } = newScene();
    const origin = new JetStreamStream(chart, 'orders', { target, allowDirect });
    const spec = specOf(new JetStreamStream(chart, 'copy', { target, mirror: StreamOrigin.stream(origin) }));
    expect(spec).toMatchObject({ name: 'copy', mirror: { name: 'orders' } });
    expect([spec.mirrorDirect, spec.subjects, spec.duplicateWindow]).toEqual([allowDirect || undefined, undefined, undefined]);
    expect(specOf(new JetStreamStream(chart, 'by-name', { target, mirror: StreamOrigin.named('orders') })).mirrorDirect).toBe(allowDirect || undefined);
  });

  test('of a stream that exists already knows what it is told', () => {
    const { chart, target } = newScene();
    const known = JetStreamStream.fromStreamName(chart, 'known', 'known', { target, allowDirect: true });
    expect(specOf(new JetStreamStream(chart, 'a', { target, mirror: StreamOrigin.stream(known) })).mirrorDirect).toBe(true);
    expect(specOf(new JetStreamStream(chart, 'b', { target, mirror: StreamOrigin.named('unknown') })).mirrorDirect).toBeUndefined();
    expect(specOf(new JetStreamStream(chart, 'c', { target, mirror: StreamOrigin.named('unknown'), mirrorDirect: true })).mirrorDirect).toBe(true);
  });

  test('of a stream in another account needs the way there', () => {
    const { chart, target } = newScene();
    const other = newScene();
    const origin = new JetStreamStream(other.chart, 'orders', { target: other.target });
    expect(() => new JetStreamStream(chart, 'copy', { target, mirror: StreamOrigin.stream(origin) })).toThrow(
      '[test/copy] the stream \'orders\' (test/orders) is in another account; allowed: one of the same account; '
      + 'fix: export its API to this account, and give the prefix by which that imports it as externalApiPrefix [STREAM-ORIGIN-ACCOUNT]',
    );
    const spec = specOf(new JetStreamStream(chart, 'far', { target, mirror: StreamOrigin.stream(origin, { externalApiPrefix: 'orders.API' }) }));
    expect(spec.mirror).toEqual({ name: 'orders', externalApiPrefix: 'orders.API' });
  });
});

test('resources have names of their own', () => {
  const { chart, target } = newScene();
  for (const name of ['ORDERS', 'Orders', 'orders', 'orders_eu']) new JetStreamStream(chart, name, { target, subjects: [name] }).addConsumer('worker');
  const names = resourcesOf(chart).filter(({ kind }) => kind !== 'Account').map(({ kind, metadata: { name } }) => `${kind} ${name}`);
  expect(new Set(names).size).toBe(8);
  expect(names).toEqual(expect.arrayContaining(['Stream orders', 'Consumer orders.worker']));
});

test('the same name twice in one account throws, in two accounts it does not', () => {
  const { chart, cluster, target } = newScene();
  new JetStreamStream(chart, 'orders', { target });
  expect(() => new JetStreamStream(chart, 'again', { target, name: 'orders', resourceName: 'again' })).toThrow(
    '[test/again] the stream \'orders\' is described twice; the other is test/orders; allowed: one of each name in an account; fix: give one of them another name [JS-DUPLICATE]',
  );
  const returns = JetStreamTarget.account(cluster.addAccount('RETURNS'));
  expect(specOf(new JetStreamStream(chart, 'other', { target: returns, name: 'orders', resourceName: 'returned-orders' }))).toMatchObject({ name: 'orders', account: 'nats-returns' });
});
