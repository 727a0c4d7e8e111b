import { AlertContext, AlertRule, NatsAlertSeverity } from './alert-rule';
import { escaped, is, matches, series } from '../promql';

const { WARNING, INFO } = NatsAlertSeverity;

/** Pods, as kube-state-metrics and the kubelet see them. */
export function podAlerts(context: AlertContext): AlertRule[] {
  const { namespace, thresholds, state: { name } } = context;
  const pods = matches('pod', `${escaped(name)}-[0-9]+`);
  const of = (metric: string, ...matchers: string[]) => series(metric, is('namespace', namespace), pods, is('container', 'nats'), ...matchers);
  const restarts = of('kube_pod_container_status_restarts_total');
  const perPod = (expr: string) => `max by (namespace, pod, container) (${expr})`;
  const object = (metric: string, kind: string) => series(metric, is('namespace', namespace), is(kind, name));
  return [
    {
      alert: 'NatsPodRestarting',
      severity: WARNING,
      expr: `increase(${restarts}[1h]) > 2`,
      summary: 'NATS server {{ $labels.pod }} restarts again and again',
      description: 'Container nats of {{ $labels.pod }} restarted {{ $value | humanize }} times within an hour.',
    },
    {
      alert: 'NatsOomKilled',
      severity: WARNING,
      expr: `${of('kube_pod_container_status_last_terminated_reason', is('reason', 'OOMKilled'))} == 1 and on (namespace, pod, container) increase(${restarts}[1h]) > 0`,
      summary: 'NATS server {{ $labels.pod }} was killed for its memory',
      description: 'Container nats of {{ $labels.pod }} reached its memory limit.',
    },
    {
      alert: 'NatsMemoryNearLimit',
      severity: WARNING,
      expr: `${perPod(of('container_memory_working_set_bytes'))} / ${perPod(of('kube_pod_container_resource_limits', is('resource', 'memory')))} > ${thresholds.podMemory}`,
      for: '15m',
      summary: 'NATS server {{ $labels.pod }} uses {{ $value | humanizePercentage }} of its memory limit',
      description: 'Container nats of {{ $labels.pod }} is killed at its limit.',
    },
    {
      alert: 'NatsCpuThrottled',
      severity: INFO,
      expr: `rate(${of('container_cpu_cfs_throttled_periods_total')}[5m]) / rate(${of('container_cpu_cfs_periods_total')}[5m]) > ${thresholds.cpuThrottling}`,
      for: '15m',
      summary: 'NATS server {{ $labels.pod }} is held back for its CPU limit',
      description: 'Container nats of {{ $labels.pod }} was held back in {{ $value | humanizePercentage }} of the periods.',
    },
    {
      alert: 'NatsStatefulSetNotReady',
      severity: WARNING,
      expr: `${object('kube_statefulset_status_replicas_ready', 'statefulset')} < ${object('kube_statefulset_replicas', 'statefulset')}`,
      for: '15m',
      summary: 'Only {{ $value }} pods of StatefulSet {{ $labels.statefulset }} are ready',
      description: 'A pod cannot be scheduled or started, or its server does not serve clients.',
    },
    {
      alert: 'NatsPdbBlocked',
      severity: INFO,
      expr: `${object('kube_poddisruptionbudget_status_pod_disruptions_allowed', 'poddisruptionbudget')} == 0`,
      for: '30m',
      summary: 'No pod of {{ $labels.poddisruptionbudget }} may be evicted',
      description: 'A pod has not been ready for 30 minutes; drains of nodes wait for it.',
    },
  ];
}

/** Selects the volumes of the servers. */
export function volumeSelector({ namespace, state: { name } }: AlertContext, claimName: string): string {
  return series('', is('namespace', namespace), matches('persistentvolumeclaim', `${escaped(`${claimName}-${name}`)}-[0-9]+`));
}
