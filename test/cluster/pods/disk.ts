import { mkdirSync, readFileSync, renameSync } from 'fs';
import { dirname } from 'path';
import { run } from './shell';

const SIZE = '1G';

/** A folder with a file system of its own. */
export function mountDisk(folder: string): void {
  mkdirSync(folder, { recursive: true });
  const image = imageOf(folder);
  mkdirSync(dirname(image), { recursive: true });
  run('truncate', '--size', SIZE, image);
  run('mkfs.ext4', '-q', image);
  run('mount', '-o', 'loop', image, folder);
}

/** Brings a folder back to what was on its disk, as a loss of power does: what programs have written and the kernel has only in memory is gone. */
export function losePower(folder: string): void {
  const image = imageOf(folder);
  run('cp', '--sparse=always', image, `${image}.kept`);
  run('umount', '--lazy', folder);
  renameSync(`${image}.kept`, image);
  run('mount', '-o', 'loop', image, folder);
}

function imageOf(folder: string): string {
  return `${folder}.disk`;
}

/** Takes all disks below a folder away. */
export function unmountDisks(folder: string): void {
  const mounts = readFileSync('/proc/self/mounts', 'utf8').split('\n').map((line) => line.split(' ')[1]);
  for (const mount of mounts.filter((path) => path?.startsWith(`${folder}/`))) run('umount', '--lazy', mount);
}
