import { Fault } from './fault';
import { eventually } from '../../../server/harness/eventually';
import { RunningPlatform } from '../running-platform';

const LONGEST_MILLISECONDS = 300_000;
const TOO_MANY_REQUESTS = 429;

/** All nodes are drained by somebody who does not wait for one before the next, and come back one by one. The PodDisruptionBudget alone keeps the servers together. */
export const nodesDrained: Fault = {
  name: 'all nodes drained',
  overWithin: 60_000,
  happen: async (platform) => {
    const servers = await platform.servers();
    const refusals = await Promise.all(servers.map(({ metadata, spec }) => drain(platform, spec.nodeName, metadata.name, metadata.uid)));
    if (refusals.filter((count) => count > 0).length < servers.length - 1) throw new Error('more than one server could be evicted at once');
    await platform.rolledOut();
  },
};

/** Gives how often the eviction was refused, because another server was away. */
async function drain({ cluster: { plane: { client } } }: RunningPlatform, node: string, name: string, uid: string): Promise<number> {
  const unschedulable = (value: boolean) => client.ask('PATCH', `/api/v1/nodes/${node}`, { spec: { unschedulable: value } }, 'application/merge-patch+json');
  const pod = `/api/v1/namespaces/nats/pods/${name}`;
  const eviction = { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name, namespace: 'nats' }, deleteOptions: { preconditions: { uid } } };
  let refusals = 0;
  await unschedulable(true);
  await eventually(async () => {
    const { status } = await client.ask('POST', `${pod}/eviction`, eviction);
    if (status === TOO_MANY_REQUESTS) refusals++;
    return status;
  }, (status) => status === 201, LONGEST_MILLISECONDS);
  await eventually(async () => (await client.ask('GET', pod)).body.metadata?.uid, (now) => now !== uid, LONGEST_MILLISECONDS);
  await unschedulable(false);
  return refusals;
}
