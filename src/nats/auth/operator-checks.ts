import { Construct } from 'constructs';
import { DecodedJwt, NatsClaims } from './jwt';
import { isPublicKey } from './nkey';
import { JWT_INVALID, OPERATOR_PINNED, OPERATOR_RESOLVER, OPERATOR_SYSTEM_ACCOUNT, OPERATOR_VERSION } from './operator-rules';
import { NatsResolver } from './resolver';
import { Mistake } from '../../core/mistake';
import { NatsVersion } from '../nats-version';

const DAY = 24 * 3600;

/** What has expired, and what will within 30 days. */
export function expiryFindings(jwts: DecodedJwt[], nowSeconds: number): { expired: Mistake[]; expiring: Mistake[] } {
  const findings: { expired: Mistake[]; expiring: Mistake[] } = { expired: [], expiring: [] };
  for (const jwt of jwts.filter(({ expires }) => expires > 0)) {
    const when = new Date(jwt.expires * 1000).toISOString().replace('.000', '');
    if (jwt.expires <= nowSeconds) findings.expired.push({ what: `the JWT of ${nameOf(jwt)} expired at ${when}`, fix: 'have it signed again, and give the new one' });
    else if (jwt.expires <= nowSeconds + 30 * DAY) findings.expiring.push({ what: `the JWT of ${nameOf(jwt)} expires at ${when}`, fix: 'have it signed again, and give the new one' });
  }
  return findings;
}

/** Refuses accounts that the servers would not trust, and one that is given twice. */
export function checkIssuers(scope: Construct, operators: DecodedJwt[], accounts: DecodedJwt[]): void {
  const trusted = new Set(operators.flatMap(trustedKeysOf));
  const seen = new Set<string>();
  for (const account of accounts) {
    if (!trusted.has(account.issuer)) {
      throw JWT_INVALID.error(scope, {
        what: `the JWT of ${nameOf(account)} is issued by ${account.issuer}`, allowed: [...trusted].sort().join(', '), fix: 'give the JWT of the operator that issued it',
      });
    }
    if (seen.has(account.subject)) throw JWT_INVALID.error(scope, { what: `auth.preload has ${nameOf(account)} twice`, allowed: 'each account once' });
    seen.add(account.subject);
  }
}

/** Refuses servers that are older than an operator asks for; of their patch release nothing is known. */
export function checkServerVersion(scope: Construct, operators: DecodedJwt[], version: NatsVersion): void {
  const [major, minor] = version.split('.').map(Number);
  for (const operator of operators) {
    const asked: unknown = operator.claims.assert_server_version;
    if (!asked) continue;
    const [, askedMajor, askedMinor] = (/^(\d+)\.(\d+)\.\d+$/.exec(`${asked}`) ?? []).map(Number);
    if (askedMajor < major || (askedMajor === major && askedMinor <= minor)) continue;
    throw OPERATOR_VERSION.error(scope, {
      what: `the JWT of ${nameOf(operator)} asks for nats-server ${asked}, and version is ${version}`, allowed: 'servers that are not older', fix: 'give images.server a newer tag',
    });
  }
}

/** Refuses a sentinel that is somebody: with it, a client without credentials would need no callout. */
export function checkSentinel(scope: Construct, sentinel: DecodedJwt): void {
  const { bearer_token: bearer, issuer_account: issuerAccount, type, version, tags, ...permissions } = sentinel.claims;
  if (bearer === true || (issuerAccount && isEmpty(permissions))) return;
  throw JWT_INVALID.error(scope, {
    what: `auth.defaultSentinel is the JWT of ${nameOf(sentinel)}, which proves nothing without a seed`,
    allowed: 'the JWT of a bearer user, or one of a scoped signing key',
    fix: 'make the user with "nsc add user --bearer --deny-pubsub \'>\'"',
  });
}

/** Refuses accounts that are given to servers that ask an account server for each. */
export function checkResolved(scope: Construct, { resolver, preload = [] }: { readonly resolver: NatsResolver; readonly preload?: string[] }): void {
  if (resolver._kind !== 'url' || preload.length === 0) return;
  throw OPERATOR_RESOLVER.error(scope, { what: 'auth.preload is given beside an account server', allowed: 'a resolver that keeps JWTs', fix: 'leave preload out, or use another resolver' });
}

interface PinnedOptions {
  readonly pinnedAccounts?: string[];
  readonly resolver: NatsResolver;
}

/** Refuses a list without accounts, and what is none. */
export function checkPinnedAccounts(scope: Construct, { pinnedAccounts, resolver }: PinnedOptions, accounts: DecodedJwt[]): void {
  if (pinnedAccounts?.length === 0) {
    throw OPERATOR_PINNED.error(scope, { what: 'auth.pinnedAccounts is empty, with which the servers let nobody in', allowed: 'at least one account', fix: 'leave it out, or name accounts' });
  }
  const known = accounts.map(({ subject }) => subject);
  for (const [index, key] of (pinnedAccounts ?? []).entries()) {
    // Who mistakes a seed for the key gives a secret.
    if (!isPublicKey(key, 'account')) {
      throw OPERATOR_PINNED.error(scope, { what: `auth.pinnedAccounts[${index}] (not shown here) is not the public key of an account`, allowed: 'A and 55 more letters and digits' });
    }
    if (resolver._kind === 'memory' && !known.includes(key)) {
      throw OPERATOR_PINNED.error(scope, { what: `auth.pinnedAccounts has ${key}, which is not in auth.preload`, allowed: known.sort().join(', '), fix: 'add its JWT to preload' });
    }
  }
}

interface SystemAccountOptions {
  readonly systemAccount?: string;
  readonly resolver: NatsResolver;
}

/** The system account, if it is one that the servers accept. */
export function checkSystemAccount(
  scope: Construct, { systemAccount, resolver }: SystemAccountOptions, operators: DecodedJwt[], accounts: DecodedJwt[],
): string | undefined {
  const refuse = (what: string, allowed: string, fix?: string) => { throw OPERATOR_SYSTEM_ACCOUNT.error(scope, { what, allowed, fix }); };
  const named: string[] = operators.flatMap(({ claims }) => claims.system_account || []);
  // Who mistakes a seed for the key gives a secret.
  if (systemAccount !== undefined && !isPublicKey(systemAccount, 'account')) refuse('auth.systemAccount (not shown here) is not the public key of an account', 'A and 55 more letters and digits');
  if (systemAccount !== undefined && named.length > 0 && !named.includes(systemAccount)) {
    refuse(`auth.systemAccount is ${systemAccount}, but the operator names ${named.join(', ')}`, 'the same account', 'leave systemAccount out');
  }
  const key: string | undefined = systemAccount ?? (operators[0].claims.system_account || undefined);
  const keeps = resolver._volume !== undefined;
  if (key === undefined && keeps) {
    throw OPERATOR_RESOLVER.error(scope, { what: `the ${resolver._kind} resolver has no system account`, allowed: 'a system account, in which the servers exchange JWTs', fix: 'give systemAccount, or an operator with one' });
  }
  const account = accounts.find(({ subject }) => subject === key);
  // A single operator's servers make the account up until somebody pushes it.
  if (key !== undefined && !account && (resolver._kind === 'memory' || (keeps && operators.length > 1))) {
    refuse(`the system account ${key} is not in auth.preload`, 'a system account that the servers can resolve at their start', 'add its JWT to preload');
  }
  if (account && hasJetStream(account.claims)) refuse(`the system ${nameOf(account)} has JetStream`, 'a system account without storage', 'sign it without JetStream limits');
  return key;
}

function trustedKeysOf({ subject, claims }: DecodedJwt): string[] {
  const { signing_keys: signingKeys = [], strict_signing_key_usage: strict = false } = claims;
  return strict ? signingKeys : [subject, ...signingKeys];
}

function hasJetStream({ limits = {} }: NatsClaims): boolean {
  const stores: NatsClaims[] = [limits, ...Object.values<NatsClaims>(limits.tiered_limits ?? {})];
  return stores.some(({ mem_storage: memory, disk_storage: disk }) => Boolean(memory) || Boolean(disk));
}

function isEmpty(value: unknown): boolean {
  return typeof value === 'object' && value !== null ? Object.values(value).every(isEmpty) : !value;
}

function nameOf({ kind, name, subject }: DecodedJwt): string {
  return `${kind} ${name ? `'${name}' (${subject})` : subject}`;
}
