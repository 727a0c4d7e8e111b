import { Construct } from 'constructs';
import { defineRule, RuleLevel } from '../core/rule';
import type { ClusterState } from '../nats/cluster-state';
import { NatsCluster } from '../nats/nats-cluster';
import type { ExporterState } from '../nats/pod/exporter';

export const MONITORING_EXPORTER = defineRule({
  id: 'MONITORING-EXPORTER',
  level: RuleLevel.ERROR,
  statement: 'What scrapes servers, or is built on their metrics, concerns a cluster with an exporter, in a namespace that is known.',
  source: 'https://github.com/nats-io/prometheus-nats-exporter; an alert on series that nobody writes is silent for ever',
});

/** What is known of a cluster whose metrics are scraped. */
export interface MonitoredCluster {
  readonly cluster: NatsCluster;
  readonly state: ClusterState;
  readonly exporter: ExporterState;
  readonly namespace: string;
  /** The label `job` of all its series. */
  readonly job: string;
}

/** A cluster whose metrics can be scraped; one without an exporter, or without a namespace, throws. */
export function monitoredCluster(scope: Construct, cluster: NatsCluster): MonitoredCluster {
  const state = cluster._deployed();
  const { exporter, namespace, name } = state;
  if (!exporter) {
    throw MONITORING_EXPORTER.error(scope, {
      what: `the cluster ${cluster.node.path} has no exporter, and so no metrics`, fix: 'give exporter: { scrapers: [NatsPeer.namespace(\'<namespace of Prometheus>\')] } to the cluster',
    });
  }
  if (!namespace) {
    throw MONITORING_EXPORTER.error(scope, {
      what: `the namespace of the cluster ${cluster.node.path} is not known, by which its series are selected`, fix: 'give namespace to the chart of the cluster',
    });
  }
  return { cluster, state, exporter, namespace, job: `${namespace}/${name}` };
}
