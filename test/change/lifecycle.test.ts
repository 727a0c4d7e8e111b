import { changesBetween, removeFolders, resource } from './folders';
import { ChangeEffect } from '../../src';

const orders = { name: 'ORDERS', subjects: ['orders.>'], account: 'shop' };

afterEach(removeFolders);

test('a new stream is safe', () => {
  expect(changesBetween([], [resource('Stream', 'orders', orders)])).toEqual([
    { kind: 'Stream', namespace: 'messaging', name: 'orders', after: 'new', effect: ChangeEffect.SAFE },
  ]);
});

test.each([
  ['Stream', orders, 'NACK deletes the stream with all its messages and consumers'],
  ['Consumer', { streamName: 'ORDERS', durableName: 'worker' }, 'NACK deletes the consumer with its position'],
  ['KeyValue', { bucket: 'sessions' }, 'NACK deletes the bucket with all its keys'],
  ['ObjectStore', { bucket: 'invoices' }, 'NACK deletes the bucket with all its objects'],
])('a %s that goes is lost, unless preventDelete keeps it', (kind, spec, reason) => {
  expect(changesBetween([resource(kind, 'one', spec)], [])).toMatchObject([{ effect: ChangeEffect.LOSS, reason, advice: expect.stringContaining('preventDelete') }]);
  expect(changesBetween([resource(kind, 'one', { ...spec, preventDelete: true })], [])).toMatchObject([{ effect: ChangeEffect.IGNORED }]);
});

test('a stream that moves to a resource with another name is deleted with the old one', () => {
  const changes = changesBetween([resource('Stream', 'orders', orders)], [resource('Stream', 'shop-orders', orders)]);
  expect(changes).toMatchObject([
    { name: 'orders', effect: ChangeEffect.LOSS, reason: expect.stringContaining('although \'shop-orders\' describes it too') },
    { name: 'shop-orders', effect: ChangeEffect.SAFE },
  ]);
  expect(changesBetween([resource('Stream', 'orders', { ...orders, preventDelete: true })], [resource('Stream', 'shop-orders', orders)])[0])
    .toMatchObject({ effect: ChangeEffect.CAUTION, reason: 'another resource, \'shop-orders\', takes it over' });
});

test('a stream with another name, or in another account, begins empty', () => {
  expect(changesBetween([resource('Stream', 'orders', orders)], [resource('Stream', 'orders', { ...orders, name: 'SALES', subjects: ['sales.>'] })]))
    .toMatchObject([{ field: 'name', before: 'ORDERS', after: 'SALES', effect: ChangeEffect.LOSS }]);
  expect(changesBetween([resource('Stream', 'orders', orders)], [resource('Stream', 'orders', { ...orders, account: 'sales' })]))
    .toMatchObject([{ field: 'connection', before: 'messaging shop', after: 'messaging sales', effect: ChangeEffect.LOSS }]);
});

const refusedStream = "the subject 'orders.>' of stream 'SALES' meets 'orders.>' of stream 'ORDERS', which stays on the server although nothing describes it any more [STREAMS-SUBJECT-OVERLAP]";

test('a stream that gets another name keeps its subjects, so that the server refuses the new one', () => {
  expect(changesBetween([resource('Stream', 'orders', orders)], [resource('Stream', 'orders', { ...orders, name: 'SALES' })]))
    .toMatchObject([{ field: 'name', effect: ChangeEffect.REFUSED, reason: refusedStream, advice: 'copy its messages elsewhere, and remove it with nats stream rm' }]);
});

test('a stream that preventDelete keeps stands in the way of a new one with its subjects; one that is deleted does not', () => {
  const now = [resource('Stream', 'sales', { ...orders, name: 'SALES' })];
  expect(changesBetween([resource('Stream', 'orders', { ...orders, preventDelete: true })], now)).toMatchObject([
    { name: 'sales', after: 'new', effect: ChangeEffect.REFUSED, reason: refusedStream }, { name: 'orders', effect: ChangeEffect.IGNORED },
  ]);
  expect(changesBetween([resource('Stream', 'orders', orders)], now)).toMatchObject([{ name: 'orders', effect: ChangeEffect.LOSS }, { name: 'sales', effect: ChangeEffect.SAFE }]);
});

test('a consumer of a work queue that gets another name is in the way of itself', () => {
  const queue = resource('Stream', 'orders', { ...orders, retention: 'workqueue' });
  const consumer = (durableName: string) => resource('Consumer', 'worker', { streamName: 'ORDERS', durableName, account: 'shop', ackPolicy: 'explicit' });
  expect(changesBetween([queue, consumer('worker')], [queue, consumer('packer')])).toMatchObject([{
    field: 'name',
    effect: ChangeEffect.REFUSED,
    reason: expect.stringContaining("but consumer 'worker' takes all of it; that one stays on the server although nothing describes it any more [CONSUMER-WORK-QUEUE-OVERLAP]"),
  }]);
});

test('a new stream with a first sequence may be there already', () => {
  expect(changesBetween([], [resource('Stream', 'orders', { ...orders, firstSequence: 100 })])).toMatchObject([{ after: 'new', effect: ChangeEffect.CAUTION }]);
});

test('a connection that leads elsewhere is told, and its certificates are not', () => {
  const shop = { servers: ['nats://nats:4222'], user: { secret: { name: 'shop' }, user: 'username', password: 'password' } };
  const become = (spec: object) => changesBetween([resource('Account', 'shop', shop)], [resource('Account', 'shop', { ...shop, ...spec })]);
  expect(become({ tls: { secret: { name: 'ca' }, ca: 'ca.crt' } })).toEqual([]);
  expect(become({ servers: ['nats://other:4222'] })).toMatchObject([{ field: 'servers', before: 'nats://nats:4222', after: 'nats://other:4222', effect: ChangeEffect.CAUTION }]);
  expect(become({ user: undefined, creds: { secret: { name: 'creds' } } }).map(({ field }) => field)).toEqual(['creds', 'user']);
});

test('what Flux does not prune stays', () => {
  const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'messaging' } };
  const kept = { ...namespace, metadata: { ...namespace.metadata, annotations: { 'kustomize.toolkit.fluxcd.io/prune': 'disabled' } } };
  expect(changesBetween([namespace], [])).toMatchObject([{ kind: 'Namespace', effect: ChangeEffect.LOSS, reason: 'with it goes everything in it, with all volumes' }]);
  expect(changesBetween([kept], [])).toMatchObject([{ effect: ChangeEffect.IGNORED }]);
});

test('with the CRD of streams go all streams', () => {
  const crd = { apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', metadata: { name: 'streams.jetstream.nats.io' } };
  expect(changesBetween([crd], [])).toMatchObject([{ effect: ChangeEffect.LOSS, reason: expect.stringContaining('every streams resource') }]);
});

test('objects that hold no data are not listed', () => {
  const config = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'nats-config' } };
  expect(changesBetween([config], [{ ...config, data: { a: 'b' } }])).toEqual([]);
  expect(changesBetween([config], [])).toEqual([]);
});
