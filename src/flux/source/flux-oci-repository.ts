import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { FluxClientTls } from './client-tls';
import { ExistingFluxObjectOptions, ExistingFluxSource, FluxSource } from './flux-source';
import { FluxOciLayer } from './oci-layer';
import { FluxOciReference } from './oci-reference';
import { checkKeylessProxy, FluxOciVerification } from './oci-verification';
import { FluxRegistryAuth } from './registry-auth';
import { artifactOptions, FluxArtifactOptions, renderSourceOptions } from './source-options';
import { checkClear, cloudRegistryMistakes, ociUrlMistakes } from './source-rules';
import * as source from '../../../imports/source.toolkit.fluxcd.io';
import { fluxResource, identityOf } from '../flux-object';
import { takeParts } from '../flux-part';

/** An artifact of a registry. */
export interface FluxOciRepositoryProps extends FluxArtifactOptions {
  /** URL such as `oci://ghcr.io/example/platform`. One with a tag or without a registry throws. */
  readonly url: string;
  /** Which artifact is taken. It has to be said, because Flux would take the tag `latest`. */
  readonly ref: FluxOciReference;
  /**
   * How Flux proves itself to the registry.
   * @default - it does not: the repository is public
   */
  readonly auth?: FluxRegistryAuth;
  /**
   * How the TLS of the registry is proved, if not by public CAs.
   * @default - by the CAs of Flux's image
   */
  readonly tls?: FluxClientTls;
  /**
   * By whose signatures artifacts are believed.
   * @default - they are not verified
   */
  readonly verification?: FluxOciVerification;
  /**
   * Which layer is taken. A Helm chart needs `FluxOciLayer.helmChart()`.
   * @default - the first, unpacked
   */
  readonly layer?: FluxOciLayer;
  /**
   * Whether the registry has no TLS; guarded.
   * @default false
   */
  readonly insecure?: boolean;
}

/**
 * An artifact of a registry: manifests that `flux push artifact` has put there, or a Helm chart.
 * @see https://fluxcd.io/flux/components/source/ocirepositories/
 */
export class FluxOciRepository extends FluxSource {
  /** An OCIRepository that exists already. An invalid name or namespace throws. */
  public static fromOciRepositoryName(scope: Construct, id: string, name: string, options: ExistingFluxObjectOptions = {}): FluxSource {
    return new ExistingFluxSource(scope, id, 'OCIRepository', name, options);
  }

  public readonly kind: string = 'OCIRepository';
  public readonly objectName: string;
  public readonly namespace: string;
  /** The OCIRepository. */
  public readonly apiObject: ApiObject;

  constructor(scope: Construct, id: string, props: FluxOciRepositoryProps) {
    super(scope, id);
    ({ name: this.objectName, namespace: this.namespace } = identityOf(this, props));
    const { url, ref, auth, tls, verification, insecure } = props;
    const options = artifactOptions(props);
    const urlMistakes = [...ociUrlMistakes(url), ...cloudRegistryMistakes(auth?._part.spec.provider, url)];
    takeParts(this, [{ broken: urlMistakes }, ref._part, auth?._part, tls?._part, verification?._part, options]);
    checkKeylessProxy(this, verification, props.proxySecretName);
    checkClear(this, 'insecure is true', insecure === true);
    this.apiObject = fluxResource(this, this.kind, props, source.toJson_OciRepositorySpec({
      url,
      ref: ref._part.spec,
      ...auth?._part.spec,
      ...tls?._part.spec,
      ...renderSourceOptions(this, props),
      verify: verification?._part.spec,
      layerSelector: props.layer?._spec,
      ...options.spec,
      insecure,
    }));
  }
}
