import { Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { defineRule, RuleLevel } from '../../core/rule';
import { assertSecretKey, SecretKey } from '../../core/secret-key';
import { checkAuthTimeout } from '../auth/auth-timeout';
import { SecretVariables } from '../auth/secret-variables';
import { ConfBlock, ConfValue } from '../conf/conf-value';

export const SERVER_CREDENTIALS = defineRule({
  id: 'NATS-SERVER-CREDENTIALS',
  level: RuleLevel.ERROR,
  statement: 'A user as whom one server logs in at another is made of letters, digits, _ and -, and has a password in a Secret.',
  source: 'User and password stand in a URL, in which nats-server decodes percent signs (measured)',
});

/**
 * User and password with which servers log in at each other. Changing the Secret needs a restart (`secretRevision`).
 *
 * Certificates on both sides are better: they leave nothing to keep secret in a URL.
 */
export interface NatsServerCredentials {
  /** User: letters, digits, _ and -; another text throws. */
  readonly user: string;
  /**
   * Where the password is: a key of a Secret in the cluster's namespace. The password becomes part of a URL: letters, digits, -, _, . and ~. The servers
   * refuse to start with another.
   */
  readonly password: SecretKey;
  /**
   * How long a server that connects has for logging in; at most a minute.
   * @default - the server's: 2 s
   */
  readonly timeout?: Duration;
}

/** What a password must look like to stand in a URL, in words for whoever makes the Secret. */
export const URL_SECRET_VALUE = 'letters, digits, -, _, . and ~ only, not empty';

export function checkServerCredentials(scope: Construct, prop: string, credentials: NatsServerCredentials | undefined): void {
  if (!credentials) return;
  const { user, password, timeout } = credentials;
  if (!/^[\w-]+$/.test(user)) throw SERVER_CREDENTIALS.error(scope, { what: `${prop}.user is '${user}'`, allowed: 'letters, digits, _ and -' });
  assertSecretKey(scope, `${prop}.password`, password);
  if (!password) throw SERVER_CREDENTIALS.error(scope, { what: `${prop}.password is not given`, fix: 'give SecretKey.fromName(\'<secret>\', \'<key>\')' });
  checkAuthTimeout(scope, `${prop}.timeout`, timeout);
}

/** The block `authorization` of a listener for servers. */
export function renderServerAuthorization(credentials: NatsServerCredentials | undefined, secrets: SecretVariables): ConfBlock | undefined {
  return credentials && {
    user: credentials.user, password: secrets.urlSafeVariableFor(credentials.password), timeout: credentials.timeout?.toSeconds(),
  };
}

/** URLs that servers dial, with the credentials in them where there are any. */
export function renderUrls(urls: string[], credentials: Pick<NatsServerCredentials, 'user' | 'password'> | undefined, secrets: SecretVariables): ConfValue[] {
  return credentials ? urls.map((url) => secrets.urlWith(url, credentials.user, credentials.password)) : urls;
}
