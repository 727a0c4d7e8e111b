import { Construct } from 'constructs';
import { decodeJwt, DecodedJwt, JwtKind } from './jwt';
import { checkIssuers, checkPinnedAccounts, checkResolved, checkSentinel, checkServerVersion, checkSystemAccount, expiryFindings } from './operator-checks';
import { JWT_EXPIRED, JWT_EXPIRES, JWT_INVALID } from './operator-rules';
import { NatsResolver } from './resolver';
import { checkAtSynth } from '../../core/rules';
import { ConfBlock } from '../conf/conf-value';
import { NatsVersion } from '../nats-version';
import { renderClientTls } from '../tls/render-tls';

/**
 * Operator mode: who may log in is said by signed JWTs that are made elsewhere (`nsc`). JWTs are public; seeds and creds files are secret and are not given here.
 *
 * A JWT that is of another kind, damaged, or not signed by its issuer throws, and is not repeated in the error; one that has expired fails the synth, and
 * one that will in 30 days is a warning (NATS-JWT-EXPIRES).
 * @see https://docs.nats.io/running-a-nats-service/configuration/securing_nats/auth_intro/jwt
 */
export interface NatsOperatorOptions {
  /** JWTs of the operators. One that asks for newer servers than `version` throws. */
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
   * account. One that no operator has signed throws, and so does any with an account server.
   * @default - none
   */
  readonly preload?: string[];
  /**
   * Public keys of the accounts whose users may log in, besides those of the system account: servers for some of the operator's accounts alone. An empty list throws,
   * because nobody would get in; so does a text that is no such key, and one that a memory resolver does not know.
   * @default - the accounts of the operators, all of them
   */
  readonly pinnedAccounts?: string[];
  /**
   * JWT of a bearer user that clients without credentials become, so that an auth callout of an account can decide about them. One that is neither a bearer's nor
   * of a scoped signing key throws.
   * @default - such clients are refused
   */
  readonly defaultSentinel?: string;
}

/** Operator mode, with its JWTs decoded. */
export interface OperatorState {
  readonly options: NatsOperatorOptions;
  readonly accounts: { readonly key: string; readonly name?: string; readonly jwt: string }[];
  readonly systemAccount?: string;
  readonly resolver: NatsResolver;
}

/** Operator mode with every JWT looked at; what expires is judged at synth. */
export function resolveOperator(scope: Construct, options: NatsOperatorOptions, version: NatsVersion): OperatorState {
  const { operators: texts, preload = [], defaultSentinel, resolver } = options;
  if (texts.length === 0) throw JWT_INVALID.error(scope, { what: 'auth.operators is empty', allowed: 'at least one JWT of an operator' });
  const operators = texts.map((text, index) => decoded(scope, `auth.operators[${index}]`, text, 'operator'));
  const accounts = preload.map((text, index) => decoded(scope, `auth.preload[${index}]`, text, 'account'));
  const sentinels = defaultSentinel === undefined ? [] : [decoded(scope, 'auth.defaultSentinel', defaultSentinel, 'user')];
  checkServerVersion(scope, operators, version);
  checkIssuers(scope, operators, accounts);
  for (const sentinel of sentinels) checkSentinel(scope, sentinel);
  resolver._check(scope);
  checkResolved(scope, options);
  checkPinnedAccounts(scope, options, accounts);
  const systemAccount = checkSystemAccount(scope, options, operators, accounts);
  const findings = () => expiryFindings([...operators, ...accounts, ...sentinels], Date.now() / 1000);
  checkAtSynth(scope, JWT_EXPIRED, () => findings().expired);
  checkAtSynth(scope, JWT_EXPIRES, () => findings().expiring);
  const known = accounts.map(({ subject, name }, index) => ({ key: subject, name, jwt: preload[index].trim() }));
  return { options, accounts: known, systemAccount, resolver };
}

/** The part of nats.conf that is operator mode. */
export function renderOperator({ options, accounts, systemAccount, resolver }: OperatorState): ConfBlock {
  const operators = options.operators.map((jwt) => jwt.trim());
  return {
    operator: operators.length === 1 ? operators[0] : operators,
    system_account: systemAccount,
    resolver: resolver._render(),
    resolver_tls: renderClientTls(resolver._tls),
    resolver_pinned_accounts: options.pinnedAccounts && [...new Set(options.pinnedAccounts)].sort(),
    resolver_preload: accounts.length === 0 ? undefined : Object.fromEntries(accounts.map(({ key, jwt }) => [key, jwt])),
    default_sentinel: options.defaultSentinel?.trim(),
  };
}

function decoded(scope: Construct, prop: string, text: string, kind: JwtKind): DecodedJwt {
  const jwt = decodeJwt(text, kind);
  if (typeof jwt !== 'string') return jwt;
  throw JWT_INVALID.error(scope, { what: `${prop} (not shown here) ${jwt}`, allowed: `the JWT of kind ${kind}, as "nsc describe ${kind} --raw" prints it` });
}
