import { credsAuthenticator, NatsConnection, wsconnect } from '@nats-io/transport-node';
import { connect, MqttClient } from 'mqtt';
import WebSocket from 'ws';
import { natsServer, NATS_VERSIONS, NatsVersion } from './harness/binaries';
import { certificates } from './harness/certificates';
import { ServerPod } from './harness/pod';
import { NatsAuth, NatsClusterProps, NatsResolver, NatsTls, Rules } from '../../src';
import { Operator } from '../operator';
import { newCluster, someUser, synth } from '../support';

jest.setTimeout(60_000);

// Built before the clock of a test runs.
NATS_VERSIONS.forEach((version) => natsServer(version));

beforeEach(() => jest.spyOn(console, 'warn').mockImplementation());
afterEach(() => jest.restoreAllMocks());

const { ca, server: { cert, key } } = certificates({ ca: {}, server: { issuer: 'ca', ipAddresses: ['127.0.0.1'], usages: ['server'] } });
const secrets = { 'shop-nats': { password: 'shop' }, 'nats-tls': { 'ca.crt': ca.cert, 'tls.crt': cert, 'tls.key': key } };
const login = { user: 'shop', pass: 'shop' };
const tls = NatsTls.fromSecret('nats-tls');

function start(version: NatsVersion, props: NatsClusterProps): Promise<ServerPod> {
  const cluster = newCluster({ auth: NatsAuth.users({ name: 'shop', ...someUser }), replicas: 1, ...props });
  Rules.acknowledge(cluster, 'NATS-WEB-SOCKET-PLAIN', 'a test');
  return ServerPod.start(synth(cluster), 0, { version, secrets });
}

type Way = [how: string, scheme: string, tls: NatsTls | undefined];
const onEach = (ways: Way[]) => NATS_VERSIONS.flatMap((version) => ways.map((way): [NatsVersion, ...Way] => [version, ...way]));

/** What a browser adds to a handshake by itself. */
interface Browser {
  readonly origin?: string;
  readonly cookie?: string;
}

/** Connects as a browser's page would, with the client that NATS makes for it. */
async function browse(url: string, options: object, headers: Browser = {}): Promise<NatsConnection> {
  let refusal: string | undefined;
  const wsFactory = async (address: string) => {
    const socket = new WebSocket(address, { ca: ca.cert, headers: { ...headers } });
    socket.on('error', ({ message }) => { refusal = message; });
    return { socket: socket as never, encrypted: url.startsWith('wss:') };
  };
  return wsconnect({ servers: url, reconnect: false, wsFactory, ...options }).catch((error) => {
    throw refusal === undefined ? error : new Error(refusal);
  });
}

describe.each(onEach([['in clear', 'ws', undefined], ['with TLS', 'wss', tls]]))('on nats-server %s a WebSocket client %s', (version, _, scheme, ofListener) => {
  test('asks, and is answered', async () => {
    const pod = await start(version, { webSocket: { compression: true, tls: ofListener } });
    const client = await browse(`${scheme}://${pod.server.address('websocket')}`, login);
    client.subscribe('greeting', { callback: (__, message) => { message.respond(`hello ${message.string()}`); } });

    expect((await client.request('greeting', 'you')).string()).toBe('hello you');
    await client.close();
    await expect(browse(`${scheme}://${pod.server.address('websocket')}`, { ...login, pass: 'wrong' })).rejects.toThrow(/Authorization Violation/i);
  });
});

test.each(NATS_VERSIONS)('on nats-server %s a page of another origin is turned away', async (version) => {
  const pod = await start(version, { webSocket: { allowedOrigins: ['https://shop.example.com'] } });
  const url = `ws://${pod.server.address('websocket')}`;

  await (await browse(url, login, { origin: 'https://shop.example.com' })).close();
  await expect(browse(url, login, { origin: 'https://evil.example.com' })).rejects.toThrow('Unexpected server response: 403');
});

test.each(NATS_VERSIONS)('on nats-server %s a page is known by its cookies', async (version) => {
  const pod = await start(version, { webSocket: { userCookie: 'nats_user', passwordCookie: 'nats_password' } });
  const url = `ws://${pod.server.address('websocket')}`;

  await (await browse(url, {}, { cookie: 'nats_user=shop; nats_password=shop' })).close();
  await expect(browse(url, {}, { cookie: 'nats_user=shop; nats_password=wrong' })).rejects.toThrow(/Authorization Violation/i);
});

test.each(NATS_VERSIONS)('on nats-server %s in operator mode a page is known by the JWT in its cookie', async (version) => {
  const operator = await Operator.withSystemAccount();
  const account = await operator.account('SHOP');
  const user = await account.user('page', { bearer_token: true });
  const auth = NatsAuth.operator({ operators: [operator.jwt], resolver: NatsResolver.memory(), preload: [operator.system.jwt, account.jwt] });
  const pod = await start(version, { auth, webSocket: { jwtCookie: 'nats_jwt' } });
  const url = `ws://${pod.server.address('websocket')}`;

  await (await browse(url, {}, { cookie: `nats_jwt=${user.jwt}` })).close();
  await (await browse(url, { authenticator: credsAuthenticator(user.creds) })).close();
  await expect(browse(url, {})).rejects.toThrow(/Authorization Violation/i);
});

describe.each(onEach([['in clear', 'mqtt', undefined], ['with TLS', 'mqtts', tls]]))('on nats-server %s an MQTT client %s', (version, _, scheme, ofListener) => {
  const dial = (pod: ServerPod, clientId: string, password = 'shop'): MqttClient =>
    connect(`${scheme}://${pod.server.address('mqtt')}`, { clientId, username: 'shop', password, clean: false, ca: ca.cert, reconnectPeriod: 0 });

  test('gets what another has published, also while it was away', async () => {
    const pod = await start(version, { jetStream: {}, mqtt: { tls: ofListener } });
    const [sensor, screen] = [dial(pod, 'sensor'), dial(pod, 'screen')];
    await screen.subscribeAsync('rooms/+/temperature', { qos: 1 });
    await screen.endAsync();
    await sensor.publishAsync('rooms/1/temperature', '21', { qos: 1 });

    const back = dial(pod, 'screen');
    const [topic, payload] = await new Promise<[string, Buffer]>((resolve) => back.on('message', (...message) => resolve([message[0], message[1]])));
    expect([topic, payload.toString()]).toEqual(['rooms/1/temperature', '21']);
    await Promise.all([sensor.endAsync(), back.endAsync()]);

    const refusal = await new Promise((resolve) => dial(pod, 'stranger', 'wrong').on('error', resolve));
    expect(refusal).toMatchObject({ message: expect.stringMatching(/Not authorized/) });
  });
});
