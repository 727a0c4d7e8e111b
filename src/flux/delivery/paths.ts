import { LayerObject } from './layer';
import { Mistake } from '../../core/mistake';
import { defineRule, RuleLevel } from '../../core/rule';
import { nearestNames } from '../../core/schema/nearest-names';

export const FLUX_DELIVERED_PATH = defineRule({
  id: 'FLUX-DELIVERED-PATH',
  level: RuleLevel.ERROR,
  statement: 'A Kustomization that points below the directory of a delivery points at one of its layers.',
  source: 'kustomize-controller: "kustomization path not found", at each attempt',
});

/** A directory of a source, as `a/b`. */
export function normalizedPath(path: string): string {
  return path.split('/').filter((segment) => segment !== '' && segment !== '.').join('/');
}

/** Kustomizations of a delivery's source whose directory nobody writes. */
export function findPathMistakes(
  objects: LayerObject[], delivery: { path: string; layers: string[]; source: { kind: string; name: string; namespace: string } },
): Mistake[] {
  const root = normalizedPath(delivery.path);
  return objects.filter(({ object }) => object.kind === 'Kustomization' && object.apiGroup === 'kustomize.toolkit.fluxcd.io').flatMap(({ object, manifest: { spec, metadata } }) => {
    const { kind, name, namespace = metadata.namespace } = spec.sourceRef ?? {};
    const { source } = delivery;
    if (kind !== source.kind || name !== source.name || namespace !== source.namespace) return [];
    const path = normalizedPath(spec.path ?? '');
    if (!path.startsWith(`${root}/`)) return [];
    const layer = path.slice(root.length + 1);
    if (delivery.layers.includes(layer)) return [];
    const [nearest] = nearestNames(layer, delivery.layers);
    return [{
      what: `the path of Kustomization '${object.name}' at ${object.node.path} is '${spec.path}', which no layer is written to`,
      allowed: delivery.layers.map((id) => `./${root}/${id}`).join(', '),
      fix: nearest && `did you mean ./${root}/${nearest}?`,
    }];
  });
}
