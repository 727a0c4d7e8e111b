import { alertmanager } from './binaries';
import { freePorts } from '../../server/harness/free-ports';
import { LoggedProcess } from '../../server/harness/logged-process';
import { Manifest } from '../../support';

/** An alert as Prometheus tells it to an Alertmanager. */
export interface ToldAlert {
  readonly labels: { readonly [label: string]: string };
  readonly annotations?: { readonly [name: string]: string };
  /** Since when it is over. */
  readonly endsAt?: string;
}

/** An Alertmanager on loopback, alone. */
export class AlertmanagerProcess extends LoggedProcess {
  /** Starts it; a configuration that it refuses throws. */
  public static async start(config: Manifest): Promise<AlertmanagerProcess> {
    const [port] = await freePorts(1);
    const process = new AlertmanagerProcess(config, port);
    await process.waitForLog(/Listening on/);
    return process;
  }

  private constructor(config: Manifest, private readonly port: number) {
    super({
      name: 'alertmanager',
      command: [alertmanager(), '--config.file=config.json', '--storage.path=data', `--web.listen-address=127.0.0.1:${port}`, '--cluster.listen-address='],
      env: {},
      files: { 'config.json': JSON.stringify(config) },
    });
  }

  public async tell(alerts: ToldAlert[]): Promise<void> {
    const answer = await fetch(`http://127.0.0.1:${this.port}/api/v2/alerts`, {
      method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(alerts),
    });
    if (!answer.ok) throw new Error(`${answer.status}: ${await answer.text()}`);
  }
}
