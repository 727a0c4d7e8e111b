import { App, Chart, Duration } from 'cdk8s';
import {
  Flux, FluxChartNameChange, FluxGitReference, FluxGitRepository, FluxHealthExpression, FluxHelmChart, FluxHelmFailure, FluxHelmRelease,
  FluxHelmReleaseProps, FluxHelmRepository, FluxHelmServerSideApply, FluxHelmValues, FluxHelmWaitStrategy, FluxKustomization, FluxOciLayer,
  FluxOciReference, FluxOciRepository, FluxOciVerification, FluxPostRenderStrategy, FluxVersion, RequiredSecrets, SecretKey,
} from '../../src';
import { Manifest, Manifests } from '../support';

const newChart = (flux?: FluxVersion) => {
  const app = new App();
  if (flux) Flux.use(app, flux);
  return new Chart(app, 'flux', { namespace: 'flux-system' });
};
const charts = (chart: Chart) => FluxHelmRepository.fromHelmRepositoryName(chart, 'charts', 'charts');
const git = (chart: Chart) => FluxGitRepository.fromGitRepositoryName(chart, 'git', 'git');
const nats = (props: Partial<FluxHelmReleaseProps> = {}, chart = newChart()) =>
  new FluxHelmRelease(chart, 'nats', { ...props, chart: props.chart ?? FluxHelmChart.fromRepository(charts(chart), 'nats', '1.x') });
const specOf = (release: FluxHelmRelease): Manifest => Manifests.of(Chart.of(release)).get('HelmRelease', release.objectName).spec;
const findings = (release: FluxHelmRelease) => release.node.root.node.findAll().flatMap(({ node }) => node.validate());

test('what is written if nothing is asked', () => {
  expect(specOf(nats())).toEqual({
    chart: { spec: { chart: 'nats', version: '1.x', sourceRef: { kind: 'HelmRepository', name: 'charts' } } },
    interval: '1h',
    timeout: '5m',
    install: { crds: 'CreateReplace', remediation: { retries: 3 } },
    upgrade: { crds: 'CreateReplace', remediation: { retries: 3 } },
  });
});

test('cert-manager of its registry, as its project advises', () => {
  const chart = new Chart(new App(), 'flux', { namespace: 'cert-manager' });
  const source = new FluxOciRepository(chart, 'charts', { url: 'oci://quay.io/jetstack/charts/cert-manager', ref: FluxOciReference.semver('1.x'), layer: FluxOciLayer.helmChart() });
  const release = new FluxHelmRelease(chart, 'cert-manager', { chart: FluxHelmChart.fromArtifact(source), values: { crds: { enabled: true } } });
  expect(specOf(release)).toMatchObject({ chartRef: { kind: 'OCIRepository', name: 'charts' }, values: { crds: { enabled: true } } });
  expect(Manifests.of(chart).get('OCIRepository', 'charts').spec.layerSelector).toEqual({ mediaType: 'application/vnd.cncf.helm.chart.content.v1.tar+gzip', operation: 'copy' });
});

describe('failures', () => {
  test.each<[string, Partial<FluxHelmReleaseProps>, Manifest]>([
    ['are retried without being undone', { install: { onFailure: FluxHelmFailure.retry() } }, { install: { crds: 'CreateReplace', strategy: { name: 'RetryOnFailure' } } }],
    ['are retried after a time', { upgrade: { onFailure: FluxHelmFailure.retry(Duration.minutes(1)) } }, { upgrade: { crds: 'CreateReplace', strategy: { name: 'RetryOnFailure', retryInterval: '1m' } } }],
    ['are undone by removing', { upgrade: { onFailure: FluxHelmFailure.remediate(1, { uninstall: true }) } }, { upgrade: { crds: 'CreateReplace', remediation: { retries: 1, strategy: 'uninstall' } } }],
    ['are undone without end', { install: { onFailure: FluxHelmFailure.remediate(-1) } }, { install: { crds: 'CreateReplace', remediation: { retries: -1 } } }],
  ])('%s', (_, props, expected) => {
    const spec = specOf(nats(props));
    for (const [action, rendered] of Object.entries(expected)) expect(spec[action]).toEqual(rendered);
  });
});

describe('what throws', () => {
  const secret = SecretKey.fromName('values', 'values.yaml');
  test.each<[string, Partial<FluxHelmReleaseProps>, string]>([
    ['a long releaseName', { releaseName: 'a'.repeat(54) }, `[flux/nats] releaseName is '${'a'.repeat(54)}'; allowed: at most 53 lower-case letters`],
    ['an invalid targetNamespace', { targetNamespace: 'A' }, 'targetNamespace is \'A\'; allowed: at most 63'],
    ['a long storageNamespace', { storageNamespace: 'a'.repeat(64) }, 'storageNamespace is'],
    ['an invalid ServiceAccount', { serviceAccountName: 'A' }, 'serviceAccountName is \'A\''],
    ['half a history', { maxHistory: 1.5 }, 'maxHistory is 1.5; allowed: a whole number from 0 [FLUX-HELM-HISTORY]'],
    ['a negative history', { maxHistory: -1 }, 'maxHistory is -1'],
    ['half an attempt', { install: { onFailure: FluxHelmFailure.remediate(0.5) } }, 'install.onFailure has 0.5 retries; allowed: a whole number from 0, or -1 for no end [FLUX-HELM-FAILURE]'],
    ['fewer than no attempts', { upgrade: { onFailure: FluxHelmFailure.remediate(-2) } }, 'upgrade.onFailure has -2 retries'],
    ['an install that is removed anyway', { install: { onFailure: FluxHelmFailure.remediate(1, { uninstall: true }) } }, 'install.onFailure has uninstall: true; allowed: uninstall for an upgrade; fix: leave it out'],
    ['an interval as text', { interval: '1h' as never }, 'interval is \'1h\'; allowed: a Duration'],
    ['a timeout of nothing', { install: { timeout: Duration.millis(0) } }, 'install.timeout is 0 ms; allowed: whole milliseconds'],
    ['a path with spaces', { valuesFrom: [FluxHelmValues.secret(secret, { targetPath: 'a b' })] }, 'targetPath is \'a b\'; allowed: at most 250 letters'],
    ['a long path', { valuesFrom: [FluxHelmValues.secret(secret, { targetPath: 'a'.repeat(251) })] }, 'allowed: at most 250 letters'],
    ['literal YAML', { valuesFrom: [FluxHelmValues.secret(secret, { literal: true })] }, 'literal is true without targetPath, where it means nothing; allowed: both; fix: give targetPath [FLUX-HELM-VALUES]'],
    ['an invalid ConfigMap', { valuesFrom: [FluxHelmValues.configMap('A', 'values.yaml')] }, 'the ConfigMap of valuesFrom is \'A\''],
    ['an invalid key', { valuesFrom: [FluxHelmValues.configMap('a', 'a/b')] }, 'the key of valuesFrom is \'a/b\''],
    ['a test without a name', { test: { only: [''] } }, 'name of a test is empty; allowed: a text [FLUX-HELM-TEST]'],
    ['a wrong patch', { postRenderers: [{ patches: [{ patch: 'spec: {}' }] }] }, 'patches[0] names no object'],
    ['expressions that Helm does not ask', { waitStrategy: FluxHelmWaitStrategy.LEGACY, healthExpressions: [FluxHealthExpression.issuers()] },
      'healthExpressions are given, and Helm does not ask them; allowed: FluxHelmWaitStrategy.POLLER, and an install or upgrade that waits'],
    ['expressions without waiting', { install: { disableWait: true }, upgrade: { disableWait: true }, healthExpressions: [FluxHealthExpression.issuers()] }, 'healthExpressions are given, and Helm does not ask them'],
  ])('%s', (_, props, message) => expect(() => nats(props)).toThrow(message));

  test.each<[string, (chart: Chart) => FluxHelmChart, string]>([
    ['a chart without a name', (chart) => FluxHelmChart.fromRepository(charts(chart), '', '1.x'), 'chart is empty; allowed: a text [FLUX-HELM-CHART]'],
    ['a version that is none', (chart) => FluxHelmChart.fromRepository(charts(chart), 'nats', 'latest'), 'version is \'latest\'; allowed: a range of versions such as 1.x'],
    ['a chart of Git by its name', (chart) => FluxHelmChart.fromRepository(git(chart), 'nats', '1.x'), 'repository is GitRepository \'git\'; allowed: HelmRepository; fix: take FluxHelmChart.fromDirectory or fromArtifact'],
    ['a directory of a repository of charts', (chart) => FluxHelmChart.fromDirectory(charts(chart), './nats'), 'source is HelmRepository \'charts\'; allowed: GitRepository or Bucket'],
    ['a directory outside', (chart) => FluxHelmChart.fromDirectory(git(chart), '../nats'), 'directory has \'../nats\'; allowed: a path relative to the root of the source, without .. [FLUX-PATH]'],
    ['Git as an artifact', (chart) => FluxHelmChart.fromArtifact(git(chart)), 'source is GitRepository \'git\'; allowed: OCIRepository or ExternalArtifact'],
    ['an absolute file of values', (chart) => FluxHelmChart.fromDirectory(git(chart), './nats', { valuesFiles: ['/values.yaml'] }), 'valuesFiles has \'/values.yaml\''],
    ['identities for a chart of a HelmRepository',
      (chart) => FluxHelmChart.fromRepository(charts(chart), 'nats', '1.x', { verification: FluxOciVerification.cosignKeyless({ identities: [{ issuer: 'a', subject: 'b' }] }) }),
      'verification is by identities, which a chart of a HelmRepository cannot have; allowed: FluxOciVerification.cosignKeys or notation; fix: take a FluxOciRepository'],
  ])('%s', (_, make, message) => {
    const chart = newChart();
    expect(() => nats({ chart: make(chart) }, chart)).toThrow(message);
  });
});

describe('what a release of Flux lacks throws', () => {
  test.each<[string, FluxVersion, Partial<FluxHelmReleaseProps>, string]>([
    ['retries without undoing', FluxVersion.V2_6, { upgrade: { onFailure: FluxHelmFailure.retry() } }, 'upgrade.onFailure: retry came with Flux 2.7, but the cluster has 2.6'],
    ['common metadata', FluxVersion.V2_6, { commonMetadata: { labels: { a: 'b' } } }, 'commonMetadata came with Flux 2.7'],
    ['health expressions', FluxVersion.V2_7, { healthExpressions: [FluxHealthExpression.issuers()] }, 'healthExpressions came with Flux 2.8'],
    ['ways to wait', FluxVersion.V2_7, { waitStrategy: FluxHelmWaitStrategy.LEGACY }, 'waitStrategy came with Flux 2.8'],
    ['server-side apply of an install', FluxVersion.V2_7, { install: { serverSideApply: false } }, 'install.serverSideApply came with Flux 2.8'],
    ['server-side apply of an upgrade', FluxVersion.V2_7, { upgrade: { serverSideApply: FluxHelmServerSideApply.AUTO } }, 'upgrade.serverSideApply came with Flux 2.8'],
    ['server-side apply of a rollback', FluxVersion.V2_7, { rollback: { serverSideApply: FluxHelmServerSideApply.AUTO } }, 'rollback.serverSideApply came with Flux 2.8'],
    ['ways to see hooks', FluxVersion.V2_8, { postRenderStrategy: FluxPostRenderStrategy.COMBINED }, 'postRenderStrategy came with Flux 2.9'],
    ['a chart of another name', FluxVersion.V2_8, { upgrade: { onChartNameChange: FluxChartNameChange.REINSTALL } }, 'upgrade.onChartNameChange came with Flux 2.9'],
    ['literal values', FluxVersion.V2_8, { valuesFrom: [FluxHelmValues.configMap('a', 'b', { targetPath: 'c', literal: true })] }, 'literal values came with Flux 2.9'],
  ])('%s', (_, version, props, message) => expect(() => nats(props, newChart(version))).toThrow(message));
});

test('Secrets that must exist are listed', () => {
  const release = nats({
    valuesFrom: [
      FluxHelmValues.secret(SecretKey.fromName('nats-values', 'values.yaml')),
      FluxHelmValues.secret(SecretKey.fromName('nats-password', 'password'), { targetPath: 'auth.password' }),
      FluxHelmValues.secret(SecretKey.fromName('maybe', 'values.yaml'), { optional: true }),
    ],
  });
  expect(RequiredSecrets.of(Chart.of(release)).map(({ namespace, secretName, key, value }) => [namespace, secretName, key, value])).toEqual([
    ['flux-system', 'nats-password', 'password', 'value of auth.password'], ['flux-system', 'nats-values', 'values.yaml', 'values of the chart, in YAML'],
  ]);
});

test('values whose names say that they are secrets are guarded, and not shown', () => {
  const release = nats({
    values: {
      auth: { users: [{ name: 'a', password: 'hunter2' }], existingSecret: 'nats', tokenTTL: '1h', secretName: 'b' }, adminPassword: 'hunter3', apiKey: '', token: { secretKeyRef: {} },
    },
  });
  expect(findings(release).map((text) => text.split(' is a text')[0])).toEqual(['values.auth.users[0].password', 'values.adminPassword']);
  expect(findings(release).join()).not.toMatch(/hunter/);
});

test('a chart of a directory', () => {
  const chart = newChart();
  const source = new FluxGitRepository(chart, 'shop', { url: 'https://github.com/example/shop', ref: FluxGitReference.branch('main'), namespace: 'shop' });
  expect(specOf(nats({ chart: FluxHelmChart.fromDirectory(source, './charts/nats') }, chart)).chart).toEqual(
    { spec: { chart: './charts/nats', sourceRef: { kind: 'GitRepository', name: 'shop', namespace: 'shop' } } },
  );
});

describe('dependencies', () => {
  test('are HelmReleases', () => {
    const chart = newChart();
    const kustomization = FluxKustomization.fromKustomizationName(chart, 'base', 'base');
    expect(() => nats({ dependsOn: [kustomization as never] }, chart)).toThrow(
      'dependsOn is Kustomization \'base\'; allowed: HelmRelease; fix: let the Kustomization that applies this depend on the other [FLUX-REFERENCE]',
    );
  });

  test('that go round fail the synth', () => {
    const chart = newChart();
    const a = nats({}, chart);
    const b = new FluxHelmRelease(chart, 'nack', { chart: FluxHelmChart.fromRepository(FluxHelmRepository.fromHelmRepositoryName(chart, 'more', 'charts'), 'nack', '0.x'), dependsOn: [a] });
    expect(findings(b)).toEqual([]);
    expect(specOf(b).dependsOn).toEqual([{ name: 'nats' }]);
    a.addDependency(b);
    expect(findings(b)).toEqual([expect.stringContaining('flux/nats: dependsOn goes round: nats -> nack -> nats')]);
  });
});
