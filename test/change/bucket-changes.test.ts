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
  ['limitMarkerTtl', { limitMarkerTtl: undefined }, '1h', undefined, ChangeEffect.REFUSED],
  ['republish', { republish: { source: '>', destination: 'copies.>' } }, undefined, expect.anything(), ChangeEffect.SAFE],
])('%s of a key-value bucket', (field, after, was, is, effect) => {
  expect(change('KeyValue', sessions, { ...sessions, ...after })).toEqual([[field, was, is, effect]]);
});

test('a key-value bucket does not become a mirror', () => {
  expect(change('KeyValue', sessions, { ...sessions, mirror: { name: 'others' } })).toContainEqual(['mirror', undefined, expect.stringContaining('KV_others'), ChangeEffect.REFUSED]);
});

test('a mirror can become a bucket of its own', () => {
  expect(change('KeyValue', { ...sessions, limitMarkerTtl: undefined, mirror: { name: 'others' } }, { ...sessions, limitMarkerTtl: undefined })).toContainEqual(
    ['mirror', expect.stringContaining('KV_others'), undefined, ChangeEffect.CAUTION],
  );
});

test('what is said of a bucket is said in its words', () => {
  const told = (before: object, after: object) => changesBetween([resource('KeyValue', 'bucket', before)], [resource('KeyValue', 'bucket', after)]);
  expect(told(sessions, { ...sessions, storage: 'memory' })).toMatchObject([{
    reason: 'nats-server does not change where a bucket is stored',
    advice: 'make a bucket with another name that sources this one, move publishers and consumers to it, then remove this one',
  }]);
  expect(told(sessions, { ...sessions, republish: { source: '>', destination: '$KV.sessions.stream' } })[0].reason).toBe(
    "republish.destination is '$KV.sessions.stream', which the bucket itself keeps by '$KV.sessions.>' [STREAM-REPUBLISH-CYCLE]",
  );
});

test('a longer life of values that are new is told as that', () => {
  expect(change('KeyValue', { ...sessions, ttl: '1m' }, { ...sessions, ttl: '5m' })).toEqual([['ttl', '1m', '5m', ChangeEffect.SAFE]]);
});

test('an object store', () => {
  expect(change('ObjectStore', { bucket: 'invoices' }, { bucket: 'invoices', description: 'of shops', ttl: '720h' })).toEqual([
    ['ttl', '0s', '720h', ChangeEffect.LOSS], ['description', undefined, 'of shops', ChangeEffect.SAFE],
  ]);
});

test('a bucket with another name begins empty', () => {
  expect(change('KeyValue', sessions, { ...sessions, bucket: 'carts' })).toEqual([['bucket', 'sessions', 'carts', ChangeEffect.LOSS]]);
});
