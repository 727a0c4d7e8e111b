import { spawn } from 'child_process';
import { mkdtempSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';

/** Waits for the end of its input, and then until nobody writes into the folder any more. */
const REMOVE = 'read line; until rm -rf "$1" 2>/dev/null; do sleep 0.1; done';

/** All that a run of Jest writes beside the checkout is below one folder, which goes when the run ends in whatever way: who is killed cannot clean up. */
export default function temporaryFolder(): void {
  const folder = mkdtempSync(join(tmpdir(), 'cdk8s-nats-tests-'));
  // Workers and whatever they start have it from here.
  process.env.TMPDIR = folder;
  const guard = spawn('sh', ['-c', REMOVE, 'sh', folder], { stdio: ['pipe', 'ignore', 'ignore'], detached: true });
  guard.unref();
  (guard.stdin as unknown as { unref(): void }).unref();
}
