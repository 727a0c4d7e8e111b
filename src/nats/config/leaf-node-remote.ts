import { Duration } from 'cdk8s';
import { SecretKey } from '../../core/secret-key';
import { NatsClusterBase } from '../nats-cluster-base';
import { RouteCompression } from '../network/routes';
import { NatsClientTls } from '../tls/nats-client-tls';
import { NatsTlsCa } from '../tls/nats-tls-ca';

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
   * The authorities by which the servers believe a proxy with an `https://` URL; for another one it throws. From nats-server 2.15.
   * @default - those of the image
   */
  readonly ca?: NatsTlsCa;
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
   * TLS. For a `cluster` whose leaf nodes speak in clear it throws, and so does a CA that the servers' pods cannot mount.
   * @default - for a `cluster` of this app its CA, and if it verifies certificates, that of this cluster; for URLs the CAs of the image, where they say `tls` or `wss`
   */
  readonly tls?: NatsClientTls;
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
