import { mkdtempSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { jetstreamManager, JetStreamManager, StreamConfig } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { natsServer, NATS_VERSIONS, NatsVersion } from './harness/binaries';
import { NatsProcess } from './harness/nats-process';

jest.setTimeout(60_000);

// Built before the clock of a test runs.
NATS_VERSIONS.forEach((version) => natsServer(version));

/** Asks a server that has its streams in a folder, and stops it. */
async function withServer<T>(version: NatsVersion, folder: string, ask: (manager: JetStreamManager) => Promise<T>): Promise<T> {
  const server = await NatsProcess.start({ version, config: `listen: "127.0.0.1:-1"\njetstream { store_dir: ${JSON.stringify(folder)} }` });
  const client = await connect({ servers: server.clientUrl });
  const answer = await ask(await jetstreamManager(client));
  await client.close();
  await server.stop();
  return answer;
}

/** Whether a stream with an option is there again after it was sealed and its server started anew. */
async function survives(version: NatsVersion, option: Partial<StreamConfig>): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), 'sealed-'));
  await withServer(version, folder, async ({ streams }) => {
    const { config } = await streams.add({ name: 'orders', subjects: ['orders'], ...option });
    await streams.update('orders', { ...config, sealed: true } as Partial<StreamConfig>);
  });
  return withServer(version, folder, ({ streams }) => streams.info('orders').then(() => true, () => false));
}

test.each<[string, Partial<StreamConfig>, NatsVersion[]]>([
  ['nothing else', {}, []],
  ['denials', { deny_delete: true, deny_purge: true }, []],
  ['a counter', { allow_msg_counter: true, allow_direct: true }, ['2.12.6', '2.14.2', '2.15.2']],
  ['schedules', { allow_msg_schedules: true, allow_rollup_hdrs: true }, ['2.14.2', '2.15.2']],
])('a sealed stream with %s is lost by these servers when they next start', async (_, option, expected) => {
  const lost: NatsVersion[] = [];
  for (const version of NATS_VERSIONS) if (!await survives(version, option)) lost.push(version);

  expect(lost).toEqual(expected);
});
