import { Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { checkAuthTimeout } from './auth-timeout';
import { checkCallout, NatsAuthCallout } from './callout';
import { Permissions } from './permissions';

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
  checkAuthTimeout(scope, 'authOptions.timeout', timeout);
  defaultPermissions?._check(scope);
  if (callout) checkCallout(scope, callout);
}
