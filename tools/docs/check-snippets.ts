/** Compiles each snippet of README, of the guides and of the docstrings against the compiled library, with jsii-rosetta. */
import { spawnSync } from 'child_process';
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';

const ROOT = path.join(__dirname, '..', '..');
const GUIDES = path.join(ROOT, 'docs', 'guides');

/** jsii-rosetta reads what an assembly holds: README and the docstrings. As README of a submodule, a guide is read too. */
function guidesAsSubmodules(assembly: string): object {
  const guides = fs.readdirSync(GUIDES).map((file) => [
    `${assembly}.docs/guides/${path.parse(file).name}`,
    { readme: { markdown: fs.readFileSync(path.join(GUIDES, file), 'utf8') } },
  ]);
  return Object.fromEntries(guides);
}

const library = fs.mkdtempSync(path.join(os.tmpdir(), 'snippets-'));
try {
  for (const part of ['lib', 'node_modules', 'package.json', 'rosetta']) fs.symlinkSync(path.join(ROOT, part), path.join(library, part));
  const assembly = JSON.parse(fs.readFileSync(path.join(ROOT, '.jsii'), 'utf8'));
  fs.writeFileSync(path.join(library, '.jsii'), JSON.stringify({ ...assembly, submodules: guidesAsSubmodules(assembly.name) }));
  const { status } = spawnSync('npx', ['jsii-rosetta', 'extract', '--compile', '--strict', '--fail', library], { cwd: ROOT, stdio: 'inherit' });
  process.exitCode = status ?? 1;
} finally {
  fs.rmSync(library, { recursive: true, force: true });
}
