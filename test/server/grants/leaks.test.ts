import { AckPolicy, jetstream, JetStreamManager, jetstreamManager } from '@nats-io/jetstream';
import { Kvm } from '@nats-io/kv';
import { Objm } from '@nats-io/obj';
import { headers, NatsConnection } from '@nats-io/transport-node';
import { GrantedAccount } from './granted-account';
import { NatsService, NatsUser } from '../../../src';
import { NATS_VERSIONS, natsServer } from '../harness/binaries';
import { eventually } from '../harness/eventually';

jest.setTimeout(30_000);
jest.spyOn(console, 'warn').mockImplementation();

// Built before the clock of a test runs.
NATS_VERSIONS.forEach((version) => natsServer(version));

/** What grants let through that they do not name, as the rules GRANT-... say. If one of these fails, the server has become stricter, and a rule can go. */
describe.each(NATS_VERSIONS)('nats-server %s', (version) => {
  const account = new GrantedAccount({ version, ackFormat: 'v1' });
  const { orders, carts, files, prices } = account;
  const [reader, ordered, legacy, publisher] = ['reader', 'ordered', 'legacy', 'publisher'].map((name) => account.user(name));
  const [keyReader, keyWriter, fileWriter, asker, answerer, neighbour] = ['key-reader', 'key-writer', 'file-writer', 'asker', 'answerer', 'neighbour'].map((name) => account.user(name));
  orders.grantRead(reader, { filterSubjects: ['orders.*'] });
  orders.grantRead(ordered, { filterSubjects: ['orders.paid'], orderedConsumers: true });
  orders.grantRead(legacy, { filterSubjects: ['orders.paid'], legacyConsumers: true });
  orders.grantPublish(publisher, { subjects: ['orders.new'] });
  carts.grantRead(keyReader, { keys: ['a.*'] });
  carts.grantWrite(keyWriter, { keys: ['a'] });
  files.grantReadWrite(fileWriter);
  const anybody = new NatsService(account.chart, 'anybody', { subjects: ['ask'], unknownRequesters: true });
  anybody.grantRequest(asker);
  anybody.grantServe(answerer);
  prices.grantRequest(asker);
  prices.grantServe(neighbour);

  let admin: JetStreamManager;

  beforeAll(() => account.start());
  beforeEach(async () => {
    admin ??= await jetstreamManager(await account.connect('admin'));
    for (const name of ['ORDERS', 'KV_carts', 'OBJ_files']) await admin.streams.delete(name).catch(() => undefined);
    await admin.streams.add({ name: 'ORDERS', subjects: ['orders.>'], allow_direct: true, allow_rollup_hdrs: true, allow_msg_schedules: true });
    await new Kvm(admin.jetstream()).create('carts');
    await new Objm(admin.jetstream()).create('files');
    for (const subject of ['orders.new', 'orders.paid', 'orders.paid.late', '$KV.carts.a.b.c', '$KV.carts.b']) await admin.jetstream().publish(subject, subject);
  });
  afterAll(() => account.stop());

  const connected = (user: NatsUser): Promise<NatsConnection> => account.connect(user);
  const messages = async (stream: string) => (await admin.streams.info(stream)).state.messages;

  test('GRANT-READ-WIDER: who may read a.* reads what a.> matches', async () => {
    const manager = await jetstreamManager(await connected(reader), { checkAPI: false });
    expect(await manager.direct.getMessage('ORDERS', { last_by_subj: 'orders.>' })).toMatchObject({ subject: 'orders.paid.late' });
    const bucket = await new Kvm(await connected(keyReader)).open('carts', { allow_direct: true });
    for await (const entry of await bucket.watch({ key: 'a.>' })) {
      expect(entry.key).toBe('a.b.c');
      break;
    }
  });

  test('GRANT-READ-WIDER: with consumers of old clients, all can be read', async () => {
    const consumer = await jetstream(await connected(legacy)).consumers.get('ORDERS', { filter_subjects: ['orders.new', 'orders.paid.late'] });
    expect((await consumer.next())?.subject).toBe('orders.new');
  });

  test('GRANT-READ-CONSUMERS: who may make ordered consumers changes durable ones and takes their messages', async () => {
    await admin.consumers.add('ORDERS', { durable_name: 'work', ack_policy: AckPolicy.Explicit, filter_subject: 'orders.paid' });
    const connection = await connected(ordered);
    const change = { stream_name: 'ORDERS', config: { durable_name: 'work', ack_policy: 'explicit', filter_subject: 'orders.paid', max_deliver: 1 }, action: '' };
    await connection.request('$JS.API.CONSUMER.CREATE.ORDERS.work.orders.paid', JSON.stringify(change));
    expect(await admin.consumers.info('ORDERS', 'work')).toMatchObject({ config: { max_deliver: 1 } });
    expect((await jetstream(connection).consumers.getConsumerFromInfo(await admin.consumers.info('ORDERS', 'work')).next())?.subject).toBe('orders.paid');
  });

  test('GRANT-ROLLUP: who may publish to one subject removes all messages', async () => {
    await jetstream(await connected(publisher)).publish('orders.new', 'all gone', { headers: withHeader('Nats-Rollup', 'all') });
    expect(await messages('ORDERS')).toBe(1);
  });

  test('GRANT-SCHEDULES: who may publish to one subject publishes to another by a schedule', async () => {
    const scheduled = withHeader('Nats-Schedule', `@at ${new Date().toISOString()}`);
    scheduled.set('Nats-Schedule-Target', 'orders.paid.late');
    await jetstream(await connected(publisher)).publish('orders.new', 'by schedule', { headers: scheduled });
    await eventually(() => admin.direct.getMessage('ORDERS', { last_by_subj: 'orders.paid.late' }), (message) => message?.string() === 'by schedule');
  });

  test('GRANT-WRITE-KEYS: who may write one key empties the bucket', async () => {
    await jetstream(await connected(keyWriter)).publish('$KV.carts.a', 'all gone', { headers: withHeader('Nats-Rollup', 'all') });
    expect(await messages('KV_carts')).toBe(1);
  });

  test('GRANT-OBJECT-WRITERS: who may write objects empties the store', async () => {
    await (await new Objm(admin.jetstream()).open('files')).putBlob({ name: 'theirs' }, new Uint8Array([1]));
    await (await connected(fileWriter)).request('$JS.API.STREAM.PURGE.OBJ_files');
    expect(await messages('OBJ_files')).toBe(0);
  });

  test('GRANT-RESPONSES: who may ask lets whoever may answer anything purge a stream, and those who answer known requesters do nothing', async () => {
    for (const [server, subject, remaining] of [[neighbour, 'prices.get', 3], [answerer, 'ask', 0]] as const) {
      const service = await connected(server);
      service.subscribe(subject, { callback: (_, message) => { message.respond(); } });
      await service.flush();
      const client = await connected(asker);
      client.publish(subject, '', { reply: '$JS.API.STREAM.PURGE.ORDERS' });
      // Once for the request to arrive, once for the answer to be judged.
      for (const each of [client, service, service]) await each.flush();
      await eventually(() => messages('ORDERS'), (count) => count === remaining);
    }
  });
});

function withHeader(name: string, value: string) {
  const all = headers();
  all.set(name, value);
  return all;
}
