import { Construct } from 'constructs';

/** A mistake in what a user asked for, in the three parts that each message of this library has. */
export interface Mistake {
  /** What is wrong: the prop in the user's words, the value given, and the reason. */
  readonly what: string;
  /** What would be right. */
  readonly allowed?: string;
  /** What to do about it. */
  readonly fix?: string;
}

/** The text of a mistake, without the place where it was made. */
export function describeMistake(mistake: Mistake): string {
  return [
    mistake.what,
    mistake.allowed && `allowed: ${mistake.allowed}`,
    mistake.fix && `fix: ${mistake.fix}`,
  ].filter(Boolean).join('; ');
}

/** An error that says where the mistake was made; for mistakes about one value, thrown where the value is given. */
export function invalid(scope: Construct, mistake: Mistake): Error {
  return new Error(`[${scope.node.path || 'App'}] ${describeMistake(mistake)}`);
}
