import { Command, InvalidArgumentError } from 'commander';
import { ALL_FAULTS } from './all-faults';
import { isGood, Row, table } from './table';
import { trial } from './trial';
import { production } from '../../../../src/environments';
import { RunningPlatform } from '../running-platform';

const program = new Command('test:faults')
  .description('Lets whatever may go wrong happen to the pods of production under load, and fails if an acknowledged message is lost or something stays broken.')
  .option('--rounds <number>', 'how often each fault happens', roundsOf, 3)
  .option('--only <text>', 'only the faults whose name contains this text', '')
  .parse();
const { rounds, only } = program.opts<{ rounds: number; only: string }>();
const faults = ALL_FAULTS.filter(({ name }) => name.includes(only));
if (faults.length === 0) program.error(`--only ${only}: there is no such fault; there are ${ALL_FAULTS.map(({ name }) => name).join(', ')}`);

void run();

async function run(): Promise<void> {
  const platform = await RunningPlatform.start(production(), 'orders-admin');
  await platform.assetsMade();
  const rows = faults.map(({ name }): Row => ({ fault: name, outcomes: [] }));
  await happen(platform, rows);
  await platform.stop();
  console.log(`\n${table(rows)}`);
  process.exit(rows.every(isGood) ? 0 : 1);
}

/** Round by round, so that each fault meets what the others leave behind. It ends at the first one that the platform does not get over. */
async function happen(platform: RunningPlatform, rows: Row[]): Promise<void> {
  for (let round = 1; round <= rounds; round++) {
    for (const [index, fault] of faults.entries()) {
      try {
        rows[index].outcomes.push(await trial(platform, fault));
        console.log(`round ${round} of ${rounds}: ${fault.name}`);
      } catch (error) {
        rows[index].problem = (error as Error).message;
        console.log(`round ${round} of ${rounds}: ${fault.name}: ${rows[index].problem}`);
        return;
      }
    }
  }
}

function roundsOf(text: string): number {
  if (!/^[1-9]\d*$/.test(text)) throw new InvalidArgumentError('It must be a whole number above 0.');
  return Number(text);
}
