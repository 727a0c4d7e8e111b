import { Construct } from 'constructs';
import { FluxObject, FluxObjectOptions, identityOf } from '../flux-object';

/** A Provider of the app, or one that exists already: where alerts go. */
export abstract class FluxProviderBase extends FluxObject {
  public readonly kind = 'Provider';
  /** What it keeps as open until Flux says that it is over, which it does as info. @internal */
  public abstract readonly _closedByInfo?: string;
}

/** A Provider of which only its name is known. */
export class ExistingFluxProvider extends FluxProviderBase {
  public readonly objectName: string;
  public readonly namespace: string;
  /** @internal */
  public readonly _closedByInfo = undefined;

  constructor(scope: Construct, id: string, options: Pick<FluxObjectOptions, 'name' | 'namespace'>) {
    super(scope, id);
    ({ name: this.objectName, namespace: this.namespace } = identityOf(this, options));
  }
}
