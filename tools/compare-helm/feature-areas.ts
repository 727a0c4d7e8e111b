import { NatsClusterProps } from '../../src';

/** The path of a prop, such as `jetStream.fileStore.size`: the compiler refuses one that there is not. */
export type PropPath<T = NatsClusterProps, Depth extends unknown[] = []> = T extends string | number | boolean | readonly unknown[] ? never
  : Depth['length'] extends 3 ? never
    : { [K in keyof T & string]-?: K | `${K}.${PropPath<NonNullable<T[K]>, [...Depth, K]>}` }[keyof T & string];

/** A part of what the chart, or the nats-operator, can be told. */
export interface FeatureArea {
  /** The chart's values, or the fields of the operator's NatsCluster. */
  readonly values: string;
  readonly props?: PropPath[];
  /** What is to be said besides the props, or instead of them; required without props. */
  readonly note?: string;
}

const PATCH = 'a patch of the object, such as `nats.statefulSet.addJsonPatch(...)`';
const EVERY_TLS: PropPath[] = ['tls', 'routes.tls', 'gateway.tls', 'leafNodes.tls', 'webSocket.tls', 'mqtt.tls'];

/** The chart's values in the order of its own documentation, and what covers them here. */
export const FEATURE_AREAS: FeatureArea[] = [
  { values: 'global.image.registry', props: ['images.registry'] },
  { values: 'global.image.pullSecretNames', props: ['images.pullSecrets'] },
  { values: 'global.image.pullPolicy', note: '`pullPolicy` of each `ContainerImage`' },
  { values: 'global.labels', note: '`labels` of the cdk8s chart' },
  { values: 'nameOverride, fullnameOverride', props: ['name'] },
  { values: 'namespaceOverride', note: '`namespace` of the cdk8s chart, or of `NatsPlatform`' },
  { values: 'tlsCA.secretName, configMapName, key', note: '`ca` of each `NatsTls`: `NatsTlsCa.fromSecret`, `fromConfigMap`, or `fromPath` for a file of another volume' },
  { values: 'tlsCA.dir', note: 'a directory of the name of the Secret or ConfigMap' },
  { values: 'config.cluster.enabled', props: ['clustered'] },
  { values: 'config.cluster.replicas', props: ['replicas'] },
  { values: 'config.cluster.port', props: ['ports.cluster'] },
  { values: 'config.cluster.noAdvertise', props: ['routes.advertise'] },
  { values: 'config.cluster.routeURLs.useFQDN', props: ['routes.fullyQualified'] },
  { values: 'config.cluster.routeURLs.k8sClusterDomain', props: ['routes.clusterDomain'] },
  { values: 'config.cluster.routeURLs.user, password', props: ['routes.authorization'], note: 'the password is in a Secret' },
  { values: 'config.jetstream.enabled', props: ['jetStream'] },
  { values: 'config.jetstream.fileStore.enabled', note: '`jetStream` with a `memoryStore` alone has none' },
  { values: 'config.jetstream.fileStore.dir', props: ['jetStream.fileStore.directory'] },
  { values: 'config.jetstream.fileStore.maxSize', props: ['jetStream.fileStore.maxSize'] },
  { values: 'config.jetstream.fileStore.pvc.size', props: ['jetStream.fileStore.size'] },
  { values: 'config.jetstream.fileStore.pvc.storageClassName', props: ['jetStream.fileStore.storageClassName'] },
  { values: 'config.jetstream.fileStore.pvc.name', props: ['jetStream.fileStore.claimName'] },
  { values: 'config.jetstream.fileStore.pvc.enabled', note: 'a file store always has a volume: without one it would be lost with its container' },
  { values: 'config.jetstream.memoryStore', props: ['jetStream.memoryStore.maxSize'] },
  { values: 'config.nats.port', props: ['ports.client'] },
  { values: 'config.<listener>.tls.secretName, cert, key', props: EVERY_TLS, note: '`NatsTls.fromSecret`, or certificates that are made: `NatsTls.fromAuthority`' },
  { values: 'config.<listener>.tls.dir', note: 'a directory of the name of the Secret, or `NatsTls.fromFiles` for files of another volume' },
  { values: 'config.<listener>.tls.merge', note: 'options of `NatsTls`: verification, timeouts, versions, cipher suites, curves, pinned certificates, OCSP' },
  { values: 'config.leafnodes', props: ['leafNodes', 'ports.leafNodes'] },
  { values: 'config.websocket', props: ['webSocket', 'ports.webSocket'] },
  { values: 'config.websocket.ingress', props: ['webSocket.ingress', 'webSocket.httpRoute'] },
  { values: 'config.mqtt', props: ['mqtt', 'ports.mqtt'] },
  { values: 'config.gateway', props: ['gateway', 'ports.gateway', 'clusterName'] },
  { values: 'config.monitor.port', props: ['ports.monitor'] },
  { values: 'config.monitor.enabled', note: 'always on, because the probes ask it, and closed by the NetworkPolicy' },
  { values: 'config.monitor.tls', props: ['httpsMonitoring'] },
  { values: 'config.profiling', props: ['profiling', 'ports.profiling'] },
  { values: 'config.merge (authorization, accounts)', props: ['auth', 'accounts', 'authOptions', 'mappings'], note: 'users and accounts are checked beside each other; passwords are in Secrets' },
  { values: 'config.resolver', props: ['auth'], note: '`NatsAuth.operator` with a `NatsResolver`, which has directory, size and storage class' },
  { values: 'config.resolver.pvc.name', note: 'the name of the cluster, and `-resolver`' },
  { values: 'config.serverNamePrefix', props: ['serverNamePrefix'] },
  { values: 'config.merge, config.patch', props: ['extraConfig'], note: 'with `NatsVariable`, `NatsInclude` and `SecretKey`; what has a prop is set by the prop' },
  { values: 'container.image', props: ['images.server'], note: '`ContainerImage` with registry, tag or digest' },
  { values: 'container.ports.<port>.hostPort', props: ['pod.hostPorts'] },
  { values: 'container.env', props: ['pod.env'] },
  { values: 'container.resources', props: ['resources'], note: 'GOMEMLIMIT follows' },
  { values: 'reloader.enabled', props: ['reloader.enabled'] },
  { values: 'reloader.image', props: ['images.reloader'] },
  { values: 'reloader.natsVolumeMountPrefixes', note: 'the reloader watches, and therefore mounts, nats.conf, what it includes, and all certificates' },
  { values: 'promExporter.enabled, image, port', props: ['exporter', 'images.exporter', 'ports.exporter'] },
  { values: 'promExporter.monitorDomain', note: 'the exporter asks localhost' },
  { values: 'promExporter.podMonitor', note: '`NatsScraping` makes a PodMonitor or a ServiceMonitor, with interval, timeout, labels and relabelings' },
  { values: 'service (labels, annotations)', props: ['service.labels', 'service.annotations'] },
  { values: 'service.enabled', note: 'always on' },
  { values: 'service.ports', props: ['service.ports'] },
  { values: 'service.merge.spec (type, ...)', props: ['service.type', 'service.sourceRanges', 'service.loadBalancerClass', 'service.externalTrafficPolicy', 'external'] },
  { values: 'headlessService', note: 'always on; the servers need it' },
  { values: 'podTemplate.configChecksumAnnotation', note: 'always on, and only for changes that a reload cannot apply' },
  { values: 'podTemplate.topologySpreadConstraints', props: ['pod.spreadOverNodes', 'pod.spreadOverZones'] },
  {
    values: 'podTemplate.merge (nodeSelector, tolerations, affinity, ...)',
    props: ['pod.nodeSelector', 'pod.tolerations', 'pod.affinity', 'pod.priorityClassName', 'pod.labels', 'pod.annotations', 'pod.volumes', 'pod.userId', 'pod.terminationGracePeriod'],
  },
  { values: 'container.merge (probes)', props: ['probes'] },
  { values: 'statefulSet.merge (updateStrategy, minReadySeconds)', props: ['update'] },
  { values: 'configMap.merge (more files)', note: '`PodVolume.fromConfigMap` in `pod.volumes`' },
  { values: 'podDisruptionBudget', note: 'always on' },
  { values: 'serviceAccount', note: 'always on, without a token' },
  { values: 'natsBox.enabled', props: ['natsBox'] },
  { values: 'natsBox.container.image', props: ['images.natsBox'] },
  { values: 'natsBox.container.image.resources', props: ['natsBox.resources'] },
  { values: 'natsBox.contexts (creds, nkey, tls, user, password, token)', props: ['natsBox.user', 'natsBox.certificate', 'natsBox.contexts'], note: 'from Secrets' },
  { values: 'natsBox.defaultContextName', props: ['natsBox.defaultContext'] },
  { values: 'merge and patch of any other object', note: PATCH },
  { values: 'extraResources, $tplYaml', note: 'any other construct, and TypeScript' },
];

/** The fields of the nats-operator's NatsCluster that concern the servers, in the order of its Go type. */
export const OPERATOR_FIELDS: FeatureArea[] = [
  { values: 'size', props: ['replicas'] },
  { values: 'version', props: ['images.server', 'version'], note: 'nats-server 2.12 or newer' },
  { values: 'serverImage', props: ['images.server'] },
  { values: 'natsConfig.debug, trace', props: ['logging.debug', 'logging.trace'] },
  { values: 'natsConfig.write_deadline', props: ['limits.writeDeadline'] },
  {
    values: 'natsConfig.maxConnections, maxPayload, maxPending, maxSubscriptions, maxControlLine',
    props: ['limits.maxConnections', 'limits.maxPayload', 'limits.maxPending', 'limits.maxSubscriptions', 'limits.maxControlLine'],
  },
  { values: 'natsConfig.disableLogtime', props: ['logging.timestamps'] },
  { values: 'useServerName', props: ['serverNamePrefix'], note: 'a server is always named after its pod' },
  { values: 'paused', note: 'nothing reconciles but Kubernetes: stop applying the manifests' },
  { values: 'pod.labels, annotations', props: ['pod.labels', 'pod.annotations'] },
  { values: 'pod.nodeSelector, tolerations', props: ['pod.nodeSelector', 'pod.tolerations'] },
  { values: 'pod.antiAffinity', props: ['pod.spreadOverNodes'], note: 'required by default' },
  { values: 'pod.resources', props: ['resources'] },
  { values: 'pod.natsEnv', props: ['pod.env'] },
  { values: 'pod.enableConfigReload', props: ['reloader.enabled'], note: 'on by default' },
  { values: 'pod.reloaderImage, reloaderImageTag, reloaderImagePullPolicy, reloaderResources', props: ['images.reloader', 'reloader.resources'] },
  { values: 'pod.enableMetrics, metricsImage, metricsImageTag, metricsImagePullPolicy', props: ['exporter', 'images.exporter'], note: 'metrics begin with `nats_`, not `gnatsd_`' },
  { values: 'pod.enableClientsHostPort', props: ['pod.hostPorts.client'] },
  {
    values: 'pod.disableGatewaysHostPort, disableLeafnodesHostPort, disableWebsocketsHostPort',
    props: ['pod.hostPorts.gateway', 'pod.hostPorts.leafNodes', 'pod.hostPorts.webSocket'],
    note: 'the operator has these ports unless they are disabled; here they are named where others rely on them',
  },
  {
    values: 'pod.advertiseExternalIP, bootconfigImage, bootconfigImageTag',
    props: ['clientAdvertise', 'gateway.advertiseAddress', 'leafNodes.advertiseAddress', 'external'],
    note: '`$(HOST_IP)` is the address that the node has in the Kubernetes cluster; external addresses of nodes take a token for the Kubernetes API, which no pod has, so a Service gives one',
  },
  { values: 'pod.volumeMounts', props: ['pod.volumes'] },
  { values: 'tls.serverSecret, serverSecretCAFileName, serverSecretKeyFileName, serverSecretCertFileName', props: ['tls'], note: '`NatsTls.fromSecret` with `certKey`, `keyKey` and `ca`' },
  { values: 'tls.routesSecret and its file names', props: ['routes.tls'] },
  { values: 'tls.gatewaySecret and its file names', props: ['gateway.tls'] },
  { values: 'tls.leafnodeSecret and its file names', props: ['leafNodes.tls'] },
  { values: 'tls.websocketSecret and its file names', props: ['webSocket.tls'] },
  { values: 'file names that are absolute paths', note: '`NatsTls.fromFiles`, `NatsTlsCa.fromPath`' },
  { values: 'tls.clientsTLSTimeout, routesTLSTimeout, gatewaysTLSTimeout, leafnodesTLSTimeout, websocketTLSTimeout', note: '`timeout` of each `NatsTls`' },
  { values: 'tls.verify, cipherSuites, curvePreferences', note: '`verify`, `cipherSuites` and `curvePreferences` of each `NatsTls`' },
  { values: 'tls.enableHttps', props: ['httpsMonitoring'], note: 'the exporter follows' },
  {
    values: 'auth.enableServiceAccounts',
    note: 'a user for each NatsServiceRole, by `addUser`: the servers do not check when a token of a ServiceAccount expires, so a password or nkey of its own is as good',
  },
  { values: 'auth.clientsAuthSecret', props: ['auth'], note: '`NatsAuth.include`' },
  { values: 'auth.clientsAuthFile', props: ['extraConfig', 'pod.volumes'], note: '`authorization: { file: NatsInclude.file(...) }`' },
  { values: 'auth.clientsAuthTimeout', props: ['authOptions.timeout'] },
  { values: 'auth.tlsVerifyAndMap', note: '`verifyAndMap` of `tls`, with users by `certificateSubject`' },
  { values: 'auth.clusterAuthSecret, clusterAuthTimeout', props: ['routes.authorization'] },
  { values: 'auth.gatewayAuthSecret, gatewayAuthTimeout', props: ['gateway.authorization'] },
  { values: 'lameDuckDurationSeconds', props: ['lameDuck.duration'], note: 'the grace period of the pod follows' },
  { values: 'noAdvertise', props: ['routes.advertise'], note: 'off by default' },
  {
    values: 'template',
    props: ['pod', 'probes', 'update'],
    note: `for sidecars and all else ${PATCH}`,
  },
  { values: 'extraRoutes', props: ['routes.extra', 'routes.peers'] },
  {
    values: 'gatewayConfig.name, hostPort, rejectUnknown, gateways',
    props: ['clusterName', 'ports.gateway', 'pod.hostPorts.gateway', 'gateway.rejectUnknownCluster', 'gateway.remotes'],
  },
  { values: 'leafnodeConfig.hostPort, remotes', props: ['leafNodes', 'ports.leafNodes', 'pod.hostPorts.leafNodes', 'leafNodes.remotes'] },
  { values: 'operatorConfig.secret, systemAccount, resolver', props: ['auth'], note: '`NatsAuth.operator`; the JWT of an operator is public, and stands in the program' },
  {
    values: 'websocketConfig.port, handshakeTimeout, compression',
    props: ['webSocket', 'ports.webSocket', 'webSocket.handshakeTimeout', 'webSocket.compression'],
  },
  { values: 'servicePolicy.labels, annotations', props: ['service.labels', 'service.annotations'] },
  { values: 'managementServicePolicy.labels, annotations', note: 'a patch: `nats.headlessService.addJsonPatch(...)`' },
];

/** Options of nats.conf about accounts that neither the chart nor the nats-operator has a value for. */
export const OPTIONS_OF_ACCOUNTS: FeatureArea[] = [
  { values: 'resolver_pinned_accounts', props: ['auth'], note: '`pinnedAccounts` of `NatsAuth.operator`' },
  { values: 'resolver_tls', props: ['auth'], note: '`ca` and `certificate` of `NatsResolver.url`' },
  { values: 'trusted_keys', props: ['auth'], note: 'the operators of `NatsAuth.operator`: the servers take the keys from their JWTs, and refuse both. Without a JWT there is no name, expiry or system account to check' },
  { values: 'accounts.<name>.nkey', props: ['extraConfig'], note: '`accounts: { ORDERS: { nkey: \'A...\' } }`; nats-server reads the key and does nothing with it, so that a prop would promise too much' },
];
