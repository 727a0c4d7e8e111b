import { mkdtempSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { Container } from './container';
import { PodNetwork } from './pod-network';
import { Sandbox } from './sandbox';

void run();

/** A pod with a network, a root and a process that does nothing, until somebody ends the world around it. */
async function run(): Promise<void> {
  const sandbox = await Sandbox.start();
  new PodNetwork().join(sandbox.pid);
  const container = new Container({
    name: 'idle',
    sandbox,
    folders: mkdtempSync(join(tmpdir(), 'one-pod-')),
    image: { files: {}, entrypoint: [] },
    command: ['sh', '-c', 'echo idle; exec sleep infinity'],
    env: {},
    mounts: {},
    workingDir: '/',
    user: 1000,
    group: 1000,
  });
  const timer = setInterval(() => {
    if (!container.log.includes('idle')) return;
    clearInterval(timer);
    console.log('idle');
  }, 50);
}
