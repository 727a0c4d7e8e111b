import { jetstreamManager, JetStreamManager } from '@nats-io/jetstream';
import { connect, NatsConnection } from '@nats-io/transport-node';
import { Kubelet } from './kubelet';
import { PodNetwork } from './pod-network';
import { Traffic } from './traffic';
import { production } from '../../../src/environments';
import { surroundingsOf } from '../../server/harness/app-manifests';
import { eventually } from '../../server/harness/eventually';
import { shownCertificate } from '../../server/harness/shown-certificate';
import { Manifest, Manifests } from '../../support';
import { certManager } from '../harness/binaries';
import { Cluster } from '../harness/cluster';

jest.setTimeout(600_000);

const LAYERS = ['base', 'certificates', 'nats', 'jetstream'];
const isReady = ({ status }: Manifest) => status?.conditions?.some(({ type, status: is }: Manifest) => type === 'Ready' && is === 'True');

describe('production', () => {
  const app = production();
  const { manifests, secrets } = surroundingsOf(app);
  const statefulSet = manifests.get('StatefulSet', 'nats');
  let cluster: Cluster;
  let kubelet: Kubelet;
  let ca: string;
  let admin: NatsConnection;
  let manager: JetStreamManager;
  beforeAll(async () => {
    const network = new PodNetwork();
    cluster = await Cluster.start({ storageClass: 'fast-ssd', address: network.host, fakePods: false });
    kubelet = new Kubelet(cluster.plane.client, network, cluster.plane.port);
    kubelet.resolveNamesOf('nats');
    await cluster.plane.define('cert-manager.io', 'monitoring.coreos.com');
    cluster.run('cert-manager', [certManager(), '-kubeconfig', 'kubeconfig']);
    for (const layer of LAYERS) await applyLayer(layer);
  });
  afterAll(async () => {
    await admin?.close();
    await kubelet.stop();
    await cluster.stop();
  });

  async function applyLayer(layer: string): Promise<void> {
    const { plane } = cluster;
    const objects = Manifests.of(app.charts.find(({ node }) => node.id === layer)!).all;
    await plane.applyLayer(objects);
    if (layer !== 'base') return;
    const asked = Object.entries(secrets).filter(([name]) => !name.startsWith('nats-tls') && !name.startsWith('nats-ca'));
    await plane.apply(asked.map(([name, stringData]) => ({ apiVersion: 'v1', kind: 'Secret', metadata: { name, namespace: 'nats' }, stringData })));
  }

  /** All servers run what the StatefulSet says now, and are ready. */
  const rolledOut = () => cluster.eventually(statefulSet, ({ metadata, status }) =>
    status?.observedGeneration === metadata.generation && status.readyReplicas === 3 && status.updatedReplicas === 3, 300_000);
  const patchTemplate = (template: object) => cluster.plane.client.ask(
    'PATCH', '/apis/apps/v1/namespaces/nats/statefulsets/nats', { spec: { template } }, 'application/strategic-merge-patch+json',
  );
  const podsOfServers = async (): Promise<Manifest[]> =>
    (await cluster.plane.client.ask('GET', '/api/v1/namespaces/nats/pods?labelSelector=app.kubernetes.io%2Fcomponent%3Dnats')).body.items;
  const clientOptions = () => ({ servers: 'tls://nats.nats.svc:4222', tls: { ca } });

  test('runs: three servers form a cluster with the certificates of cert-manager, and clients get in by the name of the Service', async () => {
    await rolledOut();
    const { data } = await cluster.eventually({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'nats-tls', namespace: 'nats' } }, () => true);
    ca = Buffer.from(data['ca.crt'], 'base64').toString();
    admin = await connect({ ...clientOptions(), user: 'orders-admin', pass: 'secret', reconnectTimeWait: 100, maxReconnectAttempts: -1, ignoreAuthErrorAbort: true });
    manager = await jetstreamManager(admin);

    expect(new Set((await podsOfServers()).map(({ spec }) => spec.nodeName)).size).toBe(3);
    await expect(connect({ ...clientOptions(), user: 'orders-admin', pass: 'wrong', reconnect: false })).rejects.toThrow();
  });

  test('has all streams, consumers and buckets, which the controller has made from its own pod', async () => {
    const resources = manifests.all.filter(({ apiVersion }) => apiVersion.startsWith('jetstream.nats.io/'));
    for (const resource of resources) await cluster.eventually(resource, isReady, 60_000);
    const names = (await manager.streams.list().next()).map(({ config }) => config.name).sort();

    expect(names).toEqual(['KV_carts', 'OBJ_invoices', 'deliveries', 'orders', 'orders-archive', 'parcels']);
  });

  test('loses no acknowledged message when the leader of a stream is killed, and the pod starts it anew', async () => {
    const traffic = await Traffic.start(clientOptions());
    await traffic.flows();
    const { cluster: raft } = await manager.streams.info('orders');
    (await kubelet.pod(raft!.leader!)).crash('nats');
    await traffic.flows();
    const restarts = async () => (await podsOfServers()).map(({ metadata, status }) => [metadata.name, status.containerStatuses[0].restartCount]);
    await eventually(restarts, (all) => all.some(([name, count]) => name === raft!.leader && count === 1), 60_000);
    await rolledOut();

    expect(await traffic.end()).toEqual([]);
  });

  test('loses none, and no client stays away, when its certificate is renewed', async () => {
    const traffic = await Traffic.start(clientOptions());
    await traffic.flows();
    const before = await serials();
    const certificate = '/apis/cert-manager.io/v1/namespaces/nats/certificates/nats-tls/status';
    const issuing = { type: 'Issuing', status: 'True', reason: 'ManuallyTriggered', message: 'for the test', lastTransitionTime: new Date().toISOString().replace(/\.\d+/, '') };
    await cluster.plane.client.ask('PATCH', certificate, [{ op: 'add', path: '/status/conditions/-', value: issuing }], 'application/json-patch+json');
    const after = await eventually(serials, (now) => now.every((serial, index) => serial !== before[index]), 90_000);
    await traffic.flows();

    expect(new Set(before).size).toBe(1);
    expect(new Set(after).size).toBe(1);
    expect(await traffic.end()).toEqual([]);
  });

  /** The serial numbers of the certificates that the servers show now. */
  async function serials(): Promise<string[]> {
    const shown = (await podsOfServers()).map(({ status }) => shownCertificate(`${status.podIP}:4222`, { ca, servername: 'nats.nats.svc' }));
    return (await Promise.all(shown)).map(({ serialNumber }) => serialNumber);
  }

  test('loses none in a rolling update, in which one server after the other goes', async () => {
    const traffic = await Traffic.start(clientOptions());
    await traffic.flows();
    const before = (await podsOfServers()).map(({ metadata }) => metadata.uid);
    await patchTemplate({ metadata: { annotations: { 'kubectl.kubernetes.io/restartedAt': 'for the test' } } });
    await cluster.eventually(statefulSet, ({ status }) => (status.updatedReplicas ?? 0) < 3);
    await rolledOut();
    await traffic.flows();

    expect((await podsOfServers()).filter(({ metadata }) => before.includes(metadata.uid))).toEqual([]);
    expect(await traffic.end()).toEqual([]);
  });

  test('stops a rollout at the first server that does not start', async () => {
    const old = (await cluster.eventually(statefulSet, () => true)).status.updateRevision;
    await patchTemplate({ spec: { containers: [{ name: 'nats', startupProbe: { httpGet: { path: '/nothing', port: 'monitor', scheme: 'HTTPS' }, periodSeconds: 1 } }] } });
    const revisions = async () => (await podsOfServers()).map(({ metadata: { name, labels } }) => [name, labels['controller-revision-hash'] === old]).sort();
    await eventually(revisions, (all) => all.length === 3 && all.some(([, isOld]) => !isOld), 120_000);
    // It runs and is asked, again and again.
    await eventually(() => kubelet.pod('nats-2').then((pod) => pod.asked('nats', 'startupProbe'), () => 0), (times) => times > 10, 120_000);

    expect(await revisions()).toEqual([['nats-0', true], ['nats-1', true], ['nats-2', false]]);
    expect((await podsOfServers()).map(({ metadata, status }) => [metadata.name, isReady({ status })]).sort()).toEqual([['nats-0', true], ['nats-1', true], ['nats-2', false]]);
  });
});
