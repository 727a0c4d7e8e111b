import { readFileSync } from 'fs';
import { join } from 'path';
import { ApiObject, App, Chart, Duration, Testing } from 'cdk8s';
import {
  CertificateIssuer, FluxEventSeverity, FluxGitReference, FluxOciReference, NatsAlertSeverity, NatsAuth, NatsPeer, NatsPlatform, NatsPlatformProps,
  NatsPlatformSlackRoute, NatsTls, RequiredSecrets, SecretKey, SlackAuth,
} from '../../src';
import { dev, production, staging } from '../../src/environments';
import { confOf, Manifest, someAuth } from '../support';

const chartsOf = (app: App) => app.node.findAll().filter(Chart.isChart);

test('a platform has layers for the namespace, the servers and the streams', () => {
  const app = new App();
  const platform = new NatsPlatform(app, 'events', { auth: someAuth });
  expect(chartsOf(app).map(({ node, namespace }) => [node.id, namespace])).toEqual([['base', undefined], ['nats', 'events'], ['jetstream', 'events']]);
  expect(Testing.synth(platform.jetStream)).toEqual([]);
  expect(Testing.synth(platform.base)).toEqual([{
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: {
      name: 'events',
      annotations: { 'kustomize.toolkit.fluxcd.io/prune': 'disabled' },
      labels: {
        'app.kubernetes.io/managed-by': 'cdk8s',
        'pod-security.kubernetes.io/enforce': 'restricted',
        'pod-security.kubernetes.io/audit': 'restricted',
        'pod-security.kubernetes.io/warn': 'restricted',
      },
    },
  }]);
  expect(platform.cluster.clientUrl).toBe('nats://events.events.svc:4222');
});

test('a namespace and a name of their own', () => {
  const platform = new NatsPlatform(new App(), 'events', { auth: someAuth, namespace: 'messaging', name: 'nats', createNamespace: false });
  expect(Testing.synth(platform.base)).toEqual([]);
  expect(platform.cluster.clientUrl).toBe('nats://nats.messaging.svc:4222');
});

const slack = {
  auth: SlackAuth.botToken(SecretKey.fromName('slack', 'token')), cluster: 'eu-1', environment: 'production', routes: [{ channel: '#incidents' }],
};

describe('monitoring', () => {
  test('is a layer that makes what Prometheus is told, with labels for all of it', () => {
    const app = new App();
    const { monitoring } = new NatsPlatform(app, 'events', {
      auth: someAuth, exporter: { scrapers: [NatsPeer.namespace('monitoring')] }, monitoring: { labels: { release: 'prometheus' }, scraping: { interval: Duration.seconds(15) } }, alerting: slack,
    });
    expect(chartsOf(app).map(({ node }) => node.id)).toEqual(['base', 'nats', 'jetstream', 'monitoring', 'alerting']);
    const objects = Testing.synth(monitoring!);
    expect(objects.map(({ kind, metadata }) => [kind, metadata.namespace, metadata.name, metadata.labels.release])).toEqual([
      ['PodMonitor', 'events', 'events', 'prometheus'],
      ['PrometheusRule', 'events', 'events', 'prometheus'],
      ['ConfigMap', 'events', 'events-dashboard-overview', undefined],
      ['ConfigMap', 'events', 'events-dashboard-accounts', undefined],
      ['AlertmanagerConfig', 'events', 'events', 'prometheus'],
    ]);
    expect(objects[0].spec.podMetricsEndpoints[0].interval).toBe('15s');
  });

  test('needs an exporter, and labels that the Prometheus selects', () => {
    expect(() => new NatsPlatform(new App(), 'events', { auth: someAuth, monitoring: {} })).toThrow('has no exporter, and so no metrics');
    const exporter = { scrapers: [NatsPeer.namespace('monitoring')] };
    expect(() => new NatsPlatform(new App(), 'events', { auth: someAuth, exporter, monitoring: { selectedBy: { release: 'a' } } })).toThrow("PodMonitor is selected by release: 'a', and this one has no label release");
  });
});

describe('certificates', () => {
  const layers = (app: App) => chartsOf(app).map(({ node }) => node.id);
  const named = (chart: Chart) => Testing.synth(chart).map(({ kind, metadata }) => `${kind} ${metadata.namespace}/${metadata.name}`);

  test('are a layer between the namespace and the servers, whose every listener has them', () => {
    const app = new App();
    const { certificates, nats, cluster, authority } = new NatsPlatform(app, 'events', { auth: someAuth, certificates: {}, webSocket: { peers: [NatsPeer.pods()] } });
    expect(layers(app)).toEqual(['base', 'certificates', 'nats', 'jetstream']);
    expect(named(certificates!)).toEqual([
      'Issuer events/events-ca-self-signed', 'Certificate events/events-ca', 'Issuer events/events-ca', 'Certificate events/events-tls',
    ]);
    expect(Testing.synth(nats).some(({ kind }) => kind === 'Certificate')).toBe(false);
    expect(confOf(cluster).match(/(https_port|cert_file): .*/g)).toEqual([
      'https_port: 8222', ...Array(3).fill('cert_file: "/etc/nats-certs/events-tls/tls.crt"'),
    ]);
    expect(cluster.clientUrl).toBe('tls://events.events.svc:4222');
    expect(authority!.caCertificate).toEqual(SecretKey.fromName('events-ca-key-pair', 'ca.crt'));
    expect(RequiredSecrets.of(app).map(({ secretName }) => secretName)).toEqual(['nats-auth']);
  });

  test('take options of TLS, of the CA, and names from outside', () => {
    const { certificates, cluster } = new NatsPlatform(new App(), 'events', {
      auth: someAuth, natsBox: {}, certificates: { verify: true, dnsNames: ['nats.example.com'], authority: { name: 'our-ca', keySize: 384 } },
    });
    const specs = Object.fromEntries(Testing.synth(certificates!).filter(({ kind }) => kind === 'Certificate').map(({ metadata, spec }) => [metadata.name, spec]));
    expect(specs['our-ca'].privateKey).toMatchObject({ size: 384 });
    expect(specs['events-tls'].dnsNames).toContain('nats.example.com');
    expect(specs['events-box-client']).toMatchObject({ secretName: 'events-box-client-tls', issuerRef: { name: 'our-ca' } });
    expect(confOf(cluster)).toMatch(/^ {2}verify: true$/m);
  });

  test('are signed by another issuer where one is given', () => {
    const app = new App();
    const issuer = CertificateIssuer.fromClusterIssuerName(new Chart(app, 'existing'), 'issuer', 'corporate-ca');
    const { certificates, authority } = new NatsPlatform(app, 'events', { auth: someAuth, certificates: { issuer } });
    expect(authority).toBeUndefined();
    expect(Testing.synth(certificates!)).toMatchObject([{ kind: 'Certificate', spec: { issuerRef: { kind: 'ClusterIssuer', name: 'corporate-ca' } } }]);
  });

  test('of two kinds, or by two signers, are refused', () => {
    const app = new App();
    const issuer = CertificateIssuer.fromClusterIssuerName(new Chart(app, 'existing'), 'issuer', 'corporate-ca');
    expect(() => new NatsPlatform(app, 'a', { auth: someAuth, certificates: { issuer, authority: {} } })).toThrow(
      '[a] certificates.authority and certificates.issuer are both given; allowed: one of them; fix: leave out the one that does not sign',
    );
    expect(() => new NatsPlatform(app, 'b', { auth: someAuth, certificates: {}, tls: NatsTls.fromSecret('nats-tls') })).toThrow(
      '[b] tls and certificates are both given; allowed: one of them; fix: give options of TLS in certificates, and leave tls out',
    );
  });
});

describe('a controller', () => {
  const kindsOf = (chart: Chart) => Testing.synth(chart).map(({ kind, metadata }) => `${kind} ${metadata.name}`);

  test('is in a layer after the servers, what it needs of Kubernetes in the first, and its image comes from where theirs do', () => {
    const images = { registry: 'registry.example.com', pullSecrets: ['pull'] };
    const platform = new NatsPlatform(new App(), 'events', { auth: someAuth, images, jetStreamController: { syncInterval: Duration.minutes(5) } });
    expect(kindsOf(platform.base).filter((kind) => kind.startsWith('CustomResourceDefinition'))).toEqual([
      'accounts', 'consumers', 'keyvalues', 'objectstores', 'streams',
    ].map((plural) => `CustomResourceDefinition ${plural}.jetstream.nats.io`));
    const kinds = ['ServiceAccount', 'Role', 'RoleBinding', 'Deployment', 'NetworkPolicy'];
    expect(kindsOf(platform.jetStream)).toEqual(kinds.map((kind) => `${kind} events-controller`));
    const { spec } = Testing.synth(platform.jetStream)[3].spec.template;
    expect(spec.imagePullSecrets).toEqual([{ name: 'pull' }]);
    expect(spec.containers[0].image).toBe('registry.example.com/natsio/jetstream-controller:0.23.0');
    expect(spec.containers[0].args).toEqual(expect.arrayContaining([
      '-s=nats://events.events.svc:4222', '--namespace=events', '--sync-interval=5m',
    ]));
    expect(platform.jetStreamController?.podLabels['app.kubernetes.io/instance']).toBe('events-controller');
  });

  test('and its definitions are there only where they are asked for', () => {
    const definitions = (props: NatsPlatformProps) =>
      kindsOf(new NatsPlatform(new App(), 'nats', { auth: someAuth, ...props }).base).filter((kind) => kind.startsWith('CustomResourceDefinition')).length;
    expect(definitions({})).toBe(0);
    expect(definitions({ jetStreamController: {}, createJetStreamCrds: false })).toBe(0);
    expect(definitions({ createJetStreamCrds: true })).toBe(5);
  });
});

describe('the channels of a team', () => {
  const { CRITICAL } = NatsAlertSeverity;
  const watched = { auth: someAuth, exporter: { scrapers: [NatsPeer.namespace('monitoring')] }, monitoring: {} };
  const platformWith = (routes: NatsPlatformSlackRoute[], props: NatsPlatformProps = watched) => new NatsPlatform(new App(), 'events', { ...props, alerting: { ...slack, metadata: { team: 'orders' }, routes } });
  const told = ({ monitoring, alerting }: NatsPlatform) => ({
    alerts: Testing.synth(monitoring!).filter(({ kind }) => kind === 'AlertmanagerConfig').map(({ spec }) => spec.route.routes.map((route: Manifest, index: number) => [
      spec.receivers[index + 1].slackConfigs[0].channel, route.matchers?.[0].value,
    ])),
    flux: alerting && Testing.synth(alerting).filter(({ kind }) => kind === 'Provider').map(({ spec }) => spec.channel),
  });

  test('are named once, for what Flux does and for alerts', () => {
    expect(told(platformWith([{ channel: '#incidents' }]))).toEqual({ alerts: [[['#incidents', undefined]]], flux: ['#incidents'] });
    const routes = [{ channel: '#incidents', alerts: [CRITICAL] }, { channel: '#nats', deliveries: false }, { channel: '#deployments', severity: FluxEventSeverity.INFO, alerts: [] }];
    expect(told(platformWith(routes))).toEqual({ alerts: [[['#incidents', 'critical'], ['#nats', undefined]]], flux: ['#incidents', '#deployments'] });
  });

  test('hear of the one or the other alone', () => {
    expect(told(platformWith([{ channel: '#nats', deliveries: false }]))).toEqual({ alerts: [[['#nats', undefined]]], flux: undefined });
    expect(told(platformWith([{ channel: '#flux', alerts: [] }]))).toEqual({ alerts: [], flux: ['#flux'] });
    expect(told(platformWith([{ channel: '#later', suspend: true }]))).toEqual({ alerts: [], flux: ['#later'] });
  });

  test('are told the same of where it happens', () => {
    const { monitoring, alerting } = platformWith([{ channel: '#incidents' }]);
    const [, { slackConfigs: [{ fields }] }] = Testing.synth(monitoring!).find(({ kind }) => kind === 'AlertmanagerConfig')!.spec.receivers;
    const { eventMetadata } = Testing.synth(alerting!).find(({ kind }) => kind === 'Alert')!.spec;
    expect(Object.fromEntries(fields.map(({ title, value }: Manifest) => [title, value]))).toEqual(eventMetadata);
    expect(eventMetadata).toEqual({ cluster: 'eu-1', environment: 'production', team: 'orders' });
  });

  test.each<[string, NatsPlatformSlackRoute, NatsPlatformProps, string]>([
    ['alerts of nothing', { channel: '#a', alerts: [CRITICAL] }, { auth: someAuth }, '[events] alerting.routes[0].alerts is given, and nothing watches the cluster; allowed: alerts of a platform with monitoring; fix: give monitoring'],
    ['nothing at all', { channel: '#a', alerts: [], deliveries: false }, watched, 'nothing leads to alerting.routes[0]: deliveries is false, and alerts is empty; allowed: a route for deliveries, alerts or both; fix: leave it out'],
    ['nothing without monitoring', { channel: '#a', deliveries: false }, { auth: someAuth }, 'nothing leads to alerting.routes[0]: deliveries is false, and nothing watches the cluster'],
    ['a choice of what is not told', { channel: '#a', deliveries: false, recovery: true }, watched, 'alerting.routes[0].recovery is given, and deliveries is false; allowed: it where Flux tells something; fix: leave recovery out'],
    ['an unknown severity', { channel: '#a', alerts: ['page' as NatsAlertSeverity] }, watched, "a severity of alerting.routes[0].alerts is 'page'; allowed: critical, warning, info"],
    ['no channel', {}, watched, 'alerting.routes[0] has no channel'],
  ])('with %s throw', (_, route, props, message) => expect(() => platformWith([route], props)).toThrow(message));

  test('are at least one, and what gets there is a reference', () => {
    expect(() => platformWith([])).toThrow('routes is empty; allowed: one or more');
    const alerting = { ...slack, auth: 'xoxb-1234' as never };
    expect(() => new NatsPlatform(new App(), 'events', { ...watched, alerting })).toThrow('[events] alerting.auth is a string (not shown here); allowed: SlackAuth.botToken(...) or SlackAuth.webhook(...)');
  });
});

describe('delivery by Flux', () => {
  const kustomizations = (platform: NatsPlatform) => Object.fromEntries(Testing.synth(platform.flux!).filter(({ kind }) => kind === 'Kustomization').map(
    ({ metadata, spec: { path, dependsOn, sourceRef } }) => [metadata.name, { path, dependsOn: dependsOn?.map(({ name }: { name: string }) => name), source: `${sourceRef.kind} ${sourceRef.name}` }],
  ));

  test('has the layers in their order, from the repository of the bootstrap', () => {
    const source = 'GitRepository flux-system';
    expect(kustomizations(new NatsPlatform(new App(), 'events', { auth: someAuth, certificates: {}, alerting: slack, delivery: { path: 'dist/production' } }))).toEqual({
      'events-base': { path: './dist/production/base', source },
      'events-certificates': { path: './dist/production/certificates', dependsOn: ['events-base'], source },
      'events-nats': { path: './dist/production/nats', dependsOn: ['events-certificates'], source },
      'events-jetstream': { path: './dist/production/jetstream', dependsOn: ['events-nats'], source },
      'events-alerting': { path: './dist/production/alerting', dependsOn: ['events-base'], source },
    });
  });

  test('takes a source of its own, and options of layers', () => {
    const platform = new NatsPlatform(new App(), 'events', {
      auth: someAuth,
      alerting: slack,
      delivery: { path: 'production', oci: { url: 'oci://registry.example.com/platform', ref: FluxOciReference.tag('latest') }, layers: { alerting: { suspend: true } } },
    });
    expect(kustomizations(platform)['events-base'].source).toBe('OCIRepository source');
    expect(Testing.synth(platform.flux!).find(({ metadata }) => metadata.name === 'events-alerting')!.spec).toMatchObject({ suspend: true, dependsOn: [{ name: 'events-base' }] });
  });

  test('installs cert-manager before the certificates', () => {
    const app = new App();
    const platform = new NatsPlatform(app, 'events', {
      auth: someAuth, certificates: {}, prerequisites: { certManager: { values: { replicaCount: 2, crds: { keep: false } } } }, delivery: { path: 'dist/production' },
    });
    const [namespace, source, release] = Testing.synth(platform.prerequisites!);
    expect(kustomizations(platform)['events-prerequisites'].dependsOn).toEqual(['events-base']);
    expect(kustomizations(platform)['events-certificates'].dependsOn).toEqual(['events-prerequisites']);
    expect(namespace).toMatchObject({ kind: 'Namespace', metadata: { name: 'cert-manager', labels: { 'pod-security.kubernetes.io/enforce': 'restricted' } } });
    expect(source.spec).toMatchObject({
      url: 'oci://quay.io/jetstack/charts/cert-manager',
      ref: { tag: 'v1.21.2' },
      layerSelector: { mediaType: 'application/vnd.cncf.helm.chart.content.v1.tar+gzip', operation: 'copy' },
    });
    expect(release).toMatchObject({
      metadata: { name: 'cert-manager', namespace: 'cert-manager' },
      spec: { chartRef: { kind: 'OCIRepository', name: 'cert-manager' }, values: { replicaCount: 2, crds: { enabled: true, keep: false } } },
    });
  });

  test('in another namespace takes the alerts there, too', () => {
    const platform = new NatsPlatform(new App(), 'events', { auth: someAuth, alerting: slack, delivery: { path: 'production', namespace: 'gitops', existingNamespaces: ['gitops'] } });
    expect([platform.flux!, platform.alerting!].flatMap((chart) => Testing.synth(chart)).map(({ metadata }) => metadata.namespace)).toEqual(Array(6).fill('gitops'));
  });

  test('from two sources is refused', () => {
    const git = { url: 'https://git.example.com/platform', ref: FluxGitReference.branch('main') };
    const oci = { url: 'oci://registry.example.com/platform', ref: FluxOciReference.tag('latest') };
    expect(() => new NatsPlatform(new App(), 'events', { auth: someAuth, delivery: { path: 'production', git, oci } })).toThrow(
      '[events] delivery.git and delivery.oci are both given; allowed: one of them; fix: leave out the one that does not hold the output',
    );
  });
});

test('only a development environment goes without authentication', () => {
  expect(() => Testing.synth(new NatsPlatform(new App(), 'nats', { auth: NatsAuth.none() }).nats)).toThrow('[NATS-AUTH-NONE]');
  expect(Testing.synth(new NatsPlatform(new App(), 'nats', { auth: NatsAuth.none(), development: true }).nats)).not.toEqual([]);
});

test('a platform inside a chart is refused, because its layers would be one', () => {
  expect(() => new NatsPlatform(new Chart(new App(), 'chart'), 'nats')).toThrow('[chart/nats] a NatsPlatform stands inside a chart, but makes charts of its own');
});

test('custom resources are checked against their schemas', () => {
  const app = new App();
  new NatsPlatform(app, 'nats', { auth: someAuth });
  const wrong = new Chart(app, 'wrong');
  new ApiObject(wrong, 'monitor', { apiVersion: 'monitoring.coreos.com/v1', kind: 'PodMonitor', metadata: { name: 'a' }, spec: { selectr: {} } });
  expect(() => Testing.synth(wrong)).toThrow(/spec\.selectr/);
});

describe.each([['dev', dev], ['staging', staging], ['production', production]])('%s', (_, environment) => {
  test('is what an operator would have written', () => {
    // The definitions of custom resources are those of imports/, which are read there; alerts and dashboards are tested one by one.
    const longOnes = ['CustomResourceDefinition', 'PrometheusRule'];
    const short = (object: Manifest) => object.metadata.labels?.grafana_dashboard ? { ...object, data: '...' } : object;
    const written = (chart: Chart) => Testing.synth(chart).map((object) => longOnes.includes(object.kind) ? { ...object, spec: '...' } : short(object));
    expect(Object.fromEntries(chartsOf(environment()).map((chart) => [chart.node.id, written(chart)]))).toMatchSnapshot();
  });
});

test('each environment says which Secrets must exist, and not those that cert-manager makes', () => {
  const keys = (app: App) => RequiredSecrets.of(app).map(({ secretName, key }) => `${secretName}/${key}`);
  expect([dev(), staging(), production()].map(keys)).toEqual([
    ['slack/token'],
    ['slack/token', 'nats-billing/password', 'nats-nack/password', 'nats-nack/username', 'nats-ops/password', 'nats-shop/password', 'nats-warehouse/password', 'slack/address', 'slack/token'],
    [
      'slack/token', 'nats-billing/password', 'nats-orders-admin/password', 'nats-orders-nack/password', 'nats-orders-nack/username', 'nats-sensors/password', 'nats-shop/password',
      'nats-sys/password', 'nats-warehouse/password', 'slack/address', 'slack/token',
    ],
  ]);
});

test('the platform of each environment is described in 15 lines at most', () => {
  const source = readFileSync(join(__dirname, '../../src/environments.ts'), 'utf8');
  const platforms = [...source.matchAll(/^export function (\w+)\([\s\S]*?(new NatsPlatform\([\s\S]*?^ {2}\}\);$)/gm)].map(([, name, statement]) => [name, statement.split('\n').length]);
  expect(platforms.map(([name]) => name)).toEqual(['dev', 'staging', 'production']);
  for (const [, lines] of platforms) expect(lines).toBeLessThanOrEqual(15);
});
