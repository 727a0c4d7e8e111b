import { Duration } from 'cdk8s';
import {
  ContainerImage, NatsAuth, NatsClusterProps, NatsInclude, NatsListener, NatsPeer, NatsTls, NatsTlsCurve, NatsVersion, RequiredSecrets,
  RouteCompression, Rules, SecretKey,
} from '../../src';
import { confOf, containerOf, newCluster, podOf, someUser, synth } from '../support';

const peers = [NatsPeer.pods({ app: 'edge' })];
const key = (name: string, of = 'password') => SecretKey.fromName(name, of);

/** A block of nats.conf without its line breaks. */
function block(props: NatsClusterProps, name: string): string {
  const cluster = newCluster(props);
  Rules.acknowledge(cluster, 'NATS-WEB-SOCKET-PLAIN', 'a test');
  return (new RegExp(`^${name} \\{[^]*?^\\}`, 'm').exec(confOf(cluster))?.[0] ?? '').replace(/\s+/g, ' ').replace(/_[0-9A-F]{6,8}\b/g, '');
}

describe('nats.conf', () => {
  test('of a listener for leaf nodes', () => {
    expect(block({ leafNodes: { peers } }, 'leafnodes')).toBe('leafnodes { no_advertise: true port: 7422 }');
    expect(block({
      ports: { leafNodes: 1002 },
      leafNodes: {
        peers,
        advertiseAddress: '$(POD_NAME).leaf.example.com:7422',
        users: [{ user: 'edge', password: key('edge'), account: '$G' }],
        authTimeout: Duration.seconds(5),
        minVersion: '2.12.0',
        compression: RouteCompression.S2_FAST,
        isolateInterest: true,
        writeDeadline: Duration.seconds(5),
      },
    }, 'leafnodes')).toBe('leafnodes { advertise: $LEAF_NODE_ADVERTISE compression: "s2_fast" isolate_leafnode_interest: true min_version: "2.12.0" no_advertise: false '
      + 'port: 1002 write_deadline: "5s" authorization { timeout: 5 users: [ { account: "$G" password: $SECRET_EDGE_PASSWORD user: "edge" } ] } }');
  });

  test('of remotes of leaf nodes, without a listener', () => {
    expect(block({
      version: NatsVersion.V2_15,
      images: { server: ContainerImage.of('nats', { tag: '2.15.2-alpine' }) },
      leafNodes: {
        reconnect: Duration.seconds(2),
        dialTimeout: Duration.seconds(3),
        remotes: [
          { urls: ['nats://hub.example.com:7422', 'tls://hub2.example.com:7422'], credentials: key('hub', 'nats.creds'), denyImports: ['secret.>'], denyExports: ['local.>'] },
          { urls: ['nats://a:7422'], user: 'edge', password: key('edge'), hub: true, noRandomize: true, compression: RouteCompression.OFF, disabled: true },
          {
            urls: ['ws://b', 'wss://c'],
            nkey: key('edge', 'seed'),
            account: '$SYS',
            firstInfoTimeout: Duration.seconds(2),
            dialTimeout: Duration.seconds(4),
            ignoreDiscoveredServers: true,
            jetStreamLeaderMigrateDelay: Duration.seconds(5),
            isolateInterest: true,
            requestIsolation: true,
            webSocketCompression: true,
            webSocketNoMasking: true,
            proxy: { url: 'http://proxy:3128', user: 'p', password: key('proxy'), timeout: Duration.seconds(5) },
          },
          { urls: ['nats://d:7422'], jetStreamClusterMigrate: true },
        ],
      },
    }, 'leafnodes')).toBe('leafnodes { dial_timeout: "3s" reconnect: "2s" remotes: [ '
      + '{ credentials: "/etc/nats-files/hub/nats.creds" deny_exports: [ "local.>" ] deny_imports: [ "secret.>" ] urls: [ "nats://hub.example.com:7422" "tls://hub2.example.com:7422" ] } '
      + '{ compression: "off" disabled: true hub: true no_randomize: true urls: [ $URL ] } '
      + '{ account: "$SYS" dial_timeout: "4s" first_info_timeout: "2s" ignore_discovered_servers: true isolate_leafnode_interest: true nkey: $SECRET_EDGE_SEED '
      + 'request_isolation: true urls: [ "ws://b" "wss://c" ] ws_compression: true ws_no_masking: true jetstream_cluster_migrate { leader_migrate_delay: "5s" } '
      + 'proxy { password: $SECRET_PROXY_PASSWORD timeout: "5s" url: "http://proxy:3128" username: "p" } } '
      + '{ jetstream_cluster_migrate: true urls: [ "nats://d:7422" ] } ] }');
  });

  test('of WebSocket', () => {
    expect(block({ webSocket: { peers } }, 'websocket')).toBe('websocket { no_tls: true port: 8080 }');
    expect(block({
      ports: { webSocket: 443 },
      auth: undefined,
      extraConfig: { accounts: { A: { users: [{ user: 'guest', permissions: { publish: 'a' } }] } } },
      webSocket: {
        peers,
        sameOrigin: true,
        allowedOrigins: ['https://shop.example.com', 'http://localhost:3000'],
        compression: true,
        handshakeTimeout: Duration.seconds(3),
        authTimeout: Duration.seconds(4),
        pingInterval: Duration.seconds(20),
        noAuthUser: 'guest',
        userCookie: 'u',
        passwordCookie: 'p',
        tokenCookie: 't',
        headers: { 'X-Frame-Options': 'DENY' },
        advertiseAddress: 'ws.example.com:443',
      },
    }, 'websocket')).toBe('websocket { advertise: "ws.example.com:443" allowed_origins: [ "https://shop.example.com" "http://localhost:3000" ] compression: true '
      + 'handshake_timeout: "3s" no_auth_user: "guest" no_tls: true pass_cookie: "p" ping_interval: "20s" port: 443 same_origin: true token_cookie: "t" user_cookie: "u" '
      + 'authorization { timeout: 4 } headers { "X-Frame-Options": "DENY" } }');
  });

  test('of MQTT', () => {
    expect(block({ jetStream: {}, mqtt: { peers } }, 'mqtt')).toBe('mqtt { port: 1883 }');
    expect(block({
      jetStream: {},
      ports: { mqtt: 1004 },
      mqtt: {
        peers,
        authTimeout: Duration.seconds(4),
        ackWait: Duration.minutes(1),
        maxAckPending: 65535,
        streamReplicas: 3,
        consumerMemoryStorage: true,
        consumerInactiveThreshold: Duration.hours(1),
        apiTimeout: Duration.seconds(10),
        jetStreamDomain: 'hub',
        rejectQos2Publish: true,
        downgradeQos2Subscribe: true,
      },
    }, 'mqtt')).toBe('mqtt { ack_wait: "1m" consumer_inactive_threshold: "1h" consumer_memory_storage: true downgrade_qos2_subscribe: true js_api_timeout: "10s" js_domain: "hub" '
      + 'max_ack_pending: 65535 port: 1004 reject_qos2_publish: true stream_replicas: 3 authorization { timeout: 4 } }');
  });

  test('of what stands at its top', () => {
    const conf = confOf(newCluster({
      ports: { profiling: 1008 },
      profiling: { blockRate: 100 },
      proxyProtocol: true,
      clientAdvertise: 'nats.example.com:4222',
      trustedProxies: [],
    }));
    for (const line of ['prof_port: 1008', 'prof_block_rate: 100', 'proxy_protocol: true', 'client_advertise: "nats.example.com:4222"', '  trusted: []']) expect(conf.split('\n')).toContain(line);
  });

  test('of routes to servers outside, with credentials in variables and an address of each server', () => {
    const props: NatsClusterProps = {
      replicas: 1,
      clustered: true,
      routes: {
        peers, extra: ['nats://old-0.old:6222'], authorization: { user: 'route', password: key('routes'), timeout: Duration.seconds(3) }, advertiseAddress: '$(HOST_IP):6222',
      },
    };
    expect(block(props, 'cluster')).toBe('cluster { advertise: $CLUSTER_ADVERTISE name: "nats" no_advertise: true port: 6222 routes: [ $URL $URL ] '
      + 'authorization { password: $SECRET_ROUTES_PASSWORD timeout: 3 user: "route" } }');
    const { env, command } = containerOf(newCluster(props));
    const values = env.map(({ value }: { value?: string }) => value?.replace(/_[0-9A-F]{6}_RAW/, '_RAW'));
    expect(values).toContain("'nats://route:$(SECRET_ROUTES_PASSWORD_RAW)@nats-0.nats-headless:6222'");
    expect(values).toContain("'nats://route:$(SECRET_ROUTES_PASSWORD_RAW)@old-0.old:6222'");
    expect(env).toContainEqual({ name: 'HOST_IP', valueFrom: { fieldRef: { fieldPath: 'status.hostIP' } } });
    expect(env).toContainEqual({ name: 'CLUSTER_ADVERTISE', value: "'$(HOST_IP):6222'" });
    expect(command[2]).toMatch(/\ncheck_url "\$SECRET_ROUTES_PASSWORD_\w+_RAW" 'key password of Secret routes'\n/);
    expect(command[2]).not.toMatch(/\$\$|\$\(/);
  });
});

test('a credentials file is mounted, and the Secrets are listed', () => {
  const cluster = newCluster({
    routes: { authorization: { user: 'route', password: key('routes') } },
    leafNodes: { peers, listen: true, users: [{ user: 'a', password: key('leaf') }], remotes: [{ urls: ['nats://a:1'], credentials: key('hub', 'nats.creds') }, { urls: ['nats://b:1'], nkey: key('edge', 'seed') }] },
  });
  const { volumes, containers: [server] } = podOf(cluster).spec;
  const { name } = volumes.find(({ secret }: { secret?: { secretName: string } }) => secret?.secretName === 'hub');
  expect(server.volumeMounts).toContainEqual({ name, mountPath: '/etc/nats-files/hub', readOnly: true });
  expect(RequiredSecrets.of(cluster).map(({ secretName, key: of, value }) => `${secretName}/${of}: ${value}`)).toEqual([
    'edge/seed: an nkey seed, no newline at the end', 'hub/nats.creds: a credentials file', 'leaf/password: not empty, no single quote, no newline at the end',
    'nats-auth/token: not empty, no single quote, no newline at the end', 'routes/password: letters, digits, -, _, . and ~ only, not empty',
  ]);
});

describe('a change that a reload would turn into a crash comes with a ConfigMap of another name, which no running server sees', () => {
  const configMap = (props: NatsClusterProps) => {
    const [{ metadata }] = synth(newCluster(props)).all.filter(({ kind }) => kind === 'ConfigMap');
    expect(podOf(newCluster(props)).spec.volumes[0]).toEqual({ name: 'config', configMap: { name: metadata.name } });
    return metadata.name;
  };
  const remotes = (...urls: string[]) => ({ leafNodes: { remotes: urls.map((url) => ({ urls: [url] })) } });
  const old = { images: { server: ContainerImage.of('nats', { tag: '2.12.6-alpine' }) } };

  test('trusted proxies', () => {
    expect(configMap({})).toBe('nats-config');
    expect(configMap({ trustedProxies: [] })).toBe('nats-config-proxies');
    expect(configMap({ trustedProxies: ['U'.repeat(56)] })).toBe('nats-config-proxies');
  });
  test('remotes of leaf nodes before 2.14', () => {
    const names = [{}, remotes('nats://a:1'), remotes('nats://a:1', 'nats://b:1'), remotes('nats://b:1')].map((props) => configMap({ ...old, ...props }));
    expect(new Set(names).size).toBe(4);
    expect(names[0]).toBe('nats-config');
    expect(configMap(remotes('nats://a:1'))).toBe('nats-config');
  });
});

test('URLs of the listeners, by the Service where they are in it, else by the servers\' names', () => {
  const cluster = newCluster({
    jetStream: {},
    clusterName: 'A',
    serverNamePrefix: 'a-',
    gateway: { peers },
    leafNodes: { peers },
    webSocket: { peers },
    mqtt: { peers },
    service: { ports: [{ listener: NatsListener.CLIENT, port: 3001 }, { listener: NatsListener.WEB_SOCKET, port: 80 }] },
  });
  expect(cluster).toMatchObject({
    clusterName: 'A',
    clientUrl: 'nats://nats.messaging.svc:3001',
    webSocketUrl: 'ws://nats.messaging.svc:80',
    gatewayUrl: 'nats://nats-headless.messaging.svc:7222',
    leafNodeUrl: 'nats://nats-headless.messaging.svc:7422',
    mqttUrl: 'mqtt://nats-headless.messaging.svc:1883',
    ports: { client: 4222, leafNodes: 7422, webSocket: 8080, mqtt: 1883, cluster: 6222, gateway: 7222, monitor: 8222 },
  });
  expect(newCluster()).toMatchObject({ clusterName: 'nats', gatewayUrl: undefined, leafNodeUrl: undefined, webSocketUrl: undefined, mqttUrl: undefined });
});

describe('versions', () => {
  const image = (tag: string) => ({ images: { server: ContainerImage.of('nats', { tag }) } });
  const newer = { leafNodes: { remotes: [{ urls: ['nats://a:1'], ignoreDiscoveredServers: true }] } };

  test.each<[what: string, props: NatsClusterProps]>([
    ['an option of 2.14 with the default image', newer],
    ['what is heeded beside another option, without that', { ...image('2.12.6-alpine'), proxyProtocol: true }],
    ['an option of 2.15 with its image', { ...image('2.15.2-alpine'), leafNodes: { dialTimeout: Duration.seconds(1), peers } }],
    ['an image whose tag tells no version', { ...image('stable'), version: NatsVersion.V2_15, leafNodes: { dialTimeout: Duration.seconds(1), peers } }],
    ['a later version', image('2.16.0')],
    ['a version between two', { ...image('2.13.1'), version: NatsVersion.V2_12 }],
    ['another repository', { images: { server: ContainerImage.of('mirror/base', { tag: '2.3.1' }) } }],
  ])('%s', (_, props) => expect(() => newCluster(props)).not.toThrow());

  test.each<[what: string, props: NatsClusterProps, message: string]>([
    ['an option that is newer than the image', { ...image('2.12.6-alpine'), ...newer },
      '[test/nats] leafNodes.remotes.ignoreDiscoveredServers sets leafnodes.remotes.*.ignore_discovered_servers, which came with nats-server 2.14, and version is 2.12; '
      + 'allowed: nats-server 2.14 or later; fix: leave it out, or give images.server a tag of 2.14 [NATS-FEATURE]'],
    ['what is heeded beside another option only by a newer server', { ...image('2.12.6-alpine'), proxyProtocol: true, tls: NatsTls.fromSecret('nats-tls') },
      '[test/nats] proxyProtocol sets proxy_protocol, which beside tls came with nats-server 2.14, and version is 2.12; allowed: nats-server 2.14 or later'],
    ['a value that is newer than the image', { leafNodes: { tls: NatsTls.fromSecret('leaf-tls', { curvePreferences: [NatsTlsCurve.X25519, NatsTlsCurve.SECP384R1MLKEM1024] }) } },
      'leafNodes.tls.curvePreferences has SecP384r1MLKEM1024, which came with nats-server 2.15'],
    ['an option of extraConfig', { extraConfig: { jetstream: { max_concurrent_io: 8 } } }, 'jetstream.max_concurrent_io came with nats-server 2.15, and version is 2.14'],
    ['an option deeper down', { jetStream: { limits: { defaultMaxConsumers: 5 } } },
      'jetStream.limits.defaultMaxConsumers sets jetstream.limits.default_max_consumers, which came with nats-server 2.15'],
    ['a version that the image contradicts', { ...image('2.14.2'), version: NatsVersion.V2_15 },
      '[test/nats] version is 2.15, but images.server is nats:2.14.2, which has the options of 2.14; fix: leave version out [NATS-VERSION]'],
    ['a version that the default image contradicts', { version: NatsVersion.V2_12 }, "fix: give images.server: ContainerImage.of('nats', { tag: '2.12.<patch>-alpine' })"],
    ['a server that is too old', image('2.10.3'), 'images.server is nats-server 2.10.3; allowed: 2.12 or later'],
  ])('%s is refused', (_, props, message) => expect(() => newCluster(props)).toThrow(message));
});

const remote = (options: object) => ({ leafNodes: { remotes: [{ urls: ['nats://a:1'], ...options }] } });

test.each<[what: string, props: NatsClusterProps, message: string]>([
  ['a port twice', { ports: { leafNodes: 4222 }, leafNodes: {} }, 'ports.leafNodes and ports.client are both 4222'],
  ['MQTT on a single server without JetStream', { replicas: 1, mqtt: {} }, '[test/nats] mqtt on a single server without jetStream; allowed: mqtt with jetStream; fix: give jetStream: {} [NATS-MQTT-JETSTREAM]'],
  ['too many unacknowledged messages', { mqtt: { maxAckPending: 65536 } }, 'mqtt.maxAckPending is 65536; allowed: a whole number from 0 to 65535'],
  ['more replicas than servers', { jetStream: {}, mqtt: { streamReplicas: 5 } }, 'mqtt.streamReplicas is 5 with 3 servers; allowed: a whole number from 1 to 3'],
  ['no time', { mqtt: { ackWait: Duration.millis(0) } }, 'mqtt.ackWait is 0 ms; allowed: a time longer than zero'],
  ['an origin that is none', { webSocket: { allowedOrigins: ['shop.example.com'] } }, "webSocket.allowedOrigins has 'shop.example.com', which is not the URL of a server; allowed: http://, https://"],
  ['a header of the protocol', { webSocket: { headers: { 'Sec-WebSocket-Key': 'x' } } }, 'webSocket.headers sets Sec-WebSocket-Key; allowed: headers that are not part of the protocol'],
  ['an Ingress without hosts', { webSocket: { ingress: { hosts: [], controllers: peers } } }, 'webSocket.ingress has no hosts'],
  ['an Ingress through which nobody comes', { webSocket: { ingress: { hosts: ['ws.example.com'] } } },
    "webSocket.ingress.controllers names nobody, and the NetworkPolicy admits nobody else; fix: give controllers: [NatsPeer.namespace('<namespace of their pods>')]"],
  ['a route through which nobody comes', { webSocket: { httpRoute: { parents: [{ name: 'web' }] } } }, 'webSocket.httpRoute.gateways names nobody'],
  ['an Ingress to what is not in the Service', { webSocket: { ingress: { hosts: ['a.b'], controllers: peers } }, service: { ports: [{ listener: NatsListener.CLIENT }] } },
    'service.ports leaves webSocket out, to which an Ingress or HTTPRoute leads; fix: add it'],
  ['leaf nodes without anything', { leafNodes: { listen: false } }, 'leafNodes.listen is false, and there are no remotes'],
  ['a leaf node user twice', { leafNodes: { users: [{ user: 'a', password: key('a') }, { user: 'a', password: key('b') }] } }, "leafNodes.users has 'a' twice"],
  ['a literal password of a leaf node', { leafNodes: { users: [{ user: 'a', password: 'hunter2' as unknown as SecretKey }] } }, "password of leaf node user 'a' is a string (not shown here)"],
  ['an old minimum', { leafNodes: { minVersion: '2.7.9' } }, "leafNodes.minVersion is '2.7.9'; allowed: 2.8.0 or later"],
  ['credentials in a URL', remote({ urls: ['nats://a:hunter2@b:1'] }), 'leafNodes.remotes[0].urls has a URL with credentials (not shown here); allowed: scheme, host and port; fix: give user and password beside the URLs'],
  ['a URL without a port', remote({ urls: ['nats://a'] }), "leafNodes.remotes[0].urls has 'nats://a', which is not the URL of a server"],
  ['a URL with a path', remote({ urls: ['nats://a:1/b'] }), "has 'nats://a:1/b', which is not the URL of a server"],
  ['no URLs', remote({ urls: [] }), 'leafNodes.remotes[0].urls is empty'],
  ['mixed URLs', remote({ urls: ['nats://a:1', 'ws://b'] }), 'leafNodes.remotes[0].urls mixes WebSocket and other URLs'],
  ['no remote at all', remote({ urls: undefined }), 'leafNodes.remotes[0] has neither a cluster nor urls'],
  ['two kinds of credentials', remote({ nkey: key('a'), credentials: key('b') }), 'leafNodes.remotes[0] has credentials, and nkey; allowed: one kind of credentials'],
  ['a user without a password', remote({ user: 'a' }), 'leafNodes.remotes[0] has a user without a password; allowed: both, or none'],
  ['a denied subject that is none', remote({ denyImports: ['a..b'] }), "leafNodes.remotes[0].denyImports has 'a..b', which is not a subject"],
  ['a proxy for what is no WebSocket', remote({ proxy: { url: 'http://p:1' } }), 'leafNodes.remotes[0].proxy is given for URLs that are not WebSocket'],
  ['a remote twice', { leafNodes: { remotes: [{ urls: ['nats://a:1'] }, { urls: ['nats://a:1'], account: '$G' }] } },
    '[test/nats] leafNodes.remotes[1] has the URLs, account and credentials of another remote; fix: leave it out, or give it another account [NATS-LEAF-REMOTE-DUPLICATE]'],
  ['credentials in a route', { routes: { extra: ['nats://a:hunter2@b:6222'] } }, 'routes.extra has a URL with credentials (not shown here)'],
  ['a user that would break a URL', { routes: { authorization: { user: 'a@b', password: key('a') } } }, "routes.authorization.user is 'a@b'; allowed: letters, digits, _ and -"],
  ['a literal route password', { routes: { authorization: { user: 'a', password: 'hunter2' as unknown as SecretKey } } }, 'routes.authorization.password is a string (not shown here)'],
  ['half a second to log in by WebSocket', { webSocket: { authTimeout: Duration.millis(500) } }, '[test/nats] webSocket.authTimeout is 0.5 s; allowed: whole seconds from 1 to 60 [NATS-AUTH-TIMEOUT]'],
  ['more than a minute to log in by MQTT', { jetStream: {}, mqtt: { authTimeout: Duration.seconds(61) } }, 'mqtt.authTimeout is 61 s'],
  ['a time that WebSocket would read as a second', { webSocket: {}, extraConfig: { websocket: { authorization: { timeout: Duration.seconds(5) } } } },
    'extraConfig sets websocket.authorization.timeout, which has the prop webSocket.authTimeout'],
  ['too much time to log in', { routes: { authorization: { user: 'a', password: key('a'), timeout: Duration.seconds(61) } } }, 'routes.authorization.timeout is 61 s; allowed: whole seconds from 1 to 60'],
  ['an address that is none', { clientAdvertise: 'nats://a:1' }, "clientAdvertise is 'nats://a:1'; allowed: a host and a port"],
  ['an address with an unknown variable', { clientAdvertise: '$(NODE):1' }, "clientAdvertise is '$(NODE):1'"],
  ['a proxy key that is none', { trustedProxies: ['SUASECRET'] }, 'trustedProxies has a text that is no public nkey (not shown here)'],
  ['a route twice', { routes: { extra: ['nats://a:1', 'nats://a:1'] } }, "routes.extra has 'nats://a:1' twice; fix: leave one out"],
  ['a negative rate', { profiling: { blockRate: -1 } }, 'profiling.blockRate is -1; allowed: a whole number from 0'],
  ['an option of a listener in extraConfig', { extraConfig: { leafnodes: { remotes: [] } } }, 'extraConfig sets leafnodes.remotes, which has the prop leafNodes.remotes'],
  ['trusted proxies in extraConfig', { extraConfig: { proxies: { trusted: [] } } }, 'extraConfig sets proxies, which has the prop trustedProxies'],
])('%s is refused', (_, props, message) => expect(() => newCluster(props)).toThrow(message));

test.each<[what: string, props: NatsClusterProps, message: string]>([
  ['WebSocket without TLS', { webSocket: { peers } },
    '[test/nats] webSocket is plain HTTP, and no Ingress or Gateway ends TLS before it; allowed: TLS before the listener on every way to it; '
    + 'fix: give webSocket.ingress with a tlsSecretName, or webSocket.httpRoute; or, if it is wanted, Rules.acknowledge'],
  ['an Ingress without TLS', { webSocket: { ingress: { hosts: ['a.b'], controllers: peers } } }, 'webSocket is plain HTTP'],
  ['a second way around the TLS of an Ingress', {
    webSocket: { ingress: { hosts: ['a.b'], controllers: peers, tlsSecretName: 'cert' } }, external: { sourceRanges: ['0.0.0.0/0'], ports: [{ listener: NatsListener.WEB_SOCKET }] },
  }, 'webSocket is plain HTTP, and reached through external.ports'],
  ['a JWT in a cookie without an operator', { webSocket: { peers, jwtCookie: 'jwt' } }, "webSocket.jwtCookie is 'jwt', and the servers are not in operator mode"],
  ['a user that is none', { jetStream: {}, mqtt: { peers, noAuthUser: 'guest' } }, "mqtt.noAuthUser is 'guest'; allowed: a user of the cluster, which has none"],
  ['a user that others are', {
    auth: NatsAuth.users({ name: 'shop', ...someUser }), webSocket: { ingress: { hosts: ['a.b'], controllers: peers, tlsSecretName: 'cert' }, noAuthUser: 'guest' },
  }, "webSocket.noAuthUser is 'guest'; allowed: shop; fix: name one of the users [NATS-LISTENER-NO-AUTH-USER]"],
  ['an account that is none', { leafNodes: { peers, users: [{ user: 'a', password: key('a'), account: 'ORDERS' }] } },
    "[test/nats] account of leafNodes.users 'a' is 'ORDERS'; allowed: $G, $SYS; fix: name one of the accounts [NATS-LEAF-ACCOUNT]"],
  ['an account of a remote that is none', { auth: undefined, extraConfig: { accounts: { B: { users: [] }, A: {} } }, ...remote({ account: 'C' }) },
    "leafNodes.remotes[0].account is 'C'; allowed: $G, $SYS, A, B"],
])('%s fails the synth', (_, props, message) => expect(() => synth(newCluster(props))).toThrow(message));

test.each<[what: string, props: NatsClusterProps, message: string]>([
  ['a listener that nobody reaches', { leafNodes: {} }, 'leafNodes.peers names nobody, and the NetworkPolicy admits nobody else to the leafNodes port; fix: give leafNodes.peers'],
  ['MQTT whose JetStream is elsewhere', { mqtt: { peers } }, 'mqtt without jetStream; fix: give jetStream: {}'],
  ['a leaf node with JetStream and no domain', { jetStream: {}, ...remote({}) }, 'jetStream has no domain, and leafNodes.remotes connects the servers to another cluster'],
])('%s is a warning', (_, props, message) => {
  const warn = jest.spyOn(console, 'warn').mockImplementation();
  synth(newCluster(props));
  expect(warn).toHaveBeenCalledWith(expect.stringContaining(message));
  warn.mockRestore();
});

test('names that nats.conf does not tell are not judged', () => {
  const included = { auth: undefined, extraConfig: { accounts: { include: NatsInclude.file('accounts.conf') } } };
  expect(() => synth(newCluster({ ...included, jetStream: { domain: 'edge' }, mqtt: { peers, noAuthUser: 'guest' }, ...remote({ account: 'A' }) }))).not.toThrow();
});

test('what is under an Ingress with TLS needs no acknowledgement', () => {
  expect(() => synth(newCluster({ webSocket: { ingress: { hosts: ['a.b'], controllers: peers, tlsSecretName: 'cert' } } }))).not.toThrow();
  expect(() => synth(newCluster({ webSocket: { httpRoute: { parents: [{ name: 'web' }], gateways: peers } } }))).not.toThrow();
});
