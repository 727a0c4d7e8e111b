import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { clusterObject } from '../core/kube-object';
import { UNPRUNED } from '../core/pruning';

/**
 * A namespace whose pods meet Pod Security `restricted`, and which Flux never prunes: with it would go the volumes of the servers.
 * @see https://kubernetes.io/docs/concepts/security/pod-security-admission/
 * @see https://fluxcd.io/flux/components/kustomize/kustomizations/#prune
 */
export class PlatformNamespace extends Construct {
  /** The Namespace. */
  public readonly apiObject: ApiObject;

  /**
   * @param namespace its name; one that Kubernetes does not allow fails the synth
   */
  constructor(scope: Construct, id: string, namespace: string) {
    super(scope, id);
    const levels = ['enforce', 'audit', 'warn'].map((mode) => [`pod-security.kubernetes.io/${mode}`, 'restricted']);
    this.apiObject = clusterObject(this, 'Resource', {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: {
        name: namespace,
        labels: { ...Object.fromEntries(levels), 'app.kubernetes.io/managed-by': 'cdk8s' },
        annotations: UNPRUNED,
      },
    });
  }
}
