import { Duration } from 'cdk8s';
import { NatsAlertGroup, NatsAlertSeverity } from './alert-rule';
import { NatsConsumerThresholds } from './consumer-thresholds';
import { NatsAlertThresholds } from './thresholds';
import { NatsCluster } from '../../nats/nats-cluster';
import { PrometheusObjectOptions } from '../scraping/prometheus-selector';

/** An alert besides those of the catalogue. */
export interface NatsAlertRule {
  /** Its name: letters, digits and _. One that is taken throws. */
  readonly name: string;
  /** The expression, in PromQL; the series of the cluster have the label `job` with `<namespace>/<cluster>`. An empty one throws. */
  readonly expr: string;
  /**
   * For how long it must be so; a fraction of a millisecond throws.
   * @default - it fires at once
   */
  readonly after?: Duration;
  /**
   * How much it asks of whom it reaches.
   * @default NatsAlertSeverity.WARNING
   */
  readonly severity?: NatsAlertSeverity;
  /** What is wrong, in a line; `{{ $labels.pod }}` and `{{ $value }}` stand for what fired. */
  readonly summary: string;
  /**
   * What it means.
   * @default - none
   */
  readonly description?: string;
  /**
   * Where it is written what to do.
   * @default - none
   */
  readonly runbookUrl?: string;
}

/** Which alerts there are, and when they fire. */
export interface NatsAlertsOptions extends PrometheusObjectOptions {
  /**
   * The parts of the catalogue.
   * @default - all that concern the cluster
   */
  readonly groups?: NatsAlertGroup[];
  /**
   * Names of alerts that are left out. A name that no alert has throws.
   * @default - none
   */
  readonly exclude?: string[];
  /**
   * From which values on alerts fire. A share outside 0 to 1 throws.
   * @default - as each of them says
   */
  readonly thresholds?: NatsAlertThresholds;
  /**
   * Thresholds of single consumers.
   * @default - the same for all
   */
  readonly consumers?: NatsConsumerThresholds[];
  /**
   * Severities of alerts that differ from the catalogue's, by the name of the alert: all that have this name. A name that no alert has throws, and so does a severity that is none.
   * @default - the catalogue's
   */
  readonly severities?: { [alert: string]: NatsAlertSeverity };
  /**
   * More alerts, such as those on what the services do with messages.
   * @default - none
   */
  readonly rules?: NatsAlertRule[];
  /**
   * Labels of every alert, besides `severity`, `namespace` and `nats_cluster`, which throw.
   * @default - none
   */
  readonly alertLabels?: { [label: string]: string };
  /**
   * Where the runbooks of the catalogue are; the name of the alert in lower case is added to it.
   * @default - the runbooks of this library
   */
  readonly runbookUrl?: string;
}

/** Alerts on a cluster. */
export interface NatsAlertsProps extends NatsAlertsOptions {
  /** The cluster. One without an `exporter` throws. */
  readonly cluster: NatsCluster;
}
