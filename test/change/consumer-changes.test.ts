import { changesBetween, removeFolders, resource } from './folders';
import { ChangeEffect } from '../../src';

const worker = { streamName: 'ORDERS', durableName: 'worker', ackPolicy: 'explicit', ackWait: '30s', filterSubjects: ['orders.*'] };

afterEach(removeFolders);

function change(before: object, after: object, retention: string = 'limits') {
  const stream = resource('Stream', 'orders', { name: 'ORDERS', subjects: ['orders.>'], retention });
  const [old, now] = [before, after].map((spec) => [stream, resource('Consumer', 'orders.worker', { ...worker, ...spec })]);
  return changesBetween(old, now).map(({ field, before: was, after: is, effect }) => [field, was, is, effect]);
}

test.each([
  ['deliverPolicy', { deliverPolicy: 'new' }, 'all', 'new'],
  ['ackPolicy', { ackPolicy: 'all' }, 'explicit', 'all'],
  ['replayPolicy', { replayPolicy: 'original' }, 'instant', 'original'],
  ['maxWaiting', { maxWaiting: 10 }, '512', '10'],
  ['storage', { memStorage: true }, undefined, 'memory'],
])('%s is refused by the server', (field, after, was, is) => {
  expect(change({}, after)).toContainEqual([field, was, is, ChangeEffect.REFUSED]);
});

test('a pull consumer does not become a push consumer, nor the other way round', () => {
  expect(change({}, { deliverSubject: 'workers' })).toContainEqual(['deliverSubject', undefined, 'workers', ChangeEffect.REFUSED]);
  expect(change({ deliverSubject: 'workers' }, {})).toContainEqual(['deliverSubject', 'workers', undefined, ChangeEffect.REFUSED]);
  expect(change({ deliverSubject: 'workers' }, { deliverSubject: 'others' })).toEqual([['deliverSubject', 'workers', 'others', ChangeEffect.CAUTION]]);
});

test('the number of waiting pulls that the server takes by default is no change', () => {
  expect(change({}, { maxWaiting: 512 })).toEqual([]);
});

test('a narrower filter deletes messages of an interest stream, and of no other', () => {
  const narrower = { filterSubjects: ['orders.paid'] };
  expect(change({}, narrower, 'interest')).toEqual([['filterSubjects', 'orders.*', 'orders.paid', ChangeEffect.LOSS]]);
  expect(change(narrower, {}, 'interest')).toEqual([['filterSubjects', 'orders.paid', 'orders.*', ChangeEffect.SAFE]]);
  expect(change({}, narrower)).toEqual([['filterSubjects', 'orders.*', 'orders.paid', ChangeEffect.CAUTION]]);
});

test('one filter as filterSubject is the same as in a list', () => {
  expect(change({}, { filterSubject: 'orders.*', filterSubjects: undefined })).toEqual([]);
});

test('what NACK never clears is ignored', () => {
  expect(change({ maxDeliver: 5, headersOnly: true, inactiveThreshold: '1h' }, { filterSubjects: undefined })).toEqual([
    ['filterSubjects', 'orders.*', undefined, ChangeEffect.IGNORED],
    ['headersOnly', 'true', 'false', ChangeEffect.IGNORED],
    ['inactiveThreshold', '1h', undefined, ChangeEffect.IGNORED],
    ['maxDeliver', '5', undefined, ChangeEffect.IGNORED],
  ]);
});

test('a pause of a consumer that is there is ignored', () => {
  expect(change({}, { pauseUntil: '2030-01-01T00:00:00Z' })).toEqual([['pauseUntil', undefined, '2030-01-01T00:00:00Z', ChangeEffect.IGNORED]]);
});

test('fewer deliveries are told', () => {
  expect(change({}, { maxDeliver: 3, maxAckPending: 10 })).toEqual([
    ['maxDeliver', undefined, '3', ChangeEffect.CAUTION], ['maxAckPending', '1000', '10', ChangeEffect.SAFE],
  ]);
});

test('a filter that another consumer of a work queue has is refused', () => {
  const stream = resource('Stream', 'orders', { name: 'ORDERS', subjects: ['orders.>'], retention: 'workqueue' });
  const [paid, shipped] = ['paid', 'shipped'].map((name) => ({ ...worker, durableName: name, filterSubjects: [`orders.${name}`] }));
  const changes = changesBetween(
    [stream, resource('Consumer', 'paid', paid), resource('Consumer', 'shipped', shipped)],
    [stream, resource('Consumer', 'paid', { ...paid, filterSubjects: ['orders.>'] }), resource('Consumer', 'shipped', shipped)],
  );
  expect(changes[0]).toMatchObject({
    name: 'paid',
    field: 'filterSubjects',
    after: 'orders.>',
    effect: ChangeEffect.REFUSED,
    reason: "the consumer takes 'orders.>' of work queue 'ORDERS', but consumer 'shipped' takes 'orders.shipped' [CONSUMER-WORK-QUEUE-OVERLAP]",
  });
});

test('what the server refuses to be asked for is told, even if nothing would change', () => {
  expect(change({ ackWait: '1s', backoff: ['1s'] }, { ackWait: undefined, backoff: ['1s'] })).toEqual([[undefined, undefined, undefined, ChangeEffect.REFUSED]]);
});
