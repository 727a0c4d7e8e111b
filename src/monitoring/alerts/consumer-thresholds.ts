import { Construct } from 'constructs';
import { checkCount } from './thresholds';
import { defineRule, RuleLevel } from '../../core/rule';
import { ServerAssets } from '../../jetstream/assets/server-assets';
import { ConsumerConfig } from '../../jetstream/consumer/consumer-config';
import { JetStreamConsumer } from '../../jetstream/consumer/jetstream-consumer';
import { NatsCluster } from '../../nats/nats-cluster';

export const ALERT_CONSUMER = defineRule({
  id: 'ALERT-CONSUMER',
  level: RuleLevel.ERROR,
  statement: 'Thresholds of a consumer are for one of the cluster that the alerts are about, and said once.',
  source: 'The alerts of a cluster read the series of that cluster only.',
});

/** From which values on alerts on one consumer fire. */
export interface NatsConsumerThresholds {
  /** The consumer. One of another cluster, or one that was named already, throws. */
  readonly consumer: JetStreamConsumer;
  /**
   * Messages that wait for it.
   * @default - `thresholds.consumerPending`
   */
  readonly pending?: number;
  /**
   * Messages that it has delivered more than once and that are not acknowledged yet.
   * @default - `thresholds.consumerRedelivered`
   */
  readonly redelivered?: number;
}

/** Consumers that have thresholds of their own. */
export type ConsumerThresholds = ReadonlyMap<ConsumerConfig, NatsConsumerThresholds>;

/** What is said of single consumers; one that is not of the cluster throws. */
export function consumerThresholds(scope: Construct, cluster: NatsCluster, given: NatsConsumerThresholds[] = []): ConsumerThresholds {
  const own = new Map<ConsumerConfig, NatsConsumerThresholds>();
  for (const thresholds of given) {
    const { consumer, pending, redelivered } = thresholds;
    const refuse = (what: string, allowed: string) => { throw ALERT_CONSUMER.error(scope, { what: `consumers names ${consumer.node.path}${what}`, allowed }); };
    if (!ServerAssets.accountsOf(cluster).includes(consumer.stream.target._assets)) refuse(', which is of another cluster', `a consumer of ${cluster.node.path}`);
    if (own.has(consumer._config)) refuse(' twice', 'each consumer once');
    for (const [prop, value] of Object.entries({ pending, redelivered })) if (value !== undefined) checkCount(scope, `consumers: ${prop} of ${consumer.consumerName}`, value);
    own.set(consumer._config, thresholds);
  }
  return own;
}
