import { jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { newCluster, synth } from '../support';
import { natsServer } from './harness/binaries';
import { eventually } from './harness/eventually';
import { ServerPod } from './harness/pod';
import { addReplicatedStream } from './harness/replicated-stream';

jest.setTimeout(60_000);

// Built before the clock of a test runs.
natsServer();

const token = 'secret';

async function replicasIn(zones: string[]): Promise<string[]> {
  const manifests = synth(newCluster({ zoneTag: true, jetStream: { uniqueTag: 'zone:' } }));
  const pods = await ServerPod.startAll(manifests, (ordinal) => ({ zone: zones[ordinal], secrets: { 'nats-auth': { token } } }));
  await Promise.all(pods.map((pod) => eventually(() => pod.probe('startup'), (status) => status === 200)));
  const client = await connect({ servers: pods[0].server.clientUrl, token });
  try {
    const { cluster } = await addReplicatedStream(await jetstreamManager(client), { name: 'orders' });
    return [cluster!.leader!, ...cluster!.replicas!.map(({ name }) => name)].sort();
  } finally {
    await client.close();
  }
}

test('a replicated stream has its replicas in different zones', async () => {
  expect(await replicasIn(['eu-1a', 'eu-1b', 'eu-1c'])).toEqual(['nats-0', 'nats-1', 'nats-2']);
});

test('a stream of which two replicas would be in one zone is refused', async () => {
  await expect(replicasIn(['eu-1a', 'eu-1a', 'eu-1b'])).rejects.toThrow(/no suitable peers for placement.*server tag not unique/);
});
