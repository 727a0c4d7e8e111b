import * as kustomize from '../../../imports/kustomize.toolkit.fluxcd.io';
import { broken } from '../../core/broken';
import { DNS_SUBDOMAIN } from '../../core/names';
import { defineRule, RuleLevel } from '../../core/rule';
import { FluxPart } from '../flux-part';
import { FluxVersion } from '../flux-version';
import { nameMistakes } from '../name-mistakes';

export const FLUX_SUBSTITUTION = defineRule({
  id: 'FLUX-SUBSTITUTION',
  level: RuleLevel.ERROR,
  statement: 'A variable that Flux puts into manifests has a name of letters, digits and _, and a value of one line.',
  source: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#post-build-variable-substitution; line breaks are removed from values',
});

/** Whether a ConfigMap or Secret with variables may be missing. */
export interface FluxVariableSourceOptions {
  /**
   * Whether it may be missing.
   * @default false
   */
  readonly optional?: boolean;
}

type From = kustomize.KustomizationSpecPostBuildSubstituteFrom;

/** Where variables stand: each key of a ConfigMap or Secret in the namespace of the Kustomization is one. An invalid name throws. */
export class FluxVariableSource {
  /** A ConfigMap. */
  public static configMap(name: string, options: FluxVariableSourceOptions = {}): FluxVariableSource {
    return FluxVariableSource.of(kustomize.KustomizationSpecPostBuildSubstituteFromKind.CONFIG_MAP, name, options);
  }

  /** A Secret. What Flux puts into a manifest can be read by all who may read that object. */
  public static secret(name: string, options: FluxVariableSourceOptions = {}): FluxVariableSource {
    return FluxVariableSource.of(kustomize.KustomizationSpecPostBuildSubstituteFromKind.SECRET, name, options);
  }

  private static of(kind: From['kind'], name: string, { optional }: FluxVariableSourceOptions): FluxVariableSource {
    const secret = kind === kustomize.KustomizationSpecPostBuildSubstituteFromKind.SECRET;
    return new FluxVariableSource({
      spec: { kind, name, optional },
      secrets: secret && !optional ? [{ prop: 'substitution.from', secretName: name, keys: { '(each variable)': 'value that Flux puts into manifests' } }] : [],
      broken: secret ? [] : nameMistakes('substitution.from', name, DNS_SUBDOMAIN),
    });
  }

  private constructor(/** @internal */ public readonly _part: FluxPart<From>) {}
}

/** What Flux puts in place of `${NAME}` in the manifests, after they are built. */
export interface FluxSubstitution {
  /**
   * Values by name. They are written to the output: one whose name says that it is a password, a token or a key is guarded. A name that is no
   * variable's, and a value with a line break, throw.
   * @default - none
   */
  readonly variables?: { [name: string]: string };
  /**
   * ConfigMaps and Secrets with more of them; later ones win, and `variables` win over all.
   * @default - none
   */
  readonly from?: FluxVariableSource[];
  /**
   * Whether expressions with defaults, such as `${NAME:=default}`, are replaced even if there are no variables at all; for Flux 2.9 and newer.
   * @default false
   */
  readonly always?: boolean;
}

const VARIABLE = /^[_A-Za-z][_A-Za-z0-9]*$/;

export function substitutionPart({ variables = {}, from = [], always }: FluxSubstitution): FluxPart<kustomize.KustomizationSpecPostBuild> {
  return {
    spec: {
      substitute: Object.keys(variables).length === 0 ? undefined : variables,
      substituteFrom: from.length === 0 ? undefined : from.map(({ _part: { spec } }) => spec),
      substituteStrategy: always ? kustomize.KustomizationSpecPostBuildSubstituteStrategy.ALWAYS : undefined,
    },
    secrets: from.flatMap(({ _part: { secrets = [] } }) => secrets),
    broken: [
      ...from.flatMap(({ _part: { broken: mistakes = [] } }) => mistakes),
      ...Object.entries(variables).flatMap(([name, value]) => [
        ...broken(FLUX_SUBSTITUTION, !VARIABLE.test(name), { what: `substitution.variables has '${name}'`, allowed: 'letters, digits and _, not beginning with a digit' }),
        ...broken(FLUX_SUBSTITUTION, typeof value !== 'string' || value.includes('\n'), { what: `the value of the variable ${name} is no text of one line`, allowed: 'one line: Flux removes line breaks' }),
      ]),
    ],
    features: [['substitution.always', FluxVersion.V2_9, always === true]],
  };
}
