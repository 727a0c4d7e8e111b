import { AckPolicy, DeliverPolicy, JetStreamManager, JsMsg, jetstream, jetstreamManager } from '@nats-io/jetstream';
import { headers } from '@nats-io/transport-node';
import { all, take } from './async-iterables';
import { GrantedAccount, serverKinds } from './granted-account';
import { AckPolicy as AckPolicyOfConstruct, NatsUser } from '../../../src';
import { NATS_VERSIONS, natsServer } from '../harness/binaries';
import { eventually } from '../harness/eventually';

jest.setTimeout(30_000);
jest.spyOn(console, 'warn').mockImplementation();

// Built before the clock of a test runs.
NATS_VERSIONS.forEach((version) => natsServer(version));

const second = 1e9;
/** Enough for the server to hold back what is not confirmed: without confirmation it sends no more than some megabytes. */
const LOAD = { messages: 128, bytes: 64 * 1024 };

describe.each(serverKinds)('nats-server $version, acknowledgements $ackFormat', (kind) => {
  const account = new GrantedAccount(kind);
  const { orders, work, push, flow } = account;
  const users = {
    publisher: account.granted((granted) => orders.grantPublish(granted)),
    reader: account.granted((granted) => orders.grantRead(granted)),
    readerOfOne: account.granted((granted) => orders.grantRead(granted, { filterSubjects: ['orders.paid'] })),
    ordered: account.granted((granted) => orders.grantRead(granted, { orderedConsumers: true })),
    orderedOfOne: account.granted((granted) => orders.grantRead(granted, { filterSubjects: ['orders.paid'], orderedConsumers: true })),
    legacy: account.granted((granted) => orders.grantRead(granted, { legacyConsumers: true })),
    manager: account.granted((granted) => orders.grantManage(granted)),
    consumer: account.granted((granted) => work.grantConsume(granted)),
    member: account.granted((granted) => push.grantConsume(granted)),
    pushed: account.granted((granted) => flow.grantConsume(granted)),
  };
  const managerFor = async (user: NatsUser) => jetstreamManager(await account.connect(user), { checkAPI: false });
  let admin: JetStreamManager;

  beforeAll(async () => {
    await account.start();
    admin = await jetstreamManager(await account.connect('admin'));
    await admin.streams.add({ name: 'ORDERS', subjects: ['orders.>'], allow_direct: true });
    await admin.consumers.add('ORDERS', { durable_name: 'work', ack_policy: AckPolicy.Explicit, filter_subject: 'orders.work', ack_wait: 30 * second });
    const pushing = { ack_policy: AckPolicy.Explicit, filter_subject: 'orders.push', ack_wait: 30 * second };
    await admin.consumers.add('ORDERS', { ...pushing, durable_name: 'push', deliver_subject: 'deliver.push', deliver_group: 'workers' });
    await admin.consumers.add('ORDERS', { ...pushing, durable_name: 'flow', deliver_subject: 'deliver.flow', flow_control: true, idle_heartbeat: 5 * second });
    for (const subject of ['orders.new', 'orders.paid', 'orders.paid']) await admin.jetstream().publish(subject, subject);
  });

  afterAll(() => account.stop());

  test('the format of acknowledgements is the one that is asked for', async () => {
    await admin.jetstream().publish('orders.work');
    const message = await (await admin.jetstream().consumers.get('ORDERS', 'work')).next();
    expect((message as unknown as { reply: string }).reply).toMatch(kind.ackFormat === 'v1' ? /^\$JS\.ACK\.ORDERS\.work\.\d/ : /^\$JS\.ACK\._\.\w{8}\.ORDERS\.work\.\d/);
    expect(await message!.ackAck()).toBe(true);
  });

  test('who may publish publishes, with an answer', async () => {
    const client = jetstream(await account.connect(users.publisher));
    expect(await client.publish('orders.new', 'a', { msgID: '1', timeout: 5000 })).toMatchObject({ stream: 'ORDERS', duplicate: false });
    expect(await client.publish('orders.new', 'a', { msgID: '1', expect: { streamName: 'ORDERS' } })).toMatchObject({ duplicate: true });
    await Promise.all(Array.from({ length: 50 }, () => client.publish('orders.async')));
  });

  test('who may read gets single messages', async () => {
    const manager = await managerFor(users.reader);
    expect(await manager.streams.info('ORDERS')).toMatchObject({ config: { name: 'ORDERS' } });
    expect(await manager.direct.getMessage('ORDERS', { seq: 2 })).toMatchObject({ subject: 'orders.paid' });
    expect(await manager.direct.getMessage('ORDERS', { last_by_subj: 'orders.paid' })).toMatchObject({ seq: 3 });
    expect(await manager.direct.getMessage('ORDERS', { next_by_subj: 'orders.paid' })).toMatchObject({ seq: 2 });
    expect((await all(await manager.direct.getBatch('ORDERS', { seq: 1, batch: 3 }))).map(({ seq }) => seq)).toEqual([1, 2, 3]);
    expect((await all(await manager.direct.getLastMessagesFor('ORDERS', { multi_last: ['orders.new', 'orders.paid'] }))).length).toBe(2);
  });

  test('who may read one subject gets its last message, and no other', async () => {
    const manager = await managerFor(users.readerOfOne);
    expect(await manager.direct.getMessage('ORDERS', { last_by_subj: 'orders.paid' })).toMatchObject({ seq: 3 });
    await expect(manager.direct.getMessage('ORDERS', { last_by_subj: 'orders.new' })).rejects.toThrow(/Permissions Violation/);
    await expect(manager.direct.getMessage('ORDERS', { seq: 1 })).rejects.toThrow(/Permissions Violation/);
  });

  test('who may read by ordered consumers does, pulled and pushed, all and filtered', async () => {
    const client = jetstream(await account.connect(users.ordered));
    const subjects = async (messages: AsyncIterable<JsMsg>, count: number) => (await take(messages, count)).map(({ subject }) => subject);
    expect(await subjects(await (await client.consumers.get('ORDERS')).consume(), 3)).toEqual(['orders.new', 'orders.paid', 'orders.paid']);
    expect(await subjects(await (await client.consumers.get('ORDERS', { filter_subjects: 'orders.paid' })).fetch({ max_messages: 2 }), 2)).toEqual(['orders.paid', 'orders.paid']);
    expect(await subjects(await (await client.consumers.getPushConsumer('ORDERS')).consume(), 3)).toEqual(['orders.new', 'orders.paid', 'orders.paid']);
    expect(await subjects(await (await client.consumers.getPushConsumer('ORDERS', { filter_subjects: 'orders.paid' })).consume(), 2)).toEqual(['orders.paid', 'orders.paid']);
  });

  test('who may read one subject by ordered consumers reads that, and no other', async () => {
    const client = jetstream(await account.connect(users.orderedOfOne));
    for (const kindOf of ['get', 'getPushConsumer'] as const) {
      const consumer = await client.consumers[kindOf]('ORDERS', { filter_subjects: 'orders.paid' });
      expect((await take(await consumer.consume(), 2)).map(({ subject }) => subject)).toEqual(['orders.paid', 'orders.paid']);
    }
    await expect(client.consumers.get('ORDERS', { filter_subjects: 'orders.new' })).rejects.toThrow(/Permissions Violation/);
    await expect(client.consumers.get('ORDERS')).rejects.toThrow(/Permissions Violation/);
  });

  test('who may read by consumers of old clients reads several filters at once', async () => {
    const client = jetstream(await account.connect(users.legacy));
    const consumer = await client.consumers.get('ORDERS', { filter_subjects: ['orders.new', 'orders.paid'] });
    expect((await take(await consumer.consume(), 3)).length).toBe(3);
  });

  test('who may consume does, and acknowledges in every way', async () => {
    const consumer = await jetstream(await account.connect(users.consumer)).consumers.get('ORDERS', 'work');
    const ways: { [body: string]: (message: JsMsg) => Promise<unknown> } = {
      ack: async (message) => message.ack(),
      double: (message) => message.ackAck(),
      nak: async (message) => message.redelivered ? message.ackAck() : message.nak(),
      working: async (message) => { message.working(); return message.ackAck(); },
      term: async (message) => message.term('no use'),
    };
    for (const how of ['next', 'fetch', 'consume'] as const) {
      for (const body of Object.keys(ways)) await admin.jetstream().publish('orders.work', body);
      const done: string[] = [];
      // What is not acknowledged comes again.
      while (done.length < 6) {
        const messages = how === 'next' ? [(await consumer.next({ expires: 5000 }))!] : await take(await consumer[how]({ max_messages: 1, expires: 5000 }), 1);
        for (const message of messages) {
          expect(await ways[message.string()](message)).not.toBe(false);
          done.push(message.string());
        }
      }
      expect(done.sort()).toEqual(['ack', 'double', 'nak', 'nak', 'term', 'working']);
    }
    await eventually(() => admin.consumers.info('ORDERS', 'work'), ({ num_ack_pending: acks, num_pending: pending }) => acks === 0 && pending === 0);
  });

  test('who is pushed to receives all under flow control, and acknowledges', async () => {
    const confirmed: string[] = [];
    const observer = await account.connect('admin');
    observer.subscribe('$JS.FC.>', { callback: (_, { subject }) => { confirmed.push(subject); } });
    await observer.flush();
    const consumer = await jetstream(await account.connect(users.pushed)).consumers.getPushConsumer('ORDERS', 'flow');
    const messages = await consumer.consume();
    const payload = new Uint8Array(LOAD.bytes);
    await Promise.all(Array.from({ length: LOAD.messages }, () => admin.jetstream().publish('orders.push', payload, { timeout: 20_000 })));

    for (const message of await take(messages, LOAD.messages)) message.ack();
    await eventually(() => admin.consumers.info('ORDERS', 'flow'), ({ num_ack_pending: acks, num_pending: pending }) => acks === 0 && pending === 0);
    await observer.flush();
    const format = kind.ackFormat === 'v1' ? /^\$JS\.FC\.ORDERS\.flow\.\w+$/ : /^\$JS\.FC\._\.\w{8}\.ORDERS\.flow\.\w+$/;
    expect(confirmed.filter((subject) => !format.test(subject))).toEqual([]);
    expect(confirmed.length).toBeGreaterThan(0);
  });

  test('those who are pushed to as a group share what comes, and acknowledge', async () => {
    const clients = await Promise.all([account.connect(users.member), account.connect(users.member)]);
    const received: string[] = [];
    for (const client of clients) {
      const consumer = await jetstream(client).consumers.getPushConsumer('ORDERS', 'push');
      await consumer.consume({ callback: (message) => { received.push(message.string()); message.ack(); } });
    }
    await eventually(() => admin.consumers.info('ORDERS', 'push'), ({ num_ack_pending: acks, num_pending: pending }) => acks === 0 && pending === 0);
    expect(received.length).toBe(LOAD.messages);
  });

  test('who manages a stream changes all of it, and its consumers', async () => {
    const manager = await managerFor(users.manager);
    await manager.streams.update('ORDERS', { description: 'managed' });
    const consumer = { durable_name: 'mine', ack_policy: AckPolicy.Explicit };
    expect(await manager.consumers.add('ORDERS', { ...consumer, filter_subject: 'orders.managed' })).toMatchObject({ name: 'mine' });
    expect(await manager.consumers.update('ORDERS', 'mine', { description: 'changed' })).toMatchObject({ config: { description: 'changed' } });
    expect(await manager.consumers.info('ORDERS', 'mine')).toMatchObject({ name: 'mine' });
    expect((await all(manager.consumers.list('ORDERS'))).map(({ name }) => name).sort()).toContain('mine');
    expect(await manager.consumers.pause('ORDERS', 'mine', new Date(Date.now() + 3_600_000))).toMatchObject({ paused: true });
    expect(await manager.consumers.resume('ORDERS', 'mine')).toMatchObject({ paused: false });
    if (kind.version !== '2.12.6') await manager.consumers.reset('ORDERS', 'mine');
    expect(await manager.consumers.delete('ORDERS', 'mine')).toBe(true);
    await manager.consumers.add('ORDERS', { durable_name: 'several', ack_policy: AckPolicy.Explicit, filter_subjects: ['orders.a', 'orders.b'] });
    const pinned = { name: 'pinned', ack_policy: AckPolicy.Explicit, priority_groups: ['a'], priority_policy: 'pinned_client' as never, priority_timeout: 60 * second };
    await manager.consumers.add('ORDERS', { ...pinned, durable_name: 'pinned' });
    // Nobody is pinned, as the server says to who may ask.
    await expect(manager.consumers.unpin('ORDERS', 'pinned', 'a').then(() => 'done', ({ message }) => message)).resolves.not.toMatch(/[Pp]ermission|timeout/);
    for (const name of ['several', 'pinned']) await manager.consumers.delete('ORDERS', name);

    const { seq } = await admin.jetstream().publish('orders.managed', 'a');
    expect(await manager.streams.getMessage('ORDERS', { seq })).toMatchObject({ subject: 'orders.managed' });
    expect(await manager.direct.getMessage('ORDERS', { last_by_subj: 'orders.managed' })).toMatchObject({ seq });
    expect(await manager.streams.deleteMessage('ORDERS', seq)).toBe(true);
    expect(await manager.streams.purge('ORDERS', { filter: 'orders.managed' })).toMatchObject({ success: true });
    await expect(manager.streams.add({ name: 'OTHER', subjects: ['other'] })).rejects.toThrow(/Permissions Violation/);
  });

  test('who manages a stream removes it and makes it again', async () => {
    const manager = await managerFor(users.manager);
    const { config } = await admin.streams.info('ORDERS');
    const consumers = (await all(admin.consumers.list('ORDERS'))).map((consumer) => consumer.config);
    const messages = (await all(await admin.direct.getBatch('ORDERS', { seq: 1, batch: 3 }))).map(({ subject }) => subject);
    expect(await manager.streams.delete('ORDERS')).toBe(true);
    expect(await manager.streams.add(config)).toMatchObject({ config: { name: 'ORDERS' } });
    for (const consumer of consumers.filter(({ durable_name: durable }) => durable)) await manager.consumers.add('ORDERS', { ...consumer, deliver_policy: DeliverPolicy.All });
    for (const subject of messages) await admin.jetstream().publish(subject, subject);
  });

});

describe.each(serverKinds.filter(({ version }) => version !== '2.12.6'))('nats-server $version, acknowledgements $ackFormat', (kind) => {
  const account = new GrantedAccount(kind);
  const consumer = account.orders.addConsumer('copy', { ackPolicy: AckPolicyOfConstruct.FLOW_CONTROL, push: { deliverSubject: 'deliver.copy' } });
  const copier = account.granted((granted) => consumer.grantConsume(granted));

  beforeAll(() => account.start());
  afterAll(() => account.stop());

  test('who receives from a consumer that flow control acknowledges does so by that alone', async () => {
    const admin = await jetstreamManager(await account.connect('admin'));
    await admin.streams.add({ name: 'ORDERS', subjects: ['orders.>'] });
    const config = {
      durable_name: 'copy', ack_policy: 'flow_control', deliver_subject: 'deliver.copy', flow_control: true, idle_heartbeat: second, max_ack_pending: 100,
    };
    const created = await (await account.connect('admin')).request('$JS.API.CONSUMER.CREATE.ORDERS.copy', JSON.stringify({ stream_name: 'ORDERS', config }));
    expect(created.json()).toMatchObject({ name: 'copy' });

    // As servers do that copy a stream: the official clients do not say what they have.
    const client = await account.connect(copier);
    let last = { stream: '0', consumer: '0' };
    client.subscribe('deliver.copy', {
      callback: (_, message) => {
        if (message.headers?.code !== 100) {
          const [stream, sequence] = message.reply!.split('.').slice(-4, -2);
          last = { stream, consumer: sequence };
        } else if (message.reply) {
          const reached = headers();
          reached.set('Nats-Last-Stream', last.stream);
          reached.set('Nats-Last-Consumer', last.consumer);
          client.publish(message.reply, '', { headers: reached });
        }
      },
    });
    await client.flush();
    await Promise.all(Array.from({ length: LOAD.messages }, () => admin.jetstream().publish('orders.new', new Uint8Array(LOAD.bytes), { timeout: 20_000 })));
    await eventually(() => admin.consumers.info('ORDERS', 'copy'), ({ num_ack_pending: acks, num_pending: pending }) => acks === 0 && pending === 0);
  });
});
