import { LayerObject, Layers } from './layer';
import { Mistake } from '../../core/mistake';
import { defineRule, RuleLevel } from '../../core/rule';
import { isNamespaced } from '../../core/schema/kind-scope';

export const FLUX_NAMESPACE_SCOPE = defineRule({
  id: 'FLUX-NAMESPACE-SCOPE',
  level: RuleLevel.ERROR,
  statement: 'An object that belongs to a namespace names it, and one that belongs to none names none.',
  source: 'kustomize-controller adds no namespace and refuses the object: "namespace not specified"; an object of the whole cluster that names one is deleted and made '
    + 'again: https://github.com/fluxcd/kustomize-controller/releases/tag/v1.8.5',
});

export const FLUX_NAMESPACE_MISSING = defineRule({
  id: 'FLUX-NAMESPACE-MISSING',
  level: RuleLevel.ERROR,
  statement: 'Each namespace is made by the layer that uses it, by one that it depends on, or exists already.',
  source: 'The API server refuses objects in a namespace that does not exist, and with one object Flux refuses the whole layer.',
});

/** Namespaces that a cluster with Flux has. */
const OF_EVERY_CLUSTER = ['default', 'kube-system', 'kube-public', 'kube-node-lease', 'flux-system'];

/** Objects that name a namespace wrongly. Kinds that nobody here knows pass. */
export function findScopeMistakes(objects: LayerObject[]): Mistake[] {
  return objects.flatMap(({ object, manifest: { metadata: { namespace } } }) => {
    const belongs = isNamespaced(object.apiGroup, object.kind);
    const what = `${object.kind} '${object.name}' at ${object.node.path}`;
    if (belongs === true && !namespace) return [{ what: `${what} names no namespace`, fix: 'give its chart, or the object itself, a namespace' }];
    if (belongs === false && namespace) {
      return [{ what: `${what} names the namespace '${namespace}', but belongs to none`, fix: 'put it into a chart without a namespace' }];
    }
    return [];
  });
}

/** Namespaces in which layers have objects before anybody makes them; each once for a layer. */
export function findMissingNamespaces(objects: LayerObject[], layers: Layers, existing: string[]): Mistake[] {
  const makers = new Map<string, string[]>();
  for (const { layer, object } of objects) if (object.kind === 'Namespace') makers.set(object.name, [...makers.get(object.name) ?? [], layer]);
  const known = new Set([...OF_EVERY_CLUSTER, ...existing]);
  const found: Mistake[] = [];
  const judged = new Set<string>();
  for (const { layer, object, manifest: { metadata: { namespace } } } of objects) {
    if (!namespace || known.has(namespace) || judged.has(`${layer}/${namespace}`)) continue;
    judged.add(`${layer}/${namespace}`);
    const ready = layers.readyFor(layer);
    const madeIn = makers.get(namespace) ?? [];
    if (madeIn.some((maker) => ready.has(maker))) continue;
    found.push({
      what: `${object.kind} '${object.name}' of the layer '${layer}' is in the namespace '${namespace}', which `
        + (madeIn.length > 0 ? `the layer '${madeIn[0]}' makes, but '${layer}' does not depend on it` : 'nothing in the app makes'),
      fix: madeIn.length > 0 ? `let '${layer}' depend on '${madeIn[0]}'` : `describe the Namespace in a layer before it, or name it in existingNamespaces: ['${namespace}']`,
    });
  }
  return found;
}
