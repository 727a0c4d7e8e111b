import * as fc from 'fast-check';

/** How much a comparison does: a number of cases, or all that it can until a time. */
export interface ComparisonOptions {
  /** The same seed makes the same cases. */
  readonly seed: number;
  /** @default - as many as there is time for */
  readonly numRuns?: number;
  /** A time as of Date.now(). */
  readonly until?: number;
}

/** Generated cases for which the rules that state the server's verdict and real servers are asked; a case on which they disagree is shrunk and thrown. */
export interface Comparison {
  readonly name: string;
  run(options: ComparisonOptions): Promise<ComparisonCounts>;
}

/** What a comparison has compared: each case with each server that it concerns. */
export class ComparisonCounts {
  public accepted = 0;
  public refused = 0;
  /** By the id of a rule: refused cases in which it found something. */
  public readonly refusedByRule: { [rule: string]: number } = {};
  /** Of these, those in which no other rule found anything, so that it alone stands for the server's verdict. */
  public readonly refusedByRuleAlone: { [rule: string]: number } = {};

  /** Counts a case on which the server and the rules agree, by the rules that found something. */
  public add(rules: readonly string[]): void {
    if (rules.length === 0) this.accepted += 1;
    else this.refused += 1;
    for (const rule of rules) count(this.refusedByRule, rule);
    if (rules.length === 1) count(this.refusedByRuleAlone, rules[0]);
  }
}

function count(counts: { [rule: string]: number }, rule: string): void {
  counts[rule] = (counts[rule] ?? 0) + 1;
}

/** Runs a property as often, or as long, as is wanted: examples first. */
export async function assertEach<T>(property: fc.IAsyncProperty<T>, { seed, numRuns, until }: ComparisonOptions, examples: T[] = []): Promise<void> {
  const interruptAfterTimeLimit = until && Math.max(0, until - Date.now());
  await fc.assert(property, { seed, numRuns: numRuns ?? Number.MAX_SAFE_INTEGER, interruptAfterTimeLimit, examples });
}
