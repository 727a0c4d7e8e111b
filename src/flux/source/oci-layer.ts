import * as source from '../../../imports/source.toolkit.fluxcd.io';

type Layer = source.OciRepositorySpecLayerSelector;

/**
 * Which layer of an artifact is taken, and how.
 * @see https://fluxcd.io/flux/components/source/ocirepositories/#layer-selector
 */
export class FluxOciLayer {
  /** A Helm chart, kept as it is for a `FluxHelmRelease`. */
  public static helmChart(): FluxOciLayer {
    return FluxOciLayer.copied('application/vnd.cncf.helm.chart.content.v1.tar+gzip');
  }

  /** The first layer of a media type, unpacked. */
  public static unpacked(mediaType: string): FluxOciLayer {
    return new FluxOciLayer({ mediaType, operation: source.OciRepositorySpecLayerSelectorOperation.EXTRACT });
  }

  /** The first layer of a media type, kept as it is. */
  public static copied(mediaType: string): FluxOciLayer {
    return new FluxOciLayer({ mediaType, operation: source.OciRepositorySpecLayerSelectorOperation.COPY });
  }

  private constructor(/** @internal */ public readonly _spec: Layer) {}
}
