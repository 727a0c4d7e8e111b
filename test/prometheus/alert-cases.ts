import { Series } from './harness/promtool';
import { certificate, consumerOn, container, growing, JOBS, metaOn, MIRROR, on, resource, series, SOURCE, steady, STREAM, streamOn, volume } from './healthy-series';
import { AlertName } from '../../src/monitoring/alerts/names';

/** What makes an alert fire, over the healthy series. */
export interface AlertCase {
  /** Which rules. @default - those of the app that declares everything but gateways */
  readonly rules?: 'full' | 'gateway' | 'single' | 'operator';
  readonly severity?: 'critical' | 'warning' | 'info';
  readonly broken: Series;
  /** Healthy series that are not there. */
  readonly without?: string[];
  /** By when it has to fire, in minutes. */
  readonly at: number;
  /** Whether it fires even when its servers are gone with all of their series. @default false */
  readonly whenGone?: boolean;
}

const pods = [0, 1, 2];
const all = (metric: string, value: string, labels = {}): Series => Object.fromEntries(pods.map((pod) => [on(pod, metric, labels), value]));
const gone = (...names: string[]): Series => Object.fromEntries(names.map((name) => [name, '0x5 stale']));
const allGone = (metric: string) => gone(...pods.map((pod) => on(pod, metric)));
/** Its leader becomes a follower, as all others are. */
const leaderless = (of: (pod: number, leader: string) => string) => ({
  broken: Object.fromEntries(pods.map((pod) => [of(pod, 'false'), steady(100)])), without: [of(0, 'true')],
});
const meta = (known: (pod: number) => string) => ({ broken: Object.fromEntries(pods.map((pod) => [metaOn(pod, 'false', known(pod)), steady(0)])), without: pods.map((pod) => metaOn(pod)) });
const tailed = (first: string, second: string) => `${first} ${second}`;
const lastSeq = (pod: number, leader?: string) => streamOn(pod, 'last_seq', STREAM, leader);

/** For each alert of the catalogue how it comes to fire. */
export const ALERT_CASES: { [alert in AlertName]: AlertCase[] } = {
  NatsServerDown: [{ broken: gone(on(0, 'nats_connz_limit')), at: 20 }],
  NatsExporterDown: [{ broken: { [on(0, 'up')]: steady(0) }, at: 20 }],
  NatsServersMissing: [
    { broken: gone(on(0, 'nats_connz_limit')), at: 20, whenGone: true },
    { broken: {}, without: pods.map((pod) => on(pod, 'nats_connz_limit')), at: 20, whenGone: true },
  ],
  NatsQuorumLost: [{ broken: gone(on(0, 'nats_connz_limit'), on(1, 'nats_connz_limit')), at: 20, whenGone: true }],
  NatsAllServersDown: [{ rules: 'single', broken: allGone('nats_connz_limit'), at: 20, whenGone: true }],
  NatsTargetsAbsent: [{ broken: allGone('up'), at: 20, whenGone: true }],
  NatsServerUnhealthy: [
    { severity: 'warning', broken: { [on(1, 'nats_healthz_status')]: steady(1) }, at: 15 },
    { severity: 'critical', broken: { [on(1, 'nats_healthz_status')]: steady(1) }, at: 40 },
  ],
  NatsServerStarted: [{ broken: { [on(1, 'nats_varz_start')]: tailed('-3600000x9', '600000x500') }, at: 15 }],
  NatsSlowConsumers: [{ broken: { [on(1, 'nats_varz_slow_consumers')]: tailed('0x12', '1x500') }, at: 15 }],
  NatsSlowRouteOrGateway: ['routes', 'gateways', 'leafs'].map((kind) => ({ broken: { [on(1, `nats_varz_slow_consumer_stats_${kind}`)]: tailed('0x12', '1x500') }, at: 15 })),
  NatsSlowConsumersByAccount: [{ broken: { [on(1, 'nats_accstatz_slow_consumers', { account: 'ORDERS' })]: tailed('0x12', '1x500') }, at: 15 }],
  NatsStalledProducers: [{ broken: { [on(1, 'nats_varz_stalled_clients')]: growing(0, 50) }, at: 20 }],
  NatsConnectionsHigh: [{ broken: { [on(1, 'nats_varz_connections')]: steady(95) }, at: 20 }],
  NatsAccountConnectionsHigh: [
    { broken: { [on(1, 'nats_accstatz_current_connections', { account: 'ORDERS' })]: steady(75) }, at: 20 },
    // The limit that a JWT has.
    {
      rules: 'operator',
      broken: { [on(1, 'nats_accstatz_current_connections', { account: 'ORDERS' })]: steady(75), ...all('nats_accountz_limit_conn', steady(100), { account: 'ORDERS' }) },
      at: 20,
    },
  ],
  NatsCpuHigh: [{ broken: { [on(1, 'nats_varz_cpu')]: steady(190) }, at: 20 }],
  NatsVersionSkew: [{ broken: { [on(1, 'nats_varz_version', { value: '2.15.2' })]: steady(1) }, without: [on(1, 'nats_varz_version', { value: '2.14.2' })], at: 70 }],
  NatsConfigReloadIncomplete: [{
    broken: { [on(0, 'nats_varz_config_load_time')]: tailed('-3600000x5', '300000x500'), [on(1, 'nats_varz_config_load_time')]: tailed('-3600000x5', '300000x500') }, at: 30,
  }],
  NatsPeersMissing: [{ broken: { [on(1, 'nats_varz_remotes')]: steady(1) }, at: 20 }],
  NatsGatewayMissing: [{
    rules: 'gateway',
    broken: Object.fromEntries([0, 1].map((pod) => [on(pod, 'nats_gatewayz_outbound_gateway_configured', { remote_gateway_name: 'west', cid: `${pod}` }), steady(1)])),
    at: 20,
    whenGone: true,
  }],
  NatsGatewayInboundMissing: [
    { rules: 'gateway', broken: { [on(0, 'nats_gatewayz_inbound_gateway_configured', { remote_gateway_name: 'west', cid: '1' })]: steady(1) }, at: 20, whenGone: true },
    { rules: 'gateway', broken: {}, at: 20, whenGone: true },
  ],
  NatsLeafNodesMissing: [{ broken: { [on(1, 'nats_leafz_conn_nodes_total')]: steady(0) }, at: 20, whenGone: true }],
  NatsJetStreamDisabled: [{ broken: { [metaOn(1)]: steady(1) }, at: 20 }],
  NatsNoFaultTolerance: [{ broken: gone(metaOn(1)), at: 20, whenGone: true }],
  NatsMetaLeaderMissing: [
    { ...meta(() => ''), at: 20 },
    { ...meta(() => ''), rules: 'gateway', at: 20 },
  ],
  NatsMetaLeaderAmbiguous: [{ broken: { [metaOn(1, 'true')]: steady(0) }, without: [metaOn(1)], at: 20 }],
  NatsMetaUnknownOnServer: [{ broken: { [metaOn(1, 'false', '')]: steady(0) }, without: [metaOn(1)], at: 20 }],
  NatsMetaLeaderFlapping: [{
    broken: {
      [metaOn(0)]: `${'0 _ _ '.repeat(40)}`,
      [metaOn(1, 'true')]: `${'_ 0 _ '.repeat(40)}`,
      [metaOn(2, 'true')]: `${'_ _ 0 '.repeat(40)}`,
    },
    without: [metaOn(1), metaOn(2)],
    at: 60,
  }],
  NatsMetaPeerDrift: [{ broken: all('nats_varz_jetstream_meta_cluster_size', steady(5)), at: 60 }],
  NatsMetaBacklog: [{ broken: { [on(0, 'nats_varz_jetstream_meta_pending_requests')]: steady(200) }, at: 20 }],
  NatsApiErrors: [{ broken: { [on(0, 'nats_varz_jetstream_stats_api_errors')]: growing(0, 10) }, at: 30 }],
  NatsHaAssetsHigh: [{ broken: { [on(0, 'nats_varz_jetstream_stats_ha_assets')]: steady(2000) }, at: 70 }],
  NatsStorageHigh: [
    { severity: 'warning', broken: { [on(0, 'nats_varz_jetstream_stats_storage')]: steady(850) }, at: 20 },
    { severity: 'critical', broken: { [on(0, 'nats_varz_jetstream_stats_storage')]: steady(950) }, at: 20 },
  ],
  NatsStorageFillingUp: [{ broken: { [on(0, 'nats_varz_jetstream_stats_storage')]: growing(100, 1) }, at: 180 }],
  NatsStorageOverReserved: [{ broken: { [on(0, 'nats_varz_jetstream_stats_reserved_storage')]: steady(950) }, at: 70 }],
  NatsMemoryStoreHigh: [{ broken: { [on(0, 'nats_varz_jetstream_stats_memory')]: steady(850) }, at: 20 }],
  NatsAccountStorageHigh: [{ broken: all('nats_account_storage_used', steady(900), { account: 'ORDERS' }), at: 20 }],
  NatsAccountMemoryHigh: [{ broken: all('nats_account_memory_used', steady(900), { account: 'ORDERS' }), at: 20 }],
  NatsVolumeFilling: [
    { severity: 'warning', broken: { [volume('used_bytes')]: steady(90) }, at: 20 },
    { severity: 'critical', broken: { [volume('used_bytes')]: steady(96) }, at: 20 },
  ],
  NatsVolumeInodesFilling: [
    { severity: 'warning', broken: { [volume('inodes_used')]: steady(90) }, at: 20 },
    { severity: 'critical', broken: { [volume('inodes_used')]: steady(96) }, at: 20 },
  ],
  NatsStreamAbsent: [{ broken: gone(...pods.map((pod) => lastSeq(pod))), at: 20 }],
  NatsStreamNoLeader: [{ ...leaderless(lastSeq), at: 20 }],
  NatsStreamReplicaMissing: [
    { broken: gone(lastSeq(1)), at: 30, whenGone: true },
    // One that the app does not describe.
    { broken: Object.fromEntries([0, 1].map((pod) => [streamOn(pod, 'last_seq', { account: 'ORDERS', stream_name: 'unknown' }), steady(1)])), at: 30 },
  ],
  NatsStreamReplicaLagging: [{ broken: { [lastSeq(0)]: growing(100_000, 1), [lastSeq(1)]: growing(100_000, 1) }, at: 20 }],
  NatsMirrorStalled: [70e9, -1].map((silence) => ({ broken: { [streamOn(0, 'mirror_active_duration_ns', MIRROR)]: steady(silence) }, at: 20 })),
  NatsMirrorLagging: [{ broken: { [streamOn(0, 'mirror_lag', MIRROR)]: steady(5000) }, at: 20 }],
  NatsSourceStalled: [70e9, -1].map((silence) => ({ broken: { [streamOn(0, 'source_active_duration_ns', SOURCE)]: steady(silence) }, at: 20 })),
  NatsSourceLagging: [{ broken: { [streamOn(0, 'source_lag', SOURCE)]: steady(5000) }, at: 20 }],
  NatsStreamNearByteLimit: [{ broken: { [streamOn(0, 'total_bytes', JOBS)]: steady(95) }, at: 30 }],
  NatsStreamNearMessageLimit: [{ broken: { [streamOn(0, 'total_messages', JOBS)]: steady(95) }, at: 30 }],
  NatsConsumerAbsent: [{ broken: gone(...pods.map((pod) => consumerOn(pod, 'num_pending'))), at: 20 }],
  NatsConsumerNoLeader: [{ ...leaderless((pod, leader) => consumerOn(pod, 'num_pending', leader)), at: 20 }],
  NatsConsumerPendingHigh: [{ broken: { [consumerOn(0, 'num_pending')]: steady(20_000) }, at: 30 }],
  NatsConsumerPendingGrowing: [{ broken: { [consumerOn(0, 'num_pending')]: growing(200, 10) }, at: 90 }],
  NatsConsumerStuck: [{
    broken: { [consumerOn(0, 'num_pending')]: steady(5), ...Object.fromEntries(pods.map((pod) => [consumerOn(pod, 'delivered_stream_seq'), steady(100)])) }, at: 40,
  }],
  NatsConsumerNoPullers: [{ broken: { [consumerOn(0, 'num_pending')]: steady(200), [consumerOn(0, 'num_waiting')]: steady(0) }, at: 40 }],
  NatsConsumerAckStalled: [{ broken: Object.fromEntries(pods.map((pod) => [consumerOn(pod, 'ack_floor_stream_seq'), steady(100)])), at: 40 }],
  NatsConsumerAckPendingNearMax: [{ broken: { [consumerOn(0, 'num_ack_pending')]: steady(950) }, at: 40 }],
  NatsConsumerRedelivering: [{ broken: { [consumerOn(0, 'num_redelivered')]: steady(200) }, at: 40 }],
  NatsPodRestarting: [{ broken: { [container(1, 'kube_pod_container_status_restarts_total')]: growing(1, 1) }, at: 30 }],
  NatsOomKilled: [{
    broken: {
      [container(1, 'kube_pod_container_status_last_terminated_reason', { reason: 'OOMKilled' })]: steady(1),
      [container(1, 'kube_pod_container_status_restarts_total')]: tailed('1x5', '2x500'),
    },
    at: 20,
  }],
  NatsMemoryNearLimit: [{ broken: { [container(1, 'container_memory_working_set_bytes')]: steady(95) }, at: 30 }],
  NatsCpuThrottled: [{ broken: { [container(1, 'container_cpu_cfs_throttled_periods_total')]: growing(0, 300) }, at: 30 }],
  NatsStatefulSetNotReady: [{ broken: { [series('kube_statefulset_status_replicas_ready', { namespace: 'messaging', statefulset: 'nats' })]: steady(2) }, at: 30 }],
  NatsPdbBlocked: [{ broken: { [series('kube_poddisruptionbudget_status_pod_disruptions_allowed', { namespace: 'messaging', poddisruptionbudget: 'nats' })]: steady(0) }, at: 60 }],
  NatsCertExpiring: [
    { severity: 'warning', broken: { [certificate('expiration_timestamp_seconds')]: steady(10 * 86_400) }, at: 90 },
    { severity: 'critical', broken: { [certificate('expiration_timestamp_seconds')]: steady(2 * 86_400) }, at: 90 },
  ],
  NatsCertNotReady: [{ broken: { [certificate('ready_status', { condition: 'True' })]: steady(0) }, at: 30 }],
  NatsCertRenewalOverdue: [{ broken: { [certificate('renewal_timestamp_seconds')]: steady(-7200) }, at: 90 }],
  NackResourceNotReady: [{ broken: { [series('nack_resource_info', resource('Stream', 'orders', 'messaging', { ready: 'False' }))]: steady(1) }, at: 30 }],
  NackReconcileErrors: [
    { broken: { [series('controller_runtime_reconcile_errors_total', { job: 'messaging/nack', controller: 'stream' })]: growing(0, 1) }, at: 60 },
    // As seldom as it tries at last.
    { broken: { [series('controller_runtime_reconcile_errors_total', { job: 'messaging/nack', controller: 'stream' })]: Array.from({ length: 8 }, (_, error) => `${error}x16`).join(' ') }, at: 120 },
  ],
  FluxNotReady: [{ broken: { [series('gotk_resource_info', resource('Kustomization', 'nats', 'flux-system', { ready: 'False', suspended: 'false' }))]: steady(1) }, at: 30 }],
};
