import { spawn } from 'child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { Report } from './endless/report';
import { natsServer } from '../server/harness/binaries';
import { eventually } from '../server/harness/eventually';

jest.setTimeout(120_000);

// Built before the clock of a test runs.
natsServer();

const ROOT = join(__dirname, '../..');
const START_MILLISECONDS = 60_000;

test.each(['SIGINT', 'SIGTERM', 'SIGKILL'] as const)('%s of Jest leaves no worker, no server and no folder behind', async (signal) => {
  const reports = mkdtempSync(join(tmpdir(), 'reports-'));
  const run = spawn(process.execPath, ['node_modules/.bin/jest', '--maxWorkers=2', '--testMatch', '**/test/runner/endless/{server,folder}.ts'], {
    cwd: ROOT, env: { ...process.env, REPORTS: reports }, stdio: 'ignore',
  });
  const started = await eventually(async () => reportsIn(reports), (all) => all.length === 2, START_MILLISECONDS);
  const processes = started.flatMap((report) => report.processes);
  const left = async () => [...processes.filter(isRunning), ...started.map(({ folder }) => folder).filter((folder) => existsSync(folder))];

  expect(await left()).toHaveLength(5);
  expect(processes).not.toContain(run.pid);
  run.kill(signal);
  expect(await eventually(left, (all) => all.length === 0)).toEqual([]);
  rmSync(reports, { recursive: true });
});

function reportsIn(folder: string): Report[] {
  return readdirSync(folder).filter((name) => name.endsWith('.json')).map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')));
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
