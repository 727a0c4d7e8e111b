import { Construct } from 'constructs';
import { FluxObject, identityOf } from '../flux-object';
import { ExistingFluxObjectOptions } from '../source/flux-source';

/** A chart that Flux keeps installed: a HelmRelease that this app describes, or one that exists already. */
export abstract class FluxHelmReleaseBase extends FluxObject {}

/** A HelmRelease that exists already. */
export class ExistingFluxHelmRelease extends FluxHelmReleaseBase {
  public readonly kind: string = 'HelmRelease';
  public readonly objectName: string;
  public readonly namespace: string;

  constructor(scope: Construct, id: string, name: string, options: ExistingFluxObjectOptions) {
    super(scope, id);
    ({ name: this.objectName, namespace: this.namespace } = identityOf(this, { ...options, name }));
  }
}
