import { created, moved, removed } from './asset-lifecycle';
import { bucketChanges } from './bucket-changes';
import { consumerChanges } from './consumer-changes';
import { ignored, loss, ObjectChange } from './dist-change';
import { Manifest, Manifests } from './manifests';
import { assetsIn, isServerAsset } from './nack-objects';
import { statefulSetChanges, statefulSetRemoved } from './stateful-set-changes';
import { streamChanges } from './stream-changes';
import { PRUNE } from '../core/pruning';
import { ConsumerConfig } from '../jetstream/consumer/consumer-config';
import { consumerToCreate } from '../jetstream/nack/consumer-requests';
import { NACK_GROUP } from '../jetstream/nack/crd-defaults';
import { streamToCreate } from '../jetstream/nack/stream-requests';
import { StreamConfig } from '../jetstream/stream/stream-config';

/** What Flux reads to leave an object alone that is not described any more. */

/** All changes of the objects of one environment that hold data, each with its object. */
export function objectChanges(before: Manifests, after: Manifests): [Manifest, ObjectChange][] {
  const judge = new ObjectJudge(before, after);
  const identities = [...new Set([...before.keys(), ...after.keys()])].sort();
  return identities.flatMap((identity) => {
    const [old, now] = [before.get(identity), after.get(identity)];
    return judge.changes(old, now).map((change): [Manifest, ObjectChange] => [(now ?? old)!, change]);
  });
}

class ObjectJudge {
  private readonly assetsNow: Map<string, Manifest>;
  private readonly streams: Map<string, StreamConfig>;
  private readonly consumers: Map<string, ConsumerConfig[]>;

  constructor(before: Manifests, after: Manifests) {
    this.assetsNow = assetsIn(after);
    this.streams = streamsByPlace(before);
    this.consumers = consumersByPlace(before);
  }

  public changes(old: Manifest | undefined, now: Manifest | undefined): ObjectChange[] {
    const one = (old ?? now)!;
    if (isServerAsset(one)) return this.assetChanges(old, now);
    if (one.kind === 'StatefulSet' && old) return now ? statefulSetChanges(old, now) : this.unlessKept(old, statefulSetRemoved(old));
    if (!old || now) return [];
    const held = contentsOf(old);
    if (!held) return [];
    return this.unlessKept(old, [{ before: 'deployed', ...loss(`with it goes ${held}`, `set the annotation ${PRUNE}: disabled first, and apply it`) }]);
  }

  private assetChanges(old: Manifest | undefined, now: Manifest | undefined): ObjectChange[] {
    if (!old) return created();
    if (!now) return this.unlessKept(old, removed(old, this.assetsNow));
    const elsewhere = moved(old, now);
    if (elsewhere) return elsewhere;
    const changes = this.updates(old, now);
    if (!now.spec.preventUpdate) return changes;
    return changes.map((change) => ({ ...change, ...ignored('preventUpdate keeps NACK from changing anything', 'remove preventUpdate') }));
  }

  private updates(old: Manifest, now: Manifest): ObjectChange[] {
    if (old.kind !== 'Stream' && old.kind !== 'Consumer') return bucketChanges(old, now);
    const place = placeOf(old, old.kind === 'Stream' ? old.spec.name : old.spec.streamName);
    const consumers = this.consumers.get(place) ?? [];
    return old.kind === 'Stream' ? streamChanges(old, now, consumers) : consumerChanges(old, now, this.streams.get(place), consumers);
  }

  private unlessKept(old: Manifest, changes: ObjectChange[]): ObjectChange[] {
    if (old.metadata.annotations?.[PRUNE] !== 'disabled') return changes;
    return [{ before: 'deployed', ...ignored('Flux leaves it in the cluster; nothing manages it any more') }];
  }
}

/** What goes with an object, where that is data. */
function contentsOf({ kind, metadata: { name } }: Manifest): string | undefined {
  if (kind === 'Namespace') return 'everything in it, with all volumes';
  if (kind === 'PersistentVolumeClaim') return 'its volume';
  if (kind === 'CustomResourceDefinition' && name.endsWith(`.${NACK_GROUP}`)) return `every ${name.split('.')[0]} resource, and with these what NACK made of them`;
  return undefined;
}

function streamsByPlace(manifests: Manifests): Map<string, StreamConfig> {
  const streams = [...manifests.values()].filter((manifest) => isServerAsset(manifest) && manifest.kind === 'Stream');
  return new Map(streams.map((manifest) => [placeOf(manifest, manifest.spec.name), streamToCreate(manifest.spec)]));
}

function consumersByPlace(manifests: Manifests): Map<string, ConsumerConfig[]> {
  const consumers = new Map<string, ConsumerConfig[]>();
  for (const manifest of manifests.values()) {
    if (!isServerAsset(manifest) || manifest.kind !== 'Consumer') continue;
    const place = placeOf(manifest, manifest.spec.streamName);
    consumers.set(place, [...consumers.get(place) ?? [], consumerToCreate(manifest.spec)]);
  }
  return consumers;
}

function placeOf({ metadata, spec }: Manifest, streamName: string): string {
  return [metadata.namespace, spec.account, spec.jsDomain, streamName].join(' ');
}
