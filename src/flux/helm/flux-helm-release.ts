import { ApiObject, Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import { ExistingFluxHelmRelease, FluxHelmReleaseBase } from './helm-release-base';
import { FluxHelmReleaseProps } from './helm-release-props';
import { renderHelmRelease } from './render-helm-release';
import * as helm from '../../../imports/helm.toolkit.fluxcd.io';
import { Dependencies, FluxDependencyOptions } from '../dependencies';
import { fluxResource, identityOf } from '../flux-object';
import { ExistingFluxObjectOptions } from '../source/flux-source';

/**
 * A Helm chart that Flux keeps installed.
 *
 * Unless it is told otherwise, it tries three more times when an install or upgrade fails, and undoes each that has failed; it brings the definitions of
 * custom resources up to date, which Helm alone never does.
 *
 * `install.skipCRDs` and `rollback.recreate`, which Flux has replaced or made to do nothing, are not offered.
 * @see https://fluxcd.io/flux/components/helm/helmreleases/
 */
export class FluxHelmRelease extends FluxHelmReleaseBase {
  /** A HelmRelease that exists already. An invalid name or namespace throws. */
  public static fromHelmReleaseName(scope: Construct, id: string, name: string, options: ExistingFluxObjectOptions = {}): FluxHelmReleaseBase {
    return new ExistingFluxHelmRelease(scope, id, name, options);
  }

  public readonly kind: string = 'HelmRelease';
  public readonly objectName: string;
  public readonly namespace: string;
  /** The HelmRelease. */
  public readonly apiObject: ApiObject;
  private readonly dependencies: Dependencies;

  constructor(scope: Construct, id: string, props: FluxHelmReleaseProps) {
    super(scope, id);
    ({ name: this.objectName, namespace: this.namespace } = identityOf(this, props));
    const spec = renderHelmRelease(this, props);
    this.dependencies = new Dependencies(this, props.dependsOn);
    this.apiObject = fluxResource(this, this.kind, props, Lazy.any({
      produce: () => helm.toJson_HelmReleaseSpec({ ...spec, dependsOn: this.dependencies.render() }),
    }));
  }

  /** Waits for another HelmRelease before this one is installed, as `dependsOn` does, or until an expression says so. The same one twice throws. */
  public addDependency(other: FluxHelmReleaseBase, options: FluxDependencyOptions = {}): void {
    this.dependencies.add(other, options);
  }
}
