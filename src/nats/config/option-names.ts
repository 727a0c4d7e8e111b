/**
 * Names of nats-server's options.
 * @see https://docs.nats.io/running-a-nats-service/configuration
 */

/** Options of a block `tls`, by what they are called in `NatsTls`. */
const tlsProps: { [option: string]: string } = {
  cert_file: 'certKey',
  key_file: 'keyKey',
  ca_file: 'ca',
  verify: 'verify',
  verify_and_map: 'verifyAndMap',
  verify_cert_and_check_known_urls: 'verifyCertAndCheckKnownUrls',
  timeout: 'timeout',
  min_version: 'minVersion',
  cipher_suites: 'cipherSuites',
  allow_insecure_cipher_suites: 'allowInsecureCipherSuites',
  curve_preferences: 'curvePreferences',
  handshake_first: 'handshakeFirst',
  pinned_certs: 'pinnedCertificates',
  connection_rate_limit: 'connectionRateLimit',
  ocsp_peer: 'ocspPeer',
};

/** The options of a listener's TLS, with their props. */
function tlsOptions(block: string, prop: string): { [option: string]: string } {
  return Object.fromEntries(Object.entries(tlsProps).map(([option, name]) => [`${block}.${option}`, `${prop}.${name}`]));
}

/** Other spellings that the server takes, by the canonical one. */
const aliases: { [canonical: string]: string[] } = {
  'host': ['net'],
  'max_connections': ['max_conn'],
  'max_subscriptions': ['max_subs'],
  'max_sub_tokens': ['max_subscription_tokens'],
  'log_file': ['logfile'],
  'log_size_limit': ['logfile_size_limit'],
  'log_max_num': ['logfile_max_num'],
  'pid_file': ['pidfile'],
  'http_port': ['monitor_port'],
  'disable_sublist_cache': ['no_sublist_cache'],
  'store_dir': ['storedir'],
  'system_account': ['system'],
  'no_system_account': ['no_system', 'no_sys_acc'],
  'mappings': ['maps'],
  'operator': ['operators', 'root', 'roots', 'root_operator', 'root_operators'],
  'resolver': ['resolvers', 'account_resolver', 'account_resolvers'],
  'trusted_keys': ['trusted'],
  'websocket': ['ws'],
  'leafnodes': ['leaf'],
  'authorization.user': ['authorization.username'],
  'authorization.password': ['authorization.pass'],
  'authorization.permissions': ['authorization.permission', 'authorization.default_permission', 'authorization.default_permissions'],
  'authorization.auth_callout': ['authorization.auth_hook'],
  'cluster.host': ['cluster.net'],
  'cluster.advertise': ['cluster.cluster_advertise'],
  'tls.handshake_first': ['tls.first', 'tls.immediate'],
  'jetstream.enabled': ['jetstream.enable'],
  'jetstream.store_dir': ['jetstream.store', 'jetstream.storedir'],
  'jetstream.max_memory_store': ['jetstream.max_mem_store', 'jetstream.max_mem'],
  'jetstream.max_file_store': ['jetstream.max_file'],
  'jetstream.sync_interval': ['jetstream.sync'],
  'jetstream.encryption_key': ['jetstream.key', 'jetstream.ek'],
  'jetstream.prev_encryption_key': ['jetstream.prev_key', 'jetstream.prev_ek'],
};

/** The canonical name by each other spelling. */
export const CANONICAL_OPTION: { [alias: string]: string } = Object.fromEntries(
  Object.entries(aliases).flatMap(([canonical, others]) => others.map((alias) => [alias, canonical])),
);

/** The prop by each option that a prop sets, whether or not this cluster sets it. */
export const PROP_OF_OPTION: { [option: string]: string } = {
  'listen': 'ports.client',
  'port': 'ports.client',
  'http': 'ports.monitor',
  'http_port': 'ports.monitor',
  'https': 'httpsMonitoring',
  'https_port': 'httpsMonitoring',
  'ocsp': 'ocspStapling',
  'server_name': 'serverNamePrefix',
  'server_tags': 'serverTags',
  'pid_file': 'reloader',
  'lame_duck_duration': 'lameDuck.duration',
  'lame_duck_grace_period': 'lameDuck.gracePeriod',
  'max_payload': 'limits.maxPayload',
  'max_connections': 'limits.maxConnections',
  'max_pending': 'limits.maxPending',
  'max_subscriptions': 'limits.maxSubscriptions',
  'max_sub_tokens': 'limits.maxSubscriptionTokens',
  'max_control_line': 'limits.maxControlLine',
  'ping_interval': 'limits.pingInterval',
  'ping_max': 'limits.maxPingsOut',
  'write_deadline': 'limits.writeDeadline',
  'debug': 'logging.debug',
  'trace': 'logging.trace',
  'logtime': 'logging.timestamps',
  'logtime_utc': 'logging.utc',
  'store_dir': 'jetStream.fileStore.directory',
  'authorization.token': 'auth',
  'authorization.user': 'auth',
  'authorization.password': 'auth',
  'authorization.users': 'auth',
  'cluster.name': 'clusterName',
  'cluster.listen': 'ports.cluster',
  'cluster.port': 'ports.cluster',
  'cluster.routes': 'replicas',
  'cluster.no_advertise': 'routes.advertise',
  ...tlsOptions('tls', 'tls'),
  ...tlsOptions('cluster.tls', 'routes.tls'),
  'jetstream.enabled': 'jetStream',
  'jetstream.store_dir': 'jetStream.fileStore.directory',
  'jetstream.max_file_store': 'jetStream.fileStore.maxSize',
  'jetstream.max_memory_store': 'jetStream.memoryStore.maxSize',
  'jetstream.domain': 'jetStream.domain',
  'jetstream.unique_tag': 'jetStream.uniqueTag',
  'jetstream.sync_interval': 'jetStream.syncInterval',
  'jetstream.max_outstanding_catchup': 'jetStream.maxOutstandingCatchup',
  'jetstream.encryption_key': 'jetStream.encryption.key',
  'jetstream.prev_encryption_key': 'jetStream.encryption.previousKey',
  'jetstream.cipher': 'jetStream.encryption.cipher',
  'jetstream.limits.max_ack_pending': 'jetStream.limits.maxAckPending',
  'jetstream.limits.max_ha_assets': 'jetStream.limits.maxHaAssets',
  'jetstream.limits.max_request_batch': 'jetStream.limits.maxRequestBatch',
  'jetstream.limits.duplicate_window': 'jetStream.limits.duplicateWindow',
};

/** Options whose value is a secret, at whatever depth they stand. */
export const SECRET_OPTIONS = new Set([
  'password', 'pass', 'token', 'encryption_key', 'key', 'ek', 'prev_encryption_key', 'prev_key', 'prev_ek', 'seed', 'encryption_password', 'srk_password',
]);
