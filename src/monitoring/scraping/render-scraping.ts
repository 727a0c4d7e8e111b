import { Duration } from 'cdk8s';
import * as k8s from 'cdk8s-plus-28/lib/imports/k8s';
import { Construct } from 'constructs';
import { NatsRelabeling } from './relabeling';
import { NatsScrapingOptions } from './scraping-props';
import * as prometheus from '../../../imports/monitoring.coreos.com';
import { defineRule, RuleLevel } from '../../core/rule';
import { wire } from '../../core/wire';

export const SCRAPING_INVALID = defineRule({
  id: 'SCRAPING',
  level: RuleLevel.ERROR,
  statement: 'Metrics are scraped every whole second or less often, in no longer than that; a limit of series is a whole number from 1.',
  source: 'prometheus: "scrape timeout greater than scrape interval"',
});

/** Pods whose metrics are scraped. */
export interface ScrapedPods {
  readonly namespace: string;
  readonly podLabels: { readonly [label: string]: string };
  readonly port: { readonly name: string; readonly number: number };
  /** The label `job` of all series. */
  readonly job: string;
  /** What the labels need in any case. */
  readonly names: NatsRelabeling[];
  /** What is dropped because nothing reads it. */
  readonly noise: NatsRelabeling[];
}

/** What both kinds of monitors say of an endpoint. */
interface Endpoint {
  readonly port: string;
  readonly interval: string;
  readonly scrapeTimeout: string;
  readonly relabelings: NatsRelabeling[];
  readonly metricRelabelings: NatsRelabeling[];
}

/** How pods are scraped, with all defaults. Times that Prometheus would refuse throw. */
export function resolveScraping(scope: Construct, { job, port, names, noise }: ScrapedPods, options: NatsScrapingOptions): Endpoint {
  const { interval = Duration.seconds(30), sampleLimit, relabelings = [], metricRelabelings = [], dropNoise = true } = options;
  const seconds = wholeSeconds(scope, 'interval', interval);
  const timeout = options.scrapeTimeout ? wholeSeconds(scope, 'scrapeTimeout', options.scrapeTimeout) : Math.min(10, seconds);
  if (timeout > seconds) {
    throw SCRAPING_INVALID.error(scope, { what: `scrapeTimeout is ${timeout} s, and interval ${seconds} s`, allowed: 'a timeout up to the interval', fix: 'raise interval' });
  }
  if (sampleLimit !== undefined && (!Number.isInteger(sampleLimit) || sampleLimit < 1)) {
    throw SCRAPING_INVALID.error(scope, { what: `sampleLimit is ${sampleLimit}`, allowed: 'a whole number from 1' });
  }
  return {
    port: port.name,
    interval: `${seconds}s`,
    scrapeTimeout: `${timeout}s`,
    relabelings: [{ targetLabel: 'job', replacement: job }, ...relabelings],
    metricRelabelings: [...names, ...dropNoise ? noise : [], ...metricRelabelings],
  };
}

function wholeSeconds(scope: Construct, prop: string, duration: Duration): number {
  const seconds = duration.toMilliseconds() / 1000;
  if (!Number.isInteger(seconds) || seconds < 1) throw SCRAPING_INVALID.error(scope, { what: `${prop} is ${seconds} s`, allowed: 'whole seconds from 1' });
  return seconds;
}

/** The spec of a PodMonitor. */
export function renderPodMonitor(endpoint: Endpoint, { podLabels, namespace }: ScrapedPods, { sampleLimit }: NatsScrapingOptions): object {
  return prometheus.toJson_PodMonitorSpec({
    namespaceSelector: { matchNames: [namespace] },
    selector: { matchLabels: { ...podLabels } },
    sampleLimit,
    podMetricsEndpoints: [rendered(endpoint)],
  })!;
}

/** The spec of a ServiceMonitor for a Service with these labels. */
export function renderServiceMonitor(
  endpoint: Endpoint, { namespace }: ScrapedPods, { sampleLimit }: NatsScrapingOptions, labels: { [label: string]: string },
): object {
  return prometheus.toJson_ServiceMonitorSpec({
    namespaceSelector: { matchNames: [namespace] },
    selector: { matchLabels: labels },
    sampleLimit,
    endpoints: [rendered(endpoint)],
  })!;
}

/** The spec of the Service by which a ServiceMonitor finds the pods, those that are not ready among them. */
export function renderMetricsService({ podLabels, port }: ScrapedPods): object {
  return k8s.toJson_ServiceSpec({
    clusterIp: 'None',
    publishNotReadyAddresses: true,
    selector: { ...podLabels },
    ports: [{ name: port.name, port: port.number, targetPort: k8s.IntOrString.fromString(port.name), appProtocol: 'http' }],
  })!;
}

/** An endpoint as a PodMonitor and a ServiceMonitor have it, whose fields are the same. */
function rendered(
  { relabelings, metricRelabelings, ...endpoint }: Endpoint,
): prometheus.PodMonitorSpecPodMetricsEndpoints & prometheus.ServiceMonitorSpecEndpoints {
  const rules = (given: NatsRelabeling[]) => given.map(({ action, ...rule }) => ({ ...rule, action: wire<never>(action) }));
  return { ...endpoint, relabelings: rules(relabelings), metricRelabelings: rules(metricRelabelings) };
}
