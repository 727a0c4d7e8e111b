import { Container } from './container';
import { NodeServices } from './node-services';
import { probe } from './probe';
import { imageOf } from './programs';
import { Sandbox } from './sandbox';
import { fieldOf, Volumes } from './volumes';
import { containerProcess } from '../../server/harness/pod-env';
import { Manifest } from '../../support';

/** How a container is, as the status of the pod says it. */
interface ContainerState {
  readonly spec: Manifest;
  /** Undefined for an image whose programs nobody here has: it is said to run. */
  container?: Container;
  started: boolean;
  ready: boolean;
  restarts: number;
  /** How often each probe was asked. */
  readonly asked: Map<string, number>;
  /** How often the liveness probe has failed in a row. */
  failures: number;
  exitCode?: number;
}

const TICK_MILLISECONDS = 250;
const VOLUMES_EVERY_MILLISECONDS = 1000;

/** A pod that runs as its kubelet would run it: volumes, network, containers, probes, hooks, and its status in the API. */
export class RunningPod {
  public static async start(pod: Manifest, services: NodeServices): Promise<RunningPod> {
    const volumes = new Volumes(services, pod);
    await volumes.refresh();
    const sandbox = await Sandbox.start();
    try {
      const running = new RunningPod(pod, services, volumes, sandbox, services.network.join(sandbox.pid));
      await running.startContainers();
      running.life = running.live();
      return running;
    } catch (error) {
      await sandbox.end();
      throw error;
    }
  }

  private readonly states: ContainerState[];
  private readonly startedAt = new Date().toISOString();
  private life: Promise<void> = Promise.resolve();
  private wasReady = false;
  private readySince = this.startedAt;
  private ending = false;
  private reported = '';

  private constructor(
    public readonly pod: Manifest, private readonly services: NodeServices, private readonly volumes: Volumes, private readonly sandbox: Sandbox,
    public readonly address: string,
  ) {
    this.states = pod.spec.containers.map((spec: Manifest) => ({
      spec, started: !spec.startupProbe, ready: false, restarts: 0, asked: new Map(), failures: 0,
    }));
  }

  /** Hears what the API server says of the pod. Where a node was taken for lost, its pods are said not to be ready, until their kubelet says it again. */
  public seen({ status }: Manifest): void {
    const said = status?.conditions?.find(({ type }: Manifest) => type === 'Ready')?.status;
    if (said !== (this.wasReady ? 'True' : 'False')) this.reported = '';
  }

  /** What a container has written to its outputs. */
  public logOf(name: string): string {
    return this.states.find(({ spec }) => spec.name === name)?.container?.log ?? '';
  }

  /** How often a probe of a container was asked. */
  public asked(name: string, kind: string): number {
    return this.states.find(({ spec }) => spec.name === name)?.asked.get(kind) ?? 0;
  }

  /** Ends a container at once, as the kernel does where memory is short; the pod starts it anew. */
  public crash(name: string): void {
    this.states.find(({ spec }) => spec.name === name)!.container!.kill();
  }

  /** Ends a container at once, as the loss of its node's power does, and with it what was not on disk yet. */
  public losePower(name: string): void {
    this.crash(name);
    this.volumes.losePower();
  }

  /** Cuts the pod off from another, in both directions, while all else reaches both; or joins them again. */
  public part(other: RunningPod, isParted: boolean = true): void {
    this.services.network.lose(this.sandbox.pid, other.address, isParted);
    this.services.network.lose(other.sandbox.pid, this.address, isParted);
  }

  /** Ends the pod as its deletion asks for it: hooks, then SIGTERM, then at the end of the grace period SIGKILL. */
  public async terminate(): Promise<void> {
    this.ending = true;
    await this.life;
    const { terminationGracePeriodSeconds: grace = 30 } = this.pod.spec;
    const end = Date.now() + grace * 1000;
    for (const state of this.states) state.ready = false;
    await this.report().catch(() => undefined);
    const stopped = Promise.all(this.states.map((state) => this.stop(state, end)));
    await Promise.race([stopped, new Promise((resolve) => setTimeout(resolve, grace * 1000).unref())]);
    await this.lose();
  }

  /** Ends all of it at once, as the loss of the node does. */
  public async lose(): Promise<void> {
    this.ending = true;
    await this.life;
    await this.sandbox.end();
  }

  private async stop({ spec, container }: ContainerState, end: number): Promise<void> {
    if (!container) return;
    const hook = spec.lifecycle?.preStop?.exec?.command;
    if (hook) await container.exec(hook, Math.max(1, end - Date.now())).catch(() => undefined);
    await container.signal('SIGTERM');
    await container.exit;
  }

  /** Looks after the containers until the pod ends: restarts those that end, asks the probes, brings volumes up to date. */
  private async live(): Promise<void> {
    const next = new Map<string, number>();
    const due = (what: string, every: number) => {
      if ((next.get(what) ?? 0) > Date.now()) return false;
      next.set(what, Date.now() + every);
      return true;
    };
    while (!this.ending) {
      if (due('volumes', VOLUMES_EVERY_MILLISECONDS)) await this.volumes.refresh().catch(() => undefined);
      // The API server may be away for a while: what needs it is tried again.
      await Promise.all(this.states.map((state) => this.look(state, due).catch(() => undefined)));
      await this.report().catch(() => undefined);
      await new Promise((resolve) => setTimeout(resolve, TICK_MILLISECONDS));
    }
  }

  private async look(state: ContainerState, due: (what: string, every: number) => boolean): Promise<void> {
    const { spec } = state;
    if (!state.container) {
      Object.assign(state, { started: true, ready: true });
      return;
    }
    if (state.exitCode !== undefined) {
      Object.assign(state, { started: !spec.startupProbe, ready: false });
      await this.run(state);
      Object.assign(state, { restarts: state.restarts + 1, failures: 0, exitCode: undefined });
      return;
    }
    const isDue = (kind: string) => spec[kind] && due(`${spec.name} ${kind}`, (spec[kind].periodSeconds ?? 10) * 1000);
    if (!state.started) {
      if (isDue('startupProbe')) state.started = await this.ask(state, 'startupProbe');
      return;
    }
    if (!spec.readinessProbe) state.ready = true;
    else if (isDue('readinessProbe')) state.ready = await this.ask(state, 'readinessProbe');
    if (!isDue('livenessProbe')) return;
    state.failures = await this.ask(state, 'livenessProbe') ? 0 : state.failures + 1;
    if (state.failures >= (spec.livenessProbe.failureThreshold ?? 3)) state.container.kill();
  }

  private ask({ spec, asked }: ContainerState, kind: string): Promise<boolean> {
    asked.set(kind, (asked.get(kind) ?? 0) + 1);
    return probe(spec[kind], spec, this.address);
  }

  private async startContainers(): Promise<void> {
    this.services.hosts.fileOf(this.pod.metadata.namespace);
    for (const state of this.states) await this.run(state);
  }

  private async run(state: ContainerState): Promise<void> {
    const { spec } = state;
    const image = imageOf(spec.image);
    if (!image) return;
    const { env, command } = containerProcess(spec, { secrets: await this.secrets(spec), fields: this.fields(spec) });
    const { runAsUser = 0, runAsGroup = runAsUser, runAsNonRoot } = { ...this.pod.spec.securityContext, ...spec.securityContext };
    if (runAsNonRoot && runAsUser === 0) throw new Error(`the container ${spec.name} must not run as root, and does not say as whom it runs`);
    const mounts = (spec.volumeMounts ?? []).map(({ name, mountPath, subPath }: Manifest) => {
      if (subPath) throw new Error(`subPath of ${spec.name} is not played`);
      return [mountPath, this.volumes.folderOf(this.pod.spec.volumes.find((volume: Manifest) => volume.name === name))];
    });
    const container = new Container({
      name: `${this.pod.metadata.name}/${spec.name}`,
      sandbox: this.sandbox,
      folders: this.services.folders,
      image,
      command: spec.command ? command : [...image.entrypoint, ...command],
      env: { HOSTNAME: this.pod.metadata.name, KUBERNETES_SERVICE_HOST: this.services.network.host, KUBERNETES_SERVICE_PORT: `${this.services.apiPort}`, ...env },
      mounts: { '/etc/hosts': this.services.hosts.fileOf(this.pod.metadata.namespace), ...Object.fromEntries(mounts) },
      workingDir: spec.workingDir ?? '/',
      user: runAsUser,
      group: runAsGroup,
    });
    state.container = container;
    void container.exit.then(({ code }) => { if (state.container === container) state.exitCode = code ?? 137; });
  }

  private async secrets({ env = [] }: Manifest): Promise<{ [secret: string]: { [key: string]: string } }> {
    const names = new Set<string>(env.flatMap(({ valueFrom }: Manifest) => valueFrom?.secretKeyRef?.name ?? []));
    const found = await Promise.all([...names].map(async (name) => {
      const { body } = await this.services.client.get({ apiVersion: 'v1', kind: 'Secret', metadata: { name, namespace: this.pod.metadata.namespace } });
      const data: [string, string][] = Object.entries(body.data ?? {});
      return [name, Object.fromEntries(data.map(([key, value]) => [key, Buffer.from(value, 'base64').toString()]))];
    }));
    return Object.fromEntries(found);
  }

  private fields({ env = [] }: Manifest): { [path: string]: string } {
    const pod = { ...this.pod, status: { podIP: this.address, hostIP: this.services.network.host } };
    const paths: string[] = env.flatMap(({ valueFrom }: Manifest) => valueFrom?.fieldRef?.fieldPath ?? []);
    return Object.fromEntries(paths.map((path) => [path, fieldOf(pod, path)]));
  }

  /** Writes the status of the pod, if it says something else. */
  private async report(): Promise<void> {
    const isReady = this.states.every(({ ready }) => ready);
    if (isReady !== this.wasReady) {
      this.wasReady = isReady;
      // From when on a pod is ready tells whether it is available, after the StatefulSet's minReadySeconds.
      this.readySince = new Date().toISOString();
    }
    const condition = (type: string, is: boolean, lastTransitionTime: string) => ({ type, status: is ? 'True' : 'False', lastTransitionTime });
    const status = {
      phase: 'Running',
      podIP: this.address,
      podIPs: [{ ip: this.address }],
      hostIP: this.services.network.host,
      startTime: this.startedAt,
      conditions: [
        condition('Initialized', true, this.startedAt), condition('ContainersReady', isReady, this.readySince), condition('Ready', isReady, this.readySince),
      ],
      containerStatuses: this.states.map(({ spec, started, ready, restarts }) => ({
        name: spec.name, image: spec.image, imageID: '', started, ready, restartCount: restarts, state: { running: { startedAt: this.startedAt } },
      })),
    };
    const text = JSON.stringify(status);
    if (text === this.reported) return;
    const { name, namespace } = this.pod.metadata;
    const path = `/api/v1/namespaces/${namespace}/pods/${name}/status`;
    const { status: answer } = await this.services.client.ask('PATCH', path, { status }, 'application/strategic-merge-patch+json');
    if (answer === 200) this.reported = text;
  }
}
