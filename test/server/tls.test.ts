import { connect as connectTls, ConnectionOptions, TLSSocket } from 'tls';
import { connect, NatsConnection, NodeConnectionOptions } from '@nats-io/transport-node';
import { natsServer, NATS_VERSIONS } from './harness/binaries';
import { certificates, fingerprint } from './harness/certificates';
import { NatsProcess } from './harness/nats-process';
import { ServerPod } from './harness/pod';
import { TextClient } from './harness/text-client';
import { NatsAuth, NatsClusterProps, NatsHandshakeFirst, NatsTls, NatsTlsOptions, NatsTlsVersion, Rules } from '../../src';
import { newCluster, someUser, synth } from '../support';

jest.setTimeout(60_000);

// Built before the clock of a test runs.
NATS_VERSIONS.forEach((version) => natsServer(version));

const here = { dnsNames: ['localhost'], ipAddresses: ['127.0.0.1'] };
const issued = certificates({
  ca: {},
  strangers: {},
  server: { issuer: 'ca', ...here, usages: ['server', 'client'] },
  renewed: { issuer: 'ca', ...here, usages: ['server', 'client'] },
  serverOnly: { issuer: 'ca', ...here, usages: ['server'] },
  client: { issuer: 'ca', dnsNames: ['shop'], usages: ['client'] },
  otherClient: { issuer: 'ca', usages: ['client'] },
  stranger: { issuer: 'strangers', usages: ['client'] },
});
const secretOf = ({ cert, key }: { cert: string; key: string }) => ({ 'tls.crt': cert, 'tls.key': key, 'ca.crt': issued.ca.cert });
const secrets = { 'nats-auth': { token: 'secret' }, 'shop-nats': { password: 'secret' }, 'nats-tls': secretOf(issued.server) };
const ofClient = ({ cert, key }: { cert: string; key: string }) => ({ ca: issued.ca.cert, cert, key });
const trusting = { ca: issued.ca.cert };

const open = new Set<NatsConnection>();
afterEach(() => Promise.all([...open].map((connection) => connection.close())));

async function client(server: NatsProcess, options: NodeConnectionOptions): Promise<NatsConnection> {
  const connection = await connect({ servers: server.address('client'), token: 'secret', reconnect: false, timeout: 5000, ...options });
  open.add(connection);
  return connection;
}

async function single(options: NatsTlsOptions, props: NatsClusterProps = {}): Promise<NatsProcess> {
  const cluster = newCluster({ replicas: 1, tls: NatsTls.fromSecret('nats-tls', options), ...props });
  Rules.acknowledge(cluster, 'NATS-TLS-OPTIONAL', 'to be asked of the server');
  return (await ServerPod.start(synth(cluster), 0, { secrets })).server;
}

/** What becomes of a TLS handshake that begins at once. */
function handshake(address: string, options: ConnectionOptions): Promise<TLSSocket> {
  const [host, port] = address.split(':');
  return new Promise((resolve, reject) => {
    const socket = connectTls({ host, port: Number(port), ...trusting, ...options }, () => resolve(socket));
    socket.once('error', reject);
  });
}

describe('a server', () => {
  test('serves clients that believe its CA, and no others', async () => {
    const server = await single({});
    const connection = await client(server, { tls: trusting });
    await connection.flush();
    await expect(client(server, { tls: {} })).rejects.toThrow(/self-signed|unable to/);
    expect(connection.info?.tls_required).toBe(true);
  });

  test('that verifies lets in clients of its CA alone', async () => {
    const server = await single({ verify: true });
    await (await client(server, { tls: ofClient(issued.client) })).flush();
    await expect(client(server, { tls: trusting })).rejects.toThrow();
    await expect(client(server, { tls: ofClient(issued.stranger) })).rejects.toThrow();
    await server.waitForLog(/tls: client didn't provide a certificate/);
  });

  test('lets in only certificates that are pinned', async () => {
    const server = await single({ verify: true, pinnedCertificates: [fingerprint(issued.client).toUpperCase()] });
    await (await client(server, { tls: ofClient(issued.client) })).flush();
    await expect(client(server, { tls: ofClient(issued.otherClient) })).rejects.toThrow();
  });

  test('maps certificates to users, who give their password besides', async () => {
    const server = await single({ verifyAndMap: true }, { auth: NatsAuth.users({ name: 'shop', ...someUser }) });
    const shop = { token: undefined, user: 'shop', pass: 'secret' };
    await (await client(server, { ...shop, tls: ofClient(issued.client) })).flush();
    await expect(client(server, { ...shop, tls: ofClient(issued.otherClient) })).rejects.toThrow(/Authorization Violation/);
    await expect(client(server, { token: undefined, tls: ofClient(issued.client) })).rejects.toThrow(/Authorization Violation/);
  });

  test('lets clients in without TLS, too, where it may', async () => {
    const server = await single({ allowNonTls: true });
    const inClear = await TextClient.connect(server.clientUrl, { auth_token: 'secret' });
    expect(await inClear.say('SUB greeting 1')).toEqual([]);
    inClear.close();
    await (await client(server, { tls: trusting })).flush();
  });

  test('begins with the handshake', async () => {
    const server = await single({ handshakeFirst: NatsHandshakeFirst.always() });
    await (await client(server, { tls: { ...trusting, handshakeFirst: true } })).flush();
    await expect(client(server, { tls: trusting, timeout: 1000 })).rejects.toThrow();
    const fallback = await single({ handshakeFirst: NatsHandshakeFirst.withFallback() });
    await (await client(fallback, { tls: { ...trusting, handshakeFirst: true } })).flush();
    await (await client(fallback, { tls: trusting })).flush();
  });

  test.each([[undefined, 'TLSv1.2'], [NatsTlsVersion.TLS_1_3, undefined]])('of minimum version %s speaks %s with a client of TLS 1.2', async (minVersion, spoken) => {
    const server = await single({ minVersion, handshakeFirst: NatsHandshakeFirst.always() });
    const answer = await handshake(server.address('client'), { maxVersion: 'TLSv1.2' }).then((socket) => socket.getProtocol(), (error: Error) => error);
    if (spoken) expect(answer).toBe(spoken);
    else expect(answer).toMatchObject({ code: 'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION' });
    expect((await handshake(server.address('client'), {})).getProtocol()).toBe('TLSv1.3');
  });

  test('tells its health over HTTPS to probes, who have no certificate', async () => {
    const server = await single({ verify: true }, { httpsMonitoring: true });
    const socket = await handshake(server.address('monitor'), { servername: 'localhost' });
    socket.end('GET /healthz?js-server-only=true HTTP/1.0\r\n\r\n');
    const answer = await new Promise<string>((resolve) => { let text = ''; socket.on('data', (data) => { text += data; }).on('end', () => resolve(text)); });
    expect(answer).toMatch(/^HTTP\/1.0 200 OK[^]*\{"status":"ok"\}$/);
  });
});
