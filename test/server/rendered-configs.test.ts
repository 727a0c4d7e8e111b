import { readdirSync } from 'fs';
import { connect } from '@nats-io/transport-node';
import { surroundingsOf } from './harness/app-manifests';
import { NATS_VERSIONS, natsServer } from './harness/binaries';
import { eventually } from './harness/eventually';
import { ServerPod } from './harness/pod';
import { PodNetwork } from './harness/pod-network';
import { TextClient } from './harness/text-client';
import { configs, secrets } from './rendered-configs';
import { NatsAuth, RouteCompression, Rules } from '../../src';
import { dev, production, staging } from '../../src/environments';
import { Manifest, newCluster, synth } from '../support';

jest.setTimeout(60_000);

// Built before the clock of a test runs.
NATS_VERSIONS.forEach((version) => natsServer(version));

describe.each(NATS_VERSIONS)('nats-server %s starts with', (version) => {
  test.each(configs)('$title', async ({ props, pod: options, clusterDomain, varz = {}, log = /Server is ready/ }) => {
    const cluster = newCluster({ replicas: 1, ...props });
    Rules.acknowledge(cluster, 'NATS-MAX-PAYLOAD-LARGE', 'a test');
    const manifests = synth(cluster);
    const pod = await ServerPod.start(manifests, 0, { version, secrets, network: await PodNetwork.of([manifests], clusterDomain), ...options });

    expect(await pod.monitor('varz')).toMatchObject({ version, ...varz });
    expect(pod.server.log).toMatch(log);
    // What it finds amiss in its configuration, but starts with, is written outside its log.
    expect(pod.server.log.trim().split('\n').filter((line) => !/^\[\d+\] /.test(line))).toEqual([]);
    // Its root file system is read-only: there is nothing where it runs but what was put there.
    expect(readdirSync(pod.server.folder)).toEqual(['nats.conf']);
    await pod.delete();
  });

  test.each(Object.entries({ dev, staging, production }))('the environment %s', async (_, environment) => {
    const { manifests, secrets: all } = surroundingsOf(environment());
    const [pod, ...others] = await ServerPod.startAll(manifests, { version, secrets: all });

    expect(await pod.monitor('varz')).toMatchObject({ version, server_name: 'nats-0' });
    await eventually(() => othersOf(pod), (names) => names.length === others.length);
    await Promise.all([pod, ...others].map((each) => each.delete()));
  });
});

test('a server without authentication lets everybody in', async () => {
  const cluster = newCluster({ replicas: 1, auth: NatsAuth.none() });
  Rules.acknowledge(cluster, 'NATS-AUTH-NONE', 'a test');
  const pod = await ServerPod.start(synth(cluster), 0);

  expect(await (await TextClient.connect(pod.server.clientUrl)).say('SUB > 1')).toEqual([]);
});

test('routes are compressed and pooled as told, and clients hear of all servers only if told', async () => {
  const routesTold = { advertise: true, poolSize: 5, compression: RouteCompression.S2_BEST };
  const told = await ServerPod.startAll(synth(newCluster({ routes: routesTold })), { secrets });
  const untold = await ServerPod.startAll(synth(newCluster()), { secrets });
  for (const pod of [...told, ...untold]) await eventually(() => othersOf(pod), (others) => others.length === 2);
  const { routes } = await pooled(told[0], 2 * (5 + 1));

  expect(new Set(routes.map(({ compression }: Manifest) => compression))).toEqual(new Set(['s2_best']));
  expect(await advertisedBy(told[0])).toEqual(told.map(({ server }) => server.address('client')).sort());
  expect(await advertisedBy(untold[0])).toEqual([]);
});

/** Names of the servers to which a server has routes. */
async function othersOf(pod: ServerPod): Promise<string[]> {
  const { routes = [] } = await pod.monitor('routez');
  return [...new Set<string>(routes.map((route: Manifest) => route.remote_name))];
}

/** The routes of a server, once there are so many: beside the pool, the system account has one of its own. */
function pooled(pod: ServerPod, count: number): Promise<Manifest> {
  return eventually(() => pod.monitor('routez'), ({ num_routes: routes }) => routes === count);
}

/** The servers of which a server tells its clients. */
async function advertisedBy(pod: ServerPod): Promise<string[]> {
  const client = await connect({ servers: pod.server.clientUrl, token: secrets['nats-auth'].token });
  const urls = [...client.info!.connect_urls ?? []].sort();
  await client.close();
  return urls;
}
