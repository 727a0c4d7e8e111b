import { accountChanges } from './account-changes';
import { created, moved, protectionChanges, removed } from './asset-lifecycle';
import { bucketChanges } from './bucket-changes';
import { consumerChanges } from './consumer-changes';
import { ignored, loss, ObjectChange } from './dist-change';
import { KeptAssets } from './kept-assets';
import { KnownStreams, placeOf, streamsAfter, streamsIn } from './known-streams';
import { Manifest, Manifests } from './manifests';
import { assetsIn, isConnection, isServerAsset } from './nack-objects';
import { somewhere } from './server-defaults';
import { versionOfServers } from './server-version';
import { statefulSetChanges, statefulSetRemoved } from './stateful-set-changes';
import { streamChanges } from './stream-changes';
import { isUnpruned, PRUNE } from '../core/pruning';
import { ConsumerConfig } from '../jetstream/consumer/consumer-config';
import { consumerToCreate } from '../jetstream/nack/consumer-requests';
import { NACK_GROUP } from '../jetstream/nack/crd-defaults';
import { JetStreamPlace } from '../jetstream/rules/place';

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
  private readonly streams: KnownStreams;
  private readonly streamsNow: KnownStreams;
  private readonly consumers: Map<string, ConsumerConfig[]>;
  private readonly kept: KeptAssets;
  private readonly servers: JetStreamPlace;

  constructor(before: Manifests, after: Manifests) {
    this.assetsNow = assetsIn(after);
    this.servers = { ...somewhere, version: versionOfServers(after) };
    this.streams = streamsIn(before, this.servers);
    this.streamsNow = streamsAfter(this.streams, after, this.servers);
    this.consumers = consumersByPlace(before);
    this.kept = new KeptAssets(before, after, this.streamsNow, this.servers);
  }

  public changes(old: Manifest | undefined, now: Manifest | undefined): ObjectChange[] {
    const one = (old ?? now)!;
    if (isServerAsset(one)) return this.assetChanges(old, now);
    if (one.kind === 'StatefulSet' && old) return now ? statefulSetChanges(old, now) : this.unlessKept(old, statefulSetRemoved(old));
    if (old && now && isConnection(one)) return accountChanges(old, now);
    if (!old || now) return [];
    const held = contentsOf(old);
    if (!held) return [];
    return this.unlessKept(old, [{ before: 'deployed', ...loss(`with it goes ${held}`, `set the annotation ${PRUNE}: disabled first, and apply it`) }]);
  }

  private assetChanges(old: Manifest | undefined, now: Manifest | undefined): ObjectChange[] {
    if (!now) return this.unlessKept(old!, removed(old!, this.assetsNow));
    const refusal = this.kept.refusalOf(now);
    if (!old) return created(now, refusal);
    const elsewhere = moved(old, now, refusal);
    if (elsewhere) return elsewhere;
    const changes = this.updates(old, now);
    if (!now.spec.preventUpdate) return [...protectionChanges(old, now), ...changes];
    return changes.map((change) => ({ ...change, ...ignored('preventUpdate keeps NACK from changing anything', 'remove preventUpdate') }));
  }

  private updates(old: Manifest, now: Manifest): ObjectChange[] {
    const place: JetStreamPlace = { ...this.servers, stream: (name) => this.streamsNow.get(placeOf(now, name)) };
    if (old.kind !== 'Stream' && old.kind !== 'Consumer') return bucketChanges(old, now, place);
    const key = placeOf(old, old.kind === 'Stream' ? old.spec.name : old.spec.streamName);
    const consumers = this.consumers.get(key) ?? [];
    return old.kind === 'Stream' ? streamChanges(old, now, consumers, place) : consumerChanges(old, now, consumers, { ...place, origin: this.streams.get(key) });
  }

  private unlessKept(old: Manifest, changes: ObjectChange[]): ObjectChange[] {
    if (!isUnpruned(old)) return changes;
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

function consumersByPlace(manifests: Manifests): Map<string, ConsumerConfig[]> {
  const consumers = new Map<string, ConsumerConfig[]>();
  for (const manifest of manifests.values()) {
    if (!isServerAsset(manifest) || manifest.kind !== 'Consumer') continue;
    const place = placeOf(manifest, manifest.spec.streamName);
    consumers.set(place, [...consumers.get(place) ?? [], consumerToCreate(manifest.spec)]);
  }
  return consumers;
}
