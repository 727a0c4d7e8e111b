import { ApiObject, Chart, Size, Testing } from 'cdk8s';
import { JetStreamController, JetStreamTarget, NatsAccountOptions, NatsCluster, NatsClusterProps, Permissions, Rules, SchemaCheck, SecretKey } from '../../src';
import { Manifest, newChart } from '../support';

/** A password for tests that are about something else. */
export const somePassword = SecretKey.fromName('shop-nats', 'password');

export interface Scene {
  readonly chart: Chart;
  readonly cluster: NatsCluster;
  readonly target: JetStreamTarget;
}

/** An account ORDERS of a cluster nats of three servers, in a chart whose custom resources are checked. */
export function newScene(cluster: NatsClusterProps = {}, account: NatsAccountOptions = {}): Scene {
  const scene = newPlainScene(cluster, account);
  for (const rule of ['STREAMS-UNLIMITED', 'STREAM-ORIGIN-MISSING']) Rules.acknowledge(scene.chart, rule, 'tests are about something else');
  return scene;
}

/** The same, in which nothing is acknowledged. */
export function newPlainScene(cluster: NatsClusterProps = {}, account: NatsAccountOptions = {}): Scene {
  const chart = newChart();
  SchemaCheck.enable(chart);
  JetStreamController.external(chart);
  const nats = new NatsCluster(chart, 'nats', { jetStream: { fileStore: { size: Size.gibibytes(20) } }, ...cluster });
  const orders = nats.addAccount('ORDERS', account);
  orders.addUser('shop', { password: somePassword, permissions: Permissions.all() });
  return { chart, cluster: nats, target: JetStreamTarget.account(orders) };
}

/** What a chart is warned of, in which nothing else is wrong. */
export function warningsOf({ chart }: Pick<Scene, 'chart'>): string[] {
  const warn = jest.spyOn(console, 'warn').mockImplementation();
  expect(chart.node.findAll().flatMap(({ node }) => node.validate())).toEqual([]);
  const warnings = warn.mock.calls.map(([text]) => text);
  warn.mockRestore();
  return warnings;
}

/** Resources of NACK in a chart. */
export function resourcesOf(chart: Chart): Manifest[] {
  return Testing.synth(chart).filter(({ apiVersion }) => apiVersion === 'jetstream.nats.io/v1beta2');
}

/** The spec of a resource, once its whole chart is found right. */
export function specOf({ apiObject }: { readonly apiObject: ApiObject }): Manifest {
  return resourcesOf(Chart.of(apiObject)).find(({ kind, metadata: { name } }) => kind === apiObject.kind && name === apiObject.name)!.spec;
}
