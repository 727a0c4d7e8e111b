import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { jetStreamController } from './binaries';
import { ControlPlane } from './control-plane';
import { eventually } from '../../server/harness/eventually';
import { freePorts } from '../../server/harness/free-ports';
import { LoggedProcess } from '../../server/harness/logged-process';
import { containerProcess, PodSources } from '../../server/harness/pod-env';
import { Manifest, Manifests } from '../../support';

// Built before the clock of a test runs.
jetStreamController();

export interface ControllerPodOptions {
  /** What the API server does not have, as the kubelet would read it: Secret -> key -> value. */
  readonly secrets?: PodSources['secrets'];
  /** `host:port` that the controller dials -> `host:port` here. */
  readonly addresses?: { readonly [address: string]: string };
}

const folders: string[] = [];
if (typeof afterAll === 'function') afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

/**
 * The pod of a controller's Deployment: NACK itself, started as the kubelet would start it, with its command, arguments, environment and volumes, and with the token
 * of its ServiceAccount. Only addresses, ports and absolute paths are those of this machine.
 */
export class ControllerPod {
  /** Starts it, and waits until its probes succeed. */
  public static async start(plane: ControlPlane, manifests: Manifests, name: string, options: ControllerPodOptions = {}): Promise<ControllerPod> {
    const deployment = manifests.get('Deployment', name);
    const { namespace } = deployment.metadata;
    const { serviceAccountName, automountServiceAccountToken } = deployment.spec.template.spec;
    if (!automountServiceAccountToken) throw new Error(`the pod of ${name} has no token`);
    const token = await plane.client.tokenOf(namespace, serviceAccountName);
    const [healthPort] = await freePorts(1);
    const pod = new ControllerPod(deployment, plane.kubeconfig(token), healthPort, options);
    await eventually(() => Promise.all([pod.probe('readinessProbe'), pod.probe('livenessProbe')]), (statuses) => statuses.every((status) => status === 200));
    return pod;
  }

  /** As whom the API server knows it. */
  public readonly user: string;
  public readonly process: LoggedProcess;
  private readonly root = mkdtempSync(join(tmpdir(), 'controller-'));

  private constructor(
    private readonly deployment: Manifest, kubeconfig: string, private readonly healthPort: number, private readonly options: ControllerPodOptions,
  ) {
    folders.push(this.root);
    const { namespace } = deployment.metadata;
    this.user = `system:serviceaccount:${namespace}:${this.podSpec().serviceAccountName}`;
    this.writeVolumes();
    const { env, command: [program, ...args] } = containerProcess(this.container(), { secrets: options.secrets });
    if (program !== '/jetstream-controller') throw new Error(`the image has no ${program}`);
    this.process = new LoggedProcess({
      name: 'jetstream-controller',
      command: [jetStreamController(), ...args.map((argument) => this.local(argument))],
      env: { ...env, KUBECONFIG: 'kubeconfig' },
      files: { kubeconfig },
    });
  }

  /** The status that the kubelet's probe gets; 0 before anybody answers. */
  public async probe(probe: 'readinessProbe' | 'livenessProbe'): Promise<number> {
    const { path } = this.container()[probe].httpGet;
    return fetch(`http://127.0.0.1:${this.healthPort}${path}`, { signal: AbortSignal.timeout(5000) }).then(({ status }) => status, () => 0);
  }

  private podSpec(): Manifest {
    return this.deployment.spec.template.spec;
  }

  private container(): Manifest {
    return this.podSpec().containers[0];
  }

  private writeVolumes(): void {
    for (const { name, mountPath } of this.container().volumeMounts) {
      mkdirSync(join(this.root, mountPath), { recursive: true });
      const { secret } = this.podSpec().volumes.find((volume: Manifest) => volume.name === name);
      if (!secret) continue;
      const data = this.options.secrets?.[secret.secretName];
      if (!data) throw new Error(`there is no Secret ${secret.secretName}; the pod would wait for it`);
      const items: { key: string; path: string }[] = secret.items ?? Object.keys(data).map((key) => ({ key, path: key }));
      for (const { key, path } of items) writeFileSync(join(this.root, mountPath, path), data[key]);
    }
  }

  private local(argument: string): string {
    const mounted = this.container().volumeMounts.reduce(
      (text: string, { mountPath }: Manifest) => text.replace(new RegExp(`=${mountPath}(?=/|$)`), `=${join(this.root, mountPath)}`), argument,
    );
    const { containerPort } = this.container().ports.find(({ name }: Manifest) => name === 'health');
    return dialedHere(mounted.replace(`=:${containerPort}`, `=127.0.0.1:${this.healthPort}`), this.options.addresses ?? {});
  }
}

/** A text with the addresses of this machine. */
export function dialedHere(text: string, addresses: { readonly [address: string]: string }): string {
  return Object.entries(addresses).reduce((changed, [from, to]) => changed.replaceAll(from, to), text);
}
