import { ApiObject } from 'cdk8s';
import { emptyTexts } from '../../core/broken';
import { PATH_SEGMENT } from '../../core/names';
import { defineRule, RuleLevel } from '../../core/rule';
import { FluxPart } from '../flux-part';
import { nameMistakes, namespaceMistakes } from '../name-mistakes';

export const FLUX_HEALTH_CHECK = defineRule({
  id: 'FLUX-HEALTH-CHECK',
  level: RuleLevel.ERROR,
  statement: 'A health check names one object by API version, kind and name, and is not ignored.',
  source: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#health-checks: with wait, or without what waits, they are ignored',
});

/** An object that Flux watches. */
export interface FluxHealthCheckOptions {
  /** Its API version, such as `apps/v1`. An empty one throws. */
  readonly apiVersion: string;
  /** Its kind. An empty one throws. */
  readonly kind: string;
  /** Its name. One that Kubernetes does not allow throws. */
  readonly name: string;
  /**
   * Its namespace.
   * @default - none: the kind is one of the whole cluster
   */
  readonly namespace?: string;
}

/**
 * An object that has to be healthy before what depends on it is applied.
 * @see https://fluxcd.io/flux/components/kustomize/kustomizations/#health-checks
 */
export class FluxHealthCheck {
  /** A Deployment: all its pods are as they should be. */
  public static deployment(name: string, namespace: string): FluxHealthCheck {
    return FluxHealthCheck.of({ apiVersion: 'apps/v1', kind: 'Deployment', name, namespace });
  }

  /** A StatefulSet: all its pods are as they should be. */
  public static statefulSet(name: string, namespace: string): FluxHealthCheck {
    return FluxHealthCheck.of({ apiVersion: 'apps/v1', kind: 'StatefulSet', name, namespace });
  }

  /** A DaemonSet: all its pods are as they should be. */
  public static daemonSet(name: string, namespace: string): FluxHealthCheck {
    return FluxHealthCheck.of({ apiVersion: 'apps/v1', kind: 'DaemonSet', name, namespace });
  }

  /** A HelmRelease: installed as it should be. */
  public static helmRelease(name: string, namespace: string): FluxHealthCheck {
    return FluxHealthCheck.of({ apiVersion: 'helm.toolkit.fluxcd.io/v2', kind: 'HelmRelease', name, namespace });
  }

  /** An object that this program describes, such as `nats.statefulSet`. */
  public static object(object: ApiObject): FluxHealthCheck {
    const { apiVersion, kind, name, metadata: { namespace } } = object;
    return FluxHealthCheck.of({ apiVersion, kind, name, namespace: namespace || undefined });
  }

  /** Any object. */
  public static of(options: FluxHealthCheckOptions): FluxHealthCheck {
    const { apiVersion, kind, name, namespace } = options;
    return new FluxHealthCheck({
      spec: { apiVersion, kind, name, namespace },
      broken: [
        ...emptyTexts(FLUX_HEALTH_CHECK, { 'apiVersion of a health check': apiVersion, 'kind of a health check': kind }),
        ...nameMistakes('the name of a health check', name ?? '', PATH_SEGMENT),
        ...namespaceMistakes('the namespace of a health check', namespace),
      ],
    });
  }

  private constructor(/** @internal */ public readonly _part: FluxPart<FluxHealthCheckOptions>) {}
}
