/** How much a comparison does: a number of cases, or all that it can until a time. */
export interface ComparisonOptions {
  /** The same seed makes the same cases. */
  readonly seed: number;
  /** @default - as many as there is time for */
  readonly numRuns?: number;
  /** A time as of Date.now(). */
  readonly until?: number;
}

/** What a comparison has compared: each case with each server. */
export interface ComparisonCounts {
  readonly accepted: number;
  readonly refused: number;
  /** By the id of a rule: refused cases in which it found something. */
  readonly refusedByRule: { readonly [rule: string]: number };
}

/** Generated cases for which the rules that state the server's verdict and real servers are asked; a case on which they disagree is shrunk and thrown. */
export interface Comparison {
  readonly name: string;
  run(options: ComparisonOptions): Promise<ComparisonCounts>;
}
