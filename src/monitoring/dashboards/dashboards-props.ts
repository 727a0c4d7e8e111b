import { Duration } from 'cdk8s';
import { NatsDashboard } from './boards';
import { NatsCluster } from '../../nats/nats-cluster';

/**
 * Dashboards by resources of grafana-operator, beside the ConfigMaps from which they read. Their definition is not among those that `SchemaCheck` knows.
 *
 * @see https://grafana.github.io/grafana-operator/docs/api/#grafanadashboardspec
 */
export interface GrafanaOperatorOptions {
  /** Labels of the Grafana that shows them: `spec.instanceSelector.matchLabels`, which cannot be changed later. Without any it throws, because they would be in every Grafana. */
  readonly instanceLabels: { [label: string]: string };
  /**
   * Whether a Grafana of another namespace may show them.
   * @default true
   */
  readonly allowCrossNamespaceImport?: boolean;
  /**
   * How often they are set right in Grafana.
   * @default - the operator's: ten minutes
   */
  readonly resyncPeriod?: Duration;
}

/** Which dashboards there are, and how Grafana finds them. */
export interface NatsDashboardsOptions {
  /**
   * Beginning of the names of the ConfigMaps.
   * @default - the cluster's name
   */
  readonly name?: string;
  /**
   * Namespace of the ConfigMaps, one that Grafana's sidecar watches.
   * @default - the cluster's
   */
  readonly namespace?: string;
  /**
   * The dashboards. One for which the exporters do not tell enough throws.
   * @default - all for which they do
   */
  readonly dashboards?: NatsDashboard[];
  /**
   * Labels by which the sidecar of Grafana finds the ConfigMaps.
   * @default - `grafana_dashboard: "1"`, as kube-prometheus-stack has it
   */
  readonly sidecarLabels?: { [label: string]: string };
  /**
   * The folder in Grafana: the annotation `grafana_folder` for a sidecar that reads it, and the folder of grafana-operator.
   * @default - Grafana's
   */
  readonly folder?: string;
  /**
   * Resources of grafana-operator.
   * @default - none
   */
  readonly grafanaOperator?: GrafanaOperatorOptions;
}

/** Dashboards for a cluster. */
export interface NatsDashboardsProps extends NatsDashboardsOptions {
  /** The cluster that they show first; others are a choice. One without an `exporter` throws. */
  readonly cluster: NatsCluster;
}
