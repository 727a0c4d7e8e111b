import { spawnSync } from 'child_process';
import { mkdtempSync, readFileSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { go, OLDEST_GO } from './go';

test('the oldest Go is the newest that a module asks for', () => {
  const root = join(__dirname, '../../..');
  const modules = spawnSync('git', ['ls-files', 'tools/**/go.mod'], { cwd: root, encoding: 'utf8' }).stdout.trim().split('\n');
  const asked = modules.map((module) => Number(/^go 1\.(\d+)/m.exec(readFileSync(join(root, module), 'utf8'))![1]));

  expect(`1.${Math.max(...asked)}`).toBe(OLDEST_GO);
});

test('what Go refuses is an error with its words', () => {
  expect(() => go(['run', 'nowhere.go'])).toThrow(/^go run nowhere\.go:\n[^]*nowhere\.go/);
});

test('without Go, whoever needs a program that is not built yet hears what to install', () => {
  const nothing = mkdtempSync(join(tmpdir(), 'no-go-'));
  const { status, stderr } = spawnSync(process.execPath, ['--import', 'tsx', '-e', 'require("./test/server/harness/binaries").natsServer()'], {
    cwd: join(__dirname, '../../..'), env: { PATH: nothing, XDG_CACHE_HOME: nothing }, encoding: 'utf8',
  });
  rmSync(nothing, { recursive: true });

  expect(stderr).toContain(`go build: the tests need Go, which is not on PATH: install Go >= ${OLDEST_GO} (https://go.dev/dl)`);
  expect(status).toBe(1);
});
