import { NatsConnection } from '@nats-io/transport-node';
import { RunningPlatform } from './running-platform';
import { dev } from '../../../src/environments';
import { eventually } from '../../server/harness/eventually';

jest.setTimeout(300_000);

let platform: RunningPlatform;
let client: NatsConnection;
beforeAll(async () => {
  platform = await RunningPlatform.start(dev());
  client = await platform.connect();
  client.subscribe('echo', { callback: (_, message) => { message.respond(message.data); } });
});
afterAll(() => platform?.stop());

const echo = () => client.request('echo', 'heard', { timeout: 1000 }).then((answer) => answer.string(), ({ message }: Error) => message);

test('dev runs: its one server is ready, and serves anybody', async () => {
  expect(await platform.servers()).toHaveLength(1);
  expect(await echo()).toBe('heard');
});

test('a client finds the pod that comes in place of another', async () => {
  const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'nats-0', namespace: 'nats' } };
  const { metadata: { uid } } = await platform.cluster.eventually(pod, () => true);
  await platform.cluster.plane.client.delete(pod);
  await platform.cluster.eventually(pod, ({ metadata }) => metadata.uid !== uid, 120_000);
  await platform.rolledOut();

  expect(await eventually(echo, (text) => text === 'heard')).toBe('heard');
});
