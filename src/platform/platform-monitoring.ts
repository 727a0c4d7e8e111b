import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { NatsAlertsOptions } from '../monitoring/alerts/alert-props';
import { NatsAlerts } from '../monitoring/nats-alerts';
import { NatsScraping } from '../monitoring/nats-scraping';
import { NatsScrapingOptions } from '../monitoring/scraping/scraping-props';
import { NatsCluster } from '../nats/nats-cluster';

/** How a platform is watched. */
export interface NatsPlatformMonitoring {
  /**
   * Labels of all objects for the Prometheus operator; the Prometheus of kube-prometheus-stack asks for `release: <its release>`.
   * @default - none
   */
  readonly labels?: { [label: string]: string };
  /**
   * The labels by which the Prometheus selects objects. Labels that it would not select throw.
   * @default - not known, so that nothing is checked
   */
  readonly selectedBy?: { [label: string]: string };
  /**
   * How the exporters are scraped.
   * @default - by a PodMonitor, every 30 seconds
   */
  readonly scraping?: NatsScrapingOptions;
  /**
   * The alerts.
   * @default - all that concern the cluster
   */
  readonly alerts?: NatsAlertsOptions;
}

/** The layer of what watches a cluster. */
export function monitoringLayer(scope: Construct, { labels, selectedBy, scraping, alerts }: NatsPlatformMonitoring, cluster: NatsCluster): Chart {
  const chart = new Chart(scope, 'monitoring', { namespace: cluster._deployed().namespace });
  const common = { labels, selectedBy };
  new NatsScraping(chart, 'scraping', { cluster, ...common, ...scraping });
  new NatsAlerts(chart, 'alerts', { cluster, ...common, ...alerts });
  return chart;
}
