import { Duration } from 'cdk8s';
import {
  NatsAuth, NatsHandshakeFirst, NatsOcspMode, NatsTls, NatsTlsCa, NatsTlsCipherSuite, NatsTlsCurve, NatsTlsOptions, NatsTlsVersion, Permissions,
  SecretKey,
} from '../../../src';
import { renderConf } from '../../../src/nats/conf/conf-writer';
import { TlsListener, withTls } from '../../../src/nats/tls/listener-tls';
import { renderTls } from '../../../src/nats/tls/render-tls';
import { resolveTls } from '../../../src/nats/tls/resolve-tls';
import { confOf, newChart, newCluster } from '../../support';

const tls = NatsTls.fromSecret('nats-tls');
const withOptions = (options: NatsTlsOptions) => NatsTls.fromSecret('nats-tls', options);
const allListeners: TlsListener[] = ['client', 'routes', 'gateway', 'leafNodes', 'webSocket', 'mqtt'];
const pin = 'a'.repeat(64);

/** A block of nats.conf, or an option at its top. */
function partOf(conf: string, name: string): string {
  return new RegExp(`^${name}( \\{[^]*?^\\}|:( \\[[^]*?^\\]|.*))$`, 'm').exec(conf)?.[0] ?? '';
}

/** TLS of one listener as nats.conf has it, on one line. */
function blockOf(listener: TlsListener, said: { forAll?: NatsTls; tls?: NatsTls }): string {
  const resolved = resolveTls(newChart(), {
    forAll: said.forAll, listeners: { [listener]: { tls: said.tls } }, httpsMonitoring: false,
  });
  return renderConf({ tls: renderTls(resolved[listener]) }).replace(/\s+/g, ' ').trim();
}

function render(options: NatsTlsOptions): string {
  return blockOf('client', { tls: NatsTls.fromSecret('s', { ca: NatsTlsCa.system(), ...options }) })
    .replace('tls { ', '').replace('cert_file: "/etc/nats-certs/s/tls.crt" ', '').replace('key_file: "/etc/nats-certs/s/tls.key" ', '').replace(/ ?\}$/, '');
}

describe('a certificate in a Secret', () => {
  test('serves clients and routes, whose servers dial each other by TLS', () => {
    const conf = confOf(newCluster({ tls }));
    expect(partOf(conf, 'tls')).toBe(`tls {
  ca_file: "/etc/nats-certs/nats-tls/ca.crt"
  cert_file: "/etc/nats-certs/nats-tls/tls.crt"
  key_file: "/etc/nats-certs/nats-tls/tls.key"
}`);
    expect(partOf(conf, 'cluster')).toBe(`cluster {
  name: "nats"
  no_advertise: true
  port: 6222
  routes: [
    "tls://nats-0.nats-headless:6222"
    "tls://nats-1.nats-headless:6222"
    "tls://nats-2.nats-headless:6222"
  ]
  tls {
    ca_file: "/etc/nats-certs/nats-tls/ca.crt"
    cert_file: "/etc/nats-certs/nats-tls/tls.crt"
    key_file: "/etc/nats-certs/nats-tls/tls.key"
  }
}`);
  });

  test('has other keys, as those for the nats-operator', () => {
    const operator = NatsTls.fromSecret('nats-server-tls', { certKey: 'server.pem', keyKey: 'server-key.pem', ca: NatsTlsCa.fromSecret('nats-server-tls', 'ca.pem') });
    expect(blockOf('client', { tls: operator })).toBe(
      'tls { ca_file: "/etc/nats-certs/nats-server-tls/ca.pem" cert_file: "/etc/nats-certs/nats-server-tls/server.pem" key_file: "/etc/nats-certs/nats-server-tls/server-key.pem" }',
    );
  });

  test('is not used where a listener has its own, or none', () => {
    const conf = confOf(newCluster({ tls, routes: { tls: NatsTls.fromSecret('routes-tls') } }));
    expect(partOf(conf, 'cluster')).toContain('cert_file: "/etc/nats-certs/routes-tls/tls.crt"');
    expect(partOf(conf, 'tls')).toContain('cert_file: "/etc/nats-certs/nats-tls/tls.crt"');
    const plainRoutes = confOf(newCluster({ tls, routes: { tls: NatsTls.none() } }));
    expect(partOf(plainRoutes, 'cluster')).not.toContain('tls');
    const plainClients = newCluster({ routes: { tls } });
    expect(confOf(plainClients)).not.toMatch(/^tls/m);
    expect(partOf(confOf(plainClients), 'cluster')).toContain('tls://nats-0');
    expect(plainClients.clientUrl).toBe('nats://nats.messaging.svc:4222');
  });

  test('is all of TLS that a single server needs', () => {
    expect(confOf(newCluster({ replicas: 1, tls }))).not.toContain('cluster');
  });
});

describe('the CA', () => {
  const of = (ca: NatsTlsCa) => /ca_file: "(.*?)"/.exec(blockOf('client', { tls: NatsTls.fromSecret('nats-tls', { ca }) }))?.[1];
  test.each([
    ['another Secret', NatsTlsCa.fromSecret('the-ca'), '/etc/nats-certs/the-ca/ca.crt'],
    ['a key of its own', NatsTlsCa.fromSecret('the-ca', 'root.pem'), '/etc/nats-certs/the-ca/root.pem'],
    ['a ConfigMap', NatsTlsCa.fromConfigMap('bundle'), '/etc/nats-ca-certs/bundle/ca.crt'],
    ['a path', NatsTlsCa.fromPath('/etc/my-ca/ca.crt'), '/etc/my-ca/ca.crt'],
    ['the image', NatsTlsCa.system(), undefined],
  ])('comes from %s', (_, ca, path) => expect(of(ca)).toBe(path));

  test('and the certificate come from files', () => {
    expect(blockOf('client', { tls: NatsTls.fromFiles({ certFile: '/csi/tls.crt', keyFile: '/csi/tls.key', ca: NatsTlsCa.fromPath('/csi/ca.crt') }) }))
      .toBe('tls { ca_file: "/csi/ca.crt" cert_file: "/csi/tls.crt" key_file: "/csi/tls.key" }');
  });
});

describe('options', () => {
  test.each<[NatsTlsOptions, string]>([
    [{ verify: true }, 'verify: true'],
    [{ verify: false }, 'verify: false'],
    [{ verifyAndMap: true }, 'verify_and_map: true'],
    [{ timeout: Duration.seconds(5) }, 'timeout: 5'],
    [{ timeout: Duration.millis(1500) }, 'timeout: "1s500ms"'],
    [{ minVersion: NatsTlsVersion.TLS_1_3 }, 'min_version: "1.3"'],
    [{ cipherSuites: [NatsTlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384] }, 'cipher_suites: [ "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384" ]'],
    [{ cipherSuites: [NatsTlsCipherSuite.TLS_RSA_WITH_AES_128_CBC_SHA], allowInsecureCipherSuites: true },
      'allow_insecure_cipher_suites: true cipher_suites: [ "TLS_RSA_WITH_AES_128_CBC_SHA" ]'],
    [{ curvePreferences: [NatsTlsCurve.P384, NatsTlsCurve.X25519] }, 'curve_preferences: [ "CurveP384" "X25519" ]'],
    [{ handshakeFirst: NatsHandshakeFirst.always() }, 'handshake_first: true'],
    [{ handshakeFirst: NatsHandshakeFirst.withFallback() }, 'handshake_first: "50ms"'],
    [{ handshakeFirst: NatsHandshakeFirst.withFallback(Duration.millis(300)) }, 'handshake_first: "300ms"'],
    [{ pinnedCertificates: ['B'.repeat(64), pin] }, `pinned_certs: [ "${pin}" "${'b'.repeat(64)}" ]`],
    [{ connectionRateLimit: 100 }, 'connection_rate_limit: 100'],
    [{ verify: true, ocspPeer: {} }, 'verify: true ocsp_peer { verify: true }'],
    [
      {
        verify: true,
        ocspPeer: {
          caTimeout: Duration.seconds(3),
          allowedClockSkew: Duration.minutes(1),
          warnOnly: true,
          unknownIsGood: false,
          allowWhenCaUnreachable: true,
          cacheTtlWhenNextUpdateUnset: Duration.hours(2),
        },
      },
      'verify: true ocsp_peer { allow_when_ca_unreachable: true allowed_clockskew: "1m" ca_timeout: "3s" cache_ttl_when_next_update_unset: "2h" unknown_is_good: false verify: true warn_only: true }',
    ],
  ])('%j', (options, rendered) => expect(render(options)).toBe(rendered));

  test('check known URLs on routes', () => {
    expect(blockOf('routes', { tls: withOptions({ verifyCertAndCheckKnownUrls: true }) })).toContain('verify_cert_and_check_known_urls: true');
  });

  test('of OCSP keep the answers where the server may write', () => {
    const conf = confOf(newCluster({ tls: withOptions({ verify: true, ocspPeer: {} }), ocspStapling: { mode: NatsOcspMode.ALWAYS, responderUrl: 'http://ocsp.example.com' } }));
    expect(partOf(conf, 'ocsp')).toBe('ocsp {\n  mode: "always"\n  url: "http://ocsp.example.com"\n}');
    expect(partOf(conf, 'ocsp_cache')).toBe('ocsp_cache {\n  local_store: "/var/run/nats/ocsp"\n  type: "local"\n}');
    expect(partOf(confOf(newCluster({ tls, ocspStapling: {} })), 'ocsp')).toBe('ocsp {\n  mode: "auto"\n}');
  });
});

describe('what is said for all listeners', () => {
  const everything = {
    verify: true,
    timeout: Duration.seconds(3),
    minVersion: NatsTlsVersion.TLS_1_2,
    cipherSuites: [NatsTlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384],
    curvePreferences: [NatsTlsCurve.X25519],
    handshakeFirst: NatsHandshakeFirst.always(),
    pinnedCertificates: [pin],
    connectionRateLimit: 10,
    ocspPeer: {},
  };
  const files = 'cert_file: "/etc/nats-certs/nats-tls/tls.crt"';
  const protocol = ['cipher_suites:', 'curve_preferences:', 'min_version: "1.2"', 'timeout: 3', files];
  const peers = ['verify: true', 'pinned_certs:', 'ocsp_peer {'];
  const clients = ['handshake_first: true', 'connection_rate_limit: 10'];

  test.each<[TlsListener, string[], string[]]>([
    ['client', [...protocol, ...peers, ...clients], []],
    ['routes', protocol, [...peers, ...clients]],
    ['gateway', protocol, [...peers, ...clients]],
    ['leafNodes', [...protocol, ...peers], clients],
    ['webSocket', [...protocol, ...peers], clients],
    ['mqtt', [...protocol, ...peers], clients],
  ])('%s', (listener, present, absent) => {
    const block = blockOf(listener, { forAll: withOptions(everything) });
    for (const text of present) expect(block).toContain(text);
    for (const text of absent) expect(block).not.toContain(text);
  });

  test.each(allListeners)('is not that of %s where it says something itself', (listener) => {
    expect(blockOf(listener, { forAll: withOptions({ timeout: Duration.seconds(9) }), tls: NatsTls.fromSecret('own') })).not.toMatch(/timeout|nats-tls/);
    expect(blockOf(listener, { forAll: tls, tls: NatsTls.none() })).toBe('');
  });
});

test('listeners speak TLS or HTTPS where they have it', () => {
  const inClear = [
    { name: 'nats' as const, prop: 'client' as const, port: 1, appProtocol: 'tcp' as const }, { name: 'cluster' as const, prop: 'cluster' as const, port: 2, appProtocol: 'tcp' as const },
    { name: 'monitor' as const, prop: 'monitor' as const, port: 3, appProtocol: 'http' as const }, { name: 'prom-metrics' as const, prop: 'exporter' as const, port: 4, appProtocol: 'http' as const },
  ];
  const resolved = resolveTls(newChart(), { listeners: { client: { tls }, routes: { tls } }, httpsMonitoring: true });
  expect(withTls(inClear, resolved, true).map(({ appProtocol }) => appProtocol)).toEqual(['tls', 'tls', 'https', 'http']);
  expect(withTls(inClear, {}, false)).toEqual(inClear);
});

test('a user whose name stands in the certificate', () => {
  const user = { name: 'shop', password: SecretKey.fromName('shop', 'password'), permissions: Permissions.all() };
  expect(partOf(confOf(newCluster({ tls: withOptions({ verifyAndMap: true }), auth: NatsAuth.users(user) })), 'tls')).toContain('verify_and_map: true');
});
