import { connect, NatsConnection } from '@nats-io/transport-node';
import { surroundingsOf } from './harness/app-manifests';
import { natsServer } from './harness/binaries';
import { eventually } from './harness/eventually';
import { ServerPod } from './harness/pod';
import { production } from '../../src/environments';

jest.setTimeout(60_000);

// Built before the clock of a test runs.
natsServer();

const { manifests, secrets } = surroundingsOf(production());
const credentials = { user: 'shop', pass: 'secret', inboxPrefix: '_INBOX_shop', tls: { ca: secrets['nats-tls']['ca.crt'] } };
let client: NatsConnection;

afterAll(() => client?.close());

test('a pod that ends tells its clients, serves them until they are gone, and exits with 0', async () => {
  const [ending, ...others] = await ServerPod.startAll(manifests, { secrets });
  client = await connect({ servers: [ending, ...others].map(({ server }) => server.clientUrl), noRandomize: true, ...credentials });
  expect(client.info!.server_name).toBe(ending.name);
  const events = eventsOf(client);

  await ending.preStop();
  ending.server.signal('SIGTERM');
  expect(events).toEqual(['ldm']);
  await expect(connect({ servers: ending.server.clientUrl, ...credentials, reconnect: false })).rejects.toThrow();
  await client.flush();
  expect(client.info!.server_name).toBe(ending.name);

  expect(await ending.server.exit).toEqual({ code: 0, signal: null });
  await eventually(async () => events, () => events.includes('reconnect'));
  expect(events).toEqual(['ldm', 'disconnect', 'reconnect']);
  expect(others.map(({ name }) => name)).toContain(client.info!.server_name);
});

/** What befalls a client, as it happens. */
function eventsOf(connection: NatsConnection): string[] {
  const events: string[] = [];
  void (async () => {
    for await (const { type } of connection.status()) {
      if (['ldm', 'disconnect', 'reconnect', 'close'].includes(type)) events.push(type);
    }
  })();
  return events;
}
