import { Series } from './harness/promtool';

/** Values that stay the same for six hours and more. */
export const steady = (value: number | string) => `${value}x500`;
/** Values that grow with each scrape. */
export const growing = (from: number, step: number) => `${from}+${step}x500`;

interface Labels {
  readonly [label: string]: string;
}

/** A series of the cluster, on one server. */
export const on = (pod: number, metric: string, labels: Labels = {}) => series(metric, { job: 'messaging/nats', namespace: 'messaging', pod: `nats-${pod}`, ...labels });
/** A series that is no server's. */
export function series(metric: string, labels: Labels): string {
  return `${metric}{${Object.entries(labels).map(([label, value]) => `${label}="${value}"`).join(', ')}}`;
}

export const STREAM = { account: 'ORDERS', stream_name: 'orders' };
export const JOBS = { account: 'ORDERS', stream_name: 'jobs' };
export const CONSUMER = { ...STREAM, consumer_name: 'billing' };
export const MIRROR = { account: 'ORDERS', stream_name: 'archive', mirror_name: 'orders' };
export const SOURCE = { account: 'ORDERS', stream_name: 'copies', source_name: 'orders' };
export const container = (pod: number, metric: string, labels: Labels = {}) => series(metric, { namespace: 'messaging', pod: `nats-${pod}`, container: 'nats', ...labels });
export const volume = (metric: string) => series(`kubelet_volume_stats_${metric}`, { namespace: 'messaging', persistentvolumeclaim: 'nats-js-nats-0' });
export const certificate = (metric: string, labels: Labels = {}) => series(`certmanager_certificate_${metric}`, { exported_namespace: 'messaging', name: 'nats-tls', ...labels });
export const resource = (kind: string, name: string, namespace: string, labels: Labels) => ({
  customresource_kind: kind, name, exported_namespace: namespace, ...labels,
});

/** The value of a label that tells the leader: the first server is the leader of all. */
const leads = (pod: number) => pod === 0 ? 'true' : 'false';
export const streamOn = (pod: number, metric: string, stream: Labels = STREAM, leader: string = leads(pod)) => on(pod, `nats_stream_${metric}`, { ...stream, is_stream_leader: leader });
export const consumerOn = (pod: number, metric: string, leader: string = leads(pod)) => on(pod, `nats_consumer_${metric}`, { ...CONSUMER, is_consumer_leader: leader });
export const metaOn = (pod: number, leader: string = leads(pod), known: string = 'nats-0') => on(pod, 'nats_server_jetstream_disabled', { server_name: `nats-${pod}`, is_meta_leader: leader, meta_leader: known });

const HOUR_BEFORE = -3_600_000;

function ofServer(pod: number): Series {
  const values: { [metric: string]: number } = {
    up: 1,
    nats_connz_limit: 1024,
    nats_healthz_status: 0,
    nats_varz_start: HOUR_BEFORE,
    nats_varz_config_load_time: HOUR_BEFORE,
    nats_varz_slow_consumers: 0,
    nats_varz_slow_consumer_stats_routes: 0,
    nats_varz_slow_consumer_stats_gateways: 0,
    nats_varz_slow_consumer_stats_leafs: 0,
    nats_varz_stalled_clients: 0,
    nats_varz_connections: 10,
    nats_varz_max_connections: 100,
    nats_varz_cpu: 20,
    nats_varz_gomaxprocs: 2,
    nats_varz_remotes: 2,
    nats_leafz_conn_nodes_total: 1,
    nats_varz_jetstream_meta_cluster_size: 3,
    nats_varz_jetstream_meta_pending_requests: 0,
    nats_varz_jetstream_stats_api_errors: 0,
    nats_varz_jetstream_stats_ha_assets: 10,
    nats_varz_jetstream_config_max_storage: 1000,
    nats_varz_jetstream_stats_storage: 100,
    nats_varz_jetstream_stats_reserved_storage: 100,
    nats_varz_jetstream_config_max_memory: 1000,
    nats_varz_jetstream_stats_memory: 100,
  };
  return {
    ...Object.fromEntries(Object.entries(values).map(([metric, value]) => [on(pod, metric), steady(value)])),
    [on(pod, 'nats_varz_version', { value: '2.14.2' })]: steady(1),
    [on(pod, 'nats_accstatz_slow_consumers', { account: 'ORDERS' })]: steady(0),
    [on(pod, 'nats_accstatz_current_connections', { account: 'ORDERS' })]: steady(10),
    [on(pod, 'nats_accstatz_current_connections', { account: 'OTHERS' })]: steady(1000),
    [metaOn(pod)]: steady(0),
    [on(pod, 'nats_account_storage_used', { account: 'ORDERS' })]: steady(100),
    [on(pod, 'nats_account_max_storage', { account: 'ORDERS' })]: steady(1000),
    [on(pod, 'nats_account_memory_used', { account: 'ORDERS' })]: steady(100),
    [on(pod, 'nats_account_max_memory', { account: 'ORDERS' })]: steady(1000),
    // An account without a limit.
    [on(pod, 'nats_account_storage_used', { account: 'OTHERS' })]: steady(1000),
    [on(pod, 'nats_account_max_storage', { account: 'OTHERS' })]: steady(1.8446744073709552e19),
    ...Object.fromEntries([STREAM, JOBS, { account: 'ORDERS', stream_name: 'archive' }].flatMap((stream) => [
      [streamOn(pod, 'last_seq', stream), growing(100, 1)],
      [streamOn(pod, 'total_bytes', stream), steady(10)],
      [streamOn(pod, 'limit_bytes', stream), steady(stream === JOBS ? 100 : -1)],
      [streamOn(pod, 'total_messages', stream), steady(10)],
      [streamOn(pod, 'limit_messages', stream), steady(stream === JOBS ? 100 : -1)],
    ])),
    [consumerOn(pod, 'num_pending')]: steady(0),
    [consumerOn(pod, 'delivered_stream_seq')]: growing(100, 1),
    [consumerOn(pod, 'ack_floor_stream_seq')]: growing(100, 1),
    [consumerOn(pod, 'num_ack_pending')]: steady(pod === 0 ? 10 : 0),
    [consumerOn(pod, 'num_redelivered')]: steady(0),
    [consumerOn(pod, 'num_waiting')]: steady(pod === 0 ? 1 : 0),
    [container(pod, 'kube_pod_container_status_restarts_total')]: steady(1),
    [container(pod, 'container_memory_working_set_bytes')]: steady(10),
    [container(pod, 'kube_pod_container_resource_limits', { resource: 'memory' })]: steady(100),
    [container(pod, 'container_cpu_cfs_periods_total')]: growing(0, 600),
    [container(pod, 'container_cpu_cfs_throttled_periods_total')]: growing(0, 1),
  };
}

/** What Prometheus sees of the cluster while all is well. */
export const HEALTHY: Series = {
  ...ofServer(0),
  ...ofServer(1),
  ...ofServer(2),
  [streamOn(0, 'mirror_active_duration_ns', MIRROR)]: steady(1e9),
  [streamOn(0, 'mirror_lag', MIRROR)]: steady(0),
  [streamOn(0, 'source_active_duration_ns', SOURCE)]: steady(1e9),
  [streamOn(0, 'source_lag', SOURCE)]: steady(0),
  [series('kube_statefulset_status_replicas_ready', { namespace: 'messaging', statefulset: 'nats' })]: steady(3),
  [series('kube_statefulset_replicas', { namespace: 'messaging', statefulset: 'nats' })]: steady(3),
  [series('kube_poddisruptionbudget_status_pod_disruptions_allowed', { namespace: 'messaging', poddisruptionbudget: 'nats' })]: steady(1),
  [volume('used_bytes')]: steady(10),
  [volume('capacity_bytes')]: steady(100),
  [volume('inodes_used')]: steady(10),
  [volume('inodes')]: steady(100),
  [certificate('expiration_timestamp_seconds')]: steady(90 * 86_400),
  [certificate('renewal_timestamp_seconds')]: steady(60 * 86_400),
  [certificate('ready_status', { condition: 'True' })]: steady(1),
  [series('nack_resource_info', resource('Stream', 'orders', 'messaging', { ready: 'True' }))]: steady(1),
  // A consumer that came before its stream, after an hour.
  [series('controller_runtime_reconcile_errors_total', { job: 'messaging/nack', controller: 'consumer' })]: '0x60 5x440',
  [series('gotk_resource_info', resource('Kustomization', 'nats', 'flux-system', { ready: 'True', suspended: 'false' }))]: steady(1),
};
