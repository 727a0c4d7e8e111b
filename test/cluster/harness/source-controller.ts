import { sourceController } from './binaries';
import { ControlPlane } from './control-plane';
import { eventually } from '../../server/harness/eventually';
import { freePorts } from '../../server/harness/free-ports';
import { LoggedProcess } from '../../server/harness/logged-process';
import { Manifest } from '../../support';

// Built before the clock of a test runs.
sourceController();

const START_MILLISECONDS = 60_000;

/** The controller of Flux that fetches sources, at work for an API server. */
export class SourceController {
  /** @param args more of its arguments, such as where it tells what has happened */
  public static async start(plane: ControlPlane, args: string[] = []): Promise<SourceController> {
    const [storage, health, metrics] = (await freePorts(3)).map((port) => `127.0.0.1:${port}`);
    new LoggedProcess({
      name: 'source-controller',
      command: [
        sourceController(), `--storage-addr=${storage}`, `--storage-adv-addr=${storage}`, '--storage-path=storage', `--health-addr=${health}`, `--metrics-addr=${metrics}`,
        ...args,
      ],
      env: { KUBECONFIG: 'kubeconfig', RUNTIME_NAMESPACE: 'flux-system', TUF_ROOT: '.' },
      files: { 'kubeconfig': plane.adminKubeconfig, 'storage/.keep': '' },
    });
    await eventually(() => fetch(`http://${health}/readyz`).then(({ status }) => status, () => 0), (status) => status === 200, START_MILLISECONDS);
    return new SourceController(plane);
  }

  private constructor(private readonly plane: ControlPlane) {}

  /** What it says of a source that it cannot fetch. */
  public async complaintAbout(source: Manifest): Promise<string> {
    await this.plane.apply([source]);
    const { body } = await eventually(() => this.plane.client.get(source as never), ({ body: found }) => readyOf(found)?.status === 'False', START_MILLISECONDS);
    return readyOf(body)!.message;
  }
}

function readyOf({ status }: Manifest): Manifest | undefined {
  return status?.conditions?.find(({ type }: Manifest) => type === 'Ready');
}
