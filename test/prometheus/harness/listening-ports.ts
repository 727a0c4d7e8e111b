import { readdirSync, readFileSync, readlinkSync } from 'fs';

const LISTENING = '0A';

/** The ports on which a process of this machine listens, as Linux tells; for a program that takes any and says not which. */
export function listeningPorts(pid: number): number[] {
  const files = readdirSync(`/proc/${pid}/fd`).flatMap((file) => linkOf(`/proc/${pid}/fd/${file}`) ?? []);
  const sockets = new Set(files.map((file) => /^socket:\[(\d+)\]$/.exec(file)?.[1]));
  const [, ...lines] = readFileSync(`/proc/${pid}/net/tcp`, 'utf8').trim().split('\n');
  const listeners = lines.map((line) => line.trim().split(/\s+/)).filter(([, , , state, , , , , , inode]) => state === LISTENING && sockets.has(inode));
  return listeners.map(([, address]) => parseInt(address.split(':')[1], 16));
}

/** Files come and go while they are listed. */
function linkOf(path: string): string | undefined {
  try {
    return readlinkSync(path);
  } catch {
    return undefined;
  }
}
