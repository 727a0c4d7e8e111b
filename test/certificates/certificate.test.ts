import { Chart, JsonPatch, Testing } from 'cdk8s';
import { accepted, Content, everyField, refused } from './examples';
import * as certManager from '../../imports/cert-manager.io';
import { Certificate, CertificateIssuer, CertificateRenewal, CertificateUsage, RequiredSecrets, Rules, SchemaCheck, SecretKey } from '../../src';
import { parseSubject } from '../../src/certificates/content/literal-subject';
import { goSeconds } from '../../src/certificates/whole-seconds';
import { Manifest, newChart } from '../support';

/** A certificate named orders, signed by an issuer that exists. */
function newCertificate(content: Content, chart: Chart = newChart()): Certificate {
  return new Certificate(chart, 'orders', { issuer: CertificateIssuer.fromIssuerName(chart, 'issuer', 'private-ca'), ...content });
}

function manifestOf(certificate: Certificate): Manifest {
  return Testing.synth(Chart.of(certificate)).find(({ kind }) => kind === 'Certificate')!;
}

test('a certificate for one host says nothing that is cert-manager\'s default', () => {
  expect(manifestOf(newCertificate({ dnsNames: ['orders.example.com'] }))).toEqual({
    apiVersion: 'cert-manager.io/v1',
    kind: 'Certificate',
    metadata: { name: 'orders', namespace: 'messaging' },
    spec: { secretName: 'orders', issuerRef: { name: 'private-ca', kind: 'Issuer', group: 'cert-manager.io' }, dnsNames: ['orders.example.com'] },
  });
});

test('every field', () => {
  expect(manifestOf(newCertificate(everyField))).toEqual({
    apiVersion: 'cert-manager.io/v1',
    kind: 'Certificate',
    metadata: { name: 'orders-tls', namespace: 'messaging', labels: { solver: 'dns' }, annotations: { 'example.com/owner': 'shop' } },
    spec: {
      secretName: 'orders-secret',
      issuerRef: { name: 'private-ca', kind: 'Issuer', group: 'cert-manager.io' },
      commonName: 'orders.example.com',
      subject: {
        organizations: ['Example'],
        countries: ['DE'],
        organizationalUnits: ['Shop'],
        localities: ['Berlin'],
        provinces: ['Berlin'],
        streetAddresses: ['Street 1'],
        postalCodes: ['10115'],
        serialNumber: '42',
      },
      dnsNames: ['orders.example.com', '*.orders.example.com'],
      ipAddresses: ['10.0.0.1', '2001:db8::1'],
      uris: ['spiffe://example.org/orders'],
      emailAddresses: ['ops@example.com'],
      otherNames: [{ oid: '1.3.6.1.4.1.311.20.2.3', utf8Value: 'orders@example.com' }],
      duration: '720h',
      renewBefore: '1h30m',
      renewal: { policy: 'RenewBefore', windows: [{ cron: '0 2 * * 6', windowDuration: '4h', timezone: 'Europe/Berlin' }] },
      usages: ['digital signature', 'server auth'],
      encodeUsagesInRequest: true,
      isCA: false,
      privateKey: { algorithm: 'ECDSA', size: 384, encoding: 'PKCS8', rotationPolicy: 'Always' },
      signatureAlgorithm: 'ECDSAWithSHA384',
      secretTemplate: { labels: { team: 'shop' }, annotations: { 'example.com/note': 'kept' } },
      keystores: {
        jks: { create: true, alias: 'orders', passwordSecretRef: { name: 'keystore', key: 'password' } },
        pkcs12: { create: true, profile: 'Modern2023', passwordSecretRef: { name: 'keystore', key: 'password' } },
      },
      additionalOutputFormats: [{ type: 'CombinedPEM' }, { type: 'DER' }],
      revisionHistoryLimit: 2,
    },
  });
});

test('it names the keys that others mount, and the CA apart from the private key', () => {
  const certificate = newCertificate({ ...everyField, namespace: 'shop' });
  const { issuer, namespace, secretName, tlsCertificate, tlsPrivateKey, caCertificate } = certificate;
  expect([issuer.issuerName, namespace, secretName]).toEqual(['private-ca', 'shop', 'orders-secret']);
  expect([tlsCertificate, tlsPrivateKey, caCertificate].map((key) => [key.secretName, key.key])).toEqual([
    ['orders-secret', 'tls.crt'], ['orders-secret', 'tls.key'], ['orders-secret', 'ca.crt'],
  ]);
});

test('passwords of keystores are listed as Secrets that must exist', () => {
  expect(RequiredSecrets.of(Chart.of(newCertificate(everyField)))).toEqual([
    { namespace: 'messaging', secretName: 'keystore', key: 'password', value: 'any text, not empty', usedBy: ['Certificate orders-tls (keystore)'] },
  ]);
});

test('a literal password of a keystore is refused and not repeated', () => {
  expect(() => newCertificate({ dnsNames: ['a.example.com'], jksKeystore: { password: 'hunter2' as unknown as SecretKey } })).toThrow(
    /^(?!.*hunter2)\[test\/orders\] jksKeystore.password is a string \(not shown here\), not a reference to a Secret; allowed: a SecretKey/,
  );
});

test.each(accepted)('is accepted: %s', (_, content) => {
  const certificate = newCertificate(content);
  SchemaCheck.enable(certificate);
  Rules.strict(certificate);
  expect(manifestOf(certificate).spec.secretName).toBe(certificate.secretName);
});

test.each(refused.filter(({ webhook }) => webhook))('is refused, as by the webhook: $what', ({ content, message }) => {
  expect(() => newCertificate(content)).toThrow(message);
});

test.each(refused.filter(({ webhook }) => !webhook))('is refused, before it fails later: $what', ({ content, message }) => {
  expect(() => newCertificate(content)).toThrow(message);
});

test('a namespace that is none is refused', () => {
  expect(() => newCertificate({ dnsNames: ['a.example.com'], namespace: 'a.b' })).toThrow("[test/orders] the namespace 'a.b' is invalid; allowed: at most 63 lower-case letters");
});

test('a certificate that is never renewed is guarded', () => {
  const certificate = newCertificate({ dnsNames: ['a.example.com'], renewal: CertificateRenewal.never() });
  expect(() => manifestOf(certificate)).toThrow('[test/orders] renewal is CertificateRenewal.never(); allowed: a renewal before the certificate expires; fix: leave renewal out');
  Rules.acknowledge(certificate, 'CERT-RENEWAL-DISABLED', 'a test that lives for an hour');
  expect(manifestOf(certificate).spec.renewal).toEqual({ policy: 'Disabled' });
});

test('a CA that changes its key is guarded', () => {
  const certificate = newCertificate({ isCa: true, commonName: 'ca' });
  expect(() => manifestOf(certificate)).toThrow('[test/orders] the CA gets a new private key at each renewal: what it has signed before is then trusted no longer; allowed: privateKey.rotation: CertificateKeyRotation.NEVER');
  Rules.acknowledge(certificate, 'CERT-CA-KEY-ROTATION', 'trust is distributed before each renewal');
  expect(manifestOf(certificate).spec.isCA).toBe(true);
});

test('a CA with an extended usage is a warning', () => {
  const warn = jest.spyOn(console, 'warn').mockImplementation();
  const certificate = newCertificate({ isCa: true, commonName: 'ca', usages: [CertificateUsage.CERT_SIGN, CertificateUsage.SERVER_AUTH] });
  Rules.acknowledge(certificate, 'CERT-CA-KEY-ROTATION', 'a test');
  manifestOf(certificate);
  expect(warn.mock.calls).toEqual([[expect.stringContaining('[test/orders] the CA has the extended usage server auth, which restricts all that it signs')]]);
  warn.mockRestore();
});

test('a patch reaches the output', () => {
  const certificate = newCertificate({ dnsNames: ['a.example.com'] });
  certificate.apiObject.addJsonPatch(JsonPatch.add('/spec/newField', true));
  expect(manifestOf(certificate).spec.newField).toBe(true);
});

test.each([
  [0, '0s'], [1, '1s'], [3600, '1h'], [5400, '1h30m'], [90_061, '25h1m1s'], [315_360_000, '87600h'],
])('%d seconds are %s', (seconds, text) => expect(goSeconds(seconds)).toBe(text));

test.each([
  ['CN=a', [['CN', 'a']]],
  ['CN = a , O = b ', [['CN', 'a'], ['O', 'b']]],
  ['CN=a+OU=b;O=c', [['CN', 'a'], ['OU', 'b'], ['O', 'c']]],
  ['CN=a\\,b\\+c\\3Dd', [['CN', 'a,b+c=d']]],
  ['CN=a\\  ,O=b=c', [['CN', 'a '], ['O', 'b=c']]],
  ['2.5.4.3=#0C0161', [['2.5.4.3', '#0C0161']]],
])('the subject %s', (text, attributes) => {
  expect(parseSubject(text)).toEqual(attributes.map(([type, value]) => ({ type, value })));
});

test('our enums have the values of the CRD', () => {
  const room = jest.requireActual('../../src');
  const pairs = {
    CertificateUsage: certManager.CertificateSpecUsages,
    CertificateKeyAlgorithm: certManager.CertificateSpecPrivateKeyAlgorithm,
    CertificateKeyEncoding: certManager.CertificateSpecPrivateKeyEncoding,
    CertificateKeyRotation: certManager.CertificateSpecPrivateKeyRotationPolicy,
    CertificateSignatureAlgorithm: certManager.CertificateSpecSignatureAlgorithm,
    CertificateOutputFormat: certManager.CertificateSpecAdditionalOutputFormatsType,
    Pkcs12Profile: certManager.CertificateSpecKeystoresPkcs12Profile,
    AzureDnsEnvironment: certManager.IssuerSpecAcmeSolversDns01AzureDnsEnvironment,
    AzureDnsZoneType: certManager.IssuerSpecAcmeSolversDns01AzureDnsZoneType,
    Rfc2136Protocol: certManager.IssuerSpecAcmeSolversDns01Rfc2136Protocol,
  };
  for (const [name, l1] of Object.entries(pairs)) expect(Object.values(room[name]).sort()).toEqual(Object.values(l1).sort());
});
