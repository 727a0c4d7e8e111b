import { Fault } from './fault';
import { StreamChanges } from './stream-changes';
import { eventually } from '../../../server/harness/eventually';
import { isReady, RunningPlatform } from '../running-platform';

const CONTROLLER = 'jetstream-controller';
/** Longer than a readiness probe and a synchronization of whoever needs the API. */
const AWAY_MILLISECONDS = 20_000;
/** The old pod takes half a minute to end, and those who make and place the new one may wait for a minute before they ask the API server again. */
const REPLACED_MILLISECONDS = 180_000;

/** The controller of streams is killed and stays away, while streams are made, changed and removed: it makes up for it when it is back. */
export const controllerAway: Fault = {
  name: 'NACK killed and away',
  overWithin: 60_000,
  happen: async (platform) => {
    const changes = await StreamChanges.prepare(platform);
    const [{ metadata }] = await platform.pods(CONTROLLER);
    await scaleController(platform, 0);
    (await platform.kubelet.pod(metadata.name)).crash(CONTROLLER);
    await eventually(() => platform.pods(CONTROLLER), (pods) => pods.length === 0);
    await changes.ask();
    await changes.notDone();
    await scaleController(platform, 1);
    await changes.done();
  },
};

/** The API server is killed and stays away. When it is back, all who need it go on: a new pod of the controller starts and sees to streams. */
export const apiServerAway: Fault = {
  name: 'API server killed and away',
  overWithin: 60_000,
  happen: async (platform) => {
    const { plane } = platform.cluster;
    await plane.killApiServer();
    await new Promise((resolve) => setTimeout(resolve, AWAY_MILLISECONDS));
    await plane.startApiServer();
    // The controller that was there all the time, then one that comes after it.
    await seesToStreams(platform);
    const [{ metadata }] = await platform.pods(CONTROLLER);
    await plane.client.ask('DELETE', `/api/v1/namespaces/nats/pods/${metadata.name}`);
    const others = async () => {
      const pods = (await platform.pods(CONTROLLER)).filter((pod) => pod.metadata.uid !== metadata.uid);
      return pods.map((pod) => ({ name: pod.metadata.name, isReady: isReady(pod) }));
    };
    await eventually(others, (pods) => pods.some((pod) => pod.isReady), REPLACED_MILLISECONDS);
    await seesToStreams(platform);
  },
};

async function seesToStreams(platform: RunningPlatform): Promise<void> {
  const changes = await StreamChanges.prepare(platform);
  await changes.ask();
  await changes.done();
}

function scaleController({ cluster }: RunningPlatform, replicas: number): Promise<unknown> {
  return cluster.plane.client.ask('PATCH', '/apis/apps/v1/namespaces/nats/deployments/nats-controller/scale', { spec: { replicas } }, 'application/merge-patch+json');
}
