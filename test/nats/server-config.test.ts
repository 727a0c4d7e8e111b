import { Duration, Size } from 'cdk8s';
import { ContainerImage, JetStreamCipher, NatsAuth, NatsInclude, NatsVariable, Permissions, RouteCompression, SecretKey } from '../../src';
import { confOf, newCluster, someUser } from '../support';

const password = SecretKey.fromName('shop-nats', 'password');
const hash = `$2a$11$${'a'.repeat(53)}`;

/** A block of nats.conf, or an option at its top. */
function partOf(conf: string, name: string): string {
  return new RegExp(`^${name}( \\{[^]*?^\\}|:( \\[[^]*?^\\]|.*))$`, 'm').exec(conf)?.[0] ?? '';
}

test('a cluster without props: three servers, routes to all of them, nothing else', () => {
  expect(confOf(newCluster({ auth: NatsAuth.users({ name: 'shop', ...someUser }) }))).toBe(`http_port: 8222
lame_duck_duration: "30s"
lame_duck_grace_period: "10s"
pid_file: "/var/run/nats/nats.pid"
port: 4222
server_name: $SERVER_NAME

authorization {
  users: [
    {
      password: $SECRET_SHOP_NATS_PASSWORD_E9CAC6
      user: "shop"
    }
  ]
}

cluster {
  name: "nats"
  no_advertise: true
  port: 6222
  routes: [
    "nats://nats-0.nats-headless:6222"
    "nats://nats-1.nats-headless:6222"
    "nats://nats-2.nats-headless:6222"
  ]
}
`);
});

test('a single server has no cluster block', () => {
  expect(confOf(newCluster({ replicas: 1 }))).not.toMatch(/cluster|routes/);
});

test('routes by fully qualified name, with everything that can be said of them', () => {
  const conf = confOf(newCluster({
    clusterName: 'EU',
    ports: { cluster: 7000 },
    routes: { advertise: true, fullyQualified: true, clusterDomain: 'k8s.example.com', poolSize: 5, compression: RouteCompression.S2_AUTO },
  }));
  expect(partOf(conf, 'cluster')).toBe(`cluster {
  compression: "s2_auto"
  name: "EU"
  no_advertise: false
  pool_size: 5
  port: 7000
  routes: [
    "nats://nats-0.nats-headless.messaging.svc.k8s.example.com:7000"
    "nats://nats-1.nats-headless.messaging.svc.k8s.example.com:7000"
    "nats://nats-2.nats-headless.messaging.svc.k8s.example.com:7000"
  ]
}`);
});

test.each([
  ['by default three quarters of 10 GiB on disk, and no memory streams', {}, 8053063680, 0],
  ['a fraction of a gibibyte', { fileStore: { size: Size.gibibytes(1.5) } }, 1207959552, 0],
  ['what is said', { fileStore: { size: Size.gibibytes(10), maxSize: Size.gibibytes(9) } }, 9663676416, 0],
  ['memory alone', { memoryStore: { maxSize: Size.gibibytes(1) } }, 0, 1073741824],
  ['both', { fileStore: {}, memoryStore: { maxSize: Size.mebibytes(1) } }, 8053063680, 1048576],
])('JetStream stores: %s', (_, jetStream, file, memory) => {
  expect(partOf(confOf(newCluster({ jetStream })), 'jetstream')).toBe(`jetstream {\n  max_file_store: ${file}\n  max_memory_store: ${memory}\n  store_dir: "/data"\n}`);
});

test('everything that can be said of JetStream', () => {
  const conf = confOf(newCluster({
    zoneTag: true,
    jetStream: {
      fileStore: { directory: '/store' },
      domain: 'hub',
      uniqueTag: 'zone:',
      syncInterval: Duration.millis(0),
      maxOutstandingCatchup: Size.mebibytes(32),
      encryption: { key: SecretKey.fromName('js', 'key'), previousKey: SecretKey.fromName('js', 'old'), cipher: JetStreamCipher.AES },
      limits: { maxAckPending: 1000, maxHaAssets: 200, maxRequestBatch: 100, duplicateWindow: Duration.minutes(5) },
    },
  }));
  expect(partOf(conf, 'jetstream').replace(/_[0-9A-F]{6}$/gm, '')).toBe(`jetstream {
  cipher: "aes"
  domain: "hub"
  encryption_key: $SECRET_JS_KEY
  max_file_store: 8053063680
  max_memory_store: 0
  max_outstanding_catchup: 33554432
  prev_encryption_key: $SECRET_JS_OLD
  store_dir: "/store"
  sync_interval: "always"
  unique_tag: "zone:"
  limits {
    duplicate_window: "5m"
    max_ack_pending: 1000
    max_ha_assets: 200
    max_request_batch: 100
  }
}`);
  expect(partOf(conf, 'server_tags')).toBe('server_tags: [\n  $ZONE_TAG\n]');
});

test('how many consumers a stream may have is said to servers that know it', () => {
  const conf = confOf(newCluster({ images: { server: ContainerImage.of('nats', { tag: '2.15.2-alpine' }) }, jetStream: { limits: { defaultMaxConsumers: 50 } } }));
  expect(partOf(conf, 'jetstream')).toContain('  limits {\n    default_max_consumers: 50\n  }');
});

test('every limit, in bytes and whole durations', () => {
  const conf = confOf(newCluster({
    limits: {
      maxPayload: Size.mebibytes(1.5),
      maxConnections: 1000,
      maxPending: Size.mebibytes(32),
      maxSubscriptions: 100,
      maxSubscriptionTokens: 8,
      maxControlLine: Size.kibibytes(8),
      pingInterval: Duration.seconds(90),
      maxPingsOut: 3,
      writeDeadline: Duration.millis(2500),
    },
    logging: { debug: true, trace: false, timestamps: true, utc: true },
    lameDuck: { duration: Duration.minutes(2), gracePeriod: Duration.seconds(20) },
  }));
  for (const line of [
    'max_payload: 1572864', 'max_connections: 1000', 'max_pending: 33554432', 'max_subscriptions: 100', 'max_sub_tokens: 8', 'max_control_line: 8192',
    'ping_interval: "1m30s"', 'ping_max: 3', 'write_deadline: "2s500ms"', 'debug: true', 'trace: false', 'logtime: true', 'logtime_utc: true',
    'lame_duck_duration: "2m"', 'lame_duck_grace_period: "20s"',
  ]) expect(conf.split('\n')).toContain(line);
});

describe('users', () => {
  const userBlock = (permissions: Permissions, inboxPrefix?: string) =>
    partOf(confOf(newCluster({ auth: NatsAuth.users({ name: 'shop', password, permissions, inboxPrefix }) })), 'authorization').replace(/\s+/g, ' ');

  test.each([
    ['everything', Permissions.all(), '{ password: $P user: "shop" }'],
    ['nothing but the own inbox', Permissions.of({}), 'permissions { publish { deny: [ ">" ] } subscribe { allow: [ "_INBOX_shop.>" ] } }'],
    ['what is allowed, sorted and once', Permissions.of({ publish: { allow: ['b', 'a.>', 'b'] }, subscribe: { allow: ['c.*', 'd queue'] } }),
      'permissions { publish { allow: [ "a.>" "b" ] } subscribe { allow: [ "_INBOX_shop.>" "c.*" "d queue" ] } }'],
    ['all but what is denied', Permissions.of({ publish: { deny: ['a'] }, subscribe: { deny: ['b'] } }),
      'permissions { publish { deny: [ "a" ] } subscribe { deny: [ "b" ] } }'],
    ['deny beside allow', Permissions.of({ publish: { allow: ['a.>'], deny: ['a.b'] } }),
      'permissions { publish { allow: [ "a.>" ] deny: [ "a.b" ] } subscribe { allow: [ "_INBOX_shop.>" ] } }'],
    ['answers', Permissions.of({ allowResponses: {} }), 'permissions { allow_responses { expires: "2m" max: 1 } publish { deny: [ ">" ] } subscribe'],
    ['answers, and all but what is denied, which the server allows only by name', Permissions.of({ publish: { deny: ['a'] }, allowResponses: {} }),
      'publish { allow: [ ">" ] deny: [ "a" ] }'],
    ['as many answers as said', Permissions.of({ allowResponses: { maxMessages: 5, expires: Duration.seconds(10) } }), 'allow_responses { expires: "10s" max: 5 }'],
  ])('may do %s', (_, permissions, block) => expect(userBlock(permissions).replace(/\$SECRET_\w+/, '$P')).toContain(block));

  test('an inbox prefix of their own choice', () => {
    expect(userBlock(Permissions.of({}), 'replies.shop')).toContain('subscribe { allow: [ "replies.shop.>" ] }');
  });

  test('are sorted by name, however they are added, and tell their inbox prefix', () => {
    const cluster = newCluster({ auth: NatsAuth.users({ name: 'z', ...someUser }) });
    expect(cluster.addUser('a', someUser).inboxPrefix).toBe('_INBOX_a');
    expect(confOf(cluster).match(/user: .*/g)).toEqual(['user: "a"', 'user: "z"']);
  });

  test('with a hash, which may be read', () => {
    const conf = confOf(newCluster({ auth: NatsAuth.users({ name: 'shop', passwordHash: hash, permissions: Permissions.all() }) }));
    expect(conf).toContain(`password: "${hash}"`);
  });

  test('with an included piece of nats.conf, which defines a variable that the server cannot do without', () => {
    const passwordInclude = SecretKey.fromName('nats-users', 'my-shop.conf');
    const conf = confOf(newCluster({ auth: NatsAuth.users({ name: 'my-shop', passwordInclude, permissions: Permissions.all() }) }));
    expect(conf).toMatch(/^include "\.\.\/nats-secrets\/nats-users\/my-shop\.conf"\n/);
    expect(conf).toContain('password: $password_my_shop');
  });
});

describe('extraConfig', () => {
  test('is merged deeply, with units, variables, includes and secrets', () => {
    const conf = confOf(newCluster({
      jetStream: {},
      extraConfig: {
        max_traced_msg_len: Size.kibibytes(1),
        server_metadata: { 'team': 'shop', 'cost center': '$12' },
        include: NatsInclude.file('more.conf'),
        cluster: { ping_interval: Duration.seconds(20) },
        jetstream: { strict: false, tpm: { encryption_password: SecretKey.fromName('routes', 'password') } },
        default_js_domain: { 'a.*': NatsVariable.of('TARGET') },
      },
    }));
    expect(conf).toMatch(/^include "more\.conf"\n/);
    expect(conf).toContain('max_traced_msg_len: 1024');
    expect(conf).toContain('server_metadata {\n  "cost center": "$12"\n  team: "shop"\n}');
    expect(partOf(conf, 'cluster')).toContain('ping_interval: "20s"');
    expect(partOf(conf, 'jetstream')).toMatch(/tpm \{\n    encryption_password: \$SECRET_ROUTES_PASSWORD_\w{6}\n/);
    expect(partOf(conf, 'jetstream')).toContain('strict: false');
    expect(conf).toContain('"a.*": $TARGET');
  });

  test('says how clients log in where it holds accounts', () => {
    const accounts = { SHOP: { users: [{ user: 'shop', password: SecretKey.fromName('shop', 'password') }] } };
    expect(confOf(newCluster({ auth: undefined, extraConfig: { accounts } }))).toContain('accounts {\n  SHOP {');
  });
});
