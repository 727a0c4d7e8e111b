import { App, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { JetStreamController, JetStreamControllerOptions, NatsCluster, Rules } from '../../src';
import { addWatchedResource } from '../../src/jetstream/controller/watches';

/** What a synth of the app says. */
const findingsOf = (app: App) => app.node.findAll().flatMap(({ node }) => node.validate());

function appWith(resources: (string | undefined)[], ...controllers: JetStreamControllerOptions[]): App {
  const app = new App();
  const chart = new Chart(app, 'chart', { namespace: 'messaging' });
  const cluster = NatsCluster.fromUrl(chart, 'nats', 'nats://nats:4222');
  controllers.forEach((options, index) => new JetStreamController(chart, `nack-${index}`, { cluster, ...options }));
  resources.forEach((namespace, index) => addWatchedResource(new Construct(chart, `stream-${index}`), namespace));
  return app;
}

let warnings: string[];
beforeEach(() => {
  warnings = [];
  jest.spyOn(console, 'warn').mockImplementation((text) => warnings.push(text));
});
afterEach(() => jest.restoreAllMocks());

test('resources without a controller are a warning, once for all of them', () => {
  const app = appWith(['messaging', 'orders']);
  expect(findingsOf(app)).toEqual([]);
  expect(findingsOf(app)).toEqual([]);
  expect(warnings).toEqual([
    'warning: [] no controller makes the custom resources, 2 in all, such as chart/stream-0; fix: make a JetStreamController, or declare the one that is there with '
    + "JetStreamController.external(app); or, if it is wanted, Rules.acknowledge(<this construct>, 'JS-CONTROLLER-MISSING', '<why>') [JS-CONTROLLER-MISSING]",
  ]);
});

test('a controller that is there already is enough, where it watches', () => {
  const app = appWith(['messaging', 'orders']);
  JetStreamController.external(app, { namespaces: ['messaging'] });
  expect(findingsOf(app)).toEqual([
    "no controller watches namespace 'orders', which has the custom resource chart/stream-1; allowed: namespace 'messaging' (the app); "
    + 'fix: move it there, or make a JetStreamController with this watchNamespace [JS-CONTROLLER-NAMESPACE]',
  ]);
  JetStreamController.external(app, { namespaces: ['orders'] });
  expect(findingsOf(app)).toEqual([]);
  const everywhere = appWith(['messaging', 'orders']);
  JetStreamController.external(everywhere);
  expect(findingsOf(everywhere)).toEqual([]);
  expect(warnings).toEqual([]);
});

test('resources of namespaces that no controller watches are an error, one for each namespace', () => {
  expect(findingsOf(appWith(['messaging'], {}))).toEqual([]);
  expect(findingsOf(appWith(['a', 'b'], { clusterWide: true }))).toEqual([]);
  expect(findingsOf(appWith(['messaging', 'orders', 'orders', undefined], {}, { watchNamespace: 'billing' }))).toEqual([
    "no controller watches namespace 'orders', which has the custom resources, 2 in all, such as chart/stream-1; "
    + "allowed: namespace 'billing' (chart/nack-1), namespace 'messaging' (chart/nack-0); fix: move it there, or make a JetStreamController with this watchNamespace [JS-CONTROLLER-NAMESPACE]",
    expect.stringMatching(/^no controller watches the default namespace, which has the custom resource chart\/stream-3; /),
  ]);
});

test('two controllers of one namespace are an error', () => {
  expect(findingsOf(appWith([], {}, { watchNamespace: 'messaging' }))).toEqual([
    "namespace 'messaging' is watched 2 times: by chart/nack-0, chart/nack-1; allowed: one controller for each namespace; fix: leave one out, or give it another watchNamespace [JS-CONTROLLER-TWICE]",
  ]);
  expect(findingsOf(appWith([], { watchNamespace: 'orders' }, { clusterWide: true }))).toEqual([
    'chart/nack-1 watches all namespaces, and beside it there is chart/nack-0; allowed: one controller for each namespace; fix: leave one out, or give it a watchNamespace [JS-CONTROLLER-TWICE]',
  ]);
});

test('a warning can be acknowledged for the app', () => {
  const app = appWith(['messaging']);
  Rules.acknowledge(app, 'JS-CONTROLLER-MISSING', 'applied by hand');
  expect(findingsOf(app)).toEqual([]);
  expect(warnings).toEqual([]);
});
