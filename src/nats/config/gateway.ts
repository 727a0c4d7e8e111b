import { Duration } from 'cdk8s';
import { NatsServerCredentials } from './server-credentials';
import { NatsClusterBase } from '../nats-cluster-base';
import { NatsPeer } from '../network/nats-peer';
import { NatsClientTls } from '../tls/nats-client-tls';
import { NatsTls } from '../tls/nats-tls';

/** How a cluster reaches another one by gateways. */
export interface NatsRemoteGatewayOptions {
  /**
   * User and password with which the servers log in there.
   * @default - those of the cluster's own `gateway.authorization`
   */
  readonly credentials?: NatsServerCredentials;
  /**
   * TLS, where the other cluster is believed by another CA, or wants another certificate. `handshakeFirst` throws: gateways do not begin so. Gateways
   * show each other certificates: without one here and in the gateway's own TLS it throws.
   * @default - certificate and CA of the gateway's own TLS
   */
  readonly tls?: NatsClientTls;
}

/** Another cluster of a super cluster. */
export class NatsRemoteGateway {
  /**
   * A cluster of this app in the same Kubernetes cluster, or one from `NatsCluster.fromUrl` whose `clusterName` and `gatewayUrl` are given.
   *
   * A cluster of this app needs a gateway too; it then leads back, and their NetworkPolicies admit each other.
   */
  public static cluster(cluster: NatsClusterBase, options: NatsRemoteGatewayOptions = {}): NatsRemoteGateway {
    return new NatsRemoteGateway(undefined, undefined, cluster, options);
  }

  /**
   * A cluster at these URLs. One that holds credentials throws, and is not repeated in the error.
   *
   * @param name its `clusterName`
   * @param urls such as `nats://gateway.eu.example.com:7222`; the first that answers tells the others
   */
  public static urls(name: string, urls: string[], options: NatsRemoteGatewayOptions = {}): NatsRemoteGateway {
    return new NatsRemoteGateway(name, urls, undefined, options);
  }

  private constructor(
    /** @internal */ public readonly _name: string | undefined,
    /** @internal */ public readonly _urls: string[] | undefined,
    /** @internal */ public readonly _cluster: NatsClusterBase | undefined,
    /** @internal */ public readonly _options: NatsRemoteGatewayOptions,
  ) {}
}

/**
 * A listener for gateways of other clusters, which makes this cluster part of a super cluster. Changing it restarts the servers.
 *
 * Cluster and server names are unique in a super cluster. A cluster without JetStream is named `<namespace>-<name>` by default, and its servers after it.
 * With JetStream, `clusterName` and `serverNamePrefix` are given: the servers find their data by these names.
 * @see https://docs.nats.io/running-a-nats-service/configuration/gateways
 */
export interface NatsGatewayOptions {
  /**
   * TLS of the listener.
   * @default - the cluster's `tls`
   */
  readonly tls?: NatsTls;
  /**
   * The other clusters; `NatsCluster.addRemoteGateway` adds more. Others that know this one introduce themselves, unless `rejectUnknownCluster`.
   * @default - none
   */
  readonly remotes?: NatsRemoteGateway[];
  /**
   * Address that the servers tell to other clusters, where those cannot reach the addresses of pods: a host and a port. `$(POD_NAME)` and `$(HOST_IP)` in it
   * stand for the name of the pod and the address of its node.
   * @default - the addresses of the pods
   */
  readonly advertiseAddress?: string;
  /**
   * Whether clusters that are not among the remotes are turned away.
   * @default false
   */
  readonly rejectUnknownCluster?: boolean;
  /**
   * How often the servers try to connect to a cluster that introduced itself; 0 is once.
   * @default - the server's: 0
   */
  readonly connectRetries?: number;
  /**
   * Whether the time between such tries grows.
   * @default false
   */
  readonly connectBackoff?: boolean;
  /**
   * User and password that the servers ask of other clusters, and with which they log in there.
   * @default - none
   */
  readonly authorization?: NatsServerCredentials;
  /**
   * How long one write to another cluster may take.
   * @default - the server's: 10 s
   */
  readonly writeDeadline?: Duration;
  /**
   * Who may reach the listener, besides the remotes that are clusters of this app.
   * @default - nobody
   */
  readonly peers?: NatsPeer[];
}
