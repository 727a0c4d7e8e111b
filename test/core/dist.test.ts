import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { ApiObject, App, Chart } from 'cdk8s';
import { kubeObject } from '../../src/core/kube-object';
import { Dist } from '../../src/core/output/dist';
import { replaceFiles } from '../../src/core/output/file-tree';
import { requireSecret } from '../../src/core/required-secrets';
import { SecretKey } from '../../src/core/secret-key';

let dist: string;
beforeEach(() => { dist = fs.mkdtempSync(path.join(os.tmpdir(), 'dist-test-')); });
afterEach(() => fs.rmSync(dist, { recursive: true, force: true }));

const files = () => fs.readdirSync(dist, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  .map((entry) => path.relative(dist, path.join(entry.parentPath, entry.name))).sort();
const read = (file: string) => fs.readFileSync(path.join(dist, file), 'utf8');

function appWith(layers: { [layer: string]: (chart: Chart) => void }): App {
  const app = new App();
  for (const [layer, fill] of Object.entries(layers)) fill(new Chart(app, layer, { namespace: 'messaging' }));
  return app;
}

const configMap = (chart: Chart, id: string, name: string, namespace?: string) =>
  kubeObject(chart, id, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace }, data: { id } });

test('each object has a file in the folder of its layer and environment', () => {
  const report = Dist.write({
    dev: appWith({ base: (chart) => configMap(chart, 'a', 'one'), nats: (chart) => configMap(chart, 'b', 'two') }),
    production: appWith({ nats: (chart) => configMap(chart, 'c', 'three') }),
  }, dist);
  expect(files()).toEqual([
    '.cdk8s-nats.json',
    'dev/SECRETS.md', 'dev/base/ConfigMap.one.k8s.yaml', 'dev/nats/ConfigMap.two.k8s.yaml',
    'production/SECRETS.md', 'production/nats/ConfigMap.three.k8s.yaml',
  ]);
  expect(read('dev/nats/ConfigMap.two.k8s.yaml')).toBe('apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: two\n  namespace: messaging\ndata:\n  id: b\n');
  expect(report).toBe('dev\n  base  1 object\n  nats  1 object\n  needs no Secrets\n\nproduction\n  nats  1 object\n  needs no Secrets\n');
});

test('a layer without objects keeps its folder', () => {
  const report = Dist.write({ dev: appWith({ base: (chart) => configMap(chart, 'a', 'one'), jetstream: () => undefined }) }, dist);
  expect(files()).toEqual(['.cdk8s-nats.json', 'dev/SECRETS.md', 'dev/base/ConfigMap.one.k8s.yaml', 'dev/jetstream/README.md']);
  expect(read('dev/jetstream/README.md')).toBe('Nothing is described in this layer.\n');
  expect(report).not.toContain('jetstream');
});

test('the namespace is part of a file name only where two objects would share it', () => {
  Dist.write({
    dev: appWith({
      nats: (chart) => {
        configMap(chart, 'a', 'same');
        configMap(chart, 'b', 'same', 'elsewhere');
        configMap(chart, 'c', 'other');
        new ApiObject(chart, 'd', { apiVersion: 'example.com/v1', kind: 'ConfigMap', metadata: { name: 'same' } });
      },
    }),
  }, dist);
  expect(files().filter((file) => file.includes('ConfigMap'))).toEqual([
    'dev/nats/ConfigMap.core.messaging.same.k8s.yaml', 'dev/nats/ConfigMap.elsewhere.same.k8s.yaml',
    'dev/nats/ConfigMap.example.com.messaging.same.k8s.yaml', 'dev/nats/ConfigMap.other.k8s.yaml',
  ]);
});

test('stale files go with their empty folders, and foreign files stay', () => {
  Dist.write({ dev: appWith({ nats: (chart) => configMap(chart, 'a', 'one') }), old: appWith({ nats: (chart) => configMap(chart, 'a', 'one') }) }, dist);
  fs.writeFileSync(path.join(dist, 'README.md'), 'mine');
  fs.writeFileSync(path.join(dist, 'dev', 'nats', 'kustomization.yaml'), 'mine too');
  Dist.write({ dev: appWith({ nats: (chart) => configMap(chart, 'a', 'renamed') }) }, dist);
  expect(files()).toEqual(['.cdk8s-nats.json', 'README.md', 'dev/SECRETS.md', 'dev/nats/ConfigMap.renamed.k8s.yaml', 'dev/nats/kustomization.yaml']);
  expect(fs.existsSync(path.join(dist, 'old'))).toBe(false);
  expect(read('dev/nats/kustomization.yaml')).toBe('mine too');
});

test('a failing synth reports all findings of all environments and changes nothing', () => {
  Dist.write({ dev: appWith({ nats: (chart) => configMap(chart, 'a', 'one') }) }, dist);
  const before = files().map((file) => [file, read(file)]);
  const twice = (chart: Chart) => [configMap(chart, 'a', 'two'), configMap(chart, 'b', 'two')];
  expect(() => Dist.write({ dev: appWith({ nats: twice }), staging: appWith({ nats: (chart) => configMap(chart, 'c', 'Nats_1') }) }, dist))
    .toThrow(/2 finding\(s\)[^]*dev: [^]*ConfigMap 'two' in namespace 'messaging' is described 2 times: by nats\/a, nats\/b[^]*staging: [^]*the name 'Nats_1' of ConfigMap nats\/c is invalid/);
  expect(files().map((file) => [file, read(file)])).toEqual(before);
});

test('a write that fails half way leaves what was there', () => {
  replaceFiles(dist, new Map([['dev/a.yaml', 'old']]));
  expect(() => replaceFiles(dist, new Map([['dev/a.yaml', 'new'], ['dev/a.yaml/b', 'impossible']]))).toThrow();
  expect(read('dev/a.yaml')).toBe('old');
  expect(files()).toEqual(['.cdk8s-nats.json', 'dev/a.yaml']);
});

test('a file that says the same is left as it is', () => {
  replaceFiles(dist, new Map([['dev/a.yaml', 'same'], ['dev/b.yaml', 'old']]));
  const before = fs.statSync(path.join(dist, 'dev/a.yaml'));
  replaceFiles(dist, new Map([['dev/a.yaml', 'same'], ['dev/b.yaml', 'new'], ['dev/new/inner/c.yaml', 'c'], ['dev/new/d.yaml', 'd']]));

  expect(fs.statSync(path.join(dist, 'dev/a.yaml')).ino).toBe(before.ino);
  expect(files().filter((file) => file.endsWith('.yaml')).map((file) => [file, read(file)])).toEqual([
    ['dev/a.yaml', 'same'], ['dev/b.yaml', 'new'], ['dev/new/d.yaml', 'd'], ['dev/new/inner/c.yaml', 'c'],
  ]);
});

test('a record that names files outside the folder removes none of them', () => {
  const outside = path.join(os.tmpdir(), `${path.basename(dist)}-outside`);
  fs.writeFileSync(outside, 'mine');
  try {
    fs.writeFileSync(path.join(dist, '.cdk8s-nats.json'), JSON.stringify({ files: [`../${path.basename(outside)}`, outside] }));
    replaceFiles(dist, new Map());
    expect(fs.readFileSync(outside, 'utf8')).toBe('mine');
  } finally {
    fs.rmSync(outside);
  }
});

test('a damaged record is an error, and nothing is lost', () => {
  fs.writeFileSync(path.join(dist, '.cdk8s-nats.json'), '{');
  expect(() => replaceFiles(dist, new Map([['a.yaml', '']]))).toThrow('.cdk8s-nats.json is damaged');
  expect(files()).toEqual(['.cdk8s-nats.json']);
});

test('an environment that cannot name a folder is refused', () => {
  expect(() => Dist.write({ '../etc': new App() }, dist)).toThrow("the environment name '../etc' cannot name a folder");
});

test('the Secrets that must exist are listed once for each key, without those that the app describes', () => {
  const app = appWith({
    nats: (chart) => {
      const object = configMap(chart, 'a', 'one');
      requireSecret(object, SecretKey.fromName('shop', 'password'), { value: 'not empty', usedBy: 'server' });
      requireSecret(object, SecretKey.fromName('shop', 'password'), { value: 'not empty', usedBy: 'client' });
      requireSecret(object, SecretKey.fromName('made-here', 'password'), { value: 'not empty', usedBy: 'server' });
      kubeObject(chart, 'secret', { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'made-here' } });
    },
  });
  expect(Dist.write({ dev: app }, dist)).toContain('    messaging  shop  password  not empty  client, server\n');
  expect(read('dev/SECRETS.md')).toContain('| messaging | shop | password | not empty | client, server |');
  expect(read('dev/SECRETS.md')).not.toContain('made-here');
});
