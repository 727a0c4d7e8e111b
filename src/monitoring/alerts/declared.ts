import { AlertContext, DeclaredSeries } from './alert-rule';
import { ConsumerThresholds } from './consumer-thresholds';
import { AccountAssets } from '../../jetstream/assets/account-assets';
import { ServerAssets } from '../../jetstream/assets/server-assets';
import { AckPolicy, ConsumerConfig } from '../../jetstream/consumer/consumer-config';
import { maxAckPendingOf } from '../../jetstream/rules/consumer/consumer-rule';
import { StreamConfig, StreamDiscard, StreamRetention } from '../../jetstream/stream/stream-config';
import { JetStreamAccount } from '../../jetstream/target/jetstream-account';
import { NatsAccount } from '../../nats/auth/nats-account';
import { GLOBAL_ACCOUNT_NAME } from '../../nats/auth/nats-user';
import { NatsCluster } from '../../nats/nats-cluster';

/** Replicas of each stream that the app describes. */
export const STREAM_REPLICAS = 'nats:stream_replicas:declared';
/** How many unacknowledged messages a consumer of the app may have; +Inf where it acknowledges nothing, or has no limit. */
export const CONSUMER_ACK_LIMIT = 'nats:consumer_max_ack_pending:declared';
/** How many messages may wait for a consumer of the app that has a threshold of its own. */
export const CONSUMER_PENDING = 'nats:consumer_max_pending:declared';
/** How many messages a consumer of the app that has a threshold of its own may have delivered again. */
export const CONSUMER_REDELIVERED = 'nats:consumer_max_redelivered:declared';

/** The streams of the app, those of buckets among them. */
export function declaredStreams(context: AlertContext): DeclaredSeries[] {
  const streams = placesOf(context).flatMap(({ assets, account }) => [...assets.streams].map(({ config }) => ({ config, account })));
  return streams.filter(({ config }) => isHere(context, config)).map(({ config, account }) => ({
    record: STREAM_REPLICAS,
    value: config.replicas,
    labels: { job: context.job, account, stream_name: config.name, limit: losesAtItsLimit(config) ? 'hard' : 'soft' },
  }));
}

/** The consumers of the app. */
export function declaredConsumers(context: AlertContext, own: ConsumerThresholds): DeclaredSeries[] {
  return placesOf(context).flatMap(({ assets, account }) => [...assets.consumedStreams].flatMap((stream) => {
    if (!isHere(context, assets.stream(stream))) return [];
    const labels = { job: context.job, account, stream_name: stream };
    return [...assets.consumersOf(stream)].flatMap(({ config }) => declaredConsumer(assets, config, labels, own));
  }));
}

/** One that goes when nobody uses it may be absent. */
function declaredConsumer(assets: AccountAssets, config: ConsumerConfig, ofStream: DeclaredSeries['labels'], own: ConsumerThresholds): DeclaredSeries[] {
  const labels = { ...ofStream, consumer_name: config.name };
  const { pending, redelivered } = own.get(config) ?? {};
  return [
    {
      record: CONSUMER_ACK_LIMIT,
      value: ackLimit(assets, config),
      labels: { ...labels, mode: config.deliverSubject === undefined ? 'pull' : 'push', life: config.inactiveThreshold ? 'while used' : 'lasting' },
    },
    ...pending === undefined ? [] : [{ record: CONSUMER_PENDING, value: pending, labels }],
    ...redelivered === undefined ? [] : [{ record: CONSUMER_REDELIVERED, value: redelivered, labels }],
  ];
}

/** Whether a stream is on the servers of this cluster, and not placed in another of a super cluster. */
function isHere({ state }: AlertContext, stream: StreamConfig | undefined): boolean {
  return stream?.placement?.cluster === undefined || stream.placement.cluster === state.clusterName;
}

/** Where the app describes streams, by the name of the account. It is not known of each connection. */
function placesOf({ cluster }: AlertContext): { readonly assets: AccountAssets; readonly account: string }[] {
  return ServerAssets.accountsOf(cluster).flatMap((assets) => {
    if (assets.owner instanceof NatsAccount) return [{ assets, account: assets.owner.accountName }];
    if (assets.owner instanceof NatsCluster) return [{ assets, account: GLOBAL_ACCOUNT_NAME }];
    const account = assets.owner instanceof JetStreamAccount ? assets.owner._accountName : undefined;
    return account === undefined ? [] : [{ assets, account }];
  });
}

/** Whether a full stream refuses messages, or drops some that nobody has processed. */
function losesAtItsLimit({ discard, retention }: StreamConfig): boolean {
  return discard === StreamDiscard.NEW || retention !== StreamRetention.LIMITS;
}

function ackLimit(assets: AccountAssets, config: ConsumerConfig): number {
  if (config.ackPolicy === AckPolicy.NONE || config.ackPolicy === AckPolicy.FLOW_CONTROL) return Infinity;
  const limit = maxAckPendingOf(config, assets.consumerPlace(config.streamName));
  return limit > 0 ? limit : Infinity;
}
