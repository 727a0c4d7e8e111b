import { refused, Verdict } from './dist-change';
import { accountOf, describedStream, KnownStreams, placeOf } from './known-streams';
import { identityOf, Manifest, Manifests } from './manifests';
import { assetOf, assetsIn, isServerAsset } from './nack-objects';
import { isUnpruned } from '../core/pruning';
import { ConsumerConfig } from '../jetstream/consumer/consumer-config';
import { consumerToCreate } from '../jetstream/nack/consumer-requests';
import { workQueueOverlap } from '../jetstream/rules/consumer/work-queue';
import { JetStreamPlace } from '../jetstream/rules/place';
import { subjectOverlap } from '../jetstream/rules/stream/joint';
import { StreamConfig } from '../jetstream/stream/stream-config';

/** What stays on the servers although no resource describes it any more: it stands in the way of what is new. */
export class KeptAssets {
  private readonly streams = new Map<string, StreamConfig[]>();
  private readonly consumers = new Map<string, ConsumerConfig[]>();

  /**
   * @param known the streams of the consumers
   * @param place the servers
   */
  constructor(before: Manifests, after: Manifests, private readonly known: KnownStreams, private readonly place: JetStreamPlace) {
    const assetsNow = assetsIn(after);
    const kept = [...before.values()].filter((old) => isServerAsset(old) && !assetsNow.has(assetOf(old)) && isKept(old, after));
    for (const old of kept) {
      const stream = describedStream(old, place);
      if (stream) add(this.streams, accountOf(old), stream);
      else add(this.consumers, placeOf(old, old.spec.streamName), consumerToCreate(old.spec));
    }
  }

  /** Why the server refuses what a resource describes beside what is kept; undefined if it does not. */
  public refusalOf(now: Manifest): Verdict | undefined {
    return now.kind === 'Consumer' ? this.consumerRefusal(now) : this.streamRefusal(now);
  }

  private streamRefusal(now: Manifest): Verdict | undefined {
    const [stream, kept] = [describedStream(now, this.place)!, this.streams.get(accountOf(now)) ?? []];
    const found = subjectOverlap.find([...kept, stream], this.place).find(({ config }) => config === stream);
    return found && refused(
      `${found.mistake.what}, which stays on the server although nothing describes it any more [${subjectOverlap.rule.id}]`, 'copy its messages elsewhere, and remove it with nats stream rm',
    );
  }

  private consumerRefusal(now: Manifest): Verdict | undefined {
    const place = placeOf(now, now.spec.streamName);
    const [consumer, kept, origin] = [consumerToCreate(now.spec), this.consumers.get(place) ?? [], this.known.get(place)];
    const found = workQueueOverlap.find([...kept, consumer], { ...this.place, origin }).find(({ config }) => config === consumer);
    return found && refused(
      `${found.mistake.what}; that one stays on the server although nothing describes it any more [${workQueueOverlap.rule.id}]`, 'remove it with nats consumer rm',
    );
  }
}

/** Whether NACK leaves what a resource has described on the servers, now that none does. */
function isKept(old: Manifest, after: Manifests): boolean {
  return after.has(identityOf(old)) || old.spec.preventDelete === true || isUnpruned(old);
}

function add<T>(lists: Map<string, T[]>, key: string, item: T): void {
  lists.set(key, [...lists.get(key) ?? [], item]);
}
