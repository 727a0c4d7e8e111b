import { ApiObject, App, Chart, Testing } from 'cdk8s';
import { NatsAuth, NatsPlatform, RequiredSecrets } from '../../src';
import { dev, production, staging } from '../../src/environments';
import { someAuth } from '../support';

const chartsOf = (app: App) => app.node.findAll().filter(Chart.isChart);

test('a platform has a layer for the namespace and one for the servers', () => {
  const app = new App();
  const platform = new NatsPlatform(app, 'events', { auth: someAuth });
  expect(chartsOf(app).map(({ node, namespace }) => [node.id, namespace])).toEqual([['base', undefined], ['nats', 'events']]);
  expect(Testing.synth(platform.base)).toEqual([{
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: {
      name: 'events',
      annotations: { 'kustomize.toolkit.fluxcd.io/prune': 'disabled' },
      labels: {
        'app.kubernetes.io/managed-by': 'cdk8s',
        'pod-security.kubernetes.io/enforce': 'restricted',
        'pod-security.kubernetes.io/audit': 'restricted',
        'pod-security.kubernetes.io/warn': 'restricted',
      },
    },
  }]);
  expect(platform.cluster.clientUrl).toBe('nats://events.events.svc:4222');
});

test('a namespace and a name of their own', () => {
  const platform = new NatsPlatform(new App(), 'events', { auth: someAuth, namespace: 'messaging', name: 'nats', createNamespace: false });
  expect(Testing.synth(platform.base)).toEqual([]);
  expect(platform.cluster.clientUrl).toBe('nats://nats.messaging.svc:4222');
});

test('only a development environment goes without authentication', () => {
  expect(() => Testing.synth(new NatsPlatform(new App(), 'nats', { auth: NatsAuth.none() }).nats)).toThrow('[NATS-AUTH-NONE]');
  expect(Testing.synth(new NatsPlatform(new App(), 'nats', { auth: NatsAuth.none(), development: true }).nats)).not.toEqual([]);
});

test('a platform inside a chart is refused, because its layers would be one', () => {
  expect(() => new NatsPlatform(new Chart(new App(), 'chart'), 'nats')).toThrow('[chart/nats] a NatsPlatform stands inside a chart, but makes charts of its own');
});

test('custom resources are checked against their schemas', () => {
  const app = new App();
  new NatsPlatform(app, 'nats', { auth: someAuth });
  const wrong = new Chart(app, 'wrong');
  new ApiObject(wrong, 'monitor', { apiVersion: 'monitoring.coreos.com/v1', kind: 'PodMonitor', metadata: { name: 'a' }, spec: { selectr: {} } });
  expect(() => Testing.synth(wrong)).toThrow(/spec\.selectr/);
});

describe.each([['dev', dev], ['staging', staging], ['production', production]])('%s', (_, environment) => {
  test('is what an operator would have written', () => {
    const app = environment();
    expect(Object.fromEntries(chartsOf(app).map((chart) => [chart.node.id, Testing.synth(chart)]))).toMatchSnapshot();
  });
});

test('each environment says which Secrets must exist', () => {
  const keys = (app: App) => RequiredSecrets.of(app).map(({ secretName, key }) => `${secretName}/${key}`);
  expect([dev(), staging(), production()].map(keys)).toEqual([[], ['nats-ops/password', 'nats-shop/password'], ['nats-auth/token']]);
});
