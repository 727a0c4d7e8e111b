import { changesBetween, removeFolders, resource } from './folders';
import { ChangeEffect } from '../../src';

afterEach(removeFolders);

function servers(...images: string[]): object[] {
  return images.map((image, index) => (
    { apiVersion: 'apps/v1', kind: 'StatefulSet', metadata: { name: `nats-${index}`, namespace: 'messaging' }, spec: { template: { spec: { containers: [{ image }, { image: 'natsio/nats-box:0.14.5' }] } } } }
  ));
}

const consumer = (spec: object) => resource('Consumer', 'worker', { streamName: 'ORDERS', durableName: 'worker', ackPolicy: 'explicit', ackWait: '30s', ...spec });

test.each([
  ['nats:2.15.2-alpine', ChangeEffect.REFUSED],
  ['nats:2.14.2-alpine', ChangeEffect.LOSS],
  ['registry:5000/nats:2.14.2@sha256:0123', ChangeEffect.LOSS],
  ['nats:2.13.1', ChangeEffect.LOSS],
  ['nats:latest', ChangeEffect.REFUSED],
  ['registry:5000/our-servers:1.2.3', ChangeEffect.REFUSED],
])('changes are judged by the version of the servers: %s', (image, effect) => {
  expect(changesBetween([consumer({}), ...servers(image)], [consumer({ memStorage: true }), ...servers(image)])).toMatchObject([{ field: 'storage', effect }]);
});

test('the oldest of the new servers counts', () => {
  const images = ['nats:2.15.2', 'nats:2.12.6', 'nats:2.14.2'];
  expect(changesBetween([consumer({})], [consumer({ memStorage: true }), ...servers(...images)])).toMatchObject([{
    field: 'storage',
    effect: ChangeEffect.LOSS,
    reason: 'nats-server before 2.15 takes it, and forgets the position of the consumer when it next starts: messages that it has delivered are delivered again',
  }]);
});

test('servers before 2.15 refuse one limit for consumers without the other', () => {
  const stream = (spec: object) => resource('Stream', 'orders', { name: 'ORDERS', subjects: ['orders.>'], storage: 'file', maxAge: '0s', ...spec });
  const limited = (image: string) => changesBetween(
    [stream({}), consumer({}), ...servers(image)], [stream({ consumerLimits: { inactiveThreshold: '1h' } }), consumer({}), ...servers(image)],
  );
  expect(limited('nats:2.15.2')).toMatchObject([{ effect: ChangeEffect.CAUTION }]);
  expect(limited('nats:2.14.2')).toMatchObject([
    {
      effect: ChangeEffect.REFUSED,
      reason: 'nats-server before 2.15, which takes a limit without maxAckPending for one of zero, refuses it while worker has a higher maxAckPending',
      advice: 'give both limits',
    },
    { effect: ChangeEffect.CAUTION },
  ]);
});
