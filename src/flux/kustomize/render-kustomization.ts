import { Duration } from 'cdk8s';
import { decryptionPart } from './decryption';
import { FluxKustomizationProps } from './kustomization-props';
import { ignoreMistakes, imageMistakes, patchMistakes } from './patch';
import { substitutionPart } from './substitution';
import * as kustomize from '../../../imports/kustomize.toolkit.fluxcd.io';
import { broken, Broken } from '../../core/broken';
import { NAME_INVALID } from '../../core/kube-object';
import { assertSecretKey } from '../../core/secret-key';
import { wire } from '../../core/wire';
import { commonMetadataMistakes } from '../common-metadata';
import { FluxObject } from '../flux-object';
import { takeParts } from '../flux-part';
import { reference } from '../flux-reference';
import { Feature, FluxVersion } from '../flux-version';
import { FLUX_HEALTH_CHECK } from '../health/health-check';
import { renderHealthExpressions } from '../health/health-expression';
import { fluxDuration } from '../interval';
import { checkLiteralSecrets } from '../literal-secrets';
import { namespaceMistakes, serviceAccountMistakes } from '../name-mistakes';
import { FLUX_PATH } from '../path';
import { checkTimes } from '../times';

const MINUTE = 60_000;
/** Flux takes less as this. */
const SHORTEST_TIMEOUT = MINUTE / 2;

/** The spec of a Kustomization but for its dependencies; a wrong value throws. */
export function renderKustomization(object: FluxObject, props: FluxKustomizationProps): kustomize.KustomizationSpec {
  const { path = './', prune = true, healthChecks = [], wait = healthChecks.length === 0, source } = props;
  for (const key of props.decryption?.keys ?? []) assertSecretKey(object, 'decryption.keys', key);
  const decryption = props.decryption && decryptionPart(props.decryption);
  const substitution = props.substitution && substitutionPart(props.substitution);
  takeParts(object, [
    { broken: valueMistakes(props), features: features(props) },
    decryption,
    substitution,
    props.kubeConfig?._part,
    ...healthChecks.map(({ _part }) => _part),
    { broken: ignoredChecks(props, wait) },
  ]);
  checkLiteralSecrets(object, 'substitution.variables', props.substitution?.variables, 'give it by from: FluxVariableSource.secret');
  return {
    sourceRef: { kind: wire(source.kind)!, ...reference(object, source) },
    path,
    ...renderTimes(object, props),
    prune,
    wait,
    healthChecks: healthChecks.length === 0 ? undefined : healthChecks.map(({ _part: { spec } }) => spec),
    healthCheckExprs: renderHealthExpressions(object, props.healthExpressions),
    targetNamespace: props.targetNamespace,
    serviceAccountName: props.serviceAccountName,
    decryption: decryption?.spec,
    postBuild: substitution?.spec,
    deletionPolicy: wire(props.deletionPolicy),
    force: props.force,
    ignore: props.ignore,
    patches: props.patches,
    images: props.images,
    components: props.components,
    ignoreMissingComponents: props.ignoreMissingComponents,
    namePrefix: props.namePrefix,
    nameSuffix: props.nameSuffix,
    commonMetadata: props.commonMetadata,
    buildMetadata: props.buildMetadata?.map((one) => wire<kustomize.KustomizationSpecBuildMetadata>(one)!),
    kubeConfig: props.kubeConfig?._part.spec,
    suspend: props.suspend,
  };
}

function renderTimes(object: FluxObject, { interval = Duration.hours(1), retryInterval, timeout }: FluxKustomizationProps) {
  const every = fluxDuration(object, 'interval', interval);
  const milliseconds = interval.toMilliseconds({ integral: false });
  const retry = retryInterval ?? Duration.millis(Math.min(2 * MINUTE, milliseconds));
  const limit = timeout ?? Duration.millis(Math.max(SHORTEST_TIMEOUT, Math.min(5 * MINUTE, milliseconds - SHORTEST_TIMEOUT)));
  const rendered = { interval: every, retryInterval: fluxDuration(object, 'retryInterval', retry), timeout: fluxDuration(object, 'timeout', limit) };
  checkTimes(object, { interval, retryInterval, timeout }, { shortestTimeout: SHORTEST_TIMEOUT });
  return rendered;
}

function features(props: FluxKustomizationProps): Feature[] {
  return [
    ['ignoreMissingComponents', FluxVersion.V2_7, props.ignoreMissingComponents === true],
    ['ignore', FluxVersion.V2_9, props.ignore !== undefined],
    ['buildMetadata', FluxVersion.V2_9, props.buildMetadata !== undefined],
  ];
}

const AFFIX = /^[-a-z0-9.]{1,200}$/;

function valueMistakes(props: FluxKustomizationProps): Broken[] {
  const { components = [], namePrefix, nameSuffix } = props;
  return [
    ...namespaceMistakes('targetNamespace', props.targetNamespace),
    ...serviceAccountMistakes(props.serviceAccountName),
    ...Object.entries({ namePrefix, nameSuffix }).flatMap(([prop, affix]) => broken(NAME_INVALID, affix !== undefined && !AFFIX.test(affix), {
      what: `${prop} is '${affix}'`, allowed: '1 to 200 lower-case letters, digits, - and .',
    })),
    ...components.flatMap((component) => broken(FLUX_PATH, !component || component.startsWith('/') || component.includes('://'), {
      what: `components has '${component}'`, allowed: 'a directory relative to path, such as ../tls',
    })),
    ...patchMistakes(props.patches),
    ...imageMistakes(props.images),
    ...ignoreMistakes(props.ignore),
    ...commonMetadataMistakes(props.commonMetadata),
  ];
}

function ignoredChecks({ healthChecks = [], healthExpressions = [] }: FluxKustomizationProps, wait: boolean): Broken[] {
  return [
    ...broken(FLUX_HEALTH_CHECK, wait && healthChecks.length > 0, {
      what: 'wait is true, and healthChecks are given, which Flux then ignores',
      allowed: 'one of them',
      fix: 'leave wait out to wait for these alone, or leave healthChecks out to wait for all',
    }),
    ...broken(FLUX_HEALTH_CHECK, !wait && healthChecks.length === 0 && healthExpressions.length > 0, {
      what: 'healthExpressions are given, and Flux waits for nothing', allowed: 'wait: true, or healthChecks',
    }),
  ];
}
