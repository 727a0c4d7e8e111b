import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { kubeControllerManager, kubeScheduler, kwok, kwokFiles } from './binaries';
import { ControlPlane } from './control-plane';
import { eventually } from '../../server/harness/eventually';
import { freePorts } from '../../server/harness/free-ports';
import { LoggedProcess } from '../../server/harness/logged-process';
import { Manifest } from '../../support';

// Built before the clock of a test runs.
kubeControllerManager();
kubeScheduler();
kwok();

const START_MILLISECONDS = 60_000;

export interface ClusterOptions {
  /** How many nodes, each in a zone of its own. @default 3 */
  readonly nodes?: number;
  /** Name of the StorageClass whose volumes there are, which is the default one. @default kwok-volume */
  readonly storageClass?: string;
  /** Where the API server listens. @default - loopback */
  readonly address?: string;
  /** Whether kwok plays the kubelets, so that all pods are ready at once. Else somebody else runs them. @default true */
  readonly fakePods?: boolean;
}

/**
 * A whole Kubernetes without containers: the API server, the control loops and the scheduler are real, and kwok plays the kubelets and the storage. Pods are ready because
 * it says so, unless others run them.
 */
export class Cluster {
  public static async start(options: ClusterOptions = {}): Promise<Cluster> {
    const cluster = new Cluster(await ControlPlane.start(options.address), await freePorts(3));
    await cluster.join(options);
    return cluster;
  }

  private readonly processes: LoggedProcess[] = [];

  private constructor(public readonly plane: ControlPlane, private readonly ports: number[]) {
    const [managerPort, schedulerPort] = ports;
    this.run('kube-controller-manager', [
      kubeControllerManager(), '--kubeconfig=kubeconfig', '--bind-address=127.0.0.1', `--secure-port=${managerPort}`, '--leader-elect=false',
      '--service-account-private-key-file=sa.key', '--root-ca-file=ca.crt',
    ], { 'sa.key': plane.serviceAccountKey, 'ca.crt': plane.ca });
    this.run('kube-scheduler', [
      kubeScheduler(), '--kubeconfig=kubeconfig', '--bind-address=127.0.0.1', `--secure-port=${schedulerPort}`, '--leader-elect=false',
    ]);
  }

  /** A process that may do everything in the cluster. */
  public run(name: string, command: string[], files: { [path: string]: string } = {}, env: { [name: string]: string } = {}): LoggedProcess {
    const process = new LoggedProcess({
      name, command, env: { KUBECONFIG: 'kubeconfig', ...env }, files: { kubeconfig: this.plane.adminKubeconfig, ...files },
    });
    this.processes.push(process);
    return process;
  }

  /** Ends everything at once: nothing of it is needed any more. */
  public async stop(): Promise<void> {
    for (const process of this.processes) process.kill();
    await Promise.all(this.processes.map(({ exit }) => exit));
    await this.plane.stop();
  }

  /** Waits for an object to be as it should. */
  public async eventually(object: Manifest, isRight: (found: Manifest) => boolean, milliseconds: number = START_MILLISECONDS): Promise<Manifest> {
    const { body } = await eventually(
      () => this.plane.client.get(object as never), ({ status, body: found }) => status === 200 && isRight(found), milliseconds,
    );
    return body;
  }

  private async join({ nodes = 3, storageClass = 'kwok-volume', fakePods = true }: ClusterOptions): Promise<void> {
    const all = Array.from({ length: nodes }, (_, index) => node(index));
    await this.plane.apply(all);
    // Leases keep the nodes ready: the control loops take a node without one for lost after a minute.
    this.run('kwok', [
      kwok(), '--config=stages.yaml', '--kubeconfig=kubeconfig', '--manage-all-nodes=true', '--node-lease-duration-seconds=40',
      `--server-address=127.0.0.1:${this.ports[2]}`,
    ], { 'stages.yaml': stages(fakePods).replaceAll('kwok-volume', storageClass) });
    await this.plane.apply([{
      apiVersion: 'storage.k8s.io/v1',
      kind: 'StorageClass',
      metadata: { name: storageClass, annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } },
      provisioner: 'kwok.x-k8s.io/volume',
      reclaimPolicy: 'Delete',
    }]);
    for (const one of all) {
      await this.eventually(one, ({ status }) => status?.conditions?.some(({ type, status: is }: Manifest) => type === 'Ready' && is === 'True'));
    }
    await this.eventually({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'default', namespace: 'default' } }, () => true);
  }
}

function node(index: number): Manifest {
  const resources = { cpu: '32', memory: '256Gi', pods: '110' };
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name: `node-${index}`,
      labels: { 'kubernetes.io/hostname': `node-${index}`, 'kubernetes.io/os': 'linux', 'kubernetes.io/arch': 'amd64', 'topology.kubernetes.io/zone': `zone-${index}` },
    },
    status: { allocatable: resources, capacity: resources },
  };
}

/** How kwok plays kubelets and storage: it has no idea of its own. */
function stages(fakePods: boolean): string {
  const folder = join(kwokFiles(), 'kustomize/stage');
  const files = ['node/fast', 'node/heartbeat-with-lease', 'volume/fast', ...fakePods ? ['pod/fast'] : []].flatMap((kind) =>
    readdirSync(join(folder, kind)).filter((file) => file.endsWith('.yaml')).map((file) => readFileSync(join(folder, kind, file), 'utf8')));
  return files.filter((text) => /^kind: Stage$/m.test(text)).join('\n---\n');
}
