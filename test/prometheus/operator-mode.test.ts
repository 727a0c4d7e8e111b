import { jetstreamManager, JetStreamManager } from '@nats-io/jetstream';
import { connect, credsAuthenticator, NatsConnection } from '@nats-io/transport-node';
import { App, Chart } from 'cdk8s';
import { accelerated } from './harness/accelerated';
import { natsExporter, prometheus } from './harness/binaries';
import { queriesOf } from './harness/dashboard-queries';
import { ExporterProcess } from './harness/exporter-process';
import { PrometheusProcess } from './harness/prometheus-process';
import { RuleGroups } from './harness/promtool';
import { untold } from './harness/untold';
import {
  JetStreamAccount, JetStreamController, JetStreamCredentials, JetStreamStream, JetStreamTarget, NatsAlerts, NatsAuth, NatsCluster, NatsDashboard,
  NatsDashboards, NatsResolver, NatsScraping, SecretKey,
} from '../../src';
import { OperatedAccount, Operator } from '../operator';
import { natsServer } from '../server/harness/binaries';
import { eventually } from '../server/harness/eventually';
import { ServerPod } from '../server/harness/pod';
import { Manifest, Manifests } from '../support';

jest.setTimeout(120_000);

// Built before the clock of a test runs.
for (const build of [natsServer, natsExporter, prometheus]) build();

const MAX_CONNECTIONS = 10;
const ALERT_MILLISECONDS = 60_000;

/** A server in operator mode, with a stream and a consumer in an account that this app does not have. */
function described(operator: string, preload: string[]): Manifests {
  const app = new App();
  JetStreamController.external(app);
  const chart = new Chart(app, 'chart', { namespace: 'messaging' });
  const cluster = new NatsCluster(chart, 'nats', {
    replicas: 1,
    jetStream: {},
    exporter: {},
    networkPolicy: { enabled: false },
    auth: NatsAuth.operator({ operators: [operator], resolver: NatsResolver.memory(), preload }),
  });
  const credentials = JetStreamCredentials.creds(SecretKey.fromName('nack', 'nack.creds'));
  const target = JetStreamTarget.connection(new JetStreamAccount(chart, 'orders-account', { cluster, credentials, accountName: 'ORDERS' }));
  const consumer = new JetStreamStream(chart, 'orders', { target, subjects: ['orders'] }).addConsumer('billing');
  new NatsScraping(chart, 'scraping', { cluster });
  new NatsAlerts(chart, 'alerts', { cluster, consumers: [{ consumer, pending: 1000, redelivered: 100 }] });
  new NatsDashboards(chart, 'dashboards', { cluster, dashboards: [NatsDashboard.ACCOUNTS] });
  return Manifests.of(chart);
}

let manifests: Manifests;
let account: OperatedAccount;
let server: ServerPod;
let watching: PrometheusProcess;
let manager: JetStreamManager;
const clients: NatsConnection[] = [];

async function login(): Promise<NatsConnection> {
  const { creds } = await account.user('shop', {});
  const client = await connect({ servers: server.server.clientUrl, authenticator: credsAuthenticator(creds) });
  clients.push(client);
  return client;
}

beforeAll(async () => {
  const operator = await Operator.withSystemAccount();
  account = await operator.account('ORDERS', { limits: { conn: MAX_CONNECTIONS, mem_storage: -1, disk_storage: 2 ** 20 } });
  const warn = jest.spyOn(console, 'warn').mockImplementation();
  manifests = described(operator.jwt, [operator.system.jwt, account.jwt]);
  warn.mockRestore();
  server = await ServerPod.start(manifests, 0);
  manager = await jetstreamManager(await login());
  await manager.streams.add({ name: 'orders', subjects: ['orders'], max_bytes: 2 ** 18 });
  await manager.consumers.add('orders', { durable_name: 'billing', ack_policy: 'explicit' });
  const container = manifests.get('StatefulSet', 'nats').spec.template.spec.containers.find(({ name }: Manifest) => name === 'prom-exporter');
  const { address } = await ExporterProcess.start(container, server.server.monitorUrl);
  const labels = { namespace: 'messaging', pod: 'nats-0', container: 'prom-exporter', endpoint: 'prom-metrics' };
  const rules = accelerated(manifests.get('PrometheusRule', 'nats').spec as RuleGroups);
  watching = await PrometheusProcess.watching(manifests.get('PodMonitor', 'nats'), rules, [{ address, labels }]);
  await eventually(() => watching.query('min(count_over_time(up[20s]))'), ([sample]) => sample?.value >= 15, 60_000);
});
afterAll(() => Promise.all(clients.map((client) => client.close())));

/** What fires, but for what is only for information. */
async function firing(): Promise<string[]> {
  return (await watching.query('count by (alertname) (ALERTS{alertstate="firing", severity!="info"})')).map(({ labels }) => labels.alertname);
}

test('while all is well nothing fires: what is declared is found by the name of its account', async () => {
  expect(await firing()).toEqual([]);
  const declared = await watching.query('nats:stream_replicas:declared');
  expect(declared.map(({ labels }) => [labels.account, labels.stream_name])).toEqual([['ORDERS', 'orders']]);
});

test('each metric and label of the alerts is told, and an account has one name in all of them', async () => {
  // There are no mirrors and sources.
  const rules = (await watching.rules()).filter(({ name }) => !/^Nats(Mirror|Source)/.test(name));
  const found = await Promise.all(rules.map(async ({ name, query, lastError }) => [name, lastError || undefined, ...await untold(watching, query)]));
  expect(found.filter(([, ...problems]) => problems.some((problem) => problem !== undefined))).toEqual([]);
  expect(rules.map(({ name }) => name)).toContain('NatsAccountConnectionsHigh');
  for (const metric of ['nats_accstatz_current_connections', 'nats_accountz_limit_conn', 'nats_account_storage_used', 'nats_stream_last_seq']) {
    const samples = await watching.query(`${metric}{account="ORDERS", account_id="${account.publicKey}"}`);
    expect([metric, samples.length]).toEqual([metric, 1]);
  }
  expect(await watching.query('count({__name__=~"nats_.+", account_name!=""})')).toEqual([]);
  expect(await watching.query('count by (__name__) ({__name__=~"nats_accountz_.+"})')).toMatchObject([{ labels: { __name__: 'nats_accountz_limit_conn' } }]);
});

test('the dashboard of accounts shows clients and stores of the account that is chosen', async () => {
  const [{ data }] = manifests.all.filter(({ kind, metadata }) => kind === 'ConfigMap' && metadata.labels.grafana_dashboard);
  const [text] = Object.values<string>(data);
  const queries = queriesOf(JSON.parse(text.replaceAll('$account', 'ORDERS')));
  const empty = await Promise.all(queries.map(async ({ panel, expr }) => [panel, (await watching.query(expr)).length]));
  expect(empty.filter(([, count]) => count === 0)).toEqual([['NATS / Accounts: Of what may be stored', 0]]);
  expect(queries.length).toBeGreaterThan(10);
});

test('an account with nearly as many clients as it may have', async () => {
  while (clients.length < MAX_CONNECTIONS) await login();
  await expect(login()).rejects.toThrow();
  const [found] = await eventually(() => watching.query('ALERTS{alertname="NatsAccountConnectionsHigh", alertstate="firing"}'), ({ length }) => length > 0, ALERT_MILLISECONDS);
  expect(found.labels).toMatchObject({ account: 'ORDERS', nats_cluster: 'nats' });
  expect(await firing()).toEqual(['NatsAccountConnectionsHigh']);
  const [{ alerts }] = (await watching.rules()).filter(({ name }) => name === 'NatsAccountConnectionsHigh');
  expect(alerts[0].annotations.summary).toBe('Account ORDERS has 100% of its connections');

  for (const client of clients.splice(2)) await client.close();
  await eventually(firing, ({ length }) => length === 0, ALERT_MILLISECONDS);
});

test('a declared stream that somebody has removed', async () => {
  await manager.streams.delete('orders');
  const expected = ['NatsConsumerAbsent', 'NatsStreamAbsent'];
  expect((await eventually(firing, ({ length }) => length >= 2, ALERT_MILLISECONDS)).sort()).toEqual(expected);
});
