import { checkServerIdentity, PeerCertificate } from 'tls';
import { App, Chart, Duration } from 'cdk8s';
import {
  AcmeSolver, Certificate, CertificateAuthority, CertificateIssuer, CertificateProps, CertificateUsage, IssuerType, NatsAuth, NatsCertificates,
  NatsClientCertificate, NatsCluster, NatsClusterProps, NatsPeer, NatsTls, NatsTlsCa, NatsTlsIssuedOptions, NatsTlsListener, RequiredSecrets, Rules,
  SchemaCheck,
} from '../../../src';
import { confOf, containerOf, Manifest, Manifests, newChart, someAuth, someUser, synth } from '../../support';
import { defaultContext } from '../box/written-contexts';

const scrapers = [NatsPeer.namespace('monitoring')];
const both = ['digital signature', 'key encipherment', 'server auth', 'client auth'];
const server = ['digital signature', 'key encipherment', 'server auth'];
const client = ['digital signature', 'key encipherment', 'client auth'];

function withAuthority(props: NatsClusterProps = {}, options: NatsTlsIssuedOptions = {}): NatsCluster {
  const chart = newChart();
  const ca = new CertificateAuthority(chart, 'ca');
  return new NatsCluster(chart, 'nats', { auth: someAuth, tls: NatsTls.fromAuthority(ca, options), ...props });
}

const specOf = (manifests: Manifests, name: string) => manifests.get('Certificate', name).spec;

/**
 * Whether a client that dials a host takes a certificate with these names for the host's. Node, unlike Go and thus the servers, takes no wildcard of two labels, such
 * as that of the shortest form.
 */
function isFor({ dnsNames = [], ipAddresses = [] }: Manifest, host: string): boolean {
  const names = [...dnsNames.map((name: string) => `DNS:${name}`), ...ipAddresses.map((address: string) => `IP Address:${address}`)];
  return checkServerIdentity(host, { subject: {}, subjectaltname: names.join(', ') } as unknown as PeerCertificate) === undefined;
}

describe('a cluster with an authority', () => {
  test('makes itself one certificate for every name by which its servers are dialed, for servers and clients', () => {
    const spec = specOf(synth(withAuthority({}, { dnsNames: ['nats.example.com'], ipAddresses: ['192.0.2.1'], duration: Duration.days(30), renewBefore: Duration.days(10) })), 'nats-tls');
    expect(spec).toEqual({
      secretName: 'nats-tls',
      issuerRef: { name: 'ca', kind: 'Issuer', group: 'cert-manager.io' },
      dnsNames: [
        'nats', 'nats.messaging', 'nats.messaging.svc', 'nats.messaging.svc.cluster.local',
        'nats-headless', 'nats-headless.messaging', 'nats-headless.messaging.svc', 'nats-headless.messaging.svc.cluster.local',
        '*.nats-headless', '*.nats-headless.messaging', '*.nats-headless.messaging.svc', '*.nats-headless.messaging.svc.cluster.local', 'localhost', 'nats.example.com',
      ],
      ipAddresses: ['127.0.0.1', '::1', '192.0.2.1'],
      usages: both,
      privateKey: { algorithm: 'ECDSA' },
      duration: '720h',
      renewBefore: '240h',
    });
  });

  test.each([
    'nats', 'nats.messaging.svc', 'nats-headless.messaging.svc', 'nats.messaging.svc.k8s.example.com', 'nats-2.nats-headless.messaging', 'nats-0.nats-headless.messaging.svc',
    'nats-10.nats-headless.messaging.svc.k8s.example.com', 'localhost', '127.0.0.1', '::1',
  ])('is believed by who dials %s', (host) => {
    const spec = specOf(synth(withAuthority({ routes: { clusterDomain: 'k8s.example.com' } })), 'nats-tls');
    expect(isFor(spec, host)).toBe(true);
    expect(isFor(spec, 'a.b.nats-headless')).toBe(false);
  });

  test('believes other authorities too where that is said, for all listeners and for one', () => {
    const ca = NatsTlsCa.fromConfigMap('both');
    const files = (cluster: NatsCluster) => [...confOf(cluster).matchAll(/ca_file: "(.*)"/g)].map(([, file]) => file);
    expect(files(withAuthority({}, { ca }))).toEqual(['/etc/nats-ca-certs/both/ca.crt', '/etc/nats-ca-certs/both/ca.crt']);
    const routes = { tls: NatsTls.fromAuthority(new CertificateAuthority(newChart(), 'ca'), { ca }) };
    expect(files(withAuthority({ routes })).sort()).toEqual(['/etc/nats-ca-certs/both/ca.crt', '/etc/nats-certs/nats-tls/ca.crt']);
    expect(specOf(synth(withAuthority({ routes }, { ca })), 'nats-routes-tls').usages).toEqual(both);
  });

  test('is for what the servers advertise, with a wildcard for what differs between them', () => {
    const { dnsNames, ipAddresses } = specOf(synth(withAuthority({
      clusterName: 'a',
      serverNamePrefix: 'a-',
      clientAdvertise: 'nats.example.com:4222',
      routes: { advertise: true, advertiseAddress: '$(HOST_IP):6222' },
      gateway: { peers: scrapers, advertiseAddress: '$(POD_NAME).gateways.example.com:7222' },
      leafNodes: { peers: scrapers, advertiseAddress: 'leaf-$(POD_NAME).example.com' },
      webSocket: { peers: scrapers, advertiseAddress: '[2001:db8::1]:443' },
    }, { dnsNames: ['nats.example.com'] })), 'nats-tls');
    expect(dnsNames.slice(dnsNames.indexOf('localhost') + 1)).toEqual([
      'nats.example.com', '*.gateways.example.com', 'leaf-nats-0.example.com', 'leaf-nats-1.example.com', 'leaf-nats-2.example.com',
    ]);
    expect(ipAddresses).toEqual(['127.0.0.1', '::1', '2001:db8::1']);
  });

  test('leaves to a listener with a certificate of its own what that advertises', () => {
    const chart = newChart();
    const tls = NatsTls.fromAuthority(new CertificateAuthority(chart, 'ca'));
    const manifests = synth(new NatsCluster(chart, 'nats', {
      auth: someAuth, tls, clientAdvertise: 'nats.example.com:4222', leafNodes: { tls, peers: scrapers, advertiseAddress: 'leaf.example.com:7422' },
    }));
    expect(specOf(manifests, 'nats-tls').dnsNames.slice(-1)).toEqual(['nats.example.com']);
    expect(specOf(manifests, 'nats-leafnodes-tls').dnsNames.slice(-1)).toEqual(['leaf.example.com']);
  });

  test('speaks TLS everywhere, with the CA of the same Secret, and asks for no Secret', () => {
    const cluster = withAuthority({ exporter: { scrapers }, natsBox: {} });
    const conf = confOf(cluster);
    expect(conf.match(/(cert|ca)_file: .*/g)).toEqual([
      'ca_file: "/etc/nats-certs/nats-tls/ca.crt"', 'cert_file: "/etc/nats-certs/nats-tls/tls.crt"', 'ca_file: "/etc/nats-certs/nats-tls/ca.crt"', 'cert_file: "/etc/nats-certs/nats-tls/tls.crt"',
    ]);
    expect(conf).toMatch(/^https_port: 8222$/m);
    expect(containerOf(cluster, 'prom-exporter').args.slice(-1)).toEqual(['https://localhost:8222/']);
    expect(cluster.clientUrl).toBe('tls://nats.messaging.svc:4222');
    expect(RequiredSecrets.of(cluster).map(({ secretName }) => secretName)).toEqual(['nats-auth']);
  });

  test('has monitoring in clear where that is said, or where probes would need a certificate', () => {
    expect(confOf(withAuthority({ httpsMonitoring: false }))).toMatch(/^http_port: 8222$/m);
    expect(confOf(withAuthority({}, { verify: true, ocspPeer: {} }))).toMatch(/^http_port: 8222$/m);
  });

  test('makes the nats-box a certificate where it verifies clients', () => {
    const cluster = withAuthority({ natsBox: {} }, { verify: true });
    expect(specOf(synth(cluster), 'nats-box-client')).toMatchObject({ secretName: 'nats-box-client-tls', commonName: 'nats-box', usages: client });
    expect(defaultContext(cluster)).toMatchObject({ cert: '/etc/nats-certs/nats-box-client-tls/tls.crt', ca: '/etc/nats-certs/nats-tls/ca.crt' });
  });

  test('makes the nats-box a certificate of its user where certificates say who logs in', () => {
    const cluster = withAuthority({ auth: NatsAuth.users({ name: 'ops', ...someUser }), natsBox: { user: 'ops' } }, { verifyAndMap: true });
    expect(specOf(synth(cluster), 'nats-box-client')).toMatchObject({ commonName: 'ops', dnsNames: ['ops'], usages: client });
  });

  test('makes certificates for clients', () => {
    const cluster = withAuthority({}, { verify: true });
    const shop = cluster.certificates!.addClient('shop', { emailAddresses: ['shop@example.com'], namespace: 'shop' });
    expect(shop.caCertificate).toMatchObject({ secretName: 'nats-shop-client-tls', key: 'ca.crt' });
    expect(cluster.certificates!.addClient('billing').secretName).toBe('nats-billing-client-tls');
    expect(shop.apiObject.toJson()).toMatchObject({
      metadata: { name: 'nats-shop-client', namespace: 'shop' },
      spec: { commonName: 'shop', emailAddresses: ['shop@example.com'], usages: client, secretName: 'nats-shop-client-tls' },
    });
  });

  test('of another one has another certificate for its routes', () => {
    const chart = newChart();
    const cluster = new NatsCluster(chart, 'nats', {
      auth: someAuth,
      tls: NatsTls.fromAuthority(new CertificateAuthority(chart, 'clients-ca')),
      routes: { tls: NatsTls.fromAuthority(new CertificateAuthority(chart, 'routes-ca')) },
    });
    expect(specOf(synth(cluster), 'nats-routes-tls')).toMatchObject({
      issuerRef: { name: 'routes-ca' },
      dnsNames: ['*.nats-headless', '*.nats-headless.messaging', '*.nats-headless.messaging.svc', '*.nats-headless.messaging.svc.cluster.local'],
      usages: both,
    });
    expect(specOf(synth(cluster), 'nats-routes-tls').ipAddresses).toBeUndefined();
    expect(confOf(cluster)).toContain('cert_file: "/etc/nats-certs/nats-routes-tls/tls.crt"');
  });

  test('is accepted by the schema, also without a namespace', () => {
    const chart = new Chart(new App(), 'test');
    SchemaCheck.enable(chart);
    const cluster = new NatsCluster(chart, 'nats', { auth: someAuth, tls: NatsTls.fromAuthority(new CertificateAuthority(chart, 'ca')) });
    expect(specOf(synth(cluster), 'nats-tls').dnsNames).toEqual(['nats', 'nats-headless', '*.nats-headless', 'localhost']);
  });
});

describe('certificates in a chart of their own', () => {
  const charts = (namespace: string) => {
    const app = new App();
    const layer = new Chart(app, 'certificates', { namespace });
    return { layer, ca: new CertificateAuthority(layer, 'ca'), servers: new Chart(app, 'servers', { namespace: 'messaging' }) };
  };

  test('are made for each cluster that says so, as if they stood in it', () => {
    const { layer, ca, servers } = charts('messaging');
    const tls = NatsTls.fromAuthority(ca, { scope: layer, verify: true });
    const clusters = ['a', 'b'].map((name) => new NatsCluster(servers, name, { auth: someAuth, tls, natsBox: {} }));
    expect(Manifests.of(servers).kinds()).not.toContain('Certificate');
    expect(Manifests.of(layer).all.filter(({ kind }) => kind === 'Certificate').map(({ metadata }) => metadata.name)).toEqual([
      'ca', 'a-tls', 'a-box-client', 'b-tls', 'b-box-client',
    ]);
    for (const cluster of clusters) expect(confOf(cluster)).toMatch(/^https_port: 8222$/m);
  });

  test('are refused in another namespace, where no pod of the cluster mounts them', () => {
    const { layer, ca, servers } = charts('elsewhere');
    expect(() => new NatsCluster(servers, 'nats', { auth: someAuth, tls: NatsTls.fromAuthority(ca, { scope: layer }) })).toThrow(
      '[servers/nats] tls has the certificate certificates/nats-certificates/server of namespace \'elsewhere\'; allowed: one of namespace \'messaging\'; '
      + 'fix: make it in a chart of this namespace [NATS-TLS-NAMESPACE]',
    );
    const certificate = new Certificate(layer, 'routes', { issuer: ca.issuer, dnsNames: ['*.other-headless'] });
    expect(() => new NatsCluster(servers, 'other', { auth: someAuth, routes: { tls: NatsTls.fromCertificate(certificate) } })).toThrow(
      'routes.tls has the certificate certificates/routes of namespace \'elsewhere\'',
    );
  });

  const make = () => {
    const app = new App();
    const layer = new Chart(app, 'certificates', { namespace: 'messaging' });
    const [clients, routes] = ['clients-ca', 'routes-ca'].map((name) => new CertificateAuthority(layer, name).issuer);
    return { app, layer, certificates: new NatsCertificates(layer, 'nats-certificates', { cluster: 'nats', issuer: clients, routesIssuer: routes, dnsNames: ['nats.example.com'] }) };
  };

  test('serve a cluster in another', () => {
    const { app, layer, certificates } = make();
    const cluster = new NatsCluster(new Chart(app, 'nats-layer', { namespace: 'messaging' }), 'nats', {
      auth: someAuth,
      tls: certificates.tls({ verify: true }),
      routes: { tls: certificates.listenerTls(NatsTlsListener.ROUTES) },
      natsBox: { certificate: NatsClientCertificate.fromCertificate(certificates.addClient('box')) },
    });
    expect(synth(cluster).kinds()).not.toContain('Certificate');
    expect(Manifests.of(layer).all.filter(({ kind }) => kind === 'Certificate').map(({ metadata, spec }) => [metadata.name, spec.issuerRef.name]).sort()).toEqual([
      ['clients-ca', 'clients-ca-self-signed'], ['nats-box-client', 'clients-ca'], ['nats-routes-tls', 'routes-ca'], ['nats-tls', 'clients-ca'], ['routes-ca', 'routes-ca-self-signed'],
    ]);
    expect(RequiredSecrets.of(app).map(({ secretName }) => secretName)).toEqual(['nats-auth']);
  });

  test.each<[NatsTlsListener, string, string[], string, boolean]>([
    [NatsTlsListener.CLIENT, 'nats-client-tls', server, 'clients-ca', true],
    [NatsTlsListener.ROUTES, 'nats-routes-tls', both, 'routes-ca', false],
    [NatsTlsListener.GATEWAY, 'nats-gateway-tls', both, 'routes-ca', true],
    [NatsTlsListener.LEAF_NODES, 'nats-leafnodes-tls', both, 'clients-ca', true],
    [NatsTlsListener.WEB_SOCKET, 'nats-websocket-tls', server, 'clients-ca', true],
    [NatsTlsListener.MQTT, 'nats-mqtt-tls', server, 'clients-ca', true],
  ])('of %s', (listener, name, usages, issuer, isForClients) => {
    const { layer, certificates } = make();
    certificates.listenerTls(listener);
    certificates.listenerTls(listener);
    const spec = specOf(Manifests.of(layer), name);
    expect(spec).toMatchObject({ usages, issuerRef: { name: issuer }, secretName: name });
    expect(isFor(spec, 'nats.messaging.svc')).toBe(isForClients);
    expect(isFor(spec, 'nats.example.com')).toBe(true);
    expect(isFor(spec, 'nats-0.nats-headless.messaging')).toBe(true);
  });
});

describe('a public CA', () => {
  const acme = (chart: Chart) => new CertificateIssuer(chart, 'letsencrypt', {
    type: IssuerType.acme({ server: 'https://acme.example.com/directory', email: 'ops@example.com', solvers: [AcmeSolver.http01IngressClass('nginx')] }),
  });

  test('signs the names outside, and clients believe it by their system', () => {
    const chart = newChart();
    const cluster = new NatsCluster(chart, 'nats', {
      auth: someAuth,
      tls: NatsTls.fromIssuer(acme(chart), { dnsNames: ['nats.example.com'] }),
      routes: { tls: NatsTls.fromAuthority(new CertificateAuthority(chart, 'ca')) },
      natsBox: {},
    });
    expect(() => synth(cluster)).toThrow(
      '[test/nats] tls has the certificate test/nats/certificates/server, which is not for nats.messaging.svc; allowed: the names nats.messaging.svc; fix: add to its dnsNames',
    );
    Rules.acknowledge(cluster, 'NATS-CERTIFICATE-CLIENT-NAME', 'all clients come from outside');
    const spec = specOf(synth(cluster), 'nats-tls');
    expect([spec.dnsNames, spec.ipAddresses]).toEqual([['nats.example.com'], undefined]);
    expect(confOf(cluster)).toMatch(/^http_port: 8222$/m);
    expect(confOf(cluster).match(/ca_file: .*/g)).toEqual(['ca_file: "/etc/nats-certs/nats-routes-tls/ca.crt"']);
  });

  test('signs nothing for routes', () => {
    const chart = newChart();
    const cluster = new NatsCluster(chart, 'nats', { auth: someAuth, tls: NatsTls.fromIssuer(acme(chart), { dnsNames: ['nats.example.com'] }) });
    expect(() => synth(cluster)).toThrow('[test/nats] routes.tls has the certificate test/nats/certificates/server, which an ACME server signs; allowed: a certificate of a CA of your own; '
      + 'fix: give routes.tls: NatsTls.fromAuthority(new CertificateAuthority(...)) [NATS-CERTIFICATE-PUBLIC-ROUTES]');
  });

  test('is in no Secret', () => {
    const chart = newChart();
    const certificate = new Certificate(chart, 'public', { issuer: acme(chart), dnsNames: ['nats.example.com'] });
    const cluster = new NatsCluster(chart, 'nats', { auth: someAuth, replicas: 1, tls: NatsTls.fromSecret('public') });
    expect(certificate.secretName).toBe('public');
    expect(() => synth(cluster)).toThrow("tls reads its CA from Secret 'public' of the certificate test/public, which an ACME server signs, and which has no CA; allowed: NatsTlsCa.system()");
    const fromCertificate = new NatsCluster(newChart(), 'nats', { auth: someAuth, replicas: 1, tls: NatsTls.fromCertificate(certificate) });
    expect(confOf(fromCertificate)).not.toContain('ca_file');
  });
});

describe('a certificate of the app', () => {
  const dnsNames = ['nats.messaging.svc', '*.nats-headless'];

  function clusterWith(certificate: Partial<CertificateProps>, props: NatsClusterProps = {}): NatsCluster {
    const chart = newChart();
    new Certificate(chart, 'own-tls', { issuer: new CertificateAuthority(chart, 'ca').issuer, dnsNames, ...certificate });
    return new NatsCluster(chart, 'nats', { auth: someAuth, tls: NatsTls.fromSecret('own-tls'), ...props });
  }

  test.each<[string, Partial<CertificateProps>]>([
    ['both usages', { usages: [CertificateUsage.SERVER_AUTH, CertificateUsage.CLIENT_AUTH] }],
    ['no extended usage', {}],
    ['any usage', { usages: [CertificateUsage.ANY] }],
  ])('with %s serves clients and routes', (_, certificate) => {
    expect(confOf(clusterWith(certificate))).toContain('/etc/nats-certs/own-tls/tls.crt');
  });

  test.each<[string, Partial<CertificateProps>, NatsClusterProps, string]>([
    ['without the usage of a client, on routes', { usages: [CertificateUsage.SERVER_AUTH] }, {},
      "[test/nats] routes.tls has the certificate test/own-tls, whose usages lack 'client auth'; allowed: 'server auth' and 'client auth'; fix: add to its usages, or let NatsCertificates make it"],
    ['without the usage of a server, for clients', { usages: [CertificateUsage.CLIENT_AUTH] }, { replicas: 1 }, "tls has the certificate test/own-tls, whose usages lack 'server auth'; allowed: 'server auth'"],
    ['without the names of the servers', { dnsNames: ['nats.messaging.svc', 'nats-0.nats-headless'] }, {},
      '[test/nats] routes.tls has the certificate test/own-tls, which is not for nats-1.nats-headless, nats-2.nats-headless; allowed: the names nats-0.nats-headless'],
    ['with a wildcard for another form', { dnsNames: ['nats.messaging.svc', '*.nats-headless'] }, { routes: { fullyQualified: true } },
      'routes.tls has the certificate test/own-tls, which is not for nats-0.nats-headless.messaging.svc.cluster.local'],
    ['without the name by which the exporter asks', {}, { httpsMonitoring: true, exporter: { scrapers } }, 'tls has the certificate test/own-tls, which is not for localhost; allowed: the names localhost'],
    ['without a name that the servers advertise', {}, { clientAdvertise: 'nats.example.com:4222' },
      'tls has the certificate test/own-tls, which is not for nats.example.com; allowed: the names nats.messaging.svc, nats.example.com; fix: add to its dnsNames'],
    ['without an address that the servers advertise', {}, { clientAdvertise: '192.0.2.1:4222' }, 'tls has the certificate test/own-tls, which is not for 192.0.2.1'],
    ['without the name that leaf nodes dial', {}, { tls: undefined, leafNodes: { peers: scrapers, tls: NatsTls.fromSecret('box-tls') } },
      'leafNodes.tls has the certificate test/box-tls, which is not for nats.messaging.svc'],
    ['without the name that gateways dial', {}, { clusterName: 'a', serverNamePrefix: 'a-', gateway: { peers: scrapers } },
      'gateway.tls has the certificate test/own-tls, which is not for nats-headless.messaging.svc'],
    ['without the name that clients dial', { dnsNames: ['*.nats-headless'] }, {}, 'tls has the certificate test/own-tls, which is not for nats.messaging.svc'],
    ['that is a server\'s, for the nats-box', {}, { tls: NatsTls.fromSecret('own-tls', { verify: true }), natsBox: { certificate: NatsClientCertificate.fromSecret('box-tls') } },
      "natsBox.certificate has the certificate test/box-tls, whose usages lack 'client auth'"],
  ])('%s', (_, certificate, props, message) => {
    const cluster = clusterWith(certificate, props);
    new Certificate(Chart.of(cluster), 'box-tls', { issuer: new CertificateAuthority(Chart.of(cluster), 'box-ca').issuer, dnsNames: ['box'], usages: [CertificateUsage.SERVER_AUTH] });
    expect(() => synth(cluster)).toThrow(message);
  });
});
