import { ApiObject, App, Chart, Duration } from 'cdk8s';
import { accelerated } from './harness/accelerated';
import { prometheus } from './harness/binaries';
import { listeningPorts } from './harness/listening-ports';
import { PrometheusProcess } from './harness/prometheus-process';
import { RuleGroups } from './harness/promtool';
import { untold } from './harness/untold';
import {
  JetStreamController, JetStreamControllerScraping, JetStreamCrds, JetStreamStream, JetStreamTarget, NatsAlertGroup, NatsAlerts, NatsCluster,
  NatsPeer, Permissions, SecretKey,
} from '../../src';
import { ControlPlane } from '../cluster/harness/control-plane';
import { Deployment } from '../cluster/harness/deployment';
import { natsServer } from '../server/harness/binaries';
import { eventually } from '../server/harness/eventually';

jest.setTimeout(120_000);

// Built before the clock of a test runs.
natsServer();
prometheus();

const scrapers = [NatsPeer.namespace('monitoring')];

/** A stream that NACK makes, and all that tells when it cannot. */
function describedApp(): App {
  const app = new App();
  new JetStreamCrds(new Chart(app, 'base'), 'crds');
  const chart = new Chart(app, 'chart', { namespace: 'messaging' });
  const cluster = new NatsCluster(chart, 'nats', { replicas: 1, jetStream: {}, exporter: { scrapers } });
  const orders = cluster.addAccount('ORDERS', { users: [{ name: 'admin', password: SecretKey.fromName('admin', 'password'), permissions: Permissions.all() }] });
  const controller = new JetStreamController(chart, 'nack', { cluster, scrapers, syncInterval: Duration.seconds(1) });
  new JetStreamStream(chart, 'orders', { target: JetStreamTarget.account(orders), subjects: ['orders'] });
  new JetStreamControllerScraping(chart, 'nack-scraping', { controller });
  new NatsAlerts(chart, 'alerts', { cluster, groups: [NatsAlertGroup.CONTROLLER] });
  return app;
}

let plane: ControlPlane;
let watching: PrometheusProcess;
beforeAll(async () => {
  plane = await ControlPlane.start();
  await plane.define('monitoring.coreos.com');
  const warn = jest.spyOn(console, 'warn').mockImplementation();
  const deployment = await Deployment.of(plane, describedApp(), () => 'p4ssw0rd');
  warn.mockRestore();
  const { process } = await deployment.startController('nack');
  await deployment.ready();
  const addresses = listeningPorts(process.pid!).map((port) => `127.0.0.1:${port}`);
  // The other is for its health.
  const answers = await Promise.all(addresses.map((address) => fetch(`http://${address}/metrics`)));
  const [address] = addresses.filter((_, index) => answers[index].ok);
  const { manifests } = deployment;
  const rules = accelerated(manifests.get('PrometheusRule', 'nats').spec as RuleGroups);
  watching = await PrometheusProcess.watching(manifests.get('PodMonitor', 'nack'), rules, [{ address, labels: { namespace: 'messaging', pod: 'nack-0' } }]);
  await eventually(() => watching.query('min(count_over_time(up[20s]))'), ([sample]) => sample?.value >= 10, 60_000);
});

test('the controller tells its errors, and nothing else is kept', async () => {
  expect(await watching.query('up')).toMatchObject([{ labels: { job: 'messaging/nack' }, value: 1 }]);
  const [{ query }] = (await watching.rules()).filter(({ name }) => name === 'NackReconcileErrors');
  expect(await untold(watching, query)).toEqual([]);
  const kinds = (await watching.query('controller_runtime_reconcile_errors_total')).map(({ labels }) => labels.controller);
  expect(kinds.sort()).toEqual(['account', 'consumer', 'keyvalue', 'objectstore', 'stream']);
  expect((await watching.query('count by (__name__) ({job="messaging/nack", __name__!~"up|scrape_.+|ALERTS.*"})')).map(({ labels }) => labels.__name__).sort()).toEqual([
    'controller_runtime_reconcile_errors_total', 'controller_runtime_reconcile_total',
  ]);
  expect(await watching.firing()).toEqual([]);
});

test('a stream that the servers refuse', async () => {
  const chart = new Chart(new App(), 'refused', { namespace: 'messaging' });
  const overlapping = new ApiObject(chart, 'overlapping', {
    apiVersion: 'jetstream.nats.io/v1beta2',
    kind: 'Stream',
    metadata: { name: 'overlapping' },
    spec: { name: 'overlapping', account: 'nats-orders', subjects: ['orders'], storage: 'file', maxAge: '0s' },
  });
  await plane.apply([overlapping.toJson()]);
  const [found] = await eventually(() => watching.query('ALERTS{alertname="NackReconcileErrors", alertstate="firing"}'), ({ length }) => length > 0, 60_000);
  expect(found.labels).toMatchObject({ controller: 'stream', job: 'messaging/nack', namespace: 'messaging', severity: 'warning' });
});
