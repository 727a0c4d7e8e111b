import { ChangeEffect, DistChange, ObjectChange } from './dist-change';
import { Manifest, readManifests } from './manifests';
import { objectChanges } from './object-changes';

const order = [ChangeEffect.REFUSED, ChangeEffect.LOSS, ChangeEffect.IGNORED, ChangeEffect.CAUTION, ChangeEffect.SAFE];

function named(environment: string, { kind, metadata: { namespace, name } }: Manifest, change: ObjectChange): DistChange {
  return { environment: environment || undefined, kind, namespace, name, ...change };
}

/** What a new `dist/` would do to what an old one has deployed. */
export class DistChanges {
  /**
   * Compares streams, consumers, buckets, StatefulSets with their volume claims, and whatever else holds data: what changes, what of it the server or
   * Kubernetes refuses, what NACK never applies, and what loses data. The worst comes first.
   *
   * A folder that is not there, or that holds a file which is not YAML, throws.
   *
   * @param oldFolder what is deployed: a folder that a synth wrote, with environments or of one
   * @param newFolder what would be deployed
   */
  public static between(oldFolder: string, newFolder: string): DistChange[] {
    const [before, after] = [readManifests(oldFolder), readManifests(newFolder)];
    if (before.has('') !== after.has('') && before.size > 0 && after.size > 0) {
      throw new Error(`of ${oldFolder} and ${newFolder} only one is divided into environments; allowed: two of a kind, such as two dist/ or two dist/production`);
    }
    const environments = [...new Set([...before.keys(), ...after.keys()])].sort();
    const changes = environments.flatMap((environment) => {
      const found = objectChanges(before.get(environment) ?? new Map(), after.get(environment) ?? new Map());
      return found.map(([object, change]) => named(environment, object, change));
    });
    return changes.sort((a, b) => order.indexOf(a.effect) - order.indexOf(b.effect));
  }

  private constructor() {}
}
