/**
 * Packs the library as it would be published, installs it into an empty project outside the checkout, and synthesizes README's first
 * example there with `cdk8s synth`, as somebody who has just found it would.
 */
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { parseAllDocuments } from 'yaml';
import { firstBlock } from './first-block';
import { attempt, run } from './run';

const ROOT = path.join(__dirname, '..');
const manifest = JSON.parse(fs.readFileSync(path.join(ROOT, 'package.json'), 'utf8'));

function assert(condition: boolean, message: string): void {
  if (!condition) throw new Error(message);
}

const project = fs.mkdtempSync(path.join(os.tmpdir(), 'cdk8s-nats-package-'));
try {
  run(ROOT, 'npx', 'jsii', '--silence-warnings=reserved-word');
  const [{ filename, files: packed }] = JSON.parse(run(ROOT, 'npm', 'pack', '--json', '--pack-destination', project));
  const shipped: string[] = packed.map((file: { path: string }) => file.path);
  for (const wanted of ['lib/src/index.js', 'lib/src/index.d.ts', '.jsii', 'lib/imports/crds/jetstream.nats.io.json', 'README.md', 'API.md', 'LICENSE']) {
    assert(shipped.includes(wanted), `the package lacks ${wanted}`);
  }
  for (const unwanted of [/^src\//, /^test\//, /^tools\//, /^imports\//, /^lib\/src\/(main|environments)\./, /^docs\//]) {
    assert(!shipped.some((file) => unwanted.test(file)), `the package holds files of ${unwanted}`);
  }

  const dependency = (name: string) => `${name}@${manifest.devDependencies[name]}`;
  fs.writeFileSync(path.join(project, 'package.json'), JSON.stringify({ name: 'example', private: true }));
  run(project, 'npm', 'install', '--no-audit', '--no-fund', path.join(project, filename),
    ...['cdk8s', 'constructs', 'cdk8s-plus-28', 'cdk8s-cli', 'tsx', 'typescript', '@types/node'].map(dependency));
  const readme = path.join(ROOT, 'README.md');
  const files = { 'main.ts': firstBlock(readme, 'ts'), 'cdk8s.yaml': firstBlock(readme, 'yaml'), 'tsconfig.json': firstBlock(readme, 'json') };
  for (const [file, content] of Object.entries(files)) fs.writeFileSync(path.join(project, file), content);
  run(project, 'npx', 'cdk8s', 'synth');

  const dist = path.join(project, 'dist');
  const manifests = fs.readdirSync(dist, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.yaml'));
  const objects = manifests.flatMap((file) => parseAllDocuments(fs.readFileSync(path.join(dist, file), 'utf8')).map((document) => document.toJS()));
  assert(objects.some(({ kind }) => kind === 'StatefulSet'), `the example wrote no StatefulSet but ${objects.map(({ kind }) => kind).join(', ')}`);

  fs.writeFileSync(path.join(project, 'main.ts'), files['main.ts'].replace('fileStore', 'fileStoer'));
  const misspelt = attempt(project, 'npx', 'cdk8s', 'synth');
  assert(!misspelt.succeeded && misspelt.output.includes("'fileStoer' does not exist"), `a misspelt prop is not told:\n${misspelt.output}`);
  console.log(`the package installs, and README's first example writes ${objects.length} objects`);
} finally {
  fs.rmSync(project, { recursive: true, force: true });
}
