import { Duration, Size } from 'cdk8s';
import { ConfigChange } from './harness/change-config';
import { ACCOUNT_JWTS, OPERATOR_JWTS } from './operator-jwts';
import { ConfBlock } from '../../src/nats/conf/conf-value';

/** Changes of one configuration, by what the table of reloadable options says of them. */
export interface ReloadSamples {
  readonly base: ConfBlock;
  /** A reload is enough. */
  readonly reloaded: readonly ConfigChange[];
  /** The servers must restart: each of them refuses the reload, or dies of it. */
  readonly restarted: readonly ConfigChange[];
  /** By the reason why the table asks for a restart although a version accepts the reload. */
  readonly heldBack: { readonly [reason: string]: readonly ConfigChange[] };
}

const tls = { cert_file: 'cert.pem', key_file: 'key.pem', ca_file: 'cert.pem' };
const nobody = 'nats://127.0.0.1:1';
const nobodyElse = 'nats://127.0.0.1:2';
const userKey = 'UAFQD7PBW7RRTY5YT7OZYYG25FAST2SCDSFCNIGOIEOUMPKRRXL2B2ZK';
const accountKey = 'ADIVN7NNUB5V5Z5GQ3GVN72B2P2B4N4V2RYFREBKJ5CPKN26REOFERQ3';
const fingerprints = ['9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'];
const listener = { host: '127.0.0.1', port: -1 };
const shop = { user: 'shop', password: 'secret' };

const bare: ReloadSamples = {
  base: { ...listener, http_port: -1 },
  reloaded: [
    { 'authorization.token': 'secret' },
    { 'authorization.users': [shop] },
    { 'accounts.$SYS.users': [shop] },
    { 'accounts.ORDERS.users': [shop] },
    { server_metadata: { team: 'orders' } },
    { mappings: { 'a.*': 'b.$1' } },
  ],
  restarted: [
    { cluster: listener },
    { leafnodes: listener },
    { proxies: { trusted: [] } },
    { 'accounts.SYS.users': [shop], 'system_account': 'SYS' },
    { websocket: { ...listener, no_tls: true } },
  ],
  heldBack: {
    'connections that are there stay in clear': [{ tls }],
    'JetStream needs its volume': [{ 'jetstream.store_dir': 'data' }],
  },
};

const clustered: ReloadSamples = {
  base: {
    ...bare.base,
    server_name: 'nats-0',
    accounts: { ORDERS: { users: [shop], exports: [{ service: 'orders.get' }] } },
    cluster: { ...listener, name: 'here', routes: [nobody] },
    jetstream: { store_dir: 'data', max_file_store: Size.mebibytes(64), limits: { max_ha_assets: 100 } },
  },
  reloaded: [],
  restarted: [
    { 'cluster.accounts': ['BILLING'], 'accounts.BILLING.users': [{ nkey: userKey }] },
  ],
  heldBack: {
    'refused when the account comes with the same change': [{ 'cluster.accounts': ['ORDERS'] }],
    'JetStream keeps the name with which it started': [{ 'cluster.name': 'there' }],
    'refused before 2.15': [{ jetstream: undefined }, { 'jetstream.limits.max_ha_assets': 50 }],
    'the imported service is not there before the next reload': [
      { 'accounts.BILLING': { users: [{ nkey: userKey }], imports: [{ service: { account: 'ORDERS', subject: 'orders.get' } }] } },
    ],
  },
};

const resolved: ReloadSamples = {
  base: { ...bare.base, operator: OPERATOR_JWTS.operator, resolver: 'MEMORY', resolver_preload: ACCOUNT_JWTS[0] },
  reloaded: [
    { resolver_preload: ACCOUNT_JWTS[1] },
    { resolver_tls: { ca_file: 'cert.pem' } },
    { resolver_tls: { ca_file: 'renewed.pem', cert_file: 'renewed.pem', key_file: 'renewed-key.pem' } },
  ],
  restarted: [{ operator: OPERATOR_JWTS.otherOperator, resolver_preload: undefined }],
  heldBack: {
    'connections that are there were let in under the former rules': [{ resolver_pinned_accounts: [Object.keys(ACCOUNT_JWTS[0])[0]] }],
  },
};

/** Every listener, in accounts, in a cluster and a super cluster whose other servers are not there. */
const everything: ReloadSamples = {
  base: {
    ...bare.base,
    server_name: 'nats-0',
    server_tags: ['zone:a'],
    system_account: 'SYS',
    tls,
    accounts: {
      SYS: { users: [{ user: 'sys', password: 'secret' }] },
      ORDERS: { jetstream: true, users: [shop], exports: [{ stream: 'events.>' }] },
    },
    authorization: { timeout: 3 },
    cluster: { ...listener, name: 'here', routes: [nobody], tls, authorization: { user: 'route', password: 'secret' } },
    gateway: { ...listener, name: 'here', tls, gateways: [{ name: 'there', url: nobody, tls }] },
    jetstream: { store_dir: 'data', max_memory_store: Size.mebibytes(64), max_file_store: Size.mebibytes(64) },
    leafnodes: { ...listener, tls, remotes: [{ url: nobody, account: 'ORDERS', tls }] },
    mqtt: { ...listener, tls },
    proxies: { trusted: [] },
    websocket: { ...listener, tls },
  },
  reloaded: [
    { 'accounts.BILLING': { jetstream: { max_streams: 2 }, users: [{ nkey: userKey }], imports: [{ stream: { account: 'ORDERS', subject: 'events.>' } }] } },
    { 'accounts.ORDERS': { jetstream: false, users: [{ user: 'shop', password: 'another' }] } },
    { 'accounts.ORDERS.limits': { max_connections: 5 }, 'accounts.ORDERS.mappings': { a: 'b' } },
    { 'accounts.ORDERS.default_permissions': { publish: { deny: ['>'] } } },
    { 'authorization.users': [{ user: 'all', password: 'secret', permissions: { subscribe: { allow: ['orders.>'] } } }] },
    { 'authorization.timeout': 5, 'authorization.default_permissions': { publish: { deny: ['>'] } } },
    { authorization: undefined },
    { client_advertise: 'nats.example.com:4222' },
    { 'cluster.advertise': 'nats-0.example.com:6222' },
    { 'cluster.authorization': { user: 'route', password: 'another', timeout: 5 } },
    { 'cluster.authorization': undefined },
    { 'cluster.compression': 's2_fast' },
    { 'cluster.connect_backoff': true },
    { 'cluster.connect_retries': 10 },
    { 'cluster.no_advertise': true },
    { 'cluster.permissions': { import: { allow: ['orders.>'] }, export: { deny: ['secret.>'] } } },
    { 'cluster.ping_interval': Duration.seconds(20) },
    { 'cluster.ping_max': 4 },
    { 'cluster.pool_size': 5 },
    { 'cluster.routes': [nobody, nobodyElse] },
    ...certificates('cluster.tls'),
    { 'cluster.tls.pinned_certs': fingerprints },
    { 'cluster.tls.timeout': 5 },
    { connect_error_reports: 10 },
    { debug: true },
    ...certificates('gateway.gateways.*.tls'),
    ...certificates('gateway.tls'),
    { 'jetstream.meta_compact': 100 },
    { 'jetstream.meta_compact_size': Size.mebibytes(1) },
    { 'jetstream.meta_compact_sync': true },
    { 'leafnodes.compression': 's2_fast' },
    { 'leafnodes.remotes.*.compression': 's2_best' },
    { 'leafnodes.remotes.*.disabled': true },
    ...certificates('leafnodes.remotes.*.tls'),
    { 'leafnodes.remotes.*.tls.handshake_first': true },
    ...certificates('leafnodes.tls'),
    { 'leafnodes.tls.handshake_first': true },
    { log_file: 'nats.log' },
    { logtime: false },
    { logtime_utc: true },
    { mappings: { a: 'b' } },
    { max_connections: 100 },
    { max_control_line: Size.kibibytes(8) },
    { max_payload: Size.mebibytes(2) },
    { max_traced_msg_len: 100 },
    { 'mqtt.ack_wait': Duration.seconds(10) },
    { 'mqtt.consumer_inactive_threshold': Duration.minutes(10) },
    { 'mqtt.consumer_memory_storage': true },
    { 'mqtt.max_ack_pending': 50 },
    { 'mqtt.stream_replicas': 1 },
    ...certificates('mqtt.tls'),
    { no_fast_producer_stall: true },
    { ocsp: false },
    { ocsp_cache: { type: 'local', local_store: 'ocsp' } },
    { pid_file: 'nats.pid' },
    { ping_interval: Duration.seconds(30) },
    { ping_max: 5 },
    { ports_file_dir: '.' },
    { prof_block_rate: 1000 },
    { 'proxies.trusted': [{ key: userKey }] },
    { reconnect_error_reports: 10 },
    { server_metadata: { team: 'orders' } },
    { server_tags: ['zone:b', 'ssd'] },
    { syslog: true, remote_syslog: 'udp://127.0.0.1:9' },
    ...certificates('tls'),
    { 'tls.handshake_first': true },
    { 'tls.timeout': 5 },
    { trace: true },
    { trace_headers: true },
    { trace_verbose: true },
    ...certificates('websocket.tls'),
  ],
  restarted: [
    { allow_non_tls: true },
    { 'authorization.auth_callout': { issuer: accountKey, auth_users: ['shop'], account: 'ORDERS' } },
    { 'authorization.proxy_required': true },
    { cluster: undefined },
    { 'cluster.port': 17222 },
    { 'default_js_domain': { ORDERS: 'hub' }, 'accounts.ORDERS.jetstream': false },
    { disable_sublist_cache: true },
    { gateway: undefined },
    { 'gateway.advertise': 'gateway.example.com:7222' },
    { 'gateway.connect_retries': 5 },
    { 'gateway.gateways': [] },
    { 'gateway.reject_unknown_cluster': true },
    { 'gateway.tls.timeout': 5 },
    { host: 'localhost' },
    { http_base_path: '/nats' },
    { http_port: undefined },
    { 'jetstream.domain': 'hub' },
    { 'jetstream.max_buffered_msgs': 10 },
    { 'jetstream.max_file_store': Size.mebibytes(32) },
    { 'jetstream.max_file_store': undefined },
    { 'jetstream.max_memory_store': Size.mebibytes(32) },
    { 'jetstream.max_outstanding_catchup': Size.mebibytes(1) },
    { 'jetstream.request_queue_limit': 10 },
    { 'jetstream.store_dir': 'elsewhere' },
    { 'jetstream.strict': false },
    { 'jetstream.sync_interval': Duration.minutes(1) },
    { 'jetstream.unique_tag': 'zone' },
    { lame_duck_duration: Duration.minutes(1) },
    { lame_duck_grace_period: Duration.seconds(5) },
    { leafnodes: undefined },
    { 'leafnodes.advertise': 'leaf.example.com:7422' },
    { 'leafnodes.authorization': { user: 'leaf', password: 'secret' } },
    { 'leafnodes.isolate_leafnode_interest': true },
    { 'leafnodes.min_version': '2.10.0' },
    { 'leafnodes.reconnect': Duration.seconds(5) },
    { 'leafnodes.remotes.*.hub': true },
    { 'leafnodes.tls.pinned_certs': fingerprints },
    { 'leafnodes.write_deadline': Duration.seconds(5) },
    { log_max_num: 3 },
    { log_size_limit: Size.mebibytes(1) },
    { max_closed_clients: 10 },
    { max_pending: Size.mebibytes(32) },
    { max_sub_tokens: 10 },
    { max_subscriptions: 10 },
    { mqtt: undefined },
    { 'mqtt.js_api_timeout': Duration.seconds(10) },
    { 'mqtt.reject_qos2_publish': true },
    { 'mqtt.tls.pinned_certs': fingerprints },
    { no_auth_user: 'shop' },
    { no_header_support: true },
    { port: 17223 },
    { prof_port: -1 },
    { proxies: undefined },
    { proxy_protocol: true },
    { server_name: 'nats-1' },
    { 'system_account': 'ORDERS', 'accounts.ORDERS.jetstream': false },
    { 'tls.connection_rate_limit': 100 },
    { 'tls.verify_and_map': true },
    { websocket: undefined },
    { 'websocket.allowed_origins': ['https://example.com'] },
    { 'websocket.compression': true },
    { 'websocket.handshake_timeout': Duration.seconds(5) },
    { 'websocket.no_auth_user': 'shop' },
    { 'websocket.tls.pinned_certs': fingerprints },
    { write_timeout: 'close' },
  ],
  heldBack: {
    'connections that are there keep what they began with': [
      { write_deadline: Duration.seconds(5) },
      { 'cluster.write_deadline': Duration.seconds(5) },
      { 'cluster.write_timeout': 'close' },
    ],
    'connections that are there were let in under the former rules': [
      { tls: undefined },
      { 'tls.ca_file': 'renewed.pem' },
      { 'tls.cipher_suites': ['TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256'] },
      { 'tls.curve_preferences': ['X25519'] },
      { 'tls.min_version': '1.3' },
      { 'tls.pinned_certs': fingerprints },
      { 'tls.verify': true },
      { 'cluster.tls': undefined },
      { 'cluster.tls.ca_file': 'renewed.pem' },
      { 'cluster.tls.min_version': '1.3' },
      { 'gateway.tls.ca_file': 'renewed.pem' },
      { 'leafnodes.tls.ca_file': 'renewed.pem' },
      { 'leafnodes.tls.verify': true },
      { 'mqtt.tls.ca_file': 'renewed.pem' },
      { 'websocket.tls.ca_file': 'renewed.pem' },
    ],
    'refused before 2.14, and then accepted only upwards': [
      { 'jetstream.max_file_store': Size.mebibytes(128) },
      { 'jetstream.max_memory_store': Size.mebibytes(128) },
    ],
    'refused by 2.12, which dies when a remote goes': [
      { 'leafnodes.remotes': [{ url: nobody, account: 'ORDERS', tls }, { url: nobodyElse, account: 'ORDERS', tls }] },
      { 'leafnodes.remotes': [] },
    ],
    'refused since 2.14, not applied before': [{ 'leafnodes.remotes.*.deny_imports': ['secret.>'] }],
  },
};

export const samples: readonly (readonly [name: string, samples: ReloadSamples])[] = [
  ['a bare server', bare],
  ['a server of a cluster', clustered],
  ['a server in operator mode', resolved],
  ['a server with everything', everything],
];

/** The certificate at other paths: a pair of files, or a list with the pair. */
function certificates(block: string): ConfigChange[] {
  const pair = { cert_file: 'renewed.pem', key_file: 'renewed-key.pem' };
  return [
    { [`${block}.cert_file`]: pair.cert_file, [`${block}.key_file`]: pair.key_file },
    { [`${block}.cert_file`]: undefined, [`${block}.key_file`]: undefined, [`${block}.certs`]: [pair] },
  ];
}
