import { Chart, Testing } from 'cdk8s';
import { acme, byDns, key, ref, refusedByWebhook, refusedLater, rendered, solving, vault, vaultSpec } from './issuer-examples';
import { SOME_CA } from './some-ca';
import { AcmeSolver, CertificateIssuer, Dns01Provider, IssuerType, Route53Credentials, VaultAuth, VenafiPlatform, RequiredSecrets, Rules, SchemaCheck, SecretKey } from '../../src';
import { Manifest, newChart } from '../support';

const literal = 'hunter2' as unknown as SecretKey;

/** An issuer named signer in namespace messaging. */
function newIssuer(type: IssuerType): CertificateIssuer {
  const issuer = new CertificateIssuer(newChart(), 'signer', { type });
  SchemaCheck.enable(issuer);
  return issuer;
}

function specOf(issuer: CertificateIssuer): Manifest {
  return Testing.synth(Chart.of(issuer))[0].spec;
}

test.each(rendered)('%s', (_, type, spec) => expect(specOf(newIssuer(type))).toEqual(spec));

test.each(refusedByWebhook)('is refused, as by the webhook: %s', (_, type, message) => expect(() => newIssuer(type)).toThrow(message));

test.each(refusedLater)('is refused, before it fails later: %s', (_, type, message) => expect(() => newIssuer(type)).toThrow(message));

test.each<[what: string, type: IssuerType, prop: string]>([
  ['a token of Vault', vault(VaultAuth.token(literal)), 'vault token'],
  ['a token of Cloudflare', byDns(Dns01Provider.cloudflareToken(literal)), 'cloudflare token'],
  ['a secret access key', byDns(Dns01Provider.route53({ credentials: Route53Credentials.accessKey('AKIA', literal) })), 'route53 secretAccessKey'],
  ['the key of an external account', acme({ externalAccount: { keyId: 'id', key: literal } }), 'externalAccount.key'],
])('a literal secret is refused and not repeated: %s', (_, type, prop) => {
  expect(() => newIssuer(type)).toThrow(new RegExp(`^(?!.*hunter2)\\[test/signer\\] ${prop} is a string \\(not shown here\\), not a reference to a Secret`));
});

test('a private key in a bundle is refused and not repeated', () => {
  const pem = `${SOME_CA}-----BEGIN PRIVATE KEY-----\nhunter2\n-----END PRIVATE KEY-----\n`;
  expect(() => newIssuer(acme({ caBundle: pem }))).toThrow(/^(?!.*hunter2)\[test\/signer\] caBundle holds a private key \(not shown here\); allowed: certificates.*\[SECRET-LITERAL\]$/);
});

test('an ACME server that is not verified is guarded', () => {
  const issuer = newIssuer(acme({ skipTlsVerify: true }));
  expect(() => specOf(issuer)).toThrow('[test/signer] skipTlsVerify is true; allowed: false; fix: give caBundle');
  Rules.acknowledge(issuer, 'CERT-ACME-UNVERIFIED', 'a test server');
  expect(specOf(issuer).acme.skipTLSVerify).toBe(true);
});

test('an Issuer has the namespace of its chart, or one of its own', () => {
  const chart = newChart();
  const own = new CertificateIssuer(chart, 'own', { type: IssuerType.selfSigned(), name: 'other', namespace: 'shop' });
  new CertificateIssuer(chart, 'signer', { type: IssuerType.selfSigned() });
  expect(Testing.synth(chart).map(({ kind, metadata }) => ({ kind, metadata }))).toEqual([
    { kind: 'Issuer', metadata: { name: 'other', namespace: 'shop' } }, { kind: 'Issuer', metadata: { name: 'signer', namespace: 'messaging' } },
  ]);
  expect([own.issuerName, own.issuerKind, own.issuerGroup, own.namespace, own.secretNamespace]).toEqual(['other', 'Issuer', 'cert-manager.io', 'shop', 'shop']);
});

test('a ClusterIssuer has no namespace, and its Secrets are in cert-manager\'s', () => {
  const chart = newChart();
  const issuer = new CertificateIssuer(chart, 'signer', { type: vault(), clusterWide: true });
  expect(Testing.synth(chart)).toEqual([{ apiVersion: 'cert-manager.io/v1', kind: 'ClusterIssuer', metadata: { name: 'signer' }, spec: vaultSpec({ tokenSecretRef: ref('token') }) }]);
  expect([issuer.issuerKind, issuer.namespace, issuer.secretNamespace]).toEqual(['ClusterIssuer', undefined, 'cert-manager']);
  expect(RequiredSecrets.of(chart)).toEqual([
    { namespace: 'cert-manager', secretName: 'token-secret', key: 'token', value: 'Vault token', usedBy: ['ClusterIssuer signer'] },
  ]);
});

test('the Secrets of a ClusterIssuer are where cert-manager was told to look for them', () => {
  const issuer = new CertificateIssuer(newChart(), 'signer', { type: vault(), clusterWide: true, clusterResourceNamespace: 'pki' });
  expect(issuer.secretNamespace).toBe('pki');
});

test.each([
  [{ clusterWide: true, namespace: 'shop' }, "[test/signer] namespace is 'shop', and clusterWide is true; allowed: one of them; fix: leave namespace out"],
  [{ clusterResourceNamespace: 'pki' }, "[test/signer] clusterResourceNamespace is 'pki', and clusterWide is not true; allowed: both or none; fix: set clusterWide: true [CERT-ISSUER-SCOPE]"],
  [{ namespace: 'a.b' }, "[test/signer] the namespace 'a.b' is invalid"],
])('the scope %j is refused', (props, message) => {
  expect(() => new CertificateIssuer(newChart(), 'signer', { type: IssuerType.selfSigned(), ...props })).toThrow(message);
});

test('all Secrets that must exist are listed, and what cert-manager makes itself is not', () => {
  const issuer = newIssuer(solving(
    AcmeSolver.dns01(Dns01Provider.route53({ credentials: Route53Credentials.accessKeyFromSecret(key('id'), key('aws')) })),
    AcmeSolver.dns01(Dns01Provider.rfc2136({ nameserver: '10.0.0.53', tsigKey: { name: 'acme', secret: key('tsig') } })),
  ));
  expect(RequiredSecrets.of(issuer).map(({ namespace, secretName, key: name, usedBy }) => [namespace, secretName, name, ...usedBy])).toEqual([
    ['messaging', 'aws-secret', 'aws', 'Issuer signer'], ['messaging', 'id-secret', 'id', 'Issuer signer'], ['messaging', 'tsig-secret', 'tsig', 'Issuer signer'],
  ]);
});

test('a Secret whose keys are fixed is listed with them', () => {
  expect(RequiredSecrets.of(newIssuer(IssuerType.venafi('shop', VenafiPlatform.tpp('https://tpp.example.com', 'tpp'))))).toEqual([
    { namespace: 'messaging', secretName: 'tpp', key: '(access-token, or username and password)', value: 'credentials of the platform', usedBy: ['Issuer signer'] },
  ]);
  expect(RequiredSecrets.of(newIssuer(acme({ useExistingAccount: true, accountKey: key('account') })))).toHaveLength(1);
  expect(RequiredSecrets.of(newIssuer(IssuerType.ca('ca')))).toHaveLength(1);
});

describe('issuers that exist', () => {
  test('are named, with their kind, group and namespace', () => {
    const chart = newChart();
    const all = [
      CertificateIssuer.fromIssuerName(chart, 'a', 'private-ca'),
      CertificateIssuer.fromClusterIssuerName(chart, 'b', 'letsencrypt'),
      CertificateIssuer.fromExternalIssuer(chart, 'c', { name: 'aws', kind: 'AWSPCAClusterIssuer', group: 'awspca.cert-manager.io', clusterWide: true }),
      CertificateIssuer.fromExternalIssuer(chart, 'd', { name: 'aws', kind: 'AWSPCAIssuer', group: 'awspca.cert-manager.io' }),
    ];
    expect(all.map(({ issuerName, issuerKind, issuerGroup, namespace }) => [issuerName, issuerKind, issuerGroup, namespace])).toEqual([
      ['private-ca', 'Issuer', 'cert-manager.io', 'messaging'],
      ['letsencrypt', 'ClusterIssuer', 'cert-manager.io', undefined],
      ['aws', 'AWSPCAClusterIssuer', 'awspca.cert-manager.io', undefined],
      ['aws', 'AWSPCAIssuer', 'awspca.cert-manager.io', 'messaging'],
    ]);
    expect(Testing.synth(chart)).toEqual([]);
  });

  test.each([
    [{ name: '', kind: 'Issuer', group: 'cert-manager.io' }, "[test/a] the name '' of the issuer is invalid"],
    [{ name: 'a', kind: '', group: 'example.com' }, "[test/a] the kind '' of the issuer is invalid; allowed: a kind such as AWSPCAClusterIssuer [CERT-ISSUER-REFERENCE]"],
    [{ name: 'a', kind: 'AWSPCAIssuer', group: '' }, "[test/a] the group '' of the issuer is invalid"],
    [{ name: 'a', kind: 'AWSPCAIssuer', group: 'cert-manager.io' }, "[test/a] the kind 'AWSPCAIssuer' is none of cert-manager.io; allowed: Issuer or ClusterIssuer; fix: give the group of its controller"],
  ])('%j is refused', (options, message) => expect(() => CertificateIssuer.fromExternalIssuer(newChart(), 'a', options)).toThrow(message));
});
