import * as helm from '../../../imports/helm.toolkit.fluxcd.io';
import { broken } from '../../core/broken';
import { DATA_KEY, DNS_SUBDOMAIN } from '../../core/names';
import { defineRule, RuleLevel } from '../../core/rule';
import { SecretKey } from '../../core/secret-key';
import { FluxPart } from '../flux-part';
import { FluxVersion } from '../flux-version';
import { nameMistakes } from '../name-mistakes';

export const FLUX_HELM_VALUES = defineRule({
  id: 'FLUX-HELM-VALUES',
  level: RuleLevel.ERROR,
  statement: 'A single value from a Secret or ConfigMap goes to a path in the values; without one, it is YAML with many.',
  source: 'The patterns of the CRD, and https://fluxcd.io/flux/components/helm/helmreleases/#values-references',
});

/** Where values from elsewhere go. */
export interface FluxHelmValuesOptions {
  /**
   * Path in the values of the chart to which it goes as one value, such as `auth.password`. One that Helm cannot read throws.
   * @default - none: it is YAML, and is merged into the values
   */
  readonly targetPath?: string;
  /**
   * Whether it may be missing.
   * @default false
   */
  readonly optional?: boolean;
  /**
   * Whether commas, brackets and dots in it mean nothing; for Flux 2.9 and newer. Without `targetPath` it throws.
   * @default false
   */
  readonly literal?: boolean;
}

type From = helm.HelmReleaseSpecValuesFrom;

/**
 * Values for a chart that stand in a Secret or ConfigMap, in the namespace of the HelmRelease.
 * @see https://fluxcd.io/flux/components/helm/helmreleases/#values-references
 */
export class FluxHelmValues {
  /** From a key of a Secret. */
  public static secret(secret: SecretKey, options: FluxHelmValuesOptions = {}): FluxHelmValues {
    const { secretName, key } = secret;
    const { secrets = [], ...part } = FluxHelmValues.part(helm.HelmReleaseSpecValuesFromKind.SECRET, secretName, key, options);
    const value = options.targetPath === undefined ? 'values of the chart, in YAML' : `value of ${options.targetPath}`;
    return new FluxHelmValues({ ...part, secrets: [...secrets, ...options.optional ? [] : [{ prop: 'valuesFrom', secretName, keys: { [key]: value } }]] });
  }

  /** From a key of a ConfigMap. A name or key that Kubernetes does not allow throws. */
  public static configMap(name: string, key: string, options: FluxHelmValuesOptions = {}): FluxHelmValues {
    const part = FluxHelmValues.part(helm.HelmReleaseSpecValuesFromKind.CONFIG_MAP, name, key, options);
    return new FluxHelmValues({
      ...part,
      broken: [...part.broken ?? [], ...nameMistakes('the ConfigMap of valuesFrom', name, DNS_SUBDOMAIN), ...nameMistakes('the key of valuesFrom', key, DATA_KEY)],
    });
  }

  private static part(kind: From['kind'], name: string, valuesKey: string, { targetPath, optional, literal }: FluxHelmValuesOptions): FluxPart<From> {
    return {
      spec: { kind, name, valuesKey, targetPath, optional, literal },
      broken: [
        ...broken(FLUX_HELM_VALUES, targetPath !== undefined && !(TARGET_PATH.test(targetPath) && targetPath.length <= 250), {
          what: `targetPath is '${targetPath}'`, allowed: 'at most 250 letters, digits, _, -, ., \\ and /, and indexes such as [0]',
        }),
        ...broken(FLUX_HELM_VALUES, literal === true && targetPath === undefined, { what: 'literal is true without targetPath, where it means nothing', allowed: 'both', fix: 'give targetPath' }),
      ],
      features: [['literal values', FluxVersion.V2_9, literal === true]],
    };
  }

  private constructor(/** @internal */ public readonly _part: FluxPart<From>) {}
}

const TARGET_PATH = /^([a-zA-Z0-9_\-.\\/]|\[[0-9]{1,5}\])+$/;
