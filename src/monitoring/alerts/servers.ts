import { AlertContext, AlertRule, NatsAlertSeverity, onlyIf } from './alert-rule';
import { LIVE_METRIC } from '../promql';

const { CRITICAL, WARNING, INFO } = NatsAlertSeverity;

/** Servers, their exporters and their load. */
export function serverAlerts(context: AlertContext): AlertRule[] {
  const { state: { replicas } } = context;
  return [
    ...presence(context),
    ...health(context),
    ...load(context),
    ...replicas > 1 ? differences(context) : [],
  ];
}

/** An exporter outlives its server, and a pod that is gone has no series: three ways to be absent. */
function presence({ of, namespace, state: { name, replicas, clustered, jetStream } }: AlertContext): AlertRule[] {
  const live = `(count(${of(LIVE_METRIC)}) or vector(0))`;
  const quorum = clustered && jetStream ? quorumOf(replicas) : 1;
  return [
    {
      alert: 'NatsServerDown',
      severity: CRITICAL,
      expr: `${of('up')} == 1 unless on (job, pod) ${of(LIVE_METRIC)}`,
      for: '1m',
      summary: 'NATS server {{ $labels.pod }} is down',
      description: 'The exporter of {{ $labels.pod }} answers, and the server beside it does not.',
    },
    {
      alert: 'NatsExporterDown',
      severity: WARNING,
      expr: `${of('up')} == 0`,
      for: '3m',
      summary: 'Nothing is known of NATS server {{ $labels.pod }}',
      description: 'The exporter of {{ $labels.pod }} does not answer, or its scrape fails: the server hangs, the exporter is down, or a NetworkPolicy stands between.',
    },
    ...onlyIf(replicas > 1, {
      alert: 'NatsServersMissing',
      severity: WARNING,
      expr: `${live} < ${replicas}`,
      for: '5m',
      summary: `Only {{ $value }} of ${replicas} NATS servers of ${name} answer`,
      description: `${replicas} servers are declared in namespace ${namespace}, and {{ $value }} answer.`,
    }),
    ...onlyIf(quorum > 1, {
      alert: 'NatsQuorumLost',
      severity: CRITICAL,
      expr: `${live} < ${quorum}`,
      for: '1m',
      summary: `NATS cluster ${name} has lost its quorum`,
      description: `{{ $value }} of ${replicas} servers answer, and JetStream needs ${quorum}: replicated streams take and give no messages.`,
    }),
    ...onlyIf(quorum === 1, {
      alert: 'NatsAllServersDown',
      severity: CRITICAL,
      expr: `${live} < 1`,
      for: '1m',
      summary: `No server of NATS cluster ${name} answers`,
      description: `${replicas === 1 ? 'Its one server does' : `None of ${replicas} servers does`} not answer.`,
    }),
    {
      alert: 'NatsTargetsAbsent',
      severity: CRITICAL,
      expr: `absent(${of('up')})`,
      for: '5m',
      summary: `Prometheus scrapes no server of NATS cluster ${name}`,
      description: `There is no target of this cluster in namespace ${namespace}: no pod runs, or Prometheus does not select the monitor.`,
    },
  ];
}

function health({ of }: AlertContext): AlertRule[] {
  const unhealthy = (severity: NatsAlertSeverity, minutes: number): AlertRule => ({
    alert: 'NatsServerUnhealthy',
    severity,
    expr: `${of('nats_healthz_status')} == 1`,
    for: `${minutes}m`,
    summary: 'NATS server {{ $labels.pod }} says that it is unhealthy',
    description: `/healthz of {{ $labels.pod }} has been bad for ${minutes} minutes: JetStream cannot write, has no leader, or a replica stays behind. A full disk shows nowhere else.`,
  });
  return [
    unhealthy(WARNING, 10),
    unhealthy(CRITICAL, 30),
    {
      alert: 'NatsServerStarted',
      severity: INFO,
      expr: `time() - max by (job, pod) (${of('nats_varz_start')} and on (job, pod) ${of(LIVE_METRIC)}) / 1000 < 600`,
      summary: 'NATS server {{ $labels.pod }} has just started',
      description: '{{ $labels.pod }} started {{ $value | humanizeDuration }} ago.',
    },
  ];
}

function load({ of, live, thresholds }: AlertContext): AlertRule[] {
  const slow = (kind: string) => `increase(${of(`nats_varz_slow_consumer_stats_${kind}`)}[5m])`;
  return [
    {
      alert: 'NatsSlowConsumers',
      severity: WARNING,
      expr: `sum by (job, pod) (increase(${of('nats_varz_slow_consumers')}[5m])) > 0`,
      summary: 'NATS server {{ $labels.pod }} cut off slow consumers',
      description: '{{ $labels.pod }} closed connections that did not read fast enough: {{ $value | humanize }} in five minutes. Its log names them.',
    },
    {
      alert: 'NatsSlowRouteOrGateway',
      severity: CRITICAL,
      expr: `sum by (job, pod) (${['routes', 'gateways', 'leafs'].map(slow).join(' + ')}) > 0`,
      summary: 'NATS server {{ $labels.pod }} cut off another server that was too slow',
      description: '{{ $labels.pod }} closed routes, gateways or leaf nodes that did not read fast enough: {{ $value | humanize }} in five minutes.',
    },
    {
      alert: 'NatsSlowConsumersByAccount',
      severity: INFO,
      expr: `sum by (job, account) (increase(${of('nats_accstatz_slow_consumers')}[5m])) > 0`,
      summary: 'Account {{ $labels.account }} has slow consumers',
      description: '{{ $value | humanize }} connections of account {{ $labels.account }} were cut off in five minutes because they did not read fast enough.',
    },
    {
      alert: 'NatsStalledProducers',
      severity: INFO,
      expr: `sum by (job, pod) (increase(${of('nats_varz_stalled_clients')}[5m])) > ${thresholds.stalledProducers}`,
      for: '10m',
      summary: 'NATS server {{ $labels.pod }} holds producers back',
      description: '{{ $labels.pod }} held producers back {{ $value | humanize }} times in five minutes, because who reads from them is slow.',
    },
    {
      alert: 'NatsConnectionsHigh',
      severity: WARNING,
      expr: `${of('nats_varz_connections')} / (${of('nats_varz_max_connections')} > 0) > ${thresholds.connections} ${live}`,
      for: '5m',
      summary: 'NATS server {{ $labels.pod }} has {{ $value | humanizePercentage }} of its connections',
      description: '{{ $labels.pod }} refuses clients when all are taken, and no metric tells of those.',
    },
    {
      alert: 'NatsCpuHigh',
      severity: WARNING,
      expr: `${of('nats_varz_cpu')} / (${of('nats_varz_gomaxprocs')} * 100) > ${thresholds.cpu} ${live}`,
      for: '15m',
      summary: 'NATS server {{ $labels.pod }} uses {{ $value | humanizePercentage }} of its cores',
      description: '{{ $labels.pod }} has had nearly no CPU left for 15 minutes.',
    },
  ];
}

/** Where the servers are not the same. */
function differences({ of, live }: AlertContext): AlertRule[] {
  const loaded = of('nats_varz_config_load_time');
  return [
    {
      alert: 'NatsVersionSkew',
      severity: WARNING,
      expr: `count by (job) (count by (job, value) (${of('nats_varz_version')} ${live})) > 1`,
      for: '1h',
      summary: 'NATS servers of {{ $labels.job }} run {{ $value }} versions',
      description: 'A rolling update has not ended for an hour.',
    },
    {
      alert: 'NatsConfigReloadIncomplete',
      severity: WARNING,
      expr: `(max by (job) (${loaded} > ${of('nats_varz_start')} + 1000)) - on (job) group_right () ${loaded} > 300000 ${live}`,
      for: '10m',
      summary: 'NATS server {{ $labels.pod }} runs an older configuration than others',
      description: 'Another server has reloaded its configuration, and {{ $labels.pod }} has not. It may have refused it, and would then not start again with it.',
    },
  ];
}

/** How many servers of a group have to be there. */
export function quorumOf(replicas: number): number {
  return Math.floor(replicas / 2) + 1;
}
