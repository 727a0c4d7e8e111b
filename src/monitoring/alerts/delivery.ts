import { ApiObject } from 'cdk8s';
import { AlertContext, AlertRule, NatsAlertSeverity, onlyIf } from './alert-rule';
import { NACK_GROUP } from '../../jetstream/nack/crd-defaults';
import { JetStreamControllerScraping } from '../jetstream-controller-scraping';
import { is, isOneOf, series } from '../promql';

const { CRITICAL, WARNING } = NatsAlertSeverity;

/** The objects of an app whose state others tell: cert-manager, and kube-state-metrics for NACK and Flux. */
export interface WatchedObjects {
  readonly certificates: ApiObject[];
  readonly nack: ApiObject[];
  readonly flux: ApiObject[];
  /** Labels `job` of the controllers of NACK that are scraped. */
  readonly controllers: string[];
}

/** Looks through the app once. Certificates and resources of NACK are those in the namespace of the cluster. */
export function watchedObjects({ cluster, namespace }: AlertContext): WatchedObjects {
  const constructs = cluster.node.root.node.findAll();
  const objects = constructs.filter(ApiObject.isApiObject);
  const scrapings = constructs.filter((construct) => construct instanceof JetStreamControllerScraping);
  const here = objects.filter(({ metadata }) => metadata.namespace === namespace);
  return {
    certificates: here.filter(({ apiGroup, kind }) => apiGroup === 'cert-manager.io' && kind === 'Certificate'),
    nack: here.filter(({ apiGroup }) => apiGroup === NACK_GROUP),
    flux: objects.filter(({ apiGroup }) => RECONCILED.test(apiGroup)),
    controllers: scrapings.filter(({ _controller }) => _controller._scraped.cluster === cluster).map(({ _job }) => _job),
  };
}

const RECONCILED = /^(kustomize|helm|source)\.toolkit\.fluxcd\.io$/;

/** Certificates, as cert-manager sees them. */
export function certificateAlerts({ namespace, thresholds }: AlertContext, certificates: ApiObject[]): AlertRule[] {
  if (certificates.length === 0) return [];
  const names = isOneOf('name', certificates.map(({ name }) => name));
  // Whether Prometheus keeps a metric's own label `namespace` is up to the installation of cert-manager.
  const of = (metric: string, ...matchers: string[]) => `(${['namespace', 'exported_namespace'].map((label) => series(metric, is(label, namespace), names, ...matchers)).join(' or ')})`;
  const expiring = (severity: NatsAlertSeverity, seconds: number): AlertRule => ({
    alert: 'NatsCertExpiring',
    severity,
    expr: `${of('certmanager_certificate_expiration_timestamp_seconds')} - time() < ${seconds}`,
    for: '1h',
    summary: 'Certificate {{ $labels.name }} ends in {{ $value | humanizeDuration }}',
    description: 'It should have been renewed before. Servers refuse connections when it has ended.',
  });
  return [
    expiring(WARNING, thresholds.certificateExpiry),
    expiring(CRITICAL, thresholds.certificateExpiryCritical),
    {
      alert: 'NatsCertNotReady',
      severity: WARNING,
      expr: `${of('certmanager_certificate_ready_status', 'condition="True"')} == 0`,
      for: '15m',
      summary: 'Certificate {{ $labels.name }} is not ready',
      description: 'cert-manager has not issued it, or what it issued has ended.',
    },
    {
      alert: 'NatsCertRenewalOverdue',
      severity: WARNING,
      expr: `${of('certmanager_certificate_renewal_timestamp_seconds')} < time() - 3600`,
      for: '1h',
      summary: 'Certificate {{ $labels.name }} should have been renewed',
      description: 'Its time of renewal was more than an hour ago.',
    },
  ];
}

/** Streams, consumers, buckets and accounts of NACK: whether they are as declared, as kube-state-metrics sees them, and whether NACK fails, as it tells itself. */
export function controllerAlerts({ namespace }: AlertContext, { nack, controllers }: WatchedObjects): AlertRule[] {
  const notReady: AlertRule = {
    alert: 'NackResourceNotReady',
    severity: WARNING,
    expr: `max by (exported_namespace, customresource_kind, name) (${series('nack_resource_info', is('exported_namespace', namespace), 'ready!="True"')}) == 1`,
    for: '15m',
    summary: '{{ $labels.customresource_kind }} {{ $labels.name }} is not as it is declared',
    description: 'NACK cannot make or change it; its condition Ready says why.',
  };
  return [...onlyIf(nack.length > 0, notReady), ...onlyIf(controllers.length > 0, reconcileErrors(controllers))];
}

/** NACK tries again ever more seldom, at last every 1000 seconds; what failed once, as a consumer that came before its stream, is over after the window. */
function reconcileErrors(controllers: string[]): AlertRule {
  const errors = series('controller_runtime_reconcile_errors_total', isOneOf('job', controllers));
  return {
    alert: 'NackReconcileErrors',
    severity: WARNING,
    expr: `sum by (job, controller) (increase(${errors}[20m])) > 0`,
    for: '25m',
    summary: 'The JetStream controller {{ $labels.job }} fails with resources of kind {{ $labels.controller }}',
    description: '{{ $value | humanize }} attempts failed in 20 minutes, and it goes on. Its log says of which resource.',
  };
}

/** What Flux applies, and from where. */
export function fluxAlerts(objects: ApiObject[]): AlertRule[] {
  const kinds = [...new Set(objects.map(({ kind }) => kind))].sort();
  const ofKind = (kind: string) => {
    const same = objects.filter((object) => object.kind === kind);
    const names = isOneOf('name', same.map(({ name }) => name));
    const namespaces = isOneOf('exported_namespace', same.map(({ metadata }) => metadata.namespace ?? 'default'));
    return series('gotk_resource_info', is('customresource_kind', kind), namespaces, names, 'ready="False"', 'suspended!="true"');
  };
  return kinds.length === 0 ? [] : [{
    alert: 'FluxNotReady',
    severity: WARNING,
    expr: `max by (exported_namespace, customresource_kind, name) (${kinds.map(ofKind).join(' or ')}) == 1`,
    for: '15m',
    summary: '{{ $labels.customresource_kind }} {{ $labels.name }} is not applied',
    description: 'Flux cannot apply or fetch it, or waits for another; its condition Ready says why. What waits for another sends no event.',
  }];
}
