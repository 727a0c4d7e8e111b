import { Difference } from './compare';
import { ExpectedDifference, staleOf, unexpectedOf } from './expected';

/** A case that was compared. */
export interface ComparedCase {
  readonly name: string;
  readonly chartObjects: number;
  readonly ourObjects: number;
  readonly differences: Difference[];
}

export interface Report {
  readonly text: string;
  /** Whether every difference is expected, and every expected one was found. */
  readonly passes: boolean;
}

/** What was compared, for a person. */
export function reportOf(compared: ComparedCase[], expected: ExpectedDifference[]): Report {
  const judged = compared.map((of) => ({ ...of, unexpected: unexpectedOf(of.differences, expected) }));
  const stale = staleOf(compared.flatMap(({ differences }) => differences), expected);
  const lines = [
    ...judged.flatMap(({ name, chartObjects, ourObjects, differences, unexpected }) => [
      `${name}: ${chartObjects} objects of the chart, ${ourObjects} of ours, ${differences.length} differences, ${unexpected.length} of them unexpected`,
      ...unexpected.flatMap(describe),
    ]),
    ...stale.map((pattern) => `expected, but in none of these cases: ${pattern}`),
  ];
  return { text: `${lines.join('\n')}\n`, passes: stale.length === 0 && judged.every(({ unexpected }) => unexpected.length === 0) };
}

function describe({ address, side, chart, ours }: Difference): string[] {
  const shown = (value: unknown, absent: boolean) => absent ? '(absent)' : JSON.stringify(value) ?? '(the whole object)';
  return [`  ${address}`, `    chart: ${shown(chart, side === 'ours')}`, `    ours:  ${shown(ours, side === 'chart')}`];
}
