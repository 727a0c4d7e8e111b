import { App, Chart, Duration } from 'cdk8s';
import { prometheus } from './harness/binaries';
import { PrometheusProcess } from './harness/prometheus-process';
import { CertificateAuthority, NatsAlertGroup, NatsAlerts, NatsCluster, NatsPeer, NatsTls } from '../../src';
import { certManager } from '../cluster/harness/binaries';
import { ControlPlane } from '../cluster/harness/control-plane';
import { eventually } from '../server/harness/eventually';
import { freePorts } from '../server/harness/free-ports';
import { LoggedProcess } from '../server/harness/logged-process';
import { Manifest, Manifests, someAuth } from '../support';

jest.setTimeout(120_000);

// Built before the clock of a test runs.
certManager();
prometheus();

/** Servers with certificates of an authority of their own, all of which end too soon for whoever watches. */
function described(): Manifests {
  const app = new App();
  const chart = new Chart(app, 'chart', { namespace: 'messaging' });
  const tls = NatsTls.fromAuthority(new CertificateAuthority(chart, 'ca'));
  const cluster = new NatsCluster(chart, 'nats', { auth: someAuth, exporter: { scrapers: [NatsPeer.namespace('monitoring')] }, tls });
  const thresholds = { certificateExpiry: Duration.days(100_000), certificateExpiryCritical: Duration.days(80_000) };
  new NatsAlerts(chart, 'alerts', { cluster, groups: [NatsAlertGroup.CERTIFICATES], thresholds });
  return Manifests.of(chart);
}

let plane: ControlPlane;
let manifests: Manifests;
let address: string;
const certificates = (): Manifest[] => manifests.all.filter(({ kind }) => kind === 'Certificate');
beforeAll(async () => {
  plane = await ControlPlane.start();
  await plane.define('cert-manager.io');
  manifests = described();
  const [port] = await freePorts(1);
  address = `127.0.0.1:${port}`;
  new LoggedProcess({
    name: 'cert-manager',
    command: [certManager(), '-kubeconfig', 'kubeconfig', `-metrics-listen-address=${address}`],
    env: {},
    files: { kubeconfig: plane.adminKubeconfig },
  });
  await plane.apply([{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'messaging' } }]);
  const ofCertManager = manifests.all.filter(({ apiVersion }) => apiVersion.startsWith('cert-manager.io/'));
  // Nobody can sign this one.
  const [broken] = certificates();
  await plane.apply([...ofCertManager, { ...broken, metadata: { ...broken.metadata, name: 'not-ours' }, spec: { ...broken.spec, secretName: 'not-ours', issuerRef: { name: 'nobody', kind: 'Issuer' } } }]);
  const isReady = ({ body }: Manifest) => body.status?.conditions?.some(({ type, status }: Manifest) => type === 'Ready' && status === 'True');
  for (const certificate of certificates()) await eventually(() => plane.client.get(certificate as never), isReady, 60_000);
});

test.each([
  ['keeps the labels of metrics', true, 'namespace'],
  ['renames labels that targets have too', false, 'exported_namespace'],
])('a Prometheus that %s knows each certificate that is declared', async (_, honorLabels, label) => {
  const { groups } = manifests.get('PrometheusRule', 'nats').spec;
  const atOnce = groups.map(({ rules, ...group }: Manifest) => ({ ...group, rules: rules.map(({ for: ignored, ...rule }: Manifest) => rule) }));
  const watching = await PrometheusProcess.start({
    global: { scrape_interval: '1s', scrape_timeout: '1s', evaluation_interval: '1s' },
    rule_files: ['rules.json'],
    scrape_configs: [{ job_name: 'cert-manager', honor_labels: honorLabels, static_configs: [{ targets: [address], labels: { namespace: 'cert-manager' } }] }],
  }, { 'rules.json': JSON.stringify({ groups: atOnce }) });

  const names = certificates().map(({ metadata }) => metadata.name).sort();
  const expiring = (severity: string) => watching.query(`ALERTS{alertname="NatsCertExpiring", alertstate="firing", severity="${severity}"}`);
  for (const severity of ['warning', 'critical']) {
    const found = await eventually(() => expiring(severity), ({ length }) => length >= names.length, 30_000);
    expect(found.map(({ labels }) => labels.name).sort()).toEqual(names);
  }
  expect(names.length).toBeGreaterThan(1);
  // What the other two compare.
  for (const metric of ['certmanager_certificate_ready_status{condition="True"', 'certmanager_certificate_renewal_timestamp_seconds{name!=""']) {
    const samples = await watching.query(`${metric}, ${label}="messaging", name!="not-ours"} > 0`);
    expect(samples.map(({ labels }) => labels.name).sort()).toEqual(names);
  }
  expect(await watching.query(`certmanager_certificate_ready_status{condition="True", ${label}="messaging", name="not-ours"} == 0`)).toHaveLength(1);
  expect(await watching.firing()).toEqual(['NatsCertExpiring']);
});
