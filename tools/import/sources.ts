import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { ImportedGroup } from './groups';
import { crdsOf } from './join';
import { crdFileOf } from './paths';

/** Where CRDs come from: the YAML or JSON texts that hold those of a group, and possibly others. */
export type Source = (group: ImportedGroup) => Promise<string[]>;

const DOWNLOAD_TIMEOUT_MS = 60_000;

/** The pinned upstream URLs. */
export async function fromWeb({ url }: ImportedGroup): Promise<string[]> {
  const response = await fetch(url, { signal: AbortSignal.timeout(DOWNLOAD_TIMEOUT_MS) });
  if (!response.ok) throw new Error(`${url}: HTTP ${response.status} ${response.statusText}`);
  return [await response.text()];
}

/** All YAML files of a folder; a kind that none of them has stays as it is committed. */
export function fromFolder(folder: string, imports: string): Source {
  const texts = yamlTexts(folder);
  const present = new Set(texts.flatMap(crdsOf).map(({ spec }) => `${spec.group} ${spec.names.kind}`));
  return async ({ group, kinds }) => {
    const missing = kinds.filter((kind) => !present.has(`${group} ${kind}`));
    return missing.length === 0 ? texts : [...texts, committed(imports, group, missing)];
  };
}

/** The Go modules of the same versions, through the module proxy; a group that has none stays as it is committed. */
export function fromGoModules(imports: string): Source {
  return async ({ group, kinds, version, goModule }) => {
    if (!goModule) return [committed(imports, group, kinds)];
    const crds = path.join(downloadGoModule(`${goModule.path}@${version}`), goModule.crds);
    return fs.statSync(crds).isDirectory() ? yamlTexts(crds) : [fs.readFileSync(crds, 'utf8')];
  };
}

/** The CRDs of these kinds as they are committed. */
function committed(imports: string, group: string, kinds: string[]): string {
  const crds = crdsOf(fs.readFileSync(crdFileOf(imports, group), 'utf8'));
  return JSON.stringify(crds.filter(({ spec }) => kinds.includes(spec.names.kind)));
}

function downloadGoModule(module: string): string {
  try {
    return JSON.parse(execFileSync('go', ['mod', 'download', '-json', module], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })).Dir;
  } catch (error) {
    // On failure the command still prints its JSON, with the reason in it.
    const { stdout } = error as { stdout?: string };
    throw new Error(`go mod download ${module}: ${stdout ? JSON.parse(stdout).Error : error}`);
  }
}

function yamlTexts(folder: string): string[] {
  return fs.readdirSync(folder).sort()
    .filter((name) => /\.ya?ml$/.test(name))
    .map((name) => fs.readFileSync(path.join(folder, name), 'utf8'));
}
