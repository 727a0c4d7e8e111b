import { execFileSync } from 'child_process';
import { App, Chart } from 'cdk8s';
import { healthStatus, versionRanges } from './harness/binaries';
import { Flux, FluxGitRepository, FluxHealthExpression, FluxKustomization, FluxVersion } from '../../src';
import { isVersionRange } from '../../src/flux/semver-range';
import { noRanges, ranges } from '../flux/version-ranges';
import { Manifest, Manifests } from '../support';

// Built before the clock of a test runs.
healthStatus();
versionRanges();

const releases = [FluxVersion.V2_8, FluxVersion.V2_9];

/** What a Kustomization says of health for a release of Flux. */
function rendered(healthExpressions: FluxHealthExpression[], version: FluxVersion): Manifest[] {
  const app = new App();
  Flux.use(app, version);
  const chart = new Chart(app, 'flux');
  new FluxKustomization(chart, 'layer', { source: FluxGitRepository.fromGitRepositoryName(chart, 'git', 'flux-system'), healthExpressions });
  return Manifests.of(chart).get('Kustomization', 'layer').spec.healthCheckExprs;
}

function statusesOf(objects: Manifest[], healthCheckExprs: Manifest[]): string[] {
  return JSON.parse(execFileSync(healthStatus(), { input: JSON.stringify({ healthCheckExprs, objects }), encoding: 'utf8', stdio: 'pipe' }));
}

const condition = (status: string, observedGeneration?: number) => ({ type: 'Ready', status, reason: 'Some', ...observedGeneration && { observedGeneration } });
const of = (apiVersion: string, kind: string, status?: object) => ({ apiVersion, kind, metadata: { name: 'a', namespace: 'b', generation: 2 }, ...status && { status } });

const certificate = (status?: object) => of('cert-manager.io/v1', 'Certificate', status);
const nack = ['Account', 'Consumer', 'KeyValue', 'ObjectStore', 'Stream'];

/** Objects in each state of their lives, and what they have to be to Flux. */
const lives: [what: string, object: Manifest, expected: string][] = [
  ['a certificate that is issued', certificate({ conditions: [condition('True', 2)] }), 'Current'],
  ['a certificate that is issued for what it was before', certificate({ conditions: [condition('True', 1)] }), 'InProgress'],
  ['a certificate that is being issued', certificate({ conditions: [condition('False', 2), { type: 'Issuing', status: 'True' }] }), 'InProgress'],
  ['a certificate without conditions', certificate({ conditions: [] }), 'InProgress'],
  ...['Issuer', 'ClusterIssuer'].flatMap((kind): typeof lives => [
    [`${kind} that is ready`, of('cert-manager.io/v1', kind, { conditions: [condition('True', 2)] }), 'Current'],
    [`${kind} whose CA is not there yet`, of('cert-manager.io/v1', kind, { conditions: [condition('False', 2)] }), 'InProgress'],
  ]),
  ...nack.flatMap((kind): typeof lives => [
    [`${kind} that NACK has made`, of('jetstream.nats.io/v1beta2', kind, { observedGeneration: 2, conditions: [condition('True')] }), 'Current'],
    [`${kind} that NACK has made as it was before`, of('jetstream.nats.io/v1beta2', kind, { observedGeneration: 1, conditions: [condition('True')] }), 'InProgress'],
    [`${kind} that NACK tries again`, of('jetstream.nats.io/v1beta2', kind, { observedGeneration: 2, conditions: [condition('False')] }), 'InProgress'],
  ]),
  ['a HelmRelease that is installed', of('helm.toolkit.fluxcd.io/v2', 'HelmRelease', { observedGeneration: 2, conditions: [condition('True', 2)] }), 'Current'],
  ['a HelmRelease that is tried again', of('helm.toolkit.fluxcd.io/v2', 'HelmRelease', { observedGeneration: 2, conditions: [condition('False', 2)] }), 'InProgress'],
];

const untouched = [certificate(), of('cert-manager.io/v1', 'Issuer'), of('jetstream.nats.io/v1beta2', 'Stream'), of('helm.toolkit.fluxcd.io/v2', 'HelmRelease')];

describe.each(releases)('for Flux %s, its own code finds', (release) => {
  const expressions = rendered([
    FluxHealthExpression.certificates(), FluxHealthExpression.issuers(), FluxHealthExpression.jetStream(), FluxHealthExpression.helmReleases(),
  ], release);

  test.each(lives)('%s', (_, object, expected) => expect(statusesOf([object], expressions)).toEqual([expected]));

  test('nothing healthy that no controller has seen', () => {
    expect(statusesOf(untouched, expressions).filter((status) => status === 'Current')).toEqual([]);
  });
});

test('without expressions, it takes for healthy what no controller has seen', () => {
  expect(statusesOf(untouched.slice(0, 3), [])).toEqual(['Current', 'Current', 'Current']);
});

test('an expression that is warned of fails what no controller has seen', () => {
  const failed = 'status.conditions.filter(e, e.type == \'Ready\').all(e, e.status == \'False\')';
  const expressions = [{ apiVersion: 'cert-manager.io/v1', kind: 'Certificate', current: 'false', failed }];
  expect(statusesOf([certificate({ conditions: [] })], expressions)).toEqual(['Failed']);
});

test('two expressions for one kind, which throw here, stop it', () => {
  const twice = [...rendered([FluxHealthExpression.issuers()], FluxVersion.V2_9), ...rendered([FluxHealthExpression.issuers()], FluxVersion.V2_9)];
  expect(() => statusesOf([], twice)).toThrow('duplicate custom health check for GroupKind Issuer.cert-manager.io');
});

test('ranges of versions are those of Flux and Helm', () => {
  const asked = [...ranges, ...noRanges];
  const answers = execFileSync(versionRanges(), { input: asked.join('\n') + '\n', encoding: 'utf8' }).trim().split('\n');
  expect(asked.map((text, index) => [text, answers[index]])).toEqual(asked.map((text) => [text, `${isVersionRange(text)}`]));
});
