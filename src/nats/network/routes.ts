import { NatsPeer } from './nats-peer';
import { SecretVariables } from '../auth/secret-variables';
import { ConfValue } from '../conf/conf-value';
import { NatsServerCredentials, renderUrls } from '../config/server-credentials';
import { NatsTls } from '../tls/nats-tls';

/** How traffic between servers is compressed. */
export enum RouteCompression {
  OFF = 'off',
  /** Only if the other server asks for it. */
  ACCEPT = 'accept',
  /** By round trip time: more for farther servers. */
  S2_AUTO = 's2_auto',
  S2_FAST = 's2_fast',
  S2_BETTER = 's2_better',
  S2_BEST = 's2_best',
}

/** The routes between the servers of a cluster. */
export interface NatsRoutes {
  /**
   * Whether servers tell clients each other's addresses. Off, clients know the Service only, which always leads to a server that is
   * ready; the addresses of pods help no client outside the Kubernetes cluster. Applied by reload.
   * @default false
   */
  readonly advertise?: boolean;
  /**
   * Address that servers tell each other, where they cannot reach the addresses of pods: a host and a port. `$(POD_NAME)` and `$(HOST_IP)` in it stand for the name
   * of the pod and the address of its node. Applied by reload.
   * @default - the addresses of the pods
   */
  readonly advertiseAddress?: string;
  /**
   * Servers outside the StatefulSet that belong to the same cluster, such as those that are moved here: `nats://old-0.old:6222`. One that holds credentials
   * throws, and is not repeated. Each counts in the first election of JetStream. Applied by reload.
   * @default - none
   */
  readonly extra?: string[];
  /**
   * Who may reach the route port, besides the servers of the cluster: those of `extra`.
   * @default - nobody
   */
  readonly peers?: NatsPeer[];
  /**
   * User and password that servers ask of each other.
   * @default - none: the NetworkPolicy admits the servers only
   */
  readonly authorization?: NatsServerCredentials;
  /**
   * Whether routes name servers with namespace and cluster domain, as certificates may need it.
   * @default false
   */
  readonly fullyQualified?: boolean;
  /**
   * Domain of the Kubernetes cluster.
   * @default cluster.local
   */
  readonly clusterDomain?: string;
  /**
   * Connections between two servers.
   * @default - the server's: 3
   */
  readonly poolSize?: number;
  /**
   * Compression.
   * @default - the server's: RouteCompression.ACCEPT, which compresses nothing unless a server asks for it
   */
  readonly compression?: RouteCompression;
  /**
   * TLS of the routes. Servers show each other their certificates: these need the usages of a server and of a client, and names for each server, such
   * as `*.<name>-headless`. Turning it on or off cuts servers that have restarted off from those that have not, until all have.
   * @default - certificate, CA, versions, cipher suites and curves of the cluster's `tls`
   */
  readonly tls?: NatsTls;
}

/** What the names of the servers are made of. */
export interface ServerNames {
  readonly name: string;
  readonly headlessServiceName: string;
  readonly namespace?: string;
  readonly replicas: number;
  readonly routes: NatsRoutes;
}

/** The names of the servers' pods. */
export function podNamesOf({ name, replicas }: Pick<ServerNames, 'name' | 'replicas'>): string[] {
  return Array.from({ length: replicas }, (_, ordinal) => `${name}-${ordinal}`);
}

/** The DNS name of each server. */
export function serverHosts({ headlessServiceName, namespace, routes, ...pods }: ServerNames): string[] {
  const domain = routes.fullyQualified ? `.${namespace}.svc.${routes.clusterDomain ?? 'cluster.local'}` : '';
  return podNamesOf(pods).map((name) => `${name}.${headlessServiceName}${domain}`);
}

/** The routes of the servers, each to itself too: their number is the size of the first election. */
export function routeUrls(servers: ServerNames, { scheme, port }: { scheme: 'nats' | 'tls'; port: number }, secrets: SecretVariables): ConfValue[] {
  const { extra = [], authorization } = servers.routes;
  return renderUrls([...serverHosts(servers).map((host) => `${scheme}://${host}:${port}`), ...extra], authorization, secrets);
}
