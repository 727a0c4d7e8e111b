import { Construct } from 'constructs';
import { FluxObject, identityOf } from '../flux-object';

/** Where Flux gets manifests or charts from: a source that this app describes, or one that exists already. */
export abstract class FluxSource extends FluxObject {}

/** What says which of several objects of one kind and name an existing one is. */
export interface ExistingFluxObjectOptions {
  /**
   * Namespace of the object.
   * @default - the chart's; `flux-system` if it has none
   */
  readonly namespace?: string;
}

/** A source that exists already. */
export class ExistingFluxSource extends FluxSource {
  public readonly objectName: string;
  public readonly namespace: string;

  constructor(scope: Construct, id: string, public readonly kind: string, name: string, options: ExistingFluxObjectOptions = {}) {
    super(scope, id);
    ({ name: this.objectName, namespace: this.namespace } = identityOf(this, { ...options, name }));
  }
}

/** What a controller besides Flux's own provides, for Flux 2.7 and newer with its feature gate `ExternalArtifact`. */
export class FluxExternalArtifact {
  /** An ExternalArtifact that exists, or that its controller makes. An invalid name or namespace throws. */
  public static fromExternalArtifactName(scope: Construct, id: string, name: string, options: ExistingFluxObjectOptions = {}): FluxSource {
    return new ExistingFluxSource(scope, id, 'ExternalArtifact', name, options);
  }

  private constructor() {}
}
