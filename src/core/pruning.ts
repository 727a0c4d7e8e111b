/** Flux deletes what leaves its source, except what this annotation, or label, says to keep. */
export const PRUNE = 'kustomize.toolkit.fluxcd.io/prune';

/** Annotations of what Flux never deletes. */
export const UNPRUNED = { [PRUNE]: 'disabled' };
