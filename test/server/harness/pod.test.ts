import { existsSync, readFileSync, writeFileSync } from 'fs';
import { natsServer } from './binaries';
import { ServerPod } from './pod';
import { PodNetwork } from './pod-network';
import { ContainerImage, NatsAuth, NatsClusterProps, Permissions, SecretKey } from '../../../src';
import { newCluster, synth } from '../../support';

jest.setTimeout(60_000);

// Built before the clock of a test runs.
natsServer();

const secrets = { 'nats-auth': { token: 'secret' } };
const single = (props: NatsClusterProps = {}) => synth(newCluster({ replicas: 1, ...props }));

describe('a pod', () => {
  test('runs the version of its image', async () => {
    const pod = await ServerPod.start(single({ images: { server: ContainerImage.of('nats', { tag: '2.15.2-alpine' }) } }), 0, { secrets });

    expect(await pod.monitor('varz')).toMatchObject({ version: '2.15.2', server_name: 'nats-0' });
    const other = single({ images: { server: ContainerImage.of('nats', { tag: '2.13.0-alpine' }) } });
    expect(() => ServerPod.launch(other, 0, { secrets })).toThrow('there is no nats-server for the image nats:2.13.0-alpine');
  });

  test('has a server whose process is the one that its pid file names', async () => {
    const pod = await ServerPod.start(single(), 0, { secrets });

    expect(readFileSync(pod.path('/var/run/nats/nats.pid'), 'utf8')).toBe(/^\[(\d+)\]/m.exec(pod.server.log)![1]);
  });

  test('keeps its volumes when its container starts anew, and loses them when it is deleted', async () => {
    const pod = await ServerPod.start(single({ jetStream: {} }), 0, { secrets });
    writeFileSync(pod.path('/data/kept'), '');
    await pod.kill();
    await pod.restart();

    expect(existsSync(pod.path('/data/kept'))).toBe(true);
    await pod.delete();
    expect(existsSync(pod.path('/'))).toBe(false);
  });

  test('waits for what it needs, which is an error here', () => {
    const included = NatsAuth.users({ name: 'shop', passwordInclude: SecretKey.fromName('shop', 'nats.conf'), permissions: Permissions.all() });

    expect(() => ServerPod.launch(single(), 0)).toThrow('there is no key token in Secret nats-auth');
    expect(() => ServerPod.launch(single({ auth: included }), 0)).toThrow(/there is nothing for the volume include-/);
  });

  test('finds only those whom the Service of its cluster names', async () => {
    const [manifests, others] = [synth(newCluster()), synth(newCluster({ name: 'others' }))];

    expect(() => ServerPod.launch(manifests, 0, { secrets })).toThrow('the configuration names the address nats-0.nats-headless:6222');
    const network = await PodNetwork.of([others]);
    expect(() => ServerPod.launch(manifests, 0, { secrets, network })).toThrow('the configuration names the address nats-0.nats-headless:6222');
  });
});
