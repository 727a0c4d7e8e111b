import { lookup } from 'dns/promises';
import { jetstreamManager, JetStreamManager, StreamInfo } from '@nats-io/jetstream';
import { connect, ConnectionOptions, NatsConnection } from '@nats-io/transport-node';
import { App } from 'cdk8s';
import { Kubelet } from './kubelet';
import { PodNetwork } from './pod-network';
import { surroundingsOf } from '../../server/harness/app-manifests';
import { eventually } from '../../server/harness/eventually';
import { Secrets } from '../../server/harness/pod';
import { Manifest, Manifests } from '../../support';
import { certManager } from '../harness/binaries';
import { Cluster } from '../harness/cluster';
import { KubeAnswer } from '../harness/kube-client';

const LAYERS = ['base', 'certificates', 'nats', 'jetstream'];
const NAMESPACE = 'nats';
const HOST = 'nats.nats.svc';
/** One server after the other goes, each as gracefully as production asks for. */
const ROLLOUT_MILLISECONDS = 300_000;

export interface RunningPlatformOptions {
  /** The user who may do everything with streams. @default - everybody may */
  readonly admin?: string;
  /** Whether each volume that is claimed has a disk of its own, which can lose its power. Needs loop devices and mkfs.ext4. @default false */
  readonly disks?: boolean;
}

/** An environment of the synth app, delivered layer by layer to a Kubernetes whose pods really run. */
export class RunningPlatform {
  public static async start(app: App, options?: RunningPlatformOptions): Promise<RunningPlatform> {
    const platform = await RunningPlatform.prepare(app, options);
    await platform.deliver();
    return platform;
  }

  /** A Kubernetes whose pods really run, to which the app is yet to be delivered. */
  public static async prepare(app: App, { admin, disks = false }: RunningPlatformOptions = {}): Promise<RunningPlatform> {
    const { manifests, secrets } = surroundingsOf(app);
    const network = new PodNetwork();
    const { storageClassName } = manifests.get('StatefulSet', 'nats').spec.volumeClaimTemplates?.[0]?.spec ?? {};
    const cluster = await Cluster.start({ storageClass: storageClassName, address: network.host, fakePods: false });
    const kubelet = new Kubelet({ client: cluster.plane.client, network, apiPort: cluster.plane.port, disks });
    kubelet.resolveNamesOf(NAMESPACE);
    await cluster.plane.define('cert-manager.io', 'monitoring.coreos.com');
    cluster.run('cert-manager', [certManager(), '-kubeconfig', 'kubeconfig']);
    return new RunningPlatform(app, manifests, secrets, cluster, kubelet, network, admin);
  }

  /** The StatefulSet of the servers. */
  public readonly statefulSet: Manifest;
  private readonly connections: NatsConnection[] = [];
  private streams?: JetStreamManager;

  private constructor(
    private readonly app: App, public readonly manifests: Manifests, private readonly secrets: Secrets,
    public readonly cluster: Cluster, public readonly kubelet: Kubelet,
    private readonly network: PodNetwork, private readonly admin: string | undefined,
  ) {
    this.statefulSet = manifests.get('StatefulSet', 'nats');
  }

  /** Applies the app, layer by layer, and waits until its servers are ready and known by their name. */
  public async deliver(): Promise<void> {
    for (const layer of LAYERS) {
      const chart = this.app.charts.find(({ node }) => node.id === layer);
      if (chart) await this.cluster.plane.applyLayer(Manifests.of(chart).all);
      if (layer === 'base') await this.giveSecrets();
    }
    await this.rolledOut();
    await this.hasName();
  }

  /** Waits until the Service has its name, which comes a moment after its pods are ready. */
  public hasName(): Promise<unknown> {
    return eventually(() => lookup(HOST).then(() => true, () => false), (isKnown) => isKnown);
  }

  /** Ends all of it. */
  public async stop(): Promise<void> {
    await Promise.all(this.connections.map((connection) => connection.close()));
    await this.kubelet.stop();
    await this.cluster.stop();
    this.network.remove();
  }

  /** Waits until all servers run what the StatefulSet says now, and are ready. */
  public rolledOut(milliseconds: number = ROLLOUT_MILLISECONDS): Promise<unknown> {
    const { replicas } = this.statefulSet.spec;
    return this.cluster.eventually(this.statefulSet, ({ metadata, status }) =>
      status?.observedGeneration === metadata.generation && status.readyReplicas === replicas && status.updatedReplicas === replicas, milliseconds);
  }

  /** The pods of the servers. */
  public servers(): Promise<Manifest[]> {
    return this.pods('nats');
  }

  /** The pods of a component, as its label says it. */
  public async pods(component: string): Promise<Manifest[]> {
    const selector = encodeURIComponent(`app.kubernetes.io/component=${component}`);
    return (await this.cluster.plane.client.ask('GET', `/api/v1/namespaces/${NAMESPACE}/pods?labelSelector=${selector}`)).body.items;
  }

  /** Changes the template of the servers' pods. */
  public patchTemplate(template: object): Promise<KubeAnswer> {
    const path = `/apis/apps/v1/namespaces/${NAMESPACE}/statefulsets/nats`;
    return this.cluster.plane.client.ask('PATCH', path, { spec: { template } }, 'application/strategic-merge-patch+json');
  }

  /** Connects as a user does, by the name of the Service, and stays whatever happens to the servers. */
  public async connect(user?: string, options: ConnectionOptions = {}): Promise<NatsConnection> {
    const ca = await this.ca();
    const connection = await connect({
      servers: `${HOST}:4222`,
      ...ca && { tls: { ca } },
      ...user && { user, pass: 'secret', inboxPrefix: `_INBOX_${user}` },
      reconnectTimeWait: 100,
      maxReconnectAttempts: -1,
      // The JavaScript client would give up at the second refusal in its life, which a reload gives whoever has not yet said who it is.
      ignoreAuthErrorAbort: true,
      ...options,
    });
    this.connections.push(connection);
    return connection;
  }

  /** The authority of the servers' certificates, as PEM; undefined for servers without TLS. */
  public async ca(): Promise<string | undefined> {
    if (!this.manifests.find('Certificate', 'nats-tls')) return undefined;
    const { data } = await this.cluster.eventually({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'nats-tls', namespace: NAMESPACE } }, () => true);
    return Buffer.from(data['ca.crt'], 'base64').toString();
  }

  /** The streams as somebody sees them who may do everything. */
  public async manager(): Promise<JetStreamManager> {
    this.streams ??= await jetstreamManager(await this.connect(this.admin));
    return this.streams;
  }

  /** Waits until the controller says of all streams, consumers and buckets that they are there. */
  public async assetsMade(): Promise<void> {
    const resources = this.manifests.all.filter(({ apiVersion, kind }) => apiVersion.startsWith('jetstream.nats.io/') && kind !== 'Account');
    for (const resource of resources) await this.cluster.eventually(resource, isReady);
  }

  /** Waits until all servers are ready, and all streams have a leader and all their replicas, up to date. */
  public async isWell(milliseconds: number): Promise<void> {
    await this.rolledOut(milliseconds);
    const manager = await this.manager();
    const lacking = async () => {
      const streams = await manager.streams.list().next();
      return streams.filter((stream) => !isWhole(stream)).map(({ config }) => config.name);
    };
    await eventually(() => lacking().catch((error: Error) => [error.message]), (names) => names.length === 0, milliseconds);
  }

  /** The Secrets that people give; those of certificates come from cert-manager. */
  private async giveSecrets(): Promise<void> {
    const issued = new Set(this.manifests.all.filter(({ kind }) => kind === 'Certificate').map(({ spec }) => spec.secretName));
    const given = Object.entries(this.secrets).filter(([name]) => !issued.has(name));
    await this.cluster.plane.apply(given.map(([name, stringData]) => ({ apiVersion: 'v1', kind: 'Secret', metadata: { name, namespace: NAMESPACE }, stringData })));
  }
}

function isWhole({ cluster, config }: StreamInfo): boolean {
  const followers = cluster?.replicas?.filter(({ current, offline }) => current && !offline) ?? [];
  return Boolean(cluster?.leader) && followers.length === config.num_replicas - 1;
}

/** Whether an object says of itself that it is ready. */
export function isReady({ status }: Manifest): boolean {
  return status?.conditions?.some(({ type, status: is }: Manifest) => type === 'Ready' && is === 'True') ?? false;
}
