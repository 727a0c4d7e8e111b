import { ConsumerInfo, jetstreamManager, JetStreamManager, StreamInfo } from '@nats-io/jetstream';
import { connect, NatsConnection } from '@nats-io/transport-node';
import { App, Chart, Size } from 'cdk8s';
import {
  JetStreamController, JetStreamStream, JetStreamTarget, NatsAlerts, NatsCluster, NatsClusterProps, NatsDashboards, NatsRemoteGateway, NatsScraping,
  Permissions, SecretKey, StreamDiscard, StreamOrigin,
} from '../../src';
import { eventually } from '../server/harness/eventually';
import { PodOptions, ServerPod } from '../server/harness/pod';
import { PodNetwork } from '../server/harness/pod-network';
import { addReplicatedStream } from '../server/harness/replicated-stream';
import { Manifest, Manifests } from '../support';
import { accelerated } from './harness/accelerated';
import { ExporterProcess } from './harness/exporter-process';
import { PrometheusProcess } from './harness/prometheus-process';

const PASSWORD = 'secret';
const STREAMS = ['orders', 'jobs', 'archive', 'copies'];

/** A cluster of three servers with exporters, a gateway to another, a leaf node, streams and a consumer; and a Prometheus that watches it. */
export class LiveCluster {
  public static async start(): Promise<LiveCluster> {
    const live = new LiveCluster();
    await live.startServers();
    await live.makeStreams();
    await live.watch();
    return live;
  }

  public pods!: ServerPod[];
  public west!: ServerPod;
  public client!: NatsConnection;
  public manager!: JetStreamManager;
  public prometheus!: PrometheusProcess;
  /** The network as each server sees it. */
  private readonly networks = new Map<string, PodNetwork>();
  private readonly manifests: { readonly nats: Manifests; readonly west: Manifests; readonly leaf: Manifests };
  private readonly options: PodOptions = { secrets: { 'shop': { password: PASSWORD }, 'nats-orders-nack': { password: PASSWORD } } };

  private constructor() {
    const app = new App();
    JetStreamController.external(app);
    const password = SecretKey.fromName('shop', 'password');
    const users = [{ name: 'shop', password, permissions: Permissions.all() }];
    const cluster = (name: string, props: NatsClusterProps) => new NatsCluster(new Chart(app, name, { namespace: 'messaging' }), name, {
      accounts: [{ name: 'ORDERS', users, limits: { maxConnections: 100 }, ...props.jetStream && { jetStream: { maxStorage: Size.mebibytes(90) } } }],
      clusterName: name,
      serverNamePrefix: `${name}-`,
      networkPolicy: { enabled: false },
      ...props,
    });
    const nats = cluster('nats', {
      serverNamePrefix: '',
      jetStream: { fileStore: { size: Size.mebibytes(40) } },
      exporter: {},
      gateway: {},
      leafNodes: { listen: true },
      // Nobody gets there, so that each route is one that a server dials by the name of the other, and can be cut.
      routes: { advertiseAddress: 'nowhere.example.com:6222' },
    });
    const west = cluster('west', { replicas: 1, gateway: { remotes: [NatsRemoteGateway.cluster(nats)] } });
    const leaf = cluster('leaf', { replicas: 1, leafNodes: { remotes: [{ cluster: nats, account: 'ORDERS', user: 'shop', password }] } });
    const chart = Chart.of(nats);
    const target = JetStreamTarget.account(nats.node.findChild('account-ORDERS') as never);
    const orders = new JetStreamStream(chart, 'orders', { target, subjects: ['orders'] });
    const billing = orders.addConsumer('billing', { maxAckPending: 20 });
    new JetStreamStream(chart, 'jobs', { target, subjects: ['jobs'], discard: StreamDiscard.NEW, maxBytes: Size.mebibytes(26) });
    new JetStreamStream(chart, 'archive', { target, mirror: StreamOrigin.stream(orders) });
    new NatsScraping(chart, 'scraping', { cluster: nats });
    new NatsDashboards(chart, 'dashboards', { cluster: nats });
    new NatsAlerts(chart, 'alerts', { cluster: nats, consumers: [{ consumer: billing, pending: 1000, redelivered: 100 }] });
    this.manifests = { nats: Manifests.of(chart), west: Manifests.of(Chart.of(west)), leaf: Manifests.of(Chart.of(leaf)) };
  }

  /** The rules as they are deployed. */
  public get rules() {
    return this.manifests.nats.get('PrometheusRule', 'nats').spec;
  }

  /** The dashboards as Grafana reads them. */
  public get dashboards(): Manifest[] {
    const files = this.manifests.nats.all.filter(({ kind, metadata }) => kind === 'ConfigMap' && metadata.labels.grafana_dashboard).flatMap(({ data }) => Object.values(data));
    return files.map((text) => JSON.parse(text as string));
  }

  /** Cuts the routes between a server and the others, while all of them live. */
  public partOff(pod: string): void {
    for (const [name, network] of this.networks) {
      const others = name === pod ? [...this.networks.keys()].filter((other) => other !== pod) : [pod];
      others.forEach((other) => network.cutOff(other, 'cluster'));
    }
  }

  /** Lets all servers reach each other. */
  public join(): void {
    for (const network of this.networks.values()) network.join();
  }

  /** Moves the leaders of all streams and consumers to a server. */
  public async lead(pod: string): Promise<void> {
    const groups = [...STREAMS.map((stream) => `STREAM.LEADER.STEPDOWN.${stream}`), 'CONSUMER.LEADER.STEPDOWN.orders.billing'];
    for (const group of groups) await this.client.request(`$JS.API.${group}`, JSON.stringify({ placement: { preferred: pod } }));
    await this.ledBy((leader) => leader === pod);
  }

  /** Waits until all streams and consumers have leaders. Servers that were apart elect anew when they are together again. */
  public ledBy(isRight: (leader: string | undefined) => boolean = (leader) => leader !== undefined): Promise<unknown> {
    // While a group elects, nobody answers for it.
    const leaderOf = (info: Promise<StreamInfo | ConsumerInfo>) => info.then(({ cluster }) => cluster?.leader, () => undefined);
    const { streams, consumers } = this.manager;
    const leaders = () => Promise.all([...STREAMS.map((stream) => streams.info(stream)), consumers.info('orders', 'billing')].map(leaderOf));
    return eventually(leaders, (found) => found.every(isRight), 30_000);
  }

  public close(): Promise<void> {
    return this.client.close();
  }

  private async startServers(): Promise<void> {
    const { nats, west, leaf } = this.manifests;
    const clusters = [nats, west, leaf];
    const network = await PodNetwork.of(clusters);
    for (const ordinal of [0, 1, 2]) this.networks.set(`nats-${ordinal}`, await network.another(clusters));
    const start = (manifests: Manifests, ordinal: number, seen: PodNetwork = network) =>
      ServerPod.start(manifests, ordinal, { ...this.options, network: seen, toNowhere: true });
    this.pods = await Promise.all([...this.networks.values()].map((seen, ordinal) => start(nats, ordinal, seen)));
    [this.west] = await Promise.all([start(west, 0), start(leaf, 0)]);
    const servers = this.pods.map(({ server }) => server.clientUrl);
    this.client = await connect({ servers, user: 'shop', pass: PASSWORD, maxReconnectAttempts: -1, reconnectTimeWait: 200 });
    const manager = () => jetstreamManager(this.client, { timeout: 2000 }).catch(() => undefined);
    this.manager = (await eventually(manager, (one) => one !== undefined, 60_000))!;
  }

  /** As NACK makes them. */
  private async makeStreams(): Promise<void> {
    await addReplicatedStream(this.manager, { name: 'orders', subjects: ['orders'] });
    await addReplicatedStream(this.manager, { name: 'jobs', subjects: ['jobs'], discard: 'new', max_bytes: 26 * 2 ** 20 });
    await addReplicatedStream(this.manager, { name: 'archive', mirror: { name: 'orders' } });
    await addReplicatedStream(this.manager, { name: 'copies', sources: [{ name: 'orders' }] });
    await this.manager.consumers.add('orders', { durable_name: 'billing', ack_policy: 'explicit', ack_wait: 3600e9, max_ack_pending: 20 });
  }

  private async watch(): Promise<void> {
    const exporter = this.manifests.nats.get('StatefulSet', 'nats').spec.template.spec.containers.find(({ name }: { name: string }) => name === 'prom-exporter');
    const targets = await Promise.all(this.pods.map(async ({ name, server }) => ({
      address: (await ExporterProcess.start(exporter, server.monitorUrl)).address,
      labels: { namespace: 'messaging', pod: name, container: 'prom-exporter', endpoint: 'prom-metrics' },
    })));
    this.prometheus = await PrometheusProcess.watching(this.manifests.nats.get('PodMonitor', 'nats'), accelerated(this.rules), targets);
  }
}
