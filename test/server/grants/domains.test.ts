import { AckPolicy, jetstream, jetstreamManager } from '@nats-io/jetstream';
import { Kvm } from '@nats-io/kv';
import { Objm } from '@nats-io/obj';
import { NatsConnection } from '@nats-io/transport-node';
import { GrantedAccount, password, secrets, ServerKind } from './granted-account';
import { NatsCluster, NatsUser } from '../../../src';
import { synth } from '../../support';
import { NATS_VERSIONS, natsServer } from '../harness/binaries';
import { NatsProcess } from '../harness/nats-process';
import { ServerPod } from '../harness/pod';
import { PodNetwork } from '../harness/pod-network';

jest.setTimeout(30_000);
jest.spyOn(console, 'warn').mockImplementation();

// Built before the clock of a test runs.
NATS_VERSIONS.forEach((version) => natsServer(version));

const kinds: ServerKind[] = [{ version: '2.12.6', ackFormat: 'v1' }, { version: '2.14.2', ackFormat: 'v1' }, { version: '2.15.2', ackFormat: 'v2' }];
const domain = 'hub';

describe.each(kinds)('nats-server $version, acknowledgements $ackFormat, with a leaf node that has a domain of its own', (kind) => {
  const hub = new GrantedAccount(kind, { jetStream: { domain }, leafNodes: { users: [{ user: 'edge', password, account: 'SHOP' }] } });
  const edge = new NatsCluster(hub.chart, 'edge', {
    replicas: 1, jetStream: { domain: 'edge' }, leafNodes: { remotes: [{ cluster: hub.cluster, account: 'SHOP', user: 'edge', password }] },
  });
  const outside = edge.addAccount('SHOP').addUser('outside', { password });
  const inside = hub.user('inside');
  for (const user of [outside, inside]) grantAll(hub, user);
  let leaf: NatsProcess;

  beforeAll(async () => {
    const network = await PodNetwork.of([synth(edge)]);
    await hub.start({ network });
    leaf = (await ServerPod.start(synth(edge), 0, { version: kind.version, statefulSet: 'edge', secrets, network })).server;
    await leaf.waitForLog(/Leafnode connection created/);
    const admin = await jetstreamManager(await hub.connect('admin'));
    await admin.streams.add({ name: 'ORDERS', subjects: ['orders.>'], allow_direct: true });
    await admin.consumers.add('ORDERS', { durable_name: 'work', ack_policy: AckPolicy.Explicit, filter_subject: 'orders.work' });
    await admin.consumers.add('ORDERS', { durable_name: 'push', ack_policy: AckPolicy.Explicit, deliver_subject: 'deliver.push', deliver_group: 'workers' });
    await new Kvm(admin.jetstream()).create('carts');
    await new Objm(admin.jetstream()).create('files');
  });

  afterAll(() => hub.stop());

  test('who is at the leaf node and names the domain does all that is granted', async () => {
    await doAll(await hub.connect(outside, leaf), { domain });
  });

  test('who is at the servers of the stream does so, whether it names the domain or not', async () => {
    const connection = await hub.connect(inside);
    await doAll(connection, { domain });
    await doAll(connection, {});
  });

  test('who is at the leaf node is refused the JetStream of the leaf node', async () => {
    const session = await hub.connectRaw(outside, leaf);
    for (const subject of ['$JS.API.STREAM.INFO.ORDERS', '$JS.API.CONSUMER.MSG.NEXT.ORDERS.work', '$KV.carts.a', '$JS.hub.API.STREAM.DELETE.ORDERS']) {
      expect(await session.say(`PUB ${subject} 0\r\n`)).toEqual([`-ERR 'Permissions Violation for Publish to "${subject}"'`]);
    }
    // The leaf node takes the name of its own domain away before it looks.
    expect(await session.say('PUB $JS.edge.API.STREAM.INFO.ORDERS 0\r\n')).toEqual(['-ERR \'Permissions Violation for Publish to "$JS.API.STREAM.INFO.ORDERS"\'']);
    session.close();
  });
});

function grantAll({ orders, work, push, carts, files }: GrantedAccount, user: NatsUser): void {
  orders.grantPublish(user, { domain });
  orders.grantRead(user, { domain, orderedConsumers: true });
  work.grantConsume(user, { domain });
  push.grantConsume(user, { domain });
  carts.grantReadWrite(user, { domain });
  files.grantReadWrite(user, { domain });
}

async function doAll(connection: NatsConnection, options: { readonly domain?: string }): Promise<void> {
  const client = jetstream(connection, options);
  const manager = await jetstreamManager(connection, { ...options, checkAPI: false });
  expect(await client.publish('orders.work', 'a')).toMatchObject({ stream: 'ORDERS' });
  expect(await manager.direct.getMessage('ORDERS', { last_by_subj: 'orders.work' })).toMatchObject({ subject: 'orders.work' });
  expect((await (await client.consumers.get('ORDERS')).next())?.subject).toBe('orders.work');
  expect(await (await (await client.consumers.get('ORDERS', 'work')).next())?.ackAck()).toBe(true);
  for await (const message of await (await client.consumers.getPushConsumer('ORDERS', 'push')).consume()) {
    expect(await message.ackAck()).toBe(true);
    break;
  }
  const bucket = await new Kvm(client).open('carts');
  await bucket.put('a', '1');
  expect((await bucket.get('a'))?.string()).toBe('1');
  for await (const entry of await bucket.watch({ key: 'a' })) {
    expect(entry.string()).toBe('1');
    break;
  }
  const store = await new Objm(client).open('files');
  await store.putBlob({ name: 'a' }, new Uint8Array([1, 2]));
  await store.putBlob({ name: 'a' }, new Uint8Array([3]));
  expect(await store.getBlob('a')).toEqual(new Uint8Array([3]));
}
