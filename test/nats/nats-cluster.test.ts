import { App, Chart, JsonPatch, Size } from 'cdk8s';
import { NatsAuth, NatsCluster, NatsPeer, Permissions, RequiredSecrets, Rules, SecretKey } from '../../src';
import { Manifests, newChart, newCluster, someAuth, someUser, synth } from '../support';

const scrapers = [NatsPeer.namespace('monitoring')];
const portsOf = (cluster: NatsCluster, service: string) => synth(cluster).get('Service', service).spec.ports;
const ingressOf = (cluster: NatsCluster) => synth(cluster).get('NetworkPolicy', 'nats').spec.ingress;
const sameNamespace = { podSelector: {} };
const servers = { podSelector: { matchLabels: { 'app.kubernetes.io/name': 'nats', 'app.kubernetes.io/instance': 'nats', 'app.kubernetes.io/component': 'nats' } } };
const ports = (port: number) => [{ port, protocol: 'TCP' }];

test('the objects of a cluster, and of one with everything', () => {
  const always = ['ConfigMap', 'NetworkPolicy', 'PodDisruptionBudget', 'Service', 'Service', 'ServiceAccount', 'StatefulSet'];
  expect(synth(newCluster()).kinds()).toEqual(always);
  expect(synth(newCluster({ natsBox: {}, exporter: { scrapers } })).kinds()).toEqual([...always, 'Deployment'].sort());
});

test('names come from the construct\'s id or the name, never from its path', () => {
  const chart = newChart();
  const cluster = new NatsCluster(new Chart(chart, 'nested', { namespace: 'messaging' }), 'events', { auth: someAuth, natsBox: {}, jetStream: {} });
  expect(Manifests.of(Chart.of(cluster)).all.map(({ kind, metadata }) => `${kind} ${metadata.name}`).sort()).toEqual([
    'ConfigMap events-config', 'Deployment events-box', 'NetworkPolicy events', 'PodDisruptionBudget events', 'Service events', 'Service events-headless',
    'ServiceAccount events', 'StatefulSet events',
  ]);
});

test('what others need to know', () => {
  const cluster = newCluster({ ports: { client: 4333 } });
  expect(cluster.clientUrl).toBe('nats://nats.messaging.svc:4333');
  expect(cluster.serviceName).toBe('nats');
  expect(cluster.serverCount).toBe(3);
  expect(cluster.ports).toEqual({ client: 4333, cluster: 6222, monitor: 8222 });
  expect(new NatsCluster(new Chart(new App(), 'anywhere'), 'nats', { auth: someAuth }).clientUrl).toBe('nats://nats:4222');
});

test('a cluster that exists already', () => {
  const cluster = NatsCluster.fromUrl(newChart(), 'existing', 'nats://a.example.com:4222,tls://b.example.com', { serverCount: 3 });
  expect(cluster.clientUrl).toBe('nats://a.example.com:4222,tls://b.example.com');
  expect(cluster.serverCount).toBe(3);
  expect(Manifests.of(Chart.of(cluster)).all).toEqual([]);
});

describe('services', () => {
  test('clients see only the client port', () => {
    expect(portsOf(newCluster({ exporter: { scrapers } }), 'nats')).toEqual([{ name: 'nats', port: 4222, targetPort: 'nats', appProtocol: 'tcp' }]);
  });
  test('servers find each other before they are ready', () => {
    const { spec } = synth(newCluster()).get('Service', 'nats-headless');
    expect(spec).toMatchObject({ clusterIP: 'None', publishNotReadyAddresses: true });
    expect(spec.ports.map(({ name, port, appProtocol }: { [field: string]: unknown }) => [name, port, appProtocol]))
      .toEqual([['nats', 4222, 'tcp'], ['cluster', 6222, 'tcp'], ['monitor', 8222, 'http']]);
  });
  test('annotations and labels', () => {
    const { metadata } = synth(newCluster({ service: { annotations: { a: 'b' }, labels: { 'c': 'd', 'app.kubernetes.io/name': 'mine' } } })).get('Service', 'nats');
    expect(metadata.annotations).toEqual({ a: 'b' });
    expect(metadata.labels).toMatchObject({ 'c': 'd', 'app.kubernetes.io/name': 'nats' });
  });
});

describe('the NetworkPolicy', () => {
  test('admits the namespace to the client port and the servers to each other, and nobody to monitoring', () => {
    expect(ingressOf(newCluster())).toEqual([{ from: [sameNamespace], ports: ports(4222) }, { from: [servers], ports: ports(6222) }]);
    expect(synth(newCluster()).get('NetworkPolicy', 'nats').spec).toMatchObject({ policyTypes: ['Ingress'], podSelector: servers.podSelector });
  });
  test('admits whom it is told to, nats-box and scrapers by themselves', () => {
    const cluster = newCluster({
      natsBox: {}, exporter: { scrapers }, networkPolicy: { clients: [NatsPeer.pods({ app: 'shop' })] },
    });
    cluster.allowFrom(NatsPeer.namespace('billing', { app: 'billing' }), NatsPeer.ipBlock('10.0.0.0/8', '10.1.0.0/16'));
    const box = { podSelector: { matchLabels: { 'app.kubernetes.io/name': 'nats', 'app.kubernetes.io/instance': 'nats', 'app.kubernetes.io/component': 'nats-box' } } };
    expect(ingressOf(cluster)).toEqual([
      {
        from: [
          { podSelector: { matchLabels: { app: 'shop' } } },
          box,
          { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'billing' } }, podSelector: { matchLabels: { app: 'billing' } } },
          { ipBlock: { cidr: '10.0.0.0/8', except: ['10.1.0.0/16'] } },
        ],
        ports: ports(4222),
      },
      { from: [servers], ports: ports(6222) },
      { from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'monitoring' } } }], ports: ports(7777) },
    ]);
  });
  test('admits everyone where that is said, and nobody where the list is empty', () => {
    expect(ingressOf(newCluster({ networkPolicy: { clients: [NatsPeer.anyone()] } }))[0]).toEqual({ ports: ports(4222) });
    expect(ingressOf(newCluster({ replicas: 1, networkPolicy: { clients: [] } }))).toEqual([]);
  });
  test('admits to monitoring once that is acknowledged', () => {
    const cluster = newCluster({ networkPolicy: { monitoring: [NatsPeer.namespaces({ team: 'ops' })] } });
    Rules.acknowledge(cluster, 'NATS-MONITORING-OPEN', 'a scraper of /varz');
    expect(ingressOf(cluster)[2]).toEqual({ from: [{ namespaceSelector: { matchLabels: { team: 'ops' } } }], ports: ports(8222) });
  });
  test('is missed where there is none', () => {
    const warn = jest.spyOn(console, 'warn').mockImplementation();
    expect(synth(newCluster({ networkPolicy: { enabled: false }, exporter: {} })).find('NetworkPolicy', 'nats')).toBeUndefined();
    expect(warn).toHaveBeenCalledWith(expect.stringContaining('[NATS-NETWORK-POLICY-OFF]'));
  });
  test.each([
    [['300.0.0.0/8'], "'300.0.0.0/8' is not a CIDR"],
    [['10.0.0.0/33'], "'10.0.0.0/33' is not a CIDR"],
    [['::1/129'], "'::1/129' is not a CIDR"],
    [['10.0.0.0/8', '11.0.0.0/16'], "'11.0.0.0/16' is excepted from '10.0.0.0/8', and is no smaller range inside it; allowed: ranges inside it"],
    [['10.0.0.0/8', '10.0.0.0/8'], "'10.0.0.0/8' is excepted from '10.0.0.0/8'"],
    [['10.0.0.0/8', '2001:db8::/32'], "'2001:db8::/32' is excepted from '10.0.0.0/8'"],
  ] as [[string, ...string[]], string][])('%j is refused', (ranges, message) => expect(() => NatsPeer.ipBlock(...ranges)).toThrow(message));
  test.each([[['0.0.0.0/0', '10.0.0.0/8']], [['2001:db8::/32', '2001:db8:1::/48']]] as [[string, ...string[]]][])('%j is not', (ranges) => expect(() => NatsPeer.ipBlock(...ranges)).not.toThrow());
  test('a text that is no CIDR is refused', () => expect(() => NatsPeer.ipBlock('10.0.0.1')).toThrow("'10.0.0.1' is not a CIDR; allowed: an address and a prefix length; fix: write '10.0.0.1/32'"));
});

test('one server at a time may be disrupted', () => {
  expect(synth(newCluster()).get('PodDisruptionBudget', 'nats').spec).toEqual({ maxUnavailable: 1, selector: { matchLabels: servers.podSelector.matchLabels } });
});

test('no pod gets a token of Kubernetes', () => {
  const objects = synth(newCluster({ natsBox: {} }));
  expect(objects.get('ServiceAccount', 'nats').automountServiceAccountToken).toBe(false);
  expect(objects.get('Deployment', 'nats-box').spec.template.spec.automountServiceAccountToken).toBe(false);
});

test('a patch of any object reaches the output', () => {
  const cluster = newCluster();
  cluster.statefulSet.addJsonPatch(JsonPatch.add('/spec/template/spec/notYetInvented', true));
  cluster.service.addJsonPatch(JsonPatch.replace('/spec/trafficDistribution', 'PreferClose'));
  expect(synth(cluster).get('StatefulSet', 'nats').spec.template.spec.notYetInvented).toBe(true);
  expect(synth(cluster).get('Service', 'nats').spec.trafficDistribution).toBe('PreferClose');
});

test('the Secrets that must exist', () => {
  const cluster = newCluster({
    auth: NatsAuth.users({ name: 'shop', ...someUser }, { name: 'ops', passwordInclude: SecretKey.fromName('nats-users', 'ops'), permissions: Permissions.all() }),
    jetStream: { encryption: { key: SecretKey.fromName('js', 'key') } },
    images: { pullSecrets: ['registry'] },
    extraConfig: { jetstream: { tpm: { encryption_password: SecretKey.fromName('routes', 'password') } } },
  });
  expect(RequiredSecrets.of(cluster).map(({ namespace, secretName, key, usedBy }) => [namespace, secretName, key, ...usedBy])).toEqual([
    ['messaging', 'js', 'key', 'NATS cluster nats (JetStream encryption)'],
    ['messaging', 'nats-users', 'ops', 'NATS cluster nats (user ops)'],
    ['messaging', 'registry', '.dockerconfigjson', 'NATS cluster nats (image pulls)'],
    ['messaging', 'routes', 'password', 'NATS cluster nats (extraConfig)'],
    ['messaging', 'shop-nats', 'password', 'NATS cluster nats (user shop)'],
  ]);
});

test('the same program gives the same bytes', () => {
  const jetStream = { memoryStore: { maxSize: Size.mebibytes(100) } };
  const program = () => JSON.stringify(synth(newCluster({ jetStream, natsBox: {}, exporter: { scrapers } })).all);
  expect(program()).toBe(program());
});
