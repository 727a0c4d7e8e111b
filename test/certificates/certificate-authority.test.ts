import { Chart, Duration, Testing } from 'cdk8s';
import { Certificate, CertificateAuthority, CertificateAuthorityProps, CertificateKeyAlgorithm, RequiredSecrets, Rules, SchemaCheck } from '../../src';
import { Manifests, newChart } from '../support';

const UNPRUNED = { 'kustomize.toolkit.fluxcd.io/prune': 'disabled' };

function newAuthority(props: CertificateAuthorityProps = {}): CertificateAuthority {
  return new CertificateAuthority(newChart(), 'ca', props);
}

function synth(authority: CertificateAuthority): Manifests {
  SchemaCheck.enable(authority);
  Rules.strict(authority);
  return Manifests.of(Chart.of(authority));
}

test('a CA signs itself, keeps its key, lives for ten years, and is never pruned', () => {
  expect(synth(newAuthority()).all).toEqual([
    { apiVersion: 'cert-manager.io/v1', kind: 'Issuer', metadata: { name: 'ca-self-signed', namespace: 'messaging' }, spec: { selfSigned: {} } },
    {
      apiVersion: 'cert-manager.io/v1',
      kind: 'Certificate',
      metadata: { name: 'ca', namespace: 'messaging', annotations: UNPRUNED },
      spec: {
        secretName: 'ca-key-pair',
        issuerRef: { name: 'ca-self-signed', kind: 'Issuer', group: 'cert-manager.io' },
        isCA: true,
        commonName: 'ca.messaging',
        duration: '87600h',
        renewBefore: '8760h',
        usages: ['cert sign', 'crl sign', 'digital signature'],
        privateKey: { algorithm: 'ECDSA', rotationPolicy: 'Never' },
        secretTemplate: { annotations: UNPRUNED },
      },
    },
    { apiVersion: 'cert-manager.io/v1', kind: 'Issuer', metadata: { name: 'ca', namespace: 'messaging' }, spec: { ca: { secretName: 'ca-key-pair' } } },
  ]);
});

test('a cluster-wide CA has its Secret where cert-manager looks for it, and signs for all namespaces', () => {
  const authority = newAuthority({ clusterWide: true });
  const manifests = synth(authority);
  expect(manifests.all.map(({ kind, metadata: { name, namespace } }) => [kind, name, namespace])).toEqual([
    ['Issuer', 'ca-self-signed', 'cert-manager'], ['Certificate', 'ca', 'cert-manager'], ['ClusterIssuer', 'ca', undefined],
  ]);
  expect(manifests.get('Certificate', 'ca').spec.commonName).toBe('ca.cert-manager');
  expect([authority.secretNamespace, authority.issuer.namespace, authority.issuer.secretNamespace]).toEqual(['cert-manager', undefined, 'cert-manager']);
});

test('everything that can be said', () => {
  const authority = newAuthority({
    name: 'root',
    clusterWide: true,
    clusterResourceNamespace: 'pki',
    secretName: 'root-secret',
    commonName: 'Example Root',
    subject: { organizations: ['Example'] },
    duration: Duration.days(730),
    renewBefore: Duration.days(200),
    keyAlgorithm: CertificateKeyAlgorithm.RSA,
    keySize: 4096,
    nameConstraints: { permitted: { dnsDomains: ['svc'] } },
    issuerOptions: { crlDistributionPoints: ['http://pki.example.com/crl'] },
  });
  const manifests = synth(authority);
  expect(manifests.get('Certificate', 'root')).toMatchObject({
    metadata: { namespace: 'pki' },
    spec: {
      secretName: 'root-secret',
      commonName: 'Example Root',
      subject: { organizations: ['Example'] },
      duration: '17520h',
      renewBefore: '4800h',
      privateKey: { algorithm: 'RSA', size: 4096, rotationPolicy: 'Never' },
      nameConstraints: { permitted: { dnsDomains: ['svc'] } },
    },
  });
  expect(manifests.get('ClusterIssuer', 'root').spec).toEqual({ ca: { secretName: 'root-secret', crlDistributionPoints: ['http://pki.example.com/crl'] } });
});

test('a CA of a year is renewed when a third of it is left', () => {
  expect(synth(newAuthority({ duration: Duration.days(365) })).get('Certificate', 'ca').spec.renewBefore).toBe('2920h');
});

test('clients get the CA alone, and no Secret has to exist', () => {
  const authority = newAuthority();
  expect([authority.caCertificate.secretName, authority.caCertificate.key]).toEqual(['ca-key-pair', 'ca.crt']);
  expect(RequiredSecrets.of(authority)).toEqual([]);
});

test('certificates that it signs are renewed before the CA is old', () => {
  const authority = newAuthority();
  new Certificate(Chart.of(authority), 'orders', { issuer: authority.issuer, dnsNames: ['orders'], duration: Duration.days(365) });
  expect(synth(authority).get('Certificate', 'orders').spec.issuerRef).toEqual({ name: 'ca', kind: 'Issuer', group: 'cert-manager.io' });
});

test.each<[what: string, props: CertificateAuthorityProps, message: string]>([
  ['half an hour', { duration: Duration.minutes(30) }, '[test/ca/certificate] duration is 30m; allowed: whole seconds, at least one hour'],
  ['renewal before it is issued', { renewBefore: Duration.days(3650) }, '[test/ca/certificate] renewBefore is 87600h with a duration of 87600h'],
  ['a name that is too long for its subject', { name: 'n'.repeat(60) }, 'has 70 bytes; allowed: 1 to 64 bytes'],
  ['an Ed25519 key of a size', { keyAlgorithm: CertificateKeyAlgorithm.ED25519, keySize: 256 }, 'privateKey.size is 256 for an Ed25519 key'],
  ['a namespace for a CA of one namespace', { clusterResourceNamespace: 'pki' }, "[test/ca/issuer] clusterResourceNamespace is 'pki', and clusterWide is not true"],
])('is refused: %s', (_, props, message) => expect(() => newAuthority(props)).toThrow(message));

test('two CAs of one name are refused', () => {
  const chart = newChart();
  new CertificateAuthority(chart, 'a', { name: 'ca' });
  new CertificateAuthority(chart, 'b', { name: 'ca' });
  expect(() => Testing.synth(chart)).toThrow("Certificate 'ca' in namespace 'messaging' is described 2 times");
});
