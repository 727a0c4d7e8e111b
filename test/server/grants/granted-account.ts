import { connect, NatsConnection } from '@nats-io/transport-node';
import { Chart } from 'cdk8s';
import {
  ContainerImage, JetStreamConsumer, JetStreamStream, JetStreamTarget, KeyValueBucket, NatsAccount, NatsCluster, NatsClusterProps, NatsService,
  NatsUser, ObjectStoreBucket, Permissions, SecretKey,
} from '../../../src';
import { newChart, synth } from '../../support';
import { NatsVersion } from '../harness/binaries';
import { NatsProcess } from '../harness/nats-process';
import { PodOptions, ServerPod } from '../harness/pod';
import { TextClient } from '../harness/text-client';

/** A server, and the format of the acknowledgements to which it leads its clients. */
export interface ServerKind {
  readonly version: NatsVersion;
  readonly ackFormat: 'v1' | 'v2';
}

const PASSWORD = 'secret';
/** Each server, and each format that it knows. */
export const serverKinds: ServerKind[] = [
  { version: '2.12.6', ackFormat: 'v1' },
  { version: '2.14.2', ackFormat: 'v1' }, { version: '2.14.2', ackFormat: 'v2' },
  { version: '2.15.2', ackFormat: 'v1' }, { version: '2.15.2', ackFormat: 'v2' },
];

/** The password of all users. */
export const password = SecretKey.fromName('users', 'password');
/** What the Secrets hold. */
export const secrets = { 'users': { password: PASSWORD }, 'nats-shop-nack': { password: PASSWORD } };

/** The account SHOP of a server, with one of each kind of which something is granted; its user `admin` may do all. */
export class GrantedAccount {
  public readonly chart: Chart = newChart();
  public readonly cluster: NatsCluster;
  public readonly account: NatsAccount;
  public readonly target: JetStreamTarget;
  public readonly orders: JetStreamStream;
  public readonly work: JetStreamConsumer;
  public readonly push: JetStreamConsumer;
  public readonly flow: JetStreamConsumer;
  public readonly carts: KeyValueBucket;
  public readonly files: ObjectStoreBucket;
  public readonly prices: NatsService;
  private readonly clients: NatsConnection[] = [];
  private pod?: ServerPod;

  constructor(private readonly kind: ServerKind, props: NatsClusterProps = {}) {
    const { version, ackFormat } = kind;
    this.cluster = new NatsCluster(this.chart, 'nats', {
      replicas: 1,
      jetStream: {},
      images: { server: ContainerImage.of('nats', { tag: `${version}-alpine` }) },
      extraConfig: ackFormat === 'v2' ? { feature_flags: { js_ack_fc_v2: true } } : {},
      ...props,
    });
    this.account = this.cluster.addAccount('SHOP');
    this.account.addUser('admin', { password, permissions: Permissions.all() });
    this.target = JetStreamTarget.account(this.account);
    this.orders = new JetStreamStream(this.chart, 'orders', { target: this.target, name: 'ORDERS', subjects: ['orders.>'], allowDirect: true });
    this.work = this.orders.addConsumer('work');
    this.push = this.orders.addConsumer('push', { push: { deliverSubject: 'deliver.push', deliverGroup: 'workers' } });
    this.flow = this.orders.addConsumer('flow', { push: { deliverSubject: 'deliver.flow', flowControl: true } });
    this.carts = new KeyValueBucket(this.chart, 'carts', { target: this.target });
    this.files = new ObjectStoreBucket(this.chart, 'files', { target: this.target });
    this.prices = new NatsService(this.chart, 'prices', { subjects: ['prices.get'] });
  }

  /** Adds a user who may only do what it is granted. */
  public user(name: string): NatsUser {
    return this.account.addUser(name, { password });
  }

  /** Adds a user who gets a grant. */
  public granted(grant: (user: NatsUser) => void): NatsUser {
    const user = this.user(`user-${this.account.node.children.length}`);
    grant(user);
    return user;
  }

  public async start(options: PodOptions = {}): Promise<void> {
    this.pod = await ServerPod.start(synth(this.cluster), 0, { version: this.kind.version, statefulSet: 'nats', secrets, ...options });
  }

  public async stop(): Promise<void> {
    await Promise.all(this.clients.map((client) => client.close()));
    await this.pod?.delete();
  }

  public get server(): NatsProcess {
    return this.pod!.server;
  }

  /** Connects with the official client, as the library tells the user to: with the inbox prefix. */
  public async connect(user: string | NatsUser, server: NatsProcess = this.server): Promise<NatsConnection> {
    const own = typeof user === 'string' ? { user } : { user: user.userName, inboxPrefix: user.inboxPrefix };
    const client = await connect({ servers: server.clientUrl, pass: PASSWORD, ...own });
    this.clients.push(client);
    return client;
  }

  /** Connects without a client library, which would show a refusal as a timeout. */
  public connectRaw({ userName }: NatsUser, server: NatsProcess = this.server): Promise<TextClient> {
    return TextClient.connect(server.clientUrl, { user: userName, pass: PASSWORD, pedantic: false });
  }
}

