import { RE2JS, RE2JSException } from 're2js';
import { Broken, broken } from './broken';
import { Rule } from './rule';

/** What Go can read. */
export const GO_SYNTAX = 'the syntax of RE2: no lookahead, no lookbehind, no backreferences (https://github.com/google/re2/wiki/Syntax)';

/** A regular expression, or why Go cannot read it. */
export type GoRegexp = { readonly finds: (text: string) => boolean } | { readonly error: string };

/** Reads a regular expression as Go does: JavaScript has lookaheads that Go has not, and does not know `(?i)`, `\z` or `[[:alpha:]]`. */
export function readGoRegexp(text: string): GoRegexp {
  try {
    const compiled = RE2JS.compile(text);
    return { finds: (other) => compiled.matcher(other).find() };
  } catch (error) {
    if (error instanceof RE2JSException) return { error: error.message };
    throw error;
  }
}

/** A broken rule for a regular expression, if one is given, that Go cannot read. */
export function goRegexpMistakes(rule: Rule, prop: string, text: string | undefined): Broken[] {
  const regexp = text === undefined ? undefined : readGoRegexp(text);
  if (!regexp || !('error' in regexp)) return [];
  return broken(rule, true, { what: `${prop} is '${text}', which Go cannot read: ${regexp.error}`, allowed: GO_SYNTAX });
}
