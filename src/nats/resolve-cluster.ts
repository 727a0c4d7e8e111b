import { Chart, Size } from 'cdk8s';
import { Construct } from 'constructs';
import { AuthState } from './auth/auth-state';
import { issueCertificates } from './certificates/issue-certificates';
import { ClusterState } from './cluster-state';
import { resolveJetStream } from './config/jetstream';
import { resolveTermination } from './config/lame-duck';
import { checkLimits } from './config/limits';
import { selectorLabels } from './labels';
import { NatsClusterProps } from './nats-cluster-props';
import { resolveListeners } from './network/ports';
import { resolveResources } from './pod/container-resources';
import { resolveExporter } from './pod/exporter';
import { CONFIG_DIRECTORY, RUN_DIRECTORY } from './pod/paths';
import { checkPodOptions } from './pod/pod-options';
import { resolveProbes } from './pod/probes';
import { resolveReloader } from './pod/reloader';
import { OWN_VARIABLES, storeVolumeName } from './pod/server-container';
import { resolveUpdate } from './pod/update';
import { serverVersion } from './server-version';
import { withTls } from './tls/listener-tls';
import { checkOcspStapling } from './tls/ocsp-stapling';
import { resolveTls } from './tls/resolve-tls';
import { serverTlsFiles } from './tls/trust';
import { checkTopology } from './topology';
import { NAME_INVALID } from '../core/kube-object';
import { isName, SERVICE_NAME, STATEFUL_SET_NAME } from '../core/names';
import { defineRule, RuleLevel } from '../core/rule';
import { checkAtSynth } from '../core/rules';

export const CLUSTER_NAME = defineRule({
  id: 'NATS-CLUSTER-NAME',
  level: RuleLevel.ERROR,
  statement: 'Cluster and server names have no spaces and are not empty.',
  source: 'nats-server: "cluster name cannot contain spaces", "server name cannot contain spaces"',
  serverVerdict: true,
});

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
  const { replicas = 3, routes = {}, clusterName = name, serverNamePrefix = '', limits = {}, extraConfig = {}, pod = {} } = props;
  const clustered = props.clustered ?? replicas > 1;
  const namespace = Chart.of(scope).namespace;
  checkTopology(scope, { replicas, clustered, jetStream: props.jetStream !== undefined, namespace, routes });
  checkServerNames(scope, { clusterName, serverNamePrefix });
  checkLimits(scope, limits);
  const defaults = props.jetStream ? { cpu: 1, memory: Size.gibibytes(2) } : { cpu: 0.25, memory: Size.mebibytes(512) };
  const resources = resolveResources(scope, 'resources', props.resources, defaults);
  const podLabels = selectorLabels(name, 'nats');
  const closed = props.networkPolicy?.enabled ?? true;
  const said = { forAll: props.tls, listeners: { client: {}, ...clustered ? { routes } : {} } };
  const issued = issueCertificates(scope, said, { name, namespace, clusterDomain: routes.clusterDomain });
  const httpsMonitoring = props.httpsMonitoring ?? (issued.hasLocalNames && !props.tls?._options.ocspPeer);
  const tls = resolveTls(scope, { ...issued, httpsMonitoring, version: serverVersion(props.images ?? {}) });
  checkOcspStapling(scope, tls, props.ocspStapling);
  const inClear = resolveListeners(scope, props.ports, { client: true, cluster: clustered, monitor: true, exporter: props.exporter !== undefined });
  const state: ClusterState = {
    name,
    headlessServiceName: `${name}-headless`,
    configMapName: `${name}-config`,
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
    listeners: withTls(inClear, tls, httpsMonitoring),
    tls,
    certificates: issued.certificates,
    httpsMonitoring,
    ocspStapling: props.ocspStapling,
    jetStream: props.jetStream && resolveJetStream(scope, name, props.jetStream, resources.limitMemoryBytes),
    limits,
    logging: props.logging ?? {},
    termination: resolveTermination(scope, props.lameDuck, pod.terminationGracePeriod),
    auth: new AuthState(scope, props.auth, ['accounts', 'authorization', 'operator'].some((option) => option in extraConfig)),
    extraConfig,
    resources,
    images: props.images ?? {},
    pod,
    probes: resolveProbes(scope, props.probes, { jetStream: props.jetStream !== undefined, clustered, https: httpsMonitoring }),
    update: resolveUpdate(scope, props.update, { replicas, clusteredJetStream: clustered && props.jetStream !== undefined }),
    reloader: resolveReloader(scope, props.reloader),
    exporter: props.exporter && resolveExporter(scope, props.exporter, closed),
    secretRevision: props.secretRevision,
  };
  checkPod(scope, state);
  checkUniqueTag(scope, state);
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

function checkServerNames(scope: Construct, { clusterName, serverNamePrefix }: Pick<ClusterState, 'clusterName' | 'serverNamePrefix'>): void {
  if (!/^\S+$/.test(clusterName)) throw CLUSTER_NAME.error(scope, { what: `clusterName is '${clusterName}'`, allowed: 'a text without spaces, not empty' });
  // The prefix stands in the value of an environment variable, inside single quotes.
  if (!/^[\w.-]*$/.test(serverNamePrefix)) throw CLUSTER_NAME.error(scope, { what: `serverNamePrefix is '${serverNamePrefix}'`, allowed: 'letters, digits, ., _ and -' });
}

function checkPod(scope: Construct, state: ClusterState): void {
  checkPodOptions(scope, state.pod, {
    labels: state.podLabels,
    volumes: ['config', 'pid', ...state.jetStream ? [storeVolumeName(state)] : []],
    mountPaths: [
      CONFIG_DIRECTORY, RUN_DIRECTORY, ...state.jetStream ? [state.jetStream.directory] : [],
      ...serverTlsFiles(state).mounts().map(({ mountPath }) => mountPath),
    ],
    env: OWN_VARIABLES,
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
