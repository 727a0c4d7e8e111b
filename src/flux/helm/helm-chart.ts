import { Duration } from 'cdk8s';
import * as helm from '../../../imports/helm.toolkit.fluxcd.io';
import { Broken, broken, emptyTexts } from '../../core/broken';
import { defineRule, RuleLevel } from '../../core/rule';
import { wire } from '../../core/wire';
import { commonMetadataMistakes, FluxCommonMetadata } from '../common-metadata';
import { FluxObject } from '../flux-object';
import { takeParts } from '../flux-part';
import { checkReference, reference } from '../flux-reference';
import { fluxDuration } from '../interval';
import { FLUX_PATH } from '../path';
import { versionRangeMistakes } from '../semver-range';
import { FluxSource } from '../source/flux-source';
import { FluxOciVerification } from '../source/oci-verification';

export const FLUX_HELM_CHART = defineRule({
  id: 'FLUX-HELM-CHART',
  level: RuleLevel.ERROR,
  statement: 'A chart of a repository has a name and a range of versions; one of a directory has its path.',
  source: 'https://fluxcd.io/flux/components/helm/helmreleases/#chart-template',
});

/** When a new chart is made of a directory. */
export enum FluxChartReconcileStrategy {
  /** When the version in `Chart.yaml` changes. */
  CHART_VERSION = 'ChartVersion',
  /** When anything in the source changes. */
  REVISION = 'Revision',
}

/** What a chart from a repository or a directory may be given besides. */
export interface FluxHelmChartOptions {
  /**
   * Files of values in the chart that take the place of its `values.yaml`, later ones over earlier. One with a leading `/` throws.
   * @default - the chart's `values.yaml`
   */
  readonly valuesFiles?: string[];
  /**
   * Whether such files may be missing.
   * @default false
   */
  readonly ignoreMissingValuesFiles?: boolean;
  /**
   * How often Flux looks for a new version, in whole milliseconds.
   * @default - the interval of the HelmRelease
   */
  readonly interval?: Duration;
  /**
   * Labels and annotations of the HelmChart that Flux makes.
   * @default - none
   */
  readonly metadata?: FluxCommonMetadata;
}

/** A chart of a repository. */
export interface FluxRepositoryChartOptions extends FluxHelmChartOptions {
  /**
   * By whose signatures the chart is believed, for repositories with oci://: by keys of Cosign, or by Notation. Identities without keys throw: for those,
   * take a `FluxOciRepository`.
   * @default - it is not verified
   */
  readonly verification?: FluxOciVerification;
}

/** A chart of a directory. */
export interface FluxDirectoryChartOptions extends FluxHelmChartOptions {
  /**
   * When a new chart is made of it.
   * @default FluxChartReconcileStrategy.CHART_VERSION
   */
  readonly reconcileStrategy?: FluxChartReconcileStrategy;
}

interface Rendered {
  readonly chart?: helm.HelmReleaseSpecChart;
  readonly chartRef?: helm.HelmReleaseSpecChartRef;
}

/**
 * Which chart is installed.
 * @see https://fluxcd.io/flux/components/helm/helmreleases/#chart-template
 */
export class FluxHelmChart {
  /**
   * A chart of a HelmRepository.
   *
   * @param repository a HelmRepository; another kind throws
   * @param chart its name; an empty one throws
   * @param version a version, or a range such as `1.x` of which the highest is taken; what is neither throws. It has to be said: Flux would take any.
   */
  public static fromRepository(repository: FluxSource, chart: string, version: string, options: FluxRepositoryChartOptions = {}): FluxHelmChart {
    return new FluxHelmChart((release) => {
      checkReference(release, 'repository', repository, ['HelmRepository'], 'take FluxHelmChart.fromDirectory or fromArtifact for other sources');
      const verification = options.verification?._part;
      takeParts(release, [{
        broken: [
          ...emptyTexts(FLUX_HELM_CHART, { chart }),
          ...versionRangeMistakes(FLUX_HELM_CHART, 'version', version),
          ...broken(FLUX_HELM_CHART, verification?.spec.matchOidcIdentity !== undefined, {
            what: 'verification is by identities, which a chart of a HelmRepository cannot have', allowed: 'FluxOciVerification.cosignKeys or notation', fix: 'take a FluxOciRepository and FluxHelmChart.fromArtifact',
          }),
        ],
      }, verification]);
      return render(release, repository, options, { chart, version, verify: verification && renderVerification(verification.spec) });
    });
  }

  /**
   * A chart in a directory of a GitRepository or Bucket; another kind throws.
   *
   * @param directory relative to the root of the source; one with `..` or a leading `/` throws
   */
  public static fromDirectory(source: FluxSource, directory: string, options: FluxDirectoryChartOptions = {}): FluxHelmChart {
    return new FluxHelmChart((release) => {
      checkReference(release, 'source', source, ['GitRepository', 'Bucket'], 'take FluxHelmChart.fromRepository or fromArtifact for other sources');
      takeParts(release, [{ broken: fileMistakes('directory', [directory]) }]);
      return render(release, source, options, { chart: directory, reconcileStrategy: wire(options.reconcileStrategy) });
    });
  }

  /** The chart that an OCIRepository with `FluxOciLayer.helmChart()`, or an ExternalArtifact, is. Another kind throws. */
  public static fromArtifact(source: FluxSource): FluxHelmChart {
    return new FluxHelmChart((release) => {
      checkReference(release, 'source', source, ['OCIRepository', 'ExternalArtifact'], 'take FluxHelmChart.fromRepository or fromDirectory for other sources');
      return { chartRef: { kind: wire(source.kind)!, ...reference(release, source) } };
    });
  }

  private constructor(/** @internal */ public readonly _render: (release: FluxObject) => Rendered) {}
}

type Spec = helm.HelmReleaseSpecChartSpec;

/** A chart of a HelmRepository knows no more of a signature than this. */
function renderVerification({ provider, secretRef }: FluxOciVerification['_part']['spec']): Spec['verify'] {
  return { provider: wire(provider)!, secretRef };
}

function render(release: FluxObject, source: FluxSource, options: FluxHelmChartOptions, spec: Omit<Spec, 'sourceRef'>): Rendered {
  const { valuesFiles, ignoreMissingValuesFiles, interval, metadata } = options;
  takeParts(release, [{ broken: [...fileMistakes('valuesFiles', valuesFiles), ...commonMetadataMistakes(metadata)] }]);
  return {
    chart: {
      metadata,
      spec: {
        ...spec,
        sourceRef: { kind: wire(source.kind)!, ...reference(release, source) },
        interval: interval && fluxDuration(release, 'interval of the chart', interval),
        valuesFiles,
        ignoreMissingValuesFiles,
      },
    },
  };
}

function fileMistakes(prop: string, files: string[] = []): Broken[] {
  return files.flatMap((file) => broken(FLUX_PATH, !file || file.startsWith('/') || file.split('/').includes('..'), {
    what: `${prop} has '${file}'`, allowed: 'a path relative to the root of the source, without ..',
  }));
}
