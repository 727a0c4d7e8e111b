import { Command, InvalidArgumentError } from 'commander';
import { Setup, SETUPS } from './setups';
import { isGood, Row, table } from './table';
import { trial } from './trial';
import { RunningPlatform } from '../running-platform';

const program = new Command('test:faults')
  .description('Lets whatever may go wrong happen to the pods of production under load, and fails if an acknowledged message is lost or something stays broken.')
  .option('--rounds <number>', 'how often each fault happens', roundsOf, 3)
  .option('--only <text>', 'only the faults whose name contains this text', '')
  .parse();
const { rounds, only } = program.opts<{ rounds: number; only: string }>();
const chosen = SETUPS.map((setup) => ({ ...setup, faults: setup.faults.filter(({ name }) => name.includes(only)) }));
const setups = chosen.filter(({ faults }) => faults.length > 0);
if (setups.length === 0) {
  program.error(`--only ${only}: there is no such fault; there are ${SETUPS.flatMap(({ faults }) => faults.map(({ name }) => name)).join(', ')}`);
}

void run();

async function run(): Promise<void> {
  const rows: Row[] = [];
  for (const setup of setups) rows.push(...await happenTo(setup));
  console.log(`\n${table(rows)}`);
  process.exit(rows.every(isGood) ? 0 : 1);
}

/** Round by round, so that each fault meets what the others leave behind. It ends at the first one that the platform does not get over. */
async function happenTo({ app, admin, faults }: Setup): Promise<Row[]> {
  const rows = faults.map(({ name }): Row => ({ fault: name, outcomes: [] }));
  const platform = await RunningPlatform.start(app(), { admin, disks: true });
  await platform.assetsMade();
  for (let round = 1; round <= rounds && rows.every(({ problem }) => !problem); round++) {
    for (const [index, fault] of faults.entries()) {
      console.log(`round ${round} of ${rounds}: ${fault.name}`);
      try {
        rows[index].outcomes.push(await trial(platform, fault));
      } catch (error) {
        rows[index].problem = (error as Error).message;
        console.log(rows[index].problem);
        break;
      }
    }
  }
  await platform.stop();
  return rows;
}

function roundsOf(text: string): number {
  if (!/^[1-9]\d*$/.test(text)) throw new InvalidArgumentError('It must be a whole number above 0.');
  return Number(text);
}
