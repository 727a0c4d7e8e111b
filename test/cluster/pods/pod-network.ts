import { run } from './shell';

const BRIDGE = 'pods';
const HOST = '10.77.0.1';

/** The network of all pods: a bridge, which the control plane is on, too. */
export class PodNetwork {
  /** Where the control plane is, for pods. */
  public readonly host = HOST;
  private next = 2;

  constructor() {
    run('ip', 'link', 'add', BRIDGE, 'type', 'bridge');
    run('ip', 'address', 'add', `${HOST}/16`, 'dev', BRIDGE);
    run('ip', 'link', 'set', BRIDGE, 'up');
  }

  /** Joins the network namespace of a process to the network, and gives its address there. */
  public join(pid: number): string {
    const number = this.next++;
    const address = `10.77.${Math.floor(number / 250)}.${number % 250 + 2}`;
    const outside = `pod${number}`;
    run('ip', 'link', 'add', outside, 'type', 'veth', 'peer', 'name', 'eth0', 'netns', `${pid}`);
    run('ip', 'link', 'set', outside, 'master', BRIDGE, 'up');
    inside(pid, 'address', 'add', `${address}/16`, 'dev', 'eth0');
    inside(pid, 'link', 'set', 'lo', 'up');
    inside(pid, 'link', 'set', 'eth0', 'up');
    return address;
  }

  /** Loses all that the network namespace of a process sends to an address, or no longer. Who sends hears nothing of it. */
  public lose(pid: number, address: string, isLost: boolean): void {
    inside(pid, 'route', isLost ? 'add' : 'del', 'blackhole', `${address}/32`);
  }

  /** Takes the network away, when no pod is left. */
  public remove(): void {
    run('ip', 'link', 'del', BRIDGE);
  }
}

function inside(pid: number, ...args: string[]): void {
  run('nsenter', '--target', `${pid}`, '--net', 'ip', ...args);
}
