import { createHash } from 'crypto';
import * as k8s from 'cdk8s-plus-28/lib/imports/k8s';
import { renderPlacement } from './basic-pod-options';
import { renderExporter } from './exporter';
import { renderPullSecrets } from './images';
import { SpreadPolicy } from './pod-options';
import { renderReloader } from './reloader';
import { resolverVolume, resolverVolumeName } from './resolver-volume';
import { DEFAULT_USER_ID, restrictedPod } from './security';
import { renderServerContainer, storeVolumeName } from './server-container';
import { quantityOf } from '../../core/bytes';
import { ClusterState } from '../cluster-state';
import { renderConf } from '../conf/conf-writer';
import { restartConfig } from '../conf/reload';
import { ServerConfig } from '../config/server-config';
import { portOf } from '../network/ports';
import { trustInPod, serverTlsFiles } from '../tls/trust';

/** Changes when the configuration changes in a way that a reload cannot apply, and so restarts the servers. */
const RESTART_CHECKSUM = 'cdk8s-nats/restart-checksum';
/** Changes when the user says that a Secret has changed, which running servers do not see. */
const SECRET_REVISION = 'cdk8s-nats/secret-revision';

/** The spec of the StatefulSet of the servers, as Kubernetes reads it. */
export function renderStatefulSet(state: ClusterState, config: ServerConfig): { [field: string]: unknown } {
  const spec: k8s.StatefulSetSpec = {
    // JetStream finds no majority if the servers wait for each other to become ready.
    podManagementPolicy: 'Parallel',
    replicas: state.replicas,
    selector: { matchLabels: state.podLabels },
    serviceName: state.headlessServiceName,
    ...state.update,
    template: {
      metadata: { labels: { ...state.pod.labels, ...state.podLabels }, annotations: annotations(state, config) },
      spec: renderPod(state, config),
    },
    persistentVolumeClaimRetentionPolicy: renderRetention(state),
  };
  return { ...k8s.toJson_StatefulSetSpec(spec), volumeClaimTemplates: renderClaims(state) };
}

function renderRetention({ jetStream }: ClusterState): k8s.StatefulSetPersistentVolumeClaimRetentionPolicy | undefined {
  const { deleteWithCluster, deleteWhenScaledDown } = jetStream?.volume?.fileStore ?? {};
  return jetStream?.volume && { whenDeleted: deleteWithCluster ? 'Delete' : 'Retain', whenScaled: deleteWhenScaledDown ? 'Delete' : 'Retain' };
}

/** The claims as the API server returns them, kind and volume mode included, so that a GitOps tool sees no difference. */
function renderClaims(state: ClusterState): object[] | undefined {
  const [store, resolver] = [state.jetStream?.volume, resolverVolume(state)];
  const claims = [
    ...store ? [renderClaim(store.claimName, store.bytes, store.fileStore.storageClassName)] : [],
    ...resolver?.persistent ? [renderClaim(resolverVolumeName(state), resolver.bytes, resolver.storageClassName)] : [],
  ];
  return claims.length > 0 ? claims : undefined;
}

function renderClaim(name: string, bytes: number, storageClassName: string | undefined): object {
  return k8s.KubePersistentVolumeClaim.manifest({
    metadata: { name },
    spec: {
      accessModes: ['ReadWriteOnce'],
      resources: { requests: { storage: k8s.Quantity.fromString(quantityOf(bytes)) } },
      storageClassName,
      volumeMode: 'Filesystem',
    },
  });
}

function annotations(state: ClusterState, { conf }: ServerConfig): { [key: string]: string } {
  const checksum = createHash('sha256').update(renderConf(restartConfig(conf))).digest('hex').slice(0, 16);
  return {
    ...state.pod.annotations,
    [RESTART_CHECKSUM]: checksum,
    ...state.secretRevision !== undefined ? { [SECRET_REVISION]: state.secretRevision } : {},
  };
}

function renderPod(state: ClusterState, config: ServerConfig): k8s.PodSpec {
  const { pod, exporter, reloader } = state;
  return {
    serviceAccountName: state.serviceAccountName,
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    shareProcessNamespace: reloader ? true : undefined,
    terminationGracePeriodSeconds: state.termination.graceSeconds,
    securityContext: restrictedPod(pod.userId ?? DEFAULT_USER_ID),
    imagePullSecrets: renderPullSecrets(state.images),
    ...renderPlacement(pod),
    topologySpreadConstraints: renderSpread(state),
    containers: [
      renderServerContainer(state, config),
      ...reloader ? [renderReloader(reloader, state.images, config.included, serverTlsFiles(state))] : [],
      ...exporter ? [renderExporter(exporter, state.images, {
        port: portOf(state.listeners, 'exporter'),
        monitorPort: portOf(state.listeners, 'monitor'),
        jetStream: state.jetStream !== undefined,
        tls: state.httpsMonitoring ? trustInPod(state) : undefined,
        leafNodes: state.leafNodes !== undefined,
        gateway: state.gateway !== undefined,
      })] : [],
    ],
    volumes: [
      { name: 'config', configMap: { name: state.configMapName } },
      { name: 'pid', emptyDir: {} },
      ...config.included.volumes(),
      ...config.files.volumes(),
      ...serverTlsFiles(state).volumes(),
      ...exporter && state.httpsMonitoring ? trustInPod(state).files.volumes() : [],
      ...state.jetStream && !state.jetStream.volume ? [{ name: storeVolumeName(state), emptyDir: {} }] : [],
      ...resolverVolume(state)?.persistent === false ? [{ name: resolverVolumeName(state), emptyDir: {} }] : [],
      ...(pod.volumes ?? []).map(({ _volume }) => _volume),
    ],
  };
}

function renderSpread({ replicas, podLabels, pod }: ClusterState): k8s.TopologySpreadConstraint[] | undefined {
  if (replicas === 1) return undefined;
  const constraints: [topologyKey: string, policy: SpreadPolicy][] = [
    ['kubernetes.io/hostname', pod.spreadOverNodes ?? SpreadPolicy.REQUIRED],
    ['topology.kubernetes.io/zone', pod.spreadOverZones ?? SpreadPolicy.PREFERRED],
  ];
  return constraints.filter(([, policy]) => policy !== SpreadPolicy.NONE).map(([topologyKey, whenUnsatisfiable]) => ({
    topologyKey, whenUnsatisfiable, maxSkew: 1, labelSelector: { matchLabels: podLabels },
  }));
}
