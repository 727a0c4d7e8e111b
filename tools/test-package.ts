/**
 * Packs the library as it would be published, installs it into an empty project outside the checkout, and synthesizes README's first
 * example there with `cdk8s synth`, as somebody who has just found it would.
 */
import { execFileSync } from 'child_process';
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { parseAllDocuments } from 'yaml';

const ROOT = path.join(__dirname, '..');
const manifest = JSON.parse(fs.readFileSync(path.join(ROOT, 'package.json'), 'utf8'));

function run(folder: string, command: string, ...args: string[]): string {
  console.log(`$ ${command} ${args.join(' ')}`);
  // The CLI would look for a newer version of itself, and jsii would warn of Node 20.
  const env = { ...process.env, CDK8S_CHECK_UPGRADE: 'false', JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: '20' };
  return execFileSync(command, args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'], env });
}

function firstExample(): string {
  const readme = fs.readFileSync(path.join(ROOT, 'README.md'), 'utf8');
  const [, code] = /```ts\n([\s\S]*?)```/.exec(readme) ?? [];
  if (!code) throw new Error('README.md has no example in TypeScript');
  return code;
}

function assert(condition: boolean, message: string): void {
  if (!condition) throw new Error(message);
}

const project = fs.mkdtempSync(path.join(os.tmpdir(), 'cdk8s-nats-package-'));
try {
  run(ROOT, 'npx', 'jsii', '--silence-warnings=reserved-word');
  const [{ filename, files }] = JSON.parse(run(ROOT, 'npm', 'pack', '--json', '--pack-destination', project));
  const shipped: string[] = files.map((file: { path: string }) => file.path);
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
  fs.writeFileSync(path.join(project, 'main.ts'), firstExample());
  fs.writeFileSync(path.join(project, 'cdk8s.yaml'), 'language: typescript\napp: npx tsx main.ts\n');
  run(project, 'npx', 'tsc', '--noEmit', '--strict', '--skipLibCheck', '--module', 'node16', '--target', 'es2022', '--types', 'node', 'main.ts');
  run(project, 'npx', 'cdk8s', 'synth');

  const dist = path.join(project, 'dist');
  const manifests = fs.readdirSync(dist, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.yaml'));
  const objects = manifests.flatMap((file) => parseAllDocuments(fs.readFileSync(path.join(dist, file), 'utf8')).map((document) => document.toJS()));
  assert(objects.some(({ kind }) => kind === 'StatefulSet'), `the example wrote no StatefulSet but ${objects.map(({ kind }) => kind).join(', ')}`);
  console.log(`the package installs, and README's first example writes ${objects.length} objects`);
} finally {
  fs.rmSync(project, { recursive: true, force: true });
}
