import { Duration } from 'cdk8s';
import { natsServer, NATS_VERSIONS } from './harness/binaries';
import { certificates, fingerprint } from './harness/certificates';
import { NatsProcess } from './harness/nats-process';
import { ServerPod } from './harness/pod';
import {
  ContainerImage, NatsAuth, NatsClusterProps, NatsHandshakeFirst, NatsOcspMode, NatsTls, NatsTlsCa, NatsTlsCipherSuite, NatsTlsCurve, NatsTlsOptions,
  NatsTlsVersion, Rules,
} from '../../src';
import { renderConf } from '../../src/nats/conf/conf-writer';
import { TlsListener } from '../../src/nats/tls/listener-tls';
import { renderTls } from '../../src/nats/tls/render-tls';
import { resolveTls } from '../../src/nats/tls/resolve-tls';
import { newChart, newCluster, someUser, synth } from '../support';

jest.setTimeout(60_000);

// Built before the clock of a test runs.
NATS_VERSIONS.forEach((version) => natsServer(version));

const { ca, server } = certificates({ ca: {}, server: { issuer: 'ca', ipAddresses: ['127.0.0.1'], usages: ['server', 'client'] } });
const secrets = {
  'nats-auth': { token: 'secret' },
  'shop-nats': { password: 'secret' },
  'nats-tls': { 'tls.crt': server.cert, 'tls.key': server.key, 'ca.crt': ca.cert },
  'operator-tls': { 'server.pem': server.cert, 'server-key.pem': server.key, 'ca.pem': ca.cert },
};
const configMaps = { bundle: { 'ca.crt': ca.cert } };

const withOptions = (options: NatsTlsOptions) => NatsTls.fromSecret('nats-tls', options);
const tls = withOptions({});
const everything: NatsTlsOptions = {
  verify: true,
  timeout: Duration.millis(2500),
  minVersion: NatsTlsVersion.TLS_1_2,
  cipherSuites: Object.values(NatsTlsCipherSuite),
  allowInsecureCipherSuites: true,
  curvePreferences: [NatsTlsCurve.X25519MLKEM768, NatsTlsCurve.X25519, NatsTlsCurve.P256, NatsTlsCurve.P384, NatsTlsCurve.P521],
  pinnedCertificates: [fingerprint(server), 'B'.repeat(64)],
};

const combinations: { [title: string]: NatsClusterProps } = {
  'a certificate': { tls },
  'no CA': { tls: NatsTls.fromSecret('nats-tls', { ca: NatsTlsCa.system() }) },
  'keys of other names, and a CA from a ConfigMap': {
    tls: NatsTls.fromSecret('operator-tls', { certKey: 'server.pem', keyKey: 'server-key.pem', ca: NatsTlsCa.fromSecret('operator-tls', 'ca.pem') }),
    routes: { tls: NatsTls.fromSecret('nats-tls', { ca: NatsTlsCa.fromConfigMap('bundle') }) },
  },
  'every option of clients': { tls: withOptions({ ...everything, handshakeFirst: NatsHandshakeFirst.always(), connectionRateLimit: 100 }) },
  'handshake first with a fallback': { tls: withOptions({ handshakeFirst: NatsHandshakeFirst.withFallback() }) },
  'TLS 1.3': { tls: withOptions({ minVersion: NatsTlsVersion.TLS_1_3 }) },
  'certificates mapped to users': { tls: withOptions({ verifyAndMap: true }), auth: NatsAuth.users({ name: 'shop', ...someUser }) },
  'known URLs of routes': { routes: { tls: withOptions({ verifyCertAndCheckKnownUrls: true }) } },
  'monitoring over HTTPS': { tls, httpsMonitoring: true },
  'OCSP of clients, and stapling': {
    tls: withOptions({
      verify: true,
      ocspPeer: {
        caTimeout: Duration.seconds(3), allowedClockSkew: Duration.minutes(1), warnOnly: true, cacheTtlWhenNextUpdateUnset: Duration.hours(2),
      },
    }),
    ocspStapling: { mode: NatsOcspMode.AUTO },
  },
  'TLS of clients alone': { tls, routes: { tls: NatsTls.none() } },
  'TLS of routes alone': { routes: { tls } },
};

describe.each(NATS_VERSIONS)('nats-server %s', (version) => {
  test.each(Object.entries(combinations))('starts with %s', async (_, props) => {
    const cluster = newCluster({ clustered: true, replicas: 1, ...props });
    for (const rule of ['NATS-TLS-SYSTEM-CAS', 'NATS-TLS-INSECURE-CIPHERS']) Rules.acknowledge(cluster, rule, 'to be asked of the server');

    const [started] = await ServerPod.startAll(synth(cluster), { version, secrets, configMaps });

    expect(started.server.log).toMatch(props.tls ? /TLS required for client connections/ : /Listening for client connections/);
  });

  test('knows the hybrid curves of P-256 and P-384 where the construct says so', async () => {
    const of = (tag: string) => newCluster({
      replicas: 1,
      tls: withOptions({ curvePreferences: [NatsTlsCurve.SECP256R1MLKEM768, NatsTlsCurve.SECP384R1MLKEM1024] }),
      images: { server: ContainerImage.of('nats', { tag }) },
    });
    const known = await ServerPod.startAll(synth(of('2.15.2')), { version, secrets }).then(() => true, () => false);

    if (known) expect(() => of(version)).not.toThrow();
    else expect(() => of(version)).toThrow('[NATS-FEATURE]');
    expect(known).toBe(version === '2.15.2');
  });

  test.each([
    ['one certificate for all', withOptions({ timeout: Duration.seconds(3) }), {}],
    ['every option, and OCSP', withOptions({ ...everything, ocspPeer: {} }), {}],
    ['certificates of their own', undefined, {
      gateway: withOptions({ verifyCertAndCheckKnownUrls: true }),
      leafNodes: withOptions({ ...everything, handshakeFirst: NatsHandshakeFirst.withFallback() }),
      webSocket: withOptions({ verifyAndMap: true }),
      mqtt: tls,
      routes: withOptions({ verifyAndMap: true }),
    }],
  ])('starts every listener with %s', async (_, forAll: NatsTls | undefined, own: { [listener in TlsListener]?: NatsTls }) => {
    const names: TlsListener[] = ['client', 'routes', 'gateway', 'leafNodes', 'webSocket', 'mqtt'];
    const resolved = resolveTls(newChart(), {
      forAll, listeners: Object.fromEntries(names.map((name) => [name, { tls: own[name] }])), httpsMonitoring: false,
    });
    const listener = (name: TlsListener, more: object = {}) => ({ host: '127.0.0.1', port: -1, tls: renderTls(resolved[name]), ...more });
    const config = renderConf({
      ...listener('client'),
      server_name: 'nats-0',
      system_account: 'SYS',
      accounts: { SYS: { users: [{ user: 'sys', password: 'secret' }] }, SHOP: { jetstream: true, users: [{ user: 'shop', password: 'secret' }] } },
      jetstream: { store_dir: 'data' },
      cluster: listener('routes', { name: 'here', routes: ['tls://127.0.0.1:1'] }),
      gateway: listener('gateway', { name: 'here' }),
      leafnodes: listener('leafNodes'),
      websocket: listener('webSocket'),
      mqtt: listener('mqtt'),
    }).replaceAll('"/etc/', '"etc/');
    const files = Object.fromEntries(Object.entries(secrets['nats-tls']).map(([key, text]) => [`etc/nats-certs/nats-tls/${key}`, text]));

    const started = await NatsProcess.start({ version, config, files });

    expect(started.log).toContain('Listening for websocket clients on wss://');
    expect(started.log).toContain('Listening for MQTT clients on tls://');
  });
});
