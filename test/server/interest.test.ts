import { AckPolicy, jetstream, jetstreamManager, RetentionPolicy } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { natsServer, NATS_VERSIONS } from './harness/binaries';
import { NatsProcess } from './harness/nats-process';

// Built before the clock of a test runs.
NATS_VERSIONS.forEach((version) => natsServer(version));

test.each(NATS_VERSIONS)('a stream for interest of nats-server %s keeps nothing of what it acknowledges, until there is a consumer', async (version) => {
  const server = await NatsProcess.start({ version, config: 'listen: "127.0.0.1:-1"\njetstream { store_dir: store }' });
  const client = await connect({ servers: server.clientUrl });
  const manager = await jetstreamManager(client);
  const kept = async () => (await manager.streams.info('news')).state.messages;
  await manager.streams.add({ name: 'news', subjects: ['news'], retention: RetentionPolicy.Interest });

  await jetstream(client).publish('news', 'for nobody');
  expect(await kept()).toBe(0);

  await manager.consumers.add('news', { durable_name: 'mails', ack_policy: AckPolicy.Explicit });
  await jetstream(client).publish('news', 'for mails');
  expect(await kept()).toBe(1);
  await client.close();
});
