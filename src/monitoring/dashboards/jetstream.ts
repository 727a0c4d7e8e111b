import { Board } from './board';
import { graph, labelVariable, row, stat, table } from './grafana';
import { of, ofPods, whileLive } from './queries';
import { LIVE_METRIC } from '../promql';

const STREAM = 'account, stream_name';

/** Stores, the meta group, leaders and replicas. */
export function jetStreamBoard(): Board {
  return { title: 'NATS / JetStream', variables: [labelVariable('pod', 'Server', of(LIVE_METRIC), { all: true })], panels: [...state(), ...stores(), ...api(), ...groups()] };
}

function state() {
  const replicas = `count by (${STREAM}) (${of('nats_stream_last_seq')})`;
  return [
    row('State'),
    stat('Servers with JetStream', { expr: `count(${of('nats_server_jetstream_disabled')} == 0) or vector(0)` }, { goodFrom: 1 }),
    stat('Meta leader', { expr: `${of('nats_server_jetstream_disabled', 'is_meta_leader="true"')} == 0`, legend: '{{server_name}}' }, { name: true }),
    stat('Streams', { expr: `count(${replicas}) or vector(0)` }),
    stat('Streams without a leader', { expr: `count(${replicas} unless on (${STREAM}) ${of('nats_stream_last_seq', 'is_stream_leader="true"')}) or vector(0)` }, { badFrom: 1 }),
    stat('Messages', { expr: `sum(max by (${STREAM}) (${of('nats_stream_total_messages')}))` }, { description: 'Each once, however many replicas it has.' }),
    stat('Bytes', { expr: `sum(max by (${STREAM}) (${of('nats_stream_total_bytes')}))` }, { unit: 'bytes', description: 'Each once, however many replicas it has.' }),
  ];
}

function stores() {
  const share = (used: string, max: string) => `${whileLive(used, true)} / (${ofPods(max)} > 0)`;
  return [
    row('Stores'),
    graph('File storage, of what may be used', 'percentunit', [
      { expr: share('nats_varz_jetstream_stats_storage', 'nats_varz_jetstream_config_max_storage') },
      { expr: share('nats_varz_jetstream_stats_reserved_storage', 'nats_varz_jetstream_config_max_storage'), legend: '{{pod}} reserved' },
    ]),
    graph('File storage', 'bytes', [
      { expr: whileLive('nats_varz_jetstream_stats_storage', true) }, { expr: `max(${of('nats_varz_jetstream_config_max_storage')})`, legend: 'may be used' },
    ]),
    graph('Memory storage', 'bytes', [
      { expr: whileLive('nats_varz_jetstream_stats_memory', true) }, { expr: `max(${of('nats_varz_jetstream_config_max_memory')})`, legend: 'may be used' },
    ]),
  ];
}

function api() {
  const rate = (metric: string) => `sum by (pod) (rate(${ofPods(metric)}[$__rate_interval]))`;
  return [
    row('API and meta group'),
    graph('Requests to the API', 'reqps', [
      { expr: rate('nats_varz_jetstream_stats_api_total') }, { expr: rate('nats_varz_jetstream_stats_api_errors'), legend: '{{pod}} refused' },
    ]),
    graph('Members of the meta group', 'short', [{ expr: whileLive('nats_varz_jetstream_meta_cluster_size', true) }]),
    graph('What waits for the meta leader', 'short', [
      { expr: whileLive('nats_varz_jetstream_meta_pending_requests', true), legend: '{{pod}} requests' },
      { expr: whileLive('nats_varz_jetstream_meta_pending', true), legend: '{{pod}} entries' },
    ]),
  ];
}

function groups() {
  const last = `max by (${STREAM}) (${of('nats_stream_last_seq')})`;
  const lag = `${last} - on (${STREAM}) group_right () max by (${STREAM}, pod) (${ofPods('nats_stream_last_seq')})`;
  return [
    row('Replicas and leaders'),
    graph('Replicated streams and consumers', 'short', [{ expr: whileLive('nats_varz_jetstream_stats_ha_assets', true) }]),
    graph('Leaders of streams', 'short', [{ expr: `count by (pod) (${ofPods('nats_stream_last_seq', 'is_stream_leader="true"')})` }]),
    graph('Messages that the worst replica is behind', 'short', [{ expr: `max by (pod) (${lag})` }]),
    table('Streams without a leader', `count by (${STREAM}) (${of('nats_stream_last_seq')}) unless on (${STREAM}) ${of('nats_stream_last_seq', 'is_stream_leader="true"')}`, ['account', 'stream_name']),
    table('Replicas that are behind', `(${lag}) > 0`, ['account', 'stream_name', 'pod'], { value: 'messages' }),
  ];
}
