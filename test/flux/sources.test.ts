import { App, Chart, Duration } from 'cdk8s';
import {
  Flux, FluxAzureCredentials, FluxBucket, FluxBucketAccess, FluxBucketProps, FluxClientTls, FluxExternalArtifact, FluxGitAuth, FluxGitReference,
  FluxGitRepository, FluxGitRepositoryProps, FluxGitSigned, FluxGitVerification, FluxHelmRepository, FluxHelmRepositoryAuth,
  FluxHelmRepositoryProps, FluxOciLayer, FluxOciReference, FluxOciRepository, FluxOciRepositoryProps, FluxOciVerification, FluxRegistryAuth,
  FluxSource, FluxVersion, RequiredSecrets, Rules,
} from '../../src';
import { Manifest, Manifests } from '../support';

const newChart = (flux?: FluxVersion) => {
  const app = new App();
  if (flux) Flux.use(app, flux);
  return new Chart(app, 'flux', { namespace: 'flux-system' });
};
const main = FluxGitReference.branch('main');
const git = (props: Partial<FluxGitRepositoryProps>, chart = newChart()) => new FluxGitRepository(chart, 'shop', { url: 'https://github.com/example/shop', ref: main, ...props });
const oci = (props: Partial<FluxOciRepositoryProps>, chart = newChart()) => new FluxOciRepository(chart, 'shop', { url: 'oci://ghcr.io/example/shop', ref: FluxOciReference.tag('v1'), ...props });
const charts = (props: Partial<FluxHelmRepositoryProps>) => new FluxHelmRepository(newChart(), 'charts', { url: 'https://charts.example.com', ...props });
const bucket = (props: Partial<FluxBucketProps>) => new FluxBucket(newChart(), 'shop', { bucketName: 'shop', endpoint: 's3.example.com', access: FluxBucketAccess.anonymous(), ...props });

const specOf = (source: FluxSource): Manifest => Manifests.of(Chart.of(source)).all[0].spec;
const keysOf = (source: FluxSource) => RequiredSecrets.of(Chart.of(source)).map(({ namespace, secretName, key, usedBy }) => `${namespace}/${secretName} ${key} for ${usedBy}`);
const findings = (source: FluxSource) => source.node.root.node.findAll().flatMap(({ node }) => node.validate());

describe('what is written if nothing is asked', () => {
  const times = { interval: '5m', timeout: '1m' };
  test('of a Git repository', () => expect(specOf(git({}))).toEqual({ url: 'https://github.com/example/shop', ref: { branch: 'main' }, ...times }));
  test('of a registry', () => expect(specOf(oci({}))).toEqual({ url: 'oci://ghcr.io/example/shop', ref: { tag: 'v1' }, ...times }));
  test('of a repository of charts', () => expect(specOf(charts({}))).toEqual({ url: 'https://charts.example.com', interval: '1h', timeout: '1m' }));
  test('of a repository of charts in a registry, which is not looked at', () => {
    expect(specOf(charts({ url: 'oci://ghcr.io/example/charts' }))).toEqual({ url: 'oci://ghcr.io/example/charts', type: 'oci' });
  });
  test('of a bucket', () => expect(specOf(bucket({}))).toEqual({ bucketName: 'shop', endpoint: 's3.example.com', provider: 'generic', ...times }));
});

test('a timeout has no hours, which the API server would refuse', () => {
  expect(specOf(git({ interval: Duration.hours(3), timeout: Duration.seconds(5415) }))).toMatchObject({ interval: '3h', timeout: '90m15s' });
});

describe('auth of Git', () => {
  const ssh = 'ssh://git@github.com/example/shop';
  test.each<[string, Partial<FluxGitRepositoryProps>, Manifest, string[]]>([
    ['ssh', { url: ssh, auth: FluxGitAuth.ssh('key') }, { secretRef: { name: 'key' } }, ['identity', 'known_hosts']],
    ['ssh with a passphrase', { url: ssh, auth: FluxGitAuth.ssh('key', { encrypted: true }) }, { secretRef: { name: 'key' } }, ['identity', 'known_hosts', 'password']],
    ['a password', { auth: FluxGitAuth.basic('key') }, { secretRef: { name: 'key' } }, ['password', 'username']],
    ['a password with an own CA and a certificate', { auth: FluxGitAuth.basic('key', { ca: true, clientCertificate: true }) }, { secretRef: { name: 'key' } }, ['ca.crt', 'password', 'tls.crt', 'tls.key', 'username']],
    ['a token', { auth: FluxGitAuth.bearerToken('key') }, { secretRef: { name: 'key' } }, ['bearerToken']],
    ['an own CA alone', { auth: FluxGitAuth.ca('key') }, { secretRef: { name: 'key' } }, ['ca.crt']],
    ['an app of GitHub', { auth: FluxGitAuth.gitHubApp('key') }, { provider: 'github', secretRef: { name: 'key' } }, ['githubAppID', 'githubAppInstallationID', 'githubAppPrivateKey']],
    ['an app of GitHub Enterprise', { auth: FluxGitAuth.gitHubApp('key', { enterprise: true, installationByOwner: true }) }, { provider: 'github', secretRef: { name: 'key' } },
      ['githubAppBaseURL', 'githubAppID', 'githubAppInstallationOwner', 'githubAppPrivateKey']],
    ['Azure', { url: 'https://dev.azure.com/example/shop/_git/shop', auth: FluxGitAuth.azure() }, { provider: 'azure' }, []],
    ['AWS as a ServiceAccount', { url: 'https://git-codecommit.eu-west-1.amazonaws.com/v1/repos/shop', auth: FluxGitAuth.aws({ serviceAccountName: 'git' }) }, { provider: 'aws', serviceAccountName: 'git' }, []],
  ])('by %s', (_, props, spec, keys) => {
    const source = git(props);
    const { url, ref, interval, timeout, ...auth } = specOf(source);
    expect(auth).toEqual(spec);
    expect(keysOf(source)).toEqual(keys.map((key) => `flux-system/key ${key} for GitRepository shop`));
  });
});

test.each<[string, FluxGitReference, Manifest]>([
  ['tag', FluxGitReference.tag('v1.0.0'), { tag: 'v1.0.0' }],
  ['range', FluxGitReference.semver('1.x'), { semver: '1.x' }],
  ['full name', FluxGitReference.fullName('refs/pull/420/head'), { name: 'refs/pull/420/head' }],
  ['commit', FluxGitReference.commit('a'.repeat(40), 'release/v1'), { commit: 'a'.repeat(40), branch: 'release/v1' }],
])('a %s is what is checked out', (_, ref, expected) => expect(specOf(git({ ref })).ref).toEqual(expected));

describe('what of Git repositories throws', () => {
  test.each<[string, Partial<FluxGitRepositoryProps>, string]>([
    ['a URL as scp writes it', { url: 'git@github.com:example/shop' },
      '[flux/shop] url is \'git@github.com:example/shop\'; allowed: a URL with https:// or ssh://; fix: write ssh://git@github.com/example/shop [FLUX-SOURCE-URL]'],
    ['another scheme', { url: 'git://github.com/example/shop' }, 'url is \'git://github.com/example/shop\'; allowed: a URL with https:// or http:// or ssh:// [FLUX-SOURCE-URL]'],
    ['a scheme in capitals, which the API server refuses', { url: 'HTTPS://github.com/example/shop' }, 'url is \'HTTPS://github.com/example/shop\'; allowed: a URL that begins with'],
    ['a token in the URL', { url: 'https://user:hunter2@github.com/example/shop' }, 'url holds credentials (not shown here); allowed: a URL without; fix: refer to a Secret'],
    ['ssh without a key', { url: 'ssh://git@github.com/example/shop' }, 'url is \'ssh://git@github.com/example/shop\', and there is no auth; allowed: FluxGitAuth.ssh'],
    ['a password for ssh', { url: 'ssh://git@github.com/example/shop', auth: FluxGitAuth.basic('key') }, 'and auth is for https:// and http://; allowed: FluxGitAuth.ssh for ssh://'],
    ['a key of ssh for https', { auth: FluxGitAuth.ssh('key') }, 'url is \'https://github.com/example/shop\', and auth is for ssh://'],
    ['a literal token as the name of a Secret', { auth: FluxGitAuth.basic('ghp_HUNTER2') }, '[flux/shop] auth is no name of a Secret (not shown here); allowed: at most 253'],
    ['an invalid ServiceAccount', { auth: FluxGitAuth.azure({ serviceAccountName: 'A_B' }) }, 'serviceAccountName is \'A_B\'; allowed: at most 253 lower-case letters'],
    ['a repository that is not at Azure', { auth: FluxGitAuth.azure() }, 'and auth is for azure; allowed: https://dev.azure.com/<organization>/<project>/_git/<repository> [FLUX-GIT-AUTH]'],
    ['a repository that is not at AWS', { auth: FluxGitAuth.aws() }, 'and auth is for aws; allowed: https://git-codecommit.<region>.amazonaws.com/v1/repos/<repository>'],
    ['an empty branch', { ref: FluxGitReference.branch('') }, 'branch is \'\'; allowed: a name that git check-ref-format allows [FLUX-GIT-REF]'],
    ['a branch with a space', { ref: FluxGitReference.branch('my branch') }, 'branch is \'my branch\''],
    ['a branch with ..', { ref: FluxGitReference.branch('a..b') }, 'branch is \'a..b\''],
    ['a tag that ends in .lock', { ref: FluxGitReference.tag('v1.lock') }, 'tag is \'v1.lock\''],
    ['no range', { ref: FluxGitReference.semver('latest') }, 'semver is \'latest\'; allowed: a range of versions such as 1.x, ^1.2.3, or >=1.20.0 <2.0.0 [FLUX-GIT-REF]'],
    ['a short commit', { ref: FluxGitReference.commit('abc123') }, 'commit is \'abc123\'; allowed: a SHA-1 of 40 hexadecimal digits'],
    ['a reference without refs/', { ref: FluxGitReference.fullName('heads/main') }, 'the full name is \'heads/main\'; allowed: a name such as refs/heads/main'],
    ['the signature of a tag on a branch', { verification: FluxGitVerification.pgp('signers', FluxGitSigned.TAG) },
      'verification is of Tag, and ref leads to no tag; allowed: FluxGitSigned.HEAD, or a tag as ref'],
    ['a directory outside', { sparseCheckout: ['../other'] }, 'sparseCheckout is \'../other\'; allowed: a path such as ./deploy/production'],
    ['a directory from the root of the file system', { sparseCheckout: ['/deploy'] }, 'sparseCheckout is \'/deploy\'; allowed: a path such as ./deploy/production, relative to the root of the source and without ..; fix: write \'./deploy\''],
    ['a proxy by an invalid name', { proxySecretName: 'http://proxy' }, 'proxySecretName is no name of a Secret (not shown here)'],
    ['a duration as text', { interval: '1d' as never }, 'interval is \'1d\'; allowed: a Duration; fix: give interval: Duration.minutes(10), or Duration.days(1) for a day [FLUX-INTERVAL]'],
    ['an invalid namespace', { namespace: '*' }, 'the namespace \'*\' is invalid'],
  ])('%s', (_, props, message) => expect(() => git(props)).toThrow(message));

  test('the secret is not in the message', () => {
    expect(() => git({ auth: FluxGitAuth.basic('ghp_HUNTER2') })).not.toThrow(/HUNTER2/);
    expect(() => git({ url: 'https://user:hunter2@github.com/a' })).not.toThrow(/hunter2/);
  });

  test('an include of another namespace, or of another kind', () => {
    const chart = newChart();
    expect(() => git({ include: [{ repository: FluxGitRepository.fromGitRepositoryName(chart, 'other', 'shared', { namespace: 'shop' }) }] }, chart)).toThrow(
      'include.repository is \'shared\' of namespace \'shop\'; allowed: a GitRepository of namespace \'flux-system\', where alone Flux looks for it [FLUX-REFERENCE]',
    );
    const other = newChart();
    expect(() => git({ include: [{ repository: oci({ name: 'artifact' }, new Chart(other, 'oci')) }] }, other)).toThrow('include.repository is OCIRepository \'artifact\'; allowed: GitRepository');
  });
});

describe('what of registries throws', () => {
  test.each<[string, Partial<FluxOciRepositoryProps>, string]>([
    ['a tag in the URL', { url: 'oci://ghcr.io/example/shop:v1' }, 'url is \'oci://ghcr.io/example/shop:v1\'; allowed: a URL without a tag or digest; fix: give \'v1\' as ref [FLUX-SOURCE-URL]'],
    ['a digest in the URL', { url: 'oci://ghcr.io/example/shop@sha256:abc' }, 'fix: give \'sha256:abc\' as ref'],
    ['no scheme', { url: 'ghcr.io/example/shop' }, 'url is \'ghcr.io/example/shop\'; allowed: a URL with oci://'],
    ['no registry', { url: 'oci://example/shop' }, 'which names no registry: Flux would ask Docker Hub; allowed: oci://<registry>/<repository>; fix: write oci://docker.io/...'],
    ['capitals in the repository', { url: 'oci://ghcr.io/Example/shop' }, 'allowed: oci://<registry>/<repository>, the repository in lower case'],
    ['an identity of AWS elsewhere', { auth: FluxRegistryAuth.aws() },
      'auth is by an identity of aws, and the registry is ghcr.io; allowed: a registry such as 123456789012.dkr.ecr.eu-west-1.amazonaws.com, or public.ecr.aws; fix: log in with FluxRegistryAuth.dockerConfig'],
    ['an identity of Google Cloud elsewhere', { auth: FluxRegistryAuth.gcp() }, 'auth is by an identity of gcp, and the registry is ghcr.io; allowed: a registry such as europe-docker.pkg.dev'],
    ['an invalid tag', { ref: FluxOciReference.tag('-v1') }, 'tag is \'-v1\'; allowed: at most 128 letters'],
    ['an invalid digest', { ref: FluxOciReference.digest('sha256:abc') }, 'digest is \'sha256:abc\'; allowed: sha256: and 64 hexadecimal digits [FLUX-OCI-REF]'],
    ['no range', { ref: FluxOciReference.semver('stable') }, 'semver is \'stable\''],
    ['a lookahead in the filter', { ref: FluxOciReference.semver('1.x', '^(?!.*rc)') }, 'filter is \'^(?!.*rc)\', which Go cannot read'],
    ['no identities', { verification: FluxOciVerification.cosignKeyless({ identities: [] }) }, 'identities is empty, so that a signature of anybody would be good; allowed: one identity or more [FLUX-OCI-VERIFY]'],
    ['an empty issuer', { verification: FluxOciVerification.cosignKeyless({ identities: [{ issuer: '', subject: 'a' }] }) }, 'issuer of an identity is empty'],
    ['a pattern that Go cannot read', { verification: FluxOciVerification.cosignKeyless({ identities: [{ issuer: 'a', subject: '(?=a)' }] }) }, 'subject of an identity is \'(?=a)\', which Go cannot read'],
  ])('%s', (_, props, message) => expect(() => oci(props)).toThrow(message));
});

test('registries on a port, on localhost and of Docker Hub are known', () => {
  for (const url of ['oci://registry:5000/shop', 'oci://localhost/shop', 'oci://docker.io/example/shop', 'oci://registry.default.svc/a/b/c']) expect(specOf(oci({ url })).url).toBe(url);
});

test.each<[string, Partial<FluxOciRepositoryProps>, Manifest, string[]]>([
  ['a login', { auth: FluxRegistryAuth.dockerConfig('login') }, { secretRef: { name: 'login' } }, ['login .dockerconfigjson']],
  ['a ServiceAccount', { auth: FluxRegistryAuth.serviceAccount('puller') }, { provider: 'generic', serviceAccountName: 'puller' }, []],
  ['Azure', { auth: FluxRegistryAuth.azure() }, { provider: 'azure' }, []],
  ['a CA', { tls: FluxClientTls.ca('ca') }, { certSecretRef: { name: 'ca' } }, ['ca ca.crt']],
  ['keys of Cosign', { verification: FluxOciVerification.cosignKeys('keys') }, { verify: { provider: 'cosign', secretRef: { name: 'keys' } } }, ['keys *.pub']],
  ['Notation', { verification: FluxOciVerification.notation('keys') }, { verify: { provider: 'notation', secretRef: { name: 'keys' } } }, ['keys *.crt', 'keys trustpolicy.json']],
  ['a layer', { layer: FluxOciLayer.unpacked('application/vnd.cncf.flux.content.v1.tar+gzip') },
    { layerSelector: { mediaType: 'application/vnd.cncf.flux.content.v1.tar+gzip', operation: 'extract' } }, []],
])('%s of a registry', (_, props, expected, keys) => {
  const source = oci(props);
  const { url, ref, interval, timeout, ...spec } = specOf(source);
  expect(spec).toEqual(expected);
  expect(keysOf(source)).toEqual(keys.map((key) => `flux-system/${key} for OCIRepository shop`));
});

describe('what of repositories of charts throws', () => {
  const registry = 'oci://ghcr.io/example/charts';
  test.each<[string, Partial<FluxHelmRepositoryProps>, string]>([
    ['another scheme', { url: 'ftp://charts.example.com' }, 'url is \'ftp://charts.example.com\'; allowed: a URL with https:// or http:// or oci://'],
    ['a login to a registry without one', { auth: FluxHelmRepositoryAuth.dockerConfig('login') }, 'and auth for a registry is given; allowed: FluxHelmRepositoryAuth.basic, or a URL with oci://'],
    ['an identity of a cloud without a registry', { auth: FluxHelmRepositoryAuth.aws() }, 'and auth for a registry is given'],
    ['insecure without a registry', { insecure: true }, 'and insecure is given; allowed: insecure for oci:// only'],
    ['passCredentials for a registry', { url: registry, passCredentials: true }, 'and passCredentials is given; allowed: passCredentials for https:// only'],
    ['an interval for a registry', { url: registry, interval: Duration.hours(1) }, 'and interval is given; allowed: no interval: Flux reads no index of a registry; the HelmRelease has one'],
    ['a timeout for a registry', { url: registry, timeout: Duration.minutes(1) }, 'and timeout is given; allowed: no timeout'],
    ['an identity of AWS elsewhere', { url: registry, auth: FluxHelmRepositoryAuth.aws() }, 'auth is by an identity of aws, and the registry is ghcr.io'],
    ['a tag in the URL', { url: `${registry}:v1` }, 'allowed: a URL without a tag or digest'],
  ])('%s', (_, props, message) => expect(() => charts(props)).toThrow(message));
});

describe('access to buckets', () => {
  const azure = 'https://shop.blob.core.windows.net';
  test.each<[string, Partial<FluxBucketProps>, Manifest, string[]]>([
    ['by a key', { access: FluxBucketAccess.accessKey('key') }, { provider: 'generic', secretRef: { name: 'key' } }, ['accesskey', 'secretkey']],
    ['at AWS by a key', { access: FluxBucketAccess.awsAccessKey('key') }, { provider: 'aws', secretRef: { name: 'key' } }, ['accesskey', 'secretkey']],
    ['at AWS', { access: FluxBucketAccess.aws({ stsEndpoint: 'https://vpce-1.sts.eu-west-1.vpce.amazonaws.com' }) },
      { provider: 'aws', sts: { provider: 'aws', endpoint: 'https://vpce-1.sts.eu-west-1.vpce.amazonaws.com' } }, []],
    ['at Google Cloud', { access: FluxBucketAccess.gcp({ serviceAccountName: 'bucket' }) }, { provider: 'gcp', serviceAccountName: 'bucket' }, []],
    ['at Google Cloud by a key', { access: FluxBucketAccess.gcpServiceAccountKey('key') }, { provider: 'gcp', secretRef: { name: 'key' } }, ['serviceaccount']],
    ['at Azure', { endpoint: azure, access: FluxBucketAccess.azure() }, { provider: 'azure' }, []],
    ['at Azure by a key', { endpoint: azure, access: FluxBucketAccess.azureSecret('key', FluxAzureCredentials.ACCOUNT_KEY) }, { provider: 'azure', secretRef: { name: 'key' } }, ['accountKey']],
    ['at Azure by a signature', { endpoint: azure, access: FluxBucketAccess.azureSecret('key', FluxAzureCredentials.SAS_KEY) }, { provider: 'azure', secretRef: { name: 'key' } }, ['sasKey']],
    ['at Azure by a certificate', { endpoint: azure, access: FluxBucketAccess.azureSecret('key', FluxAzureCredentials.CLIENT_CERTIFICATE) }, { provider: 'azure', secretRef: { name: 'key' } },
      ['clientCertificate', 'clientId', 'tenantId']],
    ['at Azure by a managed identity', { endpoint: azure, access: FluxBucketAccess.azureSecret('key', FluxAzureCredentials.MANAGED_IDENTITY) }, { provider: 'azure', secretRef: { name: 'key' } }, ['clientId']],
    ['of LDAP', { access: FluxBucketAccess.ldap({ endpoint: 'https://sts.example.com', secretName: 'key' }) },
      { provider: 'generic', sts: { provider: 'ldap', endpoint: 'https://sts.example.com', secretRef: { name: 'key' } } }, ['password', 'username']],
  ])('%s', (_, props, expected, keys) => {
    const source = bucket(props);
    const { bucketName, endpoint, interval, timeout, ...spec } = specOf(source);
    expect(spec).toEqual(expected);
    expect(keysOf(source)).toEqual(keys.map((key) => `flux-system/key ${key} for Bucket shop`));
  });

  test.each<[string, Partial<FluxBucketProps>, string]>([
    ['a URL as endpoint', { endpoint: 'https://s3.example.com' }, 'endpoint is \'https://s3.example.com\'; allowed: a host, with a port or not, and without https:// [FLUX-BUCKET]'],
    ['a host as endpoint of Azure', { endpoint: 'shop.blob.core.windows.net', access: FluxBucketAccess.azure() }, 'endpoint is \'shop.blob.core.windows.net\'; allowed: a URL with https:// or http://'],
    ['a name in capitals', { bucketName: 'Shop' }, 'bucketName is \'Shop\'; allowed: at least 3 lower-case letters'],
    ['certificates for a cloud', { access: FluxBucketAccess.gcp(), tls: FluxClientTls.ca('ca') }, 'tls is given for a bucket of gcp; allowed: tls for servers of your own'],
    ['an STS that is not of AWS', { access: FluxBucketAccess.aws({ stsEndpoint: 'https://sts.example.com' }) }, 'stsEndpoint is \'https://sts.example.com\'; allowed: a URL such as https://sts.eu-west-1.amazonaws.com'],
    ['a prefix at Azure', { endpoint: azure, prefix: 'deploy/', access: FluxBucketAccess.azure() }, 'prefix is \'deploy/\', which Flux ignores at Azure; allowed: prefix for other providers; fix: give ignore'],
    ['an LDAP that is no URL', { access: FluxBucketAccess.ldap({ endpoint: 'sts', secretName: 'ldap' }) }, 'endpoint of ldap is \'sts\''],
    ['a literal password as the name of a Secret', { access: FluxBucketAccess.accessKey('Hunter2') }, 'access is no name of a Secret (not shown here)'],
  ])('%s throws', (_, props, message) => expect(() => bucket(props)).toThrow(message));
});

describe('without TLS', () => {
  test.each<[string, () => FluxSource, string]>([
    ['Git', () => git({ url: 'http://git.example.com/shop' }), 'url is \'http://git.example.com/shop\''],
    ['a registry', () => oci({ insecure: true }), 'insecure is true'],
    ['charts', () => charts({ url: 'http://charts.example.com' }), 'url is \'http://charts.example.com\''],
    ['charts of a registry', () => charts({ url: 'oci://ghcr.io/example/charts', insecure: true }), 'insecure is true'],
    ['a bucket', () => bucket({ insecure: true }), 'insecure is true'],
  ])('%s is guarded', (_, make, what) => {
    const source = make();
    expect(findings(source)).toEqual([expect.stringMatching(new RegExp(`${what}.*allowed: a server with TLS.*\\[FLUX-SOURCE-CLEAR\\]`))]);
    Rules.acknowledge(source, 'FLUX-SOURCE-CLEAR', 'a test server on the same node');
    expect(findings(source)).toEqual([]);
  });
});

test('signatures without keys behind a proxy are warned of', () => {
  const warn = jest.spyOn(console, 'warn').mockImplementation(() => {});
  const source = oci({ verification: FluxOciVerification.cosignKeyless({ identities: [{ issuer: 'a', subject: 'b' }] }), proxySecretName: 'proxy' });
  expect(findings(source)).toEqual([]);
  expect(warn.mock.calls.flat()).toEqual([expect.stringContaining('verification is without keys, and proxySecretName is given, which is not used for it')]);
  warn.mockRestore();
});

test.each([
  ['aws', FluxRegistryAuth.aws(), ['123456789012.dkr.ecr.eu-west-1.amazonaws.com', '123456789012.dkr-ecr.eu-west-1.on.aws', 'public.ecr.aws']],
  ['gcp', FluxRegistryAuth.gcp(), ['europe-docker.pkg.dev', 'gcr.io', 'eu.gcr.io']],
  ['azure', FluxRegistryAuth.azure(), ['example.azurecr.io', 'registry.of.an.own.azure']],
])('registries of %s', (provider, auth, registries) => {
  for (const registry of registries) expect(specOf(oci({ url: `oci://${registry}/shop`, auth }))).toMatchObject({ provider });
});

describe('what a release lacks throws', () => {
  test.each<[string, FluxVersion, (chart: Chart) => void, string]>([
    ['AWS for Git', FluxVersion.V2_8, (chart) => git({ url: 'https://git-codecommit.eu-west-1.amazonaws.com/v1/repos/shop', auth: FluxGitAuth.aws() }, chart), 'auth of AWS came with Flux 2.9, but the cluster has 2.8'],
    ['a ServiceAccount for Git', FluxVersion.V2_6, (chart) => git({ url: 'https://dev.azure.com/a/b/_git/c', auth: FluxGitAuth.azure({ serviceAccountName: 'a' }) }, chart), 'serviceAccountName came with Flux 2.7'],
    ['signatures by ssh', FluxVersion.V2_8, (chart) => git({ verification: FluxGitVerification.ssh('a') }, chart), 'verification by ssh came with Flux 2.9'],
    ['an own Sigstore', FluxVersion.V2_8, (chart) => oci({ verification: FluxOciVerification.cosignKeyless({ identities: [{ issuer: 'a', subject: 'b' }], trustedRootSecretName: 'a' }) }, chart),
      'trustedRootSecretName came with Flux 2.9'],
    ['a ServiceAccount for a bucket', FluxVersion.V2_6,
      (chart) => new FluxBucket(chart, 'b', { bucketName: 'shop', endpoint: 's3.example.com', access: FluxBucketAccess.gcp({ serviceAccountName: 'a' }) }), 'serviceAccountName came with Flux 2.7'],
  ])('%s', (_, version, make, message) => expect(() => make(newChart(version))).toThrow(message));
});

describe('what exists already', () => {
  test('has a name, and a namespace that is the chart\'s or that is given', () => {
    const chart = newChart();
    const existing = [
      FluxGitRepository.fromGitRepositoryName(chart, 'a', 'flux-system'),
      FluxOciRepository.fromOciRepositoryName(chart, 'b', 'shop', { namespace: 'shop' }),
      FluxHelmRepository.fromHelmRepositoryName(chart, 'c', 'charts'),
      FluxBucket.fromBucketName(chart, 'd', 'bucket'),
      FluxExternalArtifact.fromExternalArtifactName(chart, 'e', 'artifact'),
    ];
    expect(existing.map(({ kind, namespace, objectName }) => `${kind} ${namespace}/${objectName}`)).toEqual([
      'GitRepository flux-system/flux-system', 'OCIRepository shop/shop', 'HelmRepository flux-system/charts', 'Bucket flux-system/bucket', 'ExternalArtifact flux-system/artifact',
    ]);
    expect(Manifests.of(chart).all).toEqual([]);
  });

  test('has a name that Kubernetes allows', () => {
    expect(() => FluxGitRepository.fromGitRepositoryName(newChart(), 'a', 'A_B')).toThrow('the name \'A_B\' is invalid');
  });
});
