import { kustomizeController } from './binaries';
import { Cluster } from './cluster';
import { NotificationController, NotificationControllerOptions } from './notification-controller';
import { SourceController } from './source-controller';
import { eventually } from '../../server/harness/eventually';
import { freePorts } from '../../server/harness/free-ports';
import { Manifest } from '../../support';

// Built before the clock of a test runs.
kustomizeController();

const NAMESPACE = 'flux-system';
const START_MILLISECONDS = 60_000;

/** The controllers of Flux that fetch, apply and tell, at work for a cluster. */
export class Flux {
  /** Installs and starts them; a Git repository at this URL is what `flux bootstrap` would have made known. */
  public static async start(cluster: Cluster, url: string, options: NotificationControllerOptions): Promise<Flux> {
    await NotificationController.install(cluster.plane);
    const { eventsUrl } = await NotificationController.start(cluster.plane, options);
    const events = `--events-addr=${eventsUrl}`;
    await SourceController.start(cluster.plane, [events]);
    const [health, metrics] = (await freePorts(2)).map((port) => `127.0.0.1:${port}`);
    cluster.run('kustomize-controller', [
      kustomizeController(), events, `--health-addr=${health}`, `--metrics-addr=${metrics}`, '--requeue-dependency=1s',
    ], {}, { RUNTIME_NAMESPACE: NAMESPACE, TUF_ROOT: '.' });
    await eventually(() => fetch(`http://${health}/readyz`).then(({ status }) => status, () => 0), (status) => status === 200, START_MILLISECONDS);
    await cluster.plane.apply([repository(url)]);
    return new Flux(cluster, url);
  }

  private constructor(private readonly cluster: Cluster, private readonly url: string) {}

  /** Points Flux at a directory of the repository, as a person does it once for each cluster. */
  public async deliver(path: string): Promise<void> {
    await this.cluster.plane.apply([kustomization('delivery', {
      interval: '1h', path, prune: true, sourceRef: { kind: 'GitRepository', name: 'flux-system' },
    })]);
  }

  /** Fetches a commit now and not in a while, and waits until Flux has it. */
  public async fetch(commit: string): Promise<void> {
    await this.cluster.plane.apply([repository(this.url, { 'reconcile.fluxcd.io/requestedAt': commit })]);
    await this.cluster.eventually(repository(this.url), ({ status }) => status?.artifact?.revision?.endsWith(commit));
  }

  /** Waits until a Kustomization has made of a commit what it should. */
  public async ready(name: string, commit: string, milliseconds?: number): Promise<Manifest> {
    return this.cluster.eventually(kustomization(name), ({ status }) =>
      readyOf(status)?.status === 'True' && status.lastAppliedRevision?.endsWith(commit), milliseconds);
  }

  /** Waits until a Kustomization has failed at a commit, and says how. */
  public async failed(name: string, commit: string): Promise<string> {
    const { status } = await this.cluster.eventually(kustomization(name), ({ status: found }) =>
      readyOf(found)?.status === 'False' && found.lastAttemptedRevision?.endsWith(commit));
    return readyOf(status)!.message;
  }
}

function readyOf(status: Manifest | undefined): Manifest | undefined {
  return status?.conditions?.find(({ type }: Manifest) => type === 'Ready');
}

function repository(url: string, annotations: { [name: string]: string } = {}): Manifest {
  return {
    apiVersion: 'source.toolkit.fluxcd.io/v1',
    kind: 'GitRepository',
    metadata: { name: 'flux-system', namespace: NAMESPACE, annotations },
    spec: { interval: '1h', url, ref: { branch: 'main' } },
  };
}

function kustomization(name: string, spec?: object): Manifest {
  return { apiVersion: 'kustomize.toolkit.fluxcd.io/v1', kind: 'Kustomization', metadata: { name, namespace: NAMESPACE }, spec };
}
