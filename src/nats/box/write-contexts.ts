import { NatsBoxContext } from './nats-box-context';
import { SecretFiles } from '../pod/secret-files';
import { ClientTls } from '../tls/nats-client-tls';
import { pathOf } from '../tls/tls-files';

/** A context with all that it takes from the cluster. */
export interface ResolvedContext extends NatsBoxContext {
  readonly url: string;
  readonly tls: ClientTls;
}

/** Puts a text into JSON, between quotes; a line break at its end goes. Kubernetes replaces `$(NAME)` in a command, hence the backquotes. */
const WRITE_CONTEXT = `umask 077
contexts="$XDG_CONFIG_HOME/nats/context"
mkdir -p "$contexts"
escape() { sed -e 's/\\\\/\\\\\\\\/g' -e 's/"/\\\\"/g' -e 's/\\t/\\\\t/g' "$1"; }
context() { printf '%s' "$2" > "$contexts/$1.json"; }
context_with() { printf '%s,"%s":"%s"}' "$2" "$3" "\`escape "$4"\`" > "$contexts/$1.json"; }`;

/** The script that writes these contexts; what is secret comes from files, each known to one context alone. */
export function writeContexts(contexts: ResolvedContext[], defaultContext: string, files: SecretFiles): string {
  const lines = contexts.map((context) => {
    const { name, password, token } = context;
    const json = JSON.stringify(withoutSecret(context, files));
    const secret = password ?? token;
    if (!secret) return `context ${name} ${literal(json)}`;
    return `context_with ${name} ${literal(json.slice(0, -1))} ${password ? 'password' : 'token'} ${literal(files.pathOf(secret))}`;
  });
  return [WRITE_CONTEXT, ...lines, `printf '%s' ${defaultContext} > "$XDG_CONFIG_HOME/nats/context.txt"`].join('\n');
}

/** @see https://docs.nats.io/using-nats/nats-tools/nats_cli#nats-contexts */
function withoutSecret({ url, user, credentials, nkey, inboxPrefix, jetStreamDomain, tls }: ResolvedContext, files: SecretFiles): object {
  const { ca, certificate, handshakeFirst } = tls;
  return {
    url,
    user,
    creds: credentials && files.pathOf(credentials),
    nkey: nkey && files.pathOf(nkey),
    inbox_prefix: inboxPrefix,
    jetstream_domain: jetStreamDomain,
    ca: ca && pathOf(ca),
    cert: certificate && pathOf(certificate.cert),
    key: certificate && pathOf(certificate.key),
    tls_first: handshakeFirst || undefined,
  };
}

/** A word of a shell script in a command, in which Kubernetes reads `$$` as `$`. */
function literal(text: string): string {
  return `'${text.replace(/'/g, '\'\\\'\'').replace(/\$/g, '$$$$')}'`;
}
