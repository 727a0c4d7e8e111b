import { ApiObject } from 'cdk8s';
import { AlertContext, AlertRule, NatsAlertSeverity } from './alert-rule';
import { NACK_GROUP } from '../../jetstream/nack/crd-defaults';
import { is, isOneOf, series } from '../promql';

const { CRITICAL, WARNING } = NatsAlertSeverity;

/** The objects of an app whose state others tell: cert-manager, and kube-state-metrics for NACK and Flux. */
export interface WatchedObjects {
  readonly certificates: ApiObject[];
  readonly nack: ApiObject[];
  readonly flux: ApiObject[];
}

/** Looks through the app once. Certificates and resources of NACK are those in the namespace of the cluster. */
export function watchedObjects({ cluster, namespace }: AlertContext): WatchedObjects {
  const objects = cluster.node.root.node.findAll().filter(ApiObject.isApiObject);
  const here = objects.filter(({ metadata }) => metadata.namespace === namespace);
  return {
    certificates: here.filter(({ apiGroup, kind }) => apiGroup === 'cert-manager.io' && kind === 'Certificate'),
    nack: here.filter(({ apiGroup }) => apiGroup === NACK_GROUP),
    flux: objects.filter(({ apiGroup }) => RECONCILED.test(apiGroup)),
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

/** Streams, consumers, buckets and accounts of NACK. */
export function controllerAlerts({ namespace }: AlertContext, resources: ApiObject[]): AlertRule[] {
  return resources.length === 0 ? [] : [{
    alert: 'NackResourceNotReady',
    severity: WARNING,
    expr: `max by (exported_namespace, customresource_kind, name) (${series('nack_resource_info', is('exported_namespace', namespace), 'ready!="True"')}) == 1`,
    for: '15m',
    summary: '{{ $labels.customresource_kind }} {{ $labels.name }} is not as it is declared',
    description: 'NACK cannot make or change it; its condition Ready says why.',
  }];
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
