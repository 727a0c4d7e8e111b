import { Construct } from 'constructs';
import { FluxObject, identityOf } from '../flux-object';
import { ExistingFluxObjectOptions } from '../source/flux-source';

/** What Flux applies of a source: a Kustomization that this app describes, or one that exists already. */
export abstract class FluxKustomizationBase extends FluxObject {}

/** A Kustomization that exists already. */
export class ExistingFluxKustomization extends FluxKustomizationBase {
  public readonly kind: string = 'Kustomization';
  public readonly objectName: string;
  public readonly namespace: string;

  constructor(scope: Construct, id: string, name: string, options: ExistingFluxObjectOptions) {
    super(scope, id);
    ({ name: this.objectName, namespace: this.namespace } = identityOf(this, { ...options, name }));
  }
}
