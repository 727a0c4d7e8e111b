import { Duration, Size } from 'cdk8s';
import {
  NatsAuth, NatsClusterProps, NatsCluster, NatsPeer, NatsTls, Permissions, PodVolume, Rules, SecretKey, EnvVariable, NatsVariable,
} from '../../src';
import { confOf, newChart, newCluster, someAuth, someUser, synth } from '../support';

const Gi = (amount: number) => Size.gibibytes(amount);
const jetStream = {};

/** What throws where the value is given: props, and the message with place, value, what is allowed and the fix. */
const thrown: [what: string, props: NatsClusterProps, message: string][] = [
  ['no servers', { replicas: 0 }, '[test/nats] replicas is 0; allowed: a whole number from 1; fix: 1 for development, 3 or 5 for everything else [NATS-REPLICAS]'],
  ['half a server', { replicas: 1.5 }, '[test/nats] replicas is 1.5; allowed: a whole number from 1'],
  ['JetStream in a cluster of one', { replicas: 1, clustered: true, jetStream },
    '[test/nats] jetStream with clustered: true and one server; allowed: one server that is not clustered, or at least two, better three'],
  ['servers that do not know each other', { replicas: 3, clustered: false }, '3 servers with clustered: false would not know each other, but share a Service'],
  ['payload above 64 MiB', { limits: { maxPayload: Size.mebibytes(65) } }, '[test/nats] limits.maxPayload is 65 MiB; allowed: at most 64 MiB; fix: keep large objects in an object store'],
  ['payload above what may be pending', { limits: { maxPayload: Size.mebibytes(5), maxPending: Size.mebibytes(4) } }, 'limits.maxPayload is 5 MiB; allowed: at most 4 MiB, which is limits.maxPending'],
  ['less pending than the largest message by default', { limits: { maxPending: Size.kibibytes(512) } },
    'limits.maxPayload is 1 MiB, the server\'s default; allowed: at most 512 KiB, which is limits.maxPending; fix: raise maxPending, or give a lower maxPayload'],
  ['no connections', { limits: { maxConnections: 0 } }, 'limits.maxConnections is 0; allowed: a whole number from 1 to 2147483647'],
  ['too many tokens', { limits: { maxSubscriptionTokens: 256 } }, 'limits.maxSubscriptionTokens is 256; allowed: a whole number from 1 to 255'],
  ['no time to write', { limits: { writeDeadline: Duration.millis(0) } }, 'limits.writeDeadline is 0 ms; allowed: a time longer than zero'],
  ['memory store above the memory limit', { jetStream: { memoryStore: { maxSize: Gi(3) } } },
    '[test/nats] jetStream.memoryStore.maxSize is 3 GiB with a memory limit of 2Gi; allowed: at least a byte, and at most four fifths of the limit: 1.6 GiB; '
    + 'fix: raise resources.memory or lower maxSize [NATS-STORE-SIZE]'],
  ['file store above its volume', { jetStream: { fileStore: { size: Gi(10), maxSize: Gi(11) } } },
    '[test/nats] jetStream.fileStore.maxSize is 11 GiB on a volume of 10 GiB; allowed: at least a byte, and at most the volume'],
  ['a domain with a dot', { jetStream: { domain: 'a.b' } }, "jetStream.domain is 'a.b'; allowed: a text without dots, wildcards and spaces"],
  ['a JetStream limit of zero', { jetStream: { limits: { maxAckPending: 0 } } }, 'jetStream.limits.maxAckPending is 0; allowed: a whole number from 1'],
  ['grace below lame duck', { pod: { terminationGracePeriod: Duration.seconds(40) } },
    '[test/nats] pod.terminationGracePeriod is 40 s with a lameDuck.duration of 30 s: the pod would be killed while it still serves clients; allowed: whole seconds, at least 55'],
  ['a lame duck below the server\'s minimum', { lameDuck: { duration: Duration.seconds(29) } }, 'lameDuck.duration is 29 s; allowed: at least 30 s'],
  ['a lame duck that begins after it ends', { lameDuck: { gracePeriod: Duration.seconds(30) } }, 'lameDuck.gracePeriod is 30 s with a lameDuck.duration of 30 s; allowed: less than the duration'],
  ['a name with upper case and underscore', { name: 'Nats_1' }, "[test/nats] the name 'Nats_1' of the cluster is invalid; allowed: at most 52 lower-case letters, digits and -"],
  ['a name of 64 characters', { name: 'n'.repeat(64) }, 'of the cluster is invalid; allowed: at most 52'],
  ['a name that no Service can have', { name: '1nats' }, "the name '1nats' of the cluster is invalid"],
  ['a port twice', { ports: { client: 6222 } }, '[test/nats] ports.cluster and ports.client are both 6222; allowed: one port for each listener; fix: change one of them [NATS-PORT]'],
  ['a port that does not exist', { ports: { monitor: 70000 } }, 'ports.monitor is 70000; allowed: a whole number from 1 to 65535'],
  ['a cluster name with a space', { clusterName: 'my cluster' }, "clusterName is 'my cluster'; allowed: a text without spaces, not empty"],
  ['a limit below its request', { resources: { memory: Gi(2), memoryLimit: Gi(1) } }, 'resources.memoryLimit is 1073741824 bytes, below resources.memory, 2147483648 bytes'],
  ['no CPU', { resources: { cpu: 0 } }, 'resources.cpu is 0m; allowed: more than nothing'],
  ['an exporter that nobody may scrape', { exporter: {} }, 'exporter.scrapers names nobody, and the NetworkPolicy admits nobody else'],
  ['a probe that never asks', { probes: { liveness: { period: Duration.millis(500) } } }, 'probes.liveness.period is 0.5; allowed: a whole number from 1, for durations in seconds'],
  ['a pod of root', { pod: { userId: 0 } }, 'pod.userId is 0; allowed: a whole number from 1: the pods do not run as root'],
  ['a label by which pods are selected', { pod: { labels: { 'app.kubernetes.io/name': 'mine' } } }, "pod.labels sets app.kubernetes.io/name to 'mine'; allowed: 'nats', by which the pods are selected"],
  ['a volume of the cluster\'s own name', { pod: { volumes: [PodVolume.emptyDir('config', '/mine')] } }, "pod.volumes uses the name 'config', which the cluster itself uses"],
  ['a volume of the name of a certificate\'s', { tls: NatsTls.fromSecret('server'), pod: { volumes: [PodVolume.emptyDir('tls-server', '/mine')] } },
    "pod.volumes uses the name 'tls-server', which the cluster itself uses"],
  ['a mount twice', { pod: { volumes: [PodVolume.emptyDir('a', '/mine'), PodVolume.emptyDir('b', '/mine')] } }, "pod.volumes uses the mount path '/mine' twice"],
  ['a variable of the cluster\'s own name', { pod: { env: [EnvVariable.of('GOMEMLIMIT', '1GiB')] } }, "pod.env uses the name 'GOMEMLIMIT', which the cluster itself uses"],
  ['a partition above the servers', { update: { partition: 4 } }, 'update.partition is 4; allowed: a whole number from 0 to 3'],
  ['an option that has a prop', { extraConfig: { port: 4223 } }, '[test/nats] extraConfig sets port, which has the prop ports.client; fix: use ports.client [NATS-EXTRA-CONFIG]'],
  ['a nested option that has a prop', { extraConfig: { jetstream: { max_file_store: 1 } } }, 'extraConfig sets jetstream.max_file_store, which has the prop jetStream.fileStore.maxSize'],
  ['an alias', { extraConfig: { max_subs: 1 } }, 'extraConfig sets max_subs; allowed: the canonical name max_subscriptions'],
  ['another case', { extraConfig: { Max_Payload: 1 } }, 'extraConfig sets Max_Payload; allowed: the canonical name max_payload'],
  ['an option that nats.conf cannot hold', { extraConfig: { ping: 1.5 } }, '[test/nats] ping is 1.5; allowed: a whole number; a Duration or a Size for what has a unit'],
];

test.each(thrown)('%s', (_, props, message) => expect(() => newCluster(props)).toThrow(message));

/** What the synth refuses, because it can be judged only at the end. */
const refused: [what: string, cluster: () => NatsCluster, message: string][] = [
  ['an option that no server knows', () => newCluster({ extraConfig: { max_closed_client: 1 } }),
    "[test/nats] extraConfig sets max_closed_client, which nats-server does not know; allowed: the options of nats.conf; fix: did you mean max_closed_clients?; or, if it is wanted, Rules.acknowledge(<this construct>, 'NATS-EXTRA-UNKNOWN', '<why>') [NATS-EXTRA-UNKNOWN]"],
  ['an option that no server knows in a block', () => newCluster({ jetStream: {}, extraConfig: { jetstream: { limits: { batch: { max_messages: 1 } } } } }),
    '[test/nats] extraConfig sets jetstream.limits.batch.max_messages, which nats-server does not know; allowed: max_inflight_per_stream, max_inflight_total, max_msgs, timeout'],
  ['two servers', () => newCluster({ replicas: 2 }), '[test/nats] replicas is 2, an even number: it survives 0 failures, no more than 1 would; allowed: an odd number; fix: set replicas: 3'],
  ['auth that is not said', () => newCluster({ auth: undefined }), '[test/nats] auth is not given; allowed: NatsAuth.users(...), addUser(...), NatsAuth.token(...), or NatsAuth.none()'],
  ['no users', () => newCluster({ auth: NatsAuth.users() }), 'auth names no users, so that the server would let everyone in'],
  ['no auth', () => newCluster({ auth: NatsAuth.none() }), 'auth is NatsAuth.none(): everyone who reaches the client port may read and write everything'],
  ['a user without permissions', () => newCluster({ auth: NatsAuth.users({ name: 'shop', password: someUser.password }) }),
    "[test/nats/user-shop] user 'shop' has no permissions; allowed: Permissions.of({...}) with what it needs, or Permissions.all(); fix: give permissions, or grant the user something [NATS-USER-PERMISSIONS]"],
  ['an open monitoring port', () => newCluster({ networkPolicy: { monitoring: [NatsPeer.anyone()] } }), 'networkPolicy.monitoring admits 1 peer(s) to the monitoring port'],
  ['a tag that all servers have', () => newCluster({ serverTags: ['zone:a'], jetStream: { uniqueTag: 'zone:' } }), "jetStream.uniqueTag is 'zone:', but all servers have the same tags"],
  ['a nats-box that logs in as nobody', () => newCluster({ auth: NatsAuth.users({ name: 'shop', ...someUser }), natsBox: {} }), 'natsBox.user is not given; allowed: shop'],
  ['a nats-box that logs in as a stranger', () => newCluster({ auth: NatsAuth.users({ name: 'shop', ...someUser }), natsBox: { user: 'ops' } }), "natsBox.user is 'ops'; allowed: shop"],
  ['two clusters of one name', () => {
    const chart = newChart();
    new NatsCluster(chart, 'a', { name: 'nats', auth: someAuth });
    return new NatsCluster(chart, 'b', { name: 'nats', auth: someAuth });
  }, "StatefulSet 'nats' in namespace 'messaging' is described 2 times: by test/a/stateful-set, test/b/stateful-set"],
];

test.each(refused)('%s', (_, cluster, message) => expect(() => synth(cluster())).toThrow(message));

describe('users', () => {
  const withUsers = () => newCluster({ auth: undefined });

  test('a literal password is refused and not repeated', () => {
    const literal = { password: 'hunter2' as unknown as SecretKey, permissions: Permissions.all() };
    expect(() => withUsers().addUser('shop', literal)).toThrow(
      /^(?!.*hunter2)\[test\/nats\/user-shop\] password of user 'shop' is a string \(not shown here\), not a reference to a Secret; allowed: a SecretKey; fix: put the value into a Secret/,
    );
  });

  test('a literal token is refused and not repeated', () => {
    expect(() => newCluster({ auth: NatsAuth.token('hunter2' as unknown as SecretKey) })).toThrow(/^(?!.*hunter2).*the token of auth is a string/);
  });

  test.each([
    ['authorization', { timeout: 5, users_file: 'x', password: 'hunter2' }],
    ['accounts', { A: { users: [{ user: 'a', password: 'hunter2' }] } }],
    ['websocket', { authorization: { token: 'hunter2' } }],
  ])('a literal secret in extraConfig.%s is refused and not repeated', (block, value) => {
    expect(() => newCluster({ extraConfig: { [block]: value } })).toThrow(/^(?!.*hunter2).*(which has the prop auth|is a literal \(not shown here\))/);
  });

  test('a token and users together', () => {
    expect(() => newCluster().addUser('shop', someUser)).toThrow("[test/nats] user 'shop' is added to a cluster whose auth is NatsAuth.token(...); allowed: a token, users");
  });

  test('two users of one name', () => {
    const cluster = withUsers();
    cluster.addUser('shop', someUser);
    expect(() => cluster.addUser('shop', someUser)).toThrow(
      "[test/nats] there are two users named 'shop'; the other is test/nats/user-shop; allowed: names that differ in all accounts; fix: rename one of them [NATS-USER-NAME]",
    );
  });

  test('two users whose included passwords would be one', () => {
    const cluster = withUsers();
    const included = (key: string) => ({ passwordInclude: SecretKey.fromName('nats-users', key), permissions: Permissions.all() });
    cluster.addUser('a-b', included('one'));
    expect(() => cluster.addUser('a_b', included('two'))).toThrow("the included passwords of users 'a_b' and 'a-b' are both defined as password_a_b");
  });

  test('a name that would not fit into an inbox prefix', () => {
    expect(() => withUsers().addUser('shop.eu', someUser)).toThrow("the user name 'shop.eu' is invalid; allowed: letters, digits, _ and -");
  });

  test('no password at all', () => {
    expect(() => withUsers().addUser('shop', { permissions: Permissions.all() })).toThrow("user 'shop' has no password; allowed: exactly one of password, passwordInclude, passwordHash, nkey and certificateSubject");
  });

  test('a password where its hash belongs is refused and not repeated', () => {
    expect(() => withUsers().addUser('shop', { passwordHash: 'hunter2', permissions: Permissions.all() })).toThrow(/^(?!.*hunter2).*passwordHash of user 'shop' is not a bcrypt hash/);
  });

  test.each([
    [{ publish: { allow: ['a..b'] } }, "permissions.publish.allow has 'a..b', which is not a subject"],
    [{ publish: { allow: ['orders queue'] } }, "permissions.publish.allow has 'orders queue', which is not a subject"],
    [{ subscribe: { deny: ['>.a'] } }, "permissions.subscribe.deny has '>.a', which is not a subject"],
    [{ publish: { allow: [] } }, 'permissions.publish.allow is an empty list, which nats-server reads as everything'],
    [{ allowResponses: { maxMessages: 0 } }, 'allowResponses has maxMessages 0'],
  ])('permissions %j', (permissions, message) => {
    expect(() => withUsers().addUser('shop', { ...someUser, permissions: Permissions.of(permissions) })).toThrow(message);
  });
});

test('a URL with credentials is refused and not repeated', () => {
  expect(() => NatsCluster.fromUrl(newChart(), 'nats', 'nats://shop:hunter2@nats:4222')).toThrow(/^(?!.*hunter2).*the URL of the cluster holds credentials/);
  expect(() => NatsCluster.fromUrl(newChart(), 'nats', 'http://nats:4222')).toThrow("'http://nats:4222' is not the URL of a NATS server");
});

test('what is guarded synthesizes once it is acknowledged', () => {
  const cluster = newCluster({ replicas: 2 });
  Rules.acknowledge(cluster, 'NATS-REPLICAS-EVEN', 'moves from two to three this week');
  expect(synth(cluster).get('StatefulSet', 'nats').spec.replicas).toBe(2);
});

test('the values next to the refused ones are accepted', () => {
  const warn = jest.spyOn(console, 'warn').mockImplementation();
  const cluster = newCluster({
    limits: { maxPayload: Size.mebibytes(64), maxSubscriptionTokens: 255 },
    jetStream: { memoryStore: { maxSize: Gi(1.6) }, fileStore: { size: Gi(10), maxSize: Gi(10) } },
    pod: { terminationGracePeriod: Duration.seconds(55) },
    name: 'n'.repeat(52),
    extraConfig: { max_traced_msg_len: 64, feature_flags: { Some_Flag: true }, log_file: NatsVariable.of('LOG_FILE') },
  });
  expect(synth(cluster).get('StatefulSet', 'n'.repeat(52)).spec.template.spec.terminationGracePeriodSeconds).toBe(55);
  expect(warn.mock.calls.map(([line]) => /\[([A-Z-]+)\]$/.exec(line)![1]).sort()).toEqual(['NATS-FILE-STORE-HEADROOM', 'NATS-MAX-PAYLOAD-LARGE']);
});

test('the text of nats.conf never holds a secret', () => {
  const token = SecretKey.fromName('nats-auth', 'token');
  expect(confOf(newCluster({ auth: NatsAuth.token(token) }))).toContain('token: $SECRET_NATS_AUTH_TOKEN_');
});
