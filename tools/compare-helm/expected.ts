import { Difference, Side } from './compare';

/** A difference from the chart that is meant. */
export interface ExpectedDifference {
  /** The section of the document in which it stands. */
  readonly topic: string;
  /** Patterns of addresses: `*` is anything within one step of a path, `**` anything at all. */
  readonly at: string[];
  readonly side: Side;
  /** What is better so, in one sentence. */
  readonly why: string;
}

/** The differences for which no entry stands. */
export function unexpectedOf(found: Difference[], expected: ExpectedDifference[]): Difference[] {
  const tests = expected.map((entry) => ({ side: entry.side, patterns: entry.at.map(expressionOf) }));
  return found.filter(({ address, side }) => !tests.some((test) => test.side === side && test.patterns.some((pattern) => pattern.test(address))));
}

/** The patterns that no difference matches, with their sides. */
export function staleOf(found: Difference[], expected: ExpectedDifference[]): string[] {
  return expected.flatMap(({ at, side }) => at
    .filter((pattern) => !found.some((difference) => difference.side === side && expressionOf(pattern).test(difference.address)))
    .map((pattern) => `${pattern} (${side})`));
}

const GLOBS: { readonly [glob: string]: string } = { '**': '.*', '*': '[^.:/[\\]]*', '[*]': '\\[[^\\]]*\\]' };

function expressionOf(pattern: string): RegExp {
  const parts = pattern.split(/(\*\*|\[\*\]|\*)/).map((part) => GLOBS[part] ?? part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('')}$`);
}
