import { jetstream } from '@nats-io/jetstream';
import { natsExporter, prometheus } from './harness/binaries';
import { queriesOf } from './harness/dashboard-queries';
import { untold } from './harness/untold';
import { LiveCluster } from './live-cluster';
import { natsServer } from '../server/harness/binaries';
import { eventually } from '../server/harness/eventually';
import { Manifest } from '../support';

jest.setTimeout(120_000);

// Built before the clock of a test runs.
for (const build of [natsServer, natsExporter, prometheus]) build();

const ALERT_MILLISECONDS = 90_000;

let live: LiveCluster;
beforeAll(async () => {
  const warn = jest.spyOn(console, 'warn').mockImplementation();
  live = await LiveCluster.start();
  warn.mockRestore();
});
afterAll(() => live?.close());

/** Waits until all of these fire, and gives all that do. */
function firing(...alerts: string[]): Promise<string[]> {
  return eventually(() => live.prometheus.firing(), (found) => alerts.every((alert) => found.includes(alert)), ALERT_MILLISECONDS);
}

/** What fired at any time of the last seconds, but for what is only for information. */
async function firedWithin(seconds: number): Promise<string[]> {
  const samples = await live.prometheus.query(`count by (alertname) (last_over_time(ALERTS{alertstate="firing", severity!="info"}[${seconds}s]))`);
  return samples.map(({ labels }) => labels.alertname);
}

async function publish(subject: string, count: number, bytes: number): Promise<void> {
  const js = jetstream(live.client);
  const payload = new Uint8Array(bytes);
  for (let index = 0; index < count; index++) await js.publish(subject, payload, { timeout: 5000 });
}

test('while all is well nothing fires', async () => {
  const rounds = () => live.prometheus.query('min(count_over_time(up[40s]))');
  await eventually(rounds, ([sample]) => sample?.value >= 38, 60_000);

  // The first moments, in which the servers had no leaders yet.
  expect(await firedWithin(20)).toEqual([]);
  const [reached] = await live.prometheus.query('count(nats_connz_limit)');
  expect(reached.value).toBe(3);
});

test('each rule is understood, and each metric and label that it names is told by the exporter', async () => {
  const rules = await live.prometheus.rules();
  const problems = async ({ name, query, lastError }: Manifest) => [name, lastError || undefined, ...await untold(live.prometheus, query)];
  const found = await Promise.all(rules.map(problems));
  expect(found.filter(([, ...ofRule]) => ofRule.some((problem) => problem !== undefined))).toEqual([]);
  expect(rules.length).toBeGreaterThan(60);
  expect(await untold(live.prometheus, 'nats_stream_lag{job="messaging/nats"} + nats_connz_limit{stream="a"}')).toHaveLength(2);
});

test('each query of the dashboards is understood, and each metric and label that it names is told by the exporter', async () => {
  const queries = live.dashboards.flatMap(queriesOf);
  const found = await Promise.all(queries.map(async ({ panel, expr }) => [panel, ...await untold(live.prometheus, expr)]));
  expect(found.filter(([, ...problems]) => problems.length > 0)).toEqual([]);
  expect(queries.length).toBeGreaterThan(70);
});

test('a server whose routes are cut, while all servers live', async () => {
  const [leading] = await live.prometheus.query('nats_server_jetstream_disabled{is_meta_leader="true"}');
  const metaLeader = leading.labels.pod;
  const [cut, ...others] = live.pods.map(({ name }) => name).filter((name) => name !== metaLeader);
  await live.lead(metaLeader);
  const before = await live.prometheus.firing();

  live.partOff(cut);
  await firing('NatsPeersMissing', 'NatsMetaUnknownOnServer', 'NatsServerUnhealthy');
  const peers = await live.prometheus.query('nats_varz_remotes');
  expect(Object.fromEntries(peers.map(({ labels, value }) => [labels.pod, value]))).toEqual({ [cut]: 0, [metaLeader]: 1, [others[0]]: 1 });
  const unknown = await live.prometheus.query('ALERTS{alertname=~"NatsMetaUnknownOnServer|NatsServerUnhealthy", alertstate="firing"}');
  expect([...new Set(unknown.map(({ labels }) => labels.pod))]).toEqual([cut]);
  const since = (await live.prometheus.firing()).filter((name) => !before.includes(name));
  expect(since).toEqual(['NatsMetaUnknownOnServer', 'NatsPeersMissing', 'NatsServerUnhealthy']);
  expect(await live.prometheus.query('count(up == 1)')).toMatchObject([{ value: 3 }]);

  live.join();
  await eventually(() => live.prometheus.firing(), (found) => since.every((name) => !found.includes(name)), ALERT_MILLISECONDS);
  await live.ledBy();
});

test('a dashboard counts what is replicated once', async () => {
  await publish('orders', 10, 10);
  const { expr } = live.dashboards.flatMap(queriesOf).find(({ panel }) => panel === 'NATS / JetStream: Messages')!;
  // As many again in a mirror, and in a stream that has it for its source; both look for their origin anew some time after its leader has moved.
  await eventually(() => live.prometheus.query(expr), ([sample]) => sample?.value === 30, 60_000);
});

test('no series has a label that renames it at each election or restart', async () => {
  const volatile = ['server_id', 'stream_leader', 'consumer_leader', 'exported_cluster', 'cluster'];
  expect(await live.prometheus.query(`{__name__=~"nats_.+", ${volatile[0]}!=""}`)).toEqual([]);
  for (const label of volatile) expect(await live.prometheus.query(`count({__name__=~"nats_(stream|consumer|account|server)_.+", ${label}!=""})`)).toEqual([]);
  expect(await live.prometheus.query('count({__name__=~"nats_(stream|consumer)_.+", is_meta_leader!=""})')).toEqual([]);
  expect(await live.prometheus.query('count({__name__=~"(go|process)_.+|nats_subsz_.+"})')).toEqual([]);
});

test('a consumer that is not acknowledged', async () => {
  await publish('orders', 30, 10);
  const consumer = await jetstream(live.client).consumers.get('orders', 'billing');
  const messages = await consumer.fetch({ max_messages: 20, expires: 2000 });
  for await (const _ of messages);

  const fire = await firing('NatsConsumerAckStalled', 'NatsConsumerAckPendingNearMax', 'NatsConsumerStuck');
  expect(fire.filter((name) => !/^NatsConsumer|^NatsServerStarted/.test(name))).toEqual([]);
});

test('storage that fills up', async () => {
  await publish('jobs', 50, 2 ** 19);
  await firing('NatsStorageHigh', 'NatsStreamNearByteLimit');
  const severity = () => live.prometheus.query('count by (severity) (ALERTS{alertname="NatsStorageHigh", alertstate="firing"})');
  expect((await severity()).map(({ labels }) => labels.severity)).toEqual(['warning']);

  await publish('orders', 4, 2 ** 18);
  await eventually(severity, (samples) => samples.some(({ labels }) => labels.severity === 'critical'), ALERT_MILLISECONDS);
  const [{ annotations }] = (await live.prometheus.rules()).find(({ name }) => name === 'NatsStorageHigh')!.alerts;
  expect(annotations.summary).toMatch(/^NATS server nats-\d has used \d\d\.\d+% of its file storage$/);
  expect(await live.prometheus.firing()).not.toContain('NatsStreamNoLeader');
});

test('a cluster behind a gateway that is gone', async () => {
  await live.west.kill();
  await firing('NatsGatewayMissing', 'NatsGatewayInboundMissing');
});

test('a server that is killed, beside an exporter that lives on', async () => {
  await live.pods[2].kill();
  const fire = await firing('NatsServerDown', 'NatsServersMissing', 'NatsPeersMissing', 'NatsNoFaultTolerance', 'NatsStreamReplicaMissing');

  expect(await live.prometheus.query('up == 1')).toHaveLength(3);
  expect(await live.prometheus.query('nats_varz_start{pod="nats-2"}')).toHaveLength(1);
  for (const absent of ['NatsQuorumLost', 'NatsMetaLeaderMissing', 'NatsStreamNoLeader', 'NatsStreamAbsent', 'NatsTargetsAbsent']) expect(fire).not.toContain(absent);
});

test('a quorum that is lost', async () => {
  await live.pods[1].kill();
  const fire = await firing('NatsQuorumLost', 'NatsMetaLeaderMissing', 'NatsMetaUnknownOnServer', 'NatsStreamNoLeader', 'NatsConsumerNoLeader', 'NatsServerUnhealthy');
  expect(fire).not.toContain('NatsStreamAbsent');
});

test('no text of an alert is broken', async () => {
  const alerts = (await live.prometheus.rules()).flatMap((rule) => rule.alerts ?? []);
  const texts = alerts.flatMap(({ annotations }) => Object.values<string>(annotations));
  expect(texts.length).toBeGreaterThan(20);
  expect(texts.filter((text) => /error|{{|<no value>|NaN/.test(text))).toEqual([]);
});
