import { App, Chart } from 'cdk8s';
import {
  Certificate, CertificateAuthority, CertificateUsage, ContainerImage, NatsClientCertificate, NatsCluster, NatsClusterProps, NatsHandshakeFirst,
  NatsLeafNodeRemote, NatsPeer, NatsRemoteGateway, NatsTls, NatsTlsCa, PodVolume, RequiredSecrets, SecretKey,
} from '../../../src';
import { Manifest, Manifests, newChart, someAuth } from '../../support';

const peers = [NatsPeer.namespace('edge')];
const tls = NatsTls.fromSecret('hub-tls');
const certificate = NatsClientCertificate.fromSecret('edge-tls');
const image = (version: string) => ContainerImage.of('nats', { tag: `${version}-alpine` });
const bundle = NatsTlsCa.fromConfigMap('bundle');

function clusterIn(chart: Chart, name: string, props: NatsClusterProps): NatsCluster {
  return new NatsCluster(chart, name, { auth: someAuth, replicas: 1, ...props });
}

/** A hub with this TLS, and a leaf node of it. */
function leafOf(
  hubProps: NatsClusterProps, remote: Partial<NatsLeafNodeRemote> = {}, props: NatsClusterProps = {}, charts: { hub?: Chart; leaf?: Chart } = {},
): NatsCluster {
  const leafChart = charts.leaf ?? newChart();
  const hub = clusterIn(charts.hub ?? leafChart, 'hub', { leafNodes: {}, ...hubProps });
  return clusterIn(leafChart, 'leaf', { leafNodes: { remotes: [{ cluster: hub, ...remote }] }, ...props });
}

/** The block `tls` of what the servers connect to, without line breaks. */
function remoteTls(cluster: NatsCluster): string | undefined {
  const conf: string = Manifests.of(Chart.of(cluster)).get('ConfigMap', cluster.configMap.name).data['nats.conf'];
  return /^ {4,}tls (\{[^}]*\})/m.exec(conf)?.[1].replace(/\s+/g, ' ');
}

beforeEach(() => jest.spyOn(console, 'warn').mockImplementation());
afterEach(() => jest.restoreAllMocks());

const podOf = (cluster: NatsCluster) => Manifests.of(Chart.of(cluster)).get('StatefulSet', cluster.statefulSet.name).spec.template.spec;

/** The Secrets and ConfigMaps with certificates that the servers mount, with their keys. */
function mounted(cluster: NatsCluster): { [source: string]: string[] } {
  const volumes: Manifest[] = podOf(cluster).volumes.filter(({ name }: Manifest) => /^tls(ca)?-/.test(name));
  return Object.fromEntries(volumes.map(({ secret, configMap }) => {
    const { items } = secret ?? configMap;
    return [secret?.secretName ?? configMap.name, items.map(({ key }: Manifest) => key)];
  }));
}

describe('a leaf node', () => {
  test('believes a hub of its namespace by the hub\'s CA, and has nothing else of its Secret', () => {
    const leaf = leafOf({ tls });
    expect(remoteTls(leaf)).toBe('{ ca_file: "/etc/nats-certs/hub-tls/ca.crt" }');
    expect(mounted(leaf)).toEqual({ 'hub-tls': ['ca.crt'] });
    expect(podOf(leaf).containers[1].args).toContain('/etc/nats-certs/hub-tls/ca.crt');
    expect(RequiredSecrets.of(leaf).map(({ secretName, key, usedBy }) => [secretName, key, ...usedBy])).toContainEqual(['hub-tls', 'ca.crt', 'NATS cluster leaf (leaf node remote)']);
  });

  test('shows a hub that verifies the certificate of its own servers, and begins with the handshake where that does', () => {
    const leaf = leafOf({ leafNodes: { tls: NatsTls.fromSecret('hub-tls', { verify: true, handshakeFirst: NatsHandshakeFirst.always() }) } }, {}, { tls: NatsTls.fromSecret('leaf-tls') });
    expect(remoteTls(leaf)).toBe('{ ca_file: "/etc/nats-certs/hub-tls/ca.crt" cert_file: "/etc/nats-certs/leaf-tls/tls.crt" handshake_first: true key_file: "/etc/nats-certs/leaf-tls/tls.key" }');
  });

  test('has what is said, for a hub elsewhere too', () => {
    const said = { ca: bundle, certificate, handshakeFirst: false };
    const file = '{ ca_file: "/etc/nats-ca-certs/bundle/ca.crt" cert_file: "/etc/nats-certs/edge-tls/tls.crt" key_file: "/etc/nats-certs/edge-tls/tls.key" }';
    expect(remoteTls(leafOf({ tls: NatsTls.fromSecret('hub-tls', { handshakeFirst: NatsHandshakeFirst.always() }) }, { tls: said }))).toBe(file);
    const elsewhere = leafOf({ tls }, { cluster: undefined, urls: ['tls://hub.example.com:7422'], tls: said });
    expect(remoteTls(elsewhere)).toBe(file);
    expect(mounted(elsewhere)).toEqual({ 'bundle': ['ca.crt'], 'edge-tls': ['tls.crt', 'tls.key'] });
  });

  test('believes the CAs of its image where nothing is said of a hub elsewhere, and where that is said', () => {
    const urls = ['tls://connect.ngs.global:7422'];
    expect(remoteTls(leafOf({}, { cluster: undefined, urls }, { tls }))).toBeUndefined();
    expect(remoteTls(leafOf({ tls }, { tls: { ca: NatsTlsCa.system() } }))).toBe('{}');
  });

  test('finds the CA of a hub that has it from a volume of its pods', () => {
    const pod = { volumes: [PodVolume.fromConfigMap('cas', 'my-cas', '/etc/cas')] };
    expect(remoteTls(leafOf({ pod, tls: NatsTls.fromSecret('hub-tls', { ca: NatsTlsCa.fromPath('/etc/cas/ca.pem') }) }))).toBe('{ ca_file: "/etc/nats-ca-certs/my-cas/ca.pem" }');
  });

  test('of a proxy believes that by its CA', () => {
    const leaf = leafOf({}, { cluster: undefined, urls: ['wss://hub.example.com'], proxy: { url: 'https://proxy:3128', ca: bundle } }, { images: { server: image('2.15.2') } });
    expect(remoteTls(leaf)).toBe('{ ca_file: "/etc/nats-ca-certs/bundle/ca.crt" }');
    expect(mounted(leaf)).toEqual({ bundle: ['ca.crt'] });
  });

  const elsewhere = () => {
    const leaf = newChart();
    return { leaf, hub: new Chart(leaf.node.root as App, 'hub-chart', { namespace: 'hub' }) };
  };

  test.each<[what: string, leaf: () => unknown, message: string]>([
    ['whose hub has its CA in another namespace', () => leafOf({ tls }, {}, {}, elsewhere()),
      "[test/leaf] the CA of leafNodes.remotes[0] is in namespace 'hub', which other pods cannot mount; allowed: a Secret or ConfigMap of the own namespace, such as a TrustBundle makes; "
      + "fix: give leafNodes.remotes[0].tls: { ca: NatsTlsCa.fromConfigMap('<name>') } [NATS-LEAF-TLS]"],
    ['whose hub has its CA on its disk', () => leafOf({ tls: NatsTls.fromSecret('hub-tls', { ca: NatsTlsCa.fromPath('/ca.crt') }) }), 'the CA of leafNodes.remotes[0] is at /ca.crt in the pods of test/hub'],
    ['without a certificate for a hub that verifies', () => leafOf({ tls: NatsTls.fromSecret('hub-tls', { verify: true }) }),
      '[test/leaf] leafNodes.remotes[0].tls has no certificate, and test/hub verifies those of leaf nodes; fix: give tls: { certificate: NatsClientCertificate.fromSecret'],
    ['with TLS for a hub in clear', () => leafOf({}, { tls: { ca: bundle } }), 'leafNodes.remotes[0].tls is given, and leaf nodes of test/hub speak in clear; fix: leave it out, or give that cluster tls'],
    ['with a CA for a proxy in clear', () => leafOf({}, { cluster: undefined, urls: ['ws://hub'], proxy: { url: 'http://proxy:3128', ca: bundle } }), 'leafNodes.remotes[0].proxy.ca is given, and its URL is http://proxy:3128; allowed: an https:// URL'],
    ['with a CA for a proxy before nats-server 2.15', () => leafOf({}, { cluster: undefined, urls: ['wss://hub'], proxy: { url: 'https://proxy:3128', ca: bundle } }),
      'leafNodes.remotes.proxy.ca sets leafnodes.remotes.*.proxy.tls, which came with nats-server 2.15'],
    ['with TLS of a listener that is not there', () => clusterIn(newChart(), 'leaf', { leafNodes: { tls, remotes: [{ urls: ['nats://a:1'] }] } }), 'leafNodes.tls is given, and the servers do not listen for leaf nodes'],
  ])('%s is refused', (_, leaf, message) => expect(leaf).toThrow(message));

  describe('with certificates of authorities of the app', () => {
    const hubTls = (chart: Chart, verify: boolean) => NatsTls.fromAuthority(new CertificateAuthority(chart, 'hub-ca'), { verify });
    const own = (chart: Chart, id: string) => new Certificate(chart, id, { issuer: new CertificateAuthority(chart, `${id}-ca`).issuer, dnsNames: ['edge'], usages: [CertificateUsage.CLIENT_AUTH] });

    test('that the hub does not believe fails the synth', () => {
      const chart = newChart();
      const shown = NatsClientCertificate.fromCertificate(own(chart, 'edge'));
      leafOf({ leafNodes: { tls: hubTls(chart, true) } }, { tls: { certificate: shown } }, {}, { leaf: chart });
      expect(() => Manifests.of(chart)).toThrow("[test/leaf] leafNodes.remotes[0] shows a certificate that Secret 'edge-ca-key-pair' of namespace 'messaging' has signed, and test/hub believes "
        + "Secret 'hub-ca-key-pair' of namespace 'messaging'; allowed: certificates that each believes of the other; fix: give leafNodes.remotes[0].tls [NATS-LEAF-TLS]");
    });

    test('that believes another hub fails the synth', () => {
      const chart = newChart();
      own(chart, 'edge');
      leafOf({ leafNodes: { tls: hubTls(chart, false) } }, { tls: { ca: NatsTlsCa.fromSecret('edge') } }, {}, { leaf: chart });
      expect(() => Manifests.of(chart)).toThrow("[test/leaf] test/hub shows a certificate that Secret 'hub-ca-key-pair' of namespace 'messaging' has signed, and leafNodes.remotes[0] believes "
        + "Secret 'edge-ca-key-pair' of namespace 'messaging'; allowed: certificates that each believes of the other; fix: give leafNodes.remotes[0].tls [NATS-LEAF-TLS]");
    });

    test('of which the hub looks at none is let through', () => {
      const chart = newChart();
      leafOf({ leafNodes: { tls: hubTls(chart, false) } }, { tls: { certificate: NatsClientCertificate.fromCertificate(own(chart, 'edge')) } }, {}, { leaf: chart });
      expect(() => Manifests.of(chart)).not.toThrow();
    });

    test('of the hub itself, with a bundle that is believed, is let through', () => {
      const chart = newChart();
      const tlsOfHub = NatsTls.fromAuthority(new CertificateAuthority(chart, 'hub-ca'), { verify: true });
      const hub = clusterIn(chart, 'hub', { tls: tlsOfHub, leafNodes: { peers } });
      const shown = NatsClientCertificate.fromCertificate(hub.certificates!.addClient('edge'));
      clusterIn(chart, 'leaf', { leafNodes: { remotes: [{ cluster: hub, tls: { certificate: shown, ca: bundle } }] } });
      expect(() => Manifests.of(chart)).not.toThrow();
    });
  });

  test('with a certificate of the app that is for servers alone fails the synth', () => {
    const chart = newChart();
    new Certificate(chart, 'edge-tls', { issuer: new CertificateAuthority(chart, 'ca').issuer, dnsNames: ['edge'], usages: [CertificateUsage.SERVER_AUTH] });
    const leaf = leafOf({ tls }, { tls: { certificate } }, {}, { leaf: chart });
    expect(() => Manifests.of(Chart.of(leaf))).toThrow("[test/leaf] leafNodes.remotes[0].tls has the certificate test/edge-tls, whose usages lack 'client auth'");
  });
});

describe('a gateway', () => {
  const urls = ['tls://far.example.com:7222'];
  const withRemote = (remote: NatsRemoteGateway, props: NatsClusterProps = {}) => clusterIn(newChart(), 'near', { gateway: { peers, remotes: [remote] }, ...props });

  test('has TLS of its own for another cluster, over that of its listener', () => {
    expect(remoteTls(withRemote(NatsRemoteGateway.urls('far', urls), { tls }))).toBeUndefined();
    const near = withRemote(NatsRemoteGateway.urls('far', urls, { tls: { ca: bundle } }), { tls });
    expect(remoteTls(near)).toBe('{ ca_file: "/etc/nats-ca-certs/bundle/ca.crt" cert_file: "/etc/nats-certs/hub-tls/tls.crt" key_file: "/etc/nats-certs/hub-tls/tls.key" }');
    expect(mounted(near)).toEqual({ 'bundle': ['ca.crt'], 'hub-tls': ['ca.crt', 'tls.crt', 'tls.key'] });
    near.addRemoteGateway(NatsRemoteGateway.urls('east', ['tls://east:7222'], { tls: { certificate }, credentials: { user: 'a', password: SecretKey.fromName('east', 'password') } }));
    expect(mounted(near)).toHaveProperty('edge-tls', ['tls.crt', 'tls.key']);
    expect(RequiredSecrets.of(near).filter(({ usedBy }) => usedBy.includes('NATS cluster near (gateways)')).map(({ secretName, key }) => `${secretName}/${key}`))
      .toEqual(['east/password', 'edge-tls/tls.crt', 'edge-tls/tls.key', 'hub-tls/ca.crt', 'hub-tls/tls.crt', 'hub-tls/tls.key']);
  });

  test.each<[what: string, gateway: () => unknown, message: string]>([
    ['without a certificate', () => withRemote(NatsRemoteGateway.urls('far', urls, { tls: { ca: bundle } })),
      "[test/near] gateway.remotes['far'].tls has no certificate, and gateways verify each other; fix: give its certificate, or gateway.tls [NATS-GATEWAY]"],
    ['that begins with the handshake', () => withRemote(NatsRemoteGateway.urls('far', urls, { tls: { certificate, handshakeFirst: true } })), "gateway.remotes['far'].tls.handshakeFirst is given, and gateways do not begin so"],
  ])('%s is refused', (_, gateway, message) => expect(gateway).toThrow(message));
});
