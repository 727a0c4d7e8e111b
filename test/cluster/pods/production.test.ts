import { certificateRenewed } from './faults/renewal';
import { rollingUpdate } from './faults/rolling-update';
import { leaderKilled } from './faults/servers';
import { trial } from './faults/trial';
import { isReady, RunningPlatform } from './running-platform';
import { production } from '../../../src/environments';
import { eventually } from '../../server/harness/eventually';
import { httpGet } from '../../server/harness/http-get';

jest.setTimeout(600_000);

let platform: RunningPlatform;
beforeAll(async () => {
  platform = await RunningPlatform.start(production(), { admin: 'orders-admin' });
});
afterAll(() => platform?.stop());

test('runs on three nodes, with the certificates of cert-manager, and lets clients in by the name of the Service', async () => {
  expect(new Set((await platform.servers()).map(({ spec }) => spec.nodeName)).size).toBe(3);
  await expect(platform.connect('orders-admin')).resolves.toMatchObject({ protocol: { connected: true } });
  await expect(platform.connect('orders-admin', { pass: 'wrong', reconnect: false })).rejects.toThrow('Authorization Violation');
});

test('has all streams, consumers and buckets, which the controller has made from its own pod', async () => {
  await platform.assetsMade();
  const { streams } = await platform.manager();
  const names = (await streams.list().next()).map(({ config }) => config.name).sort();

  expect(names).toEqual(['KV_carts', 'OBJ_invoices', 'deliveries', 'orders', 'orders-archive', 'parcels']);
});

test('tells Prometheus of its health and its streams, by the exporter in each pod', async () => {
  for (const { metadata: { name }, status } of await platform.servers()) {
    // The exporter looks for its server every 30 seconds, and listens once it has found it.
    const body = await eventually(() => httpGet(`http://${status.podIP}:7777/metrics`).then((answer) => answer.body, () => ''), (text) => text !== '', 60_000);

    expect(body).toMatch(new RegExp(`^nats_healthz_status\\{server_id="${name}"\\} 0$`, 'm'));
    expect(body).toMatch(new RegExp(`^nats_stream_total_messages\\{.*server_name="${name}".*stream_name="orders".*\\} `, 'm'));
  }
});

test.each([leaderKilled, certificateRenewed, rollingUpdate])('keeps each acknowledged message exactly once: $name', async (fault) => {
  expect(await trial(platform, fault)).toMatchObject({ lost: [], storedTwice: [] });
});

test('stops a rollout at the first server that does not start', async () => {
  const { cluster, kubelet, statefulSet } = platform;
  const old = (await cluster.eventually(statefulSet, () => true)).status.updateRevision;
  await platform.patchTemplate({ spec: { containers: [{ name: 'nats', startupProbe: { httpGet: { path: '/nothing', port: 'monitor', scheme: 'HTTPS' }, periodSeconds: 1 } }] } });
  const revisions = async () => (await platform.servers()).map(({ metadata: { name, labels } }) => [name, labels['controller-revision-hash'] === old]).sort();
  await eventually(revisions, (all) => all.length === 3 && all.some(([, isOld]) => !isOld), 120_000);
  // It runs and is asked, again and again.
  await eventually(() => kubelet.pod('nats-2').then((pod) => pod.asked('nats', 'startupProbe'), () => 0), (times) => times > 10, 120_000);

  expect(await revisions()).toEqual([['nats-0', true], ['nats-1', true], ['nats-2', false]]);
  expect((await platform.servers()).map((pod) => [pod.metadata.name, isReady(pod)]).sort()).toEqual([['nats-0', true], ['nats-1', true], ['nats-2', false]]);
});
