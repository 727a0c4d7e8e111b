import { connect as connectTls } from 'tls';
import { jetstream, jetstreamManager, JetStreamManager } from '@nats-io/jetstream';
import { connect, NatsConnection } from '@nats-io/transport-node';
import { surroundingsOf } from './harness/app-manifests';
import { natsServer } from './harness/binaries';
import { certificates } from './harness/certificates';
import { eventually } from './harness/eventually';
import { ServerPod } from './harness/pod';
import { addReplicatedStream } from './harness/replicated-stream';
import { TextClient } from './harness/text-client';
import { production } from '../../src/environments';
import { Manifest } from '../support';

jest.setTimeout(90_000);

// Built before the clock of a test runs.
natsServer();

const anotherCa = certificates({ ca: {} }).ca.cert;
const MESSAGES = 2000;
const PUBLISHERS = 10;
const password = 'a "secret" password with $1 \\ in it';
const ready = (status: number) => status === 200;

describe('the cluster of production', () => {
  const { manifests, secrets } = surroundingsOf(production(), () => password);
  const { 'ca.crt': ca } = secrets['nats-tls'];
  let pods: ServerPod[];
  let client: NatsConnection;
  let manager: JetStreamManager;

  beforeAll(async () => {
    pods = await ServerPod.startAll(manifests, { secrets });
    await Promise.all(pods.map((pod) => eventually(() => pod.probe('startup'), ready)));
    const servers = pods.map(({ server }) => server.clientUrl);
    client = await connect({ servers, user: 'orders-admin', pass: password, tls: { ca }, reconnectTimeWait: 100, maxReconnectAttempts: -1 });
    manager = await jetstreamManager(client);
  });

  afterAll(() => client.close());

  test('lets nobody in without a password', async () => {
    for (const { server } of pods) {
      for (const credentials of [{}, { user: 'shop' }, { user: 'shop', pass: 'wrong' }, { user: 'somebody', pass: password }, { auth_token: password }]) {
        await expect(TextClient.connect(server.clientUrl, credentials, { ca })).rejects.toThrow('-ERR \'Authorization Violation\'');
      }
    }
  });

  test('lets nobody in without TLS, or to a server of another CA', async () => {
    for (const { server } of pods) {
      await expect(TextClient.connect(server.clientUrl, { user: 'shop', pass: password })).rejects.toThrow();
      await expect(TextClient.connect(server.clientUrl, { user: 'shop', pass: password }, { ca: anotherCa })).rejects.toThrow('unable to verify the first certificate');
    }
  });

  test('takes nobody into its routes without a certificate', async () => {
    const { server } = pods[0];
    const { hostname, port } = new URL(`nats://${server.address('route')}`);
    connectTls({ host: hostname, port: Number(port), ca }).on('error', () => undefined);
    await server.waitForLog(/TLS route handshake error: tls: client didn't provide a certificate/);
  });

  test('keeps accounts apart', async () => {
    const [admin, shop, sensors] = await Promise.all(['orders-admin', 'shop', 'sensors'].map(
      (user) => TextClient.connect(pods[0].server.clientUrl, { user, pass: password }, { ca }),
    ));
    await admin.say('SUB orders.> 1', 'SUB sensors.> 2');

    expect(await sensors.say('PUB sensors.hall 0\r\n')).toEqual([]);
    expect(await shop.say('PUB orders.first 0\r\n')).toEqual([]);
    expect(await admin.say()).toEqual(['MSG orders.first 1 0', '']);
  });

  test('tells its system account what it does, and nobody else', async () => {
    const [sys, admin] = await Promise.all(['sys', 'orders-admin'].map((user) => TextClient.connect(pods[0].server.clientUrl, { user, pass: password }, { ca })));
    const ping = ['SUB _INBOX_sys.> 1', 'PUB $SYS.REQ.SERVER.PING _INBOX_sys.1 0\r\n'];

    await admin.say(...ping);
    await sys.say(...ping);
    expect(await eventually(() => sys.say(), (lines) => lines.length > 0)).toContainEqual(expect.stringMatching(/^MSG _INBOX_sys\.1 1 /));
    expect(await admin.say()).toEqual([]);
  });

  test('keeps each acknowledged message exactly once while the leader of its stream is killed', async () => {
    const { cluster } = await addReplicatedStream(manager, { name: 'orders', subjects: ['orders'] });
    const leader = pods.find(({ name }) => name === cluster!.leader)!;

    const publishing = publishAll();
    await eventually(async () => publishing.acknowledged.size, (count) => count > MESSAGES / 4);
    await leader.kill();
    const acknowledgedByThen = publishing.acknowledged.size;
    await publishing.done;

    expect(acknowledgedByThen).toBeLessThan(MESSAGES);
    expect(publishing.retries()).toBeGreaterThan(0);
    const stored = await eventually(() => storedMessages().catch((error: Error) => [error.message]), ({ length }) => length > 1, 30_000);
    expect(stored).toHaveLength(MESSAGES);
    expect(new Set(stored)).toEqual(publishing.acknowledged);

    await leader.restart();
    await eventually(() => leader.probe('startup'), ready);
    const { state } = await eventually(() => streamOn(leader), (stream) => stream?.state.messages === MESSAGES);
    expect(state).toMatchObject({ first_seq: 1, last_seq: MESSAGES });
    const replicas = async () => (await manager.streams.info('orders')).cluster!.replicas ?? [];
    const caughtUp = await eventually(replicas, (all) => all.every(({ current, lag = 0 }) => current && lag === 0));
    expect(caughtUp.map(({ name }) => name)).toContain(leader.name);
  });

  /** Several publishers at once, each of which repeats a message under the same id until it is acknowledged. */
  function publishAll() {
    const acknowledged = new Set<string>();
    const js = jetstream(client);
    let next = 0;
    let retries = 0;
    const publisher = async () => {
      while (next < MESSAGES) {
        const id = `${next++}`;
        while (!acknowledged.has(id)) {
          await js.publish('orders', id, { msgID: id, timeout: 1000 }).then(() => acknowledged.add(id), () => { retries++; });
        }
      }
    };
    return { acknowledged, retries: () => retries, done: Promise.all(Array.from({ length: PUBLISHERS }, publisher)) };
  }

  /** Throws while the servers have not yet elected a leader in place of the one that is gone. */
  async function storedMessages(): Promise<string[]> {
    const { state } = await manager.streams.info('orders');
    const stored: string[] = [];
    for (let seq = state.first_seq; seq <= state.last_seq; seq++) stored.push((await manager.streams.getMessage('orders', { seq }))!.string());
    return stored;
  }
});

/** What a server itself holds of the one stream. */
async function streamOn(pod: ServerPod) {
  const { account_details: accounts = [] } = await pod.monitor('jsz?accounts=true&streams=true');
  return accounts.find(({ name }: Manifest) => name === 'ORDERS')?.stream_detail?.[0];
}
