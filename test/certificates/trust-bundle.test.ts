import { Chart, Testing } from 'cdk8s';
import { SOME_CA } from './some-ca';
import { Certificate, CertificateAuthority, CertificateIssuer, TrustBundle, TrustSource, RequiredSecrets, SchemaCheck, SecretKey } from '../../src';
import { Manifests, newChart } from '../support';

let chart: Chart;

beforeEach(() => {
  chart = newChart();
});

const messaging = { matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'In', values: ['messaging'] }] };
const trust = (...sources: TrustSource[]) => new TrustBundle(chart, 'trust', { sources });

test('the certificate of a cluster-wide CA goes to the chart\'s namespace, without its key', () => {
  const bundle = trust(TrustSource.authority(new CertificateAuthority(chart, 'ca', { clusterWide: true })));
  SchemaCheck.enable(chart);
  expect([bundle.configMapName, bundle.key]).toEqual(['trust', 'ca.crt']);
  expect(Manifests.of(chart).get('Bundle', 'trust')).toEqual({
    apiVersion: 'trust.cert-manager.io/v1alpha1',
    kind: 'Bundle',
    metadata: { name: 'trust' },
    spec: { sources: [{ secret: { name: 'ca-key-pair', key: 'ca.crt' } }], target: { configMap: { key: 'ca.crt' }, namespaceSelector: messaging } },
  });
  expect(RequiredSecrets.of(chart)).toEqual([]);
});

test('all sources, and namespaces by name', () => {
  new TrustBundle(chart, 'bundle', {
    name: 'private-cas',
    key: 'bundle.pem',
    namespaces: ['shop', 'billing', 'shop'],
    sources: [TrustSource.secret(SecretKey.fromName('root', 'tls.crt')), TrustSource.configMap('roots', 'old.pem'), TrustSource.pem(SOME_CA), TrustSource.defaultCas()],
  });
  expect(Testing.synth(chart)[0]).toMatchObject({
    metadata: { name: 'private-cas' },
    spec: {
      sources: [{ secret: { name: 'root', key: 'tls.crt' } }, { configMap: { name: 'roots', key: 'old.pem' } }, { inLine: SOME_CA }, { useDefaultCAs: true }],
      target: { configMap: { key: 'bundle.pem' }, namespaceSelector: { matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'In', values: ['billing', 'shop'] }] } },
    },
  });
});

test.each([
  [{ team: 'shop' }, { matchLabels: { team: 'shop' } }],
  [{}, {}],
])('namespaces by labels %j', (namespaceLabels: { [label: string]: string }, selector) => {
  new TrustBundle(chart, 'trust', { sources: [TrustSource.defaultCas()], namespaceLabels });
  expect(Testing.synth(chart)[0].spec.target.namespaceSelector).toEqual(selector);
});

test('a Secret of somebody else must exist in the trust namespace; one that a certificate writes does not', () => {
  trust(TrustSource.secret(SecretKey.fromName('root', 'ca.crt')));
  expect(RequiredSecrets.of(chart)).toEqual([{ namespace: 'cert-manager', secretName: 'root', key: 'ca.crt', value: 'certificates in PEM form', usedBy: ['Bundle trust'] }]);
});

test('a certificate of the trust namespace writes its Secret itself', () => {
  const issuer = CertificateIssuer.fromClusterIssuerName(chart, 'issuer', 'vault');
  const { caCertificate } = new Certificate(chart, 'client', { issuer, commonName: 'client', namespace: 'cert-manager' });
  trust(TrustSource.secret(caCertificate));
  expect(RequiredSecrets.of(chart)).toEqual([]);
});

test.each<[what: string, source: TrustSource, message: string]>([
  ...['tls.key', 'key.der', 'tls-combined.pem', 'keystore.jks', 'keystore.p12'].map((key): [string, TrustSource, string] => [
    key, TrustSource.secret(SecretKey.fromName('root', key)), `[test/trust] '${key}' of Secret 'root' holds a private key; allowed: ca.crt, or tls.crt of a CA; fix: give the key ca.crt [CERT-TRUST-KEY]`,
  ]),
  ['a private key in PEM', TrustSource.pem(`${SOME_CA}-----BEGIN EC PRIVATE KEY-----`), '[test/trust] TrustSource.pem holds a private key (not shown here)'],
  ['no certificate', TrustSource.pem('none'), 'TrustSource.pem has no certificate'],
  ['a ConfigMap that is no name', TrustSource.configMap('Roots', 'ca.crt'), "ConfigMap 'Roots' with key 'ca.crt' is no source"],
  ['itself', TrustSource.configMap('trust', 'ca.crt'), "the bundle has its own ConfigMap 'trust' as a source; allowed: another ConfigMap, or another key; fix: give the bundle another name [CERT-TRUST-TARGET]"],
  ['a literal', 'hunter2' as unknown as TrustSource, '[test/trust] a source is a string (not shown here); allowed: a TrustSource'],
  ['a literal Secret', TrustSource.secret('hunter2' as unknown as SecretKey), '[test/trust] TrustSource.secret is a string (not shown here)'],
])('is refused as a source: %s', (_, source, message) => expect(() => trust(source)).toThrow(message));

test('a CA whose Secret is elsewhere is refused', () => {
  const source = TrustSource.authority(new CertificateAuthority(chart, 'ca'));
  expect(() => trust(source)).toThrow("[test/trust] the Secret of CA test/ca is in namespace 'messaging', and trust-manager reads 'cert-manager'; allowed: a CA whose Secret is in the trust namespace; "
    + 'fix: give the CA clusterWide: true, or copy its certificate into a ConfigMap of the trust namespace [CERT-TRUST-SOURCE]');
  new TrustBundle(chart, 'other', { sources: [source], trustNamespace: 'messaging' });
});

test('no sources, too many, and the default CAs twice are refused', () => {
  expect(() => trust()).toThrow('[test/trust] the bundle has 0 sources; allowed: 1 to 100');
  chart = newChart();
  expect(() => trust(...Array(101).fill(TrustSource.configMap('a', 'b')))).toThrow('the bundle has 101 sources');
  chart = newChart();
  expect(() => trust(TrustSource.defaultCas(), TrustSource.defaultCas())).toThrow('TrustSource.defaultCas() is given twice; allowed: once');
});

test.each([
  [{ namespaces: [] }, '[test/trust] the bundle goes to no namespace; allowed: names of namespaces'],
  [{ namespaces: ['a.b'] }, "namespaces has 'a.b'"],
  [{ namespaces: ['a'], namespaceLabels: {} }, 'namespaces and namespaceLabels are both given; allowed: one of them [CERT-TRUST-TARGET]'],
  [{ key: 'ca/crt' }, "key is 'ca/crt'; allowed: at most 253 letters"],
  [{ name: 'Trust' }, "the name 'Trust' of the bundle is invalid"],
])('the target %j is refused', (props, message) => {
  expect(() => new TrustBundle(chart, 'trust', { sources: [TrustSource.defaultCas()], ...props })).toThrow(message);
});
