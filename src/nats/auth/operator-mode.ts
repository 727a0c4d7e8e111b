import { Construct } from 'constructs';
import { decodeJwt, DecodedJwt } from './jwt';
import { isPublicKey } from './nkey';
import { JWT_EXPIRED, JWT_EXPIRES, JWT_INVALID, OPERATOR_RESOLVER, OPERATOR_SYSTEM_ACCOUNT } from './operator-rules';
import { NatsResolver } from './resolver';
import { Mistake } from '../../core/mistake';
import { checkAtSynth } from '../../core/rules';
import { ConfBlock } from '../conf/conf-value';

/**
 * Operator mode: who may log in is said by signed JWTs that are made elsewhere (`nsc`). JWTs are public; seeds and creds files are secret and are not given here.
 * @see https://docs.nats.io/running-a-nats-service/configuration/securing_nats/auth_intro/jwt
 */
export interface NatsOperatorOptions {
  /** JWTs of the operators. One that is no operator's JWT throws; one that has expired fails the synth, and one that will in 30 days is a warning. */
  readonly operators: string[];
  /** Where the servers find the JWTs of accounts. */
  readonly resolver: NatsResolver;
  /**
   * Public key of the system account, beginning with A. One that is not the operator's throws.
   * @default - the operator's
   */
  readonly systemAccount?: string;
  /**
   * JWTs of accounts that the servers know from their start; with the memory resolver, all of them, and with a full resolver at least that of the system
   * account. Checked like those of the operators.
   * @default - none
   */
  readonly preload?: string[];
  /**
   * JWT of a bearer user that clients without credentials become, so that an auth callout of an account can decide about them.
   * @default - such clients are refused
   */
  readonly defaultSentinel?: string;
}

/** Operator mode, with its JWTs decoded. */
export interface OperatorState {
  readonly options: NatsOperatorOptions;
  readonly accounts: { readonly key: string; readonly jwt: string }[];
  readonly systemAccount?: string;
  readonly resolver: NatsResolver;
}

const DAY = 24 * 3600;

/** Operator mode with every JWT looked at; what expires is judged at synth. */
export function resolveOperator(scope: Construct, options: NatsOperatorOptions): OperatorState {
  if (options.operators.length === 0) throw JWT_INVALID.error(scope, { what: 'auth.operators is empty', allowed: 'at least one JWT of an operator' });
  const operators = options.operators.map((text, index) => decoded(scope, `auth.operators[${index}]`, text, 'operator'));
  const accounts = (options.preload ?? []).map((text, index) => decoded(scope, `auth.preload[${index}]`, text, 'account'));
  const trusted = new Set(operators.flatMap((operator) => [...operator.strictSigningKeys ? [] : [operator.subject], ...operator.signingKeys]));
  for (const account of accounts) {
    if (trusted.has(account.issuer)) continue;
    throw JWT_INVALID.error(scope, { what: `the JWT of ${nameOf(account)} is issued by ${account.issuer}`, allowed: [...trusted].join(', '), fix: 'give the JWT of the operator that issued it' });
  }
  const repeated = accounts.find(({ subject }, index) => accounts.findIndex((other) => other.subject === subject) < index);
  if (repeated) throw JWT_INVALID.error(scope, { what: `auth.preload has ${nameOf(repeated)} twice`, allowed: 'each account once' });
  options.resolver._check(scope);
  const systemAccount = checkSystemAccount(scope, options, operators, accounts);
  const all = [...operators, ...accounts];
  checkAtSynth(scope, JWT_EXPIRED, () => expiryFindings(all, Date.now() / 1000).expired);
  checkAtSynth(scope, JWT_EXPIRES, () => expiryFindings(all, Date.now() / 1000).expiring);
  return {
    options,
    accounts: accounts.map(({ subject }, index) => ({ key: subject, jwt: options.preload![index].trim() })),
    systemAccount,
    resolver: options.resolver,
  };
}

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

/** The part of nats.conf that is operator mode. */
export function renderOperator({ options, accounts, systemAccount, resolver }: OperatorState): ConfBlock {
  const operators = options.operators.map((jwt) => jwt.trim());
  return {
    operator: operators.length === 1 ? operators[0] : operators,
    system_account: systemAccount,
    resolver: resolver._render(),
    resolver_preload: accounts.length === 0 ? undefined : Object.fromEntries(accounts.map(({ key, jwt }) => [key, jwt])),
    default_sentinel: options.defaultSentinel,
  };
}

function decoded(scope: Construct, prop: string, text: string, kind: DecodedJwt['kind']): DecodedJwt {
  const jwt = decodeJwt(text, kind);
  if (typeof jwt !== 'string') return jwt;
  // What is given by mistake may be a creds file, with a seed in it.
  throw JWT_INVALID.error(scope, { what: `${prop} (not shown here) ${jwt}`, allowed: `the JWT of an ${kind}, as "nsc describe ${kind} --raw" prints it` });
}

function checkSystemAccount(
  scope: Construct, { systemAccount, resolver }: NatsOperatorOptions, operators: DecodedJwt[], accounts: DecodedJwt[],
): string | undefined {
  const refuse = (what: string, allowed: string, fix?: string) => { throw OPERATOR_SYSTEM_ACCOUNT.error(scope, { what, allowed, fix }); };
  const named = operators.flatMap((operator) => operator.systemAccount ?? []);
  if (systemAccount !== undefined && !isPublicKey(systemAccount, 'account')) refuse('auth.systemAccount is not the public key of an account', 'A and 55 more letters and digits');
  if (systemAccount !== undefined && named.length > 0 && !named.includes(systemAccount)) {
    refuse(`auth.systemAccount is ${systemAccount}, but the operator names ${named.join(', ')}`, 'the same account', 'leave systemAccount out');
  }
  const key = systemAccount ?? operators[0].systemAccount;
  const keeps = resolver._kind === 'full' || resolver._kind === 'cache';
  if (key === undefined && keeps) {
    throw OPERATOR_RESOLVER.error(scope, { what: `the ${resolver._kind} resolver has no system account`, allowed: 'a system account, in which the servers exchange JWTs', fix: 'give systemAccount, or an operator with one' });
  }
  const account = accounts.find(({ subject }) => subject === key);
  // A single operator's servers make the account up until somebody pushes it.
  if (key !== undefined && !account && (resolver._kind === 'memory' || (keeps && operators.length > 1))) {
    refuse(`the system account ${key} is not in auth.preload`, 'a system account that the servers can resolve at their start', 'add its JWT to preload');
  }
  if (account?.jetStream) refuse(`the system account ${nameOf(account)} has JetStream`, 'a system account without storage', 'sign it without JetStream limits');
  return key;
}

function nameOf({ kind, name, subject }: DecodedJwt): string {
  return `${kind} ${name ? `'${name}' (${subject})` : subject}`;
}
