/** Flux deletes what leaves its source, except what this annotation, or label, says to keep. */
export const PRUNE = 'kustomize.toolkit.fluxcd.io/prune';

/** Annotations of what Flux never deletes. */
export const UNPRUNED = { [PRUNE]: 'disabled' };

/** Whether Flux leaves an object alone that is not described any more. */
export function isUnpruned({ metadata }: { readonly metadata: { readonly annotations?: { readonly [key: string]: string } } }): boolean {
  return metadata.annotations?.[PRUNE] === 'disabled';
}
