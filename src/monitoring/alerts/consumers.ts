import { AlertContext, AlertRule, NatsAlertSeverity, onlyIf } from './alert-rule';
import { CONSUMER_ACK_LIMIT, CONSUMER_PENDING, CONSUMER_REDELIVERED } from './declared';
import { quorumOf } from './servers';
import { LIVE_METRIC } from '../promql';

const { CRITICAL, WARNING } = NatsAlertSeverity;

const CONSUMER = 'job, account, stream_name, consumer_name';
const NAMED = 'Consumer {{ $labels.consumer_name }} of stream {{ $labels.stream_name }} in account {{ $labels.account }}';
const LEADER = 'is_consumer_leader="true"';

/** The consumers that the app describes, because only of these it is known what they should do. */
export function consumerAlerts(context: AlertContext): AlertRule[] {
  return [...presence(context), ...progress(context), ...acknowledgements(context)];
}

function presence({ of, state: { replicas, clustered } }: AlertContext): AlertRule[] {
  const quorum = clustered ? quorumOf(replicas) : 1;
  const told = of('nats_consumer_num_pending');
  return [
    {
      alert: 'NatsConsumerAbsent',
      severity: CRITICAL,
      expr: `(${of(CONSUMER_ACK_LIMIT, 'life="lasting"')} unless on (${CONSUMER}) ${told}) and on (job) count by (job) (${of(LIVE_METRIC)}) >= ${quorum}`,
      for: '5m',
      summary: `${NAMED} is not there`,
      description: 'It is declared, and no server has it: it was removed, was never made, or its only replica is on a server that is down.',
    },
    ...onlyIf(clustered, {
      alert: 'NatsConsumerNoLeader',
      severity: WARNING,
      expr: `count by (${CONSUMER}) (${told}) unless on (${CONSUMER}) ${of('nats_consumer_num_pending', LEADER)}`,
      for: '2m',
      summary: `${NAMED} has no leader`,
      description: 'It delivers nothing.',
    }),
  ];
}

function progress({ of, thresholds }: AlertContext): AlertRule[] {
  // Followers tell 0.
  const pendingAt = (offset: string) => `max by (${CONSUMER}) (${of('nats_consumer_num_pending', LEADER)}${offset})`;
  const pending = pendingAt('');
  const delivered = (offset: string) => `max by (${CONSUMER}) (${of('nats_consumer_delivered_stream_seq')}${offset})`;
  const declared = `and on (${CONSUMER}) ${of(CONSUMER_ACK_LIMIT)}`;
  return [
    {
      alert: 'NatsConsumerPendingHigh',
      severity: WARNING,
      expr: above(pending, thresholds.consumerPending, of(CONSUMER_PENDING), of(CONSUMER_ACK_LIMIT)),
      for: '15m',
      summary: '{{ $value }} messages wait for consumer {{ $labels.consumer_name }} of stream {{ $labels.stream_name }}',
      description: `${NAMED} does not keep up.`,
    },
    {
      alert: 'NatsConsumerPendingGrowing',
      severity: WARNING,
      expr: `${pending} > ${pendingAt(' offset 30m')} and min_over_time((${pending})[30m:1m]) > 100 ${declared}`,
      for: '15m',
      summary: 'Ever more messages wait for consumer {{ $labels.consumer_name }} of stream {{ $labels.stream_name }}',
      description: '{{ $value }} messages wait for it, more than half an hour ago, and there were always more than 100 in between: who reads it is too slow.',
    },
    {
      alert: 'NatsConsumerStuck',
      severity: WARNING,
      expr: `${pending} > 0 and on (${CONSUMER}) (${delivered('')} == ${delivered(' offset 15m')}) ${declared}`,
      for: '5m',
      summary: `${NAMED} delivers nothing`,
      description: '{{ $value }} messages wait, and none was delivered for 15 minutes: nobody reads, or as many as may be are not acknowledged.',
    },
    {
      alert: 'NatsConsumerNoPullers',
      severity: WARNING,
      expr: `${pending} > 100 and on (${CONSUMER}) max_over_time((max by (${CONSUMER}) (${of('nats_consumer_num_waiting', LEADER)}))[15m:1m]) == 0 and on (${CONSUMER}) ${of(CONSUMER_ACK_LIMIT, 'mode="pull"')}`,
      for: '5m',
      summary: 'Nobody asks consumer {{ $labels.consumer_name }} of stream {{ $labels.stream_name }} for messages',
      description: '{{ $value }} messages wait, and no client asked for any within 15 minutes.',
    },
  ];
}

function acknowledgements({ of, thresholds }: AlertContext): AlertRule[] {
  const unacknowledged = `max by (${CONSUMER}) (${of('nats_consumer_num_ack_pending', LEADER)})`;
  const floor = (offset: string) => `max by (${CONSUMER}) (${of('nats_consumer_ack_floor_stream_seq')}${offset})`;
  return [
    {
      alert: 'NatsConsumerAckStalled',
      severity: WARNING,
      expr: `${unacknowledged} > 0 and on (${CONSUMER}) (${floor('')} == ${floor(' offset 15m')}) and on (${CONSUMER}) ${of(CONSUMER_ACK_LIMIT)}`,
      for: '5m',
      summary: `${NAMED} is not acknowledged`,
      description: '{{ $value }} messages are delivered and not acknowledged, the oldest of them for 15 minutes.',
    },
    {
      alert: 'NatsConsumerAckPendingNearMax',
      severity: WARNING,
      expr: `${unacknowledged} > on (${CONSUMER}) ${thresholds.ackPending} * ${of(CONSUMER_ACK_LIMIT)}`,
      for: '15m',
      summary: `${NAMED} soon delivers nothing more`,
      description: '{{ $value }} messages are not acknowledged; when there are maxAckPending of them, it delivers no others.',
    },
    {
      alert: 'NatsConsumerRedelivering',
      severity: WARNING,
      expr: above(`max by (${CONSUMER}) (${of('nats_consumer_num_redelivered', LEADER)})`, thresholds.consumerRedelivered, of(CONSUMER_REDELIVERED), of(CONSUMER_ACK_LIMIT)),
      for: '15m',
      summary: `${NAMED} delivers messages again and again`,
      description: '{{ $value }} messages were delivered more than once and are not acknowledged yet.',
    },
  ];
}

/** Above the consumer's own threshold, or that of all consumers of the app that have none. */
function above(value: string, threshold: number, own: string, declared: string): string {
  return `${value} > on (${CONSUMER}) ${own} or (${value} > ${threshold} unless on (${CONSUMER}) ${own}) and on (${CONSUMER}) ${declared}`;
}
