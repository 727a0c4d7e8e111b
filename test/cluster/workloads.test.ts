import { Cluster } from './harness/cluster';
import { dev, production, staging } from '../../src/environments';
import { Manifest, Manifests } from '../support';

jest.setTimeout(180_000);

/** In the order of the layers. */
const LAYERS = ['base', 'certificates', 'nats', 'jetstream', 'monitoring', 'alerting', 'flux'];

describe.each([['dev', dev, 1], ['staging', staging, 3], ['production', production, 3]])('%s', (_, environment, servers) => {
  const app = environment();
  const layers = LAYERS.flatMap((layer) => app.charts.filter(({ node }) => node.id === layer)).map((chart) => Manifests.of(chart).all);
  const manifests = Manifests.ofApp(app);
  let cluster: Cluster;
  beforeAll(async () => {
    cluster = await Cluster.start({ storageClass: 'fast-ssd' });
    await cluster.plane.prepare();
    for (const layer of layers) await cluster.plane.applyLayer(layer);
  });
  afterAll(() => cluster.stop());

  test('has workloads that become ready in a restricted namespace, each server on a node of its own', async () => {
    const set = await cluster.eventually(manifests.get('StatefulSet', 'nats'), ({ status }) => status?.readyReplicas === servers);
    for (const deployment of manifests.all.filter(({ kind }) => kind === 'Deployment')) {
      await cluster.eventually(deployment, ({ status, spec }) => status?.readyReplicas === spec.replicas);
    }
    const { body } = await cluster.plane.client.ask('GET', `/api/v1/namespaces/nats/pods?labelSelector=${selector(set.spec.selector.matchLabels)}`);
    const nodes = new Set(body.items.map(({ spec }: Manifest) => spec.nodeName));

    expect(nodes.size).toBe(servers);
    expect(manifests.get('Namespace', 'nats').metadata.labels['pod-security.kubernetes.io/enforce']).toBe('restricted');
  });

  test('has a PodDisruptionBudget that lets one server go at a time', async () => {
    const budget = manifests.get('PodDisruptionBudget', 'nats');
    const { status } = await cluster.eventually(budget, (found) => found.status?.currentHealthy === servers && found.status.disruptionsAllowed === 1);

    expect(status).toMatchObject({ expectedPods: servers, desiredHealthy: servers - 1 });
  });

  test('applied again stays what it was, as a GitOps tool sees it that applies it every hour', async () => {
    const changes = await Promise.all(manifests.all.map(async (object) => {
      const before = settled((await cluster.plane.client.get(object as never)).body);
      const after = settled((await cluster.plane.client.apply(object, { dryRun: true })).body);
      return { name: `${object.kind} ${object.metadata.name}`, before, after };
    }));

    expect(changes.map(({ name, after }) => [name, after])).toEqual(changes.map(({ name, before }) => [name, before]));
  });
});

function selector(labels: { [label: string]: string }): string {
  return encodeURIComponent(Object.entries(labels).map(([label, value]) => `${label}=${value}`).join(','));
}

/** An object without what others change at any time: its status, and who has set what when. */
function settled({ metadata: { managedFields, resourceVersion, ...metadata }, status, ...object }: Manifest): Manifest {
  return { ...object, metadata };
}
