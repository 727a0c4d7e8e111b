import { LayerObject } from './layer';
import { Mistake } from '../../core/mistake';
import { defineRule, RuleLevel } from '../../core/rule';

export const FLUX_FORCED_DATA = defineRule({
  id: 'FLUX-FORCED-DATA',
  level: RuleLevel.ERROR,
  statement: 'Flux never deletes a StatefulSet or a volume to make it anew.',
  source: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#force: whatever the API server calls invalid is deleted first, and gone if the new one is invalid too',
});

const FORCE = 'kustomize.toolkit.fluxcd.io/force';

/** Objects with data that Flux would delete in order to make them anew: by their own annotation, or because all of their layer is forced. */
export function findForced(objects: LayerObject[], isForced: (layer: string) => boolean): Mistake[] {
  return objects.filter(({ object }) => ['StatefulSet', 'PersistentVolumeClaim'].includes(object.kind)).flatMap(({ layer, object, manifest: { metadata } }) => {
    const value: string = `${metadata.annotations?.[FORCE] ?? metadata.labels?.[FORCE] ?? ''}`.toLowerCase();
    if (value !== 'enabled' && (value === 'disabled' || !isForced(layer))) return [];
    return [{
      what: `${object.kind} '${object.name}' at ${object.node.path} ${value === 'enabled' ? `has ${FORCE}: Enabled` : `is in the layer '${layer}', which is forced`}, so that Flux `
        + 'deletes it where it cannot change it',
      fix: 'leave that out, and make such a change by hand: delete it with --cascade=orphan, and let Flux make it anew',
    }];
  });
}
