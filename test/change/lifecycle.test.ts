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
  expect(changesBetween([resource('Stream', 'orders', orders)], [resource('Stream', 'orders', { ...orders, name: 'SALES' })]))
    .toMatchObject([{ field: 'name', before: 'ORDERS', after: 'SALES', effect: ChangeEffect.LOSS }]);
  expect(changesBetween([resource('Stream', 'orders', orders)], [resource('Stream', 'orders', { ...orders, account: 'sales' })]))
    .toMatchObject([{ field: 'connection', before: 'messaging shop', after: 'messaging sales', effect: ChangeEffect.LOSS }]);
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
