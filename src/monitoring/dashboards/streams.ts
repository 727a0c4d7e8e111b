import { Board } from './board';
import { graph, labelVariable, row, table } from './grafana';
import { of } from './queries';

const STREAM = 'account, stream_name';
const CONSUMER = `${STREAM}, consumer_name`;
const CHOSEN = ['account=~"$account"', 'stream_name=~"$stream"'];
const CONSUMED = [...CHOSEN, 'consumer_name=~"$consumer"'];
const NAME = '{{account}} {{stream_name}}';
const CONSUMER_NAME = '{{stream_name}} {{consumer_name}}';

/** Single streams and consumers. Each replica tells of itself, so that the largest counts, and not the sum. */
export function streamsBoard(): Board {
  return {
    title: 'NATS / Streams and consumers',
    variables: [
      labelVariable('account', 'Account', of('nats_stream_last_seq'), { all: true }),
      labelVariable('stream', 'Stream', of('nats_stream_last_seq', 'account=~"$account"'), { all: true, labelName: 'stream_name' }),
      labelVariable('consumer', 'Consumer', of('nats_consumer_num_pending', ...CHOSEN), { all: true, labelName: 'consumer_name' }),
    ],
    panels: [...streams(), ...copies(), ...consumers()],
  };
}

function streams() {
  const largest = (metric: string) => `max by (${STREAM}) (${of(metric, ...CHOSEN)})`;
  const last = of('nats_stream_last_seq', ...CHOSEN);
  const share = (used: string, limit: string) => `max by (${STREAM}) (${of(used, ...CHOSEN)} / (${of(limit, ...CHOSEN)} > 0))`;
  return [
    row('Streams'),
    graph('Messages', 'short', [{ expr: largest('nats_stream_total_messages'), legend: NAME }]),
    graph('Bytes', 'bytes', [{ expr: largest('nats_stream_total_bytes'), legend: NAME }]),
    // The largest of the replicas, because the series of the leader begins anew with each election.
    graph('Messages written', 'cps', [{ expr: `max by (${STREAM}) (rate(${last}[$__rate_interval]))`, legend: NAME }]),
    graph('Share of the limits', 'percentunit', [
      { expr: share('nats_stream_total_bytes', 'nats_stream_limit_bytes'), legend: `${NAME} bytes` },
      { expr: share('nats_stream_total_messages', 'nats_stream_limit_messages'), legend: `${NAME} messages` },
    ], { max: 1 }),
    graph('Messages that replicas are behind', 'short', [{
      expr: `max by (${STREAM}) (${last}) - on (${STREAM}) group_right () max by (${STREAM}, pod) (${last})`, legend: `${NAME} on {{pod}}`,
    }]),
    graph('Subjects', 'short', [{ expr: largest('nats_stream_subject_count'), legend: NAME }]),
    table('First messages', largest('nats_stream_first_seq'), ['account', 'stream_name'], { value: 'first sequence', unit: 'none' }),
    table('Last messages', largest('nats_stream_last_seq'), ['account', 'stream_name'], { value: 'last sequence', unit: 'none' }),
  ];
}

function copies() {
  const lag = (kind: string) => ({ expr: `max by (${STREAM}, ${kind}_name) (${of(`nats_stream_${kind}_lag`, ...CHOSEN)})`, legend: `{{stream_name}} from {{${kind}_name}}` });
  const silence = (kind: string) => ({
    expr: `max by (${STREAM}, ${kind}_name) (${of(`nats_stream_${kind}_active_duration_ns`, ...CHOSEN)})`, legend: `{{stream_name}} from {{${kind}_name}}`,
  });
  return [
    row('Mirrors and sources'),
    graph('Messages not yet copied', 'short', [lag('mirror'), lag('source')], { width: 12 }),
    graph('Nothing heard of the origin for', 'ns', [silence('mirror'), silence('source')], { width: 12, description: 'When the origin is gone the lag stays as it was, and only this grows.' }),
  ];
}

function consumers() {
  // Followers tell 0, or what they knew as leaders.
  const led = (metric: string) => `max by (${CONSUMER}) (${of(metric, ...CONSUMED, 'is_consumer_leader="true"')})`;
  const rate = (metric: string) => `max by (${CONSUMER}) (rate(${of(metric, ...CONSUMED)}[$__rate_interval]))`;
  return [
    row('Consumers'),
    graph('Messages that wait', 'short', [{ expr: led('nats_consumer_num_pending'), legend: CONSUMER_NAME }]),
    graph('Not acknowledged', 'short', [{ expr: led('nats_consumer_num_ack_pending'), legend: CONSUMER_NAME }]),
    graph('Delivered again, not acknowledged', 'short', [{ expr: led('nats_consumer_num_redelivered'), legend: CONSUMER_NAME }]),
    graph('Messages delivered', 'cps', [{ expr: rate('nats_consumer_delivered_consumer_seq'), legend: CONSUMER_NAME }]),
    graph('Messages acknowledged', 'cps', [{ expr: rate('nats_consumer_ack_floor_consumer_seq'), legend: CONSUMER_NAME }]),
    graph('Clients that ask for messages', 'short', [{ expr: led('nats_consumer_num_waiting'), legend: CONSUMER_NAME }]),
  ];
}
