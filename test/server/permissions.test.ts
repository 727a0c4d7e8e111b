import { jetstream, jetstreamManager, StorageType } from '@nats-io/jetstream';
import { connect, Msg, NatsConnection } from '@nats-io/transport-node';
import { surroundingsOf } from './harness/app-manifests';
import { natsServer, NATS_VERSIONS, NatsVersion } from './harness/binaries';
import { eventually } from './harness/eventually';
import { ServerPod } from './harness/pod';
import { addReplicatedStream } from './harness/replicated-stream';
import { TextClient } from './harness/text-client';
import { NatsAuth, Permissions, PermissionsOptions, SecretKey } from '../../src';
import { staging } from '../../src/environments';
import { newCluster, synth } from '../support';

jest.setTimeout(60_000);

// Built before the clock of a test runs.
NATS_VERSIONS.forEach((version) => natsServer(version));

const publish = (subject: string) => `PUB ${subject} 0\r\n`;
const subscribe = (subject: string) => `SUB ${subject} 1`;
const publishRefused = (subject: string) => [`-ERR 'Permissions Violation for Publish to "${subject}"'`];
const subscribeRefused = (subject: string) => [expect.stringMatching(new RegExp(`^-ERR 'Permissions Violation for Subscription to "${subject.replace(/[.$*>]/g, '\\$&')}"`))];

describe.each(NATS_VERSIONS)('on nats-server %s the users of staging', (version) => {
  const ops = { user: 'ops', pass: 'ops $1' };
  const shop = { user: 'shop', pass: 'shop "1"' };
  const { manifests, secrets } = surroundingsOf(staging(), (secretName) => ({ 'nats-ops': ops.pass, 'nats-shop': shop.pass })[secretName] ?? 'secret');
  const tls = { ca: secrets['nats-tls']['ca.crt'] };
  let pods: ServerPod[];
  const clients: NatsConnection[] = [];

  async function client(pod: ServerPod, options: object): Promise<NatsConnection> {
    clients.push(await connect({ servers: pod.server.clientUrl, tls, ...options }));
    return clients[clients.length - 1];
  }

  beforeAll(async () => {
    pods = await ServerPod.startAll(manifests, { version, secrets });
    await Promise.all(pods.map((pod) => eventually(() => pod.probe('startup'), (status) => status === 200)));
  });

  afterAll(() => Promise.all(clients.map((each) => each.close())));

  test('shop publishes orders, and does nothing else', async () => {
    const session = await TextClient.connect(pods[0].server.clientUrl, shop, tls);

    for (const subject of ['orders.new', 'orders.a.b']) expect(await session.say(publish(subject))).toEqual([]);
    for (const subject of ['orders', 'billing.new', '$JS.API.STREAM.NAMES', '$SYS.REQ.SERVER.PING', '_INBOX.x', '_INBOX_ops.x', '_INBOX_shop.x']) {
      expect(await session.say(publish(subject))).toEqual(publishRefused(subject));
    }
    for (const subject of ['>', '*', '*.new', 'orders.new', 'orders.>', 'billing.new', '$JS.API.>', '$SYS.>', '_INBOX.>', '_INBOX.x', '_INBOX_ops.>', '_INBOX_*.x']) {
      expect(await session.say(subscribe(subject))).toEqual(subscribeRefused(subject));
    }
  });

  test('ops may do all', async () => {
    const session = await TextClient.connect(pods[0].server.clientUrl, ops, tls);

    for (const subject of ['>', 'billing.new', '$JS.API.>', '_INBOX.>', '_INBOX_shop.>']) {
      expect(await session.say(subscribe(subject))).toEqual([]);
    }
    expect(await session.say('UNSUB 1', publish('billing.new'), publish('_INBOX_shop.x'))).toEqual([]);
  });

  test('shop asks ops and reads the answer in its own inbox, from server to server', async () => {
    const responder = await client(pods[1], ops);
    responder.subscribe('orders.price', { callback: (_, request) => { request.respond(`for ${request.reply!.split('.')[0]}`); } });
    await responder.flush();
    const requester = await client(pods[0], { ...shop, inboxPrefix: '_INBOX_shop' });

    const answer = await eventually(() => requester.request('orders.price').catch((error: Error) => error), (reply) => !(reply instanceof Error));
    expect((answer as Msg).string()).toBe('for _INBOX_shop');
  });

  test('shop cannot ask with the inbox that all clients share by default', async () => {
    await expect((await client(pods[0], shop)).request('orders.price')).rejects.toThrow(/Permissions Violation for Subscription to "_INBOX\./);
  });

  test('shop publishes into a replicated stream that ops has made, and is acknowledged', async () => {
    const manager = await jetstreamManager(await client(pods[2], ops));
    await addReplicatedStream(manager, { name: 'orders', subjects: ['orders.new'], storage: StorageType.Memory });
    const publisher = jetstream(await client(pods[0], { ...shop, inboxPrefix: '_INBOX_shop' }));

    const answer = await eventually(() => publisher.publish('orders.new').catch((error: Error) => error), (ack) => !(ack instanceof Error));
    expect(answer).toMatchObject({ stream: 'orders' });
  });

  test.each([['a wrong password', { user: 'shop', pass: 'shop' }], ['no password', { user: 'shop' }], ['another name', { user: 'Shop', pass: shop.pass }], ['nothing', {}]])('nobody gets in with %s', async (_, credentials) => {
    for (const pod of pods) await expect(TextClient.connect(pod.server.clientUrl, credentials, tls)).rejects.toThrow('-ERR \'Authorization Violation\'');
  });
});

interface Permitted {
  readonly title: string;
  readonly permissions: PermissionsOptions;
  readonly publish: { readonly allowed?: string[]; readonly refused?: string[] };
  readonly subscribe: { readonly allowed?: string[]; readonly refused?: string[] };
}

const samples: Permitted[] = [
  { title: 'nothing named', permissions: {}, publish: { refused: ['a', '_INBOX_me.x'] }, subscribe: { allowed: ['_INBOX_me.x'], refused: ['a', '>'] } },
  {
    title: 'subjects allowed, some of them denied',
    permissions: { publish: { allow: ['a.>'], deny: ['a.secret'] }, subscribe: { allow: ['a.>'], deny: ['a.secret'] } },
    publish: { allowed: ['a.b'], refused: ['a.secret', 'b'] },
    // A wildcard over what is denied is allowed: what it must not see does not arrive.
    subscribe: { allowed: ['a.b', 'a.*', '_INBOX_me.x'], refused: ['a.secret', 'b', '>'] },
  },
  {
    title: 'subjects denied',
    permissions: { publish: { deny: ['secret.>'] }, subscribe: { deny: ['secret.>'] } },
    publish: { allowed: ['a', '$JS.API.INFO'], refused: ['secret.a'] },
    subscribe: { allowed: ['a', '_INBOX.x', '_INBOX_me.x'], refused: ['secret.a', 'secret.>'] },
  },
  {
    title: 'a queue group',
    permissions: { subscribe: { allow: ['a.* workers'] } },
    publish: { refused: ['a.b'] },
    subscribe: { allowed: ['a.b workers', 'a.* workers', '_INBOX_me.x'], refused: ['a.b', 'a.b others'] },
  },
  {
    title: 'a subject, and a queue group of it, which by itself would close all others',
    permissions: { subscribe: { allow: ['a.*', 'a.b workers', 'c', 'c workers'] } },
    publish: {},
    subscribe: { allowed: ['a.b', 'a.b workers', 'a.b others', 'c', 'c others'], refused: ['b'] },
  },
  {
    title: 'responses, and subjects denied',
    permissions: { publish: { deny: ['secret.>'] }, allowResponses: {} },
    publish: { allowed: ['a'], refused: ['secret.a'] },
    subscribe: { allowed: ['_INBOX_me.x'], refused: ['a'] },
  },
];

test.each(NATS_VERSIONS.flatMap((version) => samples.map((sample) => ({ version, ...sample }))))('on nats-server $version a user with $title', async ({ version, permissions, ...expected }) => {
  const { server } = await startWith(version, { me: permissions });
  const session = await TextClient.connect(server.clientUrl, { user: 'me', pass: 'secret' });

  for (const subject of expected.publish.allowed ?? []) expect(await session.say(publish(subject))).toEqual([]);
  for (const subject of expected.publish.refused ?? []) expect(await session.say(publish(subject))).toEqual(publishRefused(subject));
  for (const subject of expected.subscribe.allowed ?? []) expect(await session.say(subscribe(subject))).toEqual([]);
  for (const subject of expected.subscribe.refused ?? []) expect(await session.say(subscribe(subject))).toEqual(subscribeRefused(subject.split(' ')[0]));
});

test.each(NATS_VERSIONS)('on nats-server %s a user who may respond answers as often as allowed, and says nothing else', async (version) => {
  const { server } = await startWith(version, { responder: { subscribe: { allow: ['ask'] }, allowResponses: { maxMessages: 2 } }, asker: { publish: { allow: ['ask'] } } });
  const responder = await TextClient.connect(server.clientUrl, { user: 'responder', pass: 'secret' });
  const asker = await TextClient.connect(server.clientUrl, { user: 'asker', pass: 'secret' });
  const inbox = '_INBOX_asker.1';

  await responder.say(subscribe('ask'));
  expect(await responder.say(publish(inbox))).toEqual(publishRefused(inbox));
  await asker.say(subscribe('_INBOX_asker.>'), `PUB ask ${inbox} 0\r\n`);
  expect(await responder.say()).toEqual([`MSG ask 1 ${inbox} 0`, '']);
  expect(await responder.say(publish(inbox), publish(inbox))).toEqual([]);
  expect(await responder.say(publish(inbox))).toEqual(publishRefused(inbox));
  expect(await asker.say()).toEqual([`MSG ${inbox} 1 0`, '', `MSG ${inbox} 1 0`, '']);
});

async function startWith(version: NatsVersion, users: { [name: string]: PermissionsOptions }): Promise<ServerPod> {
  const password = SecretKey.fromName('users', 'password');
  const auth = NatsAuth.users(...Object.entries(users).map(([name, permissions]) => ({ name, password, permissions: Permissions.of(permissions) })));
  return ServerPod.start(synth(newCluster({ replicas: 1, auth })), 0, { version, secrets: { users: { password: 'secret' } } });
}
