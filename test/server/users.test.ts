import { connect, NatsConnection, nkeyAuthenticator, nkeys, NodeConnectionOptions } from '@nats-io/transport-node';
import { Duration } from 'cdk8s';
import { newCluster, synth } from '../support';
import { natsServer, NATS_VERSIONS } from './harness/binaries';
import { certificates, IssuedCertificate } from './harness/certificates';
import { conversation, mqttLogin, webSocketLogin } from './harness/conversation';
import { NatsProcess } from './harness/nats-process';
import { ServerPod } from './harness/pod';
import { TextClient } from './harness/text-client';
import {
  ContainerImage, NatsAuth, NatsAuthOptions, NatsCluster, NatsClusterProps, NatsConnectionType, NatsTls, NatsUserProps, Permissions, Rules, SecretKey,
} from '../../src';

jest.setTimeout(60_000);

// Built before the clock of a test runs.
NATS_VERSIONS.forEach((version) => natsServer(version));

const permissions = Permissions.all();
const password = SecretKey.fromName('users', 'password');
const secrets = { users: { password: 'secret' } };
const VIOLATION = /Authorization Violation/;

const open = new Set<NatsConnection>();
beforeEach(() => jest.spyOn(console, 'warn').mockImplementation());
afterEach(async () => {
  jest.restoreAllMocks();
  await Promise.all([...open].map((connection) => connection.close()));
  open.clear();
});

async function client(server: NatsProcess, options: NodeConnectionOptions): Promise<NatsConnection> {
  const connection = await connect({ servers: server.address('client'), reconnect: false, timeout: 5000, ...options });
  open.add(connection);
  return connection;
}

/** The user as whom a client is logged in, in the server's words. */
async function whoIs(server: NatsProcess, options: NodeConnectionOptions): Promise<string> {
  const answer = await (await client(server, options)).request('$SYS.REQ.USER.INFO');
  return answer.json<{ data: { user: string } }>().data.user;
}

const login = (server: NatsProcess, options: NodeConnectionOptions) => client(server, options).then(() => 'in', (error: Error) => error.message);

function acknowledged(cluster: NatsCluster): NatsCluster {
  Rules.acknowledge(cluster, 'NATS-WEB-SOCKET-PLAIN', 'a test');
  return cluster;
}

describe.each(NATS_VERSIONS)('on nats-server %s', (version) => {
  const images = { server: ContainerImage.of('nats', { tag: `${version}-alpine` }) };

  async function podWith(props: NatsClusterProps): Promise<NatsProcess> {
    const cluster = acknowledged(newCluster({ replicas: 1, images, ...props }));
    return (await ServerPod.start(synth(cluster), 0, { version, secrets })).server;
  }

  const podOf = (options: NatsAuthOptions, ...users: NatsUserProps[]) => podWith({ auth: NatsAuth.users(...users), authOptions: options });

  test('who has the seed of an nkey logs in, and nobody else does', async () => {
    const [shop, stranger] = [nkeys.createUser(), nkeys.createUser()];
    const server = await podOf({}, { name: 'shop', nkey: shop.getPublicKey(), permissions }, { name: 'ops', password, permissions });

    expect(await whoIs(server, { authenticator: nkeyAuthenticator(shop.getSeed()) })).toBe(shop.getPublicKey());
    for (const credentials of [{ authenticator: nkeyAuthenticator(stranger.getSeed()) }, { user: 'shop' }, { user: shop.getPublicKey() }, { user: shop.getPublicKey(), pass: '' }, {}]) {
      expect(await login(server, credentials)).toMatch(VIOLATION);
    }
  });

  describe('a client with a certificate', () => {
    const issued = certificates({
      ca: {},
      server: { issuer: 'ca', dnsNames: ['localhost'], ipAddresses: ['127.0.0.1'] },
      mail: { issuer: 'ca', emails: ['shop@example.com'] },
      dns: { issuer: 'ca', dnsNames: ['billing.example.com'] },
      uri: { issuer: 'ca', uris: ['spiffe://example.com/stock'] },
      subject: { issuer: 'ca', commonName: 'auditor', organization: 'Example' },
      otherOrder: { issuer: 'ca', commonName: 'carrier', organization: 'Example' },
      otherCompany: { issuer: 'ca', commonName: 'auditor', organization: 'Elsewhere' },
      stranger: { issuer: 'ca', dnsNames: ['other.example.com'], emails: ['shop@example.org'] },
    });
    const names = ['shop@example.com', 'billing.example.com', 'spiffe://example.com/stock', 'CN=auditor,O=Example', 'O=Example,CN=carrier'];
    const users = names.map((certificateSubject, index) => ({ name: `user-${index}`, certificateSubject, permissions }));
    const tls = ({ cert, key }: IssuedCertificate) => ({ tls: { ca: issued.ca.cert, cert, key } });
    const sources = { ...secrets, 'nats-tls': { 'tls.crt': issued.server.cert, 'tls.key': issued.server.key, 'ca.crt': issued.ca.cert } };
    const auth = NatsAuth.users(...users);
    const cluster = (props: NatsClusterProps = {}) => acknowledged(newCluster({ replicas: 1, images, auth, tls: NatsTls.fromSecret('nats-tls', { verifyAndMap: true }), ...props }));

    test('is the user whom it names, whatever else it says', async () => {
      const { server } = await ServerPod.start(synth(cluster()), 0, { version, secrets: sources });
      const known = [issued.mail, issued.dns, issued.uri, issued.subject, issued.otherOrder];
      for (const [index, certificate] of known.entries()) expect(await whoIs(server, tls(certificate))).toBe(names[index]);
      for (const certificate of [issued.otherCompany, issued.stranger]) {
        expect(await login(server, tls(certificate))).toMatch(VIOLATION);
        expect(await login(server, { ...tls(certificate), user: names[0], pass: '' })).toMatch(VIOLATION);
      }
      expect(await whoIs(server, { ...tls(issued.mail), user: names[1] })).toBe(names[0]);
      await expect(client(server, { tls: { ca: issued.ca.cert }, user: names[0] })).rejects.toThrow();
    });

    test('is nobody where certificates are not mapped', async () => {
      const plain = { tls: NatsTls.none() };
      const { server } = await ServerPod.start(synth(cluster({ jetStream: {}, mqtt: plain, webSocket: plain })), 0, { version, secrets: sources });
      expect(await mqttLogin(server.address('mqtt'), names[0], '')).toBe(5);
      expect(await webSocketLogin(server.address('websocket'), { user: names[0], pass: '' })).toMatch(VIOLATION);
    });
  });

  test('a client may only connect over what its user is allowed', async () => {
    const { STANDARD, WEBSOCKET, MQTT } = NatsConnectionType;
    const only = (name: string, ...allowedConnectionTypes: NatsConnectionType[]) => ({ name, password, permissions, allowedConnectionTypes });
    const server = await podWith({
      auth: NatsAuth.users(only('standard', STANDARD), only('web', WEBSOCKET), only('device', MQTT), { name: 'all', password, permissions }),
      jetStream: {},
      mqtt: {},
      webSocket: {},
    });
    const ways = async (user: string) => [
      await login(server, { user, pass: 'secret' }) === 'in',
      await webSocketLogin(server.address('websocket'), { user, pass: 'secret' }) === 'PONG',
      await mqttLogin(server.address('mqtt'), user, 'secret') === 0,
    ];
    expect(await ways('standard')).toEqual([true, false, false]);
    expect(await ways('web')).toEqual([false, true, false]);
    expect(await ways('device')).toEqual([false, false, true]);
    expect(await ways('all')).toEqual([true, true, true]);
  });

  test.each(['password', 'nkey'])('a client without credentials becomes the user for that, who has a %s, and none with wrong ones does', async (kind) => {
    const key = nkeys.createUser();
    const guest = { name: 'guest', permissions: Permissions.of({ publish: { allow: ['guests'] }, subscribe: { allow: ['$SYS.REQ.USER.INFO'] } }) };
    const server = await podOf({ noAuthUser: 'guest' }, { ...guest, ...kind === 'nkey' ? { nkey: key.getPublicKey() } : { password } }, { name: 'ops', password, permissions });
    const session = await TextClient.connect(server.clientUrl);

    expect(await session.say('PUB guests 0\r\n')).toEqual([]);
    expect(await session.say('PUB others 0\r\n')).toEqual(["-ERR 'Permissions Violation for Publish to \"others\"'"]);
    for (const credentials of [{ user: 'ops' }, { user: 'nobody', pass: 'secret' }, { token: 'secret' }]) expect(await login(server, credentials)).toMatch(VIOLATION);
    await expect(TextClient.connect(server.clientUrl, { pass: 'secret' })).rejects.toThrow(VIOLATION);
  });

  test('who has no permissions has the default ones, and who has some has these alone', async () => {
    const server = await podWith({
      auth: NatsAuth.users({ name: 'outside', password }),
      authOptions: { defaultPermissions: Permissions.of({ publish: { allow: ['outside'] } }) },
      accounts: [{
        name: 'SHOP',
        defaultPermissions: Permissions.of({ publish: { allow: ['inside'] } }),
        users: [{ name: 'default', password }, { name: 'own', password, permissions: Permissions.of({ publish: { allow: ['own'] } }) }],
      }],
    });
    const allowed = async (user: string) => {
      const session = await TextClient.connect(server.clientUrl, { user, pass: 'secret' });
      const subjects: string[] = [];
      for (const subject of ['outside', 'inside', 'own']) if ((await session.say(`PUB ${subject} 0\r\n`)).length === 0) subjects.push(subject);
      expect(await session.say(`SUB _INBOX_${user}.> 1`)).toEqual([]);
      expect(await session.say('SUB _INBOX_other.> 2')).toHaveLength(1);
      return subjects;
    };
    expect(await allowed('outside')).toEqual(['outside']);
    expect(await allowed('default')).toEqual(['inside']);
    expect(await allowed('own')).toEqual(['own']);
  });

  test('who does not log in in time is disconnected', async () => {
    const server = await podOf({ timeout: Duration.seconds(1) }, { name: 'shop', password, permissions });
    const { socket } = await conversation(server.address('client'), '', (answer) => answer.includes("-ERR 'Authentication Timeout'"));
    socket.destroy();
  });

  describe('an included block', () => {
    const auth = NatsAuth.include(SecretKey.fromName('nats-auth', 'auth.conf'));
    const file = (content: string) => ({ 'nats-auth': { 'auth.conf': content } });
    const pod = (content: string) => ServerPod.launch(synth(newCluster({ replicas: 1, images, auth })), 0, { version, secrets: file(content) });

    test.each([
      ['a token', 'token: "secret"', [{ token: 'secret' }], [{}, { token: 'wrong' }, { user: 'shop', pass: 'secret' }]],
      ['one user', 'user: shop, password: secret', [{ user: 'shop', pass: 'secret' }], [{}, { user: 'shop' }]],
      ['users', 'users = [ { user: shop, password: "secret", permissions { publish: "a" } } ]', [{ user: 'shop', pass: 'secret' }], [{}, { user: 'shop' }]],
      ['the JSON of the nats-operator', JSON.stringify({
        users: [{ username: 'shop', password: 'secret', permissions: { publish: ['a'], subscribe: ['b'] } }], default_permissions: { publish: ['c'] }, timeout: 5,
      }).slice(1, -1), [{ user: 'shop', pass: 'secret' }], [{}, { user: 'shop', pass: '' }]],
    ])('that holds %s says who logs in', async (_, content, allowed, refused) => {
      const started = pod(`${content}\n`);
      await started.ready();
      for (const credentials of allowed) expect(await login(started.server, credentials)).toBe('in');
      for (const credentials of refused) expect(await login(started.server, credentials)).toMatch(VIOLATION);
      await started.delete();
    });

    test('changes by reload', async () => {
      const started = pod('token: "old"\n');
      await started.ready();
      expect(await started.reload({ secrets: file('token: "new"\n') })).toBe('reloaded');
      expect(await login(started.server, { token: 'new' })).toBe('in');
      expect(await login(started.server, { token: 'old' })).toMatch(VIOLATION);
      await started.delete();
    });

    test.each([['is empty', '', 'is empty'], ['names nobody', 'timeout: 5\n', 'names no token and no user'], ['names somebody in a comment alone', '# token: "x"\n', 'names no token and no user']])(
      'that %s keeps the server from starting', async (_, content, reason) => {
        const { server } = pod(content);
        await expect(server.ready()).rejects.toThrow('nats-server exited with 1');
        expect(server.log).toBe(`nats-server is not started: key auth.conf of Secret nats-auth ${reason}\n`);
      },
    );
  });
});
