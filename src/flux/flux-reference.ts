import { FluxObject } from './flux-object';
import { checkFeatures, FluxVersion } from './flux-version';
import { defineRule, RuleLevel } from '../core/rule';

export const FLUX_REFERENCE = defineRule({
  id: 'FLUX-REFERENCE',
  level: RuleLevel.ERROR,
  statement: 'An object of Flux refers to objects of the same cluster, and of the kinds that Flux looks for there.',
  source: 'The CRDs: enum of sourceRef.kind; kustomize-controller looks for dependencies among Kustomizations, helm-controller among HelmReleases',
});

/** An object as another refers to it: with its namespace only if that is another one. */
export interface RenderedReference {
  readonly name: string;
  readonly namespace?: string;
}

/** Refuses an object that cannot be referred to: one of another kind, or of another app. */
export function checkReference(object: FluxObject, prop: string, other: FluxObject, kinds: string[], fix?: string): void {
  const words = other instanceof FluxObject ? `${other.kind} '${other.objectName}'` : `'${other}'`;
  if (!kinds.includes(other?.kind)) throw FLUX_REFERENCE.error(object, { what: `${prop} is ${words}`, allowed: kinds.join(' or '), fix });
  if (other.node.root !== object.node.root) {
    throw FLUX_REFERENCE.error(object, {
      what: `${prop} is ${words} at ${other.node.path} of another app`, allowed: 'an object of the same app, which describes one cluster', fix: 'describe it in this app, or take it by its name',
    });
  }
  checkFeatures(object, [[`${prop} of kind ExternalArtifact`, FluxVersion.V2_7, other.kind === 'ExternalArtifact']]);
}

/** How an object refers to another. */
export function reference(object: FluxObject, other: FluxObject): RenderedReference {
  return { name: other.objectName, namespace: other.namespace === object.namespace ? undefined : other.namespace };
}
