import { Duration } from 'cdk8s';
import { PrometheusObjectOptions } from './prometheus-selector';
import { NatsRelabeling } from './relabeling';
import { NatsCluster } from '../../nats/nats-cluster';

/** By which object the Prometheus operator finds the exporters. */
export enum NatsScrapingMethod {
  /** A PodMonitor, which needs nothing else. */
  POD_MONITOR = 'PodMonitor',
  /** A ServiceMonitor and a Service of its own with the port of the exporters, for a Prometheus that selects no PodMonitors. */
  SERVICE_MONITOR = 'ServiceMonitor',
}

/** How the exporters are scraped. */
export interface NatsScrapingOptions extends PrometheusObjectOptions {
  /**
   * By which object the exporters are found.
   * @default NatsScrapingMethod.POD_MONITOR
   */
  readonly method?: NatsScrapingMethod;
  /**
   * How often metrics are scraped, in whole seconds, at least one.
   * @default Duration.seconds(30)
   */
  readonly interval?: Duration;
  /**
   * How long one scrape may take, in whole seconds; more than the interval throws. The servers look at each stream and consumer when they are asked for their health.
   * @default - 10 seconds, or the interval if that is shorter
   */
  readonly scrapeTimeout?: Duration;
  /**
   * How many series one exporter may give; with more, the whole scrape fails, and `NatsExporterDown` fires.
   * @default - as many as it has
   */
  readonly sampleLimit?: number;
  /**
   * Rules for the labels of the targets, after the one that gives them the label `job` by which alerts and dashboards select them: `<namespace>/<cluster>`, or the name of the controller.
   * @default - none
   */
  readonly relabelings?: NatsRelabeling[];
  /**
   * Rules for what is scraped, after those of `dropNoise`.
   * @default - none
   */
  readonly metricRelabelings?: NatsRelabeling[];
  /**
   * Whether series that no alert and no dashboard of this library reads are dropped, and labels that rename all series at each election or restart: some 80 series for each server.
   * @default true
   */
  readonly dropNoise?: boolean;
}

/** Scraping of the exporters of a cluster. */
export interface NatsScrapingProps extends NatsScrapingOptions {
  /** The cluster. One without an `exporter` throws. */
  readonly cluster: NatsCluster;
}
