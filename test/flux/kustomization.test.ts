import { ApiObject, App, Chart, Duration, JsonPatch } from 'cdk8s';
import {
  Flux, FluxBuildMetadata, FluxExternalArtifact, FluxGitReference, FluxGitRepository, FluxHealthCheck, FluxHealthExpression, FluxHelmRelease,
  FluxHelmRepository, FluxKubeConfig, FluxKustomization, FluxKustomizationProps, FluxVariableSource, FluxVersion, RequiredSecrets, Rules,
  SecretKey,
} from '../../src';
import { Manifest, Manifests } from '../support';

const newChart = (flux?: FluxVersion) => {
  const app = new App();
  if (flux) Flux.use(app, flux);
  return new Chart(app, 'flux', { namespace: 'flux-system' });
};

function shop(props: Partial<FluxKustomizationProps> = {}, chart = newChart()): FluxKustomization {
  return new FluxKustomization(chart, 'shop', { source: FluxGitRepository.fromGitRepositoryName(chart, 'git', 'flux-system'), ...props });
}

const specOf = (kustomization: FluxKustomization): Manifest => Manifests.of(Chart.of(kustomization)).get('Kustomization', kustomization.objectName).spec;
const findings = (kustomization: FluxKustomization) => kustomization.node.root.node.findAll().flatMap(({ node }) => node.validate());

const printed: string[] = [];
beforeEach(() => {
  printed.length = 0;
  jest.spyOn(console, 'warn').mockImplementation((line) => { printed.push(line); });
});
afterEach(() => jest.restoreAllMocks());

test('what is written if nothing is asked', () => {
  expect(specOf(shop())).toEqual({
    sourceRef: { kind: 'GitRepository', name: 'flux-system' }, path: './', interval: '1h', retryInterval: '2m', timeout: '5m', prune: true, wait: true,
  });
});

test('a source of another namespace is named with it', () => {
  const chart = newChart();
  const source = FluxGitRepository.fromGitRepositoryName(chart, 'other', 'shop', { namespace: 'shop' });
  expect(specOf(shop({ source }, chart)).sourceRef).toEqual({ kind: 'GitRepository', name: 'shop', namespace: 'shop' });
});

test('a patch reaches the output, over what is rendered last', () => {
  const kustomization = shop();
  kustomization.apiObject.addJsonPatch(JsonPatch.replace('/spec/interval', '30m'));
  kustomization.addDependency(FluxKustomization.fromKustomizationName(kustomization, 'base', 'base'));
  expect(specOf(kustomization)).toMatchObject({ interval: '30m', dependsOn: [{ name: 'base' }] });
});

describe('times', () => {
  test.each<[string, Partial<FluxKustomizationProps>, Manifest]>([
    ['a short interval shortens the others', { interval: Duration.minutes(1) }, { interval: '1m', retryInterval: '1m', timeout: '30s' }],
    ['an interval of some minutes leaves half a minute to the timeout', { interval: Duration.minutes(3) }, { interval: '3m', retryInterval: '2m', timeout: '2m30s' }],
    ['a day is hours, which Flux knows', { interval: Duration.days(1), timeout: Duration.minutes(15) }, { interval: '24h', retryInterval: '2m', timeout: '15m' }],
  ])('%s', (_, props, expected) => {
    const kustomization = shop(props);
    expect(specOf(kustomization)).toMatchObject(expected);
    expect([findings(kustomization), printed]).toEqual([[], []]);
  });

  test.each<[string, Partial<FluxKustomizationProps>, string]>([
    ['an interval below a minute', { interval: Duration.seconds(10) }, 'interval is 10s; allowed: a minute or more; fix: let a FluxReceiver tell Flux of a change at once'],
    ['a timeout that is not below interval', { interval: Duration.minutes(5), timeout: Duration.minutes(5) }, 'timeout is 5m, and interval is 5m; allowed: a timeout below interval'],
    ['a timeout below 30 seconds', { timeout: Duration.seconds(10) }, 'timeout is 10s; allowed: 30 seconds or more: less is taken as that'],
    ['a retry later than the interval', { interval: Duration.minutes(10), retryInterval: Duration.minutes(20) }, 'retryInterval is 20m, and interval is 10m; allowed: a retryInterval of at most interval'],
  ])('%s is warned of', (_, props, text) => {
    const kustomization = shop(props);
    expect(findings(kustomization)).toEqual([]);
    expect(printed).toEqual([expect.stringContaining(`warning: [flux/shop] ${text}`)]);
    expect(printed[0]).toContain('[FLUX-TIMES]');
  });
});

describe('what throws', () => {
  const patch = (text: string, rest: object = {}) => ({ patches: [{ patch: text, ...rest }] });
  const operations = '- {op: replace, path: /spec/replicas, value: 2}';
  test.each<[string, Partial<FluxKustomizationProps>, string]>([
    ['a path from the root', { path: '/deploy' }, '[flux/shop] path is \'/deploy\'; allowed: a path such as ./deploy/production, relative to the root of the source and without ..; fix: write \'./deploy\' [FLUX-PATH]'],
    ['a path outside', { path: './deploy/../..' }, 'path is \'./deploy/../..\''],
    ['an empty path', { path: '' }, 'path is \'\'; allowed: a path such as'],
    ['a path with backslashes', { path: 'deploy\\production' }, 'path is \'deploy\\production\''],
    ['an interval as text', { interval: '1d' as never }, 'interval is \'1d\'; allowed: a Duration'],
    ['a retryInterval of nothing', { retryInterval: Duration.millis(0) }, 'retryInterval is 0 ms; allowed: whole milliseconds, at least one'],
    ['the field validation', { validation: 'client' } as never,
      '[flux/shop] validation is \'client\', which is no field any more; fix: leave it out: the API server validates all objects before the first is applied [FLUX-REMOVED-FIELD]'],
    ['wait beside healthChecks', { wait: true, healthChecks: [FluxHealthCheck.deployment('shop', 'shop')] },
      'wait is true, and healthChecks are given, which Flux then ignores; allowed: one of them; fix: leave wait out to wait for these alone'],
    ['expressions that nobody asks', { wait: false, healthExpressions: [FluxHealthExpression.certificates()] },
      'healthExpressions are given, and Flux waits for nothing; allowed: wait: true, or healthChecks [FLUX-HEALTH-CHECK]'],
    ['a long targetNamespace', { targetNamespace: 'a'.repeat(64) }, `targetNamespace is '${'a'.repeat(64)}'; allowed: at most 63 lower-case letters`],
    ['an invalid ServiceAccount', { serviceAccountName: 'Deployer' }, 'serviceAccountName is \'Deployer\'; allowed: at most 253 lower-case'],
    ['an empty namePrefix', { namePrefix: '' }, 'namePrefix is \'\'; allowed: 1 to 200 lower-case letters, digits, - and .'],
    ['a long nameSuffix', { nameSuffix: 'a'.repeat(201) }, 'allowed: 1 to 200 lower-case letters'],
    ['an absolute component', { components: ['/tls'] }, 'components has \'/tls\'; allowed: a directory relative to path, such as ../tls'],
    ['a label that Kubernetes refuses', { commonMetadata: { labels: { team: 'a b' } } }, 'commonMetadata.labels has team: \'a b\'; allowed: at most 63 letters'],
    ['a variable with a dash', { substitution: { variables: { 'my-region': 'eu' } } }, 'substitution.variables has \'my-region\'; allowed: letters, digits and _, not beginning with a digit [FLUX-SUBSTITUTION]'],
    ['a variable that begins with a digit', { substitution: { variables: { '1A': 'eu' } } }, 'substitution.variables has \'1A\''],
    ['a value of two lines', { substitution: { variables: { A: 'a\nb' } } }, 'the value of the variable A is no text of one line; allowed: one line: Flux removes line breaks'],
    ['an invalid ConfigMap of variables', { substitution: { from: [FluxVariableSource.configMap('A')] } }, 'substitution.from is \'A\'; allowed'],
    ['a key that SOPS does not know', { decryption: { keys: [SecretKey.fromName('sops', 'age.key')] } }, 'decryption.keys has \'age.key\', which Flux would ignore; allowed: keys that end in .agekey, .asc,'],
    ['keys of two Secrets', { decryption: { keys: [SecretKey.fromName('a', 'a.agekey'), SecretKey.fromName('b', 'b.asc')] } },
      'decryption.keys are in the Secrets \'a\' and \'b\'; allowed: keys of one Secret; fix: put them into one [FLUX-DECRYPTION]'],
    ['a literal key', { decryption: { keys: ['AGE-SECRET-KEY-1'] as never } }, 'decryption.keys is a string (not shown here), not a reference to a Secret'],
    ['a patch that is no YAML', patch('{a: [}'), 'patches[0] is no YAML: '],
    ['an empty patch', patch(''), 'patches[0] is neither a list nor an object; allowed: operations of RFC 6902, or a part of an object [FLUX-PATCH]'],
    ['operations without a target', patch(operations), 'patches[0] has operations, and no target; allowed: operations with a target; fix: give target'],
    ['an unknown operation', patch('- {op: set, path: /a}', { target: { kind: 'Deployment' } }), 'patches[0] has the operation {"op":"set","path":"/a"}; allowed: op of add, remove, replace'],
    ['an operation on no pointer', patch('- {op: remove, path: spec.replicas}', { target: { kind: 'Deployment' } }), 'has the operation {"op":"remove","path":"spec.replicas"}'],
    ['a patch of nothing', patch('kind: Deployment\nmetadata: {name: shop}'), 'patches[0] names no object; allowed: apiVersion, kind, metadata.name and the namespace of the object'],
    ['a patch without a name', patch('spec: {replicas: 2}', { target: { kind: 'Deployment' } }), 'patches[0] names no object; allowed: kind and metadata.name, of which the last may be any beside a target'],
    ['a target that Go cannot read', patch(operations, { target: { name: '(?=a)' } }), 'patches[0].target.name is \'(?=a)\', which Go cannot read'],
    ['an image with a tag', { images: [{ name: 'shop:v1', newTag: 'v2' }] }, 'name of the image is \'shop:v1\'; allowed: a name without tag and digest [FLUX-IMAGE]'],
    ['an image that stays', { images: [{ name: 'shop' }] }, 'nothing is changed of the image shop; allowed: newName, newTag or digest'],
    ['an invalid digest', { images: [{ name: 'shop', digest: 'abc' }] }, 'digest of the image shop is \'abc\''],
    ['drift of nothing', { ignore: [{ paths: [], target: { kind: 'Deployment' } }] }, 'ignore[0].paths is empty; allowed: one path or more [FLUX-IGNORE]'],
    ['drift of no pointer', { ignore: [{ paths: ['spec.replicas'], target: { kind: 'Deployment' } }] }, 'ignore[0].paths has \'spec.replicas\'; allowed: a JSON pointer such as /spec/replicas'],
    ['drift of all objects', { ignore: [{ paths: ['/spec'], target: {} }] }, 'ignore[0].target is empty, which is all objects; allowed: a target; fix: name the kind of the objects; kind: \'.*\' for all'],
    ['drift of a kind that Go cannot read', { ignore: [{ paths: ['/spec'], target: { kind: '(?!A)' } }] }, 'ignore[0].target.kind is \'(?!A)\', which Go cannot read'],
    ['an invalid ConfigMap of a cluster', { kubeConfig: FluxKubeConfig.configMap('A') }, 'the ConfigMap of kubeConfig is \'A\''],
    ['a health check without a kind', { healthChecks: [FluxHealthCheck.of({ apiVersion: 'v1', kind: '', name: 'a' })] }, 'kind of a health check is empty; allowed: a text [FLUX-HEALTH-CHECK]'],
    ['a health check in all namespaces', { healthChecks: [FluxHealthCheck.deployment('shop', '*')] }, 'the namespace of a health check is \'*\''],
  ])('%s', (_, props, message) => expect(() => shop(props)).toThrow(message));

  test('a chart\'s repository as source', () => {
    const chart = newChart();
    expect(() => shop({ source: FluxHelmRepository.fromHelmRepositoryName(chart, 'charts', 'nats') }, chart)).toThrow(
      'source is HelmRepository \'nats\'; allowed: GitRepository or OCIRepository or Bucket or ExternalArtifact; fix: a chart is installed by a FluxHelmRelease [FLUX-REFERENCE]',
    );
  });

  test('a source of another app', () => {
    const source = new FluxGitRepository(newChart(), 'git', { url: 'https://github.com/example/shop', ref: FluxGitReference.branch('main') });
    expect(() => shop({ source })).toThrow('source is GitRepository \'git\' at flux/git of another app; allowed: an object of the same app');
  });
});

test('forms of patches that are right', () => {
  const patches = [
    { patch: 'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: shop}\nspec: {replicas: 2}' },
    { patch: 'kind: Deployment\nmetadata: {name: any}\nspec: {replicas: 2}', target: { kind: 'Deployment' } },
    { patch: '- op: add\n  path: /metadata/annotations/a~1b\n  value: c', target: { name: '(?i)SHOP' } },
  ];
  expect(specOf(shop({ patches })).patches).toEqual(patches);
});

test('a variable whose name says that it is a secret is guarded, and not shown', () => {
  const kustomization = shop({ substitution: { variables: { REGION: 'eu', DB_PASSWORD: 'hunter2', NO_TOKEN: '' } } });
  expect(findings(kustomization)).toEqual([expect.stringContaining(
    'substitution.variables.DB_PASSWORD is a text (not shown here), and is written to the output; allowed: a reference to a Secret; fix: give it by from: FluxVariableSource.secret',
  )]);
  expect(findings(kustomization)[0]).not.toContain('hunter2');
  Rules.acknowledge(kustomization, 'FLUX-LITERAL-SECRET', 'a test database');
  expect(findings(kustomization)).toEqual([]);
});

test('force is guarded', () => {
  const kustomization = shop({ force: true });
  expect(findings(kustomization)).toEqual([expect.stringContaining('force is true: what cannot be changed is deleted and made anew, StatefulSets too')]);
  Rules.acknowledge(kustomization, 'FLUX-FORCE', 'holds Jobs only');
  expect(findings(kustomization)).toEqual([]);
  expect(specOf(kustomization).force).toBe(true);
});

describe('what a release lacks throws', () => {
  test.each<[string, FluxVersion, Partial<FluxKustomizationProps>, string]>([
    ['components that may be missing', FluxVersion.V2_6, { ignoreMissingComponents: true }, 'ignoreMissingComponents came with Flux 2.7, but the cluster has 2.6'],
    ['drift', FluxVersion.V2_8, { ignore: [{ paths: ['/spec'], target: { kind: 'A' } }] }, 'ignore came with Flux 2.9'],
    ['build metadata', FluxVersion.V2_8, { buildMetadata: [FluxBuildMetadata.ORIGIN] }, 'buildMetadata came with Flux 2.9'],
    ['substitution without variables', FluxVersion.V2_8, { substitution: { always: true } }, 'substitution.always came with Flux 2.9'],
    ['a cluster by a ConfigMap', FluxVersion.V2_6, { kubeConfig: FluxKubeConfig.configMap('a') }, 'kubeConfig by a ConfigMap came with Flux 2.7'],
    ['an expression for a group', FluxVersion.V2_8, { healthExpressions: [FluxHealthExpression.of({ apiVersion: 'a.example/v1', current: 'true' })] }, 'a health expression without kind came with Flux 2.9'],
  ])('%s', (_, version, props, message) => expect(() => shop(props, newChart(version))).toThrow(message));

  test('a source that came later, and an expression when a dependency is ready', () => {
    const chart = newChart(FluxVersion.V2_6);
    expect(() => shop({ source: FluxExternalArtifact.fromExternalArtifactName(chart, 'a', 'a') }, chart)).toThrow('source of kind ExternalArtifact came with Flux 2.7');
    const other = newChart(FluxVersion.V2_6);
    expect(() => shop({}, other).addDependency(FluxKustomization.fromKustomizationName(other, 'base', 'base'), { readyExpression: 'true' })).toThrow('readyExpression came with Flux 2.7');
  });
});

test('Secrets that must exist are listed', () => {
  const kustomization = shop({
    decryption: { keys: [SecretKey.fromName('sops', 'identity.agekey'), SecretKey.fromName('sops', 'sops.vault-token')] },
    kubeConfig: FluxKubeConfig.secret(SecretKey.fromName('other', 'value.yaml')),
    substitution: { from: [FluxVariableSource.secret('variables'), FluxVariableSource.secret('maybe', { optional: true })] },
  });
  expect(RequiredSecrets.of(Chart.of(kustomization)).map(({ secretName, key, value, usedBy }) => [secretName, key, value, ...usedBy])).toEqual([
    ['other', 'value.yaml', 'kubeconfig of the other cluster, complete in itself', 'Kustomization shop'],
    ['sops', 'identity.agekey', 'private key of age', 'Kustomization shop'],
    ['sops', 'sops.vault-token', 'token of Vault', 'Kustomization shop'],
    ['variables', '(each variable)', 'value that Flux puts into manifests', 'Kustomization shop'],
  ]);
});

describe('health checks', () => {
  test('name objects, those of this program too', () => {
    const chart = newChart();
    const object = new ApiObject(chart, 'object', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop', namespace: undefined } });
    const healthChecks = [
      FluxHealthCheck.daemonSet('a', 'b'),
      FluxHealthCheck.statefulSet('a', 'b'),
      FluxHealthCheck.helmRelease('a', 'b'),
      FluxHealthCheck.of({ apiVersion: 'v1', kind: 'Namespace', name: 'b' }),
      FluxHealthCheck.object(object),
    ];
    expect(specOf(shop({ healthChecks }, chart))).toMatchObject({
      wait: false,
      healthChecks: [
        { apiVersion: 'apps/v1', kind: 'DaemonSet', name: 'a', namespace: 'b' },
        { apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'a', namespace: 'b' },
        { apiVersion: 'helm.toolkit.fluxcd.io/v2', kind: 'HelmRelease', name: 'a', namespace: 'b' },
        { apiVersion: 'v1', kind: 'Namespace', name: 'b' },
        { apiVersion: 'v1', kind: 'Namespace', name: 'shop', namespace: 'flux-system' },
      ],
    });
  });
});

describe('health expressions', () => {
  const ready = 'status.conditions.exists(e, e.type == \'Ready\' && e.status == \'True\')';
  const expressions = (healthExpressions: FluxHealthExpression[], version?: FluxVersion) =>
    specOf(shop({ healthExpressions }, newChart(version))).healthCheckExprs;

  test('of certificates, as they are now, and of issuers', () => {
    expect(expressions([FluxHealthExpression.certificates(), FluxHealthExpression.issuers()])).toEqual([
      { apiVersion: 'cert-manager.io/v1', kind: 'Certificate', current: 'status.conditions.exists(e, e.type == \'Ready\' && e.status == \'True\' && e.observedGeneration == metadata.generation)' },
      { apiVersion: 'cert-manager.io/v1', kind: 'Issuer', current: ready },
      { apiVersion: 'cert-manager.io/v1', kind: 'ClusterIssuer', current: ready },
    ]);
  });

  test('of what NACK makes, in one entry where Flux takes it', () => {
    expect(expressions([FluxHealthExpression.jetStream()], FluxVersion.V2_9)).toEqual([{ apiVersion: 'jetstream.nats.io/v1beta2', current: ready }]);
    expect(expressions([FluxHealthExpression.jetStream()], FluxVersion.V2_8)).toEqual(
      ['Account', 'Consumer', 'KeyValue', 'ObjectStore', 'Stream'].map((kind) => ({ apiVersion: 'jetstream.nats.io/v1beta2', kind, current: ready })),
    );
  });

  test.each<[string, FluxHealthExpression[], string]>([
    ['two for one kind', [FluxHealthExpression.issuers(), FluxHealthExpression.of({ apiVersion: 'cert-manager.io/v1alpha2', kind: 'Issuer', current: 'true' })],
      'healthExpressions has two for Issuer of the group \'cert-manager.io\'; allowed: one for each kind; fix: join them with || [FLUX-HEALTH-EXPRESSION]'],
    ['two for one group', [FluxHealthExpression.jetStream(), FluxHealthExpression.jetStream()], 'healthExpressions has two for all kinds of the group \'jetstream.nats.io\''],
    ['one without an expression', [FluxHealthExpression.of({ apiVersion: 'a.example/v1', kind: 'A', current: ' ' })], 'current of the health expression for A is empty'],
    ['one without an API version', [FluxHealthExpression.of({ apiVersion: '', kind: 'A', current: 'true' })], 'apiVersion of a health expression is empty'],
  ])('%s throw', (_, healthExpressions, message) => expect(() => shop({ healthExpressions })).toThrow(message));

  test('that are true of objects without conditions are warned of', () => {
    const failed = 'status.conditions.filter(e, e.type == \'Ready\').all(e, e.status == \'False\')';
    const kustomization = shop({ healthExpressions: [FluxHealthExpression.of({ apiVersion: 'a.example/v1', kind: 'A', current: ready, failed })] });
    expect(findings(kustomization)).toEqual([]);
    expect(printed).toEqual([expect.stringContaining(`failed of the health expression for A is '${failed}', which is true of an object without conditions; allowed: exists()`)]);
  });
});

describe('dependencies', () => {
  const chain = (chart: Chart, ...ids: string[]) => ids.map((id) => new FluxKustomization(chart, id, { source: FluxGitRepository.fromGitRepositoryName(chart, `${id}-git`, 'flux-system') }));

  test('are named, with their namespace if it is another', () => {
    const chart = newChart();
    const [base] = chain(chart, 'base');
    const elsewhere = FluxKustomization.fromKustomizationName(chart, 'elsewhere', 'infrastructure', { namespace: 'infra' });
    expect(specOf(shop({ dependsOn: [base, elsewhere] }, chart)).dependsOn).toEqual([{ name: 'base' }, { name: 'infrastructure', namespace: 'infra' }]);
  });

  test('are Kustomizations: for a HelmRelease, Flux would wait without end', () => {
    const chart = newChart();
    const release = FluxHelmRelease.fromHelmReleaseName(chart, 'release', 'nats');
    expect(() => shop({ dependsOn: [release as never] }, chart)).toThrow(
      'dependsOn is HelmRelease \'nats\'; allowed: Kustomization; fix: depend on the Kustomization that applies it, which with wait: true is ready when all is that it applies [FLUX-REFERENCE]',
    );
    expect(() => shop({ dependsOn: ['nats' as never] })).toThrow('dependsOn is \'nats\'; allowed: Kustomization');
  });

  test('are of the same app', () => {
    const [other] = chain(newChart(), 'base');
    expect(() => shop({ dependsOn: [other] })).toThrow('dependsOn is Kustomization \'base\' at flux/base of another app');
  });

  test('are named once, and not ready by an empty expression', () => {
    const chart = newChart();
    const [base] = chain(chart, 'base');
    expect(() => shop({ dependsOn: [base, base] }, chart)).toThrow('dependsOn has Kustomization \'base\' twice [FLUX-DEPENDENCY]');
    const other = newChart();
    expect(() => shop({}, other).addDependency(chain(other, 'base')[0], { readyExpression: '' })).toThrow('readyExpression for Kustomization \'base\' is empty; allowed: an expression of CEL');
  });

  test('that go round fail the synth, each circle once', () => {
    const chart = newChart();
    const [a, b, c, d] = chain(chart, 'a', 'b', 'c', 'd');
    a.addDependency(b);
    b.addDependency(c);
    expect(findings(a)).toEqual([]);
    c.addDependency(FluxKustomization.fromKustomizationName(chart, 'a-by-name', 'a'));
    d.addDependency(a);
    d.addDependency(FluxKustomization.fromKustomizationName(chart, 'd-by-name', 'd'));
    expect(findings(a)).toEqual([
      'flux/a: dependsOn goes round: a -> b -> c -> a, so that none of them is ever applied; fix: remove one of these dependencies [FLUX-DEPENDENCY]',
      'flux/d: dependsOn goes round: d -> d, so that none of them is ever applied; fix: remove one of these dependencies [FLUX-DEPENDENCY]',
    ]);
  });
});
