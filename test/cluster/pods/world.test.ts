import { spawn, spawnSync } from 'child_process';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync, symlinkSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { run } from './shell';
import { eventually } from '../../server/harness/eventually';

jest.setTimeout(120_000);

const WORLD = join(__dirname, 'world.sh');
const POD = ['node', '--import', 'tsx', join(__dirname, 'one-pod.ts')];

describe('a world of pods', () => {
  // What builds its programs keeps something compiled.
  beforeAll(() => spawnSync(WORLD, ['true']));

  test.each(['SIGINT', 'SIGTERM', 'SIGKILL'] as const)('ends with its command: %s leaves no process, mount, interface or folder behind', async (signal) => {
    const before = whatIsThere();
    const command = spawn(WORLD, POD, { stdio: ['ignore', 'pipe', 'inherit'] });
    const exit = new Promise((resolve) => command.once('exit', resolve));
    await new Promise((resolve) => command.stdout.once('data', resolve));

    expect(whatIsThere().processes.length).toBeGreaterThan(before.processes.length);
    command.kill(signal);
    await exit;
    expect(await eventually(async () => whatIsThere(), (now) => now.processes.length === before.processes.length)).toEqual(before);
  });

  test('fails with its command', () => {
    expect(spawnSync(WORLD, ['sh', '-c', 'exit 3']).status).toBe(3);
  });
});

describe('where there can be no pods', () => {
  let programs: string;
  beforeEach(() => { programs = mkdtempSync(join(tmpdir(), 'programs-')); });
  afterEach(() => rmSync(programs, { recursive: true }));

  /** Runs with programs that say something else, and of the machine's own with these alone. */
  function tried(said: { [program: string]: string }, ...others: string[]) {
    for (const [program, text] of Object.entries(said)) {
      writeFileSync(join(programs, program), `#!/bin/sh\necho ${text}\n`);
      chmodSync(join(programs, program), 0o755);
    }
    for (const program of ['sh', 'dirname', ...others]) symlinkSync(run('sh', '-c', `command -v ${program}`).trim(), join(programs, program));
    const { status, stderr } = spawnSync(WORLD, ['true'], { env: { PATH: programs }, encoding: 'utf8' });
    return { status, stderr };
  }

  test.each([{ uname: 'Darwin', id: '0' }, { uname: 'Linux', id: '1000' }])('it says what it needs, and fails: $uname, user $id', (said) => {
    const stderr = 'pods have namespaces, which only Linux has and only root makes: run this on Linux as root, or leave npm run test:pods and npm run test:faults out\n';

    expect(tried(said)).toEqual({ status: 1, stderr });
  });

  test('it says which program is missing, and fails', () => {
    const stderr = 'pods need setpriv, which is not on PATH: install util-linux and iproute2\n';

    expect(tried({ uname: 'Linux', id: '0' }, 'unshare', 'nsenter')).toEqual({ status: 1, stderr });
  });
});

/** Processes with a network of their own, and what this process sees of mounts, interfaces and folders. */
function whatIsThere() {
  const own = readlinkSync('/proc/self/ns/net');
  return {
    processes: readdirSync('/proc').filter((pid) => /^\d+$/.test(pid) && ![own, undefined].includes(networkOf(pid))),
    mounts: readFileSync('/proc/self/mountinfo', 'utf8').split('\n').length,
    interfaces: run('ip', '-oneline', 'link').split('\n').length,
    folders: readdirSync(tmpdir()),
  };
}

function networkOf(pid: string): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/ns/net`);
  } catch {
    return undefined;
  }
}
