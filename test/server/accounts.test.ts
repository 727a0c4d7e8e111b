import { AckPolicy, jetstreamManager, JetStreamManager } from '@nats-io/jetstream';
import { connect, headers, Msg, NatsConnection } from '@nats-io/transport-node';
import { Size } from 'cdk8s';
import { natsServer, NATS_VERSIONS, NatsVersion } from './harness/binaries';
import { eventually } from './harness/eventually';
import { ServerPod } from './harness/pod';
import { TextClient } from './harness/text-client';
import {
  ContainerImage, NatsAccountOptions, NatsAuth, NatsClusterProps, NatsExport, NatsImport, NatsMapping, NatsResponseType, Permissions, SecretKey,
} from '../../src';
import { newCluster, synth } from '../support';

jest.setTimeout(60_000);

// Built before the clock of a test runs.
NATS_VERSIONS.forEach((version) => natsServer(version));

const login = { password: SecretKey.fromName('users', 'password'), permissions: Permissions.all() };
const secrets = { users: { password: 'secret' } };
const megabytes = (amount: number) => Size.mebibytes(amount);

const open = new Set<NatsConnection>();
afterEach(async () => {
  await Promise.all([...open].map((connection) => connection.close()));
  open.clear();
});

interface Logins {
  /** A client of the user, whose password is `secret`. */
  client(user: string): Promise<NatsConnection>;
  text(user: string): Promise<TextClient>;
}

/** A server with accounts by name, each with a user of its name in lower case. */
async function serverWith(version: NatsVersion, accounts: { [name: string]: NatsAccountOptions }, props: NatsClusterProps = {}): Promise<Logins> {
  const cluster = newCluster({
    auth: undefined,
    replicas: 1,
    images: { server: ContainerImage.of('nats', { tag: `${version}-alpine` }) },
    accounts: Object.entries(accounts).map(([name, options]) => ({ name, users: [{ name: name.toLowerCase(), ...login }], ...options })),
    ...props,
  });
  const { server } = await ServerPod.start(synth(cluster), 0, { version, secrets });
  return {
    client: async (user) => {
      const connection = await connect({ servers: server.clientUrl, user, pass: 'secret', reconnect: false, inboxPrefix: `_INBOX_${user}` });
      open.add(connection);
      return connection;
    },
    text: (user) => TextClient.connect(server.clientUrl, { user, pass: 'secret' }),
  };
}

/** What a client hears, as `subject: text`. */
async function listen(client: NatsConnection, subject: string = '>'): Promise<string[]> {
  const heard: string[] = [];
  client.subscribe(subject, { callback: (_, message) => { heard.push(`${message.subject}: ${message.string()}`); } });
  await client.flush();
  return heard;
}

async function publish(client: NatsConnection, ...subjects: string[]): Promise<void> {
  for (const subject of subjects) client.publish(subject, subject);
  await client.flush();
}

const answered = (answer: Promise<Msg>) => answer.then((message) => message.string(), (error: Error) => error.message);

describe.each(NATS_VERSIONS)('on nats-server %s', (version) => {
  test('accounts hear nothing of each other but what is exported and imported', async () => {
    const { client } = await serverWith(version, {
      ORDERS: {
        exports: [NatsExport.stream('orders.>'), NatsExport.stream('private.>', { accounts: ['BILLING'] }), NatsExport.stream('events.*.>', { accountTokenPosition: 2 })],
      },
      BILLING: {
        imports: [
          NatsImport.stream('ORDERS', 'orders.paid.*', { to: 'paid.$1' }),
          NatsImport.stream('ORDERS', 'private.>', { prefix: 'from.orders' }),
          NatsImport.stream('ORDERS', 'events.BILLING.>'),
        ],
      },
      STRANGER: { imports: [NatsImport.stream('ORDERS', 'orders.new')] },
    });
    const [orders, billing, stranger] = await Promise.all(['orders', 'billing', 'stranger'].map(client));
    const [ofOrders, ofBilling, ofStranger] = await Promise.all([orders, billing, stranger].map((one) => listen(one)));

    await publish(orders, 'plain', 'orders.paid.1', 'orders.new', 'private.a.b', 'events.BILLING.x', 'events.STRANGER.x');
    await publish(billing, 'plain', 'orders.paid.2', 'paid.3');
    await publish(stranger, 'private.x');
    await Promise.all([orders, billing, stranger].map((one) => one.flush()));

    expect(ofOrders).toEqual(['plain', 'orders.paid.1', 'orders.new', 'private.a.b', 'events.BILLING.x', 'events.STRANGER.x'].map((subject) => `${subject}: ${subject}`));
    expect(ofBilling.sort()).toEqual([
      'events.BILLING.x: events.BILLING.x', 'from.orders.private.a.b: private.a.b', 'orders.paid.2: orders.paid.2', 'paid.1: orders.paid.1', 'paid.3: paid.3', 'plain: plain',
    ]);
    expect(ofStranger.sort()).toEqual(['orders.new: orders.new', 'private.x: private.x']);
  });

  test('accounts ask each other for nothing but what is exported and imported', async () => {
    const { client } = await serverWith(version, {
      ORDERS: {
        exports: [
          NatsExport.service('price'),
          NatsExport.service('secret', { accounts: ['BILLING'] }),
          NatsExport.service('balance.*', { accountTokenPosition: 2 }),
          NatsExport.service('list', { responseType: NatsResponseType.STREAM }),
          NatsExport.service('measured', { latency: { subject: 'latency' } }),
        ],
      },
      BILLING: {
        imports: [
          NatsImport.service('ORDERS', 'price', { to: 'orders.price' }),
          NatsImport.service('ORDERS', 'secret'),
          NatsImport.service('ORDERS', 'balance.BILLING', { to: 'balance' }),
          NatsImport.service('ORDERS', 'list'),
          NatsImport.service('ORDERS', 'measured'),
        ],
      },
      STRANGER: { imports: [NatsImport.service('ORDERS', 'price')] },
    });
    const [orders, billing, stranger] = await Promise.all(['orders', 'billing', 'stranger'].map(client));
    const respond = (subject: string, ...answers: string[]) =>
      orders.subscribe(subject, { callback: (_, request) => { for (const answer of answers) request.respond(`${answer} of ${request.subject}`); } });
    for (const subject of ['price', 'secret', 'balance.*', 'measured']) respond(subject, 'answer');
    respond('list', 'one', 'two', 'three');
    const measurements = await listen(orders, 'latency');

    expect(await answered(billing.request('orders.price'))).toBe('answer of price');
    expect(await answered(billing.request('secret'))).toBe('answer of secret');
    expect(await answered(billing.request('balance'))).toBe('answer of balance.BILLING');
    expect(await answered(stranger.request('price'))).toBe('answer of price');
    for (const subject of ['secret', 'balance.STRANGER', 'list', 'measured']) expect(await answered(stranger.request(subject))).toMatch(/no responders/);

    const several: string[] = [];
    for await (const answer of await billing.requestMany('list', '', { strategy: 'count', maxMessages: 3, maxWait: 5000 })) several.push(answer.string());
    expect(several).toEqual(['one of list', 'two of list', 'three of list']);

    expect(await answered(billing.request('measured'))).toBe('answer of measured');
    expect(await eventually(async () => measurements[0] ?? '', (text) => text !== '')).toMatch(/"type":"io\.nats\.server\.metric\.v1\.service_latency"/);
  });

  test('the system account alone asks the servers, and hears of them', async () => {
    const { client } = await serverWith(version, { SHOP: {}, ADMIN: { system: true } });
    const [shop, admin] = await Promise.all(['shop', 'admin'].map(client));
    const events = await listen(admin, '$SYS.ACCOUNT.SHOP.CONNECT');
    const guesses = await listen(shop, '$SYS.>');
    await client('shop');

    expect(await answered(admin.request('$SYS.REQ.SERVER.PING'))).toContain('"server"');
    expect(await eventually(async () => events.length, (count) => count === 1)).toBe(1);
    expect(guesses).toEqual([]);
    expect(await answered(shop.request('$SYS.REQ.SERVER.PING', '', { timeout: 500 }))).toMatch(/no responders|timeout/);
  });

  test('what carries a trace header is traced', async () => {
    const { client } = await serverWith(version, { SHOP: { messageTrace: { destination: 'traces' } } });
    const shop = await client('shop');
    const traces = await listen(shop, 'traces');
    const traced = headers();
    traced.set('traceparent', '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01');
    shop.publish('orders.new', 'text', { headers: traced });
    shop.publish('orders.other', 'text');

    expect(await eventually(async () => traces.join(), (text) => text !== '')).toContain('"orders.new"');
    expect(traces).toHaveLength(1);
  });

  test('limits of an account hold', async () => {
    const { client, text } = await serverWith(version, {
      TIGHT: { limits: { maxConnections: 2, maxSubscriptions: 3, maxPayload: Size.kibibytes(1) } },
      NONE: { limits: { maxConnections: 0 } },
      FREE: {},
    });
    const one = await text('tight');
    await client('tight');


    await expect(text('tight')).rejects.toThrow('maximum account active connections exceeded');
    await expect(text('none')).rejects.toThrow('maximum account active connections exceeded');
    expect(await one.say('SUB a 1', 'SUB b 2', 'SUB c 3')).toEqual([]);
    expect(await one.say('SUB d 4')).toEqual(["-ERR 'maximum subscriptions exceeded'"]);
    expect(await one.say(`PUB a 1024\r\n${'x'.repeat(1024)}`)).toEqual(['MSG a 1 1024', 'x'.repeat(1024)]);
    expect(await one.say(`PUB a 1025\r\n${'x'.repeat(1025)}`)).toEqual(["-ERR 'Maximum Payload Violation'"]);
    const free = await text('free');
    expect(await free.say(`PUB a 1025\r\n${'x'.repeat(1025)}`, ...['a', 'b', 'c', 'd'].map((subject, id) => `SUB ${subject} ${id}`))).toEqual([]);
  });

  test('JetStream of an account is limited, or off', async () => {
    const { client } = await serverWith(version, {
      STREAMS: {
        jetStream: {
          maxStreams: 1,
          maxConsumers: 1,
          maxStorage: megabytes(10),
          maxMemory: megabytes(0),
          maxStorageStreamSize: megabytes(5),
          maxBytesRequired: true,
          maxAckPending: 10,
        },
      },
      FREE: {},
      OFF: { jetStream: { enabled: false } },
    }, { jetStream: {} });
    const manager = async (user: string): Promise<JetStreamManager> => jetstreamManager(await client(user), { checkAPI: false });
    const [limited, free, off] = await Promise.all(['streams', 'free', 'off'].map(manager));
    const bytes = megabytes(5).toKibibytes() * 1024;
    const add = (to: JetStreamManager, name: string, options: object) => to.streams.add({ name, ...options }).then(() => 'added', (error: Error) => error.message);

    expect(await add(limited, 'a', {})).toMatch(/max bytes/);
    expect(await add(limited, 'a', { max_bytes: bytes + 1 })).toMatch(/exceeds account limit|resource/);
    expect(await add(limited, 'a', { max_bytes: bytes, storage: 'memory' })).toMatch(/insufficient|exceed/);
    expect(await add(limited, 'a', { max_bytes: bytes })).toBe('added');
    expect(await add(limited, 'b', { max_bytes: bytes })).toMatch(/maximum number of streams reached/);
    const consume = (name: string, options: object) => limited.consumers.add('a', { durable_name: name, ack_policy: AckPolicy.Explicit, ...options })
      .then(() => 'added', (error: Error) => error.message);
    expect(await consume('x', { max_ack_pending: 11 })).toMatch(/max ack pending|maximum/);
    expect(await consume('x', {})).toBe('added');
    expect(await consume('y', {})).toMatch(/maximum consumers limit reached/);

    expect(await add(free, 'a', {})).toBe('added');
    expect(await add(free, 'b', {})).toBe('added');
    expect(await add(off, 'a', {})).toMatch(/not enabled for account|jetstream is not enabled/i);
  });

  test.each(['in an account', 'outside of all'])('mappings %s lead elsewhere, by weight and by function', async (where) => {
    const mappings = [
      NatsMapping.to('old.*', 'new.$1'),
      NatsMapping.to('shard.*', 'shard.{{partition(3,1)}}.$1'),
      NatsMapping.weighted('half', [{ subject: 'half.a', weight: 50 }, { subject: 'half.b', weight: 50 }]),
      NatsMapping.weighted('rest', [{ subject: 'rest.a', weight: 10 }]),
      NatsMapping.weighted('lossy', [{ subject: 'lossy', weight: 50 }]),
      NatsMapping.weighted('elsewhere', [{ subject: 'elsewhere.here', weight: 100 }, { subject: 'elsewhere.there', weight: 100, cluster: 'there' }]),
    ];
    const outside = { mappings, auth: NatsAuth.users({ name: 'shop', ...login }) };
    const shop = await (await (where === 'in an account' ? serverWith(version, { SHOP: { mappings } }) : serverWith(version, {}, outside))).client('shop');
    const heard = await listen(shop);
    await publish(shop, 'old.a', 'shard.a', 'shard.a', 'elsewhere');
    expect(heard.splice(0)).toEqual(['new.a: old.a', expect.stringMatching(/^shard\.[0-2]\.a: shard\.a$/), expect.anything(), 'elsewhere.here: elsewhere']);

    await publish(shop, ...Array(400).fill(['half', 'rest', 'lossy']).flat());
    const count = (subject: string) => heard.filter((line) => line.startsWith(`${subject}: `)).length;
    const counts = Object.fromEntries(['half.a', 'half.b', 'half', 'rest.a', 'rest', 'lossy'].map((subject) => [subject, count(subject)]));
    expect(counts.half).toBe(0);
    expect(counts['half.a'] + counts['half.b']).toBe(400);
    expect(counts['rest.a'] + counts.rest).toBe(400);
    // Eight standard deviations.
    expect(counts['half.a']).toBeGreaterThan(120);
    expect(counts['half.b']).toBeGreaterThan(120);
    expect(counts['rest.a']).toBeGreaterThan(0);
    expect(counts['rest.a']).toBeLessThan(120);
    expect(counts.lossy).toBeGreaterThan(120);
    expect(counts.lossy).toBeLessThan(280);
  });
});
