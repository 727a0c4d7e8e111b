import { Broken, broken, emptyTexts } from '../../core/broken';
import { goRegexpMistakes } from '../../core/go-regexp';
import { Mistake } from '../../core/mistake';
import { defineRule, Rule, RuleLevel } from '../../core/rule';
import { yamlDocuments } from '../../core/yaml-documents';

export const FLUX_PATCH = defineRule({
  id: 'FLUX-PATCH',
  level: RuleLevel.ERROR,
  statement: 'A patch is YAML: operations for a target, or a part of an object that it names.',
  source: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#patches; kustomize: "must specify a target for JSON patch"',
});

export const FLUX_IMAGE = defineRule({
  id: 'FLUX-IMAGE',
  level: RuleLevel.ERROR,
  statement: 'An image whose name, tag or digest is changed is named without a tag.',
  source: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#images',
});

export const FLUX_IGNORE = defineRule({
  id: 'FLUX-IGNORE',
  level: RuleLevel.ERROR,
  statement: 'Fields whose drift is ignored are given as JSON pointers, for objects that are named.',
  source: 'https://datatracker.ietf.org/doc/html/rfc6901',
});

/** Objects by what they are; all that is given must hold. */
export interface FluxTarget {
  /**
   * API group. Like version, kind, name and namespace it is a regular expression of Go that matches all of it; one that Go cannot read throws.
   * @default - any
   */
  readonly group?: string;
  /**
   * Version in the group.
   * @default - any
   */
  readonly version?: string;
  /**
   * Kind.
   * @default - any
   */
  readonly kind?: string;
  /**
   * Name.
   * @default - any
   */
  readonly name?: string;
  /**
   * Namespace.
   * @default - any
   */
  readonly namespace?: string;
  /**
   * Labels, such as `app=nats,tier in (a,b)`.
   * @default - any
   */
  readonly labelSelector?: string;
  /**
   * Annotations, in the same form.
   * @default - any
   */
  readonly annotationSelector?: string;
}

/** A change of manifests before they are applied. */
export interface FluxPatch {
  /**
   * YAML: a list of operations of RFC 6902, or a part of an object that is merged into it, with kind and name, and without a target with API version
   * and namespace too. Anything else throws.
   */
  readonly patch: string;
  /**
   * What is changed. Operations without it throw.
   * @default - the object that the patch names
   */
  readonly target?: FluxTarget;
}

/** A change of an image in all manifests. What changes nothing throws. */
export interface FluxImage {
  /** Name of the image as it stands in the manifests, without tag. */
  readonly name: string;
  /**
   * The name in its place.
   * @default - the same
   */
  readonly newName?: string;
  /**
   * The tag in its place. Beside a digest it only tells people which version that is.
   * @default - the same; none beside a digest
   */
  readonly newTag?: string;
  /**
   * The digest, which pins the image, such as `sha256:` and 64 digits.
   * @default - none
   */
  readonly digest?: string;
}

/** Fields that others may change without Flux changing them back. */
export interface FluxIgnoreRule {
  /** The fields, as JSON pointers such as `/spec/replicas`. None, and what is no pointer, throw. */
  readonly paths: string[];
  /** Of which objects. It has to be said, because all objects may have such a field: an empty target throws. */
  readonly target: FluxTarget;
}

/** What is wrong with patches. */
export function patchMistakes(patches: FluxPatch[] = []): Broken[] {
  return patches.flatMap(({ patch, target }, index) => {
    const mistake = patchMistake(patch, target);
    return [
      ...broken(FLUX_PATCH, mistake !== undefined, { ...mistake, what: `patches[${index}] ${mistake?.what}` }),
      ...targetMistakes(FLUX_PATCH, `patches[${index}].target`, target),
    ];
  });
}

function patchMistake(patch: string, target: FluxTarget | undefined): Mistake | undefined {
  const documents = yamlDocuments(patch);
  const error = documents.flatMap(({ errors }) => errors)[0];
  if (error) return { what: `is no YAML: ${error.message.split('\n')[0]}`, allowed: 'YAML' };
  const parts: unknown[] = documents.map((document) => document.toJS());
  if (parts.length === 0 || parts.some((part) => typeof part !== 'object' || part === null)) return { what: 'is neither a list nor an object', allowed: 'operations of RFC 6902, or a part of an object' };
  if (parts.some(Array.isArray)) {
    const wrong = (parts.flat() as { op?: string; path?: string }[]).find((one) => !OPERATIONS.includes(one?.op ?? '') || !isPointer(one?.path));
    if (wrong) return { what: `has the operation ${JSON.stringify(wrong)}`, allowed: `op of ${OPERATIONS.join(', ')} with a path such as /spec/replicas` };
    return target ? undefined : { what: 'has operations, and no target', allowed: 'operations with a target', fix: 'give target' };
  }
  const named = (parts as { apiVersion?: string; kind?: string; metadata?: { name?: string } }[])
    .every(({ apiVersion, kind, metadata }) => kind && metadata?.name && (target || apiVersion));
  return named ? undefined : {
    what: 'names no object', allowed: target ? 'kind and metadata.name, of which the last may be any beside a target' : 'apiVersion, kind, metadata.name and the namespace of the object',
  };
}

const OPERATIONS = ['add', 'remove', 'replace', 'move', 'copy', 'test'];

function isPointer(path: unknown): boolean {
  return typeof path === 'string' && /^(\/([^~]|~[01])*)+$/.test(path);
}

function targetMistakes(rule: Rule, prop: string, { group, version, kind, name, namespace }: FluxTarget = {}): Broken[] {
  return Object.entries({ group, version, kind, name, namespace }).flatMap(([part, pattern]) => goRegexpMistakes(rule, `${prop}.${part}`, pattern));
}

/** What is wrong with changes of images. */
export function imageMistakes(images: FluxImage[] = []): Broken[] {
  return images.flatMap(({ name, newName, newTag, digest }) => [
    ...emptyTexts(FLUX_IMAGE, { 'name of an image': name }),
    ...broken(FLUX_IMAGE, newName === undefined && newTag === undefined && digest === undefined, { what: `nothing is changed of the image ${name}`, allowed: 'newName, newTag or digest' }),
    ...broken(FLUX_IMAGE, digest !== undefined && !/^\w+:[0-9a-f]{32,}$/.test(digest), { what: `digest of the image ${name} is '${digest}'`, allowed: 'sha256: and 64 hexadecimal digits' }),
    ...broken(FLUX_IMAGE, /:[^/]*$|@/.test(name), { what: `name of the image is '${name}'`, allowed: 'a name without tag and digest' }),
  ]);
}

/** What is wrong with rules on fields whose drift is ignored. */
export function ignoreMistakes(rules: FluxIgnoreRule[] = []): Broken[] {
  return rules.flatMap(({ paths, target }, index) => [
    ...broken(FLUX_IGNORE, Object.values(target ?? {}).every((part) => part === undefined), {
      what: `ignore[${index}].target is empty, which is all objects`, allowed: 'a target', fix: 'name the kind of the objects; kind: \'.*\' for all',
    }),
    ...targetMistakes(FLUX_IGNORE, `ignore[${index}].target`, target),
    ...broken(FLUX_IGNORE, paths.length === 0, { what: `ignore[${index}].paths is empty`, allowed: 'one path or more' }),
    ...paths.flatMap((path) => broken(FLUX_IGNORE, !isPointer(path), { what: `ignore[${index}].paths has '${path}'`, allowed: 'a JSON pointer such as /spec/replicas' })),
  ]);
}
