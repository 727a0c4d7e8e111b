import { execFile } from 'child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { delimiter, dirname, join } from 'path';
import { promisify } from 'util';
import { natsServer, NATS_VERSIONS, NatsVersion } from './binaries';
import { eventually } from './eventually';
import { httpGet } from './http-get';
import { localConfig } from './local-config';
import { ListenerName, NatsProcess } from './nats-process';
import { containerProcess, PodSources } from './pod-env';
import { Nowhere, PodNetwork } from './pod-network';
import { Manifest, Manifests } from '../../support';

export interface PodOptions {
  /** @default - that of the image */
  readonly version?: NatsVersion;
  /** Name of the StatefulSet. @default - the one that there is */
  readonly statefulSet?: string;
  readonly secrets?: Secrets;
  /** ConfigMaps besides those among the objects: name -> key -> value. */
  readonly configMaps?: Secrets;
  /** Zone of the pod's node, which Kubernetes 1.35 and later writes on the pod. */
  readonly zone?: string;
  readonly network?: PodNetwork;
  /** Whether addresses that the network does not have lead nowhere. @default - they are an error */
  readonly toNowhere?: boolean;
}

/** Secret -> key -> value. */
export type Secrets = NonNullable<PodSources['secrets']>;
export type Probe = 'startup' | 'readiness' | 'liveness';

/** What the ports of the pod are for the server. */
const LISTENERS: { readonly [portName: string]: ListenerName } = {
  nats: 'client', leafnodes: 'leafnode', websocket: 'websocket', mqtt: 'mqtt', cluster: 'route', gateway: 'gateway', monitor: 'monitor',
};

const PRE_STOP_MILLISECONDS = 15_000;

const pods = new Set<ServerPod>();
if (typeof afterAll === 'function') afterAll(() => Promise.all([...pods].map((pod) => pod.delete())));

/**
 * A pod of a cluster's StatefulSet: its container `nats` runs on this machine as kubelet would start it, with its command, arguments,
 * environment and volumes. Only the addresses and absolute paths are those of this machine.
 */
export class ServerPod {
  /** Starts a pod and waits until its server is ready. */
  public static async start(manifests: Manifests, ordinal: number, options: PodOptions = {}): Promise<ServerPod> {
    const pod = new ServerPod(manifests, ordinal, options);
    await pod.ready();
    return pod;
  }

  /** Starts a pod whose server may refuse to run: `ready` or `server.exit` tells. */
  public static launch(manifests: Manifests, ordinal: number, options: PodOptions = {}): ServerPod {
    return new ServerPod(manifests, ordinal, options);
  }

  /** Starts all pods of the StatefulSet at once; `options` may differ from pod to pod. */
  public static async startAll(manifests: Manifests, options: PodOptions | ((ordinal: number) => PodOptions) = {}): Promise<ServerPod[]> {
    const network = await PodNetwork.of([manifests]);
    const optionsOf = typeof options === 'function' ? options : () => options;
    const ordinals = [...Array(statefulSetOf(manifests).spec.replicas).keys()];
    return Promise.all(ordinals.map((ordinal) => ServerPod.start(manifests, ordinal, { network, ...optionsOf(ordinal) })));
  }

  public readonly name: string;
  /** What the container does now; another one after `restart`. */
  public server: NatsProcess;
  private readonly nowhere = new Nowhere();
  /** The pod's file system, in which only what volumes mount can be written; it outlives the container. */
  private readonly root = mkdtempSync(join(tmpdir(), 'pod-'));
  private secrets: Secrets;

  private constructor(private manifests: Manifests, ordinal: number, private readonly options: PodOptions) {
    this.name = `${this.statefulSet().metadata.name}-${ordinal}`;
    this.secrets = options.secrets ?? {};
    try {
      this.server = this.run();
    } catch (error) {
      this.removeVolumes();
      throw error;
    }
    pods.add(this);
  }

  public async ready(): Promise<void> {
    await this.server.ready();
    const names = this.portNames().filter((name) => name in LISTENERS);
    const listeners = await Promise.all(names.map(async (name) => [name, await this.server.listening(LISTENERS[name])]));
    this.options.network?.attach(this.name, Object.fromEntries(listeners));
  }

  /** The status that kubelet's probe gets. */
  public async probe(probe: Probe): Promise<number> {
    const { path, port, scheme = 'HTTP' } = this.container()[`${probe}Probe`].httpGet;
    if (port !== 'monitor' || !this.portNames().includes(port)) throw new Error(`the ${probe} probe asks port ${port}`);
    return (await httpGet(`${scheme.toLowerCase()}://${this.server.address('monitor')}${path}`)).status;
  }

  /** The statuses that kubelet's three probes get. */
  public async probes(): Promise<{ [probe in Probe]: number }> {
    const [startup, readiness, liveness] = await Promise.all([this.probe('startup'), this.probe('readiness'), this.probe('liveness')]);
    return { startup, readiness, liveness };
  }

  /** What the server's monitor tells, such as `varz`. */
  public async monitor(endpoint: string): Promise<Manifest> {
    return JSON.parse((await httpGet(`${this.server.monitorUrl}/${endpoint}`)).body);
  }

  /** Brings new objects or Secrets to the running container, as kubelet and the reloader do, and tells what the server makes of them. */
  public async reload(change: { readonly manifests?: Manifests; readonly secrets?: Secrets }): Promise<string> {
    this.manifests = change.manifests ?? this.manifests;
    this.secrets = { ...this.secrets, ...change.secrets };
    const { config_load_time: before } = await this.monitor('varz');
    const since = this.server.log.length;
    this.writeVolumes();
    this.server.signal('SIGHUP');
    const [, refusal] = await this.server.waitForLog(/Reloaded server configuration|Failed to reload server configuration: (.*)/, { since });
    if (refusal) return refusal;
    // The monitor knows of it a moment after the log.
    await eventually(() => this.monitor('varz'), ({ config_load_time: time }) => time !== before);
    return 'reloaded';
  }

  /** Ends the container at once, as the loss of its node does. */
  public async kill(): Promise<void> {
    this.options.network?.attach(this.name, undefined);
    this.server.kill();
    await this.server.exit;
  }

  /** Starts the container anew, with what its volumes hold. */
  public async restart(): Promise<void> {
    this.server = this.run();
    await this.ready();
  }

  /** Runs the preStop hook to its end; after it kubelet sends SIGTERM. */
  public async preStop(): Promise<void> {
    const [program, ...args] = this.container().lifecycle.preStop.exec.command.map((argument: string) => this.local(argument));
    const env = { ...this.process().env, PATH: [dirname(natsServer(this.version())), process.env.PATH].join(delimiter) };
    await promisify(execFile)(program, args, { env, timeout: PRE_STOP_MILLISECONDS });
  }

  /** A path of the pod on this machine. */
  public path(podPath: string): string {
    return join(this.root, podPath);
  }

  /** Ends the container and removes the volumes. */
  public async delete(): Promise<void> {
    pods.delete(this);
    this.server.kill();
    await this.server.exit;
    this.removeVolumes();
  }

  private removeVolumes(): void {
    rmSync(this.root, { recursive: true, force: true });
  }

  private run(): NatsProcess {
    this.writeVolumes();
    const { env, command } = this.process();
    const localEnv = Object.fromEntries(Object.entries(env).map(([name, value]) => [name, this.localUrl(value)]));
    // Without a command the entrypoint of the image runs, which puts the server before arguments that begin with a dash.
    const program = this.container().command ? [] : ['nats-server'];
    return NatsProcess.spawn({ version: this.version(), env: localEnv, command: [...program, ...command.map((argument) => this.local(argument))] });
  }

  private process(): ReturnType<typeof containerProcess> {
    return containerProcess(this.container(), {
      secrets: this.secrets,
      // A label that the pod does not have is empty text.
      fields: { 'metadata.name': this.name, 'metadata.labels[\'topology.kubernetes.io/zone\']': this.options.zone ?? '', 'status.podIP': '127.0.0.1', 'status.hostIP': '127.0.0.1' },
    });
  }

  private container(): Manifest {
    return this.podSpec().containers.find(({ name }: Manifest) => name === 'nats');
  }

  private podSpec(): Manifest {
    return this.statefulSet().spec.template.spec;
  }

  private statefulSet(): Manifest {
    return statefulSetOf(this.manifests, this.options.statefulSet);
  }

  private portNames(): string[] {
    return this.container().ports.map(({ name }: Manifest) => name);
  }

  private version(): NatsVersion {
    const { image } = this.container();
    const version = this.options.version ?? NATS_VERSIONS.find((known) => image.endsWith(`:${known}-alpine`));
    if (!version) throw new Error(`there is no nats-server for the image ${image}`);
    return version;
  }

  private mounts(): { name: string; mountPath: string }[] {
    return this.container().volumeMounts;
  }

  private writeVolumes(): void {
    for (const { name, mountPath } of this.mounts()) {
      mkdirSync(this.path(mountPath), { recursive: true });
      for (const [file, content] of Object.entries(this.filesOf(name))) writeFileSync(join(this.path(mountPath), file), content);
    }
  }

  private filesOf(volumeName: string): { [file: string]: string } {
    const { volumeClaimTemplates = [] } = this.statefulSet().spec;
    const volume = this.podSpec().volumes.find(({ name }: Manifest) => name === volumeName);
    if (volume?.emptyDir || volumeClaimTemplates.some(({ metadata }: Manifest) => metadata.name === volumeName)) return {};
    const rendered = volume?.configMap && this.manifests.find('ConfigMap', volume.configMap.name);
    if (rendered) return { ...rendered.data, 'nats.conf': this.localConfig(rendered.data['nats.conf']) };
    const files = volume?.secret ? this.secrets[volume.secret.secretName] : this.options.configMaps?.[volume?.configMap?.name];
    if (!files) throw new Error(`there is nothing for the volume ${volumeName}; the pod would wait for it`);
    const { items = Object.keys(files).map((key) => ({ key, path: key })) } = volume.secret ?? volume.configMap;
    return Object.fromEntries(items.map(({ key, path }: Manifest) => {
      if (files[key] === undefined) throw new Error(`there is no key ${key} for the volume ${volumeName}; the pod would wait for it`);
      return [path, files[key]];
    }));
  }

  /** Each listener takes a free port; other servers are dialed where the network leads to them. */
  private localConfig(rendered: string): string {
    const ports: number[] = this.container().ports.map(({ containerPort }: Manifest) => containerPort);
    return localConfig(rendered, {
      ports: Object.fromEntries(ports.map((port) => [port, -1])),
      addressOf: (address) => this.addressOf(address),
      paths: Object.fromEntries(this.mounts().map(({ mountPath }) => [mountPath, this.path(mountPath)])),
    });
  }

  /** A URL with a password is in the environment. */
  private localUrl(text: string): string {
    return text.replace(/(:\/\/[^/@]*@)([\w.-]+:\d+)/, (_, before: string, address: string) => before + (this.addressOf(address) ?? address));
  }

  private addressOf(address: string): string | undefined {
    return this.options.network?.addresses[address] ?? (this.options.toNowhere ? this.nowhere.addressOf(address) : undefined);
  }

  private local(argument: string): string {
    return this.mounts().reduce((text, { mountPath }) => text.replaceAll(`${mountPath}/`, `${this.path(mountPath)}/`), argument);
  }
}

/** The StatefulSet of this name, or the one that there is. */
export function statefulSetOf(manifests: Manifests, name?: string): Manifest {
  const found = manifests.all.filter(({ kind, metadata }) => kind === 'StatefulSet' && (name === undefined || metadata.name === name));
  if (found.length !== 1) throw new Error(`there are ${found.length} StatefulSets`);
  return found[0];
}
