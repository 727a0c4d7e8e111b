import { Duration, Size } from 'cdk8s';
import { PodOptions } from './harness/pod';
import { authConfigs } from './rendered-auth';
import {
  EnvVariable, JetStreamCipher, NatsAuth, NatsClusterProps, NatsInclude, NatsVariable, Permissions, PodVolume, RouteCompression, SecretKey,
} from '../../src';

const secret = (key: string) => SecretKey.fromName('secrets', key);
/** What the Secrets hold to which the configurations refer. */
export const secrets = {
  'nats-auth': { token: 's3cret' },
  'secrets': { 'a': 'a secret', 'b': '12345678', 'shop': 'password_shop: "a \\"secret\\""\n', 'auth.conf': 'timeout: 7\n', 'top.conf': 'max_traced_msg_len: 99\n', 'users.conf': 'users: [ { user: shop, password: "a secret" } ]\n' },
};
const hash = `$2a$11$${'a'.repeat(53)}`;
const user = { password: secret('a'), permissions: Permissions.all() };
const megabytes = Size.mebibytes;

export interface RenderedConfig {
  readonly title: string;
  /** Of one server, unless they say otherwise. */
  readonly props: NatsClusterProps;
  readonly pod?: PodOptions;
  readonly clusterDomain?: string;
  /** What /varz tells of the server. */
  readonly varz?: object;
  /** What the server says at its start. */
  readonly log?: RegExp;
}

/** Configurations that between them set every option of a cluster's servers. */
export const configs: RenderedConfig[] = [
  { title: 'nothing but a token', props: {}, varz: { server_name: 'nats-0', auth_required: true, max_payload: 1048576, gomemlimit: 409 * 2 ** 20 } },
  {
    title: 'every limit',
    props: {
      limits: {
        maxPayload: megabytes(1.5),
        maxConnections: 1000,
        maxPending: megabytes(32),
        maxSubscriptions: 100,
        maxSubscriptionTokens: 8,
        maxControlLine: Size.kibibytes(8),
        pingInterval: Duration.seconds(90),
        maxPingsOut: 3,
        writeDeadline: Duration.millis(2500),
      },
    },
    varz: {
      max_payload: 1572864,
      max_connections: 1000,
      max_pending: 33554432,
      max_subscriptions: 100,
      max_control_line: 8192,
      ping_interval: 90e9,
      ping_max: 3,
      write_deadline: 2.5e9,
    },
  },
  {
    title: 'the largest limits',
    props: {
      limits: {
        maxPayload: megabytes(64),
        maxConnections: 2 ** 31 - 1,
        maxPending: Size.kibibytes(2 ** 21 - 1),
        maxSubscriptions: 2 ** 31 - 1,
        maxSubscriptionTokens: 255,
        maxControlLine: Size.kibibytes(2 ** 21 - 1),
        pingInterval: Duration.days(1),
        maxPingsOut: 2 ** 31 - 1,
        writeDeadline: Duration.hours(1),
      },
    },
    varz: { max_payload: 2 ** 26, max_connections: 2 ** 31 - 1, max_pending: 2 ** 31 - 1024, max_control_line: 2 ** 31 - 1024 },
  },
  {
    title: 'the smallest limits',
    props: {
      limits: {
        maxPayload: Size.kibibytes(1 / 1024),
        maxConnections: 1,
        maxPending: Size.kibibytes(1 / 1024),
        maxSubscriptions: 1,
        maxSubscriptionTokens: 1,
        maxControlLine: Size.kibibytes(1 / 1024),
        pingInterval: Duration.millis(1),
        maxPingsOut: 1,
        writeDeadline: Duration.millis(1),
      },
    },
    varz: { max_payload: 1, max_connections: 1, max_pending: 1, max_subscriptions: 1, max_control_line: 1, ping_interval: 1e6, write_deadline: 1e6 },
  },
  {
    title: 'debug and trace logs without times',
    props: { logging: { debug: true, trace: true, timestamps: false } },
    log: /^\[\d+\] \[DBG\] /m,
  },
  { title: 'times in UTC', props: { logging: { timestamps: true, utc: true } }, log: /^\[\d+\] \d{4}\/\d\d\/\d\d [\d:.]+ \[INF\] Server is ready/m },
  { title: 'a lame duck mode of its own', props: { lameDuck: { duration: Duration.minutes(2), gracePeriod: Duration.millis(20_500) } } },
  {
    title: 'other ports, a name prefix and tags',
    props: { ports: { client: 4333, monitor: 8333 }, serverNamePrefix: 'eu-1.', serverTags: ['Region:EU', 'a "b", $c'] },
    varz: { server_name: 'eu-1.nats-0', tags: ['region:eu', 'a "b", $c'] },
  },
  { title: 'the zone as a tag', props: { serverTags: ['disk:ssd'], zoneTag: true }, pod: { zone: 'eu-central-1a' }, varz: { tags: ['disk:ssd', 'zone:eu-central-1a'] } },
  {
    title: 'JetStream on disk',
    props: { jetStream: {} },
    varz: { gomemlimit: 1638 * 2 ** 20, jetstream: { config: { max_storage: 7.5 * 2 ** 30, max_memory: 0, sync_interval: 120e9 } } },
  },
  {
    title: 'JetStream in memory',
    props: { jetStream: { memoryStore: { maxSize: megabytes(64) } } },
    varz: { jetstream: { config: { max_storage: 0, max_memory: 2 ** 26 } } },
  },
  {
    title: 'JetStream with every option',
    props: {
      zoneTag: true,
      jetStream: {
        fileStore: { directory: '/store/nats', size: Size.gibibytes(1), maxSize: megabytes(512) },
        memoryStore: { maxSize: megabytes(64) },
        domain: 'hub',
        uniqueTag: 'zone:',
        syncInterval: Duration.seconds(90),
        maxOutstandingCatchup: megabytes(32),
        encryption: { key: secret('a') },
        limits: { maxAckPending: 1000, maxHaAssets: 200, maxRequestBatch: 100, duplicateWindow: Duration.minutes(5) },
      },
    },
    pod: { zone: 'a' },
    varz: {
      jetstream: {
        config: { max_storage: 2 ** 29, max_memory: 2 ** 26, domain: 'hub', unique_tag: 'zone:', sync_interval: 90e9, store_dir: expect.stringMatching(/\/store\/nats\/jetstream$/) },
        limits: { max_ack_pending: 1000, max_ha_assets: 200, max_request_batch: 100 },
      },
    },
    log: /Encryption: +ChaCha20-Poly1305/,
  },
  {
    title: 'JetStream that syncs always, encrypted with AES and a second key',
    props: { jetStream: { syncInterval: Duration.millis(0), encryption: { key: secret('b'), previousKey: secret('a'), cipher: JetStreamCipher.AES } } },
    varz: { jetstream: { config: { sync_always: true } } },
    log: /Encryption: +AES-GCM/,
  },
  { title: 'one server of a cluster', props: { replicas: 3 }, varz: { cluster: { name: 'nats', pool_size: 3 } } },
  { title: 'one server in clustered form', props: { replicas: 1, clustered: true }, varz: { cluster: { name: 'nats' } } },
  {
    title: 'clustered JetStream with routes by full name',
    props: {
      replicas: 3,
      clusterName: 'EU',
      ports: { cluster: 7000 },
      jetStream: {},
      routes: { advertise: true, fullyQualified: true, clusterDomain: 'k8s.example.com', poolSize: 5, compression: RouteCompression.S2_AUTO },
    },
    clusterDomain: 'k8s.example.com',
    varz: { cluster: { name: 'EU', pool_size: 5 } },
  },
  ...Object.values(RouteCompression).map((compression) => ({ title: `compression ${compression} of routes`, props: { replicas: 3, routes: { compression } } })),
  {
    title: 'a user of each kind',
    props: {
      auth: NatsAuth.users(
        { ...user, name: 'password' },
        { permissions: Permissions.all(), name: 'hash', passwordHash: hash },
        { permissions: Permissions.all(), name: 'shop', passwordInclude: secret('shop') },
        { ...user, name: 'nothing', permissions: Permissions.of({}) },
        { ...user, name: 'allow', permissions: Permissions.of({ publish: { allow: ['orders.>'] }, subscribe: { allow: ['orders.*', 'orders.> billing'] } }) },
        { ...user, name: 'deny', permissions: Permissions.of({ publish: { deny: ['$JS.>', '$SYS.>'] }, subscribe: { deny: ['secret'] } }) },
        { ...user, name: 'both', permissions: Permissions.of({ publish: { allow: ['>'], deny: ['a'] }, subscribe: { allow: ['>'], deny: ['a'] } }), inboxPrefix: 'inboxes.both' },
        { ...user, name: 'responses', permissions: Permissions.of({ allowResponses: {} }) },
        { ...user, name: 'some-responses', permissions: Permissions.of({ allowResponses: { maxMessages: 10, expires: Duration.millis(1500) } }) },
      ),
    },
    varz: { auth_required: true },
  },
  {
    title: 'options without a prop',
    props: {
      auth: undefined,
      pod: { env: [EnvVariable.of('WORKERS', '16'), EnvVariable.fromField('POD_IP', 'status.podIP')], volumes: [PodVolume.fromSecret('more', 'secrets', '/etc/more')] },
      extraConfig: {
        include: NatsInclude.file('../more/top.conf'),
        server_metadata: { 'Team': 'orders', 'a.b': '"$x"' },
        connect_error_reports: NatsVariable.of('WORKERS'),
        max_traced_msg_len: Size.kibibytes(1),
        authorization: { auth: NatsInclude.file('../more/auth.conf') },
        accounts: {
          ORDERS: {
            users: [{ user: 'shop', password: secret('b') }],
            jetstream: { max_store: megabytes(5), max_streams: 3 },
            exports: [{ service: 'orders.get', response_type: 'single' }, { stream: 'orders.>' }],
          },
          BILLING: { users: [{ user: 'billing', password: secret('a') }, { user: 'auditor', password: hash }], imports: [{ service: { account: 'ORDERS', subject: 'orders.get' } }], jetstream: 'enabled' },
        },
        jetstream: { max_buffered_msgs: 1000, limits: { batch: { max_msgs: 100, timeout: Duration.seconds(5) } } },
      },
      jetStream: {},
    },
    varz: {
      auth_required: true,
      auth_timeout: 7,
      metadata: { 'Team': 'orders', 'a.b': '"$x"' },
    },
  },
  ...authConfigs,
];
