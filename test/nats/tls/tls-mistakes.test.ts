import { Duration } from 'cdk8s';
import {
  ContainerImage, NatsClientCertificate, NatsClusterProps, NatsHandshakeFirst, NatsTls, NatsTlsCa, NatsTlsCipherSuite, NatsTlsCurve, NatsTlsOptions,
  NatsTlsVersion, Rules,
} from '../../../src';
import { confOf, newCluster, synth } from '../../support';

const tls = NatsTls.fromSecret('nats-tls');
const withOptions = (options: NatsTlsOptions) => NatsTls.fromSecret('nats-tls', options);
const pin = 'a'.repeat(64);

describe('what throws where it is given', () => {
  const of = (options: NatsTlsOptions): NatsClusterProps => ({ tls: withOptions(options) });
  const routes = (options: NatsTlsOptions): NatsClusterProps => ({ routes: { tls: withOptions(options) } });

  test.each<[string, NatsClusterProps, string]>([
    ['known URLs of clients', of({ verifyCertAndCheckKnownUrls: true }),
      '[test/nats] tls.verifyCertAndCheckKnownUrls is true; allowed: for routes and gateways; fix: use verify, or verifyAndMap [NATS-TLS-KNOWN-URLS]'],
    ['handshake first on routes', routes({ handshakeFirst: NatsHandshakeFirst.always() }),
      '[test/nats] routes.tls.handshakeFirst is given, which the server does not heed there; allowed: for clients and leaf nodes; fix: leave it out [NATS-TLS-OPTION]'],
    ['a rate limit of routes', routes({ connectionRateLimit: 10 }), 'routes.tls.connectionRateLimit is given, which the server does not heed there; allowed: for clients'],
    ['OCSP of routes', routes({ ocspPeer: {} }), 'routes.tls.ocspPeer is given, which the server does not heed there; allowed: for clients, leaf nodes, WebSocket and MQTT'],
    ['routes that are not verified', routes({ verify: false }), 'routes.tls.verify is false, but the server always verifies there'],
    ['verified and not', of({ verify: false, verifyAndMap: true }), 'tls.verify is false and verifyAndMap is true, which verifies; fix: leave one of them out'],
    ['a pin that is none', of({ pinnedCertificates: [pin, 'ABC'] }),
      "[test/nats] tls.pinnedCertificates has 'ABC'; allowed: the SHA-256 of a public key, in 64 hexadecimal digits; fix: openssl x509 -noout -pubkey -in tls.crt"],
    ['no pins', of({ pinnedCertificates: [] }), 'tls.pinnedCertificates is an empty list, which the server takes as none at all; allowed: at least one fingerprint'],
    ['an insecure cipher suite', of({ cipherSuites: [NatsTlsCipherSuite.TLS_RSA_WITH_3DES_EDE_CBC_SHA] }),
      'tls.cipherSuites names TLS_RSA_WITH_3DES_EDE_CBC_SHA, which is insecure; allowed: suites with ECDHE'],
    ['no cipher suites', of({ cipherSuites: [] }), 'tls.cipherSuites is an empty list; allowed: at least one suite'],
    ['cipher suites of TLS 1.3', of({ cipherSuites: [NatsTlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384], minVersion: NatsTlsVersion.TLS_1_3 }),
      'tls.cipherSuites is given, but minVersion is TLS 1.3, whose suites cannot be chosen; fix: leave one of them out'],
    ['no curves', of({ curvePreferences: [] }), 'tls.curvePreferences is an empty list; allowed: at least one curve'],
    ['clients in clear on another listener', { routes: { tls: withOptions({ allowNonTls: true }) } }, 'routes.tls.allowNonTls is given, which the server does not heed there; allowed: for clients'],
    ['clients in clear, who would have to begin with the handshake', of({ allowNonTls: true, handshakeFirst: NatsHandshakeFirst.always() }),
      'tls.allowNonTls is true, and handshakeFirst is always(), which lets nobody in clear in; fix: use NatsHandshakeFirst.withFallback(), or leave one of them out'],
    ['no time', of({ timeout: Duration.millis(0) }), 'tls.timeout is 0 ms; allowed: at least a millisecond'],
    ['no delay', of({ handshakeFirst: NatsHandshakeFirst.withFallback(Duration.millis(0)) }), 'tls.handshakeFirst is 0 ms; allowed: at least a millisecond'],
    ['half a handshake', of({ connectionRateLimit: 0.5 }), 'tls.connectionRateLimit is 0.5; allowed: a whole number from 1, of handshakes per second'],
    ['OCSP of those who show nothing', of({ ocspPeer: {} }),
      'tls.ocspPeer is given, but certificates of clients are not verified; allowed: together with verify or verifyAndMap; fix: set verify: true [NATS-TLS-OCSP-PEER]'],
    ['probes that would need a certificate', { ...of({ verify: true, ocspPeer: {} }), httpsMonitoring: true }, 'httpsMonitoring is true, and tls.ocspPeer is given: the probes would need a certificate'],
    ['HTTPS without a certificate', { httpsMonitoring: true }, '[test/nats] httpsMonitoring is true, but clients have no TLS, whose certificate it would have; fix: give tls [NATS-TLS-MONITORING]'],
    ['HTTPS with TLS of routes alone', { httpsMonitoring: true, routes: { tls } }, 'httpsMonitoring is true, but clients have no TLS'],
    ['a curve that the default server does not know', of({ curvePreferences: [NatsTlsCurve.SECP256R1MLKEM768] }),
      '[test/nats] tls.curvePreferences has SecP256r1MLKEM768, which came with nats-server 2.15, and version is 2.14; allowed: nats-server 2.15 or later; fix: leave it out, or give images.server a tag of 2.15 [NATS-FEATURE]'],
    ['stapling without a certificate', { ocspStapling: {} }, 'ocspStapling is given, but no listener has a certificate; fix: give tls, or leave ocspStapling out'],
    ['stapling from nowhere', { tls, ocspStapling: { responderUrl: 'ocsp.example.com' } }, "ocspStapling.responderUrl is 'ocsp.example.com'; allowed: a URL with http or https"],
    ['both monitors', { tls, extraConfig: { https_port: 8223 } }, 'extraConfig sets https_port, which has the prop httpsMonitoring'],
    ['an option of extraConfig', { tls, extraConfig: { tls: { verify: true } } }, 'extraConfig sets tls.verify, which has the prop tls.verify; fix: use tls.verify'],
    ['an option of routes in extraConfig', { extraConfig: { cluster: { tls: { timeout: 3 } } } }, 'extraConfig sets cluster.tls.timeout, which has the prop routes.tls.timeout'],
  ])('%s', (_, props, message) => expect(() => newCluster(props)).toThrow(message));

  test.each<[string, () => unknown, string]>([
    ['a Secret without a name', () => NatsTls.fromSecret(''), 'the name of the Secret is not a Kubernetes name'],
    ['a key with a slash', () => NatsTls.fromSecret('a', { certKey: 'a/b' }), "the key for Secret 'a' is not a key that a Secret can have"],
    ['a relative path', () => NatsTlsCa.fromPath('ca.crt'), "the path 'ca.crt' of a CA is invalid; allowed: an absolute path"],
    ['a folder', () => NatsTls.fromFiles({ certFile: '/certs/', keyFile: '/certs/tls.key' }), "certFile '/certs/' is invalid; allowed: an absolute path"],
    ['a ConfigMap that cannot be', () => NatsTlsCa.fromConfigMap('A_B'), "the name 'A_B' of the ConfigMap of a CA is invalid"],
    ['a client\'s key that cannot be', () => NatsClientCertificate.fromSecret('a', { keyKey: ' ' }), "the key for Secret 'a' is not a key"],
  ])('%s', (_, make, message) => expect(make).toThrow(message));

  test('but not the values next to them', () => {
    const images = { server: ContainerImage.of('nats', { tag: '2.15.2' }) };
    expect(confOf(newCluster({ tls: withOptions({ curvePreferences: [NatsTlsCurve.SECP256R1MLKEM768] }), images }))).toContain('SecP256r1MLKEM768');
    expect(confOf(newCluster({ tls, extraConfig: { cluster: { tls: { insecure: true } } } }))).toContain('insecure: true');
  });
});

describe('what fails the synth', () => {
  const publicCa = NatsTls.fromSecret('nats-tls', { ca: NatsTlsCa.system() });

  test.each<[string, NatsClusterProps, string]>([
    ['clients verified by public CAs', { replicas: 1, tls: NatsTls.fromSecret('s', { verify: true, ca: NatsTlsCa.system() }) },
      '[test/nats] tls verifies certificates by the public CAs of the image, of which everyone gets one; allowed: a CA of your own; fix: give ca:'],
    ['routes verified by public CAs', { tls: publicCa }, '[test/nats] routes.tls verifies certificates by the public CAs'],
    ['clients in clear', { tls: withOptions({ allowNonTls: true }) }, '[test/nats] tls.allowNonTls is true; allowed: false; fix: leave it out once all clients speak TLS'],
    ['insecure cipher suites', { tls: withOptions({ cipherSuites: [NatsTlsCipherSuite.TLS_RSA_WITH_AES_128_CBC_SHA], allowInsecureCipherSuites: true }) }, 'tls.allowInsecureCipherSuites is true; allowed: false'],
    ['certificates mapped to a token', { tls: withOptions({ verifyAndMap: true }) },
      '[test/nats] tls.verifyAndMap is true, but there are no users to whom certificates could be mapped; allowed: together with users; fix: use verify, or add users [NATS-TLS-MAP-USERS]'],
    ['a nats-box without a certificate', { tls: withOptions({ verify: true }), natsBox: {} },
      "natsBox has no certificate for its context 'default', but the servers verify certificates of clients; fix: give certificate: NatsClientCertificate.fromSecret"],
    ['a nats-box with a certificate for nobody', { tls, natsBox: { certificate: NatsClientCertificate.fromSecret('box') } }, 'natsBox.certificate is given, but the servers verify no certificates of clients'],
  ])('%s', (_, props, message) => expect(() => synth(newCluster(props))).toThrow(message));

  test('but not once it is acknowledged, nor where nobody is verified', () => {
    const cluster = newCluster({ tls: publicCa });
    Rules.acknowledge(cluster, 'NATS-TLS-SYSTEM-CAS', 'a mesh verifies the servers');
    expect(confOf(cluster)).not.toContain('ca_file');
    expect(confOf(newCluster({ replicas: 1, tls: publicCa }))).not.toContain('ca_file');
  });
});
