import { Construct } from 'constructs';
import { defineRule, RuleLevel } from '../../core/rule';
import { assertSecretKey, SecretKey } from '../../core/secret-key';
import { NatsUser } from '../auth/nats-user';
import { urlMistake } from '../network/urls';
import { NatsClientCertificate } from '../tls/nats-client-certificate';
import { NatsTlsCa } from '../tls/nats-tls-ca';

export const BOX_CONTEXT = defineRule({
  id: 'NATS-BOX-CONTEXT',
  level: RuleLevel.ERROR,
  statement: 'A context of the nats-box has a name of its own, a URL without credentials, one kind of credentials, and a CA that its pod can mount; the default context is one of them.',
  source: 'https://docs.nats.io/using-nats/nats-tools/nats_cli#nats-contexts',
});

/**
 * A context of the command line tools: where they connect, and as whom. Its secrets are files of the pod.
 * @see https://docs.nats.io/using-nats/nats-tools/nats_cli#nats-contexts
 */
export interface NatsBoxContext {
  /** Name: letters, digits, ., _ and -. The name `default` takes the place of the context that the nats-box has anyway. */
  readonly name: string;
  /**
   * URLs, with commas between. One that holds credentials throws, and is not repeated in the error.
   * @default - those of the cluster
   */
  readonly url?: string;
  /**
   * User.
   * @default - none
   */
  readonly user?: string;
  /**
   * Where the password is; needs `user`. A changed Secret is read when the pod starts.
   * @default - for a user of the cluster, its password; else none
   */
  readonly password?: SecretKey;
  /**
   * Where the token is. A changed Secret is read when the pod starts.
   * @default - none
   */
  readonly token?: SecretKey;
  /**
   * Where a credentials file (JWT and nkey seed) is. It is read at each connect.
   * @default - none
   */
  readonly credentials?: SecretKey;
  /**
   * Where an nkey seed is. It is read at each connect.
   * @default - none
   */
  readonly nkey?: SecretKey;
  /**
   * Prefix of the subjects of replies.
   * @default - for a user of the cluster, its own; else `_INBOX`
   */
  readonly inboxPrefix?: string;
  /**
   * JetStream domain.
   * @default - none
   */
  readonly jetStreamDomain?: string;
  /**
   * The authorities by which the servers are believed. A path throws: the nats-box has none of the volumes of the servers.
   * @default - without `url`, those of the nats-box; else those of the image
   */
  readonly ca?: NatsTlsCa;
  /**
   * The certificate that is shown.
   * @default - without `url`, that of the nats-box; else none
   */
  readonly certificate?: NatsClientCertificate;
  /**
   * Whether the connection begins with the TLS handshake, as `handshakeFirst` of the servers wants it.
   * @default - without `url`, as the cluster wants it; else false
   */
  readonly tlsFirst?: boolean;
}

/** Refuses contexts that the tools would not find, or could not use. */
export function checkContexts(scope: Construct, contexts: NatsBoxContext[], defaultContext: string): void {
  const names = contexts.map(({ name }) => name);
  const refuse = (what: string, allowed: string) => { throw BOX_CONTEXT.error(scope, { what, allowed }); };
  for (const { name, url, user, password, token, credentials, nkey, ca } of contexts) {
    const prop = `natsBox.contexts['${name}']`;
    if (!/^[\w-][\w.-]*$/.test(name) || name.includes('..')) refuse(`natsBox.contexts has the name '${name}'`, 'letters, digits, ., _ and -');
    if (names.indexOf(name) !== names.lastIndexOf(name)) refuse(`natsBox.contexts has '${name}' twice`, 'a name of its own for each');
    const mistake = url === undefined ? undefined : urlMistake(`${prop}.url`, url.split(',').map((one) => one.trim()), ['nats', 'tls', 'ws', 'wss']);
    if (mistake) throw BOX_CONTEXT.error(scope, mistake);
    for (const [secretName, secret] of Object.entries({ password, token, credentials, nkey })) assertSecretKey(scope, `${prop}.${secretName}`, secret);
    const given = [(user ?? password) && 'user and password', token && 'a token', credentials && 'credentials', nkey && 'an nkey'].filter(Boolean);
    if (given.length > 1) refuse(`${prop} has ${given.join(', ')}`, 'one kind of credentials');
    if (password && user === undefined) refuse(`${prop} has a password without a user`, 'both');
    checkBoxCa(scope, `${prop}.ca`, ca);
  }
  if (defaultContext !== 'default' && !names.includes(defaultContext)) refuse(`natsBox.defaultContext is '${defaultContext}'`, ['default', ...names].join(', '));
}

/** Refuses a CA that the pod of the nats-box does not have. */
export function checkBoxCa(scope: Construct, prop: string, ca: NatsTlsCa | undefined): void {
  if (ca?._file?.kind !== 'path') return;
  throw BOX_CONTEXT.error(scope, { what: `${prop} is the path '${ca._file.path}'`, allowed: 'NatsTlsCa.fromSecret(...), fromConfigMap(...) or system()' });
}

/** A context with what it takes from the users of the cluster. */
export function completeContext(context: NatsBoxContext, users: NatsUser[]): NatsBoxContext {
  const user = context.user === undefined ? undefined : users.find(({ userName }) => userName === context.user);
  if (!user) return context;
  return {
    ...context,
    user: user._certificateSubject ? undefined : context.user,
    password: context.password ?? user._password,
    inboxPrefix: context.inboxPrefix ?? user.inboxPrefix,
  };
}

/** The secrets of a context. */
export function secretsOfContext({ password, token, credentials, nkey }: NatsBoxContext): SecretKey[] {
  return [password, token, credentials, nkey].flatMap((secret) => secret ?? []);
}
