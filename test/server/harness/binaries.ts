import { execFileSync, spawnSync } from 'child_process';
import { createHash } from 'crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, renameSync, rmSync, symlinkSync } from 'fs';
import { homedir } from 'os';
import { basename, delimiter, isAbsolute, join } from 'path';

/** The servers that the library supports, as pinned in tools/nats-server. */
export const NATS_VERSIONS = ['2.12.6', '2.14.2', '2.15.2'] as const;
export type NatsVersion = typeof NATS_VERSIONS[number];

const MODULES = join(__dirname, '../../../tools/nats-server');
const LONGEST_BUILD = 15 * 60_000;

/** The path of nats-server in this version: the one on PATH if it is that version, else built once from its Go module and kept. */
export function natsServer(version: NatsVersion = '2.14.2'): string {
  return onPath(version) ?? built('nats-server', version, 'github.com/nats-io/nats-server/v2');
}

/** The path of the program that prints a nats.conf as JSON, as the server's parser reads it. */
export function confJson(): string {
  return built('confjson', '2.14.2', './confjson');
}

function onPath(version: NatsVersion): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(isAbsolute);
  const binary = folders.map((folder) => join(folder, 'nats-server')).find((path) => existsSync(path));
  if (!binary) return undefined;
  const answer = spawnSync(binary, ['--version'], { encoding: 'utf8' }).stdout;
  return answer?.trim() === `nats-server: v${version}` ? binary : undefined;
}

/** Binaries are kept outside the checkout, in a folder that changes with what they are built from. */
function built(name: string, version: NatsVersion, goPackage: string): string {
  const module = join(MODULES, version);
  const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'cdk8s-nats');
  const folder = join(cache, `${name}-${version}-${process.platform}-${process.arch}-${digestOf(module)}`);
  const binary = join(folder, name);
  if (existsSync(binary)) return binary;
  mkdirSync(folder, { recursive: true });
  whileLocked(`${binary}.lock`, () => {
    if (!existsSync(binary)) build(module, goPackage, folder, binary);
  });
  return binary;
}

/** Builds elsewhere and renames, so that a binary that is there is whole. */
function build(module: string, goPackage: string, folder: string, binary: string): void {
  const building = mkdtempSync(join(folder, 'build-'));
  const output = join(building, basename(binary));
  try {
    const flags = ['-mod=readonly', '-trimpath', '-buildvcs=false', '-ldflags=-s -w'];
    execFileSync('go', ['build', '-C', module, ...flags, '-o', output, goPackage], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], timeout: LONGEST_BUILD });
    renameSync(output, binary);
  } catch (error) {
    const { code, stderr } = error as { code?: string; stderr?: string };
    if (code === 'ENOENT') {
      throw new Error(`${basename(folder)} must be built with Go, which is not on PATH: install Go >= ${goVersion(module)} (https://go.dev/dl)`);
    }
    throw new Error(`${goPackage} in ${module} does not build:\n${stderr || error}`);
  } finally {
    rmSync(building, { recursive: true, force: true });
  }
}

function goVersion(module: string): string {
  return /^go (\S+)$/m.exec(readFileSync(join(module, 'go.mod'), 'utf8'))![1];
}

function digestOf(module: string): string {
  const hash = createHash('sha256');
  for (const file of readdirSync(module, { recursive: true, encoding: 'utf8' }).filter((name) => /\.(go|mod|sum)$/.test(name)).sort()) {
    hash.update(file).update(readFileSync(join(module, file)));
  }
  return hash.digest('hex').slice(0, 12);
}

/**
 * Jest's workers ask at the same time; one builds and the others wait. The lock is a link that names its holder's process, because
 * making a link with its content is one step. A lock that is lost costs a second build, no more.
 */
function whileLocked(lock: string, action: () => void): void {
  const deadline = Date.now() + LONGEST_BUILD;
  while (!acquired(lock)) {
    if (!isRunning(holderOf(lock))) rmSync(lock, { force: true });
    else if (Date.now() > deadline) throw new Error(`process ${holderOf(lock)} has held ${lock} for ${LONGEST_BUILD / 60_000} minutes`);
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
