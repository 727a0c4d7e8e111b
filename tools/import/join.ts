import { parseAllDocuments } from 'yaml';
import { canonical } from './crd';
import { ImportedGroup } from './groups';
import { Crd } from '../../src/core/schema/crd';

/**
 * The CRDs of one group from whatever documents a source has: sorted by kind, canonical, complete.
 *
 * A kind that no document has, or that two have, throws.
 */
export function joinGroup({ group, kinds }: Pick<ImportedGroup, 'group' | 'kinds'>, texts: string[]): Crd[] {
  const ofGroup = texts.flatMap(crdsOf).filter(({ spec }) => spec.group === group);
  return [...kinds].sort().map((kind) => {
    const found = ofGroup.filter(({ spec }) => spec.names.kind === kind);
    if (found.length !== 1) throw new Error(`${group}: the source has ${found.length} CRDs of kind ${kind}; allowed: exactly one`);
    return canonical(found[0]);
  });
}

/** The CRDs in a text of YAML documents, or in a list as it is committed. */
export function crdsOf(text: string): Crd[] {
  return parseAllDocuments(text).flatMap((document) => {
    if (document.errors.length > 0) throw document.errors[0];
    const content: unknown = document.toJS();
    return (Array.isArray(content) ? content : [content]).filter(isCrd);
  });
}

function isCrd(document: unknown): document is Crd {
  return typeof document === 'object' && document !== null && (document as Crd).kind === 'CustomResourceDefinition';
}
