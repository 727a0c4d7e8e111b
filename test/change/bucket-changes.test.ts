import { changesBetween, removeFolders, resource } from './folders';
import { ChangeEffect } from '../../src';

const sessions = { bucket: 'sessions', history: 5, ttl: '1h', storage: 'file', limitMarkerTtl: 3_600_000_000_000 };

afterEach(removeFolders);

function change(kind: string, before: object, after: object) {
  return changesBetween([resource(kind, 'bucket', before)], [resource(kind, 'bucket', after)]).map(({ field, before: was, after: is, effect }) => [field, was, is, effect]);
}

test('a bucket that stays as it is does not change', () => {
  expect(change('KeyValue', sessions, { ...sessions })).toEqual([]);
});

test.each([
  ['history', { history: 1 }, '5', '1', ChangeEffect.LOSS],
  ['history', { history: 10 }, '5', '10', ChangeEffect.SAFE],
  ['ttl', { ttl: '10m' }, '1h', '10m', ChangeEffect.LOSS],
  ['ttl', { ttl: '24h' }, '1h', '24h', ChangeEffect.SAFE],
  ['maxBytes', { maxBytes: 1024 }, undefined, '1024', ChangeEffect.CAUTION],
  ['maxValueSize', { maxValueSize: 1024 }, undefined, '1024', ChangeEffect.CAUTION],
  ['storage', { storage: 'memory' }, 'file', 'memory', ChangeEffect.REFUSED],
  ['limitMarkerTtl', { limitMarkerTtl: undefined }, 'true', 'false', ChangeEffect.REFUSED],
  ['republish', { republish: { source: '>', destination: 'copies.>' } }, undefined, expect.anything(), ChangeEffect.SAFE],
])('%s of a key-value bucket', (field, after, was, is, effect) => {
  expect(change('KeyValue', sessions, { ...sessions, ...after })).toEqual([[field, was, is, effect]]);
});

test('a key-value bucket does not become a mirror', () => {
  expect(change('KeyValue', sessions, { ...sessions, mirror: { name: 'others' } })).toContainEqual(['mirror', undefined, expect.stringContaining('KV_others'), ChangeEffect.REFUSED]);
});

test('an object store', () => {
  expect(change('ObjectStore', { bucket: 'invoices' }, { bucket: 'invoices', description: 'of shops', ttl: '720h' })).toEqual([
    ['ttl', '0s', '720h', ChangeEffect.LOSS], ['description', undefined, 'of shops', ChangeEffect.SAFE],
  ]);
});

test('a bucket with another name begins empty', () => {
  expect(change('KeyValue', sessions, { ...sessions, bucket: 'carts' })).toEqual([['bucket', 'sessions', 'carts', ChangeEffect.LOSS]]);
});
