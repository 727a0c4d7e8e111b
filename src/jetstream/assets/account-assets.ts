import { Construct } from 'constructs';
import { accountRules } from './account-rules';
import { foundOnce } from '../../core/found-once';
import { defineRule, RuleLevel } from '../../core/rule';
import { checkTogetherAtSynth } from '../../core/rules';
import { ConsumerConfig } from '../consumer/consumer-config';
import { ConsumerPlace, JetStreamPlace } from '../rules/place';
import { StreamConfig } from '../stream/stream-config';

export const ASSET_DUPLICATE = defineRule({
  id: 'JS-DUPLICATE',
  level: RuleLevel.ERROR,
  statement: 'No two streams of an account have the same name, nor have two consumers of a stream. Buckets are streams too.',
  source: 'NACK would change the one into the other and back, at each of its rounds.',
});

/** What is known of the servers and the account in which streams are. */
export type PlaceFacts = Omit<JetStreamPlace, 'pedantic' | 'stream'>;

/** A stream, the stream of a bucket, or a consumer: what it is, and where in the program. */
export interface Asset<Config> {
  readonly construct: Construct;
  readonly config: Config;
}

/** The streams of one account, those of buckets among them, and their consumers: what the rules between them look at. */
export class AccountAssets {
  /** Where streams and consumers are judged. */
  public readonly place: JetStreamPlace;
  /** Where buckets are judged, which NACK makes with another client. */
  public readonly bucketPlace: JetStreamPlace;
  private readonly streamsByName = new Map<string, Asset<StreamConfig>>();
  private readonly consumersByStream = new Map<string, Map<string, Asset<ConsumerConfig>>>();
  private readonly elsewhere = new Set<string>();
  private counter = 0;

  /**
   * @param owner the account, cluster or connection: what findings between assets name as their place
   */
  constructor(public readonly owner: Construct, public readonly facts: PlaceFacts) {
    const stream = (name: string) => this.stream(name);
    this.place = { ...facts, pedantic: true, stream };
    this.bucketPlace = { ...facts, pedantic: false, stream };
    for (const { rule, find } of accountRules) checkTogetherAtSynth(owner, rule, foundOnce(() => this.counter, () => find(this)));
  }

  /** Grows with each asset that is added: what was found at one revision holds until the next. */
  public get revision(): number {
    return this.counter;
  }

  /** All streams, in the order in which they were added. */
  public get streams(): Iterable<Asset<StreamConfig>> {
    return this.streamsByName.values();
  }

  /** A stream that this app describes. */
  public stream(name: string): StreamConfig | undefined {
    return this.streamsByName.get(name)?.config;
  }

  /** Whether the app describes a stream, or says that it exists already. */
  public isKnown(name: string): boolean {
    return this.streamsByName.has(name) || this.elsewhere.has(name);
  }

  /** The consumers of a stream that this app describes, in the order in which they were added. */
  public consumersOf(streamName: string): Iterable<Asset<ConsumerConfig>> {
    return this.consumersByStream.get(streamName)?.values() ?? [];
  }

  /** Names of the streams of which this app describes consumers. */
  public get consumedStreams(): Iterable<string> {
    return this.consumersByStream.keys();
  }

  /** Where consumers of a stream are judged. */
  public consumerPlace(streamName: string): ConsumerPlace {
    return { ...this.place, origin: this.stream(streamName) };
  }

  /** Adds a stream; a second one of its name throws. */
  public addStream(construct: Construct, config: StreamConfig): void {
    const same = this.streamsByName.get(config.name);
    if (same) throw duplicate(construct, `stream '${config.name}'`, same.construct);
    this.streamsByName.set(config.name, { construct, config });
    this.counter += 1;
  }

  /** Notes that a stream exists already. */
  public noteExisting(name: string): void {
    this.elsewhere.add(name);
    this.counter += 1;
  }

  /** Adds a consumer; a second one of its name for its stream throws. */
  public addConsumer(construct: Construct, config: ConsumerConfig): void {
    const { name, streamName } = config;
    const consumers = this.consumersByStream.get(streamName) ?? new Map<string, Asset<ConsumerConfig>>();
    const same = consumers.get(name);
    if (same) throw duplicate(construct, `consumer '${name}' of stream '${streamName}'`, same.construct);
    this.consumersByStream.set(streamName, consumers.set(name, { construct, config }));
    this.counter += 1;
  }
}

function duplicate(scope: Construct, what: string, other: Construct): Error {
  return ASSET_DUPLICATE.error(scope, {
    what: `the ${what} is described twice; the other is ${other.node.path}`, allowed: 'one of each name in an account', fix: 'give one of them another name',
  });
}
