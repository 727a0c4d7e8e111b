import { Board } from './board';
import { graph, labelVariable, row, stat, table } from './grafana';
import { of, ofPods, whileLive } from './queries';
import { LIVE_METRIC } from '../promql';

/** Whether the servers are there, and what they carry. */
export function overviewBoard(): Board {
  return {
    title: 'NATS / Overview',
    variables: [
      labelVariable('pod', 'Server', of(LIVE_METRIC), { all: true }),
      labelVariable('namespace', 'Namespace', of(LIVE_METRIC), { hidden: true }),
    ],
    panels: [...state(), ...traffic(), ...resources(), ...connections(), ...links()],
  };
}

function state() {
  return [
    row('State'),
    stat('Servers that answer', { expr: `count(${of(LIVE_METRIC)}) or vector(0)` }, { goodFrom: 1 }),
    stat('Unhealthy servers', { expr: `count(${of('nats_healthz_status')} == 1) or vector(0)` }, { badFrom: 1, description: 'By /healthz, which alone tells of a full disk.' }),
    stat('Meta leader', { expr: `${of('nats_server_jetstream_disabled', 'is_meta_leader="true"')} == 0`, legend: '{{server_name}}' }, { name: true }),
    stat('Connections', { expr: `sum(${whileLive('nats_varz_connections')})` }),
    stat('Slow consumers in an hour', { expr: `sum(increase(${of('nats_varz_slow_consumers')}[1h]))` }, { badFrom: 1 }),
    stat('Alerts', { expr: 'count(ALERTS{alertstate="firing", severity!="info", namespace="$namespace", nats_cluster!=""}) or vector(0)' }, { badFrom: 1 }),
    table('Alerts that fire', 'ALERTS{alertstate="firing", namespace="$namespace", nats_cluster!=""}', ['alertname', 'severity', 'pod', 'account', 'stream_name', 'consumer_name']),
    table('Versions', whileLive('nats_varz_version'), ['pod', 'value'], { width: 6 }),
    table('Running since', whileLive('nats_varz_start'), ['pod'], { width: 6, unit: 'dateTimeFromNow', value: 'started' }),
  ];
}

function traffic() {
  const rate = (metric: string) => `sum by (pod) (rate(${ofPods(metric)}[$__rate_interval]))`;
  return [
    row('Clients'),
    graph('Messages from clients', 'cps', [{ expr: rate('nats_varz_in_client_msgs') }], { width: 6 }),
    graph('Messages to clients', 'cps', [{ expr: rate('nats_varz_out_client_msgs') }], { width: 6 }),
    graph('Bytes from clients', 'Bps', [{ expr: rate('nats_varz_in_client_bytes') }], { width: 6 }),
    graph('Bytes to clients', 'Bps', [{ expr: rate('nats_varz_out_client_bytes') }], { width: 6 }),
  ];
}

function connections() {
  return [
    row('Connections'),
    graph('Connections', 'short', [{ expr: whileLive('nats_varz_connections', true) }], { width: 6 }),
    graph('Share of the connections that may be', 'percentunit', [{ expr: `${whileLive('nats_varz_connections', true)} / ${ofPods('nats_varz_max_connections')}` }], { width: 6, max: 1 }),
    graph('Subscriptions', 'short', [{ expr: whileLive('nats_varz_subscriptions', true) }], { width: 6 }),
    graph('Slow consumers and producers held back', 'short', [
      { expr: `increase(${ofPods('nats_varz_slow_consumers')}[$__rate_interval])`, legend: '{{pod}} slow' },
      { expr: `increase(${ofPods('nats_varz_stalled_clients')}[$__rate_interval])`, legend: '{{pod}} held back' },
    ], { width: 6 }),
  ];
}

function resources() {
  return [
    row('Servers'),
    graph('CPU, of the cores that may be used', 'percentunit', [{ expr: `${whileLive('nats_varz_cpu', true)} / (${ofPods('nats_varz_gomaxprocs')} * 100)` }], { max: 1 }),
    graph('Memory', 'bytes', [{ expr: whileLive('nats_varz_mem', true) }]),
    graph('Configuration loaded', 'dateTimeFromNow', [{ expr: whileLive('nats_varz_config_load_time', true) }], { description: 'A server that stays behind the others has refused the newest.' }),
  ];
}

function links() {
  return [
    row('Other servers'),
    graph('Servers with routes', 'short', [{ expr: whileLive('nats_varz_remotes', true) }]),
    graph('Leaf nodes', 'short', [{ expr: ofPods('nats_leafz_conn_nodes_total') }, { expr: ofPods('nats_leafz_conn_rtt'), legend: '{{pod}} {{name}} RTT in s' }]),
    graph('Gateways', 'short', [
      { expr: `count by (pod, remote_gateway_name) (${ofPods('nats_gatewayz_outbound_gateway_configured')})`, legend: '{{pod}} to {{remote_gateway_name}}' },
      { expr: `count by (pod, remote_gateway_name) (${ofPods('nats_gatewayz_inbound_gateway_configured')})`, legend: '{{pod}} from {{remote_gateway_name}}' },
    ]),
  ];
}
