import { NatsVersion } from './binaries';
import { localConfig, LocalPlaces } from './local-config';
import { NatsProcess } from './nats-process';
import { containerProcess, PodSources } from './pod-env';
import { NatsCluster } from '../../../src';
import { confOf, containerOf } from '../../support';

export interface RenderedServerOptions {
  /** @default '2.14.2' */
  readonly version?: NatsVersion;
  readonly secrets?: PodSources['secrets'];
  /** Port of a listener of the pod -> port here. Others are chosen by the server. */
  readonly ports?: LocalPlaces['ports'];
  /** `host:port` that the servers dial or advertise -> `host:port` here. Others lead nowhere. */
  readonly addresses?: LocalPlaces['addresses'];
  /** Files of the pod, by their path in it. */
  readonly files?: { readonly [podPath: string]: string };
}

const PATHS = { '/var/run/nats': '.', '/data': './data', '/etc/nats-files': './files' };

/** Starts the first server of a cluster as its pod would, on loopback: with its command, its environment and its Secrets. */
export function spawnRendered(cluster: NatsCluster, options: RenderedServerOptions = {}): NatsProcess {
  const { version, secrets, ports = {}, addresses = {}, files = {} } = options;
  const chosen = Object.fromEntries(Object.values(cluster.ports).map((port: number) => [port, -1]));
  const nowhere = new Map<string, string>();
  // Nobody listens on the first ports of the loopback interface; each address gets one of its own, as routes must differ.
  const place = (address: string) =>
    addresses[address] ?? nowhere.get(address) ?? nowhere.set(address, `127.0.0.1:${nowhere.size + 1}`).get(address)!;
  const anywhere = new Proxy({}, { get: (_, address: string) => place(address) });
  const config = localConfig(confOf(cluster), { ports: { ...chosen, ...ports }, addresses: anywhere, paths: PATHS });
  const { env, command } = containerProcess(containerOf(cluster), { secrets, fields: { 'metadata.name': 'nats-0', 'status.hostIP': '127.0.0.1' } });
  const local = (text: string) => text.replace(/(:\/\/[^/@]*@)([\w.-]+:\d+)/, (_, before: string, address: string) => before + place(address));
  const program = command.map((argument) => argument === '/etc/nats-config/nats.conf' ? 'nats.conf' : argument);
  return NatsProcess.spawn({
    version,
    config,
    command: containerOf(cluster).command ? program : ['nats-server', ...program],
    env: Object.fromEntries(Object.entries(env).map(([name, value]) => [name, local(value)])),
    files: Object.fromEntries(Object.entries(files).map(([path, content]) => [path.replace('/etc/nats-files', 'files'), content])),
  });
}

/** Starts it, and waits until it is ready. */
export async function startRendered(cluster: NatsCluster, options: RenderedServerOptions = {}): Promise<NatsProcess> {
  const server = spawnRendered(cluster, options);
  await server.ready();
  return server;
}
