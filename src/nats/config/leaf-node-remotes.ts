import { Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { renderUrls } from './server-credentials';
import { defineRule, RuleLevel } from '../../core/rule';
import { assertSecretKey, SecretKey } from '../../core/secret-key';
import { SecretVariables } from '../auth/secret-variables';
import { ConfBlock, ConfValue } from '../conf/conf-value';
import { NatsClusterBase } from '../nats-cluster-base';
import { RouteCompression } from '../network/routes';
import { checkUrls } from '../network/urls';
import { SecretFiles } from '../pod/secret-files';
import { isSubject } from '../subject';

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

/** The HTTP proxy through which a leaf node connects to a remote with WebSocket URLs. */
export interface NatsLeafNodeProxy {
  /** URL of the proxy, `http://` or `https://`, without credentials. */
  readonly url: string;
  /**
   * User at the proxy; needs `password`.
   * @default - none
   */
  readonly user?: string;
  /**
   * Where the password at the proxy is.
   * @default - none
   */
  readonly password?: SecretKey;
  /**
   * How long connecting through the proxy may take.
   * @default - the server's
   */
  readonly timeout?: Duration;
}

/**
 * A cluster to which the servers connect as leaf nodes. Changing it restarts the servers.
 * @see https://docs.nats.io/running-a-nats-service/configuration/leafnodes/leafnode_conf
 */
export interface NatsLeafNodeRemote {
  /**
   * The cluster: one of this app that listens for leaf nodes, in the same Kubernetes cluster, whose NetworkPolicy then admits the servers; or one from
   * `NatsCluster.fromUrl` with its `leafNodeUrl`.
   * @default - `urls`
   */
  readonly cluster?: NatsClusterBase;
  /**
   * URLs of the cluster, such as `nats://leaf.example.com:7422`, or of its WebSocket listener. One that holds credentials throws, and is not repeated.
   * @default - `cluster`
   */
  readonly urls?: string[];
  /**
   * Account of this cluster that is connected.
   * @default - the account of clients that name none
   */
  readonly account?: string;
  /**
   * Where a credentials file (JWT and nkey seed) is: a key of a Secret in the cluster's namespace. The servers read it at each connect.
   * @default - none
   */
  readonly credentials?: SecretKey;
  /**
   * Where an nkey seed is.
   * @default - none
   */
  readonly nkey?: SecretKey;
  /**
   * User with which the servers log in: letters, digits, _ and -; needs `password`.
   * @default - none
   */
  readonly user?: string;
  /**
   * Where the password is. It becomes part of a URL: letters, digits, -, _, . and ~; the servers refuse to start with another.
   * @default - none
   */
  readonly password?: SecretKey;
  /**
   * Subjects that are not received from the remote.
   * @default - none
   */
  readonly denyImports?: string[];
  /**
   * Subjects that are not sent to the remote.
   * @default - none
   */
  readonly denyExports?: string[];
  /**
   * Whether this side is the hub, although it is the one that connects.
   * @default false
   */
  readonly hub?: boolean;
  /**
   * Whether URLs are tried in their order.
   * @default false
   */
  readonly noRandomize?: boolean;
  /**
   * Compression. Applied by reload.
   * @default - the server's: RouteCompression.S2_AUTO
   */
  readonly compression?: RouteCompression;
  /**
   * How long the remote has to greet.
   * @default - the server's: 1 s
   */
  readonly firstInfoTimeout?: Duration;
  /**
   * How long connecting may take. From nats-server 2.15.
   * @default - the server's: 1 s
   */
  readonly dialTimeout?: Duration;
  /**
   * Whether only the URLs that are given are dialled, and not those that the remote tells. From nats-server 2.14.
   * @default false
   */
  readonly ignoreDiscoveredServers?: boolean;
  /**
   * Whether servers that lose the remote give their JetStream leaderships to others.
   * @default false
   */
  readonly jetStreamClusterMigrate?: boolean;
  /**
   * How long they wait before they do; switches `jetStreamClusterMigrate` on.
   * @default - they do not wait
   */
  readonly jetStreamLeaderMigrateDelay?: Duration;
  /**
   * Whether interest of other leaf nodes is not told to the remote.
   * @default false
   */
  readonly isolateInterest?: boolean;
  /**
   * Whether the remote is asked not to tell interest of its other leaf nodes.
   * @default false
   */
  readonly requestIsolation?: boolean;
  /**
   * Compression of WebSocket connections.
   * @default false
   */
  readonly webSocketCompression?: boolean;
  /**
   * Whether WebSocket frames are not masked, which saves time where nothing on the way needs it.
   * @default false
   */
  readonly webSocketNoMasking?: boolean;
  /**
   * Proxy, for WebSocket URLs.
   * @default - none
   */
  readonly proxy?: NatsLeafNodeProxy;
  /**
   * Whether the servers do not connect for now. Applied by reload.
   * @default false
   */
  readonly disabled?: boolean;
}

/** Refuses remotes that the server refuses or reads wrongly. */
export function checkRemotes(scope: Construct, remotes: NatsLeafNodeRemote[]): void {
  const seen = new Set<string>();
  remotes.forEach((remote, index) => {
    const prop = `leafNodes.remotes[${index}]`;
    checkRemote(scope, prop, remote);
    const identity = identityOf(remote);
    if (seen.has(identity)) {
      throw LEAF_REMOTE_DUPLICATE.error(scope, { what: `${prop} has the URLs, account and credentials of another remote`, fix: 'leave it out, or give it another account' });
    }
    seen.add(identity);
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
export function renderRemote(remote: NatsLeafNodeRemote, secrets: SecretVariables, files: SecretFiles): ConfBlock {
  const { user, password, nkey, credentials } = remote;
  return {
    urls: renderUrls(urlsOf(remote), user !== undefined && password ? { user, password } : undefined, secrets),
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
    },
  };
}

function renderMigration({ jetStreamClusterMigrate, jetStreamLeaderMigrateDelay }: NatsLeafNodeRemote): ConfValue | undefined {
  return jetStreamLeaderMigrateDelay ? { leader_migrate_delay: jetStreamLeaderMigrateDelay } : jetStreamClusterMigrate;
}

/** The Secrets that a remote needs, with what each of their values must look like where that is special. */
export function secretsOfRemote({ credentials, nkey, password, proxy }: NatsLeafNodeRemote) {
  return { credentials, nkey, password, proxyPassword: proxy?.password };
}
