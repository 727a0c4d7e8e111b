import { LayerObject } from './layer';
import { PRUNE } from '../../core/pruning';

/** Marks what holds data, or takes other objects with it when it goes, so that Flux never deletes it by itself. */
export function protectFromPruning({ object, manifest }: LayerObject): void {
  if (!isKept(manifest)) return;
  const { annotations = {}, labels = {} } = manifest.metadata;
  if (annotations[PRUNE] === undefined && labels[PRUNE] === undefined) object.metadata.addAnnotation(PRUNE, 'disabled');
}

function isKept({ apiVersion, kind, spec }: LayerObject['manifest']): boolean {
  switch (kind) {
    // With a namespace go all its objects, with a definition all its custom resources, with a volume its data.
    case 'Namespace':
    case 'CustomResourceDefinition':
    case 'PersistentVolume':
    case 'PersistentVolumeClaim':
      return true;
    // Who loses a CA has no certificate that anybody trusts.
    case 'Certificate':
      return apiVersion.startsWith('cert-manager.io/') && spec?.isCA === true;
    default:
      return false;
  }
}
