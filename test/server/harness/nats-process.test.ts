import { existsSync, readFileSync } from 'fs';
import { join } from 'path';
import { connect } from '@nats-io/transport-node';
import { natsServer, NATS_VERSIONS } from './binaries';
import { freePorts } from './free-ports';
import { NatsProcess } from './nats-process';

jest.setTimeout(60_000);

// Built before the clock of a test runs.
NATS_VERSIONS.forEach((version) => natsServer(version));

const config = 'host: "127.0.0.1"\nport: -1\nhttp_port: -1\nserver_name: $NAME\n';
const env = { NAME: 'nats-0' };

describe('a server process', () => {
  test.each(NATS_VERSIONS)('serves clients with nats-server %s, and ends when told', async (version) => {
    const server = await NatsProcess.start({ version, config, env });
    const client = await connect({ servers: server.clientUrl });

    expect(client.info).toMatchObject({ version, server_name: 'nats-0' });
    expect(await server.healthz('js-server-only=true')).toEqual({ status: 200, body: '{"status":"ok"}' });
    await client.close();
    expect(await server.stop()).toEqual({ code: 0, signal: null });
    expect(existsSync(server.folder)).toBe(false);
  });

  test('that exits is an error with its log', async () => {
    await expect(NatsProcess.start({ config })).rejects.toThrow(/exited with 1 before it logged .*\n.*variable reference for 'NAME' on line 4 can not be found/);
  });

  test('that may exit tells its code', async () => {
    const server = NatsProcess.spawn({ config: 'port: "x"' });

    expect(await server.exit).toEqual({ code: 1, signal: null });
    expect(server.log).toContain('interface conversion');
  });

  test('may be a shell that starts the server, and does not outlive it', async () => {
    const script = 'echo "$NAME" > name && nats-server -c nats.conf; echo unreachable';
    const server = await NatsProcess.start({ config, env, command: ['sh', '-c', script], files: { 'auth/users.conf': 'users: []' } });
    const { clientUrl } = server;

    expect(readFileSync(join(server.folder, 'name'), 'utf8')).toBe('nats-0\n');
    expect(readFileSync(join(server.folder, 'auth/users.conf'), 'utf8')).toBe('users: []');
    expect(await server.stop()).toEqual({ code: null, signal: 'SIGTERM' });
    await expect(connect({ servers: clientUrl, reconnect: false, timeout: 500 })).rejects.toThrow();
  });

  test('that cannot be started is an error', async () => {
    await expect(NatsProcess.start({ command: ['no-such-command'] })).rejects.toThrow(/ENOENT/);
  });

  test('tells when a text is not logged in time', async () => {
    const server = await NatsProcess.start({ config, env });

    await expect(server.waitForLog(/Server is ready/, { since: server.log.length, timeout: 50 })).rejects.toThrow(/50 ms went by before it logged/);
  });
});

test('free ports are different from one another', async () => {
  const ports = await freePorts(20);

  expect(new Set(ports).size).toBe(20);
});
