import { createAccount, createCurve, createUser } from '@nats-io/nkeys';
import { NatsAuth, NatsAuthCallout, NatsClusterProps, Permissions } from '../../../src';
import { confOf, newCluster, synth } from '../../support';

const permissions = Permissions.all();
const passwordHash = '$2a$11$3kIDaCxw.Glsl1.u5nKa6eUnNDLV5HV9tIuUp7EHhMt6Nm9myW1aS';
const user = (name: string) => ({ name, passwordHash, permissions });
const [issuer, xkey, nkey] = [createAccount(), createCurve(), createUser()].map((key) => key.getPublicKey());

/** Accounts AUTH with the user auth, APP without users, and the system account with the user ops. */
function withAccounts(callout: Partial<NatsAuthCallout>, props: NatsClusterProps = {}): NatsClusterProps {
  return {
    auth: undefined,
    authOptions: { callout: { issuer, users: ['auth', 'ops'], account: 'AUTH', ...callout } },
    accounts: [{ name: 'AUTH', users: [user('auth')] }, { name: 'APP' }, { name: '$SYS', system: true, users: [user('ops')] }],
    ...props,
  };
}

function calloutOf(props: NatsClusterProps): string {
  return /auth_callout \{([^]*?)\n {2}\}/.exec(confOf(newCluster(props)))![1].trim().replace(/\s+/g, ' ');
}

test('a callout names whom the server knows, and where the service answers', () => {
  expect(calloutOf(withAccounts({}))).toBe(`account: "AUTH" auth_users: [ "auth" "ops" ] issuer: "${issuer}"`);
  expect(calloutOf(withAccounts({ xkey, allowedAccounts: ['APP'] })))
    .toBe(`account: "AUTH" allowed_accounts: [ "APP" ] auth_users: [ "auth" "ops" ] issuer: "${issuer}" xkey: "${xkey}"`);
});

test('a callout without accounts answers outside of them, as a user whom the server knows by its nkey', () => {
  const auth = NatsAuth.users({ name: 'auth', nkey, permissions });
  expect(calloutOf({ auth, authOptions: { callout: { issuer, users: ['auth'] } } })).toBe(`auth_users: [ "${nkey}" ] issuer: "${issuer}"`);
});

test('users of accounts about which the service is not asked need not be named', () => {
  const accounts = [{ name: 'AUTH', users: [user('auth')] }, { name: 'APP' }, { name: 'OTHER', users: [user('other')] }];
  synth(newCluster(withAccounts({ users: ['auth'], allowedAccounts: ['APP'] }, { accounts })));
});

test.each<[what: string, callout: Partial<NatsAuthCallout>, message: string | RegExp]>([
  ['the key of a user as issuer', { issuer: nkey }, `[test/nats] authOptions.callout.issuer is '${nkey}'; allowed: the public key of an account: A and 55 more letters and digits [NATS-AUTH-CALLOUT]`],
  ['a seed as issuer, which is not repeated', { issuer: 'SAsecret' }, /^(?!.*SAsecret).*authOptions\.callout\.issuer is not a public key \(not shown here\)/],
  ['the key of an account as curve', { xkey: issuer }, `authOptions.callout.xkey is '${issuer}'; allowed: a public curve key: X and 55 more letters and digits`],
  ['nobody who answers', { users: [] }, 'authOptions.callout.users is empty; allowed: at least one name'],
  ['no accounts', { allowedAccounts: [] }, 'authOptions.callout.allowedAccounts is empty; allowed: at least one name'],
])('%s throws', (_, callout, message) => expect(() => newCluster(withAccounts(callout))).toThrow(message));

test.each<[what: string, props: NatsClusterProps, message: string]>([
  ['an account that is not there', withAccounts({ account: 'X' }), "[test/nats] authOptions.callout names the account 'X', which is not there; allowed: $SYS, APP, AUTH; fix: add the account [NATS-AUTH-CALLOUT]"],
  ['an allowed account that is not there', withAccounts({ allowedAccounts: ['X'] }), "authOptions.callout names the account 'X', which is not there"],
  ['the account outside of all, which the server does not take for an allowed one', withAccounts({ allowedAccounts: ['$G'] }), "authOptions.callout names the account '$G', which is not there"],
  ['a user who is not there', withAccounts({ users: ['auth', 'ops', 'guest'] }), "authOptions.callout.users has 'guest', who is not there; allowed: auth, ops; fix: add the user to AUTH"],
  ['nobody of the account where the service answers', withAccounts({ users: ['ops'] }),
    '[test/nats] authOptions.callout.users has nobody of AUTH, where the service answers; allowed: at least one user of that account; fix: add one to AUTH'],
  ['no users at all', { authOptions: { callout: { issuer, users: ['auth'] } } }, "authOptions.callout.users has 'auth', who is not there; allowed: none: there are no users; fix: add the user to the cluster"],
  ['users about whom the service decides, whatever stands here', withAccounts({ users: ['auth'] }),
    "[test/nats] the callout decides about 'ops' too, whatever their credentials and permissions here; allowed: users whom authOptions.callout.users names, and users of accounts that allowedAccounts "
    + 'does not name; fix: name them in authOptions.callout.users, or leave them to the service [NATS-AUTH-CALLOUT]'],
  ['users outside of accounts, about whom it always decides', withAccounts({ allowedAccounts: ['APP'] }, { auth: NatsAuth.users(user('outside')) }), "the callout decides about 'outside' too"],
])('%s fails the synth', (_, props, message) => expect(() => synth(newCluster(props))).toThrow(message));
