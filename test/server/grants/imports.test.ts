import { AckPolicy, jetstream, jetstreamManager } from '@nats-io/jetstream';
import { GrantedAccount, password, ServerKind } from './granted-account';
import { NatsResponseType, Permissions } from '../../../src';
import { NATS_VERSIONS, natsServer } from '../harness/binaries';

jest.setTimeout(30_000);
jest.spyOn(console, 'warn').mockImplementation();

// Built before the clock of a test runs.
NATS_VERSIONS.forEach((version) => natsServer(version));

const kinds: ServerKind[] = [{ version: '2.12.6', ackFormat: 'v1' }, { version: '2.15.2', ackFormat: 'v1' }, { version: '2.15.2', ackFormat: 'v2' }];

/** A grant to a user of another account is refused with the imports that it would need; these are them. */
test.each(kinds)('nats-server $version, acknowledgements $ackFormat: a user of another account consumes with the imports that the refusal names', async (kind) => {
  const shop = new GrantedAccount(kind);
  const billing = shop.cluster.addAccount('BILLING');
  const refusal = refusalOf(() => shop.work.grantConsume(billing.addUser('clerk', { password, permissions: Permissions.of({}) })));
  const named = /as services (.*), with a prefix/.exec(refusal)![1].split(', ').map((service) => service.split(' ')[0]);
  expect(named.length).toBe(4);
  const toLocal = (subject: string) => subject.replace('$JS.API', 'shop.API');
  for (const subject of named) {
    shop.account.exportService(subject, { responseType: subject.includes('MSG.NEXT') ? NatsResponseType.STREAM : undefined });
    billing.importService(shop.account, subject, { to: toLocal(subject) });
  }
  const user = billing.addUser('user', { password, permissions: Permissions.of({ publish: { allow: named.map(toLocal) } }) });
  await shop.start();
  const admin = await jetstreamManager(await shop.connect('admin'));
  await admin.streams.add({ name: 'ORDERS', subjects: ['orders.>'] });
  await admin.consumers.add('ORDERS', { durable_name: 'work', ack_policy: AckPolicy.Explicit });
  await admin.jetstream().publish('orders.new', 'a');

  const consumer = await jetstream(await shop.connect(user), { apiPrefix: 'shop.API' }).consumers.get('ORDERS', 'work');
  const message = await consumer.next({ expires: 5000 });
  expect(message?.string()).toBe('a');
  expect(await message!.ackAck()).toBe(true);
  expect(await admin.consumers.info('ORDERS', 'work')).toMatchObject({ num_ack_pending: 0, num_pending: 0 });
  await shop.stop();
});

function refusalOf(grant: () => void): string {
  try {
    grant();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('it was not refused');
}
