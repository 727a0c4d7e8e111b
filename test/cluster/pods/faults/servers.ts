import { Fault } from './fault';
import { eventually } from '../../../server/harness/eventually';
import { Manifest } from '../../../support';
import { RunningPlatform } from '../running-platform';

const RESTART_MILLISECONDS = 60_000;

/** The server that leads the stream of orders is killed. */
export const leaderKilled: Fault = {
  name: 'leader killed',
  overWithin: 60_000,
  happen: async (platform) => kill(platform, [(await rolesOf(platform)).leader]),
};

/** A server is killed that only follows. */
export const followerKilled: Fault = {
  name: 'follower killed',
  overWithin: 60_000,
  happen: async (platform) => kill(platform, (await rolesOf(platform)).followers.slice(0, 1)),
};

/** All servers are killed at once. */
export const allServersKilled: Fault = {
  name: 'all servers killed',
  overWithin: 90_000,
  happen: async (platform) => {
    const { leader, followers } = await rolesOf(platform);
    await kill(platform, [leader, ...followers]);
  },
};

/** The node of the leader loses its power, and what was not on its disk yet. */
export const leaderWithoutPower: Fault = {
  name: 'leader without power',
  overWithin: 90_000,
  happen: async (platform) => kill(platform, [(await rolesOf(platform)).leader], 'losePower'),
};

/** All nodes lose their power at once. */
export const allWithoutPower: Fault = {
  name: 'all without power, but synced',
  overWithin: 90_000,
  happen: async (platform) => {
    const { leader, followers } = await rolesOf(platform);
    await kill(platform, [leader, ...followers], 'losePower');
  },
};

/** Which pods have the stream of orders. */
export async function rolesOf(platform: RunningPlatform): Promise<{ leader: string; followers: string[] }> {
  const { cluster } = await (await platform.manager()).streams.info('orders');
  return { leader: cluster!.leader!, followers: cluster!.replicas!.map(({ name }) => name) };
}

/** Ends the processes, and waits until their pods have started them anew. */
async function kill(platform: RunningPlatform, names: string[], how: 'crash' | 'losePower' = 'crash'): Promise<void> {
  const restarts = async () => (await platform.servers()).filter(({ metadata }) => names.includes(metadata.name)).map(restartsOf);
  const before = await restarts();
  for (const pod of await Promise.all(names.map((name) => platform.kubelet.pod(name)))) pod[how]('nats');
  await eventually(restarts, (now) => now.every((count, index) => count > before[index]), RESTART_MILLISECONDS);
}

function restartsOf({ status }: Manifest): number {
  return status.containerStatuses.find(({ name }: Manifest) => name === 'nats').restartCount;
}
