import { createHash } from 'crypto';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'fs';
import { homedir } from 'os';
import { basename, dirname, join } from 'path';
import { go } from './go';

export interface GoBinary {
  readonly name: string;
  readonly version: string;
  /** Folder of the Go module that pins it. */
  readonly module: string;
  /** Path of the program's package. */
  readonly goPackage: string;
  /** Such as `-X importpath.name=value`. */
  readonly linkerFlags?: readonly string[];
  /** In milliseconds. */
  readonly longestBuild?: number;
  /** What the program embeds and its own module does not hold. It is then built in a copy of that, with the versions that it pins itself. */
  readonly embedded?: { readonly module: string; readonly files: { readonly [path: string]: string } };
}

/** The path of a program, built once from its Go module and kept: outside the checkout, in a folder that changes with what it is built from. */
export function goBinary({ name, version, module, goPackage, linkerFlags = [], longestBuild = 15 * 60_000, embedded }: GoBinary): string {
  const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'cdk8s-nats');
  const folder = join(cache, `${name}-${version}-${process.platform}-${process.arch}-${digestOf(module, linkerFlags)}`);
  const binary = join(folder, name);
  if (existsSync(binary)) return binary;
  mkdirSync(folder, { recursive: true });
  whileLocked(`${binary}.lock`, longestBuild, () => {
    if (!existsSync(binary)) build({ module, goPackage, linkerFlags, longestBuild, embedded }, folder, binary);
  });
  return binary;
}

/** Builds elsewhere and renames, so that a binary that is there is whole. */
function build(
  { module, goPackage, linkerFlags, longestBuild, embedded }: Required<Omit<GoBinary, 'name' | 'version' | 'embedded'>> & Pick<GoBinary, 'embedded'>,
  folder: string, binary: string,
): void {
  // What an interrupted build has left.
  const left = readdirSync(folder).filter((name) => name.startsWith('build-') && !isRunning(Number(name.split('-')[1])));
  for (const name of left) rmSync(join(folder, name), { recursive: true, force: true });
  const building = mkdtempSync(join(folder, `build-${process.pid}-`));
  const output = join(building, basename(binary));
  try {
    const flags = ['-mod=readonly', '-trimpath', '-buildvcs=false', `-ldflags=${['-s', '-w', ...linkerFlags].join(' ')}`];
    const source = embedded ? copyOf(module, embedded, join(building, 'source')) : module;
    go(['build', '-C', source, ...flags, '-o', output, goPackage], { timeout: longestBuild });
    renameSync(output, binary);
  } finally {
    rmSync(building, { recursive: true, force: true });
  }
}

/** A module as the proxy has it, with more files. */
function copyOf(pinning: string, { module, files }: NonNullable<GoBinary['embedded']>, copy: string): string {
  const { Dir } = JSON.parse(go(['mod', 'download', '-C', pinning, '-json', module]));
  cpSync(Dir, copy, { recursive: true });
  // Folders of the cache of modules can only be read, and so can their copies.
  for (const folder of [copy, ...foldersIn(copy)]) chmodSync(folder, 0o755);
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(copy, path)), { recursive: true });
    writeFileSync(join(copy, path), content);
  }
  return copy;
}

function foldersIn(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map((entry) => join(entry.parentPath, entry.name));
}

function digestOf(module: string, linkerFlags: readonly string[]): string {
  const hash = createHash('sha256').update(linkerFlags.join(' '));
  for (const file of readdirSync(module, { recursive: true, encoding: 'utf8' }).filter((name) => /\.(go|mod|sum)$/.test(name)).sort()) {
    hash.update(file).update(readFileSync(join(module, file)));
  }
  return hash.digest('hex').slice(0, 12);
}

/**
 * Jest's workers ask at the same time; one builds and the others wait. The lock is a link that names its holder's process, because
 * making a link with its content is one step. A lock that is lost costs a second build, no more.
 */
function whileLocked(lock: string, longestWait: number, action: () => void): void {
  const deadline = Date.now() + longestWait;
  while (!acquired(lock)) {
    if (!isRunning(holderOf(lock))) rmSync(lock, { force: true });
    else if (Date.now() > deadline) throw new Error(`process ${holderOf(lock)} has held ${lock} for ${longestWait / 60_000} minutes`);
    else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);
  }
  try {
    action();
  } finally {
    rmSync(lock, { force: true });
  }
}

function acquired(lock: string): boolean {
  try {
    symlinkSync(`${process.pid}`, lock);
    return true;
  } catch (error) {
    if ((error as { code?: string }).code === 'EEXIST') return false;
    throw error;
  }
}

function holderOf(lock: string): number | undefined {
  try {
    return Number(readlinkSync(lock));
  } catch {
    return undefined;
  }
}

function isRunning(pid: number | undefined): boolean {
  if (pid === undefined) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as { code?: string }).code === 'EPERM';
  }
}
