import { App, Duration } from 'cdk8s';
import { AlertmanagerProcess, ToldAlert } from './harness/alertmanager-process';
import { alertmanager, prometheus, prometheusOperator, promtool } from './harness/binaries';
import { PrometheusOperator } from './harness/prometheus-operator';
import { PrometheusProcess } from './harness/prometheus-process';
import { checkConfig } from './harness/promtool';
import { NatsAlertSeverity, NatsPeer, NatsPlatform, NatsPlatformProps, NatsScrapingMethod, SecretKey, SlackAuth } from '../../src';
import { ControlPlane } from '../cluster/harness/control-plane';
import { namespaceOf } from '../cluster/harness/notification-controller';
import { SlackEndpoint } from '../cluster/harness/slack';
import { eventually } from '../server/harness/eventually';
import { Manifest, Manifests, someAuth } from '../support';

jest.setTimeout(120_000);

// Built before the clock of a test runs.
for (const build of [alertmanager, prometheus, prometheusOperator, promtool]) build();

const TOKEN = 'xoxb-1234-abcd';
const HOOK = '/services/T1/B1/hook';
const { CRITICAL, WARNING } = NatsAlertSeverity;
const labels = { release: 'kube-prometheus-stack' };
const second = Duration.seconds(1);

/** A team with a bot and a webhook, whose servers are scraped by pods; and one whose servers are scraped by a Service. */
function describedApp(): App {
  const app = new App();
  const platform = (namespace: string, props: NatsPlatformProps) => new NatsPlatform(app, namespace, {
    name: 'nats', namespace, auth: someAuth, exporter: { scrapers: [NatsPeer.namespace('monitoring')] }, ...props,
  });
  platform('messaging', {
    jetStream: {},
    jetStreamController: {},
    monitoring: { labels, selectedBy: labels, alertmanager: { groupWait: second, groupInterval: second } },
    alerting: {
      auth: SlackAuth.botToken(SecretKey.fromName('slack', 'token')),
      cluster: 'eu-1',
      environment: 'production {{ .Status }}',
      routes: [
        { channel: '#incidents', alerts: [CRITICAL] },
        { channel: '#nats', deliveries: false },
        { auth: SlackAuth.webhook(SecretKey.fromName('slack-hook', 'address')), alerts: [WARNING], deliveries: false },
      ],
    },
  });
  platform('billing', { monitoring: { labels, scraping: { method: NatsScrapingMethod.SERVICE_MONITOR } } });
  return app;
}

let plane: ControlPlane;
let slack: SlackEndpoint;
let operator: PrometheusOperator;
let manifests: Manifests;
beforeAll(async () => {
  const warn = jest.spyOn(console, 'warn').mockImplementation();
  manifests = Manifests.ofApp(describedApp());
  warn.mockRestore();
  plane = await ControlPlane.start();
  slack = await SlackEndpoint.start(TOKEN);
  operator = await PrometheusOperator.start(plane, labels, '3.8.0');
  await plane.apply([...['messaging', 'billing'].map(namespaceOf), secret('slack', { token: TOKEN, address: slack.apiUrl }), secret('slack-hook', { address: slack.webhookUrl(HOOK) })]);
  await plane.applyLayer(manifests.all.filter(({ metadata }) => metadata.namespace !== 'flux-system'));
});

function secret(name: string, stringData: Manifest): Manifest {
  return { apiVersion: 'v1', kind: 'Secret', metadata: { name, namespace: 'messaging' }, stringData };
}

/** Nobody is there, and Kubernetes takes no address of this machine. */
const addressOf = (ordinal: number) => `192.0.2.${ordinal + 1}`;

/** The pods of a StatefulSet, as its controller makes them and kubelets tell of them. */
async function runPods(namespace: string): Promise<void> {
  const { spec } = manifests.all.find(({ kind, metadata }) => kind === 'StatefulSet' && metadata.namespace === namespace)!;
  for (const ordinal of [0, 1, 2]) {
    const name = `nats-${ordinal}`;
    const claims = (spec.volumeClaimTemplates ?? []).map(({ metadata }: Manifest) => ({ name: metadata.name, persistentVolumeClaim: { claimName: `${metadata.name}-${name}` } }));
    await runPod(namespace, name, spec.template, addressOf(ordinal), claims);
  }
}

async function runPod(namespace: string, name: string, { metadata, spec }: Manifest, ip: string, claims: Manifest[] = []): Promise<void> {
  await plane.apply([{ apiVersion: 'v1', kind: 'Pod', metadata: { ...metadata, name, namespace }, spec: { ...spec, volumes: [...spec.volumes, ...claims] } }]);
  const path = `/api/v1/namespaces/${namespace}/pods/${name}/status`;
  await plane.client.ask('PATCH', path, { status: { phase: 'Running', podIP: ip, podIPs: [{ ip }] } }, 'application/merge-patch+json');
}

test('the operator takes what is described, and the definitions have the fields of all of it', async () => {
  await operator.prometheus(({ scrape_configs = [] }) => scrape_configs.length === 3);
  await operator.alertmanager(({ receivers = [] }) => receivers.length === 5);
  expect(await operator.rejections()).toEqual([]);
});

test('the Prometheus that it configures finds each exporter and the controller, with the labels by which alerts select it, and has all alerts', async () => {
  await runPods('messaging');
  await runPods('billing');
  await runPod('messaging', 'nats-controller-0', manifests.get('Deployment', 'nats-controller').spec.template, addressOf(3));
  // As the control loop for Services writes them.
  const address = (ordinal: number) => ({ ip: addressOf(ordinal), targetRef: { kind: 'Pod', name: `nats-${ordinal}`, namespace: 'billing' } });
  await plane.apply([{
    apiVersion: 'v1',
    kind: 'Endpoints',
    metadata: { name: 'nats-metrics', namespace: 'billing', labels: manifests.get('Service', 'nats-metrics').metadata.labels },
    subsets: [{ notReadyAddresses: [0, 1, 2].map(address), ports: [{ name: 'prom-metrics', port: 7777 }] }],
  }]);
  const written = await operator.prometheus(({ scrape_configs = [] }) => scrape_configs.length === 3);
  expect(checkConfig(written)).toBe('');

  // Its sidecar fills in what the pod knows, and it is at home in the cluster.
  const config = JSON.parse(JSON.stringify(written).replaceAll('$(SHARD)', '0').replaceAll('$(POD_NAME)', 'prometheus-main-0'));
  for (const { kubernetes_sd_configs: found } of config.scrape_configs) found[0].kubeconfig_file = 'kubeconfig';
  const rules = Object.entries(await operator.rules()).map(([name, text]) => [`rules/${name}`, text]);
  const running = await PrometheusProcess.start({ ...config, rule_files: ['rules/*.yaml'] }, { kubeconfig: plane.adminKubeconfig, ...Object.fromEntries(rules) });

  const targets = await eventually(() => running.targets(), ({ length }) => length === 7, 60_000);
  const common = { container: 'prom-exporter', endpoint: 'prom-metrics' };
  const expected = ['billing', 'messaging'].flatMap((namespace) => [0, 1, 2].map((ordinal) => ({
    address: `http://${addressOf(ordinal)}:7777/metrics`,
    labels: {
      ...common, job: `${namespace}/nats`, namespace, pod: `nats-${ordinal}`, instance: `${addressOf(ordinal)}:7777`, ...namespace === 'billing' && { service: 'nats-metrics' },
    },
  })));
  const ofController = {
    address: `http://${addressOf(3)}:8080/metrics`,
    labels: { job: 'messaging/nats-controller', namespace: 'messaging', pod: 'nats-controller-0', container: 'jetstream-controller', endpoint: 'metrics', instance: `${addressOf(3)}:8080` },
  };
  const sorted = (found: Manifest[]) => found.sort((a, b) => `${a.labels.job} ${a.labels.pod}`.localeCompare(`${b.labels.job} ${b.labels.pod}`));
  expect(sorted(targets)).toEqual([...expected, ofController]);
  const described = manifests.all.filter(({ kind }) => kind === 'PrometheusRule').flatMap(({ spec }) => spec.groups).flatMap(({ rules: ofGroup }: Manifest) => ofGroup);
  expect((await running.rules()).map(({ name }) => name).sort()).toEqual(described.map(({ alert, record }: Manifest) => alert ?? record).sort());
});

describe('the Alertmanager that it configures', () => {
  let running: AlertmanagerProcess;
  beforeAll(async () => {
    running = await AlertmanagerProcess.start(await operator.alertmanager(({ receivers = [] }) => receivers.length === 5));
  });

  /** An alert as our rules make it. */
  const alert = (alertname: string, severity: NatsAlertSeverity, more: { [label: string]: string } = {}): ToldAlert => ({
    labels: { alertname, severity, namespace: 'messaging', nats_cluster: 'nats', pod: 'nats-0', ...more },
    annotations: { summary: `${alertname} of nats-0`, description: 'What it means.', runbook_url: `https://example.com/#${alertname.toLowerCase()}` },
  });
  const titles = (target: string) => slack.messages.filter((message) => message.target === target).map(({ payload }) => payload.attachments[0].title);
  const told = (target: string, title: string) => eventually(async () => titles(target), (found) => found.includes(title), 30_000);

  test('tells each channel the severities that it asked for, and of other namespaces nothing', async () => {
    await running.tell([
      alert('NatsServerDown', CRITICAL), alert('NatsCpuHigh', WARNING), alert('NatsServerStarted', NatsAlertSeverity.INFO),
      alert('NatsApiErrors', WARNING, { namespace: 'billing' }), { labels: { alertname: 'Others', severity: 'critical', namespace: 'messaging' } },
    ]);
    await told('#incidents', '1 firing: NatsServerDown (nats)');
    for (const name of ['NatsServerDown', 'NatsCpuHigh', 'NatsServerStarted']) await told('#nats', `1 firing: ${name} (nats)`);
    await told(HOOK, '1 firing: NatsCpuHigh (nats)');
    expect([titles('#incidents'), titles(HOOK), titles('#nats').length]).toEqual([['1 firing: NatsServerDown (nats)'], ['1 firing: NatsCpuHigh (nats)'], 3]);
  });

  test('says what is wrong, where to read what to do, and where it is', () => {
    const [{ payload }] = slack.messages.filter(({ target }) => target === '#incidents');
    expect(payload).toMatchObject({
      channel: '#incidents',
      attachments: [{
        title: '1 firing: NatsServerDown (nats)',
        title_link: 'https://example.com/#natsserverdown',
        text: '*NatsServerDown of nats-0*\nWhat it means.\n',
        color: 'danger',
        fields: [{ title: 'cluster', value: 'eu-1', short: true }, { title: 'environment', value: 'production {{ .Status }}', short: true }],
      }],
    });
  });

  test('keeps quiet what only follows from another alert of the same cluster', async () => {
    await running.tell([
      alert('NatsPeersMissing', WARNING, { pod: 'nats-1' }), alert('NatsPeersMissing', WARNING, { nats_cluster: 'other' }),
      alert('NatsStorageHigh', CRITICAL), alert('NatsStorageHigh', WARNING), alert('NatsStorageHigh', WARNING, { pod: 'nats-2' }),
    ]);
    await told('#nats', '1 firing: NatsPeersMissing (other)');
    await told('#incidents', '1 firing: NatsStorageHigh (nats)');
    await told(HOOK, '1 firing: NatsStorageHigh (nats)');
    expect(titles('#nats')).not.toContain('1 firing: NatsPeersMissing (nats)');
    const [{ payload }] = slack.messages.filter(({ target, payload: { attachments } }) => target === HOOK && attachments[0].title.includes('NatsStorageHigh'));
    expect(payload.attachments[0]).toMatchObject({ color: 'warning' });
  });

  test('tells when it is over', async () => {
    await running.tell([{ ...alert('NatsServerDown', CRITICAL), endsAt: new Date().toISOString() }]);
    await told('#incidents', 'resolved: NatsServerDown (nats)');
    const last = slack.messages.filter(({ target }) => target === '#incidents').pop()!;
    expect(last.payload.attachments[0]).toMatchObject({ color: 'good', title: 'resolved: NatsServerDown (nats)' });
    // What it kept quiet is told as soon as it is no longer there.
    await told('#nats', '1 firing: NatsPeersMissing (nats)');
  });

  test('finds nothing wrong with what it sends', () => expect(running.log).not.toMatch(/level=(WARN|ERROR)/));
});

test('what the operator refuses is told', async () => {
  const config = manifests.get('AlertmanagerConfig', 'nats');
  const labelled = (name: string) => ({ name, namespace: 'billing', labels });
  await plane.apply([
    { ...config, metadata: labelled('without-secrets') },
    { apiVersion: 'monitoring.coreos.com/v1', kind: 'PrometheusRule', metadata: labelled('broken'), spec: { groups: [{ name: 'a', rules: [{ alert: 'A', expr: 'sum by (' }] }] } },
  ]);
  const rejections = await eventually(() => operator.rejections(), ({ length }) => length >= 2, 30_000);
  expect(rejections.sort()).toEqual([
    expect.stringMatching(/^AlertmanagerConfig without-secrets: .*secrets "slack" not found/),
    'PrometheusRule broken: PrometheusRule broken was rejected due to invalid configuration: invalid rule',
  ]);
});

test('what gets into Slack is in Secrets alone', () => {
  const secrets = [TOKEN, slack.apiUrl, slack.webhookUrl(HOOK)];
  for (const text of [JSON.stringify(manifests.all), operator.log]) for (const one of secrets) expect(text).not.toContain(one);
});
