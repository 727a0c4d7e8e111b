import { createAccount, createUser } from '@nats-io/nkeys';
import { Duration } from 'cdk8s';
import {
  NatsAuth, NatsAuthOptions, NatsClusterProps, NatsConnectionType, NatsPeer, NatsTls, NatsUserOptions, Permissions, Rules, SecretKey,
} from '../../../src';
import { confOf, newCluster, podOf, someUser, synth } from '../../support';

const permissions = Permissions.all();
const password = SecretKey.fromName('shop-nats', 'password');
const key = createUser();
const nkey = key.getPublicKey();
const mapped: NatsClusterProps = { tls: NatsTls.fromSecret('nats-tls', { verifyAndMap: true }) };

/** How a user named shop stands in nats.conf, on one line. */
function shop(options: Partial<NatsUserOptions>, props: NatsClusterProps = {}): string {
  const conf = confOf(newCluster({ auth: NatsAuth.users({ name: 'shop', permissions, ...options }), ...props }));
  return /users: \[\n *\{([^]*?)\n {4}\}\n/.exec(conf)![1].trim().replace(/\s+/g, ' ');
}

function authorization(authOptions: NatsAuthOptions, ...users: Parameters<typeof NatsAuth.users>): string {
  return confOf(newCluster({ auth: NatsAuth.users(...users), authOptions }));
}

describe('a user', () => {
  test('with an nkey is known by it alone', () => expect(shop({ nkey })).toBe(`nkey: "${nkey}"`));

  test.each(['shop@example.com', 'shop.example.com', 'spiffe://cluster/shop', 'CN=shop,O=Example', 'CN=shop\\, inc,OU=a+OU=b', '1.2.3=x'])('with the certificate %s is known by it, at the client port alone', (subject) => {
    expect(shop({ certificateSubject: subject }, mapped)).toBe(`allowed_connection_types: [ "STANDARD" ] user: "${subject.replace(/\\/g, '\\\\')}"`);
  });

  test('may connect as said', () => {
    const { MQTT, WEBSOCKET } = NatsConnectionType;
    expect(shop({ nkey, allowedConnectionTypes: [WEBSOCKET, MQTT, WEBSOCKET], proxyRequired: true }))
      .toBe(`allowed_connection_types: [ "MQTT" "WEBSOCKET" ] nkey: "${nkey}" proxy_required: true`);
    expect(shop({ certificateSubject: 'shop', allowedConnectionTypes: [NatsConnectionType.LEAFNODE] }, mapped)).toContain('[ "LEAFNODE" ]');
  });

  test('may read its own inbox, and nobody else may', () => {
    const inbox = (options: Partial<NatsUserOptions>) => /_INBOX[^"]*|replies[^"]*/.exec(shop({ password, permissions: Permissions.of({}), ...options }))![0];
    expect(inbox({})).toBe('_INBOX_shop.>');
    expect(inbox({ inboxPrefix: 'replies.shop' })).toBe('replies.shop.>');
  });
});

describe('for all users', () => {
  test('there is a time to log in', () => expect(authorization({ timeout: Duration.seconds(5) }, { name: 'shop', ...someUser })).toContain('  timeout: 5\n'));

  test('there is one whom clients without credentials become, by what the server knows it by', () => {
    expect(authorization({ noAuthUser: 'guest' }, { name: 'guest', ...someUser })).toContain('no_auth_user: "guest"\n');
    expect(authorization({ noAuthUser: 'guest' }, { name: 'guest', nkey, permissions })).toContain(`no_auth_user: "${nkey}"\n`);
  });
});

describe('a block that is included', () => {
  const cluster = newCluster({ auth: NatsAuth.include(SecretKey.fromName('nats-auth', 'auth.conf')), authOptions: { timeout: Duration.seconds(3) } });

  test('is all of the authorization', () => {
    expect(confOf(cluster)).toMatch(/^authorization \{\n {2}include "\.\.\/nats-secrets\/nats-auth\/auth\.conf"\n {2}timeout: 3\n\}$/m);
  });

  test('is mounted, looked at before the start, watched and asked for', () => {
    const { spec } = podOf(cluster);
    const [server, reloader] = spec.containers;
    const { name } = spec.volumes.find(({ secret }: { secret?: { secretName: string } }) => secret?.secretName === 'nats-auth');
    expect(server.volumeMounts).toContainEqual({ name, mountPath: '/etc/nats-secrets/nats-auth', readOnly: true });
    expect(server.command[2]).toContain("check_block '/etc/nats-secrets/nats-auth/auth.conf' 'key auth.conf of Secret nats-auth'\n");
    expect(JSON.stringify(reloader)).toContain('/etc/nats-secrets/nats-auth/auth.conf');
  });
});

describe('what throws where it is given', () => {
  const U = '[test/nats/user-shop] ';
  const misspelt = nkey.slice(0, -1) + (nkey.endsWith('A') ? 'B' : 'A');

  test.each<[what: string, options: Partial<NatsUserOptions>, message: string | RegExp]>([
    ['an nkey that is misspelt', { nkey: misspelt },
      `${U}nkey of user 'shop' is '${misspelt}'; allowed: the public key of a user: U and 55 more letters and digits, with their checksum; fix: print it with "nk -inkey <seed file> -pubout" [NATS-NKEY]`],
    ['the key of an account', { nkey: createAccount().getPublicKey() }, /nkey of user 'shop' is 'A\w{55}'; allowed: the public key of a user/],
    ['a seed, which is not repeated', { nkey: Buffer.from(key.getSeed()).toString() }, /^(?!.*SU\w{10}).*nkey of user 'shop' looks like a seed \(not shown here\)/],
    ['a password and an nkey', { password, nkey }, `${U}user 'shop' has password and nkey; allowed: exactly one of password, passwordInclude, passwordHash, nkey and certificateSubject`],
    ['an nkey and a certificate', { nkey, certificateSubject: 'shop' }, "user 'shop' has nkey and certificateSubject; allowed: exactly one"],
    ['a certificate\'s name with a space', { certificateSubject: 'the shop' }, `${U}certificateSubject of user 'shop' is 'the shop'; allowed: an e-mail address, DNS name or URI, or a distinguished name such as CN=shop,O=Example [NATS-USER-CREDENTIALS]`],
    ['a certificate without a name', { certificateSubject: '' }, "certificateSubject of user 'shop' is ''"],
    ['half a distinguished name', { certificateSubject: 'CN=shop,Example' }, "certificateSubject of user 'shop' is 'CN=shop,Example'"],
    ['a way to connect that is none', { password, allowedConnectionTypes: [] },
      `${U}allowedConnectionTypes of user 'shop' is empty, which nats-server reads as everything; fix: leave it out, or name types [NATS-CONNECTION-TYPES]`],
    ['an inbox for all', { password, inboxPrefix: '>' }, `${U}inboxPrefix '>' of user 'shop' is not a subject; allowed: tokens between dots, without wildcards [NATS-USER-NAME]`],
    ['an inbox of nothing', { password, inboxPrefix: 'a..b' }, "inboxPrefix 'a..b' of user 'shop' is not a subject"],
    ['answers for no time', { password, permissions: Permissions.of({ allowResponses: { expires: Duration.millis(0) } }) }, 'allowResponses has maxMessages 1 and expires 0 ms; allowed: a whole number of messages from 1'],
    ['answers without end', { password, permissions: Permissions.of({ allowResponses: { maxMessages: -1 } }) }, 'allowResponses has maxMessages -1'],
    ['an empty list of what is denied', { password, permissions: Permissions.of({ subscribe: { deny: [] } }) },
      `${U}permissions.subscribe.deny is an empty list, which nats-server reads as no restriction; fix: leave deny out, or name subjects; to close the side, leave subscribe out [NATS-USER-PERMISSIONS]`],
    ['three words', { password, permissions: Permissions.of({ subscribe: { allow: ['a b c'] } }) },
      `${U}permissions.subscribe.allow has 'a b c', which is not a subject; allowed: tokens without spaces between dots, * for one token, > at the end, and after one space a queue group [NATS-SUBJECT]`],
  ])('%s', (_, options, message) => {
    expect(() => newCluster({ auth: NatsAuth.users({ name: 'shop', permissions, ...options }) })).toThrow(message);
  });

  test.each<[what: string, authOptions: NatsAuthOptions, message: string]>([
    ['half a second', { timeout: Duration.millis(500) }, '[test/nats] authOptions.timeout is 0.5 s; allowed: whole seconds from 1 to 60 [NATS-AUTH-TIMEOUT]'],
    ['more than a minute', { timeout: Duration.seconds(61) }, 'authOptions.timeout is 61 s'],
    ['default permissions of no subject', { defaultPermissions: Permissions.of({ publish: { deny: [''] } }) }, "[test/nats] permissions.publish.deny has '', which is not a subject"],
  ])('%s', (_, authOptions, message) => expect(() => newCluster({ authOptions })).toThrow(message));

  test('two users with one key', () => {
    const users = [{ name: 'shop', nkey, permissions }, { name: 'twin', nkey, permissions }];
    expect(() => newCluster({ auth: NatsAuth.users(...users) })).toThrow(
      `[test/nats/user-twin] user 'twin' logs in as '${nkey}', and so does test/nats/user-shop; fix: give each user an nkey or certificate of its own [NATS-USER-NAME]`,
    );
  });

  test('a certificate that has another user\'s name', () => {
    const users = [{ name: 'shop', password, permissions }, { name: 'twin', certificateSubject: 'shop', permissions }];
    expect(() => newCluster({ auth: NatsAuth.users(...users), ...mapped })).toThrow("user 'twin' logs in as 'shop', and so does test/nats/user-shop");
  });

  test.each([
    ['none()', NatsAuth.none()], ['token(...)', NatsAuth.token(password)], ['include(...)', NatsAuth.include(password)],
  ])('a user beside NatsAuth.%s', (mode, auth) => {
    expect(() => newCluster({ auth }).addUser('shop', someUser)).toThrow(`user 'shop' is added to a cluster whose auth is NatsAuth.${mode.replace('()', '(...)')}`);
  });

  test('an included block that is no SecretKey, which is not repeated', () => {
    expect(() => newCluster({ auth: NatsAuth.include('token: hunter2' as unknown as SecretKey) })).toThrow(/^(?!.*hunter2).*the Secret of auth is a string \(not shown here\)/);
  });
});

describe('what the synth judges', () => {
  test('users by certificate need servers that map them', () => {
    const auth = NatsAuth.users({ name: 'shop', certificateSubject: 'shop', permissions }, { name: 'ops', certificateSubject: 'ops', permissions });
    expect(() => synth(newCluster({ auth }))).toThrow(
      "[test/nats] 'ops', 'shop' log in by certificate, but tls does not map certificates to users; allowed: tls with verifyAndMap; fix: set verifyAndMap: true [NATS-CERTIFICATE-USERS]",
    );
    synth(newCluster({ auth, ...mapped }));
  });

  test('users by certificate need it at each listener that they may use and that is there', () => {
    const { STANDARD, MQTT, LEAFNODE_WS } = NatsConnectionType;
    const auth = NatsAuth.users({ name: 'shop', certificateSubject: 'shop', permissions, allowedConnectionTypes: [STANDARD, MQTT, LEAFNODE_WS] });
    const ofDevices = { jetStream: {}, networkPolicy: { clients: [NatsPeer.pods()] }, mqtt: { peers: [NatsPeer.pods()], tls: NatsTls.none() } };
    synth(newCluster({ auth, ...mapped }));
    expect(() => synth(newCluster({ auth, ...mapped, ...ofDevices }))).toThrow(
      "[test/nats] 'shop' log in by certificate, but mqtt.tls does not map certificates to users; allowed: mqtt.tls with verifyAndMap; fix: set verifyAndMap: true, or leave it out of allowedConnectionTypes",
    );
    synth(newCluster({ auth, ...mapped, ...ofDevices, mqtt: { peers: [NatsPeer.pods()] } }));
  });

  test('clients without credentials become somebody who is there', () => {
    expect(() => synth(newCluster({ auth: NatsAuth.users({ name: 'shop', ...someUser }), authOptions: { noAuthUser: 'guest' } })))
      .toThrow("[test/nats] authOptions.noAuthUser is 'guest'; allowed: shop; fix: name one of the users [NATS-NO-AUTH-USER]");
    expect(() => synth(newCluster({ authOptions: { noAuthUser: 'guest' } }))).toThrow("authOptions.noAuthUser is 'guest'; allowed: a user of the cluster, which has none");
  });

  test('an inbox that two users share is a warning, and in two accounts none', () => {
    const warn = jest.spyOn(console, 'warn').mockImplementation();
    const inboxOf = (name: string, inboxPrefix: string) => ({ name, inboxPrefix, ...someUser });
    synth(newCluster({
      auth: undefined,
      accounts: [{ name: 'A', users: [inboxOf('a', '_INBOX'), inboxOf('b', '_INBOX_c.d'), inboxOf('c', '_INBOX_c'), { name: 'd', ...someUser }] }, { name: 'B', users: [inboxOf('e', '_INBOX')] }],
    }));

    expect(warn.mock.calls).toEqual([[expect.stringContaining(
      "[test/nats] users 'c' and 'b' have the inbox prefixes '_INBOX_c' and '_INBOX_c.d': the first can read the second's replies; allowed: prefixes of which none begins another",
    )]]);
    warn.mockRestore();
  });

  test('nobody logs in where auth is none, but to the system account', () => {
    const cluster = newCluster({ auth: NatsAuth.none() });
    Rules.acknowledge(cluster, 'NATS-AUTH-NONE', 'a test');
    cluster.systemAccount.addUser('ops', someUser);

    expect(confOf(cluster)).toContain('user: "ops"');
    expect(confOf(cluster)).not.toMatch(/^authorization/m);
  });
});
