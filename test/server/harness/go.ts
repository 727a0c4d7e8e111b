import { execFileSync } from 'child_process';

/** The oldest Go that builds all that is pinned in `tools/`. */
export const OLDEST_GO = '1.26';

export interface GoOptions {
  readonly input?: string;
  /** In milliseconds. */
  readonly timeout?: number;
}

/** What a command of Go prints. Without Go, the error says what to install; else it says what Go said. */
export function go(args: readonly string[], { input = '', timeout }: GoOptions = {}): string {
  try {
    return execFileSync('go', args, { input, timeout, encoding: 'utf8', stdio: 'pipe', maxBuffer: 2 ** 27 });
  } catch (error) {
    const { code, stderr } = error as { code?: string; stderr?: string };
    if (code === 'ENOENT') throw new Error(`go ${args[0]}: the tests need Go, which is not on PATH: install Go >= ${OLDEST_GO} (https://go.dev/dl)`);
    throw new Error(`go ${args.join(' ')}:\n${stderr || error}`);
  }
}
