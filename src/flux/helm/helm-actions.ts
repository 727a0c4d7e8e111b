import { Duration } from 'cdk8s';
import { FluxHelmFailure } from './helm-failure';

/** What is done with the definitions of custom resources in a chart's `crds` directory. */
export enum FluxHelmCrds {
  /** Nothing. */
  SKIP = 'Skip',
  /** New ones are made; those that exist are left as they are. */
  CREATE = 'Create',
  /** New ones are made; those that exist are replaced. None is deleted. */
  CREATE_REPLACE = 'CreateReplace',
}

/** Whether Helm changes objects by server-side apply. */
export enum FluxHelmServerSideApply {
  ENABLED = 'enabled',
  DISABLED = 'disabled',
  /** As the release did before. */
  AUTO = 'auto',
}

/** What each action of Helm may be given. */
export interface FluxHelmActionOptions {
  /**
   * How long each operation may take, in whole milliseconds.
   * @default - timeout of the HelmRelease
   */
  readonly timeout?: Duration;
  /**
   * Whether hooks are left out.
   * @default false
   */
  readonly disableHooks?: boolean;
  /**
   * Whether Helm does not wait until all is healthy.
   * @default false
   */
  readonly disableWait?: boolean;
}

/** What installing and upgrading have in common. */
export interface FluxHelmApplyOptions extends FluxHelmActionOptions {
  /**
   * Whether Helm does not wait for Jobs.
   * @default false
   */
  readonly disableWaitForJobs?: boolean;
  /**
   * What is done with the definitions of custom resources in the chart's `crds` directory. Helm alone would never bring one up to date.
   * @default FluxHelmCrds.CREATE_REPLACE
   */
  readonly crds?: FluxHelmCrds;
  /**
   * What is done when it fails.
   * @default - three more attempts: after each that fails, an install is removed, an upgrade rolled back; after the last, Flux waits for a change of
   *   chart, version or values, or for `flux reconcile helmrelease --reset`
   */
  readonly onFailure?: FluxHelmFailure;
  /**
   * Whether manifests are not checked against the API's schema.
   * @default false
   */
  readonly disableOpenApiValidation?: boolean;
  /**
   * Whether values are not checked against the chart's schema.
   * @default false
   */
  readonly disableSchemaValidation?: boolean;
  /**
   * Whether it fails on objects that exist already, in place of taking them over.
   * @default false
   */
  readonly disableTakeOwnership?: boolean;
}

/** How a chart is installed. */
export interface FluxHelmInstall extends FluxHelmApplyOptions {
  /**
   * Whether `targetNamespace` is made if it is missing. It has then no labels, such as those of Pod Security, and is not deleted later.
   * @default false
   */
  readonly createNamespace?: boolean;
  /**
   * Whether the name of a deleted release may be used again.
   * @default false
   */
  readonly replace?: boolean;
  /**
   * Whether server-side apply is used; for Flux 2.8 and newer.
   * @default true
   */
  readonly serverSideApply?: boolean;
}

/** What is done when a release gets a chart of another name. */
export enum FluxChartNameChange {
  /** The release is upgraded. */
  IN_PLACE_UPDATE = 'InPlaceUpdate',
  /** The release is removed and installed anew. */
  REINSTALL = 'Reinstall',
}

/** How a release is upgraded. */
export interface FluxHelmUpgrade extends FluxHelmApplyOptions {
  /**
   * What is done when the chart has another name than before; for Flux 2.9 and newer.
   * @default FluxChartNameChange.REINSTALL
   */
  readonly onChartNameChange?: FluxChartNameChange;
  /**
   * Whether objects that are new in the upgrade are deleted when it fails.
   * @default false
   */
  readonly cleanupOnFail?: boolean;
  /**
   * Whether objects are replaced in place of being changed; ignored with server-side apply.
   * @default false
   */
  readonly force?: boolean;
  /**
   * Whether the values of the release before are kept where new ones say nothing.
   * @default false
   */
  readonly preserveValues?: boolean;
  /**
   * Whether server-side apply is used; for Flux 2.8 and newer.
   * @default FluxHelmServerSideApply.AUTO
   */
  readonly serverSideApply?: FluxHelmServerSideApply;
}

/** How a release is rolled back. */
export interface FluxHelmRollback extends FluxHelmActionOptions {
  /**
   * Whether Helm does not wait for Jobs.
   * @default false
   */
  readonly disableWaitForJobs?: boolean;
  /**
   * Whether objects that are new in the rollback are deleted when it fails.
   * @default false
   */
  readonly cleanupOnFail?: boolean;
  /**
   * Whether objects are replaced in place of being changed; ignored with server-side apply.
   * @default false
   */
  readonly force?: boolean;
  /**
   * Whether server-side apply is used; for Flux 2.8 and newer.
   * @default FluxHelmServerSideApply.AUTO
   */
  readonly serverSideApply?: FluxHelmServerSideApply;
}

/** In which order objects are deleted. */
export enum FluxDeletionPropagation {
  /** Owners at once, what they own later. */
  BACKGROUND = 'background',
  /** What is owned first. */
  FOREGROUND = 'foreground',
  /** Owners only. */
  ORPHAN = 'orphan',
}

/** How a release is removed. */
export interface FluxHelmUninstall extends FluxHelmActionOptions {
  /**
   * In which order objects are deleted.
   * @default FluxDeletionPropagation.BACKGROUND
   */
  readonly deletionPropagation?: FluxDeletionPropagation;
  /**
   * Whether what is known of the release is kept.
   * @default false
   */
  readonly keepHistory?: boolean;
}

/** How a release is tested, by the chart's own tests. */
export interface FluxHelmTest {
  /**
   * Whether tests are run after each install and upgrade.
   * @default true
   */
  readonly enable?: boolean;
  /**
   * Names of tests that alone are run. An empty name throws.
   * @default - all
   */
  readonly only?: string[];
  /**
   * Names of tests that are not run. An empty name throws.
   * @default - none
   */
  readonly except?: string[];
  /**
   * Whether a release is good although its tests fail.
   * @default false
   */
  readonly ignoreFailures?: boolean;
  /**
   * How long each test may take, in whole milliseconds.
   * @default - timeout of the HelmRelease
   */
  readonly timeout?: Duration;
}
