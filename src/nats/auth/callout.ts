import { Construct } from 'constructs';
import { NatsAccount } from './nats-account';
import { GLOBAL_ACCOUNT_NAME, NatsUser } from './nats-user';
import { isPublicKey } from './nkey';
import { AUTH_CALLOUT } from './rules';
import { Mistake } from '../../core/mistake';
import { ConfBlock } from '../conf/conf-value';

/**
 * A service that decides who may log in: the servers ask it about each login, and it answers with a signed user, within `authOptions.timeout`. It may put
 * the user into any account.
 * @see https://docs.nats.io/running-a-nats-service/configuration/securing_nats/auth_callout
 */
export interface NatsAuthCallout {
  /** Public key of the account, beginning with A, that signs the service's answers. Another text throws. */
  readonly issuer: string;
  /**
   * Names of the users about whom the service is not asked: at least the one as whom the service itself logs in, in `account`, and others of any account who
   * must get in without it, such as a user of the system account. One that is not there fails the synth.
   */
  readonly users: string[];
  /**
   * Name of the account in which the service answers.
   * @default - outside of all accounts, in `$G`
   */
  readonly account?: string;
  /**
   * Public curve key, beginning with X, with which requests to the service are encrypted. Another text throws.
   * @default - requests are not encrypted
   */
  readonly xkey?: string;
  /**
   * Names of the accounts whose users the service decides about, besides all whom the servers do not know; users of other accounts log in as they are
   * defined. It does not limit the accounts into which the service may put somebody.
   * @default - all accounts
   */
  readonly allowedAccounts?: string[];
}

/** What a callout is judged beside. */
interface KnownByName {
  readonly users: NatsUser[];
  readonly accounts: ReadonlyMap<string, NatsAccount>;
}

export function checkCallout(scope: Construct, { issuer, xkey, users, allowedAccounts }: NatsAuthCallout): void {
  if (!isPublicKey(issuer, 'account')) throw AUTH_CALLOUT.error(scope, keyMistake('issuer', issuer, 'the public key of an account: A and 55 more letters and digits'));
  if (xkey !== undefined && !isPublicKey(xkey, 'curve')) throw AUTH_CALLOUT.error(scope, keyMistake('xkey', xkey, 'a public curve key: X and 55 more letters and digits'));
  for (const [list, names] of [['users', users], ['allowedAccounts', allowedAccounts]] as const) {
    if (names?.length === 0) throw AUTH_CALLOUT.error(scope, { what: `authOptions.callout.${list} is empty`, allowed: 'at least one name' });
  }
}

/** Who and what a callout names and is not there, and users whose definition it makes void. */
export function calloutFindings(callout: NatsAuthCallout | undefined, known: KnownByName): Mistake[] {
  if (!callout) return [];
  const { account = GLOBAL_ACCOUNT_NAME, users: names, allowedAccounts } = callout;
  const byName = new Map(known.users.map((user) => [user.userName, user]));
  const accounts = [...known.accounts.keys()].sort();
  // The server does not take $G for an allowed account.
  const strangers = [...account === GLOBAL_ACCOUNT_NAME ? [] : [account], ...allowedAccounts ?? []].filter((name) => !known.accounts.has(name));
  const missing = names.filter((name) => !byName.has(name));
  const answers = names.some((name) => byName.get(name)?.accountName === account);
  const asked = known.users.filter(({ userName, accountName }) =>
    !names.includes(userName) && (accountName === GLOBAL_ACCOUNT_NAME || (allowedAccounts?.includes(accountName) ?? true)));
  return [
    ...strangers.map((name) => ({ what: `authOptions.callout names the account '${name}', which is not there`, allowed: accounts.join(', ') || 'none: there are no accounts', fix: 'add the account' })),
    ...missing.map((name) => ({ what: `authOptions.callout.users has '${name}', who is not there`, allowed: [...byName.keys()].sort().join(', ') || 'none: there are no users', fix: `add the user to ${placeOf(account)}` })),
    ...missing.length > 0 || answers ? [] : [{ what: `authOptions.callout.users has nobody of ${account}, where the service answers`, allowed: 'at least one user of that account', fix: `add one to ${placeOf(account)}` }],
    ...asked.length === 0 ? [] : [{
      what: `the callout decides about ${asked.map(({ userName }) => `'${userName}'`).sort().join(', ')} too, whatever their credentials and permissions here`,
      allowed: 'users whom authOptions.callout.users names, and users of accounts that allowedAccounts does not name',
      fix: 'name them in authOptions.callout.users, or leave them to the service',
    }],
  ];
}

export function renderCallout({ issuer, account, users: names, xkey, allowedAccounts }: NatsAuthCallout, users: NatsUser[]): ConfBlock {
  const byName = new Map(users.map((user) => [user.userName, user]));
  return { issuer, account, auth_users: names.map((name) => byName.get(name)?._identity ?? name), xkey, allowed_accounts: allowedAccounts };
}

function placeOf(account: string): string {
  return account === GLOBAL_ACCOUNT_NAME ? 'the cluster' : account;
}

/** A seed, which is secret, is not repeated. */
function keyMistake(prop: string, given: string, allowed: string): Mistake {
  return { what: `authOptions.callout.${prop} is ${/^S/.test(given) ? 'not a public key (not shown here)' : `'${given}'`}`, allowed };
}
