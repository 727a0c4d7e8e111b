import { execFileSync } from 'child_process';

/** Runs a program of the system to its end; a failure throws, with what it said. */
export function run(program: string, ...args: string[]): string {
  try {
    return execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  } catch (error) {
    throw new Error(`${program} ${args.join(' ')}: ${(error as { stderr?: string }).stderr || error}`);
  }
}
