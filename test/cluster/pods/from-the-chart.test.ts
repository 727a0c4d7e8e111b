import { AckPolicy } from '@nats-io/jetstream';
import { App, Size } from 'cdk8s';
import { Fault } from './faults/fault';
import { trial } from './faults/trial';
import { officialChart } from './official-chart';
import { RunningPlatform } from './running-platform';
import { NatsAuth, NatsPlatform, Rules } from '../../../src';
import { eventually } from '../../server/harness/eventually';

jest.setTimeout(600_000);

function sameAsTheChart(): App {
  const app = new App();
  const { cluster } = new NatsPlatform(app, 'nats', { auth: NatsAuth.none(), jetStream: { fileStore: { size: Size.gibibytes(10), maxSize: Size.gibibytes(10) } } });
  for (const rule of ['NATS-AUTH-NONE', 'NATS-FILE-STORE-HEADROOM']) Rules.acknowledge(cluster, rule, 'as the chart has it');
  return app;
}

/** The StatefulSet goes and leaves its pods running; then the app is applied. */
const changeOfHands: Fault = {
  name: 'change of hands',
  overWithin: 60_000,
  happen: async (platform) => {
    const { client } = platform.cluster.plane;
    const path = '/apis/apps/v1/namespaces/nats/statefulsets/nats';
    await client.ask('DELETE', path, { propagationPolicy: 'Orphan' });
    await eventually(() => client.ask('GET', path), ({ status }) => status === 404);
    await platform.deliver();
  },
};

let platform: RunningPlatform;
beforeAll(async () => {
  jest.spyOn(console, 'warn').mockImplementation();
  platform = await RunningPlatform.prepare(sameAsTheChart());
  await platform.cluster.plane.apply(officialChart);
  await platform.rolledOut();
  await platform.hasName();
});
afterAll(() => platform?.stop());

test('a cluster that the official chart has installed changes hands while it runs, and keeps each acknowledged message', async () => {
  const { streams, consumers } = await platform.manager();
  await streams.add({ name: 'orders', subjects: ['orders.>'], num_replicas: 3 });
  await consumers.add('orders', { durable_name: 'invoicing', ack_policy: AckPolicy.Explicit });
  const before = await platform.servers();

  expect(await trial(platform, changeOfHands)).toMatchObject({ lost: [], storedTwice: [] });
  const after = await platform.servers();
  expect(after.map(({ metadata }) => metadata.name).sort()).toEqual(['nats-0', 'nats-1', 'nats-2']);
  expect(after.filter(({ metadata }) => before.some((pod) => pod.metadata.uid === metadata.uid))).toEqual([]);
  expect(after.map(({ spec }) => spec.securityContext.runAsUser)).toEqual([1000, 1000, 1000]);
});
