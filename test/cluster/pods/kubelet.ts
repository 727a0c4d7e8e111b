import { mkdtempSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { unmountDisks } from './disk';
import { Hosts } from './hosts';
import { NodeServices } from './node-services';
import { RunningPod } from './running-pod';
import { run } from './shell';
import { Manifest } from '../../support';
import { KubeClient } from '../harness/kube-client';

const TICK_MILLISECONDS = 250;

/** The kubelets of all nodes: runs the pods that the scheduler puts there, and ends those that are deleted. */
export class Kubelet {
  private readonly folders = mkdtempSync(join(tmpdir(), 'kubelet-'));
  private readonly client: KubeClient;
  private readonly services: NodeServices;
  private readonly pods = new Map<string, Promise<RunningPod>>();
  private readonly leaving = new Map<string, Promise<void>>();
  private readonly life: Promise<void>;
  private ending = false;
  private givesNames = false;

  constructor(node: Omit<NodeServices, 'hosts' | 'folders'>) {
    this.client = node.client;
    this.services = { ...node, hosts: new Hosts(node.client, node.network.host, this.folders), folders: this.folders };
    this.life = this.live();
  }

  /** Lets this process resolve names as the pods of a namespace do; the mount is seen in the namespaces of the tests alone. */
  public resolveNamesOf(namespace: string): void {
    run('mount', '--bind', this.services.hosts.fileOf(namespace), '/etc/hosts');
    this.givesNames = true;
  }

  /** The pod of this name that runs. */
  public async pod(name: string): Promise<RunningPod> {
    for (const running of await Promise.all(this.pods.values())) if (running.pod.metadata.name === name) return running;
    throw new Error(`there is no pod ${name}`);
  }

  /** Ends all pods at once. */
  public async stop(): Promise<void> {
    this.ending = true;
    await this.life;
    await Promise.all([...this.pods.values()].map((pod) => pod.then((running) => running.lose(), () => undefined)));
    if (this.givesNames) run('umount', '/etc/hosts');
    unmountDisks(this.folders);
    rmSync(this.folders, { recursive: true });
  }

  private async live(): Promise<void> {
    while (!this.ending) {
      // The API server may be away for a while, as its pods must not notice.
      await this.look().catch(() => undefined);
      await new Promise((resolve) => setTimeout(resolve, TICK_MILLISECONDS));
    }
  }

  private async look(): Promise<void> {
    const { status, body } = await this.client.ask('GET', '/api/v1/pods');
    if (status !== 200) return;
    const here: Manifest[] = body.items.filter(({ spec }: Manifest) => spec.nodeName);
    for (const pod of here) {
      const { uid, deletionTimestamp } = pod.metadata;
      if (deletionTimestamp) this.leave(pod);
      else if (this.pods.has(uid)) void this.pods.get(uid)!.then((running) => running.seen(pod), () => undefined);
      else this.start(pod);
    }
    await this.services.hosts.refresh(new Set(here.map(({ metadata }) => metadata.namespace)));
  }

  /** A pod whose Secrets are not there yet is tried again. */
  private start(pod: Manifest): void {
    const { uid } = pod.metadata;
    const starting = RunningPod.start(pod, this.services);
    this.pods.set(uid, starting);
    starting.catch(() => this.pods.delete(uid));
  }

  private leave({ metadata: { uid, name, namespace } }: Manifest): void {
    if (this.leaving.has(uid)) return;
    this.leaving.set(uid, (async () => {
      await (await this.pods.get(uid)?.catch(() => undefined))?.terminate();
      this.pods.delete(uid);
      const { status, body } = await this.client.ask('DELETE', `/api/v1/namespaces/${namespace}/pods/${name}`, { gracePeriodSeconds: 0, preconditions: { uid } });
      if (status >= 300 && status !== 404) throw new Error(`the pod ${name} cannot be deleted: ${body.message}`);
    })().catch(() => { this.leaving.delete(uid); }));
  }
}
