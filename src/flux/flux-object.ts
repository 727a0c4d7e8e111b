import { ApiObject, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { checkApiVersions } from './api-version-check';
import { apiVersionOf } from './api-versions';
import { fluxVersionOf } from './flux-version';
import { kubeObject, NAME_INVALID } from '../core/kube-object';
import { DNS_LABEL, DNS_SUBDOMAIN, isName } from '../core/names';

/** What each object of Flux may be given besides its spec. */
export interface FluxObjectOptions {
  /**
   * Name of the object. One that Kubernetes does not allow fails the synth.
   * @default - the construct's id
   */
  readonly name?: string;
  /**
   * Namespace of the object.
   * @default - the chart's; `flux-system` if it has none
   */
  readonly namespace?: string;
  /**
   * Labels of the object.
   * @default - none
   */
  readonly labels?: { [label: string]: string };
  /**
   * Annotations of the object.
   * @default - none
   */
  readonly annotations?: { [annotation: string]: string };
}

/** An object of Flux, described in this app or existing already. */
export abstract class FluxObject extends Construct {
  /** Its kind. */
  public abstract readonly kind: string;
  /** Its name. */
  public abstract readonly objectName: string;
  /** Its namespace. */
  public abstract readonly namespace: string;
}

/** The namespace in which `flux bootstrap` installs Flux. */
export const FLUX_NAMESPACE = 'flux-system';

/** The name and namespace that an object of Flux gets. A namespace that Kubernetes does not allow throws. */
export function identityOf(scope: Construct, options: FluxObjectOptions): { name: string; namespace: string } {
  const { name = scope.node.id, namespace = Chart.of(scope).namespace ?? FLUX_NAMESPACE } = options;
  if (!isName(name, DNS_SUBDOMAIN)) throw NAME_INVALID.error(scope, { what: `the name '${name}' is invalid`, allowed: DNS_SUBDOMAIN.words, fix: 'give name' });
  if (!isName(namespace, DNS_LABEL)) {
    throw NAME_INVALID.error(scope, { what: `the namespace '${namespace}' is invalid`, allowed: `${DNS_LABEL.words}; Flux knows no wildcard for namespaces` });
  }
  return { name, namespace };
}

/** The one object of a construct, in the API version that the Flux in use serves. */
export function fluxResource(scope: Construct, kind: string, options: FluxObjectOptions, spec: unknown): ApiObject {
  const { name, namespace } = identityOf(scope, options);
  checkApiVersions(scope);
  return kubeObject(scope, 'Resource', {
    apiVersion: apiVersionOf(kind, fluxVersionOf(scope)),
    kind,
    metadata: { name, namespace, labels: options.labels, annotations: options.annotations },
    spec,
  });
}
