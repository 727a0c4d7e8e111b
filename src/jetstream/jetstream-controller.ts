import { ApiObject, Lazy } from 'cdk8s';
import * as k8s from 'cdk8s-plus-28/lib/imports/k8s';
import { Construct } from 'constructs';
import { JetStreamControllerProps } from './controller/controller-props';
import { CONTROLLER_ALL_SECRETS } from './controller/controller-rules';
import { ControllerState, resolveController } from './controller/controller-state';
import { renderDeployment } from './controller/deployment';
import { renderControllerPolicy } from './controller/network';
import { controllerRules } from './controller/rbac';
import { addController, anyReadsSecrets, WatchedNamespaces } from './controller/watches';
import { clusterObject, kubeObject, Manifest } from '../core/kube-object';
import { requireSecret } from '../core/required-secrets';
import { checkAtSynth } from '../core/rules';
import { SecretKey } from '../core/secret-key';
import { objectLabels } from '../nats/labels';
import { NatsClusterBase } from '../nats/nats-cluster-base';
import { NatsPeer } from '../nats/network/nats-peer';
import { secretsOfClientTls } from '../nats/tls/required-tls-secrets';

/** A controller that is there already. */
export interface ExternalJetStreamControllerOptions {
  /**
   * The namespaces that it watches.
   * @default - all
   */
  readonly namespaces?: string[];
}

/**
 * NACK, the controller that makes the streams, consumers and buckets which custom resources describe, and mends what somebody else changes, but for fields of which a resource says
 * nothing and that it never clears: `JetStreamStreamProps` and `JetStreamConsumerOptions` name them. What happens while it is away it takes up when it comes back.
 *
 * It makes a Deployment of one pod that passes Pod Security `restricted`, a ServiceAccount, a Role with what NACK really does in the namespace that it watches (or a
 * ClusterRole), and a NetworkPolicy. The NetworkPolicies of the cluster, and of all others of the app in which it makes something, let it in. The definitions of
 * the custom resources are made by `JetStreamCrds`, once in each Kubernetes cluster.
 *
 * Remove the custom resources before the controller, or before the servers: only a controller that reaches its servers can take its finalizers off. Unless a
 * resource has `preventDelete`, what it describes is deleted with it, data included.
 *
 * @see https://github.com/nats-io/nack
 */
export class JetStreamController extends Construct {
  /** Declares a controller that something else deploys, so that nothing warns of its absence. */
  public static external(scope: Construct, options: ExternalJetStreamControllerOptions = {}): void {
    addController(scope, options.namespaces);
  }

  /** Labels by which the controller's pod is selected. */
  public readonly podLabels: { [label: string]: string };
  /** The ServiceAccount. No pod gets its token but the controller's. */
  public readonly serviceAccount: ApiObject;
  /** The Role in the watched namespace, or the ClusterRole. */
  public readonly role: ApiObject;
  /** The RoleBinding in the watched namespace, or the ClusterRoleBinding. */
  public readonly roleBinding: ApiObject;
  /** The Deployment. */
  public readonly deployment: ApiObject;
  /** The NetworkPolicy, unless it is off. */
  public readonly networkPolicy?: ApiObject;

  private readonly state: ControllerState;

  constructor(scope: Construct, id: string, props: JetStreamControllerProps) {
    super(scope, id);
    this.state = resolveController(this, props);
    const { namespace, podLabels, watchNamespace } = this.state;
    this.podLabels = podLabels;
    this.serviceAccount = this.object('service-account', 'v1', 'ServiceAccount', { automountServiceAccountToken: false });
    this.role = this.permission('role', 'Role', {
      rules: Lazy.any({ produce: () => controllerRules({ secrets: this.readsSecrets() }).map(k8s.toJson_PolicyRule) }),
    });
    this.roleBinding = this.permission('role-binding', 'RoleBinding', {
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: this.role.kind, name: this.role.name },
      subjects: [{ kind: 'ServiceAccount', name: this.serviceAccount.name, namespace }],
    });
    this.deployment = this.object('deployment', 'apps/v1', 'Deployment', { spec: k8s.toJson_DeploymentSpec(renderDeployment(this.state)) });
    this.networkPolicy = props.networkPolicy === false ? undefined : this.object('network-policy', 'networking.k8s.io/v1', 'NetworkPolicy', {
      spec: k8s.toJson_NetworkPolicySpec(renderControllerPolicy(this.state)),
    });
    addController(this, this.watched(), { pod: NatsPeer.namespace(namespace, podLabels), cluster: props.cluster });
    checkAtSynth(this, CONTROLLER_ALL_SECRETS, () => watchNamespace === undefined && this.readsSecrets() ? [{
      what: `${props.accountSecrets ? 'accountSecrets and clusterWide are true' : 'clusterWide is true, and the app has a JetStreamAccount with a Secret'}: the controller may read every Secret`,
      allowed: 'a controller for each namespace',
      fix: 'leave out clusterWide, and give watchNamespace',
    }] : []);
    this.requireSecrets();
  }

  /** @internal What is scraped of it, by whoever may. */
  public get _scraped(): { readonly name: string; readonly namespace: string; readonly cluster: NatsClusterBase; readonly admitsScrapers: boolean } {
    const { name, namespace, props: { cluster, scrapers = [] } } = this.state;
    return { name, namespace, cluster, admitsScrapers: this.networkPolicy === undefined || scrapers.length > 0 };
  }

  private watched(): WatchedNamespaces {
    const { watchNamespace } = this.state;
    return watchNamespace === undefined ? undefined : [watchNamespace];
  }

  private readsSecrets(): boolean {
    return this.state.props.accountSecrets ?? anyReadsSecrets(this, this.watched());
  }

  private requireSecrets(): void {
    const { login, tls, props: { images } } = this.state;
    if (login) this.require(login.secret, login.flag === 'creds' ? 'credentials as nsc writes them: JWT and seed' : 'the seed of an nkey, which begins with SU');
    for (const { secret, value } of secretsOfClientTls('', tls)) this.require(secret, value);
    for (const secretName of images?.pullSecrets ?? []) this.require({ secretName, key: '.dockerconfigjson' }, 'registry credentials');
  }

  private require(secret: Pick<SecretKey, 'secretName' | 'key'>, value: string): void {
    requireSecret(this, secret, { value, usedBy: `JetStream controller ${this.state.name}` });
  }

  /** An object of RBAC: in the namespace that is watched, or of the Kubernetes cluster, whose names all namespaces share. */
  private permission(id: string, kind: string, body: { [field: string]: unknown }): ApiObject {
    const { name, namespace, watchNamespace } = this.state;
    const apiVersion = 'rbac.authorization.k8s.io/v1';
    const labels = objectLabels(this.state.podLabels);
    if (watchNamespace !== undefined) {
      return kubeObject(this, id, { apiVersion, kind, metadata: { name, namespace: watchNamespace, labels }, ...body });
    }
    return clusterObject(this, id, { apiVersion, kind: `Cluster${kind}`, metadata: { name: `${namespace}-${name}`, labels }, ...body });
  }

  private object(id: string, apiVersion: string, kind: string, body: { [field: string]: unknown }): ApiObject {
    const manifest: Manifest = { apiVersion, kind, metadata: { name: this.state.name, labels: objectLabels(this.state.podLabels) }, ...body };
    return kubeObject(this, id, manifest);
  }
}
