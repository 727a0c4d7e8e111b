import { Command, CommanderError } from 'commander';
import { ChangeEffect, DistChange } from './dist-change';
import { DistChanges } from './dist-changes';
import { changesForPeople, changesForPrograms, keyOf } from './report';

interface DiffOptions {
  readonly json?: boolean;
  readonly strict?: boolean;
  readonly accept: string[];
}

/** What a run of the command says, and the code with which it ends. */
export interface CommandResult {
  readonly code: number;
  readonly output: string;
  readonly errors: string;
}

/**
 * Runs the command line `cdk8s-nats` with these arguments. It ends with 0 where nothing stands against the change, with 1 where something is refused or
 * lost (with --strict also where something is ignored) and not accepted, and with 2 where it could not compare.
 */
export function runCommand(args: string[]): CommandResult {
  const result = { code: 0, output: '', errors: '' };
  const program = new Command('cdk8s-nats').exitOverride().configureOutput({
    writeOut: (text) => { result.output += text; },
    writeErr: (text) => { result.errors += text; },
  });
  program.command('diff')
    .description('what a new dist/ would do to what an old one has deployed: what is refused, what loses data, what is never applied')
    .argument('<old>', 'folder that is deployed')
    .argument('<new>', 'folder that would be deployed')
    .option('--json', 'for programs')
    .option('--strict', 'fail also where a change would be ignored')
    .option('--accept <what>', 'a change that is wanted, by its name in the table; may be repeated', (what, others: string[]) => [...others, what], [])
    .action((oldFolder: string, newFolder: string, options: DiffOptions) => {
      const changes = DistChanges.between(oldFolder, newFolder);
      checkAccepted(changes, options.accept);
      result.output += options.json ? changesForPrograms(changes) : changesForPeople(changes);
      result.code = changes.some((change) => isObstacle(change, options)) ? 1 : 0;
    });
  try {
    program.parse(args, { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) return { ...result, code: error.exitCode === 0 ? 0 : 2 };
    return { ...result, code: 2, errors: `${result.errors}error: ${(error as Error).message}\n` };
  }
  return result;
}

function isObstacle(change: DistChange, { strict, accept }: DiffOptions): boolean {
  const obstacles = [ChangeEffect.REFUSED, ChangeEffect.LOSS, ...strict ? [ChangeEffect.IGNORED] : []];
  return obstacles.includes(change.effect) && !accept.includes(keyOf(change));
}

/** An acceptance that accepts nothing would hide that the change is another one by now. */
function checkAccepted(changes: DistChange[], accepted: string[]): void {
  const keys = new Set(changes.map(keyOf));
  const stale = accepted.filter((key) => !keys.has(key));
  if (stale.length > 0) throw new Error(`--accept names ${stale.join(', ')}, which does not change; allowed: ${[...keys].join(', ') || 'nothing, because nothing changes'}`);
}
