import { Chart, Size } from 'cdk8s';
import { Construct } from 'constructs';
import { mappingsBySource } from './auth/account-mappings';
import { checkAuth } from './auth/auth-findings';
import { AuthState } from './auth/auth-state';
import { CERTIFICATE_USERS } from './auth/rules';
import { issueCertificates } from './certificates/issue-certificates';
import { ClusterState } from './cluster-state';
import { resolveNames } from './config/cluster-names';
import { GatewayState } from './config/gateway-state';
import { resolveJetStream } from './config/jetstream';
import { resolveTermination } from './config/lame-duck';
import { identityOf, resolveRemotes } from './config/leaf-node-remotes';
import { checkLimits } from './config/limits';
import { configGeneration } from './config/proxies';
import { selectorLabels } from './labels';
import { NatsClusterProps } from './nats-cluster-props';
import { resolveVersion } from './nats-version';
import { advertiseEnv } from './network/advertise';
import { checkHostPorts } from './network/host-ports';
import { podNamesOf } from './network/routes';
import { resolveResources } from './pod/container-resources';
import { resolveExporter } from './pod/exporter';
import { CONFIG_DIRECTORY, RUN_DIRECTORY } from './pod/paths';
import { checkPodOptions } from './pod/pod-options';
import { resolveProbes } from './pod/probes';
import { resolveReloader } from './pod/reloader';
import { checkResolverVolume, resolverVolume, resolverVolumeName } from './pod/resolver-volume';
import { OWN_VARIABLES, storeVolumeName } from './pod/server-container';
import { resolveUpdate } from './pod/update';
import { advertisedAddresses, checkListeners, listenersOf, resolveServices, tlsListeners } from './resolve-listeners';
import { withTls } from './tls/listener-tls';
import { unmappedUserFindings } from './tls/mapped-users';
import { checkOcspStapling } from './tls/ocsp-stapling';
import { resolveTls } from './tls/resolve-tls';
import { serverTlsFiles, tlsVolumeNames } from './tls/trust';
import { checkTopology } from './topology';
import { foundOnce } from '../core/found-once';
import { NAME_INVALID } from '../core/kube-object';
import { isName, SERVICE_NAME, STATEFUL_SET_NAME } from '../core/names';
import { defineRule, RuleLevel } from '../core/rule';
import { checkAtSynth } from '../core/rules';

export const UNIQUE_TAG = defineRule({
  id: 'NATS-UNIQUE-TAG',
  level: RuleLevel.GUARDED,
  statement: 'A unique tag differs between the servers; where all have the same, no replicated stream can be placed.',
  source: 'https://docs.nats.io/running-a-nats-service/configuration/resource_management',
});

/** The state of a cluster: its props with all defaults, every single value checked. */
export function resolveCluster(scope: Construct, props: NatsClusterProps): ClusterState {
  const name = props.name ?? scope.node.id;
  checkName(scope, name);
  const { replicas = 3, routes = {}, limits = {}, extraConfig = {}, pod = {} } = props;
  const clustered = props.clustered ?? replicas > 1;
  const namespace = Chart.of(scope).namespace;
  checkTopology(scope, { replicas, clustered, jetStream: props.jetStream !== undefined, namespace, routes });
  const { clusterName, serverNamePrefix } = resolveNames(scope, name, {
    ...props, namespace, clustered, gateway: props.gateway !== undefined, jetStream: props.jetStream !== undefined,
  });
  checkLimits(scope, limits);
  const defaults = props.jetStream ? { cpu: 1, memory: Size.gibibytes(2) } : { cpu: 0.25, memory: Size.mebibytes(512) };
  const resources = resolveResources(scope, 'resources', props.resources, defaults);
  const podLabels = selectorLabels(name, 'nats');
  const closed = props.networkPolicy?.enabled ?? true;
  const version = resolveVersion(scope, props.version, props.images ?? {});
  const advertised = advertisedAddresses(props);
  const said = { forAll: props.tls, listeners: tlsListeners(props, clustered) };
  const issued = issueCertificates(scope, said, { name, namespace, clusterDomain: routes.clusterDomain }, {
    addresses: advertised, podNames: podNamesOf({ name, replicas }),
  });
  const httpsMonitoring = props.httpsMonitoring ?? (issued.hasLocalNames && !props.tls?._options.ocspPeer);
  const tls = resolveTls(scope, { ...issued, httpsMonitoring, namespace });
  checkOcspStapling(scope, tls, props.ocspStapling);
  const listeners = withTls(listenersOf(scope, props, clustered), tls, httpsMonitoring);
  checkListeners(scope, props, { replicas, clustered, closed });
  const jetStream = props.jetStream && resolveJetStream(scope, name, props.jetStream, resources.limitMemoryBytes);
  const leafRemotes = resolveRemotes(scope, props.leafNodes?.remotes ?? [], {
    namespace, certificate: tls.leafNodes?.material ?? tls.client?.material,
  });
  const stores = { servers: replicas, clustered, jetStream };
  const saidInExtraConfig = ['accounts', 'authorization'].some((option) => option in extraConfig);
  const auth = new AuthState(scope, props.auth, props.authOptions ?? {}, { stores, version, saidInExtraConfig });
  const state: ClusterState = {
    name,
    headlessServiceName: `${name}-headless`,
    configMapName: `${name}-config${configGeneration(version, props.trustedProxies, leafRemotes.map(({ options }) => identityOf(options)))}`,
    serviceAccountName: name,
    namespace,
    podLabels,
    replicas,
    clustered,
    clusterName,
    serverNamePrefix,
    serverTags: props.serverTags ?? [],
    zoneTag: props.zoneTag ?? false,
    routes,
    listeners,
    version,
    gateway: props.gateway && new GatewayState(scope, props.gateway, clusterName, tls.gateway?.material),
    leafNodes: props.leafNodes,
    leafRemotes,
    webSocket: props.webSocket,
    mqtt: props.mqtt,
    profiling: props.profiling,
    proxyProtocol: props.proxyProtocol,
    trustedProxies: props.trustedProxies,
    advertised,
    ...resolveServices(scope, name, props, listeners, closed),
    networkPolicy: props.networkPolicy ?? {},
    networkClosed: closed,
    tls,
    certificates: issued.certificates,
    httpsMonitoring,
    ocspStapling: props.ocspStapling,
    jetStream,
    limits,
    logging: props.logging ?? {},
    termination: resolveTermination(scope, props.lameDuck, pod.terminationGracePeriod),
    auth,
    mappings: mappingsBySource(scope, props.mappings, version),
    extraConfig,
    resources,
    images: props.images ?? {},
    pod,
    probes: resolveProbes(scope, props.probes, { jetStream: props.jetStream !== undefined, clustered, https: httpsMonitoring }),
    update: resolveUpdate(scope, props.update, { replicas, clusteredJetStream: clustered && props.jetStream !== undefined }),
    reloader: resolveReloader(scope, props.reloader),
    exporter: props.exporter && resolveExporter(scope, props.exporter, { closed, operator: auth.operator !== undefined }),
    secretRevision: props.secretRevision,
  };
  checkPod(scope, state);
  checkResolverVolume(scope, state);
  checkHostPorts(scope, pod.hostPorts ?? {}, listeners);
  checkUniqueTag(scope, state);
  checkAuth(scope, state.auth);
  checkCertificateUsers(scope, state);
  return state;
}

function checkName(scope: Construct, name: string): void {
  if (isName(name, { ...SERVICE_NAME, maxLength: STATEFUL_SET_NAME.maxLength })) return;
  throw NAME_INVALID.error(scope, {
    what: `the name '${name}' of the cluster is invalid`,
    allowed: SERVICE_NAME.words.replace('63', '52'),
    fix: 'give name, or another construct id',
  });
}

function checkPod(scope: Construct, state: ClusterState): void {
  const resolver = resolverVolume(state);
  checkPodOptions(scope, state.pod, {
    labels: state.podLabels,
    volumes: ['config', 'pid', ...state.jetStream ? [storeVolumeName(state)] : [], ...resolver ? [resolverVolumeName(state)] : [], ...tlsVolumeNames(state)],
    mountPaths: [
      CONFIG_DIRECTORY, RUN_DIRECTORY, ...state.jetStream ? [state.jetStream.directory] : [], ...resolver ? [resolver.directory] : [],
      ...serverTlsFiles(state).mounts().map(({ mountPath }) => mountPath),
    ],
    env: [...OWN_VARIABLES, ...advertiseEnv(state.advertised).map((variable) => variable.name)],
  });
}

function checkUniqueTag(scope: Construct, { replicas, zoneTag, jetStream }: ClusterState): void {
  const uniqueTag = jetStream?.options.uniqueTag;
  checkAtSynth(scope, UNIQUE_TAG, () => uniqueTag === undefined || replicas === 1 || (zoneTag && 'zone:'.startsWith(uniqueTag)) ? [] : [{
    what: `jetStream.uniqueTag is '${uniqueTag}', but all servers have the same tags`,
    allowed: '\'zone:\' together with zoneTag: true',
    fix: 'set zoneTag: true',
  }]);
}

function checkCertificateUsers(scope: Construct, state: ClusterState): void {
  checkAtSynth(scope, CERTIFICATE_USERS, foundOnce(() => state.auth.revision, () => unmappedUserFindings(state)));
}
