import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { checkSelected } from './prometheus-selector';
import { renderMetricsService, renderPodMonitor, renderServiceMonitor, resolveScraping, ScrapedPods } from './render-scraping';
import { NatsScrapingMethod, NatsScrapingOptions } from './scraping-props';
import { kubeObject } from '../../core/kube-object';
import { objectLabels } from '../../nats/labels';

/** A PodMonitor, or a ServiceMonitor with its Service. */
export interface Monitor {
  readonly monitor: ApiObject;
  readonly service?: ApiObject;
}

/** Lets the Prometheus operator find pods. */
export function makeMonitor(scope: Construct, pods: ScrapedPods, defaultName: string, options: NatsScrapingOptions): Monitor {
  const { method = NatsScrapingMethod.POD_MONITOR, name = defaultName, selectedBy } = options;
  const { namespace, podLabels } = pods;
  const labels = { ...options.labels, ...objectLabels(podLabels) };
  checkSelected(scope, method, labels, selectedBy);
  const endpoint = resolveScraping(scope, pods, options);
  const service = method === NatsScrapingMethod.SERVICE_MONITOR ? makeService(scope, pods, `${defaultName}-metrics`) : undefined;
  const monitor = kubeObject(scope, 'monitor', {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: method,
    metadata: { name, namespace, labels },
    spec: service ? renderServiceMonitor(endpoint, pods, options, serviceLabels(pods)) : renderPodMonitor(endpoint, pods, options),
  });
  return { monitor, service };
}

function makeService(scope: Construct, pods: ScrapedPods, name: string): ApiObject {
  const metadata = { name, namespace: pods.namespace, labels: objectLabels(serviceLabels(pods)) };
  return kubeObject(scope, 'service', { apiVersion: 'v1', kind: 'Service', metadata, spec: renderMetricsService(pods) });
}

/** Labels by which this Service is told from the others for the same pods. */
function serviceLabels({ podLabels }: ScrapedPods): { [label: string]: string } {
  const component = 'app.kubernetes.io/component';
  return { ...podLabels, [component]: `${podLabels[component]}-metrics` };
}
