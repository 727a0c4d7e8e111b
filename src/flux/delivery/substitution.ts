import { LayerObject } from './layer';
import { Mistake } from '../../core/mistake';
import { defineRule, RuleLevel } from '../../core/rule';

export const FLUX_SUBSTITUTION_MIXED = defineRule({
  id: 'FLUX-SUBSTITUTION-MIXED',
  level: RuleLevel.ERROR,
  statement: 'An object that uses variables of its layer has no other `${` and no `$$`, which Flux would replace too, or stumble over.',
  source: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#post-build-variable-substitution; since Flux 2.9 a variable without a value fails the whole layer.',
});

const DISABLED = 'kustomize.toolkit.fluxcd.io/substitute';

/** What Flux would take for a variable: its name where it has one and nothing else stands in the braces. */
const EXPRESSIONS = /\$\$|\$\{(?:([A-Za-z_]\w*)\})?/g;

/** What the texts of an object hold of variables. */
interface Expressions {
  /** Names of variables of the layer. */
  readonly declared: string[];
  /** Everything else that Flux would touch. */
  readonly others: string[];
}

function expressionsOf(value: unknown, variables: ReadonlySet<string>): Expressions {
  const declared = new Set<string>();
  const others = new Set<string>();
  for (const text of textsOf(value)) {
    for (const [found, name] of text.matchAll(EXPRESSIONS)) {
      if (name !== undefined && variables.has(name)) declared.add(name);
      else others.add(found);
    }
  }
  return { declared: [...declared], others: [...others] };
}

function* textsOf(value: unknown): Generator<string> {
  if (typeof value === 'string') {
    if (value.includes('$')) yield value;
  } else if (value && typeof value === 'object') {
    for (const [key, inner] of Object.entries(value)) {
      if (key.includes('$')) yield key;
      yield* textsOf(inner);
    }
  }
}

/**
 * Marks an object whose texts Flux would take for variables, so that it leaves them alone. An object that uses variables of its layer cannot be marked: it must
 * have nothing else of the kind, which is a mistake if it has.
 */
export function protectFromSubstitution({ object, manifest }: LayerObject, variables: ReadonlySet<string>): Mistake[] {
  if (manifest.metadata?.annotations?.[DISABLED] === 'disabled') return [];
  const { declared, others } = expressionsOf(manifest, variables);
  if (others.length === 0) return [];
  if (declared.length === 0) {
    object.metadata.addAnnotation(DISABLED, 'disabled');
    return [];
  }
  return [{
    what: `${object.kind} '${object.name}' at ${object.node.path} uses the variable '${declared[0]}' of its layer, but has '${others[0]}' too, which Flux would touch as well`,
    allowed: 'variables of the layer and nothing else with ${ or $$, or no variable at all',
    fix: 'write the value into the object in place of the variable, or take the variable out of the layer',
  }];
}
