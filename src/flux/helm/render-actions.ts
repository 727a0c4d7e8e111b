import {
  FluxHelmActionOptions, FluxHelmApplyOptions, FluxHelmCrds, FluxHelmInstall, FluxHelmRollback, FluxHelmTest, FluxHelmUninstall, FluxHelmUpgrade,
} from './helm-actions';
import { FluxHelmFailure } from './helm-failure';
import * as helm from '../../../imports/helm.toolkit.fluxcd.io';
import { emptyTexts } from '../../core/broken';
import { defineRule, RuleLevel } from '../../core/rule';
import { wire } from '../../core/wire';
import { FluxObject } from '../flux-object';
import { takeParts } from '../flux-part';
import { checkFeatures, FluxVersion } from '../flux-version';
import { fluxDuration } from '../interval';

export const FLUX_HELM_TEST = defineRule({
  id: 'FLUX-HELM-TEST',
  level: RuleLevel.ERROR,
  statement: 'Tests of a chart that are chosen have names.',
  source: 'The CRD: test.filters[].name has 1 to 253 characters',
});

const DEFAULT_RETRIES = 3;

export function renderInstall(release: FluxObject, install: FluxHelmInstall = {}): helm.HelmReleaseSpecInstall {
  const { createNamespace, replace, serverSideApply } = install;
  checkFeatures(release, [['install.serverSideApply', FluxVersion.V2_8, serverSideApply !== undefined]]);
  const { remediation, strategy } = failure(release, 'install', install);
  return {
    ...renderApply(release, 'install', install),
    crds: wire(install.crds ?? FluxHelmCrds.CREATE_REPLACE),
    remediation,
    strategy: strategy && { ...strategy, name: wire(strategy.name)! },
    createNamespace,
    replace,
    serverSideApply,
  };
}

export function renderUpgrade(release: FluxObject, upgrade: FluxHelmUpgrade = {}): helm.HelmReleaseSpecUpgrade {
  const { onChartNameChange, cleanupOnFail, force, preserveValues, serverSideApply } = upgrade;
  checkFeatures(release, [
    ['upgrade.serverSideApply', FluxVersion.V2_8, serverSideApply !== undefined],
    ['upgrade.onChartNameChange', FluxVersion.V2_9, onChartNameChange !== undefined],
  ]);
  const { remediation, strategy } = failure(release, 'upgrade', upgrade);
  return {
    ...renderApply(release, 'upgrade', upgrade),
    crds: wire(upgrade.crds ?? FluxHelmCrds.CREATE_REPLACE),
    remediation,
    strategy: strategy && { ...strategy, name: wire(strategy.name)! },
    chartNameChangeStrategy: wire(onChartNameChange),
    cleanupOnFail,
    force,
    preserveValues,
    serverSideApply: wire(serverSideApply),
  };
}

export function renderRollback(release: FluxObject, rollback: FluxHelmRollback | undefined): helm.HelmReleaseSpecRollback | undefined {
  if (!rollback) return undefined;
  const { disableWaitForJobs, cleanupOnFail, force, serverSideApply } = rollback;
  checkFeatures(release, [['rollback.serverSideApply', FluxVersion.V2_8, serverSideApply !== undefined]]);
  return { ...renderAction(release, 'rollback', rollback), disableWaitForJobs, cleanupOnFail, force, serverSideApply: wire(serverSideApply) };
}

export function renderUninstall(release: FluxObject, uninstall: FluxHelmUninstall | undefined): helm.HelmReleaseSpecUninstall | undefined {
  return uninstall && {
    ...renderAction(release, 'uninstall', uninstall), deletionPropagation: wire(uninstall.deletionPropagation), keepHistory: uninstall.keepHistory,
  };
}

export function renderTest(release: FluxObject, test: FluxHelmTest | undefined): helm.HelmReleaseSpecTest | undefined {
  if (!test) return undefined;
  const { enable = true, only = [], except = [], ignoreFailures, timeout } = test;
  for (const name of [...only, ...except]) takeParts(release, [{ broken: emptyTexts(FLUX_HELM_TEST, { 'name of a test': name }) }]);
  const filters = [...only.map((name) => ({ name })), ...except.map((name) => ({ name, exclude: true }))];
  return { enable, filters: filters.length === 0 ? undefined : filters, ignoreFailures, timeout: timeout && fluxDuration(release, 'test.timeout', timeout) };
}

function failure(release: FluxObject, action: 'install' | 'upgrade', { onFailure = FluxHelmFailure.remediate(DEFAULT_RETRIES) }: FluxHelmApplyOptions) {
  return onFailure._render(release, action);
}

function renderApply(release: FluxObject, action: string, options: FluxHelmApplyOptions) {
  const { disableWaitForJobs, disableOpenApiValidation, disableSchemaValidation, disableTakeOwnership } = options;
  return { ...renderAction(release, action, options), disableWaitForJobs, disableOpenApiValidation, disableSchemaValidation, disableTakeOwnership };
}

function renderAction(release: FluxObject, action: string, { timeout, disableHooks, disableWait }: FluxHelmActionOptions) {
  return { timeout: timeout && fluxDuration(release, `${action}.timeout`, timeout), disableHooks, disableWait };
}
