import { connect, nkeys } from '@nats-io/transport-node';
import { Duration } from 'cdk8s';
import { natsServer, NATS_VERSIONS } from './harness/binaries';
import { changed } from './harness/change-config';
import { conversation, mqttLogin, webSocketUpgrade } from './harness/conversation';
import { freePorts } from './harness/free-ports';
import { NatsProcess } from './harness/nats-process';
import { startRendered, spawnRendered } from './harness/rendered-server';
import {
  ContainerImage, NatsAuth, NatsCluster, NatsClusterProps, NatsRemoteGateway, NatsVersion, RouteCompression, Rules, SecretKey,
} from '../../src';
import { ConfValue } from '../../src/nats/conf/conf-value';
import { renderConf } from '../../src/nats/conf/conf-writer';
import { FEATURES } from '../../src/nats/config/features';
import { isSince } from '../../src/nats/nats-version';
import { newChart, newCluster, someUser } from '../support';

jest.setTimeout(60_000);

// Built before the clock of a test runs.
NATS_VERSIONS.forEach((version) => natsServer(version));

beforeEach(() => jest.spyOn(console, 'warn').mockImplementation());
afterEach(() => jest.restoreAllMocks());

const key = (name: string) => SecretKey.fromName(name, 'password');
const secrets = {
  'nats-auth': { token: 'a-token' },
  'shop-nats': { password: 'shop' },
  'servers': { password: 'pass-word_1.~' },
  'edge': { password: 'edge"1' },
  'nkey': { password: Buffer.from(nkeys.createUser().getSeed()).toString() },
};
const credentials = { user: 'server', password: key('servers'), timeout: Duration.seconds(3) };
const single = { replicas: 1 };
const trustedProxy = nkeys.createUser().getPublicKey();

/** A cluster on which what this is not about is acknowledged. */
function clusterOf(props: NatsClusterProps, chart = newChart(), name = 'nats'): NatsCluster {
  const cluster = new NatsCluster(chart, name, { auth: NatsAuth.users({ name: 'shop', ...someUser }), ...single, ...props });
  Rules.acknowledge(cluster, 'NATS-WEB-SOCKET-PLAIN', 'a test');
  return cluster;
}

const combinations: [what: string, props: NatsClusterProps, listeners: string[]][] = [
  ['leaf nodes', {
    leafNodes: {
      advertiseAddress: '$(POD_NAME).leaf.example.com:7422',
      users: [{ user: 'edge', password: key('edge'), account: '$G' }],
      account: '$G',
      authTimeout: Duration.seconds(5),
      minVersion: '2.12.0',
      compression: RouteCompression.S2_FAST,
      isolateInterest: true,
      writeDeadline: Duration.seconds(5),
      reconnect: Duration.seconds(2),
    },
  }, ['leafnode connections']],
  ['remotes of leaf nodes', {
    leafNodes: {
      remotes: [
        { urls: ['nats://a:7422'], user: 'edge', password: key('servers'), denyImports: ['a.>'], denyExports: ['b.>'], hub: true, noRandomize: true, compression: RouteCompression.OFF },
        { urls: ['nats://a:7422'], nkey: key('nkey'), account: '$SYS', firstInfoTimeout: Duration.seconds(2), jetStreamLeaderMigrateDelay: Duration.seconds(5) },
        {
          urls: ['ws://a:80', 'ws://b:80'],
          credentials: SecretKey.fromName('hub', 'nats.creds'),
          isolateInterest: true,
          requestIsolation: true,
          webSocketCompression: true,
          webSocketNoMasking: true,
          disabled: true,
          jetStreamClusterMigrate: true,
          proxy: { url: 'http://proxy:3128', user: 'p', password: key('edge'), timeout: Duration.seconds(5) },
        },
      ],
    },
  }, ['client connections']],
  ['WebSocket', {
    webSocket: {
      sameOrigin: true,
      allowedOrigins: ['https://shop.example.com', 'http://localhost:3000'],
      compression: true,
      handshakeTimeout: Duration.seconds(3),
      pingInterval: Duration.seconds(20),
      noAuthUser: 'shop',
      userCookie: 'u',
      passwordCookie: 'p',
      tokenCookie: 't',
      headers: { 'X-Frame-Options': 'DENY' },
      advertiseAddress: 'ws.example.com:443',
    },
  }, ['websocket clients']],
  ['MQTT', {
    jetStream: {},
    mqtt: {
      ackWait: Duration.minutes(1),
      maxAckPending: 65535,
      streamReplicas: 1,
      consumerMemoryStorage: true,
      consumerInactiveThreshold: Duration.hours(1),
      noAuthUser: 'shop',
      apiTimeout: Duration.seconds(10),
      jetStreamDomain: 'hub',
      rejectQos2Publish: true,
      downgradeQos2Subscribe: true,
    },
  }, ['MQTT clients']],
  ['a gateway with leaf nodes', {
    leafNodes: {},
    gateway: {
      remotes: [NatsRemoteGateway.urls('far', ['nats://far:7222'])],
      advertiseAddress: '$(HOST_IP):7222',
      rejectUnknownCluster: true,
      connectRetries: 3,
      connectBackoff: true,
      authorization: credentials,
      writeDeadline: Duration.seconds(5),
    },
  }, ['gateways connections', 'leafnode connections']],
  ['a gateway with leaf nodes and a token', { auth: NatsAuth.token(SecretKey.fromName('nats-auth', 'token')), gateway: {}, leafNodes: {} }, ['gateways connections', 'leafnode connections']],
  ['routes to servers outside', {
    clustered: true, clientAdvertise: 'nats.example.com:4222', routes: { extra: ['nats://old-0.old:6222'], authorization: credentials, advertiseAddress: '$(POD_NAME).nats:6222' },
  }, ['route connections']],
  ['what stands at the top', { profiling: { blockRate: 1 }, proxyProtocol: true, trustedProxies: [trustedProxy] }, ['client connections']],
  ['an empty list of proxies', { trustedProxies: [] }, ['client connections']],
  ['everything', {
    replicas: 3, jetStream: {}, clusterName: 'a', serverNamePrefix: 'a-', gateway: {}, leafNodes: {}, webSocket: {}, mqtt: {}, profiling: {},
  }, ['client connections', 'route connections', 'gateways connections', 'leafnode connections', 'websocket clients', 'MQTT clients']],
];

describe.each(NATS_VERSIONS)('nats-server %s starts with', (version) => {
  test.each(combinations)('%s', async (_, props, listeners) => {
    const cluster = clusterOf({ ...props, images: { server: ContainerImage.of('nats', { tag: `${version}-alpine` }) } });
    const server = await startRendered(cluster, { version, secrets, files: { '/etc/nats-files/hub/nats.creds': 'not read before it connects' } });
    for (const listener of listeners) await server.waitForLog(new RegExp(`Listening for ${listener} on .*127\\.0\\.0\\.1:\\d+`));
    await server.stop();
  });
});

/** Values of the options that not all versions know, besides those that are new themselves. */
const newer: { [option: string]: ConfValue } = {
  'feature_flags': { js_ack_fc_v2: true },
  'jetstream.info_queue_limit': 100,
  'jetstream.limits.default_max_consumers': 10,
  'jetstream.max_concurrent_io': 8,
  'leafnodes.dial_timeout': Duration.seconds(1),
  'leafnodes.remotes.*.dial_timeout': Duration.seconds(1),
  'leafnodes.remotes.*.ignore_discovered_servers': true,
  'leafnodes.remotes.*.proxy.tls': { insecure: true },
};

describe('the table of features', () => {
  const base = {
    host: '127.0.0.1', port: -1, server_name: 'a', jetstream: { store_dir: 'store' }, leafnodes: { remotes: [{ urls: ['ws://127.0.0.1:1'], proxy: { url: 'https://127.0.0.1:1' } }] },
  };

  // What is heeded beside another option is a matter of what the server does, and not of whether it starts.
  const refused = FEATURES.filter(({ beside }) => beside === undefined).flatMap((feature) =>
    NATS_VERSIONS.map((version) => ({ ...feature, version, what: feature.value ?? feature.option })));

  test.each(refused)('says whether $what is known to $version', async ({ option, value, since, version }) => {
    const change = value === undefined ? { [option]: newer[option] } : { [`tls.${option}`]: [value] };
    const server = NatsProcess.spawn({ version, config: renderConf(changed(base, change)) });
    const started = await server.ready().then(() => true, () => false);
    if (!started) expect(server.log).toMatch(/unknown field|unrecognized curve preference/);
    expect(started).toBe(isSince(version.slice(0, 4) as NatsVersion, since));
    await server.stop();
  });
});

const login = { user: 'shop', pass: 'shop' };

test('two clusters join by gateways, with a password, and pass a request', async () => {
  const chart = newChart();
  const west = clusterOf({ gateway: { authorization: credentials } }, chart, 'west');
  const east = clusterOf({ gateway: { authorization: credentials, rejectUnknownCluster: true, remotes: [NatsRemoteGateway.cluster(west)] } }, chart, 'east');
  const [westPort, eastPort] = await freePorts(2);
  const addresses = { 'west-headless.messaging.svc:7222': `127.0.0.1:${westPort}`, 'east-headless.messaging.svc:7222': `127.0.0.1:${eastPort}` };
  const [westServer, eastServer] = await Promise.all([
    startRendered(west, { secrets, addresses, ports: { 7222: westPort } }), startRendered(east, { secrets, addresses, ports: { 7222: eastPort } }),
  ]);
  await Promise.all([westServer, eastServer].map((server) => server.waitForLog(/Outbound gateway connection to "messaging-\w+" .* registered/)));
  expect(await answerThrough(westServer, eastServer)).toBe('from there');
});

test('a leaf node joins its hub, with a password, and passes a request', async () => {
  const chart = newChart();
  const hub = clusterOf({ leafNodes: { users: [{ user: 'edge', password: key('servers') }] } }, chart, 'hub');
  const leaf = clusterOf({ leafNodes: { remotes: [{ cluster: hub, user: 'edge', password: key('servers') }] } }, chart, 'leaf');
  const hubServer = await startRendered(hub, { secrets });
  const leafServer = await startRendered(leaf, { secrets, addresses: { 'hub.messaging.svc:7422': hubServer.address('leafnode') } });
  await leafServer.waitForLog(/Leafnode connection created/);
  expect(await answerThrough(hubServer, leafServer)).toBe('from there');
});

/** Answers on one server, and asks on the other until interest has travelled there. */
async function answerThrough(answering: NatsProcess, asking: NatsProcess): Promise<string> {
  const [responder, client] = await Promise.all([answering, asking].map(({ clientUrl }) => connect({ servers: clientUrl, ...login })));
  try {
    responder.subscribe('where', { callback: (_, message) => { message.respond('from there'); } });
    await responder.flush();
    for (const deadline = Date.now() + 10_000; ;) {
      const answer = await client.request('where', '', { timeout: 1000 }).catch((error: Error) => error);
      if (!(answer instanceof Error)) return answer.string();
      if (Date.now() > deadline) throw answer;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  } finally {
    await Promise.all([client.close(), responder.close()]);
  }
}

test('a password that would break a URL is refused before the server starts, and not repeated', async () => {
  const server = spawnRendered(clusterOf({ clustered: true, routes: { authorization: credentials } }), { secrets: { ...secrets, servers: { password: 'hun/ter2' } } });
  expect(await server.exit).toEqual({ code: 1, signal: null });
  expect(server.log).toContain('nats-server is not started: key password of Secret servers stands in a URL, and has other characters than letters, digits, -, _, . and ~');
  expect(server.log).not.toContain('ter2');
});

test('a WebSocket client is greeted, and one of another origin turned away', async () => {
  const server = await startRendered(clusterOf({ webSocket: { allowedOrigins: ['https://shop.example.com'] } }), { secrets });
  const upgrade = (origin: string) => webSocketUpgrade(server.address('websocket'), origin);

  const { socket, answer } = await conversation(server.address('websocket'), upgrade('https://shop.example.com'), (bytes) => bytes.includes('\r\n\r\n') && bytes.includes('}'));
  const [head, frame] = answer.toString('latin1').split('\r\n\r\n');
  expect(head).toMatch(/^HTTP\/1\.1 101 Switching Protocols\r\n/);
  // A final, binary frame; two bytes of length, for INFO is longer than 125.
  expect(frame.slice(0, 2)).toBe('\x82\x7e');
  expect(JSON.parse(/INFO (\{.*\})/.exec(frame)![1])).toMatchObject({ server_name: 'nats-0', auth_required: true });
  socket.destroy();

  const stranger = await conversation(server.address('websocket'), upgrade('https://evil.example.com'), (bytes) => bytes.includes('\r\n\r\n'));
  expect(stranger.answer.toString()).toMatch(/^HTTP\/1\.1 403 Forbidden/);
  stranger.socket.destroy();
});

test.each([['shop', 0], ['wrong', 5]])('an MQTT client with the password %s gets the code %i', async (password, code) => {
  const server = await startRendered(clusterOf({ jetStream: {}, mqtt: {} }), { secrets });
  expect(await mqttLogin(server.address('mqtt'), 'shop', password)).toBe(code);
});

test.each(NATS_VERSIONS)('nats-server %s knows a client\'s address by the PROXY protocol, and serves who comes without it', async (version) => {
  const image = { server: ContainerImage.of('nats', { tag: `${version}-alpine` }) };
  const server = await startRendered(clusterOf({ proxyProtocol: true, images: image }), { version, secrets });
  const greeted = (bytes: Buffer) => bytes.includes('INFO ') && bytes.includes('\r\n');

  // A PONG says that the server has read the header.
  const hello = `CONNECT ${JSON.stringify({ ...login, verbose: false })}\r\nPING\r\n`;
  const { socket } = await conversation(server.address('client'), `PROXY TCP4 203.0.113.7 127.0.0.1 4000 4222\r\n${hello}`, (bytes) => greeted(bytes) && bytes.includes('PONG'));
  const connections = await (await fetch(`${server.monitorUrl}/connz`)).json();
  expect(connections).toMatchObject({ connections: [{ ip: '203.0.113.7', port: 4000 }] });
  socket.destroy();
  const client = await connect({ servers: server.clientUrl, ...login });
  await client.close();
});

test('profiles are served where they are asked for', async () => {
  const server = await startRendered(clusterOf({ profiling: {} }), { secrets });
  const [, port] = await server.waitForLog(/profiling port: (\d+)/);
  const response = await fetch(`http://127.0.0.1:${port}/debug/pprof/`);
  expect(response.status).toBe(200);
});

test('a cluster without any of them listens for clients alone', async () => {
  const server = await startRendered(newCluster(single), { secrets });
  expect(() => server.address('leafnode')).toThrow('has no leafnode listener');
});
