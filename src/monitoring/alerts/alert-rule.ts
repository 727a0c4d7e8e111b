import { AlertName } from './names';
import { ResolvedThresholds } from './thresholds';
import { MonitoredCluster } from '../monitored-cluster';
import { LIVE_METRIC, series } from '../promql';

/** How much an alert asks of whom it reaches. */
export enum NatsAlertSeverity {
  /** Somebody has to look at once. */
  CRITICAL = 'critical',
  /** Somebody has to look today. */
  WARNING = 'warning',
  /** Worth knowing when something else is looked into. */
  INFO = 'info',
}

/** A part of the catalogue. */
export enum NatsAlertGroup {
  /** Servers, exporters and their load. */
  SERVERS = 'servers',
  /** Routes, gateways and leaf nodes. */
  NETWORK = 'network',
  /** The meta group of JetStream, and its API. */
  JETSTREAM = 'jetstream',
  /** Files, memory, volumes and limits of accounts. */
  STORAGE = 'storage',
  /** Streams. */
  STREAMS = 'streams',
  /** The consumers that the app describes. */
  CONSUMERS = 'consumers',
  /** Pods, as kube-state-metrics and the kubelet see them. */
  PODS = 'pods',
  /** Certificates, as cert-manager sees them. */
  CERTIFICATES = 'certificates',
  /** Resources of NACK, as kube-state-metrics sees them, and NACK itself where it is scraped. */
  CONTROLLER = 'controller',
  /** Objects of Flux, as kube-state-metrics sees them. */
  FLUX = 'flux',
}

/** An alert of the catalogue. Several may have one name, with different severities. */
export interface AlertRule {
  readonly alert: AlertName;
  readonly severity: NatsAlertSeverity;
  /** Each line of a longer one stands by itself. */
  readonly expr: string;
  /** For how long it must be so, as Prometheus writes it; at once if absent. */
  readonly for?: string;
  readonly summary: string;
  readonly description: string;
}

/** A fact that the app declares, as a series beside those that are measured. */
export interface DeclaredSeries {
  readonly record: string;
  readonly value: number;
  readonly labels: { readonly [label: string]: string };
}

/** What the alerts of a cluster are made from. */
export interface AlertContext extends MonitoredCluster {
  readonly thresholds: ResolvedThresholds;
  /** A selector of series of the cluster. */
  readonly of: (metric: string, ...matchers: string[]) => string;
  /** To be put behind an expression on /varz: its series keep their last values when a server dies beside its exporter, and these do not. */
  readonly live: string;
}

export function alertContext(monitored: MonitoredCluster, thresholds: ResolvedThresholds): AlertContext {
  const of = (metric: string, ...matchers: string[]) => series(metric, `job="${monitored.job}"`, ...matchers);
  return { ...monitored, thresholds, of, live: `and on (job, pod) ${of(LIVE_METRIC)}` };
}

/** Alerts that concern only some clusters. */
export function onlyIf(condition: boolean, ...alerts: AlertRule[]): AlertRule[] {
  return condition ? alerts : [];
}
