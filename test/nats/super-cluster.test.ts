import { Chart, Duration } from 'cdk8s';
import {
  Certificate, CertificateAuthority, CertificateIssuer, CertificateKeyRotation, CertificateUsage, IssuerType, NatsClientCertificate, NatsClientTls,
  NatsCluster, NatsClusterProps, NatsListener, NatsRemoteGateway, NatsTls, NatsTlsCa, RequiredSecrets, Rules, SecretKey,
} from '../../src';
import { Manifests, newChart, newCluster, someAuth } from '../support';

const credentials = { user: 'gateway', password: SecretKey.fromName('gateways', 'password') };

function cluster(chart: Chart, name: string, props: NatsClusterProps = {}): NatsCluster {
  return new NatsCluster(chart, name, { auth: someAuth, gateway: {}, ...props });
}

/** The block `gateway` of a cluster in its chart, without line breaks. */
function gatewayOf(chart: Chart, name: string): string {
  const conf = Manifests.of(chart).get('ConfigMap', `${name}-config`).data['nats.conf'];
  return (/^gateway \{[^]*?^\}/m.exec(conf)?.[0] ?? '').replace(/\s+/g, ' ').replace(/_[0-9A-F]{6,8}\b/g, '');
}

function admitted(chart: Chart, name: string): unknown {
  const { spec } = Manifests.of(chart).get('NetworkPolicy', name);
  return spec.ingress.find(({ ports }: { ports: { port: number }[] }) => ports[0].port === 7222)?.from;
}

const servers = (name: string) => ({
  namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'messaging' } },
  podSelector: { matchLabels: { 'app.kubernetes.io/name': 'nats', 'app.kubernetes.io/instance': name, 'app.kubernetes.io/component': 'nats' } },
});

beforeEach(() => jest.spyOn(console, 'warn').mockImplementation());
afterEach(() => jest.restoreAllMocks());

test('a cluster that names another is named by it, and both admit each other', () => {
  const chart = newChart();
  const west = cluster(chart, 'west');
  cluster(chart, 'east', { gateway: { remotes: [NatsRemoteGateway.cluster(west)], rejectUnknownCluster: true, connectRetries: 5, connectBackoff: true } });
  expect(gatewayOf(chart, 'east')).toBe('gateway { connect_backoff: true connect_retries: 5 gateways: [ '
    + '{ name: "messaging-west" urls: [ "nats://west-headless.messaging.svc:7222" ] } ] name: "messaging-east" port: 7222 reject_unknown_cluster: true }');
  expect(gatewayOf(chart, 'west')).toBe('gateway { gateways: [ { name: "messaging-east" urls: [ "nats://east-headless.messaging.svc:7222" ] } ] name: "messaging-west" port: 7222 }');
  expect(admitted(chart, 'west')).toEqual([servers('east')]);
  expect(admitted(chart, 'east')).toEqual([servers('west')]);
});

test('names are unique by construction: they have the namespace in them', () => {
  const chart = newChart();
  cluster(chart, 'west');
  const { data } = Manifests.of(chart).get('ConfigMap', 'west-config');
  expect(data['nats.conf']).toMatch(/cluster \{\n  name: "messaging-west"/);
  const [{ env }] = Manifests.of(chart).get('StatefulSet', 'west').spec.template.spec.containers;
  expect(env).toContainEqual({ name: 'SERVER_NAME', value: "'messaging-west-$(POD_NAME)'" });
});

test('a cluster that was named by the other may say better itself', () => {
  const chart = newChart();
  const west = cluster(chart, 'west');
  const east = cluster(chart, 'east', { gateway: { remotes: [NatsRemoteGateway.cluster(west)] } });
  west.addRemoteGateway(NatsRemoteGateway.urls('messaging-east', ['tls://east.example.com:7222'], { credentials }));
  expect(gatewayOf(chart, 'west')).toContain('gateways: [ { name: "messaging-east" urls: [ $URL ] } ]');
  expect(() => east.addRemoteGateway(NatsRemoteGateway.cluster(west))).toThrow("[test/east] gateway.remotes names cluster 'messaging-west' twice; fix: give all its URLs in one place [NATS-GATEWAY]");
  expect(RequiredSecrets.of(chart).find(({ secretName }) => secretName === 'gateways')?.usedBy).toEqual(['NATS cluster west (gateways)']);
});

test('clusters elsewhere, by URL and by what is known of them, with the own credentials', () => {
  const chart = newChart();
  const known = NatsCluster.fromUrl(chart, 'known', 'nats://a:4222', { clusterName: 'known', gatewayUrl: 'nats://gateway.known.example.com:7222' });
  cluster(chart, 'east', {
    gateway: {
      authorization: credentials,
      advertiseAddress: '$(POD_NAME).east.example.com:7222',
      remotes: [NatsRemoteGateway.urls('far', ['nats://far-0:7222', 'nats://far-1:7222']), NatsRemoteGateway.cluster(known)],
    },
  });
  expect(gatewayOf(chart, 'east')).toBe('gateway { advertise: $GATEWAY_ADVERTISE gateways: [ { name: "far" urls: [ $URL $URL ] } { name: "known" urls: [ $URL ] } ] '
    + 'name: "messaging-east" port: 7222 authorization { password: $SECRET_GATEWAYS_PASSWORD user: "gateway" } }');
});

test('with leaf nodes, the system account that the server has anyway is said', () => {
  const chart = newChart();
  cluster(chart, 'a', { leafNodes: {} });
  cluster(chart, 'c', { leafNodes: { remotes: [{ urls: ['nats://hub:7422'] }] } });
  const conf = (name: string) => Manifests.of(chart).get('ConfigMap', `${name}-config`).data['nats.conf'];
  expect(conf('a')).toMatch(/^system_account: "\$SYS"$/m);
  expect(conf('a')).toContain('accounts {\n  "$SYS" {}\n}');
  expect(conf('c')).not.toContain('system_account');
  expect(() => cluster(chart, 'd', { leafNodes: {}, extraConfig: { no_system_account: true } })).toThrow('a gateway and leafNodes without a system account');
});

test('a leaf node of a cluster of this app is admitted there', () => {
  const chart = newChart();
  const hub = cluster(chart, 'hub', { gateway: undefined, leafNodes: {} });
  cluster(chart, 'leaf', { gateway: undefined, leafNodes: { remotes: [{ cluster: hub }] } });
  expect(Manifests.of(chart).get('ConfigMap', 'leaf-config').data['nats.conf']).toContain('"nats://hub.messaging.svc:7422"');
  const { spec } = Manifests.of(chart).get('NetworkPolicy', 'hub');
  expect(spec.ingress.find(({ ports }: { ports: { port: number }[] }) => ports[0].port === 7422).from).toEqual([servers('leaf')]);
});

describe('refused', () => {
  const jetStream = {};
  test.each<[what: string, props: NatsClusterProps, message: string]>([
    ['names that JetStream would lose its data by', { jetStream, gateway: {} },
      '[test/nats] a gateway with jetStream, and clusterName is not given: the servers find their data by their names; allowed: clusterName and serverNamePrefix, unique in the super cluster; '
      + "fix: for a new cluster clusterName: 'messaging-nats', serverNamePrefix: 'messaging-nats-'; for one that has data clusterName: 'nats', serverNamePrefix: '' [NATS-GATEWAY]"],
    ['a prefix that is not said', { jetStream, gateway: {}, clusterName: 'a' }, 'a gateway with jetStream, and serverNamePrefix is not given'],
    ['JetStream on one server', { jetStream, gateway: {}, replicas: 1, clusterName: 'a', serverNamePrefix: 'a-' }, 'jetStream with a gateway on one server, which then waits for others for ever'],
    ['itself', { gateway: { remotes: [NatsRemoteGateway.urls('messaging-nats', ['nats://a:7222'])] } }, "gateway.remotes names a cluster 'messaging-nats', which is the name of this one"],
    ['a URL with credentials', { gateway: { remotes: [NatsRemoteGateway.urls('a', ['nats://a:hunter2@b:7222'])] } }, "gateway.remotes['a'] has a URL with credentials (not shown here)"],
    ['no URL', { gateway: { remotes: [NatsRemoteGateway.urls('a', [])] } }, "gateway.remotes['a'] is empty"],
    ['half a retry', { gateway: { connectRetries: 0.5 } }, 'gateway.connectRetries is 0.5; allowed: a whole number from 0'],
  ])('%s', (_, props, message) => expect(() => newCluster(props)).toThrow(message));

  test('a cluster without a gateway, on either side', () => {
    const chart = newChart();
    const closed = cluster(chart, 'closed', { gateway: undefined });
    expect(() => cluster(chart, 'a', { gateway: { remotes: [NatsRemoteGateway.cluster(closed)] } })).toThrow('[test/a] gateway.remotes names test/closed, whose gateway is not known');
    expect(() => closed.addRemoteGateway(NatsRemoteGateway.urls('a', ['nats://a:1']))).toThrow('[test/closed] a remote gateway is added to a cluster without a gateway');
    expect(() => cluster(chart, 'b', { gateway: { remotes: [NatsRemoteGateway.cluster(NatsCluster.fromUrl(chart, 'far', 'nats://a:1'))] } })).toThrow('names test/far, whose gateway is not known');
  });

  test('names that two members share, however far apart', () => {
    const chart = newChart();
    const middle = cluster(chart, 'middle');
    cluster(chart, 'west', { clusterName: 'edge', gateway: { remotes: [NatsRemoteGateway.cluster(middle)] } });
    const far = new Chart(chart, 'far', { namespace: 'messaging' });
    const other = cluster(far, 'other');
    cluster(far, 'west', { clusterName: 'edge', gateway: { remotes: [NatsRemoteGateway.cluster(other)] } });
    other.addRemoteGateway(NatsRemoteGateway.cluster(middle));
    expect(() => Manifests.of(chart)).toThrow("[test/far/other] clusters of one super cluster are all named 'edge': test/far/west, test/west; allowed: a name of its own for each cluster; fix: give clusterName");
    expect(() => Manifests.of(chart)).toThrow("servers of one super cluster are all named 'edge-west-0': in test/far/west, test/west; allowed: a name of its own for each server; fix: give serverNamePrefix");
  });
});

test('a gateway with TLS leads to none without', () => {
  const chart = newChart();
  const tls = NatsTls.fromSecret('nats-tls');
  const west = cluster(chart, 'west');
  cluster(chart, 'east', { tls, gateway: { remotes: [NatsRemoteGateway.cluster(west)] } });
  expect(() => Manifests.of(chart)).toThrow('[test/east] the gateway of test/east speaks TLS, and that of test/west does not; allowed: TLS on both, or on none; fix: give the other gateway.tls [NATS-SUPER-CLUSTER-TLS]');
  const other = newChart();
  cluster(other, 'east', { tls, gateway: { remotes: [NatsRemoteGateway.cluster(cluster(other, 'west', { gateway: { tls } }))] } });
  expect(() => Manifests.of(other)).not.toThrow();
});

describe('gateways with certificates', () => {
  const usages = [CertificateUsage.SERVER_AUTH, CertificateUsage.CLIENT_AUTH];
  /** Two clusters that lead to each other, with TLS on their gateways. */
  function synthesize(chart: Chart, west: NatsTls, east: NatsTls, remote: (west: NatsCluster) => NatsRemoteGateway = NatsRemoteGateway.cluster) {
    cluster(chart, 'east', { gateway: { tls: east, remotes: [remote(cluster(chart, 'west', { gateway: { tls: west } }))] } });
    return () => Manifests.of(chart);
  }

  test('that the other does not believe fail the synth, on both sides', () => {
    const chart = newChart();
    const [west, east] = ['west-ca', 'east-ca'].map((id) => NatsTls.fromAuthority(new CertificateAuthority(chart, id)));
    const synth = synthesize(chart, west, east);
    expect(synth).toThrow("[test/west] the gateway of test/west shows a certificate that Secret 'west-ca-key-pair' of namespace 'messaging' has signed, and that of test/east believes "
      + "Secret 'east-ca-key-pair' of namespace 'messaging'; allowed: certificates that each believes of the other; fix: let one authority sign both, or give both a ca with both authorities, "
      + 'such as NatsTlsCa.fromConfigMap of a TrustBundle [NATS-SUPER-CLUSTER-TLS]');
    expect(synth).toThrow("[test/east] the gateway of test/east shows a certificate that Secret 'east-ca-key-pair' of namespace 'messaging' has signed, and that of test/west believes");
  });

  test('of two authorities are let through where both are believed, or another is shown to the other', () => {
    const bundled = newChart();
    const ca = NatsTlsCa.fromConfigMap('both');
    const [ofWest, ofEast] = ['west-ca', 'east-ca'].map((id) => NatsTls.fromAuthority(new CertificateAuthority(bundled, id), { ca }));
    expect(synthesize(bundled, ofWest, ofEast)).not.toThrow();

    const shown = newChart();
    const [westCa, eastCa] = ['west-ca', 'east-ca'].map((id) => new CertificateAuthority(shown, id));
    const tlsOf = (id: string, { issuer }: CertificateAuthority): NatsClientTls => {
      new Certificate(shown, id, { issuer, dnsNames: [id], usages });
      return { ca: NatsTlsCa.fromSecret(id), certificate: NatsClientCertificate.fromSecret(id) };
    };
    const [toWest, toEast] = [tlsOf('to-west', westCa), tlsOf('to-east', eastCa)];
    const dialed = (known: NatsCluster) => NatsRemoteGateway.cluster(known, { tls: toWest });
    const synth = synthesize(shown, NatsTls.fromAuthority(westCa), NatsTls.fromAuthority(eastCa), dialed);
    expect(synth).toThrow(/^Validation failed with the following errors:\n *\[test\/west\] the gateway of test\/west shows [^\n]*$/);
    const [west, east] = ['west', 'east'].map((id) => shown.node.findChild(id) as NatsCluster);
    west.addRemoteGateway(NatsRemoteGateway.cluster(east, { tls: toEast }));
    expect(synth).not.toThrow();
  });

  test('for one cluster alone are judged as those of all', () => {
    const chart = newChart();
    const [westCa, eastCa] = ['west-ca', 'east-ca'].map((id) => new CertificateAuthority(chart, id));
    new Certificate(chart, 'to-west', { issuer: eastCa.issuer, dnsNames: ['to-west'], usages });
    const tls = { ca: NatsTlsCa.fromSecret('to-west'), certificate: NatsClientCertificate.fromSecret('to-west') };
    const ofWest = NatsTls.fromAuthority(westCa);
    const synth = synthesize(chart, ofWest, ofWest, (known) => NatsRemoteGateway.cluster(known, { tls }));
    expect(synth).toThrow('[test/east] the gateway of test/east shows a certificate that Secret \'east-ca-key-pair\'');
    expect(synth).toThrow('[test/east] the gateway of test/west shows a certificate that Secret \'west-ca-key-pair\' of namespace \'messaging\' has signed, and that of test/east believes Secret \'east-ca-key-pair\'');
  });

  test('of an authority and of one that it has signed are believed', () => {
    const chart = newChart();
    const root = new CertificateAuthority(chart, 'root');
    new Certificate(chart, 'below', { issuer: root.issuer, isCa: true, commonName: 'below', duration: Duration.days(365), privateKey: { rotation: CertificateKeyRotation.NEVER } });
    const below = new CertificateIssuer(chart, 'below-issuer', { type: IssuerType.ca('below') });
    expect(synthesize(chart, NatsTls.fromAuthority(root), NatsTls.fromIssuer(below))).not.toThrow();
  });

  test('of issuers whose CA is not of this app may have the same', () => {
    const chart = newChart();
    const named = CertificateIssuer.fromClusterIssuerName(chart, 'named', 'private-ca');
    const copied = new CertificateIssuer(chart, 'copied', { type: IssuerType.ca('copy-of-private-ca') });
    expect(synthesize(chart, NatsTls.fromIssuer(named), NatsTls.fromIssuer(copied))).not.toThrow();
  });
});

test('a gateway that is reached from outside asks for credentials, or it is acknowledged', () => {
  const chart = newChart();
  const open = cluster(chart, 'open', { external: { sourceRanges: ['203.0.113.0/24'], ports: [{ listener: NatsListener.GATEWAY }] } });
  expect(() => Manifests.of(chart)).toThrow('[test/open] external.ports leads to the gateway port, and gateway.authorization is not given; allowed: credentials that other servers must have');
  for (const rule of ['NATS-SERVERS-OPEN', 'NATS-PLAIN-OUTSIDE']) Rules.acknowledge(open, rule, 'the network is private');
  expect(() => Manifests.of(chart)).not.toThrow();
});
