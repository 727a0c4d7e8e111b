import { execFile } from 'child_process';
import { mkdtempSync } from 'fs';
import { join } from 'path';
import { promisify } from 'util';
import { Image } from './programs';
import { childOf, Sandbox } from './sandbox';
import { eventually } from '../../server/harness/eventually';
import { LoggedProcess, ProcessExit } from '../../server/harness/logged-process';

/** What a container is made of. */
export interface ContainerParts {
  readonly name: string;
  readonly sandbox: Sandbox;
  /** Where its root gets a folder. */
  readonly folders: string;
  readonly image: Image;
  readonly command: readonly string[];
  readonly env: { readonly [name: string]: string };
  /** Folders and files of this machine by their path in the container. */
  readonly mounts: { readonly [path: string]: string };
  readonly workingDir: string;
  readonly user: number;
  readonly group: number;
}

const PATH = '/programs:/usr/bin:/bin:/usr/sbin';

/**
 * Makes a root of which nothing can be written, with the tools of this machine and the programs of the image, and becomes the container's command in it, as a user who
 * may do nothing special. Arguments: root, working directory, uid, gid, a list of `source target` lines, then the command.
 */
const START = `
set -eu
root=$1 folder=$2 uid=$3 gid=$4 mounts=$5
shift 5
mount -t tmpfs -o mode=755 tmpfs "$root"
mkdir -p "$root/usr" "$root/proc" "$root/dev" "$root/etc" "$root/tmp"
mount --bind /usr "$root/usr"
mount -o remount,bind,ro "$root/usr"
for link in bin lib lib64 sbin; do [ ! -L "/$link" ] || ln -s "usr/$link" "$root/$link"; done
mount -t proc proc "$root/proc"
for device in null zero random urandom; do touch "$root/dev/$device"; mount --bind "/dev/$device" "$root/dev/$device"; done
printf '%s' "$mounts" | while read -r source target; do
  if [ -d "$source" ]; then mkdir -p "$root$target"; else mkdir -p "$(dirname "$root$target")"; touch "$root$target"; fi
  mount --bind "$source" "$root$target"
done
mount -o remount,ro "$root"
exec chroot "$root" env --chdir="$folder" setpriv --reuid="$uid" --regid="$gid" --clear-groups --bounding-set=-all --inh-caps=-all --no-new-privs -- "$@"
`;

/** A container that runs: the real program, with its own root, as an unprivileged user. */
export class Container {
  public readonly exit: Promise<ProcessExit>;
  private readonly process: LoggedProcess;
  private readonly root: string;

  constructor(private readonly parts: ContainerParts) {
    const { name, folders, command, env, workingDir, user, group } = parts;
    this.root = mkdtempSync(join(folders, 'root-'));
    this.process = new LoggedProcess({
      name,
      command: [...this.entering(), 'unshare', '--mount', '--propagation', 'slave', 'sh', '-c', START, 'sh', this.root, workingDir, `${user}`, `${group}`, this.mountLines(), ...command],
      env: { PATH, ...env },
    });
    this.exit = this.process.exit;
  }

  public get log(): string {
    return this.process.log;
  }

  /** Sends a signal to the container's first process. */
  public async signal(signal: NodeJS.Signals): Promise<void> {
    const pid = this.pid();
    if (pid) process.kill(pid, signal);
  }

  public kill(): void {
    const pid = this.pid();
    if (pid) process.kill(pid, 'SIGKILL');
  }

  /** Runs a command in the container, as a hook does. */
  public async exec(command: string[], milliseconds: number): Promise<void> {
    const pid = await eventually(async () => this.pid(), (found) => found !== undefined);
    const { env, user, group } = this.parts;
    const args = [
      '--target', `${pid}`, '--net', '--pid', '--mount', '--root', '--wd=/', 'setpriv', `--reuid=${user}`, `--regid=${group}`, '--clear-groups', '--no-new-privs', '--', ...command,
    ];
    await promisify(execFile)('nsenter', args, { env: { PATH, ...env }, timeout: milliseconds });
  }

  private entering(): string[] {
    return ['nsenter', '--target', `${this.parts.sandbox.pid}`, '--net', '--pid', '--ipc', '--uts'];
  }

  private mountLines(): string {
    const { mounts, image } = this.parts;
    return Object.entries({ ...mounts, ...image.files }).map(([target, source]) => `${source} ${target}\n`).join('');
  }

  /** nsenter stays outside of the process namespace, and starts the container inside. */
  private pid(): number | undefined {
    const entered = this.process.pid;
    return entered === undefined ? undefined : childOf(entered);
  }
}
