import { NatsClusterProps } from '../../src';

/** The path of a prop, such as `jetStream.fileStore.size`: the compiler refuses one that there is not. */
export type PropPath<T = NatsClusterProps, Depth extends unknown[] = []> = T extends string | number | boolean | readonly unknown[] ? never
  : Depth['length'] extends 3 ? never
    : { [K in keyof T & string]-?: K | `${K}.${PropPath<NonNullable<T[K]>, [...Depth, K]>}` }[keyof T & string];

/** A part of what the chart can be told. Without props and a note, it is not covered yet. */
export interface FeatureArea {
  /** The chart's values. */
  readonly values: string;
  readonly props?: PropPath[];
  /** What is to be said besides the props, or instead of them. */
  readonly note?: string;
}

const PATCH = 'a patch of the object, such as `nats.statefulSet.addJsonPatch(...)`';

/** The chart's values in the order of its own documentation, and what covers them here today. */
export const FEATURE_AREAS: FeatureArea[] = [
  { values: 'global.image.registry', props: ['images.registry'] },
  { values: 'global.image.pullSecretNames', props: ['images.pullSecrets'] },
  { values: 'global.image.pullPolicy', note: '`pullPolicy` of each `ContainerImage`' },
  { values: 'global.labels', note: '`labels` of the cdk8s chart' },
  { values: 'nameOverride, fullnameOverride', props: ['name'] },
  { values: 'namespaceOverride', note: '`namespace` of the cdk8s chart, or of `NatsPlatform`' },
  { values: 'tlsCA' },
  { values: 'config.cluster.enabled', props: ['clustered'] },
  { values: 'config.cluster.replicas', props: ['replicas'] },
  { values: 'config.cluster.port', props: ['ports.cluster'] },
  { values: 'config.cluster.noAdvertise', props: ['routes.advertise'] },
  { values: 'config.cluster.routeURLs.useFQDN', props: ['routes.fullyQualified'] },
  { values: 'config.cluster.routeURLs.k8sClusterDomain', props: ['routes.clusterDomain'] },
  { values: 'config.cluster.routeURLs.user, password' },
  { values: 'config.cluster.tls' },
  { values: 'config.jetstream.enabled', props: ['jetStream'] },
  { values: 'config.jetstream.fileStore.dir', props: ['jetStream.fileStore.directory'] },
  { values: 'config.jetstream.fileStore.maxSize', props: ['jetStream.fileStore.maxSize'] },
  { values: 'config.jetstream.fileStore.pvc.size', props: ['jetStream.fileStore.size'] },
  { values: 'config.jetstream.fileStore.pvc.storageClassName', props: ['jetStream.fileStore.storageClassName'] },
  { values: 'config.jetstream.fileStore.pvc.name', props: ['jetStream.fileStore.claimName'] },
  { values: 'config.jetstream.fileStore.pvc.enabled', note: 'a file store always has a volume: without one it would be lost with its container' },
  { values: 'config.jetstream.memoryStore', props: ['jetStream.memoryStore.maxSize'] },
  { values: 'config.nats.port', props: ['ports.client'] },
  { values: 'config.nats.tls' },
  { values: 'config.leafnodes' },
  { values: 'config.websocket, config.websocket.ingress' },
  { values: 'config.mqtt' },
  { values: 'config.gateway' },
  { values: 'config.monitor.port', props: ['ports.monitor'] },
  { values: 'config.monitor.enabled', note: 'always on, because the probes ask it, and closed by the NetworkPolicy' },
  { values: 'config.monitor.tls' },
  { values: 'config.profiling' },
  { values: 'config.resolver' },
  { values: 'config.serverNamePrefix', props: ['serverNamePrefix'] },
  { values: 'config.merge, config.patch', props: ['extraConfig'], note: 'with `NatsVariable`, `NatsInclude` and `SecretKey`; what has a prop is set by the prop' },
  { values: 'container.image', props: ['images.server'] },
  { values: 'container.ports (hostPort)', note: PATCH },
  { values: 'container.env', props: ['pod.env'] },
  { values: 'container.resources', props: ['resources'], note: 'GOMEMLIMIT follows' },
  { values: 'reloader.enabled', props: ['reloader.enabled'] },
  { values: 'reloader.image', props: ['images.reloader'] },
  { values: 'reloader.natsVolumeMountPrefixes' },
  { values: 'promExporter.enabled, image, port', props: ['exporter', 'images.exporter', 'ports.exporter'] },
  { values: 'promExporter.monitorDomain', note: 'the exporter asks localhost' },
  { values: 'promExporter.podMonitor', props: ['exporter.podMonitor'], note: 'with interval, timeout and labels' },
  { values: 'service (labels, annotations)', props: ['service.labels', 'service.annotations'] },
  { values: 'service.enabled', note: 'always on' },
  { values: 'service.ports (port, nodePort), type of the Service' },
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
  { values: 'natsBox.contexts (user, password, token)', props: ['natsBox.user'], note: 'one context, with the user\'s own Secret' },
  { values: 'natsBox.contexts (creds, nkey, tls), natsBox.defaultContextName' },
  { values: 'merge and patch of any other object', note: PATCH },
  { values: 'extraResources, $tplYaml', note: 'any other construct, and TypeScript' },
];
