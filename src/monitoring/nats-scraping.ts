import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { MonitoredCluster, monitoredCluster } from './monitored-cluster';
import { checkSelected } from './scraping/prometheus-selector';
import { renderMetricsService, renderPodMonitor, renderServiceMonitor, resolveScraping } from './scraping/render-scraping';
import { NatsScrapingMethod, NatsScrapingProps } from './scraping/scraping-props';
import { kubeObject } from '../core/kube-object';
import { objectLabels } from '../nats/labels';

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
    const { state, namespace } = monitored;
    const { method = NatsScrapingMethod.POD_MONITOR, name = state.name } = props;
    const labels = { ...props.labels, ...objectLabels(state.podLabels) };
    checkSelected(this, method, labels, props.selectedBy);
    const endpoint = resolveScraping(this, monitored, props);
    if (method === NatsScrapingMethod.SERVICE_MONITOR) this.service = this.makeService(monitored);
    this.monitor = kubeObject(this, 'monitor', {
      apiVersion: 'monitoring.coreos.com/v1',
      kind: method,
      metadata: { name, namespace, labels },
      spec: method === NatsScrapingMethod.POD_MONITOR
        ? renderPodMonitor(endpoint, monitored, props)
        : renderServiceMonitor(endpoint, monitored, props, metricsLabels(monitored)),
    });
  }

  private makeService(monitored: MonitoredCluster): ApiObject {
    const { state: { name }, namespace } = monitored;
    return kubeObject(this, 'service', {
      apiVersion: 'v1', kind: 'Service', metadata: { name: `${name}-metrics`, namespace, labels: objectLabels(metricsLabels(monitored)) }, spec: renderMetricsService(monitored),
    });
  }
}

/** Labels by which the Service of the exporters is told from the others of the cluster. */
function metricsLabels({ state: { podLabels } }: MonitoredCluster): { [label: string]: string } {
  return { ...podLabels, 'app.kubernetes.io/component': 'nats-metrics' };
}
