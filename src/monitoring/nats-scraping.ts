import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { MonitoredCluster, monitoredCluster } from './monitored-cluster';
import { makeMonitor } from './scraping/monitor';
import { accountNames, metricDrops } from './scraping/relabeling';
import { ScrapedPods } from './scraping/render-scraping';
import { NatsScrapingProps } from './scraping/scraping-props';

/**
 * Lets the Prometheus operator find the exporters of a cluster. Who may scrape them is said by `exporter.scrapers` of the cluster.
 *
 * @see https://prometheus-operator.dev/docs/developer/getting-started/
 */
export class NatsScraping extends Construct {
  /** The PodMonitor or ServiceMonitor. */
  public readonly monitor: ApiObject;
  /** The Service of a ServiceMonitor, where there is one. */
  public readonly service?: ApiObject;

  constructor(scope: Construct, id: string, props: NatsScrapingProps) {
    super(scope, id);
    const monitored = monitoredCluster(this, props.cluster);
    ({ monitor: this.monitor, service: this.service } = makeMonitor(this, podsOf(monitored), monitored.state.name, props));
  }
}

function podsOf({ state, namespace, job }: MonitoredCluster): ScrapedPods {
  const { podLabels, listeners, clusterName, auth } = state;
  const { name, port: number } = listeners.find((listener) => listener.name === 'prom-metrics')!;
  const operator = auth.operator !== undefined;
  return { namespace, podLabels, port: { name, number }, job, names: operator ? accountNames() : [], noise: metricDrops(clusterName, operator) };
}
