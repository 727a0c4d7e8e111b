import { Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { isPublicKey } from './nkey';
import { Permissions } from './permissions';
import { AUTH_CALLOUT, AUTH_TIMEOUT } from './rules';
import { Mistake } from '../../core/mistake';

/**
 * A service that decides who may log in: it answers each login of somebody whom the servers do not know with a signed user.
 * @see https://docs.nats.io/running-a-nats-service/configuration/securing_nats/auth_callout
 */
export interface NatsAuthCallout {
  /** Public key of the account, beginning with A, that signs the service's answers. Another text throws. */
  readonly issuer: string;
  /** Names of the users as whom the service, and others who need no decision, log in. One that is not there, or in another account, fails the synth. */
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
   * Names of the accounts into which the service may let users.
   * @default - all accounts
   */
  readonly allowedAccounts?: string[];
}

/**
 * What holds for all who log in.
 * @see https://docs.nats.io/running-a-nats-service/configuration/securing_nats/auth_intro
 */
export interface NatsAuthOptions {
  /**
   * How long a client may take to log in: whole seconds from 1 to 60. Applied by reload.
   * @default - the server's: 2 s, and with TLS 1 s more than the handshake may take
   */
  readonly timeout?: Duration;
  /**
   * Name of the user that a client without any credentials becomes. One that is not there fails the synth. Changing it restarts the servers.
   * @default - such a client is refused
   */
  readonly noAuthUser?: string;
  /**
   * What users outside of accounts may do who have no permissions themselves; they replace these, they are not added to them.
   * @default - none, so that each user needs permissions
   */
  readonly defaultPermissions?: Permissions;
  /**
   * A service that decides who may log in. Changing it restarts the servers.
   * @default - none
   */
  readonly callout?: NatsAuthCallout;
}

export function checkAuthOptions(scope: Construct, { timeout, defaultPermissions, callout }: NatsAuthOptions): void {
  const seconds = timeout?.toSeconds({ integral: false });
  if (seconds !== undefined && (!Number.isInteger(seconds) || seconds < 1 || seconds > 60)) {
    throw AUTH_TIMEOUT.error(scope, { what: `authOptions.timeout is ${seconds} s`, allowed: 'whole seconds from 1 to 60' });
  }
  defaultPermissions?._check(scope);
  if (!callout) return;
  if (!isPublicKey(callout.issuer, 'account')) throw AUTH_CALLOUT.error(scope, keyMistake('issuer', callout.issuer, 'the public key of an account: A and 55 more letters and digits'));
  if (callout.xkey !== undefined && !isPublicKey(callout.xkey, 'curve')) throw AUTH_CALLOUT.error(scope, keyMistake('xkey', callout.xkey, 'a public curve key: X and 55 more letters and digits'));
  for (const [list, names] of [['users', callout.users], ['allowedAccounts', callout.allowedAccounts]] as const) {
    if (names?.length === 0) throw AUTH_CALLOUT.error(scope, { what: `authOptions.callout.${list} is empty`, allowed: 'at least one name' });
  }
}

/** A seed, which is secret, is not repeated. */
function keyMistake(prop: string, given: string, allowed: string): Mistake {
  return { what: `authOptions.callout.${prop} is ${/^S/.test(given) ? 'not a public key (not shown here)' : `'${given}'`}`, allowed };
}
