import { jetstream, jetstreamManager, JetStreamManager } from '@nats-io/jetstream';
import { connect, NatsConnection } from '@nats-io/transport-node';
import { manifestsOf } from './harness/app-manifests';
import { natsServer } from './harness/binaries';
import { eventually } from './harness/eventually';
import { ServerPod } from './harness/pod';
import { addReplicatedStream } from './harness/replicated-stream';
import { TextClient } from './harness/text-client';
import { production } from '../../src/environments';

jest.setTimeout(90_000);

// Built before the clock of a test runs.
natsServer();

const MESSAGES = 2000;
const PUBLISHERS = 10;
const token = 'a "secret" token with $1 \\ in it';
const ready = (status: number) => status === 200;

describe('the cluster of production', () => {
  let pods: ServerPod[];
  let client: NatsConnection;
  let manager: JetStreamManager;

  beforeAll(async () => {
    pods = await ServerPod.startAll(manifestsOf(production()), { secrets: { 'nats-auth': { token } } });
    await Promise.all(pods.map((pod) => eventually(() => pod.probe('startup'), ready)));
    client = await connect({ servers: pods.map(({ server }) => server.clientUrl), token, reconnectTimeWait: 100, maxReconnectAttempts: -1 });
    manager = await jetstreamManager(client);
  });

  afterAll(() => client.close());

  test('lets nobody in without the token', async () => {
    for (const { server } of pods) {
      for (const credentials of [{}, { auth_token: '' }, { auth_token: 'wrong' }, { user: token, pass: token }]) {
        await expect(TextClient.connect(server.clientUrl, credentials)).rejects.toThrow('-ERR \'Authorization Violation\'');
      }
    }
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
    const stored = await storedMessages();
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

  async function storedMessages(): Promise<string[]> {
    const { state } = await manager.streams.info('orders');
    const stored: string[] = [];
    for (let seq = state.first_seq; seq <= state.last_seq; seq++) stored.push((await manager.streams.getMessage('orders', { seq }))!.string());
    return stored;
  }
});

/** What a server itself holds of the one stream. */
async function streamOn(pod: ServerPod) {
  const { account_details: [account] = [] } = await pod.monitor('jsz?accounts=true&streams=true');
  return account?.stream_detail?.[0];
}
