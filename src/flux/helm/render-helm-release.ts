import { Duration } from 'cdk8s';
import { FluxHelmReleaseProps, FluxHelmWaitStrategy } from './helm-release-props';
import { renderInstall, renderRollback, renderTest, renderUninstall, renderUpgrade } from './render-actions';
import * as helm from '../../../imports/helm.toolkit.fluxcd.io';
import { Broken, broken } from '../../core/broken';
import { NAME_INVALID } from '../../core/kube-object';
import { DNS_SUBDOMAIN, isName } from '../../core/names';
import { defineRule, RuleLevel } from '../../core/rule';
import { wire } from '../../core/wire';
import { commonMetadataMistakes } from '../common-metadata';
import { FluxObject } from '../flux-object';
import { takeParts } from '../flux-part';
import { Feature, FluxVersion } from '../flux-version';
import { FLUX_HEALTH_CHECK } from '../health/health-check';
import { renderHealthExpressions } from '../health/health-expression';
import { fluxDuration } from '../interval';
import { ignoreMistakes, imageMistakes, patchMistakes } from '../kustomize/patch';
import { checkLiteralSecrets } from '../literal-secrets';
import { namespaceMistakes, serviceAccountMistakes } from '../name-mistakes';
import { checkTimes } from '../times';

export const FLUX_HELM_HISTORY = defineRule({
  id: 'FLUX-HELM-HISTORY',
  level: RuleLevel.ERROR,
  statement: 'Helm remembers a whole number of releases.',
  source: 'https://fluxcd.io/flux/components/helm/helmreleases/#max-history',
});

const RELEASE_NAME = { ...DNS_SUBDOMAIN, maxLength: 53, words: DNS_SUBDOMAIN.words.replace('253', '53') };

/** The spec of a HelmRelease but for its dependencies; a wrong value throws. */
export function renderHelmRelease(object: FluxObject, props: FluxHelmReleaseProps): helm.HelmReleaseSpec {
  const { interval = Duration.hours(1), timeout = Duration.minutes(5), valuesFrom = [], postRenderers, driftDetection, waitStrategy } = props;
  takeParts(object, [
    { broken: valueMistakes(props), features: features(props) }, props.kubeConfig?._part, ...valuesFrom.map(({ _part }) => _part),
  ]);
  checkLiteralSecrets(object, 'values', props.values, 'give it by valuesFrom: FluxHelmValues.secret, or name a Secret that the chart reads');
  checkTimes(object, { interval, timeout: props.timeout });
  return {
    ...props.chart._render(object),
    interval: fluxDuration(object, 'interval', interval),
    timeout: fluxDuration(object, 'timeout', timeout),
    releaseName: props.releaseName,
    targetNamespace: props.targetNamespace,
    storageNamespace: props.storageNamespace,
    serviceAccountName: props.serviceAccountName,
    install: renderInstall(object, props.install),
    upgrade: renderUpgrade(object, props.upgrade),
    rollback: renderRollback(object, props.rollback),
    uninstall: renderUninstall(object, props.uninstall),
    test: renderTest(object, props.test),
    driftDetection: driftDetection && { mode: wire(driftDetection.mode), ignore: driftDetection.ignore },
    healthCheckExprs: renderHealthExpressions(object, props.healthExpressions),
    waitStrategy: waitStrategy && { name: wire(waitStrategy)! },
    postRenderers: postRenderers?.map((kustomize) => ({ kustomize })),
    postRenderStrategy: wire(props.postRenderStrategy),
    commonMetadata: props.commonMetadata,
    maxHistory: props.maxHistory,
    persistentClient: props.persistentClient,
    kubeConfig: props.kubeConfig?._part.spec,
    suspend: props.suspend,
    valuesFrom: valuesFrom.length === 0 ? undefined : valuesFrom.map(({ _part: { spec } }) => spec),
    values: props.values,
  };
}

function features(props: FluxHelmReleaseProps): Feature[] {
  return [
    ['commonMetadata', FluxVersion.V2_7, props.commonMetadata !== undefined],
    ['healthExpressions', FluxVersion.V2_8, props.healthExpressions !== undefined],
    ['waitStrategy', FluxVersion.V2_8, props.waitStrategy !== undefined],
    ['postRenderStrategy', FluxVersion.V2_9, props.postRenderStrategy !== undefined],
  ];
}

function valueMistakes(props: FluxHelmReleaseProps): Broken[] {
  const { releaseName, maxHistory, postRenderers = [], healthExpressions = [], install, upgrade } = props;
  const waitsNever = props.waitStrategy === FluxHelmWaitStrategy.LEGACY || Boolean(install?.disableWait && upgrade?.disableWait);
  return [
    ...broken(NAME_INVALID, releaseName !== undefined && !isName(releaseName, RELEASE_NAME), { what: `releaseName is '${releaseName}'`, allowed: RELEASE_NAME.words }),
    ...namespaceMistakes('targetNamespace', props.targetNamespace),
    ...namespaceMistakes('storageNamespace', props.storageNamespace),
    ...serviceAccountMistakes(props.serviceAccountName),
    ...broken(FLUX_HELM_HISTORY, maxHistory !== undefined && !(Number.isInteger(maxHistory) && maxHistory >= 0), { what: `maxHistory is ${maxHistory}`, allowed: 'a whole number from 0' }),
    ...postRenderers.flatMap(({ patches, images }) => [...patchMistakes(patches), ...imageMistakes(images)]),
    ...ignoreMistakes(props.driftDetection?.ignore),
    ...commonMetadataMistakes(props.commonMetadata),
    ...broken(FLUX_HEALTH_CHECK, waitsNever && healthExpressions.length > 0, {
      what: 'healthExpressions are given, and Helm does not ask them', allowed: 'FluxHelmWaitStrategy.POLLER, and an install or upgrade that waits',
    }),
  ];
}
