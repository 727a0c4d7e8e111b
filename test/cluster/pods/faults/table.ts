import { Outcome } from './trial';

/** What became of a fault in all its rounds. */
export interface Row {
  readonly fault: string;
  readonly outcomes: Outcome[];
  /** Why the platform did not get over it. */
  problem?: string;
}

const seconds = (milliseconds: number) => `${(milliseconds / 1000).toFixed(1)} s`;
const sum = ({ outcomes }: Row, of: (outcome: Outcome) => number) => `${outcomes.map(of).reduce((total, one) => total + one, 0)}`;
const longest = ({ outcomes }: Row, of: (outcome: Outcome) => number) => outcomes.length ? seconds(Math.max(...outcomes.map(of))) : '';

/** Counts are sums of all rounds, and times those of the worst round. */
const COLUMNS: { readonly [title: string]: (row: Row) => string } = {
  'fault': ({ fault }) => fault,
  'rounds': ({ outcomes }) => `${outcomes.length}`,
  'acknowledged': (row) => sum(row, ({ acknowledged }) => acknowledged),
  'lost': (row) => sum(row, ({ lost }) => lost.length),
  'stored twice': (row) => sum(row, ({ storedTwice }) => storedTwice.length),
  'read again': (row) => sum(row, ({ readAgain }) => readAgain),
  'reconnects': (row) => sum(row, ({ reconnects }) => reconnects),
  'publish pause': (row) => longest(row, ({ publishPause }) => publishPause),
  'read pause': (row) => longest(row, ({ readPause }) => readPause),
  'lasted': (row) => longest(row, ({ lasted }) => lasted),
  'over after': (row) => longest(row, ({ overAfter }) => overAfter),
  'verdict': (row) => row.problem ? 'not over' : !row.outcomes.length ? 'not tried' : isGood(row) ? 'good' : 'messages lost or doubled',
};

/** Whether the platform got over a fault in all rounds, with each acknowledged message kept once. */
export function isGood({ outcomes, problem }: Row): boolean {
  return !problem && outcomes.every(({ lost, storedTwice }) => lost.length === 0 && storedTwice.length === 0);
}

/** The rows as a table of Markdown. */
export function table(rows: readonly Row[]): string {
  const columns = Object.entries(COLUMNS).map(([title, cell]) => {
    const cells = [title, ...rows.map(cell)];
    const width = Math.max(...cells.map(({ length }) => length));
    const [head, ...body] = cells.map((text) => text.padEnd(width));
    return [head, '-'.repeat(width), ...body];
  });
  return columns[0].map((_, line) => `| ${columns.map((cells) => cells[line]).join(' | ')} |`).join('\n');
}
