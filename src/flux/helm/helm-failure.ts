import { Duration } from 'cdk8s';
import * as helm from '../../../imports/helm.toolkit.fluxcd.io';
import { defineRule, RuleLevel } from '../../core/rule';
import { FluxObject } from '../flux-object';
import { checkFeatures, FluxVersion } from '../flux-version';
import { fluxDuration } from '../interval';

export const FLUX_HELM_FAILURE = defineRule({
  id: 'FLUX-HELM-FAILURE',
  level: RuleLevel.ERROR,
  statement: 'What is done after a failure has a whole number of attempts, and an upgrade alone can be rolled back.',
  source: 'https://fluxcd.io/flux/components/helm/helmreleases/#install-remediation, #upgrade-remediation',
});

/** What is done between attempts. */
export interface FluxHelmRemediationOptions {
  /**
   * Whether the last attempt is undone too, when no more follow.
   * @default - an upgrade is, an install is not
   */
  readonly remediateLastFailure?: boolean;
  /**
   * Whether failed tests count as failure.
   * @default - they do, unless `test.ignoreFailures` is true
   */
  readonly ignoreTestFailures?: boolean;
  /**
   * Whether an upgrade that has failed is removed altogether, in place of rolled back. For an install it throws, because that is always removed.
   * @default false
   */
  readonly uninstall?: boolean;
}

interface RenderedFailure {
  readonly remediation?: helm.HelmReleaseSpecInstallRemediation & helm.HelmReleaseSpecUpgradeRemediation;
  readonly strategy?: { readonly name: 'RetryOnFailure'; readonly retryInterval?: string };
}

/**
 * What is done when installing or upgrading a release fails.
 * @see https://fluxcd.io/flux/components/helm/helmreleases/#configuring-failure-handling
 */
export class FluxHelmFailure {
  /**
   * Undo it, and try again: an install is removed, an upgrade rolled back.
   *
   * @param retries how many more attempts; -1 for no end; anything else below zero throws
   */
  public static remediate(retries: number, options: FluxHelmRemediationOptions = {}): FluxHelmFailure {
    return new FluxHelmFailure((release, action) => {
      const { remediateLastFailure, ignoreTestFailures, uninstall } = options;
      const prop = `${action}.onFailure`;
      if (!Number.isInteger(retries) || retries < -1) throw FLUX_HELM_FAILURE.error(release, { what: `${prop} has ${retries} retries`, allowed: 'a whole number from 0, or -1 for no end' });
      if (uninstall !== undefined && action === 'install') throw FLUX_HELM_FAILURE.error(release, { what: `${prop} has uninstall: ${uninstall}`, allowed: 'uninstall for an upgrade', fix: 'leave it out' });
      return {
        remediation: {
          retries,
          remediateLastFailure,
          ignoreTestFailures,
          strategy: uninstall ? helm.HelmReleaseSpecUpgradeRemediationStrategy.UNINSTALL : undefined,
        },
      };
    });
  }

  /**
   * Leave it as it is, and try again by an upgrade, without end; for Flux 2.7 and newer. It is the choice for StatefulSets, and for what takes long to be
   * ready or must not be rolled back.
   *
   * @param interval between attempts, in whole milliseconds; @default - 5 minutes
   */
  public static retry(interval?: Duration): FluxHelmFailure {
    return new FluxHelmFailure((release, action) => {
      checkFeatures(release, [[`${action}.onFailure: retry`, FluxVersion.V2_7, true]]);
      return { strategy: { name: 'RetryOnFailure', retryInterval: interval && fluxDuration(release, `${action}.onFailure`, interval) } };
    });
  }

  private constructor(/** @internal */ public readonly _render: (release: FluxObject, action: 'install' | 'upgrade') => RenderedFailure) {}
}
