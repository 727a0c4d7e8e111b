import { execFileSync } from 'child_process';
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';

const ROOT = path.join(__dirname, '..');
const bin = (name: string) => path.join(ROOT, 'node_modules', '.bin', name);
let folder: string;
beforeEach(() => { folder = fs.mkdtempSync(path.join(os.tmpdir(), 'app-test-')); });
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

/** Every file below a folder, with its text. */
function tree(root: string): { [file: string]: string } {
  const files = fs.readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
  return Object.fromEntries(files.sort().map((file) => [path.relative(root, file), fs.readFileSync(file, 'utf8')]));
}

test('"npm run synth" and "cdk8s synth" write the same tree', () => {
  const [ours, theirs] = ['synth', 'cdk8s'].map((name) => path.join(folder, name));
  const report = execFileSync(bin('tsx'), ['src/main.ts'], { cwd: ROOT, encoding: 'utf8', env: { ...process.env, CDK8S_OUTDIR: ours } });
  execFileSync(bin('cdk8s'), ['synth', '--output', theirs, '--check-upgrade', 'false'], { cwd: ROOT, stdio: 'pipe' });

  expect(tree(theirs)).toEqual(tree(ours));
  expect(fs.readdirSync(ours).sort()).toEqual(['.cdk8s-nats.json', 'dev', 'production', 'staging']);
  expect(report).toContain('production\n  base          6 objects\n  certificates  4 objects\n  nats          8 objects\n  jetstream     16 objects\n  monitoring    8 objects\n');
}, 60_000);
