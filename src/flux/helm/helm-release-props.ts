import { Duration } from 'cdk8s';
import { FluxHelmInstall, FluxHelmRollback, FluxHelmTest, FluxHelmUninstall, FluxHelmUpgrade } from './helm-actions';
import { FluxHelmChart } from './helm-chart';
import { FluxHelmReleaseBase } from './helm-release-base';
import { FluxHelmValues } from './helm-values';
import { FluxCommonMetadata } from '../common-metadata';
import { FluxObjectOptions } from '../flux-object';
import { FluxHealthExpression } from '../health/health-expression';
import { FluxKubeConfig } from '../kube-config';
import { FluxIgnoreRule, FluxImage, FluxPatch } from '../kustomize/patch';

/** What is done when something else changes what a release has installed. */
export enum FluxDriftMode {
  /** It is set right. */
  ENABLED = 'enabled',
  /** It is logged. */
  WARN = 'warn',
  /** Nothing. */
  DISABLED = 'disabled',
}

/** What is done when something else changes what a release has installed. */
export interface FluxDriftDetection {
  /** What is done. */
  readonly mode: FluxDriftMode;
  /**
   * Fields that others may change.
   * @default - none
   */
  readonly ignore?: FluxIgnoreRule[];
}

/** How Helm finds out that what it has installed is healthy. */
export enum FluxHelmWaitStrategy {
  /** By the status of all objects, custom resources too. */
  POLLER = 'poller',
  /** As Helm 3 did. */
  LEGACY = 'legacy',
}

/** Which manifests a post-renderer sees. */
export enum FluxPostRenderStrategy {
  /** Those that are not hooks. */
  NO_HOOKS = 'nohooks',
  /** All, together. */
  COMBINED = 'combined',
  /** All, hooks apart. */
  SEPARATE = 'separate',
}

/** A change of manifests between Helm and the cluster. */
export interface FluxPostRenderer {
  /**
   * Changes of manifests.
   * @default - none
   */
  readonly patches?: FluxPatch[];
  /**
   * Changes of images.
   * @default - none
   */
  readonly images?: FluxImage[];
}

/** A chart, and how Flux keeps it installed. */
export interface FluxHelmReleaseProps extends FluxObjectOptions {
  /** Which chart. */
  readonly chart: FluxHelmChart;
  /**
   * Values for the chart. They are written to the output: a text whose name says that it is a password, a token or a key is guarded.
   * @default - the chart's own
   */
  readonly values?: { [name: string]: any };
  /**
   * Values that stand in Secrets and ConfigMaps; later ones win, and `values` win over all.
   * @default - none
   */
  readonly valuesFrom?: FluxHelmValues[];
  /**
   * How often everything is compared, in whole milliseconds. A new chart or new values are installed at once. Less than a minute is warned of.
   * @default - 1 hour
   */
  readonly interval?: Duration;
  /**
   * How long each operation of Helm may take, in whole milliseconds. What is not below interval is warned of.
   * @default - 5 minutes
   */
  readonly timeout?: Duration;
  /**
   * Name of the release, at most 53 characters. Another name is another release: the old one is removed.
   * @default - the name of the HelmRelease, after targetNamespace and `-` if that is given
   */
  readonly releaseName?: string;
  /**
   * Namespace into which the chart is installed. It has to exist.
   * @default - that of the HelmRelease
   */
  readonly targetNamespace?: string;
  /**
   * Namespace in which Helm keeps what it knows of the release.
   * @default - that of the HelmRelease
   */
  readonly storageNamespace?: string;
  /**
   * Which HelmReleases have to be ready before. A Kustomization throws, and those that wait for each other fail the synth.
   * @default - none
   */
  readonly dependsOn?: FluxHelmReleaseBase[];
  /**
   * ServiceAccount in the namespace of the HelmRelease, with whose rights the chart is installed.
   * @default - Flux's own
   */
  readonly serviceAccountName?: string;
  /**
   * How the chart is installed.
   * @default - three more attempts after a failure; definitions of custom resources are replaced
   */
  readonly install?: FluxHelmInstall;
  /**
   * How the release is upgraded.
   * @default - three more attempts after a failure, with a rollback after each; definitions of custom resources are replaced
   */
  readonly upgrade?: FluxHelmUpgrade;
  /**
   * How the release is rolled back.
   * @default - as Helm does it
   */
  readonly rollback?: FluxHelmRollback;
  /**
   * How the release is removed.
   * @default - as Helm does it
   */
  readonly uninstall?: FluxHelmUninstall;
  /**
   * How the release is tested.
   * @default - it is not
   */
  readonly test?: FluxHelmTest;
  /**
   * What is done when something else changes what is installed.
   * @default - nothing
   */
  readonly driftDetection?: FluxDriftDetection;
  /**
   * When custom resources of the chart are healthy; for Flux 2.8 and newer. Two for one kind throw, and any with `FluxHelmWaitStrategy.LEGACY`.
   * @default - Flux's own judgement
   */
  readonly healthExpressions?: FluxHealthExpression[];
  /**
   * How Helm finds out that all is healthy; for Flux 2.8 and newer.
   * @default FluxHelmWaitStrategy.POLLER
   */
  readonly waitStrategy?: FluxHelmWaitStrategy;
  /**
   * Changes of the manifests, one after the other.
   * @default - none
   */
  readonly postRenderers?: FluxPostRenderer[];
  /**
   * Which manifests those see; for Flux 2.9 and newer.
   * @default FluxPostRenderStrategy.COMBINED
   */
  readonly postRenderStrategy?: FluxPostRenderStrategy;
  /**
   * Labels and annotations that all objects get; for Flux 2.7 and newer.
   * @default - none
   */
  readonly commonMetadata?: FluxCommonMetadata;
  /**
   * How many releases Helm remembers; 0 for all. What is no whole number throws.
   * @default 5
   */
  readonly maxHistory?: number;
  /**
   * Whether one connection to the cluster is kept for an action. Charts that define custom resources in templates and use them may need false.
   * @default true
   */
  readonly persistentClient?: boolean;
  /**
   * The cluster into which it is installed.
   * @default - the one that Flux is in
   */
  readonly kubeConfig?: FluxKubeConfig;
  /**
   * Whether Flux stops looking after it.
   * @default false
   */
  readonly suspend?: boolean;
}
