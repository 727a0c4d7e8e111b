import { Duration, Size } from 'cdk8s';
import {
  JetStreamClusterTraffic, NatsAccountOptions, NatsAuth, NatsCluster, NatsExport, NatsImport, NatsMapping, NatsResponseType, Permissions, SecretKey,
} from '../../../src';
import { confOf, newCluster, synth } from '../../support';

const permissions = Permissions.all();
const passwordHash = '$2a$11$3kIDaCxw.Glsl1.u5nKa6eUnNDLV5HV9tIuUp7EHhMt6Nm9myW1aS';
const user = (name: string) => ({ name, passwordHash, permissions });

/** A block of nats.conf, or of another block, without its name. */
function blockOf(text: string, name: string): string {
  const [, indent, body] = new RegExp(`^( *)"?${name.replace('$', '\\$')}"? \\{\n([^]*?)^\\1\\}`, 'm').exec(text) ?? [];
  if (body === undefined) throw new Error(`there is no block ${name} in:\n${text}`);
  return body.replace(new RegExp(`^${indent}  `, 'gm'), '');
}

function accountOf(cluster: NatsCluster, name: string): string {
  return blockOf(blockOf(confOf(cluster), 'accounts'), name);
}

/** The account ORDERS, with a user, beside BILLING. */
function orders(options: NatsAccountOptions, jetStream?: object): string {
  return accountOf(newCluster({ auth: undefined, jetStream, accounts: [{ name: 'ORDERS', users: [user('shop')], ...options }, { name: 'BILLING', users: [user('billing')] }] }), 'ORDERS');
}

test('an account has its users by name, and says that it has no JetStream where the servers have none', () => {
  expect(orders({ users: [user('shop'), user('auditor')] })).toBe(`jetstream: false
users: [
  {
    password: "${passwordHash}"
    user: "auditor"
  }
  {
    password: "${passwordHash}"
    user: "shop"
  }
]
`);
});

test('the same account comes of props and of methods', () => {
  const byProps = newCluster({
    auth: undefined,
    accounts: [
      {
        name: 'ORDERS', users: [user('shop')], exports: [NatsExport.stream('orders.>'), NatsExport.service('orders.get', { accounts: ['BILLING'] })], mappings: [NatsMapping.to('a', 'b')],
      },
      { name: 'BILLING', users: [user('billing')], imports: [NatsImport.stream('ORDERS', 'orders.paid'), NatsImport.service('ORDERS', 'orders.get', { to: 'get' })] },
      { name: '$SYS', system: true, users: [user('ops')] },
    ],
  });
  const byMethods = newCluster({ auth: undefined });
  const shop = byMethods.addAccount('ORDERS');
  shop.addUser('shop', { passwordHash, permissions });
  shop.exportStream('orders.>');
  shop.exportService('orders.get', { accounts: ['BILLING'] });
  shop.addMapping(NatsMapping.to('a', 'b'));
  const billing = byMethods.addAccount('BILLING');
  billing.addUser('billing', { passwordHash, permissions });
  billing.importStream(shop, 'orders.paid');
  billing.importService(shop, 'orders.get', { to: 'get' });
  byMethods.systemAccount.addUser('ops', { passwordHash, permissions });

  expect(confOf(byMethods)).toBe(confOf(byProps));
  expect(confOf(byMethods)).toContain('system_account: "$SYS"');
});

test('exports say for whom they are, and how a service answers', () => {
  expect(orders({
    exports: [
      NatsExport.stream('orders.>'),
      NatsExport.stream('private.>', { accounts: ['BILLING', 'BILLING'] }),
      NatsExport.service('orders.*.get', { accountTokenPosition: 2 }),
      NatsExport.service('list', { responseType: NatsResponseType.STREAM, responseThreshold: Duration.seconds(5), allowTrace: true }),
      NatsExport.service('slow', { latency: { subject: 'latency.slow' } }),
      NatsExport.service('sampled', { latency: { subject: 'latency.sampled', sampling: 5 } }),
      NatsExport.service('asked', { responseType: NatsResponseType.SINGLE, latency: { subject: 'latency.asked', sampleByHeader: true } }),
    ],
  })).toContain(`exports: [
  {
    stream: "orders.>"
  }
  {
    accounts: [
      "BILLING"
    ]
    stream: "private.>"
  }
  {
    account_token_position: 2
    service: "orders.*.get"
  }
  {
    allow_trace: true
    response_type: "stream"
    service: "list"
    threshold: "5s"
  }
  {
    service: "slow"
    latency {
      sampling: 100
      subject: "latency.slow"
    }
  }
  {
    service: "sampled"
    latency {
      sampling: 5
      subject: "latency.sampled"
    }
  }
  {
    response_type: "single"
    service: "asked"
    latency {
      sampling: "headers"
      subject: "latency.asked"
    }
  }
]
`);
});

test('imports say what they become', () => {
  const cluster = newCluster({
    auth: undefined,
    accounts: [
      { name: 'ORDERS', users: [user('shop')], exports: [NatsExport.stream('orders.>'), NatsExport.service('orders.*.get')] },
      {
        name: 'BILLING',
        users: [user('billing')],
        imports: [
          NatsImport.stream('ORDERS', 'orders.paid', { prefix: 'shop' }),
          NatsImport.stream('ORDERS', 'orders.*.sent', { to: 'sent.$1', allowTrace: true }),
          NatsImport.service('ORDERS', 'orders.*.get', { to: 'get.*', share: true }),
        ],
      },
    ],
  });
  expect(accountOf(cluster, 'BILLING')).toContain(`imports: [
  {
    prefix: "shop"
    stream {
      account: "ORDERS"
      subject: "orders.paid"
    }
  }
  {
    allow_trace: true
    to: "sent.$1"
    stream {
      account: "ORDERS"
      subject: "orders.*.sent"
    }
  }
  {
    share: true
    to: "get.*"
    service {
      account: "ORDERS"
      subject: "orders.*.get"
    }
  }
]
`);
});

const mappings = [
  NatsMapping.to('old', 'new'),
  NatsMapping.to('a.*', 'b.{{partition(3,1)}}.$1'),
  NatsMapping.weighted('orders', [{ subject: 'orders.v1', weight: 90 }, { subject: 'orders.v2', weight: 10 }, { subject: 'orders.eu', weight: 100, cluster: 'EU' }]),
  NatsMapping.weighted('lossy', [{ subject: 'lossy', weight: 50 }]),
];
const mapped = `"a.*": "b.{{partition(3,1)}}.$1"
lossy: [
  {
    destination: "lossy"
    weight: 50
  }
]
old: "new"
orders: [
  {
    destination: "orders.v1"
    weight: 90
  }
  {
    destination: "orders.v2"
    weight: 10
  }
  {
    cluster: "EU"
    destination: "orders.eu"
    weight: 100
  }
]
`;

test('mappings are plain or weighted, in an account and outside of all', () => {
  expect(blockOf(orders({ mappings }), 'mappings')).toBe(mapped);
  expect(blockOf(confOf(newCluster({ mappings })), 'mappings')).toBe(mapped);
});

test('limits and traces are numbers of the server', () => {
  const account = orders({
    limits: { maxConnections: 100, maxSubscriptions: 50, maxPayload: Size.kibibytes(64), maxLeafNodes: 0 },
    messageTrace: { destination: 'traces', sampling: 50 },
  });
  expect(blockOf(account, 'limits')).toBe('max_connections: 100\nmax_leafnodes: 0\nmax_payload: 65536\nmax_subscriptions: 50\n');
  expect(blockOf(account, 'msg_trace')).toBe('dest: "traces"\nsampling: 50\n');
  expect(blockOf(orders({ messageTrace: { destination: 'traces' } }), 'msg_trace')).toBe('dest: "traces"\n');
});

test('JetStream of an account is always said', () => {
  expect(orders({}, {})).toContain('jetstream: true');
  expect(orders({ jetStream: {} }, {})).toContain('jetstream: true');
  expect(orders({ jetStream: { enabled: false, maxStreams: 3 } }, {})).toContain('jetstream: false');
  expect(blockOf(orders({
    jetStream: {
      maxMemory: Size.mebibytes(0),
      maxStorage: Size.gibibytes(2),
      maxStreams: 10,
      maxConsumers: 100,
      maxBytesRequired: true,
      maxMemoryStreamSize: Size.mebibytes(1),
      maxStorageStreamSize: Size.mebibytes(500),
      maxAckPending: 1000,
      clusterTraffic: JetStreamClusterTraffic.OWNER,
    },
  }, {}), 'jetstream')).toBe(`cluster_traffic: "owner"
disk_max_stream_bytes: 524288000
max_ack_pending: 1000
max_bytes_required: true
max_consumers: 100
max_memory: 0
max_store: 2147483648
max_streams: 10
memory_max_stream_bytes: 1048576
`);
});

test('the system account has no JetStream, and its name is said where there are other accounts', () => {
  const alone = newCluster({ auth: NatsAuth.users(user('shop')), jetStream: {} });
  alone.systemAccount.addUser('ops', { passwordHash, permissions });
  expect(accountOf(alone, '$SYS')).not.toContain('jetstream');
  // A server with $SYS alone has it anyway, and takes it by reload.
  expect(confOf(alone)).not.toContain('system_account');

  const own = newCluster({ auth: undefined, jetStream: {}, accounts: [{ name: 'ADMIN', system: true, users: [user('ops')] }, { name: 'ORDERS', users: [user('shop')] }] });
  expect(confOf(own)).toContain('system_account: "ADMIN"');
  expect(own.systemAccount.accountName).toBe('ADMIN');
  expect(own.systemAccount.isSystem).toBe(true);
});

test('default permissions are for those users who have none, each with its own inbox', () => {
  const cluster = newCluster({
    auth: NatsAuth.users({ name: 'outside', passwordHash }),
    authOptions: { defaultPermissions: Permissions.of({ publish: { allow: ['outside'] } }) },
    accounts: [{
      name: 'ORDERS',
      defaultPermissions: Permissions.of({ publish: { allow: ['inside'] } }),
      users: [{ name: 'shop', passwordHash }, { name: 'auditor', passwordHash, permissions: Permissions.of({ subscribe: { allow: ['all'] } }) }],
    }],
  });
  const conf = confOf(cluster).replace(/\s+/g, ' ');

  expect(conf).toContain('user: "shop" permissions { publish { allow: [ "inside" ] } subscribe { allow: [ "_INBOX_shop.>" ] } }');
  expect(conf).toContain('user: "auditor" permissions { publish { deny: [ ">" ] } subscribe { allow: [ "_INBOX_auditor.>" "all" ] } }');
  expect(conf).toContain('user: "outside" permissions { publish { allow: [ "outside" ] } subscribe { allow: [ "_INBOX_outside.>" ] } }');
});

test('Secrets of an account\'s users are asked for, and reach the servers', () => {
  const cluster = newCluster({ auth: undefined });
  cluster.addAccount('ORDERS').addUser('shop', { password: SecretKey.fromName('shop-nats', 'password'), permissions });

  const { env } = synth(cluster).get('StatefulSet', 'nats').spec.template.spec.containers[0];
  expect(env).toContainEqual(expect.objectContaining({ valueFrom: { secretKeyRef: { name: 'shop-nats', key: 'password' } } }));
  expect(accountOf(cluster, 'ORDERS')).toMatch(/password: \$SECRET_SHOP_NATS_PASSWORD_\w{6}\n/);
});

test('what there is no prop for is merged into an account', () => {
  const nkey = 'ADIVN7NNUB5V5Z5GQ3GVN72B2P2B4N4V2RYFREBKJ5CPKN26REOFERQ3';
  const cluster = newCluster({ auth: undefined, accounts: [{ name: 'ORDERS', users: [user('shop')] }], extraConfig: { accounts: { ORDERS: { nkey } } } });
  expect(accountOf(cluster, 'ORDERS')).toMatch(new RegExp(`^jetstream: false\nnkey: "${nkey}"\nusers: \\[\n[^]*user: "shop"`));
});
