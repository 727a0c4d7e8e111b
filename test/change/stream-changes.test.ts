import { changesBetween, removeFolders, resource } from './folders';
import { ChangeEffect } from '../../src';

const orders = { name: 'ORDERS', subjects: ['orders.>'], storage: 'file', replicas: 3, maxAge: '168h', duplicateWindow: '2m' };

afterEach(removeFolders);

/** What becomes of each field when a stream with the first fields gets the second. */
function change(before: object, after: object) {
  const changes = changesBetween([resource('Stream', 'orders', { ...orders, ...before })], [resource('Stream', 'orders', { ...orders, ...after })]);
  return changes.map(({ field, before: was, after: is, effect }) => [field, was, is, effect]);
}

test('a stream that stays as it is does not change, whatever the order of its fields', () => {
  expect(changesBetween([resource('Stream', 'orders', orders)], [resource('Stream', 'orders', Object.fromEntries(Object.entries(orders).reverse()))])).toEqual([]);
});

test.each([
  ['subjects', { subjects: ['orders.*'] }, 'orders.>', 'orders.*'],
  ['maxAge', { maxAge: '24h' }, '168h', '24h'],
  ['maxMsgs', { maxMsgs: 100 }, undefined, '100'],
  ['maxBytes', { maxBytes: 1024 }, undefined, '1024'],
  ['maxMsgsPerSubject', { maxMsgsPerSubject: 1 }, undefined, '1'],
  ['retention', { retention: 'interest' }, 'limits', 'interest'],
])('%s that is lower, or less, loses messages', (field, after, was, is) => {
  expect(change({}, after)).toEqual([[field, was, is, ChangeEffect.LOSS]]);
});

test.each([
  ['subjects', { subjects: ['orders.*', 'sales.>'] }],
  ['maxAge', { maxAge: '720h' }],
  ['maxAge', { maxAge: '0s' }],
  ['description', { description: 'all orders' }],
  ['compression', { compression: 's2' }],
])('%s that is more, or only other, is safe', (field, after) => {
  const [[changed, , , effect], ...others] = change({ subjects: ['orders.*'] }, { subjects: ['orders.*'], ...after });
  expect([changed, effect, others]).toEqual([field, ChangeEffect.SAFE, []]);
});

test.each([
  ['storage', { storage: 'memory' }],
  ['retention', { retention: 'workqueue' }],
  ['allowMsgCounter', { allowMsgCounter: true }],
])('%s is refused by the server', (field, after) => {
  expect(change({}, after)).toContainEqual([field, expect.anything(), expect.anything(), ChangeEffect.REFUSED]);
});

test('a mirror is neither made of a stream nor changed', () => {
  const mirror = { subjects: [], mirror: { name: 'ORDERS' } };
  expect(change({}, { mirror: { name: 'OTHERS' }, subjects: [] })).toContainEqual(['mirror', undefined, expect.stringContaining('OTHERS'), ChangeEffect.REFUSED]);
  expect(change(mirror, { ...mirror, mirror: { name: 'OTHERS' } })).toEqual([['mirror', expect.anything(), expect.anything(), ChangeEffect.REFUSED]]);
});

test('a limit on a stream that refuses new messages deletes nothing', () => {
  expect(change({ discard: 'new' }, { discard: 'new', maxMsgs: 100 })).toEqual([['maxMsgs', undefined, '100', ChangeEffect.CAUTION]]);
});

test('what NACK never clears is ignored', () => {
  const before = { noAck: true, denyDelete: true, maxMsgsPerSubject: 5, republish: { source: 'orders.>', destination: 'copies.>' }, placement: { tags: ['ssd'] } };
  expect(change(before, {})).toEqual([
    ['denyDelete', 'true', 'false', ChangeEffect.IGNORED],
    ['maxMsgsPerSubject', '5', undefined, ChangeEffect.IGNORED],
    ['noAck', 'true', 'false', ChangeEffect.IGNORED],
    ['placement', '{"tags":["ssd"]}', undefined, ChangeEffect.IGNORED],
    ['republish', expect.anything(), undefined, ChangeEffect.IGNORED],
  ]);
});

test('a cluster does not move and scale a stream at once', () => {
  expect(change({}, { replicas: 1, placement: { cluster: 'east' } })).toEqual([
    ['placement', undefined, '{"cluster":"east"}', ChangeEffect.REFUSED], ['replicas', '3', '1', ChangeEffect.CAUTION],
  ]);
});

test('a higher first sequence deletes all messages when the server next starts, a lower one does nothing', () => {
  expect(change({}, { firstSequence: 10 })).toEqual([['firstSequence', undefined, '10', ChangeEffect.LOSS]]);
  expect(change({ firstSequence: 10 }, { firstSequence: 5 })).toEqual([['firstSequence', '10', '5', ChangeEffect.IGNORED]]);
  expect(change({}, { firstSequence: 1 })).toEqual([['firstSequence', undefined, '1', ChangeEffect.IGNORED]]);
});

test('a stream that is there can be sealed, which changes more than that', () => {
  expect(change({}, { sealed: true }).filter(([, , , effect]) => effect === ChangeEffect.REFUSED)).toEqual([]);
  expect(change({}, { sealed: true })).toContainEqual(['sealed', 'false', 'true', ChangeEffect.CAUTION]);
  expect(change({}, { sealed: true })).toContainEqual(['discard', 'old', 'new', ChangeEffect.CAUTION]);
  expect(change({ allowRollup: true, allowMsgSchedules: true }, { allowRollup: true, allowMsgSchedules: true, sealed: true })).toContainEqual(['sealed', 'false', 'true', ChangeEffect.LOSS]);
  expect(change({ allowMsgCounter: true }, { allowMsgCounter: true, sealed: true })).toContainEqual(['sealed', 'false', 'true', ChangeEffect.LOSS]);
  expect(change({ sealed: true }, {})).toContainEqual(['sealed', 'true', 'false', ChangeEffect.IGNORED]);
});

test('nothing is applied while preventUpdate is set', () => {
  expect(change({}, { preventUpdate: true, storage: 'memory' })).toEqual([['storage', 'file', 'memory', ChangeEffect.IGNORED]]);
});

test('a part of a placement that NACK does not clear is told', () => {
  expect(change({ placement: { tags: ['ssd'] } }, { placement: { cluster: 'east' } })).toEqual([
    ['placement', '{"cluster":"east","tags":["ssd"]}', '{"cluster":"east"}', ChangeEffect.IGNORED],
    ['placement', '{"tags":["ssd"]}', '{"cluster":"east","tags":["ssd"]}', ChangeEffect.CAUTION],
  ]);
});

test('what protects no longer is told', () => {
  const kept = { preventUpdate: true, preventDelete: true };
  expect(change(kept, {})).toEqual([['preventUpdate', 'true', 'false', ChangeEffect.CAUTION], ['preventDelete', 'true', 'false', ChangeEffect.CAUTION]]);
  expect(change({}, kept)).toEqual([]);
});

test('a mirror that answers for its origin is refused any change when the origin answers no more', () => {
  const copy = { name: 'COPY', mirror: { name: 'ORDERS' }, mirrorDirect: true, maxAge: '0s' };
  const changes = changesBetween(
    [resource('Stream', 'orders', { ...orders, allowDirect: true }), resource('Stream', 'copy', copy)],
    [resource('Stream', 'orders', orders), resource('Stream', 'copy', { ...copy, mirrorDirect: false })],
  );
  expect(changes[0]).toMatchObject({ name: 'copy', effect: ChangeEffect.REFUSED, reason: expect.stringMatching(/mirrorDirect is true, but allowDirect of 'ORDERS' is false \[STREAM-MIRROR-DIRECT-ORIGIN\]$/) });
});

test('limits for consumers are refused while a consumer exceeds them', () => {
  const worker = resource('Consumer', 'orders.worker', { streamName: 'ORDERS', durableName: 'worker', ackPolicy: 'explicit', ackWait: '30s', maxAckPending: 500 });
  const changes = changesBetween(
    [resource('Stream', 'orders', orders), worker],
    [resource('Stream', 'orders', { ...orders, consumerLimits: { maxAckPending: 100 } }), worker],
  );
  expect(changes[0]).toMatchObject({ field: 'consumerLimits', effect: ChangeEffect.REFUSED, reason: 'nats-server refuses it while worker has a higher maxAckPending' });
});

test('a consumer without limits of its own has those of the server', () => {
  const worker = resource('Consumer', 'orders.worker', { streamName: 'ORDERS', durableName: 'worker', ackPolicy: 'explicit', ackWait: '30s' });
  const limited = (maxAckPending: number) => changesBetween(
    [resource('Stream', 'orders', orders), worker], [resource('Stream', 'orders', { ...orders, consumerLimits: { maxAckPending } }), worker],
  ).map(({ effect }) => effect);
  expect(limited(999)).toContain(ChangeEffect.REFUSED);
  expect(limited(1000)).not.toContain(ChangeEffect.REFUSED);
});
