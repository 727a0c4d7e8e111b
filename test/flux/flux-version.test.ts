import { ApiObject, App, Chart } from 'cdk8s';
import { SchemaCheck } from '../../src/core/schema/schema-check';
import { fluxResource } from '../../src/flux/flux-object';
import { checkFeatures, Flux, FluxVersion } from '../../src/flux/flux-version';

const chart = (app = new App()) => new Chart(app, 'chart');

describe('the API version', () => {
  test.each([[undefined, 'v1beta3'], [FluxVersion.V2_6, 'v1beta3'], [FluxVersion.V2_9, 'v1beta3'], [FluxVersion.V2_10, 'v1']])('of an Alert for Flux %s is %s', (version, expected) => {
    const app = new App();
    if (version) Flux.use(app, version);

    expect(fluxResource(chart(app), 'Alert', { name: 'a' }, {}).apiVersion).toBe(`notification.toolkit.fluxcd.io/${expected}`);
  });

  test('of other kinds is the same for all releases', () => {
    const scope = chart();
    const kinds = ['Receiver', 'Kustomization', 'HelmRelease', 'GitRepository', 'OCIRepository', 'HelmRepository', 'Bucket'];

    expect(kinds.map((kind) => fluxResource(new Chart(scope, kind), kind, { name: 'a' }, {}).apiVersion)).toEqual([
      'notification.toolkit.fluxcd.io/v1', 'kustomize.toolkit.fluxcd.io/v1', 'helm.toolkit.fluxcd.io/v2', 'source.toolkit.fluxcd.io/v1',
      'source.toolkit.fluxcd.io/v1', 'source.toolkit.fluxcd.io/v1', 'source.toolkit.fluxcd.io/v1',
    ]);
  });

  test('is settled once it was asked for', () => {
    const app = new App();
    fluxResource(chart(app), 'Alert', { name: 'a' }, {});

    expect(() => Flux.use(app, FluxVersion.V2_10)).toThrow(
      '[App] Flux.use comes after chart was described for Flux 2.9; fix: call Flux.use before Flux objects are described',
    );
    expect(() => Flux.use(app, FluxVersion.V2_9)).not.toThrow();
  });

  test('of an unknown release', () => {
    expect(() => Flux.use(new App(), '2.2' as FluxVersion)).toThrow('Flux 2.2 is not a release that this library knows; allowed: 2.6, 2.7, 2.8, 2.9, 2.10');
  });

  test('is that of the nearest construct that says it', () => {
    const app = new App();
    Flux.use(app, FluxVersion.V2_10);
    const scope = chart(app);
    Flux.use(scope, FluxVersion.V2_8);

    expect(fluxResource(scope, 'Alert', { name: 'a' }, {}).apiVersion).toBe('notification.toolkit.fluxcd.io/v1beta3');
  });
});

test('what a release lacks is refused', () => {
  const app = new App();
  Flux.use(app, FluxVersion.V2_8);

  expect(() => checkFeatures(app, [['mode', FluxVersion.V2_7, true], ['ignore', FluxVersion.V2_9, false]])).not.toThrow();
  expect(() => checkFeatures(app, [['ignore', FluxVersion.V2_9, true]])).toThrow(
    '[App] ignore came with Flux 2.9, but the cluster has 2.8; fix: leave it out, or if the cluster has Flux 2.9: Flux.use(app, FluxVersion.V2_9) [FLUX-FEATURE]',
  );
});

describe('the schema of v1, which Flux 2.10 has', () => {
  const findings = (kind: string, spec: object) => {
    const app = new App();
    SchemaCheck.enable(app);
    new ApiObject(chart(app), 'object', { apiVersion: 'notification.toolkit.fluxcd.io/v1', kind, metadata: { name: 'a' }, spec } as never);
    return app.node.validate();
  };

  test('lacks the fields that are gone', () => {
    expect(findings('Alert', { providerRef: { name: 'p' }, eventSources: [], summary: 'text' })).toEqual([
      expect.stringContaining('spec.summary is not a field of this kind, the API server would drop it'),
    ]);
    expect(findings('Provider', { type: 'slack', proxy: 'http://a', interval: '1m' })).toHaveLength(2);
  });

  test('knows the providers that came with it', () => {
    expect(findings('Provider', { type: 'incident.io' })).toEqual([]);
    expect(findings('Provider', { type: 'smoke' })).toEqual([expect.stringContaining('spec.type is "smoke"')]);
  });
});
