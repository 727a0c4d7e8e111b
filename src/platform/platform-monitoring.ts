import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { ToldInSlack } from './platform-alerting';
import { JetStreamController } from '../jetstream/jetstream-controller';
import { AlertmanagerConfigOptions } from '../monitoring/alertmanager/slack-props';
import { AlertmanagerSlack } from '../monitoring/alertmanager-slack';
import { NatsAlertsOptions } from '../monitoring/alerts/alert-props';
import { NatsDashboardsOptions } from '../monitoring/dashboards/dashboards-props';
import { JetStreamControllerScraping } from '../monitoring/jetstream-controller-scraping';
import { NatsAlerts } from '../monitoring/nats-alerts';
import { NatsDashboards } from '../monitoring/nats-dashboards';
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
   * How the exporters, and the JetStream controller, are scraped.
   * @default - by a PodMonitor, every 30 seconds
   */
  readonly scraping?: NatsScrapingOptions;
  /**
   * The alerts.
   * @default - all that concern the cluster
   */
  readonly alerts?: NatsAlertsOptions;
  /**
   * The dashboards.
   * @default - all for which the exporters tell enough, found by the sidecar of Grafana
   */
  readonly dashboards?: NatsDashboardsOptions;
  /**
   * When the Alertmanager tells which alerts, to the channels that `alerting` of the platform names.
   * @default - see AlertmanagerConfigOptions
   */
  readonly alertmanager?: AlertmanagerConfigOptions;
}

/** What a platform has that is watched. */
export interface WatchedPlatform {
  readonly cluster: NatsCluster;
  readonly controller?: JetStreamController;
}

/** The layer of what watches a cluster. */
export function monitoringLayer(scope: Construct, props: NatsPlatformMonitoring, { cluster, controller }: WatchedPlatform, told: ToldInSlack['alertmanager']): Chart {
  const { labels, selectedBy, scraping, alerts, dashboards, alertmanager } = props;
  const chart = new Chart(scope, 'monitoring', { namespace: cluster._deployed().namespace });
  const common = { labels, selectedBy };
  new NatsScraping(chart, 'scraping', { cluster, ...common, ...scraping });
  if (controller) {
    // The rest concerns what the exporters tell.
    const { method, interval, scrapeTimeout, ...selection } = { ...common, ...scraping };
    new JetStreamControllerScraping(chart, 'controller-scraping', {
      controller, method, interval, scrapeTimeout, labels: selection.labels, selectedBy: selection.selectedBy,
    });
  }
  new NatsAlerts(chart, 'alerts', { cluster, ...common, ...alerts });
  new NatsDashboards(chart, 'dashboards', { cluster, ...dashboards });
  if (told) new AlertmanagerSlack(chart, 'slack', { name: cluster.serviceName, labels, ...alertmanager, ...told });
  return chart;
}
