import { Duration, Size } from 'cdk8s';
import { ACCOUNT_JWTS, OPERATOR_JWTS } from './operator-jwts';
import type { RenderedConfig } from './rendered-configs';
import {
  JetStreamClusterTraffic, NatsAuth, NatsConnectionType, NatsExport, NatsImport, NatsMapping, NatsOperatorOptions, NatsResolver, NatsResponseType,
  Permissions, SecretKey,
} from '../../src';

const user = (name: string) => ({ name, password: SecretKey.fromName('secrets', 'a'), permissions: Permissions.all() });
const userKey = 'UAFQD7PBW7RRTY5YT7OZYYG25FAST2SCDSFCNIGOIEOUMPKRRXL2B2ZK';
const accountKey = 'ADIVN7NNUB5V5Z5GQ3GVN72B2P2B4N4V2RYFREBKJ5CPKN26REOFERQ3';
const curveKey = 'XB2R5UPXCEKJTGOR25U4CLL7C3X45V3J2FNCPUTE2Y7JAP3HXTXFFWZK';
const megabytes = Size.mebibytes;

const mappings = [
  NatsMapping.to('old.>', 'new.>'),
  NatsMapping.to('a.*.*', 'b.$2.{{wildcard(1)}}'),
  NatsMapping.to('shards.*', 'shards.{{partition(10,1)}}.$1'),
  NatsMapping.weighted('canary', [{ subject: 'v1', weight: 90 }, { subject: 'v2', weight: 10 }, { subject: 'v3', weight: 100, cluster: 'EU' }]),
];

/** Operator mode, whose system account is one of the preloaded. */
function operated(resolver: NatsResolver, options: Partial<NatsOperatorOptions> = {}): NatsAuth {
  const [systemAccount] = Object.keys(ACCOUNT_JWTS[0]);
  const preload = ACCOUNT_JWTS.flatMap((jwts) => Object.values(jwts));
  return NatsAuth.operator({ operators: [OPERATOR_JWTS.operator], systemAccount, resolver, preload, ...options });
}

/** Configurations that between them set every option about who may log in, and what is whose. */
export const authConfigs: RenderedConfig[] = [
  {
    title: 'accounts with everything',
    props: {
      jetStream: { fileStore: {}, memoryStore: { maxSize: megabytes(64) } },
      auth: NatsAuth.users({ ...user('auth'), allowedConnectionTypes: Object.values(NatsConnectionType) }),
      authOptions: { timeout: Duration.seconds(7), noAuthUser: 'guest', callout: { issuer: accountKey, users: ['auth', 'guest', 'shop', 'billing', 'ops'], xkey: curveKey, allowedAccounts: ['ORDERS'] } },
      mappings,
      accounts: [
        {
          name: 'ORDERS',
          users: [user('shop'), { name: 'guest', nkey: userKey }],
          defaultPermissions: Permissions.of({ publish: { deny: ['secret'] } }),
          exports: [
            NatsExport.stream('orders.>'),
            NatsExport.stream('private.*.>', { accountTokenPosition: 2 }),
            NatsExport.service('price', { accounts: ['BILLING'], latency: { subject: 'latency', sampling: 5 }, allowTrace: true }),
            NatsExport.service('asked', { latency: { subject: 'latency', sampleByHeader: true } }),
            NatsExport.service('list.*', { responseType: NatsResponseType.STREAM, responseThreshold: Duration.millis(1500) }),
            NatsExport.service('file', { responseType: NatsResponseType.CHUNKED }),
          ],
          mappings,
          limits: { maxConnections: 100, maxSubscriptions: 1000, maxPayload: Size.kibibytes(64), maxLeafNodes: 2 },
          messageTrace: { destination: 'traces', sampling: 10 },
          jetStream: {
            maxMemory: megabytes(10),
            maxStorage: megabytes(100),
            maxStreams: 5,
            maxConsumers: 50,
            maxBytesRequired: true,
            maxMemoryStreamSize: megabytes(5),
            maxStorageStreamSize: megabytes(50),
            maxAckPending: 100,
            clusterTraffic: JetStreamClusterTraffic.OWNER,
          },
        },
        {
          name: 'BILLING',
          users: [user('billing')],
          imports: [
            NatsImport.stream('ORDERS', 'orders.*.paid', { to: 'paid.$1', allowTrace: true }),
            NatsImport.stream('ORDERS', 'orders.new', { prefix: 'shop' }),
            NatsImport.stream('ORDERS', 'private.BILLING.>'),
            NatsImport.service('ORDERS', 'price', { to: 'prices.get', share: true }),
            NatsImport.service('ORDERS', 'list.*', { to: 'lists.*' }),
          ],
          jetStream: { enabled: false },
        },
        { name: 'ADMIN', system: true, users: [user('ops')] },
      ],
    },
    varz: { auth_required: true, auth_timeout: 7, system_account: 'ADMIN' },
  },
  { title: 'a user of the system account beside others', props: { auth: NatsAuth.users(user('shop')), accounts: [{ name: '$SYS', system: true, users: [user('ops')] }], jetStream: {} }, varz: { auth_required: true } },
  { title: 'mappings for a token', props: { mappings } },
  { title: 'an included block', props: { auth: NatsAuth.include(SecretKey.fromName('secrets', 'users.conf')), authOptions: { timeout: Duration.seconds(5) } }, varz: { auth_required: true, auth_timeout: 5 } },
  {
    title: 'a full resolver with everything',
    props: {
      auth: operated(NatsResolver.full({
        directory: '/jwt', limit: 100, timeout: Duration.millis(1500), interval: Duration.minutes(2), allowDelete: true, hardDelete: true,
      }), { operators: [OPERATOR_JWTS.operator, OPERATOR_JWTS.otherOperator] }),
    },
    varz: { trusted_operators_jwt: [OPERATOR_JWTS.operator, OPERATOR_JWTS.otherOperator], system_account: Object.keys(ACCOUNT_JWTS[0])[0] },
    log: /Managing all jwt in exclusive directory .*\/jwt/,
  },
  { title: 'a full resolver in a cluster with JetStream', props: { replicas: 3, jetStream: {}, auth: operated(NatsResolver.full({ persistent: false })) }, log: /Managing all jwt in exclusive directory .*\/data\/resolver/ },
  { title: 'a cache', props: { auth: operated(NatsResolver.cache({ ttl: Duration.hours(1), limit: 10, timeout: Duration.seconds(1) })) }, log: /Managing some jwt in exclusive directory .*\/data\/resolver/ },
  {
    title: 'the nkey of an account in extraConfig',
    props: { auth: undefined, accounts: [{ name: 'ORDERS', users: [user('shop')] }], extraConfig: { accounts: { ORDERS: { nkey: accountKey } } } },
    varz: { auth_required: true },
  },
  { title: 'pinned accounts', props: { auth: operated(NatsResolver.full(), { pinnedAccounts: Object.keys(ACCOUNT_JWTS[1]) }) }, varz: { auth_required: true } },
  { title: 'a resolver in memory', props: { auth: operated(NatsResolver.memory()) }, varz: { auth_required: true } },
];
