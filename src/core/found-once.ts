/**
 * What a function finds, looked for anew only after the revision has changed: cdk8s validates an app once for each of its charts.
 *
 * @param revision tells of what is looked through whether it is still the same
 */
export function foundOnce<T>(revision: () => unknown, find: () => T): () => T {
  let last: { readonly revision: unknown; readonly found: T } | undefined;
  return () => {
    const now = revision();
    if (!last || last.revision !== now) last = { revision: now, found: find() };
    return last.found;
  };
}
