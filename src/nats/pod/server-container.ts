import * as k8s from 'cdk8s-plus-28/lib/imports/k8s';
import { renderResources } from './container-resources';
import { renderImage } from './images';
import { CONFIG_DIRECTORY, CONFIG_FILE, PID_FILE, RUN_DIRECTORY } from './paths';
import { resolverVolume, resolverVolumeName } from './resolver-volume';
import { RESTRICTED_CONTAINER } from './security';
import { startCommand } from './start-check';
import { ClusterState } from '../cluster-state';
import { SECONDS_BEFORE_SIGTERM } from '../config/lame-duck';
import { ServerConfig } from '../config/server-config';
import { advertiseEnv } from '../network/advertise';
import { NatsHostPorts } from '../network/host-ports';
import { serverTlsFiles } from '../tls/trust';

/** The container of the server. */
export function renderServerContainer(state: ClusterState, { secrets, included, files }: ServerConfig): k8s.Container {
  return {
    name: 'nats',
    ...renderImage(state.images, 'server'),
    command: startCommand(state, { secrets, included }),
    args: ['--config', CONFIG_FILE],
    env: [...ownEnv(state), ...secrets.env(), ...(state.pod.env ?? []).map(({ _env }) => _env)],
    lifecycle: { preStop: { exec: { command: ['/bin/sh', '-c', `nats-server --signal ldm=${PID_FILE} && sleep ${SECONDS_BEFORE_SIGTERM}`] } } },
    ports: state.listeners.filter(({ name }) => name !== 'prom-metrics').map(({ name, port, prop }) => ({
      name, containerPort: port, hostPort: state.pod.hostPorts?.[prop as keyof NatsHostPorts],
    })),
    resources: renderResources(state.resources),
    securityContext: RESTRICTED_CONTAINER,
    startupProbe: state.probes.startup,
    readinessProbe: state.probes.readiness,
    livenessProbe: state.probes.liveness,
    volumeMounts: [
      { name: 'config', mountPath: CONFIG_DIRECTORY, readOnly: true },
      ...included.mounts(),
      ...files.mounts(),
      ...serverTlsFiles(state).mounts(),
      { name: 'pid', mountPath: RUN_DIRECTORY },
      ...state.jetStream ? [{ name: storeVolumeName(state), mountPath: state.jetStream.directory }] : [],
      ...resolverVolume(state) ? [{ name: resolverVolumeName(state), mountPath: resolverVolume(state)!.directory }] : [],
      ...(state.pod.volumes ?? []).map(({ _mount }) => _mount),
    ],
  };
}

/** The volume of the stores: a claim, or for a memory store alone a directory that holds only what JetStream knows of itself. */
export function storeVolumeName({ jetStream }: ClusterState): string {
  return jetStream?.volume?.claimName ?? 'jetstream';
}

/** Names that `pod.env` cannot take. */
export const OWN_VARIABLES = ['POD_NAME', 'SERVER_NAME', 'POD_ZONE', 'ZONE_TAG', 'GOMEMLIMIT'];

function ownEnv({ serverNamePrefix, zoneTag, resources, advertised }: ClusterState): k8s.EnvVar[] {
  return [
    { name: 'POD_NAME', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
    { name: 'SERVER_NAME', value: `'${serverNamePrefix}$(POD_NAME)'` },
    ...zoneTag ? [
      { name: 'POD_ZONE', valueFrom: { fieldRef: { fieldPath: "metadata.labels['topology.kubernetes.io/zone']" } } },
      { name: 'ZONE_TAG', value: "'zone:$(POD_ZONE)'" },
    ] : [],
    ...advertiseEnv(advertised),
    // The Go runtime frees memory before the container's limit kills it.
    { name: 'GOMEMLIMIT', value: `${Math.floor(resources.limitMemoryBytes * 0.8 / 2 ** 20)}MiB` },
  ];
}
