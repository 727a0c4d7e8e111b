import * as fs from 'node:fs';
import * as path from 'node:path';
import { ApiObject, App, Chart, JsonPatch } from 'cdk8s';
import { CrdVersion } from '../../src/core/schema/crd';
import { crdsOfGroup } from '../../src/core/schema/crd-catalog';
import { SchemaCheck } from '../../src/core/schema/schema-check';
import { schemaErrors, wholeValidator } from '../../src/core/schema/schema-validator';

const MONITORING = 'monitoring.coreos.com/v1';
const JETSTREAM = 'jetstream.nats.io/v1beta2';

let app: App;
let chart: Chart;

beforeEach(() => {
  app = new App();
  chart = new Chart(app, 'test');
  SchemaCheck.enable(chart);
});

function podMonitor(endpoint: object, id = 'monitor'): ApiObject {
  return new ApiObject(chart, id, {
    apiVersion: MONITORING, kind: 'PodMonitor', metadata: { name: id }, spec: { selector: {}, podMetricsEndpoints: [endpoint] },
  });
}

function stream(spec: unknown, id = 'orders'): ApiObject {
  return new ApiObject(chart, id, { apiVersion: JETSTREAM, kind: 'Stream', metadata: { name: id }, spec });
}

/** What the synth of the app finds, one text for each finding. */
function findings(): string[] {
  try {
    chart.toJson();
    return [];
  } catch (error) {
    return (error as Error).message.split('\n').slice(1).map((line) => line.trim());
  }
}

describe('fields', () => {
  test('a valid resource passes', () => {
    podMonitor({ port: 'metrics', interval: '30s' });
    stream({ name: 'ORDERS', subjects: ['orders.>'], retention: 'limits' });
    expect(findings()).toEqual([]);
  });

  test('an unknown field names object, place, what is known and the way out', () => {
    stream({ name: 'ORDERS', colour: 'red' });
    expect(findings()).toEqual([
      expect.stringMatching(/Stream 'orders' at test\/orders: spec\.colour is not a field of this kind.*allowed: .*SchemaCheck\.allow\(.*'spec\.colour'.*\[SCHEMA-MISMATCH\]$/),
    ]);
  });

  test('a misspelled nested field gets a suggestion', () => {
    podMonitor({ port: 'metrics', intervall: '30s' });
    expect(findings()).toEqual([expect.stringMatching(/spec\.podMetricsEndpoints\[0\]\.intervall is not a field.*allowed: interval, .*did you mean interval\?/)]);
  });

  test('an unknown field beside spec is found, and the metadata of any object is not looked at', () => {
    new ApiObject(chart, 'orders', {
      apiVersion: JETSTREAM, kind: 'Stream', metadata: { name: 'orders', annotations: { 'a/b': 'c' } }, specification: { name: 'ORDERS' },
    });
    expect(findings()).toEqual([expect.stringContaining('orders: specification is not a field')]);
  });

  test('a status, which the API server drops where it is a subresource, is found', () => {
    new ApiObject(chart, 'orders', { apiVersion: JETSTREAM, kind: 'Stream', spec: { name: 'ORDERS' }, status: { observedGeneration: 1 } });
    expect(findings()).toEqual([expect.stringContaining(': status is not a field')]);
  });

  test('a required field that is missing is found', () => {
    new ApiObject(chart, 'alert', { apiVersion: 'notification.toolkit.fluxcd.io/v1beta3', kind: 'Alert', spec: { eventSources: [{ kind: 'GitRepository' }] } });
    expect(findings()).toEqual([
      expect.stringContaining('spec.providerRef is required and missing'),
      expect.stringContaining('spec.eventSources[0].name is required and missing'),
    ]);
  });

  test('a required field that has a default is not missing, because the API server fills it in', () => {
    const sourceRef = { kind: 'HelmRepository', name: 'nats' };
    new ApiObject(chart, 'chart', {
      apiVersion: 'source.toolkit.fluxcd.io/v1', kind: 'HelmChart', spec: { chart: 'nats', interval: '1h', sourceRef, verify: {} },
    });
    expect(crdsOfGroup('source.toolkit.fluxcd.io')!.find(({ spec }) => spec.names.kind === 'HelmChart')!.spec.versions[0].schema!.openAPIV3Schema)
      .toHaveProperty('properties.spec.properties.verify.required', ['provider']);
    expect(findings()).toEqual([]);
  });

  test('all findings of one object are reported, each in its own line', () => {
    stream({ retention: 'workque', replicas: '3', storages: 'file' });
    expect(findings()).toHaveLength(3);
  });

  test('a key that no path can hold unquoted is quoted', () => {
    stream({ 'name': 'ORDERS', 'a/b': 1 });
    expect(findings()).toEqual([expect.stringContaining('spec["a/b"] is not a field')]);
  });

  test('whatever a schema preserves passes', () => {
    new ApiObject(chart, 'release', {
      apiVersion: 'helm.toolkit.fluxcd.io/v2',
      kind: 'HelmRelease',
      spec: { interval: '10m', chartRef: { kind: 'OCIRepository', name: 'nats' }, values: { anything: [{ at: 'all' }] } },
    });
    expect(findings()).toEqual([]);
  });
});

describe('values', () => {
  test('a value that an enum does not have is shown with those it has', () => {
    stream({ name: 'ORDERS', retention: 'workque' });
    expect(findings()).toEqual([expect.stringMatching(/spec\.retention is "workque"; allowed: workqueue, interest, limits; fix: did you mean workqueue\?/)]);
  });

  test('a value of the wrong type is reported once', () => {
    stream({ name: 'ORDERS', retention: 7, subjects: 'orders.>' });
    expect(findings()).toEqual([
      expect.stringMatching(/spec\.retention is a number; allowed: a string/),
      expect.stringMatching(/spec\.subjects is a string; allowed: a list/),
    ]);
  });

  test('a bound and a pattern are said', () => {
    stream({ name: 'a.b', replicas: 0 });
    expect(findings()).toEqual([
      expect.stringMatching(/spec\.name is "a\.b"; allowed: it must match pattern/),
      expect.stringMatching(/spec\.replicas is 0; allowed: it must be >= 1/),
    ]);
  });

  test('an int-or-string takes both, and nothing else', () => {
    podMonitor({ targetPort: 7777 }, 'number');
    podMonitor({ targetPort: 'metrics' }, 'name');
    expect(findings()).toEqual([]);
    podMonitor({ targetPort: true }, 'neither');
    expect(findings()).toEqual([expect.stringMatching(/targetPort is a boolean; allowed: a whole number or a string/)]);
  });

  test('a pattern of Go that ignores case in a part of it does so there alone', () => {
    const months = (...given: string[]) => new ApiObject(chart, given[0].replace(/\W/g, '-').toLowerCase(), {
      apiVersion: 'monitoring.coreos.com/v1alpha1', kind: 'AlertmanagerConfig', metadata: { name: 'a' }, spec: { muteTimeIntervals: [{ name: 'a', timeIntervals: [{ months: given }] }] },
    } as never);
    months('MARCH', 'april', '1:12');
    expect(findings()).toEqual([]);
    months('marches');
    expect(findings()).toEqual([expect.stringMatching(/months\[0\] is "marches"; allowed: it must match pattern/)]);
  });

  test('a pattern of Go that ignores case does so', () => {
    const rule = (strategy: string) => new ApiObject(chart, strategy, {
      apiVersion: MONITORING,
      kind: 'PrometheusRule',
      spec: { groups: [{ name: 'g', partial_response_strategy: strategy, rules: [{ alert: 'A', expr: '1' }] }] },
    });
    rule('WARN');
    expect(findings()).toEqual([]);
    rule('ignore');
    expect(findings()).toEqual([expect.stringContaining('spec.groups[0].partial_response_strategy is "ignore"')]);
  });

  test('a null, which the API server drops, is refused', () => {
    stream({ name: 'ORDERS', retention: 'limits' }).addJsonPatch(JsonPatch.replace('/spec/retention', null));
    expect(findings()).toEqual([expect.stringMatching(/spec\.retention is null; allowed: a string/)]);
  });

  test('a value in a field that may hold a credential is not shown', () => {
    const proxy = 'squid://someone:hunter2@proxy.example.com';
    new ApiObject(chart, 'slack', { apiVersion: 'notification.toolkit.fluxcd.io/v1beta3', kind: 'Provider', spec: { type: 'slack', proxy } });
    const [finding, ...others] = findings();
    expect(others).toEqual([]);
    expect(finding).toContain('spec.proxy is a value (not shown here)');
    expect(finding).not.toContain('hunter2');
  });
});

describe('kinds and versions', () => {
  test('a version that is known and not served is refused', () => {
    new ApiObject(chart, 'orders', { apiVersion: 'jetstream.nats.io/v1beta1', kind: 'Stream', spec: { name: 'ORDERS' } });
    expect(findings()).toEqual([
      expect.stringMatching(/apiVersion is 'jetstream\.nats\.io\/v1beta1', in which Stream is not served; allowed: jetstream\.nats\.io\/v1beta2/),
    ]);
  });

  test('a kind of which no version is served is refused', () => {
    new ApiObject(chart, 'template', { apiVersion: 'jetstream.nats.io/v1beta1', kind: 'StreamTemplate' });
    expect(findings()).toEqual([expect.stringContaining('no version of this kind is served')]);
  });

  test('a kind that a known group does not have is refused', () => {
    new ApiObject(chart, 'orders', { apiVersion: JETSTREAM, kind: 'Streem' });
    expect(findings()).toEqual([expect.stringMatching(/kind is 'Streem', which jetstream\.nats\.io does not have; allowed: Stream, .*did you mean Stream\?/)]);
  });

  test('a kind whose schema is not imported passes, and so does an unknown group', () => {
    new ApiObject(chart, 'prometheus', { apiVersion: MONITORING, kind: 'Prometheus', spec: { anything: true } });
    new ApiObject(chart, 'foreign', { apiVersion: 'example.com/v1', kind: 'Foreign', spec: { anything: true } });
    new ApiObject(chart, 'config', { apiVersion: 'v1', kind: 'ConfigMap', anything: true });
    expect(findings()).toEqual([]);
  });
});

describe('what is looked at', () => {
  test('a JSON patch is seen, also one that is added after a first synth', () => {
    const monitor = podMonitor({ port: 'metrics' });
    expect(findings()).toEqual([]);
    ApiObject.of(monitor).addJsonPatch(JsonPatch.add('/spec/podMetricsEndpoints/0/intervall', '30s'));
    expect(findings()).toEqual([expect.stringContaining('spec.podMetricsEndpoints[0].intervall')]);
    ApiObject.of(monitor).addJsonPatch(JsonPatch.remove('/spec/podMetricsEndpoints/0/intervall'));
    expect(findings()).toEqual([]);
  });

  test('enabling it twice reports once, and it reaches every chart of the app', () => {
    SchemaCheck.enable(app);
    new ApiObject(new Chart(app, 'other'), 'orders', { apiVersion: JETSTREAM, kind: 'Stream', spec: { colour: 'red' } });
    expect(findings()).toEqual([expect.stringContaining('at other/orders')]);
  });

  test('nothing is checked where it is not enabled', () => {
    const unchecked = new Chart(new App(), 'test');
    new ApiObject(unchecked, 'orders', { apiVersion: JETSTREAM, kind: 'Stream', spec: { colour: 'red' } });
    expect(unchecked.toJson()).toHaveLength(1);
  });
});

test('many manifests of one kind are judged like one', () => {
  const fields = ['name', 'subjects', 'storage', 'maxAge', 'replicas', 'retention', 'discard', 'noAck', 'maxMsgs', 'maxBytes', 'description', 'denyDelete'];
  fields.forEach((field, index) => stream({ [field]: {}, colour: index }, `stream-${index}`));
  const found = findings();
  for (const [index, field] of fields.entries()) {
    const own = found.filter((finding) => finding.includes(`test/stream-${index}:`));
    expect(own).toEqual(expect.arrayContaining([expect.stringContaining('spec.colour is not a field of this kind'), expect.stringContaining(`spec.${field} is an object`)]));
    expect(own).toHaveLength(2);
  }
});

describe('allow', () => {
  test('lets exactly one field through, on the construct or above it', () => {
    stream({ name: 'ORDERS', colour: 'red', shape: 'round' });
    SchemaCheck.allow(chart, 'spec.colour', 'the CRD in our cluster has it');
    expect(findings()).toEqual([expect.stringContaining('spec.shape')]);
  });

  test('does not reach beside its construct', () => {
    const orders = stream({ name: 'ORDERS', colour: 'red' });
    stream({ name: 'BILLS', colour: 'red' }, 'bills');
    SchemaCheck.allow(orders, 'spec.colour', 'the CRD in our cluster has it');
    expect(findings()).toEqual([expect.stringContaining('test/bills')]);
  });

  test('lets a version through that a cluster still serves', () => {
    new ApiObject(chart, 'orders', { apiVersion: 'jetstream.nats.io/v1beta1', kind: 'Stream' });
    SchemaCheck.allow(chart, 'apiVersion', 'our NACK is old');
    expect(findings()).toEqual([]);
  });

  test('demands a path and a reason', () => {
    expect(() => SchemaCheck.allow(chart, 'spec.colour', ' ')).toThrow(/^\[test\] the reason for allowing 'spec.colour' is empty/);
    expect(() => SchemaCheck.allow(chart, '', 'why')).toThrow(/^\[test\] the path for SchemaCheck.allow is empty/);
  });

  test('one that lets nothing through is an error', () => {
    const orders = stream({ name: 'ORDERS' });
    SchemaCheck.allow(orders, 'spec.colour', 'the CRD in our cluster has it');
    expect(findings()).toEqual([
      expect.stringMatching(/SchemaCheck\.allow for 'spec\.colour' at test\/orders \("the CRD in our cluster has it"\) lets nothing through.*\[SCHEMA-ALLOW-STALE\]$/),
    ]);
  });
});

const groups = fs.readdirSync(path.join(__dirname, '..', '..', 'imports', 'crds')).map((file) => path.basename(file, '.json'));
const versions = groups.flatMap((group) => crdsOfGroup(group)!.flatMap(({ spec }) =>
  spec.versions.map((each): [string, CrdVersion] => [`${group}/${each.name} ${spec.names.kind}`, each])));

test.each(versions)('the schema of %s compiles without a word and refuses an unknown field', (_, each) => {
  const warn = jest.spyOn(console, 'warn');
  const manifest = { apiVersion: 'a/v1', kind: 'A', metadata: {}, spek: {} };
  const validate = wholeValidator(each);
  validate(manifest);
  for (const errors of [validate.errors!, schemaErrors(each, manifest)]) expect(errors.map(({ params }) => params.additionalProperty)).toContain('spek');
  expect(warn).not.toHaveBeenCalled();
  warn.mockRestore();
});
