import { Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { checkServerCredentials, NatsServerCredentials, renderServerAuthorization, renderUrls } from './server-credentials';
import { defineRule, RuleLevel } from '../../core/rule';
import { SecretVariables } from '../auth/secret-variables';
import { ConfBlock, ConfValue } from '../conf/conf-value';
import { NatsClusterBase } from '../nats-cluster-base';
import { checkAdvertised } from '../network/advertise';
import { NatsPeer } from '../network/nats-peer';
import { checkUrls } from '../network/urls';
import { NatsTls } from '../tls/nats-tls';

export const GATEWAY_INVALID = defineRule({
  id: 'NATS-GATEWAY',
  level: RuleLevel.ERROR,
  statement: 'A gateway leads to another cluster, once, whose name and URLs are known; with JetStream, a cluster with a gateway has at least two servers and says its names.',
  source: 'https://docs.nats.io/running-a-nats-service/configuration/gateways; nats-server: "JetStream cluster requires configured routes"',
});

/** How a cluster reaches another one by gateways. */
export interface NatsRemoteGatewayOptions {
  /**
   * User and password with which the servers log in there.
   * @default - those of the cluster's own `gateway.authorization`
   */
  readonly credentials?: NatsServerCredentials;
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

interface Remote {
  readonly name: string;
  readonly urls: string[];
  readonly credentials?: NatsServerCredentials;
  /** Whether the other one names this cluster, and not this one the other. */
  readonly implied: boolean;
}

/** The gateway of a cluster, and to which clusters it leads as far as it is said by now. */
export class GatewayState {
  private readonly remotes = new Map<string, Remote>();

  constructor(private readonly scope: Construct, public readonly options: NatsGatewayOptions, private readonly clusterName: string) {
    const { advertiseAddress, authorization, connectRetries } = options;
    checkAdvertised(scope, 'gateway.advertiseAddress', advertiseAddress);
    checkServerCredentials(scope, 'gateway.authorization', authorization);
    if (connectRetries !== undefined && (!Number.isInteger(connectRetries) || connectRetries < 0)) {
      throw GATEWAY_INVALID.error(scope, { what: `gateway.connectRetries is ${connectRetries}`, allowed: 'a whole number from 0' });
    }
  }

  /** Adds a remote; one that is implied by the other's naming this one yields to one that is said. */
  public add({ _name, _urls, _cluster, _options: { credentials } }: NatsRemoteGateway, implied: boolean = false): void {
    const cluster = _cluster;
    const name = _name ?? cluster?.clusterName;
    const urls = _urls ?? (cluster?.gatewayUrl === undefined ? undefined : [cluster.gatewayUrl]);
    if (name === undefined || urls === undefined) {
      throw GATEWAY_INVALID.error(this.scope, {
        what: `gateway.remotes names ${cluster?.node.path}, whose ${urls === undefined ? 'gateway' : 'clusterName'} is not known`,
        fix: 'give that cluster a gateway; for one from NatsCluster.fromUrl, give clusterName and gatewayUrl',
      });
    }
    if (!/^\S+$/.test(name) || name === this.clusterName) {
      throw GATEWAY_INVALID.error(this.scope, {
        what: `gateway.remotes names a cluster '${name}'${name === this.clusterName ? ', which is the name of this one' : ''}`,
        allowed: 'the clusterName of another cluster, without spaces',
        fix: name === this.clusterName ? 'give clusterName' : undefined,
      });
    }
    checkUrls(this.scope, `gateway.remotes['${name}']`, urls, ['nats', 'tls']);
    checkServerCredentials(this.scope, `gateway.remotes['${name}'].credentials`, credentials);
    const present = this.remotes.get(name);
    if (present && !present.implied && !implied) {
      throw GATEWAY_INVALID.error(this.scope, { what: `gateway.remotes names cluster '${name}' twice`, fix: 'give all its URLs in one place' });
    }
    if (!present || present.implied) this.remotes.set(name, { name, urls, credentials, implied });
  }

  /** The block `gateway` of nats.conf. */
  public render(port: number, advertise: ConfValue | undefined, secrets: SecretVariables): ConfBlock {
    const { authorization, rejectUnknownCluster, connectRetries, connectBackoff, writeDeadline } = this.options;
    const gateways = [...this.remotes.values()].sort((a, b) => a.name < b.name ? -1 : 1).map(({ name, urls, credentials }): ConfBlock => ({
      name,
      urls: renderUrls(urls, credentials ?? authorization, secrets),
    }));
    return {
      name: this.clusterName,
      port,
      advertise,
      authorization: renderServerAuthorization(authorization, secrets),
      reject_unknown_cluster: rejectUnknownCluster,
      connect_retries: connectRetries,
      connect_backoff: connectBackoff,
      write_deadline: writeDeadline,
      gateways: gateways.length > 0 ? gateways : undefined,
    };
  }
}

/** Names of a cluster and the beginning of its servers' names; those that a gateway would silently change under JetStream's data throw. */
export function resolveNames(scope: Construct, name: string, said: {
  namespace?: string; clusterName?: string; serverNamePrefix?: string; gateway: boolean; jetStream: boolean; clustered: boolean;
}): { clusterName: string; serverNamePrefix: string } {
  const { namespace, clusterName, serverNamePrefix, gateway, jetStream, clustered } = said;
  if (!gateway) return { clusterName: clusterName ?? name, serverNamePrefix: serverNamePrefix ?? '' };
  if (jetStream && !clustered) {
    throw GATEWAY_INVALID.error(scope, {
      what: 'jetStream with a gateway on one server, which then waits for others for ever', allowed: 'at least two servers, better three', fix: 'set replicas: 3',
    });
  }
  const unique = namespace ? `${namespace}-${name}` : name;
  if (jetStream && (clusterName === undefined || serverNamePrefix === undefined)) {
    throw GATEWAY_INVALID.error(scope, {
      what: `a gateway with jetStream, and ${clusterName === undefined ? 'clusterName' : 'serverNamePrefix'} is not given: the servers find their data by their names`,
      allowed: 'clusterName and serverNamePrefix, unique in the super cluster',
      fix: `for a new cluster clusterName: '${unique}', serverNamePrefix: '${unique}-'; for one that has data clusterName: '${name}', serverNamePrefix: ''`,
    });
  }
  const ownName = clusterName ?? unique;
  return { clusterName: ownName, serverNamePrefix: serverNamePrefix ?? `${ownName.replace(/[^\w.-]/g, '_')}-` };
}
