import { Duration } from 'cdk8s';
import * as k8s from 'cdk8s-plus-28/lib/imports/k8s';
import { Construct } from 'constructs';
import { defineRule, RuleLevel } from '../../core/rule';

export const UPDATE_INVALID = defineRule({
  id: 'NATS-UPDATE',
  level: RuleLevel.ERROR,
  statement: 'minReady is whole seconds, and partition a whole number from 0 to the number of servers.',
  source: 'https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#update-strategies',
});

/** How a change reaches the servers. */
export interface NatsUpdateOptions {
  /**
   * Whether pods change only when somebody deletes them.
   * @default false
   */
  readonly onDelete?: boolean;
  /**
   * Only servers with this ordinal or a higher one change: a canary.
   * @default 0
   */
  readonly partition?: number;
  /**
   * How long a server must have been ready before the next one is stopped, in whole seconds: streams catch up meanwhile, which no probe sees.
   * @default - 15 s with clustered JetStream, else 0
   */
  readonly minReady?: Duration;
}

/** The fields of a StatefulSet that say how it is updated. */
export type RenderedUpdate = Pick<k8s.StatefulSetSpec, 'minReadySeconds' | 'updateStrategy'>;

/** How a change reaches the servers, with its defaults; times and partitions that Kubernetes refuses throw. */
export function resolveUpdate(
  scope: Construct, options: NatsUpdateOptions = {}, topology: { replicas: number; clusteredJetStream: boolean },
): RenderedUpdate {
  const { onDelete, partition, minReady } = options;
  const minReadySeconds = minReady?.toSeconds({ integral: false }) ?? (topology.clusteredJetStream ? 15 : 0);
  if (!Number.isInteger(minReadySeconds) || minReadySeconds < 0) {
    throw UPDATE_INVALID.error(scope, { what: `update.minReady is ${minReadySeconds} s`, allowed: 'whole seconds, from 0' });
  }
  if (partition !== undefined && (!Number.isInteger(partition) || partition < 0 || partition > topology.replicas || onDelete)) {
    throw UPDATE_INVALID.error(scope, {
      what: `update.partition is ${partition}${onDelete ? ' together with onDelete' : ''}`, allowed: `a whole number from 0 to ${topology.replicas}, without onDelete`,
    });
  }
  return {
    minReadySeconds,
    updateStrategy: onDelete ? { type: 'OnDelete' } : { type: 'RollingUpdate', rollingUpdate: { partition: partition ?? 0 } },
  };
}
