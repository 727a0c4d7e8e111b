import { AlertContext, AlertRule, NatsAlertSeverity, onlyIf } from './alert-rule';
import { quorumOf } from './servers';
import { LIVE_METRIC } from '../promql';

const { CRITICAL, WARNING, INFO } = NatsAlertSeverity;

/** The meta group, which decides where streams are, and the API of JetStream. */
export function jetStreamAlerts(context: AlertContext): AlertRule[] {
  const { of, thresholds, state: { clustered, replicas } } = context;
  return [
    {
      alert: 'NatsJetStreamDisabled',
      severity: CRITICAL,
      expr: `${of('nats_server_jetstream_disabled')} == 1`,
      for: '1m',
      summary: 'JetStream is off on NATS server {{ $labels.pod }}',
      description: '{{ $labels.pod }} is configured with JetStream, and runs without it.',
    },
    ...clustered && replicas > 1 ? metaGroup(context) : [],
    {
      alert: 'NatsApiErrors',
      severity: WARNING,
      expr: `sum by (job) (increase(${of('nats_varz_jetstream_stats_api_errors')}[10m])) > ${thresholds.apiErrors}`,
      for: '10m',
      summary: 'JetStream of {{ $labels.job }} refuses many requests',
      description: '{{ $value | humanize }} requests to the API of JetStream were refused in ten minutes. Refused messages are not among them.',
    },
    {
      alert: 'NatsHaAssetsHigh',
      severity: INFO,
      expr: `${of('nats_varz_jetstream_stats_ha_assets')} > ${thresholds.haAssets} ${context.live}`,
      for: '1h',
      summary: 'NATS server {{ $labels.pod }} has {{ $value }} replicated streams and consumers',
      description: 'Each is a Raft group of its own: restarts and elections take long with many.',
    },
  ];
}

/** In a super cluster one meta group spans all clusters: its leader may be elsewhere, and its size is not that of this cluster. */
function metaGroup(context: AlertContext): AlertRule[] {
  const { of, live, thresholds, state: { replicas, gateway } } = context;
  const on = (...matchers: string[]) => `${of('nats_server_jetstream_disabled', ...matchers)} == 0`;
  return [
    ...onlyIf(replicas >= 3, {
      alert: 'NatsNoFaultTolerance',
      severity: WARNING,
      expr: `count by (job) (${on()}) <= ${quorumOf(replicas)}`,
      for: '5m',
      summary: 'JetStream of {{ $labels.job }} does not survive the loss of another server',
      description: `{{ $value }} of ${replicas} servers have JetStream, and ${quorumOf(replicas)} are needed.`,
    }),
    {
      alert: 'NatsMetaLeaderMissing',
      severity: CRITICAL,
      expr: `count by (job) (${on()}) unless on (job) ${on(gateway ? 'meta_leader!=""' : 'is_meta_leader="true"')}`,
      for: '1m',
      summary: 'JetStream of {{ $labels.job }} has no meta leader',
      description: 'Nothing can be created, changed or removed, and no stream can be placed.',
    },
    {
      alert: 'NatsMetaLeaderAmbiguous',
      severity: CRITICAL,
      expr: `count by (job) (${on('is_meta_leader="true"')}) > 1`,
      for: '2m',
      summary: 'JetStream of {{ $labels.job }} has {{ $value }} meta leaders',
      description: 'Servers that do not hear of each other each take themselves for the leader.',
    },
    {
      alert: 'NatsMetaUnknownOnServer',
      severity: WARNING,
      expr: on('meta_leader=""'),
      for: '5m',
      summary: 'NATS server {{ $labels.pod }} knows no meta leader',
      description: '{{ $labels.pod }} does not take part in the meta group.',
    },
    {
      alert: 'NatsMetaLeaderFlapping',
      severity: WARNING,
      expr: `count by (job) (count by (job, server_name) (last_over_time(${of('nats_server_jetstream_disabled', 'is_meta_leader="true"')}[15m]))) > 2`,
      for: '15m',
      summary: 'The meta leader of {{ $labels.job }} changes again and again',
      description: '{{ $value }} servers were the leader within 15 minutes.',
    },
    ...onlyIf(gateway === undefined, {
      alert: 'NatsMetaPeerDrift',
      severity: WARNING,
      expr: `max by (job) (${of('nats_varz_jetstream_meta_cluster_size')} and on (job, pod) ${of(LIVE_METRIC)}) != ${replicas}`,
      for: '30m',
      summary: 'The meta group of {{ $labels.job }} has {{ $value }} members',
      description: `${replicas} servers are declared. One that has gone for good still counts for the quorum until it is removed.`,
    }),
    {
      alert: 'NatsMetaBacklog',
      severity: WARNING,
      expr: `${of('nats_varz_jetstream_meta_pending_requests')} > ${thresholds.metaBacklog} ${live}`,
      for: '5m',
      summary: '{{ $value }} requests wait for the meta leader',
      description: 'The meta leader does not keep up with requests to create, change and remove streams and consumers.',
    },
  ];
}
