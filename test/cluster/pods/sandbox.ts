import { ChildProcess, spawn } from 'child_process';
import { readFileSync } from 'fs';
import { eventually } from '../../server/harness/eventually';

/** What the containers of a pod share: network and process namespaces, which a process holds that does nothing. */
export class Sandbox {
  public static async start(): Promise<Sandbox> {
    const holder = spawn('unshare', ['--net', '--pid', '--ipc', '--uts', '--fork', '--kill-child', 'sleep', 'infinity'], { stdio: 'ignore' });
    const pid = await eventually(async () => childOf(holder.pid!), (found) => found !== undefined);
    return new Sandbox(holder, pid!);
  }

  private readonly exit: Promise<unknown>;

  private constructor(private readonly holder: ChildProcess, public readonly pid: number) {
    this.exit = new Promise((resolve) => holder.once('exit', resolve));
  }

  /** Ends all processes of the pod at once: they end with the first one of their namespace. */
  public end(): Promise<unknown> {
    this.holder.kill('SIGKILL');
    return this.exit;
  }
}

/** The process that another has started; undefined before it has, or after it has ended. */
export function childOf(pid: number): number | undefined {
  try {
    const [child] = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ');
    return child ? Number(child) : undefined;
  } catch {
    return undefined;
  }
}
