import { createServer } from 'http';
import { createServer as createHttpsServer } from 'https';
import { AddressInfo } from 'net';
import { decode } from '@nats-io/jwt';
import { connect, credsAuthenticator, NatsConnection } from '@nats-io/transport-node';
import { Duration } from 'cdk8s';
import { natsServer, NATS_VERSIONS } from './harness/binaries';
import { certificates, IssuedCertificate } from './harness/certificates';
import { eventually } from './harness/eventually';
import { NatsProcess } from './harness/nats-process';
import { Secrets, ServerPod } from './harness/pod';
import { PodNetwork } from './harness/pod-network';
import {
  ContainerImage, NatsAuth, NatsClientCertificate, NatsCluster, NatsClusterProps, NatsOperatorOptions, NatsRemoteGateway, NatsResolver, NatsTlsCa,
} from '../../src';
import { OperatedAccount, OperatedUser, Operator } from '../operator';
import { Manifest, newChart, newCluster, synth } from '../support';

jest.setTimeout(60_000);

// Built before the clock of a test runs.
NATS_VERSIONS.forEach((version) => natsServer(version));

type Operated = Awaited<ReturnType<typeof Operator.withSystemAccount>>;

// Made once, because signing takes a while.
let operator: Operated;
let admin: OperatedUser;
let orders: OperatedAccount;
let shop: OperatedUser;
/** Of an account that no server is told of. */
let nobody: OperatedUser;
/** Names no system account. */
let plain: Operator;
/** Asks for newer servers than there are. */
let demanding: Operator;
beforeAll(async () => {
  [plain, demanding] = [await Operator.create(), await Operator.create({ assert_server_version: '2.99.0' })];
  operator = await Operator.withSystemAccount();
  orders = await operator.account('ORDERS');
  [admin, shop, nobody] = await Promise.all([operator.system.user('admin'), orders.user('shop'), (await operator.account('UNKNOWN')).user('nobody')]);
});

const open = new Set<NatsConnection>();
afterEach(async () => {
  await Promise.all([...open].map((connection) => connection.close()));
  open.clear();
});

async function client({ clientUrl }: NatsProcess, user?: OperatedUser): Promise<NatsConnection> {
  const connection = await connect({ servers: clientUrl, reconnect: false, authenticator: user && credsAuthenticator(user.creds) });
  open.add(connection);
  return connection;
}

const login = (server: NatsProcess, user?: OperatedUser) => client(server, user).then(() => 'in', (error: Error) => error.message);
const REFUSED = /Authorization Violation/;
const FULL = 'resolver: { type: full, dir: "jwt" }';
const subjectOf = (jwt: string) => decode(jwt).sub;

/** The JWT of the system account, with storage. */
async function withStorage(): Promise<string> {
  return (await operator.account('SYS', { limits: { disk_storage: -1 } }, {}, operator.system.key)).jwt;
}

/** What `nsc push` sends, and what the server answers. */
async function push(server: NatsProcess, subject: string, jwt: string): Promise<unknown> {
  const answer = await (await client(server, admin)).request(`$SYS.REQ.CLAIMS.${subject}`, jwt, { timeout: 5000 });
  const { data, error } = answer.json<{ data?: unknown; error?: { description: string } }>();
  return error?.description ?? data;
}

describe.each(NATS_VERSIONS)('on nats-server %s', (version) => {
  const images = { server: ContainerImage.of('nats', { tag: `${version}-alpine` }) };

  const clusterWith = (options: Partial<NatsOperatorOptions>, props: NatsClusterProps = {}) => newCluster({
    replicas: 1,
    images,
    auth: NatsAuth.operator({ operators: [operator.jwt], resolver: NatsResolver.full(), preload: [operator.system.jwt], ...options }),
    ...props,
  });
  const start = (options: Partial<NatsOperatorOptions>) => ServerPod.start(synth(clusterWith(options)), 0, { version });

  test('accounts that are pushed to a full resolver log in, and still do after a restart', async () => {
    const pod = await start({});
    expect(await login(pod.server, shop)).toMatch(REFUSED);
    expect(await push(pod.server, 'UPDATE', orders.jwt)).toMatchObject({ code: 200 });
    expect(await login(pod.server, shop)).toBe('in');

    await Promise.all([...open].map((connection) => connection.close()));
    await pod.kill();
    await pod.restart();
    expect(await login(pod.server, shop)).toBe('in');
    expect(await login(pod.server, nobody)).toMatch(REFUSED);
    expect(await login(pod.server)).toMatch(REFUSED);
    await pod.delete();
  });

  test('an account of another operator is kept, and nobody of it gets in', async () => {
    const pod = await start({});
    const strange = await (await Operator.create()).account('STRANGE');
    await push(pod.server, 'UPDATE', strange.jwt);

    expect(await login(pod.server, await strange.user('stranger'))).toMatch(REFUSED);
    await pod.delete();
  });

  test('accounts are deleted where that is allowed, and only there', async () => {
    const [keeping, deleting] = [await start({}), await start({ resolver: NatsResolver.full({ allowDelete: true, hardDelete: true }) })];
    for (const pod of [keeping, deleting]) expect(await push(pod.server, 'UPDATE', orders.jwt)).toMatchObject({ code: 200 });

    expect(await push(keeping.server, 'DELETE', await operator.deletion(orders))).toMatch(/delete (must be|is not) enabled|not enabled/i);
    expect(await login(keeping.server, shop)).toBe('in');
    expect(await push(deleting.server, 'DELETE', await operator.deletion(orders))).toMatchObject({ code: 200 });
    expect(await login(deleting.server, shop)).toMatch(REFUSED);
    await Promise.all([keeping.delete(), deleting.delete()]);
  });

  test('limits and permissions that are signed hold', async () => {
    const tight = await operator.account('TIGHT', { limits: { conn: 1 } });
    const pod = await start({ preload: [operator.system.jwt, tight.jwt] });
    const user = await tight.user('reader', { pub: { deny: ['>'] } });
    const reader = await client(pod.server, user);
    const status = reader.status()[Symbol.asyncIterator]();
    reader.publish('a');

    expect((await status.next()).value).toMatchObject({ type: 'error', error: { message: expect.stringContaining('Permissions Violation for Publish to "a"') } });
    expect(await login(pod.server, user)).not.toBe('in');
    await pod.server.waitForLog(/maximum account active connections exceeded/);
    await pod.delete();
  });

  test('servers of a cluster tell each other of accounts', async () => {
    const pods = await ServerPod.startAll(synth(clusterWith({}, { replicas: 3 })), { version });
    const others = ({ routes = [] }: Manifest) => new Set(routes.map(({ remote_name: name }: Manifest) => name));
    await eventually(() => pods[0].monitor('routez'), (answer) => others(answer).size === 2);
    expect(await push(pods[0].server, 'UPDATE', orders.jwt)).toMatchObject({ code: 200 });

    for (const { server } of pods) expect(await eventually(() => login(server, shop), (answer) => answer === 'in')).toBe('in');
    await Promise.all(pods.map((pod) => pod.delete()));
  });

  test('a cache asks the servers of another cluster, who have all accounts', async () => {
    const chart = newChart();
    const gateway = (name: string, resolver: NatsResolver, remotes?: NatsRemoteGateway[]) => new NatsCluster(chart, name, {
      replicas: 1, images, gateway: { remotes }, auth: NatsAuth.operator({ operators: [operator.jwt], resolver, preload: [operator.system.jwt] }),
    });
    const hub = gateway('hub', NatsResolver.full());
    const edge = gateway('edge', NatsResolver.cache({ ttl: Duration.hours(1) }), [NatsRemoteGateway.cluster(hub)]);
    const network = await PodNetwork.of([synth(hub)]);
    const startOne = (cluster: NatsCluster) => ServerPod.start(synth(cluster), 0, { version, network, statefulSet: cluster.node.id });
    const pods = await Promise.all([hub, edge].map(startOne));
    const [hubServer, edgeServer] = pods.map(({ server }) => server);
    await Promise.all([hubServer, edgeServer].map((server) => server.waitForLog(/Outbound gateway connection to "messaging-\w+" .* registered/)));
    expect(await push(hubServer, 'UPDATE', orders.jwt)).toMatchObject({ code: 200 });

    expect(await eventually(() => login(edgeServer, shop), (answer) => answer === 'in')).toBe('in');
    expect(await login(edgeServer, nobody)).toMatch(REFUSED);
  });

  test('a memory resolver knows those accounts that it has from the start', async () => {
    const pod = await start({ resolver: NatsResolver.memory(), preload: [operator.system.jwt, orders.jwt] });

    expect(await login(pod.server, shop)).toBe('in');
    expect(await login(pod.server, nobody)).toMatch(REFUSED);
    await pod.delete();
  });

  test('an account server is asked for each account', async () => {
    const jwts = new Map([operator.system, orders].map(({ publicKey, jwt }) => [`/accounts/${publicKey}`, jwt]));
    const asked: string[] = [];
    const accountServer = createServer(({ url }, response) => {
      asked.push(url!);
      response.writeHead(jwts.has(url!) || url === '/accounts/' ? 200 : 404).end(jwts.get(url!));
    });
    await new Promise<void>((resolve) => { accountServer.listen(0, '127.0.0.1', resolve); });
    const { port } = accountServer.address() as AddressInfo;
    const pod = await start({ resolver: NatsResolver.url(`http://127.0.0.1:${port}/accounts/`), preload: undefined });

    expect(await login(pod.server, shop)).toBe('in');
    expect(await login(pod.server, nobody)).toMatch(REFUSED);
    expect(asked).toContain(`/accounts/${orders.publicKey}`);
    await pod.delete();
    accountServer.close();
  });

  test('an account server beside preloaded accounts is refused, by the server at its start and by the construct', async () => {
    const accountServer = createServer((_, response) => response.end());
    await new Promise<void>((resolve) => { accountServer.listen(0, '127.0.0.1', resolve); });
    const url = `http://127.0.0.1:${(accountServer.address() as AddressInfo).port}`;
    const config = `listen: "127.0.0.1:-1"\noperator: "${operator.jwt}"\nresolver: "URL(${url})"\nresolver_preload: { ${orders.publicKey}: "${orders.jwt}" }`;

    await expect(NatsProcess.start({ version, config })).rejects.toThrow(/resolver preloads only available for writeable resolver types/);
    expect(() => clusterWith({ resolver: NatsResolver.url(url), preload: [orders.jwt] })).toThrow('[NATS-RESOLVER]');
    accountServer.close();
  });

  test('an account server over HTTPS is believed by its CA, sees a certificate, and both are taken over by reload', async () => {
    const here = { dnsNames: ['localhost'], ipAddresses: ['127.0.0.1'] };
    const { ca, accounts, client: shown, strangerCa, stranger } = certificates({
      ca: {},
      accounts: { issuer: 'ca', ...here, usages: ['server'] },
      client: { issuer: 'ca', usages: ['client'] },
      strangerCa: {},
      stranger: { issuer: 'strangerCa', usages: ['client'] },
    });
    const jwts = new Map([operator.system, orders].map(({ publicKey, jwt }) => [`/accounts/${publicKey}`, jwt]));
    const accountServer = createHttpsServer({ ...accounts, ca: ca.cert, requestCert: true, rejectUnauthorized: true }, ({ url }, response) => {
      response.writeHead(jwts.has(url!) || url === '/accounts/' ? 200 : 404).end(jwts.get(url!));
    });
    await new Promise<void>((resolve) => { accountServer.listen(0, '127.0.0.1', resolve); });
    const { port } = accountServer.address() as AddressInfo;
    const resolver = NatsResolver.url(`https://127.0.0.1:${port}/accounts/`, {
      ca: NatsTlsCa.fromSecret('accounts-tls'), certificate: NatsClientCertificate.fromSecret('accounts-tls'),
    });
    const secretOf = (authority: IssuedCertificate, { cert, key }: IssuedCertificate): Secrets =>
      ({ 'accounts-tls': { 'ca.crt': authority.cert, 'tls.crt': cert, 'tls.key': key } });
    const manifests = synth(clusterWith({ resolver, preload: undefined }));

    const pod = await ServerPod.start(manifests, 0, { version, secrets: secretOf(ca, shown) });
    expect(await login(pod.server, shop)).toBe('in');
    for (const stale of [secretOf(strangerCa, shown), secretOf(ca, stranger)]) {
      const refused = ServerPod.launch(manifests, 0, { version, secrets: stale });
      await expect(refused.ready()).rejects.toThrow(/could not fetch/);
      await refused.delete();
    }
    const fresh = await operator.account('FRESH');
    jwts.set(`/accounts/${fresh.publicKey}`, fresh.jwt);
    expect(await pod.reload({ secrets: secretOf(strangerCa, shown) })).toBe('reloaded');
    expect(await login(pod.server, await fresh.user('first'))).toMatch(REFUSED);
    expect(await pod.reload({ secrets: secretOf(ca, shown) })).toBe('reloaded');
    expect(await login(pod.server, await fresh.user('second'))).toBe('in');
    await pod.delete();
    accountServer.close();
  });

  test('users of pinned accounts log in, and those of the system account, and no others', async () => {
    const billing = await operator.account('BILLING');
    const pod = await start({ preload: [operator.system.jwt, orders.jwt, billing.jwt], pinnedAccounts: [orders.publicKey] });

    for (const user of [shop, admin]) expect(await login(pod.server, user)).toBe('in');
    expect(await login(pod.server, await billing.user('clerk'))).toMatch(REFUSED);
    await pod.delete();
  });

  test('an empty list of pinned accounts would let nobody in', async () => {
    const server = await NatsProcess.start({
      version,
      config: `listen: "127.0.0.1:-1"\noperator: "${operator.jwt}"\nresolver: MEMORY\nresolver_pinned_accounts: []\n`
        + `resolver_preload: { ${[operator.system, orders].map(({ publicKey, jwt }) => `${publicKey}: "${jwt}"`).join(', ')} }`,
    });

    for (const user of [shop, admin]) expect(await login(server, user)).toMatch(REFUSED);
    expect(() => clusterWith({ pinnedAccounts: [] })).toThrow('[NATS-PINNED-ACCOUNTS]');
    await server.stop();
  });

  test('several operators, of whom one signs with a key of its own, each have their accounts', async () => {
    const { operator: other, signer } = await Operator.withSigningKey();
    const signed = await other.account('SIGNED', {}, { signer });
    const pod = await start({ operators: [operator.jwt, other.jwt], preload: [operator.system.jwt, orders.jwt, signed.jwt] });

    for (const user of [shop, await signed.user('somebody')]) expect(await login(pod.server, user)).toBe('in');
    await pod.delete();
  });

  test.each<[what: string, props: () => Promise<Partial<NatsOperatorOptions>>, config: string, words: RegExp, rule: string]>([
    ['a full resolver without a system account', async () => ({ operators: [plain.jwt], preload: undefined }), FULL, /the system account needs to be specified/, 'NATS-RESOLVER'],
    ['another system account than the operator\'s', async () => ({ systemAccount: orders.publicKey }), FULL, /system_account in config and operator JWT must be identical/, 'NATS-OPERATOR-SYSTEM-ACCOUNT'],
    ['a memory resolver without the system account', async () => ({ resolver: NatsResolver.memory(), preload: [orders.jwt] }), 'resolver: MEMORY', /error resolving system account/, 'NATS-OPERATOR-SYSTEM-ACCOUNT'],
    ['a system account with JetStream', async () => ({ preload: [await withStorage()] }), `${FULL}\njetstream { store_dir: "store" }`, /Not allowed to enable JetStream on the system account/, 'NATS-OPERATOR-SYSTEM-ACCOUNT'],
    ['an operator that asks for newer servers', async () => ({ operators: [demanding.jwt], systemAccount: operator.system.publicKey }), FULL, /expected (major|minor) version \d+ > server/, 'NATS-OPERATOR-VERSION'],
    ['hard deletion without deletion', async () => ({ resolver: NatsResolver.full({ hardDelete: true }) }), FULL.replace('full', 'full, hard_delete: true'), /hard_delete has no effect without delete/, 'NATS-RESOLVER'],
    ['the name of an account that is pinned', async () => ({ pinnedAccounts: ['ORDERS'] }), `${FULL}\nresolver_pinned_accounts: [ ORDERS ]`, /pinned account key "ORDERS" is not a valid public account nkey/, 'NATS-PINNED-ACCOUNTS'],
    ['somebody as sentinel', async () => ({ defaultSentinel: shop.jwt }), FULL, /default sentinel must be a bearer token/, 'NATS-JWT'],
  ])('%s is refused, by the server at its start and by the construct', async (_, propsOf, resolver, words, rule) => {
    const given = await propsOf();
    expect(() => clusterWith(given)).toThrow(`[${rule}]`);

    const { operators = [operator.jwt], preload = [], systemAccount, defaultSentinel } = given;
    const server = NatsProcess.spawn({
      version,
      config: [
        'listen: "127.0.0.1:-1"', `operator: [ ${operators.map((jwt) => `"${jwt}"`).join(', ')} ]`, resolver,
        `resolver_preload: { ${preload.map((jwt) => `${subjectOf(jwt)}: "${jwt}"`).join(', ')} }`,
        ...systemAccount ? [`system_account: ${systemAccount}`] : [], ...defaultSentinel ? [`default_sentinel: "${defaultSentinel}"`] : [],
      ].join('\n'),
    });
    await expect(server.ready()).rejects.toThrow(words);
  });

  test('who has no credentials is the sentinel', async () => {
    const sentinel = await orders.user('sentinel', { bearer_token: true, pub: { deny: ['>'] } });
    const pod = await start({ preload: [operator.system.jwt, orders.jwt], defaultSentinel: sentinel.jwt });

    expect(await login(pod.server)).toBe('in');
    await pod.delete();
  });
});
