import { AuthorizationRequest, decode, encodeAuthorizationResponse, encodeUser } from '@nats-io/jwt';
import { createAccount, createCurve, fromCurveSeed, KeyPair } from '@nats-io/nkeys';
import { connect, Msg, NatsConnection } from '@nats-io/transport-node';
import { Duration } from 'cdk8s';
import { natsServer, NATS_VERSIONS } from './harness/binaries';
import { NatsProcess } from './harness/nats-process';
import { ServerPod } from './harness/pod';
import { TextClient } from './harness/text-client';
import { ContainerImage, NatsAuth, NatsAuthCallout, NatsClusterProps, Permissions, SecretKey } from '../../src';
import { newCluster, synth } from '../support';

jest.setTimeout(60_000);

// Built before the clock of a test runs.
NATS_VERSIONS.forEach((version) => natsServer(version));

const user = { password: SecretKey.fromName('users', 'password'), permissions: Permissions.all() };
const secrets = { users: { password: 'secret' } };
const issuer = createAccount();
const VIOLATION = /Authorization Violation/;

const open = new Set<NatsConnection>();
afterEach(async () => {
  await Promise.all([...open].map((connection) => connection.close()));
  open.clear();
});

/** Whom the service knows: password, account, and what may be published. */
const known: { [name: string]: { readonly pass: string; readonly account: string; readonly publish: string } } = {
  ann: { pass: 'ann\'s', account: 'APP', publish: 'app.>' },
  bob: { pass: 'bob\'s', account: 'OTHER', publish: 'other.>' },
};

/** A service that lets in whom it knows, and remembers about whom it was asked. */
async function serve(server: NatsProcess, xkey?: KeyPair): Promise<string[]> {
  const asked: string[] = [];
  const connection = await connect({ servers: server.clientUrl, user: 'auth', pass: 'secret' });
  open.add(connection);
  connection.subscribe('$SYS.REQ.USER.AUTH', { callback: (_, message) => { void answer(message, asked, xkey); } });
  await connection.flush();
  return asked;
}

async function answer(message: Msg, asked: string[], xkey?: KeyPair): Promise<void> {
  const serverKey = message.headers?.get('Nats-Server-Xkey') ?? '';
  const request = Buffer.from(xkey ? xkey.open(message.data, serverKey)! : message.data).toString();
  const { server_id: { id }, user_nkey: key, connect_opts: { user: name = '', pass } } = decode<AuthorizationRequest>(request).nats as AuthorizationRequest;
  asked.push(name);
  const found = known[name]?.pass === pass ? known[name] : undefined;
  const data = found ? { jwt: await encodeUser(name, key, issuer, { pub: { allow: [found.publish] }, sub: { allow: ['>'] } }, { aud: found.account }) } : { error: 'who is that?' };
  const response = Buffer.from(await encodeAuthorizationResponse(key, id, issuer, data, {}));
  message.respond(xkey ? xkey.seal(response, serverKey) : response);
}

describe.each(NATS_VERSIONS)('on nats-server %s', (version) => {
  const images = { server: ContainerImage.of('nats', { tag: `${version}-alpine` }) };

  async function startWith(callout: Partial<NatsAuthCallout>, props: NatsClusterProps = {}, timeout = Duration.seconds(30)): Promise<NatsProcess> {
    const cluster = newCluster({
      replicas: 1,
      images,
      auth: undefined,
      authOptions: { timeout, callout: { issuer: issuer.getPublicKey(), users: ['auth', 'ops'], account: 'AUTH', ...callout } },
      accounts: [{ name: 'AUTH', users: [{ name: 'auth', ...user }] }, { name: 'APP' }, { name: 'OTHER' }, { name: '$SYS', system: true, users: [{ name: 'ops', ...user }] }],
      ...props,
    });
    return (await ServerPod.start(synth(cluster), 0, { version, secrets })).server;
  }

  const session = (server: NatsProcess, name: string, pass: string) => TextClient.connect(server.clientUrl, { user: name, pass });
  const refused = (server: NatsProcess, name: string, pass: string) => expect(session(server, name, pass)).rejects.toThrow(VIOLATION);

  test.each([['in clear', undefined], ['encrypted', createCurve()]])('a service that is asked %s decides who gets in, where, and what they may do', async (_, xkey) => {
    const server = await startWith({ xkey: xkey?.getPublicKey() });
    const asked = await serve(server, xkey && fromCurveSeed(xkey.getSeed()));
    const [ann, bob] = [await session(server, 'ann', 'ann\'s'), await session(server, 'bob', 'bob\'s')];

    expect(await ann.say('PUB app.a 0\r\n')).toEqual([]);
    expect(await ann.say('PUB other.a 0\r\n')).toEqual(["-ERR 'Permissions Violation for Publish to \"other.a\"'"]);
    await bob.say('SUB > 1');
    await ann.say('PUB app.a 0\r\n');
    expect(await bob.say('PUB other.a 0\r\n')).toEqual(['MSG other.a 1 0', '']);
    await refused(server, 'ann', 'wrong');
    await refused(server, 'eve', 'secret');
    expect(asked.sort()).toEqual(['ann', 'ann', 'bob', 'eve']);
  });

  test('users whom the callout names get in without being asked about, and with their own password alone', async () => {
    const server = await startWith({});
    const asked = await serve(server);

    expect(await (await session(server, 'ops', 'secret')).say('SUB $SYS.> 1')).toEqual([]);
    expect(asked).toEqual([]);
    await refused(server, 'ops', 'wrong');
  });

  test('nobody else gets in while there is no service', async () => {
    const server = await startWith({}, {}, Duration.seconds(1));
    await refused(server, 'ann', 'ann\'s');
    await session(server, 'ops', 'secret');
  });

  test('users of accounts that are not allowed log in as they are defined; the service may still put somebody there', async () => {
    const server = await startWith({ users: ['auth'], allowedAccounts: ['APP'] }, {
      accounts: [{ name: 'AUTH', users: [{ name: 'auth', ...user }] }, { name: 'APP' }, { name: 'OTHER', users: [{ name: 'own', ...user }] }],
    });
    const asked = await serve(server);
    await session(server, 'own', 'secret');
    expect(asked).toEqual([]);

    expect(await (await session(server, 'bob', 'bob\'s')).say('PUB other.a 0\r\n')).toEqual([]);
  });

  test('a service outside of accounts puts users there', async () => {
    known.cid = { pass: 'cid\'s', account: '$G', publish: '>' };
    const server = await startWith({ users: ['auth'], account: undefined }, { auth: NatsAuth.users({ name: 'auth', ...user }), accounts: [] });
    await serve(server);
    expect(await (await session(server, 'cid', 'cid\'s')).say('SUB a 1', 'PUB a 0\r\n')).toEqual(['MSG a 1 0', '']);
  });
});

test('the server asks about users whom the callout does not name, although they are defined, which is why that is refused', async () => {
  const config = (users: string) => `
listen: "127.0.0.1:-1"
accounts { AUTH { users: [ { user: auth, password: secret } ] }, APP { users: [ { user: own, password: secret } ] } }
authorization { timeout: 30, auth_callout { issuer: ${issuer.getPublicKey()}, account: AUTH, auth_users: [ ${users} ] } }`;
  const [named, unnamed] = await Promise.all(['auth, own', 'auth'].map((users) => NatsProcess.start({ config: config(users) })));
  await Promise.all([named, unnamed].map((server) => serve(server)));

  await TextClient.connect(named.clientUrl, { user: 'own', pass: 'secret' });
  await expect(TextClient.connect(unnamed.clientUrl, { user: 'own', pass: 'secret' })).rejects.toThrow(VIOLATION);
});
