import { freePorts } from './free-ports';
import { localConfig } from './local-config';
import { NatsProcess, NatsProcessOptions } from './nats-process';
import { containerProcess } from './pod-env';
import { NatsCluster } from '../../../src';
import { containerOf, Manifest, Manifests, podOf, synth } from '../../support';

/** Kind and name, such as `secret/nats-tls` -> key -> value. */
export interface Sources {
  readonly [source: string]: { readonly [key: string]: string };
}

/** Starts all servers of a cluster with the files that their volumes hold; routes go to this machine, by the given name of it. */
export async function startServers(cluster: NatsCluster, sources: Sources, options: { version?: NatsProcessOptions['version']; routeHost?: string } = {}): Promise<NatsProcess[]> {
  const routePorts = await freePorts(synth(cluster).get('StatefulSet', 'nats').spec.replicas);
  const servers = routePorts.map((_, ordinal) => spawnServer(cluster, sources, { ...options, routePorts, ordinal }));
  await Promise.all(servers.map((server) => server.ready()));
  return servers;
}

/** Starts one server of a cluster, which may refuse to run. */
export function spawnServer(cluster: NatsCluster, sources: Sources, { version, routeHost = '127.0.0.1', routePorts = [], ordinal = 0 }: {
  version?: NatsProcessOptions['version']; routeHost?: string; routePorts?: number[]; ordinal?: number;
}): NatsProcess {
  const { env } = containerProcess(containerOf(cluster), { secrets: { 'nats-auth': { token: 'secret' }, 'shop-nats': { password: 'secret' } }, fields: { 'metadata.name': `nats-${ordinal}` } });
  const config = localConfig(confAt(synth(cluster)), {
    ports: { ...Object.fromEntries(Object.values(cluster.ports).map((port: number) => [port, -1])), 6222: routePorts[ordinal] },
    addresses: Object.fromEntries(routePorts.map((port, other) => [`nats-${other}.nats-headless:6222`, `${routeHost}:${port}`])),
    paths: { '/var/run/nats': '.', '/data': 'data', '/etc': 'etc' },
  });
  return NatsProcess.spawn({ version, config, env, files: filesOf(cluster, sources) });
}

/** The files of a server's volumes, by their paths on this machine; a key that a source lacks throws, because the pod would wait for it. */
export function filesOf(cluster: NatsCluster, sources: Sources): { [path: string]: string } {
  const { volumes } = podOf(cluster).spec;
  return Object.fromEntries(containerOf(cluster).volumeMounts.flatMap(({ name, mountPath }: Manifest) => {
    const { secret, configMap } = volumes.find((candidate: Manifest) => candidate.name === name) ?? {};
    const { items = [] } = secret ?? configMap ?? {};
    const source = secret ? `secret/${secret.secretName}` : `configMap/${configMap?.name}`;
    return items.map(({ key, path }: Manifest) => {
      const text = sources[source]?.[key];
      if (text === undefined) throw new Error(`there is no key ${key} in ${source}; the pod would wait for it`);
      return [`${mountPath}/${path}`.slice(1), text];
    });
  }));
}

function confAt(manifests: Manifests): string {
  return manifests.get('ConfigMap', 'nats-config').data['nats.conf'];
}
