import { ApiObject, App, Chart, JsonPatch } from 'cdk8s';
import { FluxDelivery, FluxDeliveryProps, FluxGitRepository, SchemaCheck } from '../../../src';
import { Manifest } from '../../support';

type Layers = { [layer: string]: ((chart: Chart) => void) | undefined };

/** An app with these layers, and a delivery of them. */
function delivered(layers: Layers, props: Partial<FluxDeliveryProps> = {}): { app: App; delivery: FluxDelivery } {
  const app = new App();
  SchemaCheck.enable(app);
  for (const [id, fill] of Object.entries(layers)) fill?.(new Chart(app, id));
  const flux = new Chart(app, 'flux');
  const source = FluxGitRepository.fromGitRepositoryName(flux, 'source', 'flux-system');
  return { app, delivery: new FluxDelivery(flux, 'nats', { source, path: './dist/production', ...props }) };
}

let objects = 0;
const object = (manifest: Manifest) => (chart: Chart) => { new ApiObject(chart, `object-${objects++}`, manifest as never); };
const all = (...fills: ((chart: Chart) => void)[]) => (chart: Chart) => fills.forEach((fill) => fill(chart));
const namespace = (name: string) => object({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
const configMap = (name: string, data: object = {}, metadata: object = {}) =>
  object({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: 'shop', ...metadata }, data });
const issuer = object({ apiVersion: 'cert-manager.io/v1', kind: 'Issuer', metadata: { name: 'self-signed', namespace: 'shop' }, spec: { selfSigned: {} } });
const stream = object({ apiVersion: 'jetstream.nats.io/v1beta2', kind: 'Stream', metadata: { name: 'orders', namespace: 'shop' }, spec: { name: 'orders' } });
const helmRelease = (chart: string, { metadata = {} }: { metadata?: object } = {}) => object({
  apiVersion: 'helm.toolkit.fluxcd.io/v2',
  kind: 'HelmRelease',
  metadata: { name: chart, namespace: 'shop', ...metadata },
  spec: { interval: '1h', chart: { spec: { chart, sourceRef: { kind: 'HelmRepository', name: 'charts' } } } },
});

const findings = ({ app }: { app: App }) => app.node.findAll().flatMap(({ node }) => node.validate());
const specOf = (delivery: FluxDelivery, layer: string): Manifest => delivery.kustomization(layer).apiObject.toJson().spec;
const manifestsOf = (app: App) => {
  expect(findings({ app })).toEqual([]);
  return app.charts.flatMap((chart) => chart.toJson() as Manifest[]);
};
const annotationsOf = (app: App, kind: string, name: string) =>
  manifestsOf(app).find((one) => one.kind === kind && one.metadata.name === name)!.metadata.annotations;

describe('the Kustomizations', () => {
  test('have what a careful operator would write', () => {
    const { delivery } = delivered({ base: namespace('shop') });

    expect(delivery.kustomization('base').apiObject.toJson()).toEqual({
      apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
      kind: 'Kustomization',
      metadata: { name: 'nats-base', namespace: 'flux-system' },
      spec: {
        sourceRef: { kind: 'GitRepository', name: 'flux-system' },
        path: './dist/production/base',
        interval: '1h',
        retryInterval: '2m',
        timeout: '15m',
        prune: true,
        wait: true,
      },
    });
  });

  test('wait for each other in the order of the charts, but for those that say otherwise', () => {
    const { delivery } = delivered({ base: namespace('shop'), alerting: configMap('a'), nats: configMap('b'), jetstream: configMap('c') }, {
      layers: { alerting: { dependsOn: ['base'] } },
    });
    const dependencies = ['base', 'alerting', 'nats', 'jetstream'].map((layer) => specOf(delivery, layer).dependsOn);

    expect(dependencies).toEqual([undefined, [{ name: 'nats-base' }], [{ name: 'nats-base' }], [{ name: 'nats-nats' }]]);
  });

  test('may depend on a layer whose chart comes later', () => {
    const { delivery } = delivered({ nats: configMap('b'), base: namespace('shop') }, { layers: { nats: { dependsOn: ['base'] }, base: { dependsOn: [] } } });

    expect(specOf(delivery, 'nats').dependsOn).toEqual([{ name: 'nats-base' }]);
  });

  test('have the options of all and of each', () => {
    const { delivery } = delivered({ base: namespace('shop'), nats: configMap('a') }, {
      name: 'eu', defaults: { serviceAccountName: 'applier', prune: false }, layers: { nats: { prune: true, suspend: true } },
    });

    expect(specOf(delivery, 'base')).toMatchObject({ serviceAccountName: 'applier', prune: false });
    expect(delivery.kustomization('nats').apiObject.toJson()).toMatchObject({
      metadata: { name: 'eu-nats' }, spec: { serviceAccountName: 'applier', prune: true, suspend: true },
    });
  });

  test('know when custom resources are healthy, also of those that come later', () => {
    const { app, delivery } = delivered({ base: namespace('shop'), certificates: issuer, jetstream: configMap('a') });
    stream(app.node.findChild('jetstream') as Chart);
    const kindsOf = (layer: string) => specOf(delivery, layer).healthCheckExprs?.map(({ apiVersion, kind }: Manifest) => `${apiVersion} ${kind}`);

    expect(kindsOf('base')).toBeUndefined();
    expect(kindsOf('certificates')).toEqual(['cert-manager.io/v1 Certificate', 'cert-manager.io/v1 Issuer', 'cert-manager.io/v1 ClusterIssuer']);
    expect(kindsOf('jetstream')).toEqual(['jetstream.nats.io/v1beta2 undefined']);
  });

  test('of layers that wait for nothing have no such expressions, which Flux would refuse', () => {
    const { delivery } = delivered({ base: namespace('shop'), certificates: issuer }, { layers: { certificates: { wait: false } } });

    expect(specOf(delivery, 'certificates').healthCheckExprs).toBeUndefined();
  });
});

describe('layers', () => {
  test('that do not exist are refused, with the one that may be meant', () => {
    expect(() => delivered({ base: namespace('shop'), nats: configMap('a') }, { layers: { nats: { dependsOn: ['bas'] } } })).toThrow(
      '[flux/nats] layers.nats.dependsOn has \'bas\', which is no layer of the app; allowed: base, nats; fix: did you mean \'base\'? [FLUX-LAYER]',
    );
    expect(() => delivered({ base: namespace('shop') }, { layers: { monitoring: {} } })).toThrow('layers has \'monitoring\', which is no layer of the app; allowed: base');
    expect(() => delivered({ base: namespace('shop') }).delivery.kustomization('nats')).toThrow('layer has \'nats\', which is no layer of the app; allowed: base');
    expect(() => delivered({ base: namespace('shop') }, { defaults: { dependsOn: ['base'] } })).toThrow('defaults has dependsOn; allowed: dependsOn of single layers');
  });

  test('that wait for each other are reported once', () => {
    const both = delivered({ base: namespace('shop'), nats: configMap('a') }, { layers: { base: { dependsOn: ['nats'] }, nats: { dependsOn: ['base'] } } });

    expect(findings(both).filter((text) => text.includes('FLUX-DEPENDENCY'))).toEqual([
      expect.stringContaining('dependsOn goes round: nats-base -> nats-nats -> nats-base'),
    ]);
  });

  test('that come after the delivery have to be added', () => {
    const late = delivered({ base: namespace('shop') });
    const chart = new Chart(late.app, 'late');
    configMap('a')(chart);

    expect(findings(late)).toEqual([
      'the layer \'late\' was made after the FluxDelivery and is not delivered; fix: call addLayer with its chart, or make the FluxDelivery last [FLUX-LAYER-UNDELIVERED]',
    ]);
    late.delivery.addLayer(chart);
    expect(findings(late)).toEqual([]);
    expect(specOf(late.delivery, 'late').dependsOn).toEqual([{ name: 'nats-base' }]);
    expect(() => late.delivery.addLayer(chart)).toThrow('the layer \'late\' is delivered already');
    expect(() => late.delivery.addLayer(new Chart(chart, 'inner'))).toThrow('the layer \'inner\' stands inside late, with whose objects its own are written');
  });
});

describe('custom resources', () => {
  test('stand in a layer after the release that brings their definitions', () => {
    expect(findings(delivered({ base: namespace('shop'), certificates: all(helmRelease('cert-manager'), issuer) }))).toEqual([
      expect.stringMatching(
        /^Issuer 'self-signed' stands in the layer 'certificates' together with the HelmRelease 'cert-manager' that brings its definition, so that Flux can apply neither; allowed: a layer that depends on it; fix: move certificates\/object-\d+ to a chart of its own that comes before \[FLUX-DEFINITIONS\]$/,
      ),
    ]);
    expect(findings(delivered({ base: namespace('shop'), prerequisites: helmRelease('cert-manager'), certificates: issuer }))).toEqual([]);
    expect(findings(delivered(
      { base: namespace('shop'), prerequisites: helmRelease('cert-manager'), certificates: issuer }, { layers: { certificates: { dependsOn: ['base'] } } },
    ))).toEqual([
      expect.stringContaining('which does not wait for the layer \'prerequisites\' with the HelmRelease \'cert-manager\' that brings its definition; fix: add \'prerequisites\' to what \'certificates\' depends on'),
    ]);
  });

  test('are known to belong to a chart that comes from a registry, too', () => {
    const chart = all(
      object({
        apiVersion: 'source.toolkit.fluxcd.io/v1',
        kind: 'OCIRepository',
        metadata: { name: 'nack', namespace: 'shop' },
        spec: { interval: '1h', url: 'oci://registry.example.com/charts/nack' },
      }),
      object({
        apiVersion: 'helm.toolkit.fluxcd.io/v2',
        kind: 'HelmRelease',
        metadata: { name: 'controller', namespace: 'shop' },
        spec: { interval: '1h', chartRef: { kind: 'OCIRepository', name: 'nack' } },
      }),
      stream,
    );

    expect(findings(delivered({ base: namespace('shop'), jetstream: chart }))).toEqual([expect.stringContaining('together with the HelmRelease \'controller\'')]);
  });

  test('do not stand beside the webhook that judges them', () => {
    const webhook = (failurePolicy: string) => object({
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'ValidatingWebhookConfiguration',
      metadata: { name: 'judge' },
      webhooks: [{ name: 'judge.example.com', failurePolicy, rules: [{ apiGroups: ['cert-manager.io'] }] }],
    });

    expect(findings(delivered({ base: namespace('shop'), certificates: all(webhook('Fail'), issuer) }))).toEqual([expect.stringContaining('together with the webhook \'judge\'')]);
    expect(findings(delivered({ base: namespace('shop'), certificates: all(webhook('Ignore'), issuer) }))).toEqual([]);
  });

  test('may stand beside their definition, but not before it', () => {
    const definition = object({
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: { name: 'streams.jetstream.nats.io' },
      spec: { group: 'jetstream.nats.io', names: { kind: 'Stream' } },
    });

    expect(findings(delivered({ base: all(namespace('shop'), definition, stream) }))).toEqual([]);
    expect(findings(delivered({ base: all(namespace('shop'), stream), later: definition }))).toEqual([
      expect.stringContaining('does not wait for the layer \'later\' with the definition of Stream'),
    ]);
  });
});

describe('namespaces', () => {
  test('are named by what belongs to one, and by nothing else', () => {
    const mistakes = all(
      object({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'nowhere' } }),
      object({ apiVersion: 'cert-manager.io/v1', kind: 'ClusterIssuer', metadata: { name: 'everywhere', namespace: 'shop' }, spec: { selfSigned: {} } }),
      object({ apiVersion: 'example.com/v1', kind: 'Unknown', metadata: { name: 'unknown' } }),
    );

    expect(findings(delivered({ base: all(namespace('shop'), mistakes) }))).toEqual([
      expect.stringMatching(/^ConfigMap 'nowhere' at base\/object-\d+ names no namespace; fix: give its chart, or the object itself, a namespace \[FLUX-NAMESPACE-SCOPE\]$/),
      expect.stringMatching(/^ClusterIssuer 'everywhere' at base\/object-\d+ names the namespace 'shop', but belongs to none; fix: put it into a chart without a namespace/),
    ]);
  });

  test('are made before they are used', () => {
    expect(findings(delivered({ nats: all(configMap('a'), configMap('b')) }))).toEqual([
      'ConfigMap \'a\' of the layer \'nats\' is in the namespace \'shop\', which nothing in the app makes; '
      + 'fix: describe the Namespace in a layer before it, or name it in existingNamespaces: [\'shop\'] [FLUX-NAMESPACE-MISSING]',
    ]);
    expect(findings(delivered({ nats: configMap('a') }, { existingNamespaces: ['shop'] }))).toEqual([]);
    expect(findings(delivered({ nats: configMap('a'), base: namespace('shop') }))).toEqual([
      expect.stringContaining('which the layer \'base\' makes, but \'nats\' does not depend on it; fix: let \'nats\' depend on \'base\''),
    ]);
    expect(findings(delivered({ nats: configMap('a', {}, { namespace: 'flux-system' }) }))).toEqual([]);
  });
});

describe('what holds data', () => {
  const kept = 'kustomize.toolkit.fluxcd.io/prune';

  test('is never deleted by Flux', () => {
    const authority = object({
      apiVersion: 'cert-manager.io/v1',
      kind: 'Certificate',
      metadata: { name: 'ca', namespace: 'shop' },
      spec: { isCA: true, commonName: 'ca', secretName: 'ca', issuerRef: { name: 'self-signed' } },
    });
    const claim = object({ apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name: 'data', namespace: 'shop', annotations: { [kept]: 'enabled' } } });
    const { app } = delivered({ base: all(namespace('shop'), authority, claim, configMap('a')) });

    expect(annotationsOf(app, 'Namespace', 'shop')).toEqual({ [kept]: 'disabled' });
    expect(annotationsOf(app, 'Certificate', 'ca')).toEqual({ [kept]: 'disabled' });
    expect(annotationsOf(app, 'PersistentVolumeClaim', 'data')).toEqual({ [kept]: 'enabled' });
    expect(annotationsOf(app, 'ConfigMap', 'a')).toBeUndefined();
  });

  const statefulSet = (annotations: object) =>
    object({ apiVersion: 'apps/v1', kind: 'StatefulSet', metadata: { name: 'nats', namespace: 'shop', annotations }, spec: {} });
  const force = 'kustomize.toolkit.fluxcd.io/force';

  test('is not made anew by force', () => {
    expect(findings(delivered({ base: all(namespace('shop'), statefulSet({ [force]: 'Enabled' })) }))).toEqual([
      expect.stringMatching(/^StatefulSet 'nats' at base\/object-\d+ has kustomize.toolkit.fluxcd.io\/force: Enabled, so that Flux deletes it where it cannot change it; fix: leave that out/),
    ]);
    const forced = delivered({ base: all(namespace('shop'), statefulSet({})), nats: all(configMap('a'), statefulSet({ [force]: 'disabled' })) }, { existingNamespaces: [] });
    for (const layer of ['base', 'nats']) forced.delivery.kustomization(layer).apiObject.addJsonPatch(JsonPatch.add('/spec/force', true));

    expect(findings(forced).filter((text) => text.includes('FORCED'))).toEqual([
      expect.stringMatching(/^StatefulSet 'nats' at base\/object-\d+ is in the layer 'base', which is forced/),
    ]);
  });
});

describe('substitution', () => {
  const disabled = { 'kustomize.toolkit.fluxcd.io/substitute': 'disabled' };

  test.each([
    ['${HOSTNAME##*-}', disabled], ['$$JS.API', disabled], ['${datasource}', disabled], ['$JS.API.>', undefined], ['$(POD_NAME)', undefined], ['^foo$', undefined],
  ])('leaves %s alone', (text, expected) => {
    expect(annotationsOf(delivered({ base: all(namespace('shop'), configMap('a', { text })) }).app, 'ConfigMap', 'a')).toEqual(expected);
  });

  test('sees a key of a map, and what a patch has put there', () => {
    const { app } = delivered({ base: all(namespace('shop'), configMap('a', { '${KEY}': '' }), configMap('b', { text: '' })) });
    const patched = app.node.findAll().filter(ApiObject.isApiObject).find(({ name }) => name === 'b')!;
    patched.addJsonPatch(JsonPatch.replace('/data/text', '${TEXT}'));

    expect(annotationsOf(app, 'ConfigMap', 'a')).toEqual(disabled);
    expect(annotationsOf(app, 'ConfigMap', 'b')).toEqual(disabled);
  });

  test('happens where a layer has variables, and nothing else is touched', () => {
    const layers = { base: all(namespace('shop'), configMap('a', { text: '${ZONE} and ${REGION}' }), configMap('b', { text: '${OTHER}' })) };
    const { app, delivery } = delivered(layers, { layers: { base: { substitution: { variables: { ZONE: 'a' } }, variables: ['REGION'] } } });

    expect(annotationsOf(app, 'ConfigMap', 'a')).toBeUndefined();
    expect(annotationsOf(app, 'ConfigMap', 'b')).toEqual(disabled);
    expect(specOf(delivery, 'base').postBuild).toEqual({ substitute: { ZONE: 'a' } });
  });

  test('is refused for an object that has both', () => {
    const both = delivered({ base: all(namespace('shop'), configMap('a', { text: '${ZONE} $$JS' })) }, { layers: { base: { substitution: { variables: { ZONE: 'a' } } } } });

    expect(findings(both)).toEqual([
      expect.stringMatching(/^ConfigMap 'a' at base\/object-\d+ uses the variable 'ZONE' of its layer, but has '\$\$' too, which Flux would touch as well; allowed: [^;]*; fix: [^;]* \[FLUX-SUBSTITUTION-MIXED\]$/),
    ]);
  });
});

describe('a path', () => {
  test('of the delivery stays in the source', () => {
    expect(() => delivered({ base: namespace('shop') }, { path: '../dist' })).toThrow('path is \'../dist\'');
    expect(() => delivered({ base: namespace('shop') }, { path: '/dist' })).toThrow('path is \'/dist\'');
  });

  test('below it that no layer has is refused, with the one that may be meant', () => {
    const wrong = (path: string, source: string = 'flux-system') => object({
      apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
      kind: 'Kustomization',
      metadata: { name: 'own', namespace: 'flux-system' },
      spec: { interval: '1h', prune: true, path, sourceRef: { kind: 'GitRepository', name: source } },
    });
    const layers = (kustomization: (chart: Chart) => void) => delivered({ base: namespace('shop'), jetstream: configMap('a'), own: kustomization });

    expect(findings(layers(wrong('./dist/production/jetsream')))).toEqual([
      expect.stringMatching(
        /^the path of Kustomization 'own' at own\/object-\d+ is '\.\/dist\/production\/jetsream', which no layer is written to; allowed: \.\/dist\/production\/base, .*; fix: did you mean \.\/dist\/production\/jetstream\? \[FLUX-DELIVERED-PATH\]$/,
      ),
    ]);
    for (const right of [wrong('dist/production/flux'), wrong('./apps'), wrong('./dist/production/jetsream', 'another')]) expect(findings(layers(right))).toEqual([]);
  });
});
