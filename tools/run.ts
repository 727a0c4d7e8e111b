import { spawnSync } from 'child_process';

export interface Ended {
  readonly succeeded: boolean;
  readonly stdout: string;
  /** What it has written to both of its outputs. */
  readonly output: string;
}

/** Runs a command to its end, wherever that is. */
export function attempt(folder: string, command: string, ...args: string[]): Ended {
  console.log(`$ ${command} ${args.join(' ')}`);
  // The CLI would look for a newer version of itself, and jsii would warn of Node 20.
  const env = { ...process.env, CDK8S_CHECK_UPGRADE: 'false', JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: '20' };
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd: folder, encoding: 'utf8', env });
  if (error) throw new Error(`${command} does not run here: install it (${error.message})`);
  return { succeeded: status === 0, stdout, output: stdout + stderr };
}

/** Runs a command that has to succeed, and gives what it has written to its standard output. */
export function run(folder: string, command: string, ...args: string[]): string {
  const { succeeded, stdout, output } = attempt(folder, command, ...args);
  if (!succeeded) throw new Error(`${command} ${args.join(' ')} failed:\n${output}`);
  return stdout;
}
