import { ApiObject, App, Chart, Duration, Testing } from 'cdk8s';
import { Content } from './examples';
import {
  AcmeSolver, Certificate, CertificateAuthority, CertificateIssuer, CertificateIssuerBase, CertificateKeyRotation, CertificateUsage, Dns01Provider,
  IssuerType,
  RequiredSecrets, Rules, SecretKey,
} from '../../src';
import { newChart } from '../support';

const host = { dnsNames: ['orders.example.com'] };
const caContent: Content = { isCa: true, commonName: 'ca', privateKey: { rotation: CertificateKeyRotation.NEVER } };

let chart: Chart;
let existing: CertificateIssuerBase;

beforeEach(() => {
  chart = newChart();
  existing = CertificateIssuer.fromClusterIssuerName(chart, 'existing', 'private-ca');
});

/** What the synth of the chart finds, one text for each finding. */
function findings(): string[] {
  try {
    Testing.synth(chart);
    return [];
  } catch (error) {
    return (error as Error).message.split('\n').slice(1).map((line) => line.trim());
  }
}

function certificate(id: string, content: Content = host, issuer: CertificateIssuerBase = existing): Certificate {
  return new Certificate(chart, id, { issuer, ...content });
}

describe('a Secret', () => {
  test('is written by one Certificate', () => {
    certificate('a', { ...host, secretName: 'tls' });
    certificate('b', { ...host, secretName: 'tls' });
    expect(findings()).toEqual([
      "[] Secret 'tls' is written 2 times: by the Certificate test/a/Resource, the Certificate test/b/Resource; allowed: one Certificate, and nothing else; fix: give one of them another secretName [CERT-SECRET-SHARED]",
    ]);
  });

  test('is not described besides, whoever describes it', () => {
    certificate('a');
    new ApiObject(chart, 'secret', { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'a' } });
    new ApiObject(chart, 'foreign', { apiVersion: 'cert-manager.io/v1', kind: 'Certificate', metadata: { name: 'foreign' }, spec: { secretName: 'a' } });
    expect(findings()).toEqual([expect.stringContaining("Secret 'a' is written 3 times: by the Certificate test/a/Resource, the Secret test/secret, the Certificate test/foreign")]);
  });

  test('of another namespace is another', () => {
    certificate('a', { ...host, secretName: 'tls' });
    certificate('b', { ...host, secretName: 'tls', namespace: 'shop' });
    expect(findings()).toEqual([]);
  });
});

describe('an issuer', () => {
  test('of another namespace does not sign', () => {
    const issuer = new CertificateIssuer(chart, 'issuer', { type: IssuerType.ca('ca'), namespace: 'pki' });
    certificate('a', host, issuer);
    expect(findings()).toEqual([
      "[test/a] the certificate of namespace 'messaging' has the Issuer 'issuer' of namespace 'pki'; allowed: an Issuer of the same namespace, or a ClusterIssuer; "
      + 'fix: give the issuer clusterWide: true, or make it in this namespace [CERT-ISSUER-NAMESPACE]',
    ]);
  });

  test('that exists in the chart of another namespace does not sign', () => {
    const other = new Chart(chart.node.root as App, 'other', { namespace: 'pki' });
    certificate('a', host, CertificateIssuer.fromIssuerName(other, 'issuer', 'private-ca'));
    expect(findings()).toEqual([expect.stringContaining("has the Issuer 'private-ca' of namespace 'pki'")]);
  });

  test('of the whole cluster signs everywhere, and so may one of an unknown namespace', () => {
    certificate('a', { ...host, namespace: 'shop' }, new CertificateIssuer(chart, 'issuer', { type: IssuerType.ca('ca'), clusterWide: true }));
    certificate('b', host, CertificateIssuer.fromIssuerName(new Chart(chart.node.root as App, 'unknown'), 'issuer', 'private-ca'));
    expect(findings()).toEqual([]);
  });
});

describe('a CA', () => {
  test('has a subject', () => {
    certificate('a', { ...host, isCa: true, privateKey: caContent.privateKey });
    expect(findings()).toEqual(['[test/a] the CA has no subject; allowed: a commonName, a subject or a literalSubject; fix: give commonName [CERT-CA-SUBJECT]']);
  });

  test('that signs itself has a subject, even if it is none', () => {
    const selfSigned = new CertificateIssuer(chart, 'self', { type: IssuerType.selfSigned() });
    certificate('a', host, selfSigned);
    certificate('b', { ...host, subject: { organizations: ['Example'] } }, selfSigned);
    certificate('c', { literalSubject: 'CN=c' }, selfSigned);
    expect(findings()).toEqual([expect.stringContaining('[test/a] the certificate, which signs itself, has no subject')]);
  });

  test('is not outlived by what it signs', () => {
    const { issuer } = new CertificateAuthority(chart, 'ca', { renewBefore: Duration.days(90) });
    certificate('a', { ...host, duration: Duration.days(90) }, issuer);
    certificate('b', { ...host, duration: Duration.days(91) }, issuer);
    expect(findings()).toEqual([
      '[test/b] the certificate lives 2184h, and its CA test/ca/certificate is renewed when 2160h are left: until then it signs what outlives it; '
      + 'allowed: a duration of at most 2160h; fix: shorten duration, or raise renewBefore of the CA [CERT-OUTLIVES-CA]',
    ]);
  });

  test('of 90 days, as cert-manager makes it by default, is outlived by each certificate of 90 days', () => {
    certificate('ca', { ...caContent, secretName: 'ca' });
    certificate('a', host, new CertificateIssuer(chart, 'issuer', { type: IssuerType.ca('ca') }));
    expect(findings()).toEqual([expect.stringContaining('the certificate lives 2160h, and its CA test/ca is renewed when 720h are left')]);
  });

  test('that exists already is not judged', () => {
    certificate('a', { ...host, duration: Duration.days(3650) }, new CertificateIssuer(chart, 'issuer', { type: IssuerType.ca('ca') }));
    expect(findings()).toEqual([]);
  });

  test('is what a CA issuer signs with', () => {
    certificate('leaf', { ...host, duration: Duration.days(365) });
    new CertificateIssuer(chart, 'issuer', { type: IssuerType.ca('leaf') });
    expect(findings()).toEqual([
      "[test/issuer] the issuer signs with Secret 'leaf', which the certificate test/leaf writes, and that is no CA; allowed: a certificate with isCa: true; fix: use CertificateAuthority [CERT-CA-SECRET]",
    ]);
  });

  test('is where its issuer looks for it', () => {
    certificate('ca', { ...caContent, secretName: 'ca-secret' });
    const issuer = new CertificateIssuer(chart, 'issuer', { type: IssuerType.ca('ca-secret'), clusterWide: true });
    expect(findings()).toEqual([
      expect.stringMatching(/^\[test\/issuer\] the issuer looks for Secret 'ca-secret' in namespace 'cert-manager', and the certificate test\/ca writes it in 'messaging'; allowed: a Secret where the issuer looks for it; fix: give the certificate namespace: 'cert-manager'.*CERT-CA-SECRET-ELSEWHERE/),
    ]);
    Rules.acknowledge(issuer, 'CERT-CA-SECRET-ELSEWHERE', 'there is another of this name');
    expect(findings()).toEqual([]);
  });

  test('that a Certificate of the app writes is not a Secret that must exist', () => {
    certificate('ca', { ...caContent, secretName: 'ca-secret' });
    new CertificateIssuer(chart, 'issuer', { type: IssuerType.ca('ca-secret') });
    expect(RequiredSecrets.of(chart)).toEqual([]);
  });
});

describe('an ACME server', () => {
  const byHttp = AcmeSolver.http01IngressClass('nginx');
  const dns = Dns01Provider.digitalOcean(SecretKey.fromName('do', 'token'));
  const signedBy = (solvers: AcmeSolver[], content: Content) =>
    certificate('a', content, new CertificateIssuer(chart, 'acme', { type: IssuerType.acme({ server: 'https://acme.example.com', solvers }) }));
  const wildcard = { dnsNames: ['*.example.com'] };

  test.each<[what: string, solvers: AcmeSolver[], content: Content]>([
    ['a host by HTTP', [byHttp], host],
    ['a wildcard by DNS', [AcmeSolver.dns01(dns)], wildcard],
    ['a wildcard by DNS beside HTTP', [byHttp, AcmeSolver.dns01(dns, { selector: { dnsZones: ['example.com'] } })], { dnsNames: ['*.example.com', 'example.org'] }],
    ['a wildcard by its name', [byHttp, AcmeSolver.dns01(dns, { selector: { dnsNames: ['*.example.com'] } })], wildcard],
    ['labels', [AcmeSolver.dns01(dns, { selector: { matchLabels: { solver: 'dns' } } })], { ...wildcard, labels: { solver: 'dns' } }],
    ['a common name among the names', [byHttp], { ...host, commonName: 'orders.example.com' }],
    ['an address', [byHttp], { ipAddresses: ['192.0.2.1'] }],
  ])('signs %s', (_, solvers, content) => {
    signedBy(solvers, content);
    expect(findings()).toEqual([]);
  });

  test.each<[what: string, solvers: AcmeSolver[], content: Content, finding: string]>([
    ['a wildcard by HTTP', [byHttp], wildcard, "[test/a] '*.example.com' is a wildcard, and issuer 'acme' has only HTTP-01 for it; allowed: DNS-01 for wildcards; fix: add AcmeSolver.dns01(...) [CERT-ACME-WILDCARD]"],
    ['a wildcard by DNS for another zone', [byHttp, AcmeSolver.dns01(dns, { selector: { dnsZones: ['example.org', 'sub.example.com'] } })], wildcard, 'CERT-ACME-WILDCARD'],
    ['a name of another zone', [AcmeSolver.dns01(dns, { selector: { dnsZones: ['example.org'] } })], { dnsNames: ['notexample.org'] },
      "[test/a] no solver of issuer 'acme' is for 'notexample.org'; allowed: names that a selector of one of its solvers takes; fix: add a solver, or extend a selector [CERT-ACME-UNPROVED]"],
    ['a certificate without the label', [AcmeSolver.dns01(dns, { selector: { matchLabels: { solver: 'dns' } } })], { ...host, labels: { solver: 'http' } }, 'CERT-ACME-UNPROVED'],
    ['a common name of its own', [byHttp], { ...host, commonName: 'orders' }, "[test/a] commonName 'orders' is none of dnsNames and ipAddresses, as an ACME server demands; allowed: one of them; fix: leave commonName out [CERT-ACME-CONTENT]"],
    ['a URI', [byHttp], { ...host, uris: ['spiffe://example.org/a'] }, '[test/a] uris is given, and an ACME server signs the certificate; allowed: dnsNames and ipAddresses; fix: leave uris out, or use a private CA'],
    ['a CA', [byHttp], { ...caContent, ...host, commonName: 'orders.example.com' }, '[test/a] isCa is true, and an ACME server signs no CA; allowed: false; fix: use a CertificateAuthority'],
  ])('does not sign %s', (_, solvers, content, finding) => {
    signedBy(solvers, content);
    expect(findings()).toEqual([expect.stringContaining(finding)]);
  });

  test('that asks for no proof signs wildcards', () => {
    const type = IssuerType.acme({ server: 'https://acme.example.com', externalAccount: { keyId: 'id', key: SecretKey.fromName('eab', 'key') } });
    certificate('a', wildcard, new CertificateIssuer(chart, 'acme', { type }));
    expect(findings()).toEqual([]);
  });

  test('warns of certificates with which clients log in', () => {
    const warn = jest.spyOn(console, 'warn').mockImplementation();
    signedBy([byHttp], { ...host, usages: [CertificateUsage.CLIENT_AUTH] });
    expect(findings()).toEqual([]);
    expect(warn.mock.calls).toEqual([[expect.stringContaining('[test/a] the certificate is for client auth, and an ACME server signs it')]]);
    warn.mockRestore();
  });

  test('writes no ca.crt', () => {
    const signed = signedBy([byHttp], host);
    expect(() => signed.caCertificate).toThrow("[test/a] the Secret 'a' has no ca.crt, because an ACME server signs the certificate; fix: let clients trust their system's certificates [CERT-NO-CA]");
  });
});
