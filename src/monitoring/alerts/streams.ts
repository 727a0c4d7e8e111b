import { AlertContext, AlertRule, NatsAlertSeverity } from './alert-rule';
import { STREAM_REPLICAS } from './declared';
import { AlertName } from './names';
import { quorumOf } from './servers';
import { JetStreamDetail } from '../../nats/pod/exporter';
import { LIVE_METRIC } from '../promql';

const { CRITICAL, WARNING } = NatsAlertSeverity;

const STREAM = 'job, account, stream_name';
const NAMED = 'Stream {{ $labels.stream_name }} of account {{ $labels.account }}';

/** Streams: those that the app describes, and all others. */
export function streamAlerts(context: AlertContext): AlertRule[] {
  const { exporter, state: { clustered } } = context;
  return [
    ...presence(context),
    ...clustered ? replication(context) : [],
    ...origins(context, 'Mirror', 'mirror'),
    ...origins(context, 'Source', 'source'),
    // The exporter tells the limits of streams only where it tells all.
    ...(exporter.options.jetStreamDetail ?? JetStreamDetail.ALL) === JetStreamDetail.ALL ? limits(context) : [],
  ];
}

function presence({ of, state: { replicas, clustered } }: AlertContext): AlertRule[] {
  const quorum = clustered ? quorumOf(replicas) : 1;
  return [{
    alert: 'NatsStreamAbsent',
    severity: CRITICAL,
    expr: `(${of(STREAM_REPLICAS)} unless on (${STREAM}) ${of('nats_stream_last_seq')}) and on (job) count by (job) (${of(LIVE_METRIC)}) >= ${quorum}`,
    for: '5m',
    summary: `${NAMED} is not there`,
    description: 'It is declared, and no server has it: it was removed, was never made, or its only replica is on a server that is down.',
  }];
}

function replication({ of, thresholds }: AlertContext): AlertRule[] {
  const replicas = `count by (${STREAM}) (${of('nats_stream_last_seq')})`;
  const declared = of(STREAM_REPLICAS);
  return [
    {
      alert: 'NatsStreamNoLeader',
      severity: CRITICAL,
      expr: `${replicas} unless on (${STREAM}) ${of('nats_stream_last_seq', 'is_stream_leader="true"')}`,
      for: '1m',
      summary: `${NAMED} has no leader`,
      description: 'It takes and gives no messages.',
    },
    {
      alert: 'NatsStreamReplicaMissing',
      severity: WARNING,
      // Of streams that the app does not describe it is known only that nobody wants an even number of replicas.
      expr: `${replicas} < on (${STREAM}) max by (${STREAM}) (${declared}) or (${replicas} % 2 == 0 unless on (${STREAM}) ${declared})`,
      for: '10m',
      summary: `${NAMED} has only {{ $value }} replicas`,
      description: 'Another loss may stop it.',
    },
    {
      alert: 'NatsStreamReplicaLagging',
      severity: WARNING,
      // No metric tells the lag, but each replica tells its own last message.
      expr: `max by (${STREAM}) (${of('nats_stream_last_seq')}) - on (${STREAM}) group_right () max by (${STREAM}, pod) (${of('nats_stream_last_seq')}) > ${thresholds.replicaLag}`,
      for: '5m',
      summary: `${NAMED} has a replica that is behind`,
      description: 'The replica on {{ $labels.pod }} is {{ $value }} messages behind, and cannot take over.',
    },
  ];
}

function origins({ of, thresholds }: AlertContext, title: 'Mirror' | 'Source', kind: 'mirror' | 'source'): AlertRule[] {
  const by = `${STREAM}, ${kind}_name`;
  const active = `max by (${by}) (${of(`nats_stream_${kind}_active_duration_ns`)})`;
  return [
    {
      alert: `Nats${title}Stalled`,
      severity: WARNING,
      // -1 until it has heard of its origin for the first time.
      expr: `${active} > ${thresholds.originSilence * 1e9} or ${active} == -1`,
      for: '5m',
      summary: `${NAMED} hears nothing of its ${kind} {{ $labels.${kind}_name }}`,
      description: 'Messages are no longer copied. Its lag does not tell, because it stays at the last value that was known.',
    },
    {
      alert: `Nats${title}Lagging`,
      severity: WARNING,
      expr: `max by (${by}) (${of(`nats_stream_${kind}_lag`)}) > ${thresholds.originLag}`,
      for: '10m',
      summary: `${NAMED} is behind its ${kind} {{ $labels.${kind}_name }}`,
      description: '{{ $value }} messages are not copied yet.',
    },
  ];
}

/** The normal state of a stream that lets the oldest messages go is to be full. */
function limits({ of, thresholds }: AlertContext): AlertRule[] {
  const near = (alert: AlertName, used: string, limit: string, what: string): AlertRule => ({
    alert,
    severity: WARNING,
    expr: `max by (${STREAM}) (${of(used)} / (${of(limit)} > 0)) > ${thresholds.streamLimit} and on (${STREAM}) ${of(STREAM_REPLICAS, 'limit="hard"')}`,
    for: '15m',
    summary: `${NAMED} has used {{ $value | humanizePercentage }} of its ${what}`,
    description: 'When it is full it refuses messages, or drops some that nobody has processed.',
  });
  return [
    near('NatsStreamNearByteLimit', 'nats_stream_total_bytes', 'nats_stream_limit_bytes', 'bytes'),
    near('NatsStreamNearMessageLimit', 'nats_stream_total_messages', 'nats_stream_limit_messages', 'messages'),
  ];
}
