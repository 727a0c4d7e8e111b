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

function succeeds(folder: string, command: string, ...args: string[]): boolean {
  try {
    run(folder, command, ...args);
    return true;
  } catch {
    return false;
  }
}

/** README's first block of code in a language. */
function firstBlock(language: string): string {
  const [, code] = new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, 'm').exec(fs.readFileSync(path.join(ROOT, 'README.md'), 'utf8')) ?? [];
  if (!code) throw new Error(`README.md has no example in ${language}`);
  return code;
}

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
  const files = { 'main.ts': firstBlock('ts'), 'cdk8s.yaml': firstBlock('yaml'), 'tsconfig.json': firstBlock('json') };
  for (const [file, content] of Object.entries(files)) fs.writeFileSync(path.join(project, file), content);
  run(project, 'npx', 'cdk8s', 'synth');

  const dist = path.join(project, 'dist');
  const manifests = fs.readdirSync(dist, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.yaml'));
  const objects = manifests.flatMap((file) => parseAllDocuments(fs.readFileSync(path.join(dist, file), 'utf8')).map((document) => document.toJS()));
  assert(objects.some(({ kind }) => kind === 'StatefulSet'), `the example wrote no StatefulSet but ${objects.map(({ kind }) => kind).join(', ')}`);

  fs.writeFileSync(path.join(project, 'main.ts'), files['main.ts'].replace('fileStore', 'fileStoer'));
  assert(!succeeds(project, 'npx', 'cdk8s', 'synth'), 'a misspelt prop is synthesized');
  console.log(`the package installs, and README's first example writes ${objects.length} objects`);
} finally {
  fs.rmSync(project, { recursive: true, force: true });
}
