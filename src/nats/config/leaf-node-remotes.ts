import { Construct } from 'constructs';
import { NatsLeafNodeProxy, NatsLeafNodeRemote } from './leaf-node-remote';
import { LeafNode, resolveRemoteTls } from './leaf-node-tls';
import { renderUrls } from './server-credentials';
import { defineRule, RuleLevel } from '../../core/rule';
import { assertSecretKey, SecretKey } from '../../core/secret-key';
import { SecretVariables } from '../auth/secret-variables';
import { ConfBlock, ConfValue } from '../conf/conf-value';
import { checkUrls } from '../network/urls';
import { SecretFiles } from '../pod/secret-files';
import { isSubject } from '../subject';
import { ClientTls } from '../tls/nats-client-tls';
import { renderClientTls } from '../tls/render-tls';

export const LEAF_REMOTE = defineRule({
  id: 'NATS-LEAF-REMOTE',
  level: RuleLevel.ERROR,
  statement: 'A remote of leaf nodes has either a cluster or URLs, all of them WebSocket or none, and one kind of credentials; denied subjects are subjects.',
  source: 'https://docs.nats.io/running-a-nats-service/configuration/leafnodes; nats-server: "cannot have a mix of websocket and non-websocket urls"',
});

export const LEAF_REMOTE_DUPLICATE = defineRule({
  id: 'NATS-LEAF-REMOTE-DUPLICATE',
  level: RuleLevel.ERROR,
  statement: 'No two remotes of leaf nodes have the same URLs, account and credentials.',
  source: 'nats-server 2.14: "duplicate remote"; 2.12 connects twice without a word, and delivers each message twice (measured)',
  serverVerdict: true,
});

/** A remote with its defaults. */
export interface ResolvedRemote {
  readonly options: NatsLeafNodeRemote;
  /** Undefined where the URLs alone say whether there is TLS. */
  readonly tls?: ClientTls;
  /** What the proxy is believed by. */
  readonly proxyTls?: ClientTls;
}

/** The remotes with their defaults; one that the server refuses or reads wrongly throws. */
export function resolveRemotes(scope: Construct, remotes: NatsLeafNodeRemote[], own: LeafNode): ResolvedRemote[] {
  const seen = new Set<string>();
  return remotes.map((remote, index) => {
    const prop = `leafNodes.remotes[${index}]`;
    checkRemote(scope, prop, remote);
    const identity = identityOf(remote);
    if (seen.has(identity)) {
      throw LEAF_REMOTE_DUPLICATE.error(scope, { what: `${prop} has the URLs, account and credentials of another remote`, fix: 'leave it out, or give it another account' });
    }
    seen.add(identity);
    return { options: remote, tls: resolveRemoteTls(scope, prop, remote, own), proxyTls: remote.proxy?.ca && { ca: remote.proxy.ca._file } };
  });
}

function checkRemote(scope: Construct, prop: string, remote: NatsLeafNodeRemote): void {
  const { cluster, urls, credentials, nkey, user, password, proxy } = remote;
  const refuse = (what: string, allowed?: string, fix?: string) => { throw LEAF_REMOTE.error(scope, { what, allowed, fix }); };
  if ((cluster === undefined) === (urls === undefined)) refuse(`${prop} has ${cluster ? 'a cluster and urls' : 'neither a cluster nor urls'}`, 'one of them');
  if (cluster && cluster.leafNodeUrl === undefined) {
    refuse(`${prop} names ${cluster.node.path}, which does not listen for leaf nodes`, undefined, 'give that cluster leafNodes: {}; for one from NatsCluster.fromUrl, give leafNodeUrl');
  }
  checkUrls(scope, `${prop}.urls`, urlsOf(remote), ['nats', 'tls', 'nats-leaf', 'ws', 'wss']);
  const webSockets = urlsOf(remote).filter(isWebSocket);
  if (webSockets.length > 0 && webSockets.length < urlsOf(remote).length) refuse(`${prop}.urls mixes WebSocket and other URLs`, 'only ws:// and wss://, or none');
  for (const [name, secret] of Object.entries({ credentials, nkey, password, 'proxy.password': proxy?.password })) assertSecretKey(scope, `${prop}.${name}`, secret);
  const given = [credentials && 'credentials', nkey && 'nkey', (user ?? password) && 'user and password'].filter(Boolean);
  if (given.length > 1) refuse(`${prop} has ${given.join(', and ')}`, 'one kind of credentials');
  if ((user === undefined) !== (password === undefined)) refuse(`${prop} has ${user === undefined ? 'a password without a user' : 'a user without a password'}`, 'both, or none');
  if (user !== undefined && !/^[\w-]+$/.test(user)) refuse(`${prop}.user is '${user}'`, 'letters, digits, _ and -');
  for (const list of ['denyImports', 'denyExports'] as const) {
    const wrong = remote[list]?.find((subject) => !isSubject(subject));
    if (wrong !== undefined) refuse(`${prop}.${list} has '${wrong}', which is not a subject`, 'tokens without spaces between dots, * for one token, > at the end');
  }
  if (proxy) checkProxy(scope, prop, proxy, webSockets.length > 0);
}

function checkProxy(scope: Construct, prop: string, proxy: NatsLeafNodeProxy, webSocket: boolean): void {
  checkUrls(scope, `${prop}.proxy.url`, [proxy.url], ['http', 'https']);
  const incomplete = (proxy.user === undefined) !== (proxy.password === undefined);
  if (!webSocket || incomplete) {
    throw LEAF_REMOTE.error(scope, {
      what: `${prop}.proxy is ${incomplete ? 'given a user without a password, or the reverse' : 'given for URLs that are not WebSocket, which would not use it'}`,
      allowed: 'a proxy for ws:// or wss:// URLs, with user and password or without both',
    });
  }
  if (proxy.ca && !proxy.url.startsWith('https:')) throw LEAF_REMOTE.error(scope, { what: `${prop}.proxy.ca is given, and its URL is ${proxy.url}`, allowed: 'an https:// URL', fix: 'leave ca out' });
}

/** What makes a remote the same remote for the server. */
export function identityOf(remote: NatsLeafNodeRemote): string {
  const { account = '$G', credentials, nkey, user, password } = remote;
  const keyOf = (secret: SecretKey | undefined) => secret && [secret.secretName, secret.key];
  return JSON.stringify([urlsOf(remote), account, keyOf(credentials), keyOf(nkey), user, keyOf(password)]);
}

function urlsOf({ cluster, urls }: NatsLeafNodeRemote): string[] {
  return urls ?? [cluster!.leafNodeUrl!];
}

function isWebSocket(url: string): boolean {
  return /^wss?:/.test(url);
}

/** An element of `leafnodes.remotes` of nats.conf. */
export function renderRemote({ options: remote, tls, proxyTls }: ResolvedRemote, secrets: SecretVariables, files: SecretFiles): ConfBlock {
  const { user, password, nkey, credentials } = remote;
  return {
    urls: renderUrls(urlsOf(remote), user !== undefined && password ? { user, password } : undefined, secrets),
    tls: renderClientTls(tls),
    account: remote.account,
    credentials: credentials && files.pathOf(credentials),
    nkey: nkey && secrets.variableFor(nkey),
    deny_imports: remote.denyImports,
    deny_exports: remote.denyExports,
    hub: remote.hub,
    no_randomize: remote.noRandomize,
    compression: remote.compression,
    first_info_timeout: remote.firstInfoTimeout,
    dial_timeout: remote.dialTimeout,
    ignore_discovered_servers: remote.ignoreDiscoveredServers,
    jetstream_cluster_migrate: renderMigration(remote),
    isolate_leafnode_interest: remote.isolateInterest,
    request_isolation: remote.requestIsolation,
    ws_compression: remote.webSocketCompression,
    ws_no_masking: remote.webSocketNoMasking,
    disabled: remote.disabled,
    proxy: remote.proxy && {
      url: remote.proxy.url,
      username: remote.proxy.user,
      password: remote.proxy.password && secrets.variableFor(remote.proxy.password),
      timeout: remote.proxy.timeout,
      tls: renderClientTls(proxyTls),
    },
  };
}

function renderMigration({ jetStreamClusterMigrate, jetStreamLeaderMigrateDelay }: NatsLeafNodeRemote): ConfValue | undefined {
  return jetStreamLeaderMigrateDelay ? { leader_migrate_delay: jetStreamLeaderMigrateDelay } : jetStreamClusterMigrate;
}
