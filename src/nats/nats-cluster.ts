import { ApiObject, Lazy } from 'cdk8s';
import * as k8s from 'cdk8s-plus-28/lib/imports/k8s';
import { Construct } from 'constructs';
import { checkAccountAmongOthers } from './auth/auth-findings';
import { NatsAccount, NatsAccountOptions, SYSTEM_ACCOUNT_NAME } from './auth/nats-account';
import { GLOBAL_ACCOUNT_NAME, NatsUser, NatsUserOptions } from './auth/nats-user';
import { makeNatsBox } from './box/make-nats-box';
import { NatsCertificates } from './certificates/nats-certificates';
import { ClusterObjects } from './cluster-objects';
import { secretsOfCluster, secretsOfUser } from './cluster-secrets';
import { ClusterState } from './cluster-state';
import { renderConf } from './conf/conf-writer';
import { NatsRemoteGateway } from './config/gateway';
import { GATEWAY_INVALID } from './config/gateway-state';
import { cookieFindings, LEAF_ACCOUNT, leafAccountFindings, NO_AUTH_USER, noAuthUserFindings, WEB_SOCKET_COOKIE } from './config/names-in-conf';
import { ServerConfig, serverConfig } from './config/server-config';
import { URL_SECRET_VALUE } from './config/server-credentials';
import { EXTRA_UNKNOWN, unknownOptions } from './config/unknown-options';
import { selectorLabels } from './labels';
import { ExistingNatsCluster, ExistingNatsClusterOptions, NatsClusterBase } from './nats-cluster-base';
import { NatsClusterProps } from './nats-cluster-props';
import { needed, needSecrets } from './needed-secret';
import { makeEntryPoints } from './network/entry-points';
import { AddedPeers, admittedPeers, checkExposure } from './network/exposure';
import { listenerUrls } from './network/listener-urls';
import { NatsPeer } from './network/nats-peer';
import { renderNetworkPolicy } from './network/network-policy';
import { NatsListener, NatsPorts, portsOf } from './network/ports';
import { GatewayTls, sharedNames, SUPER_CLUSTER_NAMES, SUPER_CLUSTER_TLS, SuperClusterMember, tlsFindings } from './network/super-cluster';
import { remoteGatewayTls, superClusterMember } from './network/super-cluster-member';
import { renderStatefulSet } from './pod/stateful-set';
import { resolveCluster } from './resolve-cluster';
import { checkClusterTls } from './tls/check-cluster-tls';
import { OfferedTls } from './tls/offered-tls';
import { secretsOfClientTls } from './tls/required-tls-secrets';
import { offeredTls } from './tls/trust';
import { checkAtSynth } from '../core/rules';

/**
 * A cluster of NATS servers on Kubernetes.
 *
 * It makes a StatefulSet, a Service that clients dial and a headless one, a ConfigMap with nats.conf, a PodDisruptionBudget, a ServiceAccount
 * without a token and a NetworkPolicy; where asked, a Deployment of nats-box. Its pods pass Pod Security `restricted`.
 *
 * A wrong value throws at once; what can only be judged at the end, such as a user without permissions, fails the synth.
 *
 * @see https://docs.nats.io/running-a-nats-service/nats-kubernetes
 */
export class NatsCluster extends NatsClusterBase {
  /**
   * A cluster that exists already, so that other constructs can refer to it.
   *
   * A URL with credentials throws, and is not repeated in the error.
   *
   * @param url such as `nats://nats.messaging.svc:4222`; several with commas between
   */
  public static fromUrl(scope: Construct, id: string, url: string, options: ExistingNatsClusterOptions = {}): NatsClusterBase {
    return new ExistingNatsCluster(scope, id, url, options);
  }

  public readonly clientUrl: string;
  public readonly serverCount?: number;
  public readonly clusterName?: string;
  public readonly gatewayUrl?: string;
  public readonly leafNodeUrl?: string;
  /** URL that WebSocket clients inside the Kubernetes cluster dial, where they are listened for. */
  public readonly webSocketUrl?: string;
  /** URL that MQTT clients inside the Kubernetes cluster dial, where they are listened for. */
  public readonly mqttUrl?: string;
  /** Name of the Service that clients dial. */
  public readonly serviceName: string;
  /** The ports on which the servers listen; absent for a listener that is off. */
  public readonly ports: NatsPorts;
  /** Labels by which the servers' pods are selected. */
  public readonly podLabels: { [label: string]: string };

  /** What makes the certificates, where `tls` names an authority or an issuer; it can make some for clients. */
  public readonly certificates?: NatsCertificates;
  /** The ServiceAccount, whose token no pod gets. */
  public readonly serviceAccount: ApiObject;
  /** The ConfigMap with nats.conf. */
  public readonly configMap: ApiObject;
  /** The Service that clients dial. */
  public readonly service: ApiObject;
  /** The Service that gives each server its DNS name. */
  public readonly headlessService: ApiObject;
  /** The Service for those outside the Kubernetes cluster, where asked. */
  public readonly externalService?: ApiObject;
  /** The Ingress of the WebSocket listener, where asked. */
  public readonly ingress?: ApiObject;
  /** The HTTPRoute of the WebSocket listener, where asked. */
  public readonly httpRoute?: ApiObject;
  /** The StatefulSet of the servers. */
  public readonly statefulSet: ApiObject;
  /** The PodDisruptionBudget: one server at a time. */
  public readonly podDisruptionBudget: ApiObject;
  /** The NetworkPolicy, unless it is off. */
  public readonly networkPolicy?: ApiObject;
  /** The Deployment of nats-box, where asked. */
  public readonly natsBox?: ApiObject;

  /** @internal */
  public readonly _clientTls?: OfferedTls;
  /** @internal */
  public readonly _superCluster: SuperClusterMember;
  private readonly state: ClusterState;
  private readonly added: AddedPeers = new Map();

  constructor(scope: Construct, id: string, props: NatsClusterProps = {}) {
    super(scope, id);
    this.state = resolveCluster(this, props);
    const { name, listeners, podLabels } = this.state;
    const urls = listenerUrls(this.state);
    this.clientUrl = urls.client;
    this.certificates = this.state.certificates;
    this._clientTls = offeredTls(this.state, 'client');
    this.serverCount = this.state.replicas;
    this.clusterName = this.state.clusterName;
    this.gatewayUrl = urls.gateway;
    this.leafNodeUrl = urls.leafNodes;
    this.webSocketUrl = urls.webSocket;
    this.mqttUrl = urls.mqtt;
    this.serviceName = name;
    this.ports = portsOf(listeners);
    this.podLabels = { ...podLabels };
    this._superCluster = superClusterMember(this, this.state);
    for (const remote of props.gateway?.remotes ?? []) this.addRemoteGateway(remote);
    for (const { cluster } of props.leafNodes?.remotes ?? []) cluster?._admit(NatsListener.LEAF_NODES, this.servers());
    this.config();
    checkClusterTls(this, this.state, urls);
    for (const user of props.auth?._users ?? []) this.addUser(user.name, user);
    for (const account of props.accounts ?? []) this.addAccount(account.name, account);

    const objects = new ClusterObjects(this, this.state);
    this.serviceAccount = objects.make('service-account', 'v1', 'ServiceAccount', name, { automountServiceAccountToken: false });
    this.configMap = objects.make('config', 'v1', 'ConfigMap', this.state.configMapName, {
      data: { 'nats.conf': Lazy.any({ produce: () => renderConf(this.config().conf) }) },
    });
    const { service, externalService, ingress, httpRoute, headlessService } = makeEntryPoints(objects, this.state, props);
    this.service = service;
    this.externalService = externalService;
    this.ingress = ingress;
    this.httpRoute = httpRoute;
    this.headlessService = headlessService;
    this.statefulSet = objects.make('stateful-set', 'apps/v1', 'StatefulSet', name, {
      spec: Lazy.any({ produce: () => renderStatefulSet(this.state, this.config()) }),
    });
    this.podDisruptionBudget = objects.make('pod-disruption-budget', 'policy/v1', 'PodDisruptionBudget', name, {
      spec: k8s.toJson_PodDisruptionBudgetSpec({ maxUnavailable: k8s.IntOrString.fromNumber(1), selector: { matchLabels: podLabels } }),
    });
    this.natsBox = props.natsBox && makeNatsBox(this, this.state, this.clientUrl, props.natsBox);
    if (this.natsBox && props.networkPolicy?.clients) this.allowFrom(NatsPeer.pods(selectorLabels(name, 'nats-box')));
    this.networkPolicy = this.makeNetworkPolicy(objects);
    checkExposure(this, this.state, this.added);
    const conf = () => this.config().conf;
    const unknown = unknownOptions(this.state.extraConfig);
    checkAtSynth(this, EXTRA_UNKNOWN, () => unknown);
    checkAtSynth(this, NO_AUTH_USER, () => noAuthUserFindings(this.state, conf));
    checkAtSynth(this, LEAF_ACCOUNT, () => leafAccountFindings(this.state, conf));
    checkAtSynth(this, WEB_SOCKET_COOKIE, () => cookieFindings(this.state, conf));
    checkAtSynth(this, SUPER_CLUSTER_NAMES, () => sharedNames(this._superCluster));
    checkAtSynth(this, SUPER_CLUSTER_TLS, () => tlsFindings(this._superCluster));
    needSecrets(this, name, secretsOfCluster(this.state));
  }

  /**
   * Adds a user outside of all accounts. A name that is taken throws, and so does adding a user to a cluster whose clients log in with a token.
   *
   * @param name letters, digits, _ and -
   */
  public addUser(name: string, options: NatsUserOptions): NatsUser {
    this.state.auth.checkUser(this, name);
    const { defaultPermissions } = this.state.auth.options;
    const user = NatsUser._create(this, `user-${name}`, { ...options, name }, { cluster: this, accountName: GLOBAL_ACCOUNT_NAME, defaultPermissions });
    this.register(user);
    return user;
  }

  /**
   * Adds an account. A name that is taken throws, and so does adding an account to a cluster whose clients log in with a token, or in operator mode.
   *
   * @param name letters, digits, _ and -
   */
  public addAccount(name: string, options: NatsAccountOptions = {}): NatsAccount {
    const { auth } = this.state;
    auth.checkAccount(name, options.system ?? false);
    const account = NatsAccount._create(this, `account-${name}`, { ...options, name }, {
      stores: auth.context.stores,
      version: auth.context.version,
      checkUser: (scope, userName) => auth.checkUser(scope, userName),
      register: (user) => this.register(user),
      grow: () => auth.grow(),
    });
    auth.addAccount(account);
    checkAccountAmongOthers(account, auth);
    return account;
  }

  /** The account in which the servers say what they do, for monitoring and administration: the one that is there, else `$SYS` is added. */
  public get systemAccount(): NatsAccount {
    return this.state.auth.systemAccount ?? this.addAccount(SYSTEM_ACCOUNT_NAME, { system: true });
  }

  /** Lets these reach the client port, besides those whom the NetworkPolicy admits already. */
  public allowFrom(...peers: NatsPeer[]): void {
    this.allowTo(NatsListener.CLIENT, ...peers);
  }

  /** Lets these reach a listener, besides those whom the NetworkPolicy admits already. */
  public allowTo(listener: NatsListener, ...peers: NatsPeer[]): void {
    this.added.set(listener, [...this.added.get(listener) ?? [], ...peers]);
  }

  /**
   * Adds a cluster to the super cluster. Throws without `gateway`, and for a cluster that is there already.
   *
   * A cluster of this app needs a gateway too: it then leads back, and their NetworkPolicies admit each other.
   */
  public addRemoteGateway(remote: NatsRemoteGateway): void {
    const { gateway } = this.state;
    if (!gateway) throw GATEWAY_INVALID.error(this, { what: 'a remote gateway is added to a cluster without a gateway', fix: 'give gateway: {}' });
    const remoteTls = gateway.add(remote);
    needSecrets(this, this.state.name, [
      ...needed(remote._options.credentials?.password, 'gateways', URL_SECRET_VALUE), ...remoteTls ? secretsOfClientTls('gateways', remoteTls) : [],
    ]);
    this.joinWith(remote._cluster, remoteTls && remoteGatewayTls(this, this.state, remoteTls));
    remote._cluster?._leadBackTo(this);
  }

  /** @internal */
  public _deployed(): ClusterState {
    return this.state;
  }

  /** @internal */
  public _leadBackTo(cluster: NatsClusterBase): void {
    this.state.gateway!.add(NatsRemoteGateway.cluster(cluster), true);
    if (!this._superCluster.neighbours.has(cluster._superCluster!)) this.joinWith(cluster);
  }

  /** @internal */
  public _admit(listener: NatsListener, ...peers: NatsPeer[]): void {
    this.allowTo(listener, ...peers);
  }

  private joinWith(cluster: NatsClusterBase | undefined, tls?: GatewayTls): void {
    if (!cluster?._superCluster) return;
    this._superCluster.neighbours.set(cluster._superCluster, { tls });
    cluster._admit(NatsListener.GATEWAY, this.servers());
  }

  private servers(): NatsPeer {
    const { namespace, podLabels } = this.state;
    return namespace ? NatsPeer.namespace(namespace, podLabels) : NatsPeer.pods(podLabels);
  }

  private register(user: NatsUser): void {
    this.state.auth.addUser(user);
    needSecrets(this, this.state.name, secretsOfUser(user));
  }

  /** Also what refuses a wrong `extraConfig`, so that it is refused where it is given. */
  private config(): ServerConfig {
    return serverConfig(this, this.state);
  }

  private makeNetworkPolicy(objects: ClusterObjects): ApiObject | undefined {
    if (!this.state.networkClosed) return undefined;
    return objects.make('network-policy', 'networking.k8s.io/v1', 'NetworkPolicy', this.state.name, {
      spec: Lazy.any({
        produce: () => k8s.toJson_NetworkPolicySpec(renderNetworkPolicy(this.state.listeners, this.podLabels, admittedPeers(this.state, this.added))),
      }),
    });
  }
}
