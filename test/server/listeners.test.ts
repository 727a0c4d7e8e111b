import { nkeys } from '@nats-io/transport-node';
import { Duration } from 'cdk8s';
import { natsServer, NATS_VERSIONS } from './harness/binaries';
import { ServerPod } from './harness/pod';
import { ContainerImage, NatsAuth, NatsCluster, NatsClusterProps, NatsRemoteGateway, RouteCompression, Rules, SecretKey } from '../../src';
import { newCluster, someUser, synth } from '../support';

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
  'hub': { 'nats.creds': 'not read before it connects' },
  'nkey': { password: Buffer.from(nkeys.createUser().getSeed()).toString() },
};
const credentials = { user: 'server', password: key('servers'), timeout: Duration.seconds(3) };
const single = { replicas: 1 };
const trustedProxy = nkeys.createUser().getPublicKey();

/** A cluster on which what this is not about is acknowledged. */
function clusterOf(props: NatsClusterProps): NatsCluster {
  const cluster = newCluster({ auth: NatsAuth.users({ name: 'shop', ...someUser }), ...single, ...props });
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
      authTimeout: Duration.seconds(4),
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
      authTimeout: Duration.seconds(4),
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
    const pod = await ServerPod.start(synth(cluster), 0, { version, secrets, toNowhere: true });
    for (const listener of listeners) await pod.server.waitForLog(new RegExp(`Listening for ${listener} on .*127\\.0\\.0\\.1:\\d+`));
    await pod.delete();
  });
});

test('a password that would break a URL is refused before the server starts, and not repeated', async () => {
  const cluster = clusterOf({ clustered: true, routes: { authorization: credentials } });
  const { server } = ServerPod.launch(synth(cluster), 0, { secrets: { ...secrets, servers: { password: 'hun/ter2' } }, toNowhere: true });
  expect(await server.exit).toEqual({ code: 1, signal: null });
  expect(server.log).toContain('nats-server is not started: key password of Secret servers stands in a URL, and has other characters than letters, digits, -, _, . and ~');
  expect(server.log).not.toContain('ter2');
});

test('profiles are served where they are asked for', async () => {
  const { server } = await ServerPod.start(synth(clusterOf({ profiling: {} })), 0, { secrets });
  const [, port] = await server.waitForLog(/profiling port: (\d+)/);
  const response = await fetch(`http://127.0.0.1:${port}/debug/pprof/`);
  expect(response.status).toBe(200);
});

test('a cluster without any of them listens for clients alone', async () => {
  const { server } = await ServerPod.start(synth(newCluster(single)), 0, { secrets });
  expect(() => server.address('leafnode')).toThrow('has no leafnode listener');
});
