import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { ImportedGroup } from './groups';
import { joinGroup } from './join';
import { crdFileOf, PROJECT } from './paths';
import { readme } from './readme';
import { Source } from './sources';
import { Crd } from '../../src/core/schema/crd';

/** Writes a whole imports/ folder: types, CRDs and README. */
export async function generate(groups: ImportedGroup[], source: Source, outdir: string): Promise<void> {
  fs.mkdirSync(path.join(outdir, 'crds'), { recursive: true });
  const crds: Crd[] = [];
  for (const group of groups) {
    const ofGroup = joinGroup(group, await source(group));
    fs.writeFileSync(crdFileOf(outdir, group.group), `${JSON.stringify(ofGroup, null, 1)}\n`);
    crds.push(...ofGroup);
  }
  generateTypes(crds, outdir);
  fs.writeFileSync(path.join(outdir, 'README.md'), readme(groups));
}

function generateTypes(crds: Crd[], outdir: string): void {
  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'crds-'));
  try {
    // The importer writes one file for each group in the one document it takes; it knows lists of manifests in the form that `kubectl get` prints.
    fs.writeFileSync(path.join(scratch, 'crds.json'), JSON.stringify({ kind: 'List', items: crds }));
    const options = ['--language', 'typescript', '--output', path.resolve(outdir), '--no-save', '--no-check-upgrade'];
    // In a folder without cdk8s.yaml, so that nothing but the options says what to do.
    execFileSync(path.join(PROJECT, 'node_modules', '.bin', 'cdk8s'), ['import', 'crds.json', ...options], { cwd: scratch, stdio: 'pipe' });
  } finally {
    fs.rmSync(scratch, { recursive: true });
  }
}

/** The files, by relative path, that are not the same in both folders. */
export function differingFiles(one: string, other: string): string[] {
  const files = new Set([...filesOf(one), ...filesOf(other)]);
  return [...files].sort().filter((file) => contentOf(path.join(one, file)) !== contentOf(path.join(other, file)));
}

function filesOf(folder: string): string[] {
  if (!fs.existsSync(folder)) return [];
  return fs.readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)));
}

function contentOf(file: string): string | undefined {
  return fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : undefined;
}
