import { isDeepStrictEqual } from 'util';
import { leavesOf, Manifest } from './leaves';

/** Who has what the other lacks; both have it where only its value differs. */
export type Side = 'chart' | 'ours' | 'both';

export interface Difference {
  /** `Kind/name` where a whole object is on one side, else `Kind/name: path`. */
  readonly address: string;
  readonly side: Side;
  readonly chart?: unknown;
  readonly ours?: unknown;
}

/** All differences between the objects of the chart and ours. */
export function differences(chart: Manifest[], ours: Manifest[]): Difference[] {
  const [theirs, own] = [byAddress(chart), byAddress(ours)];
  return union(theirs, own).flatMap((object) => {
    const [before, after] = [theirs.get(object), own.get(object)];
    if (!before || !after) return [{ address: object, side: before ? 'chart' : 'ours' } as const];
    return fieldDifferences(before, after).map((difference) => ({ ...difference, address: `${object}: ${difference.address}` }));
  });
}

function byAddress(objects: Manifest[]): Map<string, Manifest> {
  const found = new Map<string, Manifest>();
  for (const object of objects) {
    const address = `${object.kind}/${object.metadata.name}`;
    if (found.has(address)) throw new Error(`there are two objects ${address}`);
    found.set(address, object);
  }
  return found;
}

function fieldDifferences(before: Manifest, after: Manifest): Difference[] {
  const [chart, ours] = [leavesOf(before), leavesOf(after)];
  return union(chart, ours).flatMap((path): Difference[] => {
    const address = path.replace(/^\./, '');
    if (chart.has(path) && ours.has(path)) {
      const values = { chart: chart.get(path), ours: ours.get(path) };
      return isDeepStrictEqual(values.chart, values.ours) ? [] : [{ address, side: 'both', ...values }];
    }
    const [side, leaves, others] = chart.has(path) ? ['chart' as const, chart, ours] : ['ours' as const, ours, chart];
    // An empty map or list differs from one that is not in what it lacks, and that is said of the other side.
    if (isEmpty(leaves.get(path)) && [...others.keys()].some((other) => isBelow(other, path))) return [];
    return [{ address, side, [side]: leaves.get(path) }];
  });
}

function isEmpty(value: unknown): boolean {
  return value === null || (typeof value === 'object' && Object.keys(value as object).length === 0);
}

function isBelow(path: string, parent: string): boolean {
  return path.startsWith(`${parent}.`) || path.startsWith(`${parent}[`);
}

function union(a: Map<string, unknown>, b: Map<string, unknown>): string[] {
  return [...new Set([...a.keys(), ...b.keys()])];
}
