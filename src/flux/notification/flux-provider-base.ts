import { Construct } from 'constructs';
import { FluxObject, FluxObjectOptions, identityOf } from '../flux-object';

/** A Provider of the app, or one that exists already: where alerts go. */
export abstract class FluxProviderBase extends FluxObject {
  public readonly kind = 'Provider';
}

/** A Provider of which only its name is known. */
export class ExistingFluxProvider extends FluxProviderBase {
  public readonly objectName: string;
  public readonly namespace: string;

  constructor(scope: Construct, id: string, options: Pick<FluxObjectOptions, 'name' | 'namespace'>) {
    super(scope, id);
    ({ name: this.objectName, namespace: this.namespace } = identityOf(this, options));
  }
}
