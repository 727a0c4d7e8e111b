import { rmSync, writeFileSync } from 'fs';
import { AckPolicy, jetstreamManager, JetStreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { surroundingsOf } from './harness/app-manifests';
import { NATS_VERSIONS, natsServer } from './harness/binaries';
import { eventually } from './harness/eventually';
import { Probe, ServerPod } from './harness/pod';
import { PodNetwork } from './harness/pod-network';
import { addReplicatedStream } from './harness/replicated-stream';
import { TextClient } from './harness/text-client';
import { NatsClusterProps } from '../../src';
import { production } from '../../src/environments';
import { newCluster, synth } from '../support';

jest.setTimeout(60_000);

// Built before the clock of a test runs.
NATS_VERSIONS.forEach((version) => natsServer(version));

type Statuses = { readonly [probe in Probe]: number };

const token = 'secret';
const secrets = { 'nats-auth': { token } };
const allPass: Statuses = { startup: 200, readiness: 200, liveness: 200 };
const onlyServing: Statuses = { startup: 503, readiness: 200, liveness: 200 };
const CONSUMER = '/data/jetstream/ORDERS/streams/orders/obs/billing';

/** Waits for an answer of all three probes: a server that gets no processor for a millisecond while it is asked says once that it is not ready. */
function eventuallyProbes(pod: ServerPod, statuses: Statuses): Promise<Statuses> {
  return eventually(() => pod.probes(), ({ startup, readiness, liveness }) =>
    startup === statuses.startup && readiness === statuses.readiness && liveness === statuses.liveness, 45_000);
}

async function withJetStream(pod: ServerPod, action: (manager: JetStreamManager) => Promise<unknown>, login: object = { token }): Promise<void> {
  const client = await connect({ servers: pod.server.clientUrl, ...login });
  await action(await jetstreamManager(client));
  await client.close();
}

/** Waits until the check of every stream and consumer, which is no probe, finds this. */
async function eventuallyDamaged(pod: ServerPod, finding: string): Promise<void> {
  await eventually(() => pod.server.healthz(), ({ status, body }) => status === 503 && body.includes(finding));
}

/** The cases follow one another in the life of one cluster. */
describe('in the cluster of production', () => {
  const { manifests, secrets: allSecrets } = surroundingsOf(production());
  const ordersAdmin = { user: 'orders-admin', pass: 'secret', tls: { ca: allSecrets['nats-tls']['ca.crt'] } };
  const pods: ServerPod[] = [];

  test('a server alone serves clients, but has not started', async () => {
    const network = await PodNetwork.of([manifests]);
    pods.push(await ServerPod.start(manifests, 0, { network, secrets: allSecrets }));

    await eventuallyProbes(pods[0], onlyServing);
    pods.push(...[1, 2].map((ordinal) => ServerPod.launch(manifests, ordinal, { network, secrets: allSecrets })));
  });

  test('all servers have started once they have elected a leader', async () => {
    await Promise.all(pods.map((pod) => pod.ready()));

    for (const pod of pods) await eventuallyProbes(pod, allPass);
  });

  test('a server starts again although the store of a consumer is damaged', async () => {
    await withJetStream(pods[0], async (manager) => {
      await addReplicatedStream(manager, { name: 'orders' });
      await manager.consumers.add('orders', { durable_name: 'billing', ack_policy: AckPolicy.Explicit });
    }, ordersAdmin);
    await pods[2].kill();
    rmSync(pods[2].path(CONSUMER), { recursive: true });
    writeFileSync(pods[2].path(CONSUMER), 'damaged');
    await pods[2].restart();

    await eventuallyProbes(pods[2], allPass);
    await eventuallyDamaged(pods[2], 'error creating store for consumer');
    await eventuallyProbes(pods[2], allPass);
  });

  test('the last server serves clients when two are gone, and would not start', async () => {
    await Promise.all([pods[1].kill(), pods[2].kill()]);

    await eventuallyProbes(pods[0], onlyServing);
  });
});

describe.each(NATS_VERSIONS)('nats-server %s', (version) => {
  const start = async (props: NatsClusterProps) => {
    const manifests = synth(newCluster(props));
    return ServerPod.start(manifests, 0, { version, secrets, network: await PodNetwork.of([manifests]) });
  };

  test.each<[string, NatsClusterProps]>([
    ['alone with JetStream', { replicas: 1, jetStream: {} }],
    ['alone without JetStream', { replicas: 1 }],
    ['in a cluster without JetStream, before the others are there', { replicas: 3 }],
  ])('passes all probes %s', async (_, props) => {
    await eventuallyProbes(await start(props), allPass);
  });

  test('alone with JetStream starts again although a stream is damaged', async () => {
    const pod = await start({ replicas: 1, jetStream: {} });
    await withJetStream(pod, ({ streams }) => streams.add({ name: 'orders' }));
    await pod.kill();
    writeFileSync(pod.path('/data/jetstream/$G/streams/orders/meta.inf'), 'damaged');
    await pod.restart();

    await eventuallyDamaged(pod, 'orders');
    await eventuallyProbes(pod, allPass);
  });

  test('fails all probes in lame duck mode, while it still serves its clients', async () => {
    const pod = await start({ replicas: 1, jetStream: {} });
    const client = await TextClient.connect(pod.server.clientUrl, { auth_token: token });
    pod.server.signal('SIGUSR2');

    await eventuallyProbes(pod, { startup: 500, readiness: 500, liveness: 500 });
    expect(await client.say('SUB a 1', 'PUB a 0\r\n')).toEqual(['MSG a 1 0', '']);
    // It would end when the client has gone, and not before.
    await pod.kill();
  });
});
