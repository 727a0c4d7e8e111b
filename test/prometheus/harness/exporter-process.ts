import { natsExporter } from './binaries';
import { freePorts } from '../../server/harness/free-ports';
import { LoggedProcess } from '../../server/harness/logged-process';
import { Manifest } from '../../support';

/** The exporter of a pod, with the arguments of its container; only its port and the server's address are those of this machine. */
export class ExporterProcess extends LoggedProcess {
  public static async start(container: Manifest, monitorUrl: string): Promise<ExporterProcess> {
    const [port] = await freePorts(1);
    const exporter = new ExporterProcess(container, monitorUrl, port);
    await exporter.waitForLog(/Prometheus exporter listening/);
    return exporter;
  }

  public readonly address: string;

  private constructor(container: Manifest, monitorUrl: string, port: number) {
    const args = container.args.map((arg: string) => arg.replace(/^-port=.*/, `-port=${port}`).replace(/^http:.*/, monitorUrl));
    super({ name: 'exporter', command: [natsExporter(), '-addr=127.0.0.1', ...args], env: {} });
    this.address = `127.0.0.1:${port}`;
  }
}
