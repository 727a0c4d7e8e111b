import { spawnSync } from 'child_process';
import { existsSync } from 'fs';
import { delimiter, isAbsolute, join } from 'path';
import { goBinary } from './go-binary';

/** The servers that the library supports, as pinned in tools/nats-server. */
export const NATS_VERSIONS = ['2.12.6', '2.14.2', '2.15.2'] as const;
export type NatsVersion = typeof NATS_VERSIONS[number];

const MODULES = join(__dirname, '../../../tools/nats-server');

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

function built(name: string, version: NatsVersion, goPackage: string): string {
  return goBinary({ name, version, module: join(MODULES, version), goPackage });
}
