import { encodeUser } from '@nats-io/jwt';
import { createAccount, createUser } from '@nats-io/nkeys';
import { Duration, Size } from 'cdk8s';
import {
  Certificate, CertificateAuthority, CertificateUsage, ContainerImage, NatsAuth, NatsClientCertificate, NatsCluster, NatsClusterProps,
  NatsOperatorOptions, NatsResolver, NatsTlsCa, NatsVersion, RequiredSecrets, Rules,
} from '../../../src';
import { OperatedAccount, Operator } from '../../operator';
import { confOf, Manifests, newChart, newCluster, podOf, someUser, synth } from '../../support';

// The library that signs takes its time inside Jest.
jest.setTimeout(60_000);

type Operated = Awaited<ReturnType<typeof Operator.withSystemAccount>>;

const DAY = 24 * 3600;
const now = Math.floor(Date.now() / 1000);
let operator: Operated;
let orders: OperatedAccount;
let user: Awaited<ReturnType<OperatedAccount['user']>>;

beforeAll(async () => {
  operator = await Operator.withSystemAccount();
  orders = await operator.account('ORDERS');
  user = await orders.user('shop');
});

/** A resolver that has the system account, if it keeps any. */
const withSystem = (resolver: NatsResolver) => ({ resolver, preload: resolver._kind === 'url' ? undefined : [operator.system.jwt] });

const cluster = (options: Partial<NatsOperatorOptions> = {}, props: NatsClusterProps = {}) =>
  newCluster({ auth: NatsAuth.operator({ operators: [operator.jwt], resolver: NatsResolver.full(), ...options }), ...props });

describe('operator mode', () => {
  test('has the operator, its system account, a resolver and what is preloaded', () => {
    const conf = confOf(cluster({ preload: [orders.jwt, operator.system.jwt] }));
    expect(conf).toContain(`\noperator: "${operator.jwt}"\n`);
    expect(conf).toContain(`\nsystem_account: "${operator.system.publicKey}"\n`);
    expect(conf).toContain('\nresolver {\n  dir: "/data/resolver"\n  type: "full"\n}\n');
    const preload = [[orders.publicKey, orders.jwt], [operator.system.publicKey, operator.system.jwt]].map(([key, jwt]) => `  ${key}: "${jwt}"\n`).sort().join('');
    expect(conf).toContain(`\nresolver_preload {\n${preload}}\n`);
    expect(conf).not.toMatch(/^(authorization|accounts|no_auth_user)/m);
  });

  test('takes JWTs with white space around them, as files have', () => {
    expect(confOf(cluster({ operators: [`\n${operator.jwt}\n`], preload: [`${orders.jwt} \n`] }))).toBe(confOf(cluster({ preload: [orders.jwt] })));
  });

  test('has several operators, whose signing keys sign', async () => {
    const { operator: other, signer } = await Operator.withSigningKey();
    const signed = await other.account('SIGNED', {}, { signer });
    const conf = confOf(cluster({ operators: [operator.jwt, other.jwt], preload: [operator.system.jwt, signed.jwt] }));
    expect(conf).toContain(`\noperator: [\n  "${operator.jwt}"\n  "${other.jwt}"\n]\n`);
  });

  test.each(['operator', 'resolver', 'resolver_tls', 'resolver_preload', 'resolver_pinned_accounts', 'trusted_keys', 'default_sentinel'])('has no %s in extraConfig', (option) => {
    expect(() => cluster({}, { extraConfig: { [option]: 'a' } })).toThrow(`[test/nats] extraConfig sets ${option}, which has the prop auth; fix: use auth [NATS-EXTRA-CONFIG]`);
  });

  test('has a sentinel whom clients without credentials become', async () => {
    const bearer = await orders.user('nobody', { bearer_token: true });
    expect(confOf(cluster({ defaultSentinel: bearer.jwt }))).toContain(`default_sentinel: "${bearer.jwt}"\n`);
    const scoped = await encodeUser('nobody', createUser(), orders.key, {}, { scopedUser: true, signer: createAccount() });
    expect(confOf(cluster({ defaultSentinel: scoped }))).toContain(`default_sentinel: "${scoped}"\n`);
  });
});

describe('resolvers', () => {
  const resolverOf = (resolver: NatsResolver) => /^resolver( \{[^]*?^\}|: .*)/m.exec(confOf(cluster(withSystem(resolver))))![0].replace(/\s+/g, ' ');

  test.each<[what: string, resolver: NatsResolver, text: string]>([
    ['memory', NatsResolver.memory(), 'resolver: "MEMORY"'],
    ['an account server', NatsResolver.url('https://accounts.example.com/jwt/v1/accounts/'), 'resolver: "URL(https://accounts.example.com/jwt/v1/accounts/)"'],
    ['a full one with all options', NatsResolver.full({
      directory: '/jwt', limit: 100, timeout: Duration.seconds(3), interval: Duration.minutes(5), allowDelete: true, hardDelete: true,
    }), 'resolver { allow_delete: true dir: "/jwt" hard_delete: true interval: "5m" limit: 100 timeout: "3s" type: "full" }'],
    ['one that deletes nothing', NatsResolver.full({ allowDelete: false, hardDelete: false }), 'resolver { allow_delete: false dir: "/data/resolver" type: "full" }'],
    ['a cache', NatsResolver.cache({ ttl: Duration.hours(1), limit: 10 }), 'resolver { dir: "/data/resolver" limit: 10 ttl: "1h" type: "cache" }'],
  ])('%s', (_, resolver, text) => expect(resolverOf(resolver)).toBe(text));

  const statefulSet = (resolver: NatsResolver, props: NatsClusterProps = {}) => synth(cluster(withSystem(resolver), props)).get('StatefulSet', 'nats').spec;

  test('keep JWTs on a volume of their own', () => {
    const spec = statefulSet(NatsResolver.full({ size: Size.gibibytes(2), storageClassName: 'fast', directory: '/jwt' }), { jetStream: {} });
    expect(spec.volumeClaimTemplates.map(({ metadata }: { metadata: { name: string } }) => metadata.name)).toEqual(['nats-js', 'nats-resolver']);
    expect(spec.volumeClaimTemplates[1].spec).toEqual({ accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '2Gi' } }, storageClassName: 'fast', volumeMode: 'Filesystem' });
    expect(spec.template.spec.containers[0].volumeMounts).toContainEqual({ name: 'nats-resolver', mountPath: '/jwt' });
  });

  test('keep them in an empty folder where that is enough', () => {
    const spec = statefulSet(NatsResolver.cache({ persistent: false }));
    expect(spec.volumeClaimTemplates).toBeUndefined();
    expect(spec.template.spec.volumes).toContainEqual({ name: 'nats-resolver', emptyDir: {} });
    expect(spec.template.spec.containers[0].volumeMounts).toContainEqual({ name: 'nats-resolver', mountPath: '/data/resolver' });
  });

  test.each([NatsResolver.memory(), NatsResolver.url('https://accounts.example.com')])('in memory and elsewhere need no volume', (resolver) => {
    expect(JSON.stringify(statefulSet(resolver))).not.toContain('nats-resolver');
  });

  test.each<[what: string, resolver: NatsResolver, message: string | RegExp]>([
    ['a URL that is none', NatsResolver.url('accounts.example.com'), "[test/nats] the resolver has the URL 'accounts.example.com'; allowed: http:// or https://, a host and a path [NATS-RESOLVER]"],
    ['another scheme', NatsResolver.url('nats://accounts'), "the resolver has the URL 'nats://accounts'; allowed: http:// or https://"],
    ['a URL with credentials, which are not repeated', NatsResolver.url('https://a:hunter2@accounts'), /^(?!.*hunter2).*the resolver has a URL with credentials \(not shown here\)/],
    ['a URL that the server takes for the memory resolver', NatsResolver.url('https://members.example.com'),
      "the resolver has the URL 'https://members.example.com', which nats-server takes for the memory resolver because of 'mem' in it; allowed: a URL without these letters"],
    ['a relative directory', NatsResolver.full({ directory: 'jwt' }), "the resolver has the directory 'jwt'; allowed: an absolute path"],
    ['hard deletion without deletion', NatsResolver.full({ hardDelete: true }), 'the resolver has hardDelete without allowDelete; allowed: both'],
    ['no JWTs', NatsResolver.full({ limit: 0 }), 'the resolver has limit 0; allowed: a whole number from 1'],
    ['a volume of no size', NatsResolver.cache({ size: Size.kibibytes(0) }), 'the resolver has a volume of no size; allowed: at least a byte'],
    ['no time to compare', NatsResolver.full({ interval: Duration.millis(0) }), 'the resolver has interval 0 ms; allowed: a time longer than zero'],
    ['no time to wait', NatsResolver.cache({ timeout: Duration.millis(0) }), 'the resolver has timeout 0 ms'],
    ['no time to live', NatsResolver.cache({ ttl: Duration.millis(0) }), 'the resolver has ttl 0 ms'],
    ['a CA for a server in clear', NatsResolver.url('http://accounts', { ca: NatsTlsCa.fromConfigMap('cas') }),
      "the resolver has the URL 'http://accounts' with a CA or a certificate; allowed: an https:// URL [NATS-RESOLVER]"],
  ])('with %s throw', (_, resolver, message) => expect(() => cluster(withSystem(resolver))).toThrow(message));

  test('have the certificates by which an account server is believed, and which it wants to see', () => {
    const certificate = NatsClientCertificate.fromSecret('accounts-tls');
    const nats = cluster({ resolver: NatsResolver.url('https://accounts', { ca: NatsTlsCa.fromConfigMap('cas'), certificate }) });
    const [server, reloader] = podOf(nats).spec.containers;
    expect(confOf(nats)).toContain('\nresolver_tls {\n  ca_file: "/etc/nats-ca-certs/cas/ca.crt"\n  cert_file: "/etc/nats-certs/accounts-tls/tls.crt"\n  key_file: "/etc/nats-certs/accounts-tls/tls.key"\n}\n');
    expect(server.volumeMounts).toContainEqual({ name: 'tls-accounts-tls', mountPath: '/etc/nats-certs/accounts-tls', readOnly: true });
    expect(reloader.args).toEqual(expect.arrayContaining(['/etc/nats-ca-certs/cas/ca.crt', '/etc/nats-certs/accounts-tls/tls.crt']));
    expect(RequiredSecrets.of(nats).filter(({ usedBy }) => usedBy.includes('NATS cluster nats (account server)')).map(({ secretName, key }) => `${secretName}/${key}`))
      .toEqual(['accounts-tls/tls.crt', 'accounts-tls/tls.key']);
    expect(confOf(cluster({ resolver: NatsResolver.url('https://accounts') }))).not.toContain('resolver_tls');
  });

  test('show no certificate of the app that is for servers alone', () => {
    const chart = newChart();
    const made = new Certificate(chart, 'accounts-tls', { issuer: new CertificateAuthority(chart, 'ca').issuer, dnsNames: ['nats'], usages: [CertificateUsage.SERVER_AUTH] });
    const resolver = NatsResolver.url('https://accounts', { certificate: NatsClientCertificate.fromCertificate(made) });
    new NatsCluster(chart, 'nats', { auth: NatsAuth.operator({ operators: [operator.jwt], resolver }) });
    expect(() => Manifests.of(chart)).toThrow("[test/nats] the resolver has the certificate test/accounts-tls, whose usages lack 'client auth'");
  });

  test('of which one asks for each account are given none', () => {
    expect(() => cluster({ resolver: NatsResolver.url('https://accounts'), preload: [operator.system.jwt] })).toThrow(
      '[test/nats] auth.preload is given beside an account server; allowed: a resolver that keeps JWTs; fix: leave preload out, or use another resolver [NATS-RESOLVER]',
    );
  });

  test('do not share their directory with JetStream', () => {
    expect(() => cluster({ resolver: NatsResolver.full({ directory: '/data' }) }, { jetStream: {} })).toThrow(
      "[test/nats] the resolver has the directory '/data', which is that of JetStream; allowed: a directory of its own; fix: leave directory out [NATS-RESOLVER]",
    );
  });
});

describe('what throws where it is given', () => {
  const damaged = (jwt: string) => jwt.replace(/\.([^.]*)\./, (_, claims: string) => `.${Buffer.from(Buffer.from(claims, 'base64url').toString().replace('"ORDERS"', '"BORDERS"')).toString('base64url')}.`);

  test.each<[what: string, options: () => Partial<NatsOperatorOptions>, message: string | RegExp]>([
    ['no operator', () => ({ operators: [] }), '[test/nats] auth.operators is empty; allowed: at least one JWT of an operator [NATS-JWT]'],
    ['a text that is no JWT', () => ({ operators: ['/jwt/op.jwt'] }),
      '[test/nats] auth.operators[0] (not shown here) is not three texts with dots between; allowed: the JWT of kind operator, as "nsc describe operator --raw" prints it [NATS-JWT]'],
    ['three texts that hold nothing', () => ({ operators: ['a.b.c'] }), 'auth.operators[0] (not shown here) cannot be decoded'],
    ['creds, which are not repeated', () => ({ operators: [Buffer.from(user.creds).toString()] }), /^(?!.*SEED)(?!.*SU\w{10})[^]*auth\.operators\[0\] \(not shown here\) (is not three texts|cannot be decoded)/],
    ['a value that is no text', () => ({ operators: [undefined as unknown as string] }), 'auth.operators[0] (not shown here) is not three texts'],
    ['an account in place of an operator', () => ({ operators: [orders.jwt] }), "auth.operators[0] (not shown here) is a JWT of kind 'account'; allowed: the JWT of kind operator"],
    ['a user in place of an account', () => ({ preload: [orders.jwt, user.jwt] }), "auth.preload[1] (not shown here) is a JWT of kind 'user'; allowed: the JWT of kind account"],
    ['a JWT that was changed', () => ({ preload: [damaged(orders.jwt)] }), "auth.preload[0] (not shown here) has a signature that is not its issuer's"],
    ['a JWT that is cut off', () => ({ preload: [orders.jwt.slice(0, -10)] }), /auth\.preload\[0\] \(not shown here\) (has a signature that is not its issuer's|cannot be decoded)/],
    ['an account twice', () => ({ preload: [orders.jwt, operator.system.jwt, orders.jwt] }), /auth\.preload has account 'ORDERS' \(A\w{55}\) twice; allowed: each account once/],
    ['a system account that is no key', () => ({ systemAccount: 'SYS' }),
      '[test/nats] auth.systemAccount (not shown here) is not the public key of an account; allowed: A and 55 more letters and digits [NATS-OPERATOR-SYSTEM-ACCOUNT]'],
    ['another system account than the operator\'s', () => ({ systemAccount: orders.publicKey }), /auth\.systemAccount is A\w{55}, but the operator names A\w{55}; allowed: the same account; fix: leave systemAccount out/],
    ['memory without the system account', () => ({ resolver: NatsResolver.memory(), preload: [orders.jwt] }),
      /the system account A\w{55} is not in auth\.preload; allowed: a system account that the servers can resolve at their start; fix: add its JWT to preload/],
    ['an account as sentinel', () => ({ defaultSentinel: orders.jwt }), "auth.defaultSentinel (not shown here) is a JWT of kind 'account'; allowed: the JWT of kind user"],
    ['somebody as sentinel', () => ({ defaultSentinel: user.jwt }),
      /auth\.defaultSentinel is the JWT of user 'shop' \(U\w{55}\), which proves nothing without a seed; allowed: the JWT of a bearer user, or one of a scoped signing key; fix: make the user with "nsc add user --bearer/],
  ])('%s', (_, options, message) => expect(() => cluster(options())).toThrow(message));

  test('an account of another operator', async () => {
    const stranger = await (await Operator.create()).account('STRANGER');
    expect(() => cluster({ preload: [stranger.jwt] })).toThrow(
      new RegExp(`the JWT of account 'STRANGER' \\(${stranger.publicKey}\\) is issued by O\\w{55}; allowed: ${operator.publicKey}; fix: give the JWT of the operator that issued it`),
    );
  });

  test('an account signed by the key of an operator who signs with others', async () => {
    const { operator: strict } = await Operator.withSigningKey({ strict_signing_key_usage: true });
    const account = await strict.account('A');
    expect(() => cluster({ operators: [strict.jwt], resolver: NatsResolver.url('https://a'), preload: [account.jwt] })).toThrow(`is issued by ${strict.publicKey}`);
  });

  test('a resolver that exchanges JWTs without a system account', async () => {
    const alone = await Operator.create();
    expect(() => cluster({ operators: [alone.jwt] })).toThrow(
      '[test/nats] the full resolver has no system account; allowed: a system account, in which the servers exchange JWTs; fix: give systemAccount, or an operator with one [NATS-RESOLVER]',
    );
    synth(cluster({ operators: [alone.jwt], systemAccount: (await alone.account('SYS')).publicKey }));
  });

  test.each([{ disk_storage: -1 }, { mem_storage: 1024 }, { tiered_limits: { R1: { disk_storage: 1024 } } }])('a system account with JetStream %j', async (limits) => {
    const system = await operator.account('SYS', { limits }, {}, operator.system.key);
    expect(() => cluster({ preload: [system.jwt] })).toThrow(
      `the system account 'SYS' (${system.publicKey}) has JetStream; allowed: a system account without storage; fix: sign it without JetStream limits`,
    );
  });

  test.each([['2.15.0', NatsVersion.V2_14], ['3.0.0', NatsVersion.V2_15], ['soon', NatsVersion.V2_15]])('an operator that asks for %s on servers of %s', async (assert_server_version, version) => {
    const asking = await Operator.create({ assert_server_version });
    const options = { operators: [asking.jwt], resolver: NatsResolver.url('https://a') };
    const images = { server: ContainerImage.of('nats', { tag: `${version}.0-alpine` }) };
    expect(() => cluster(options, { images })).toThrow(
      `the JWT of operator 'ops' (${asking.publicKey}) asks for nats-server ${assert_server_version}, and version is ${version}; allowed: servers that are not older; fix: give images.server a newer tag [NATS-OPERATOR-VERSION]`,
    );
  });

  test('but not an operator that asks for what there is', async () => {
    for (const assert_server_version of ['2.14.0', '2.9.0', '1.4.0']) {
      synth(cluster({ operators: [(await Operator.create({ assert_server_version })).jwt], resolver: NatsResolver.url('https://a') }));
    }
  });

  test.each<[what: string, props: NatsClusterProps, message: string]>([
    ['a user for nobody', { authOptions: { noAuthUser: 'guest' } },
      '[test/nats] authOptions.noAuthUser is given in operator mode; allowed: neither noAuthUser nor callout; fix: let the operator sign an account with a callout, or give defaultSentinel [NATS-AUTH-MIXED]'],
    ['a callout', { authOptions: { callout: { issuer: createAccount().getPublicKey(), users: ['auth'] } } }, 'authOptions.callout is given in operator mode'],
    ['an account', { accounts: [{ name: 'A' }] }, "account 'A' is added to a cluster whose auth is NatsAuth.operator(...)"],
  ])('%s beside it', (_, props, message) => expect(() => cluster({}, props)).toThrow(message));

  test('a user, and the system account, beside it', () => {
    expect(() => cluster().addUser('shop', someUser)).toThrow("user 'shop' is added to a cluster whose auth is NatsAuth.operator(...)");
    expect(() => cluster().systemAccount).toThrow("account '$SYS' is added to a cluster whose auth is NatsAuth.operator(...)");
  });
});

describe('accounts that are pinned', () => {
  test('are named, each once', () => {
    const [first, second] = [orders.publicKey, operator.system.publicKey].sort();
    const pinned = cluster({ pinnedAccounts: [second, first, second] });
    expect(confOf(pinned)).toContain(`\nresolver_pinned_accounts: [\n  "${first}"\n  "${second}"\n]\n`);
    expect(confOf(cluster())).not.toContain('resolver_pinned_accounts');
  });

  test.each<[what: string, options: () => Partial<NatsOperatorOptions>, message: string | RegExp]>([
    ['none', () => ({ pinnedAccounts: [] }),
      '[test/nats] auth.pinnedAccounts is empty, with which the servers let nobody in; allowed: at least one account; fix: leave it out, or name accounts [NATS-PINNED-ACCOUNTS]'],
    ['the name of an account', () => ({ pinnedAccounts: [orders.publicKey, 'ORDERS'] }),
      'auth.pinnedAccounts[1] (not shown here) is not the public key of an account; allowed: A and 55 more letters and digits'],
    ['a seed, which is not repeated', () => ({ pinnedAccounts: [Buffer.from(orders.key.getSeed()).toString()] }), /^(?!.*SA\w{10})\[test\/nats\] auth\.pinnedAccounts\[0\] \(not shown here\)/],
    ['an account that nobody knows', () => ({ resolver: NatsResolver.memory(), preload: [operator.system.jwt], pinnedAccounts: [orders.publicKey] }),
      /auth\.pinnedAccounts has A\w{55}, which is not in auth\.preload; allowed: A\w{55}; fix: add its JWT to preload/],
  ])('are not %s', (_, options, message) => expect(() => cluster(options())).toThrow(message));
});

describe('JWTs that expire', () => {
  const iso = (seconds: number) => new Date(seconds * 1000).toISOString().replace('.000', '');
  // The library takes a text for bytes, of which nsc makes UTF-8.
  const account = (exp: number) => operator.account(Buffer.from('Größe').toString('latin1'), {}, { exp });

  test('fail the synth once they have', async () => {
    const late = now - 1;
    const old = await Operator.create({ system_account: operator.system.publicKey }, { exp: late });
    const oldAccount = await account(late);
    const sentinel = await orders.user('nobody', { bearer_token: true }, { exp: late });
    expect(() => synth(cluster({ preload: [oldAccount.jwt] }))).toThrow(`the JWT of account 'Größe' (${oldAccount.publicKey}) expired at ${iso(late)}`);
    expect(() => synth(cluster({ operators: [old.jwt] }))).toThrow(`[test/nats] the JWT of operator 'ops' (${old.publicKey}) expired at ${iso(late)}; fix: have it signed again, and give the new one [NATS-JWT-EXPIRED]`);
    expect(() => synth(cluster({ defaultSentinel: sentinel.jwt }))).toThrow("the JWT of user 'nobody'");
  });

  test('are a warning in the 30 days before', async () => {
    const warn = jest.spyOn(console, 'warn').mockImplementation();
    const [soon, later] = [now + 29 * DAY, now + 31 * DAY];
    synth(cluster({ preload: [(await account(soon)).jwt, (await account(later)).jwt] }));

    expect(warn.mock.calls).toEqual([[expect.stringMatching(new RegExp(`the JWT of account 'Größe' \\(A\\w{55}\\) expires at ${iso(soon)}; fix: have it signed again.*\\[NATS-JWT-EXPIRES\\]`))]]);
    const strict = cluster({ preload: [(await account(soon)).jwt] });
    Rules.strict(strict);
    expect(() => synth(strict)).toThrow('NATS-JWT-EXPIRES');
    warn.mockRestore();
  });
});
