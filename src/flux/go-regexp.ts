import { RE2JS, RE2JSException } from 're2js';
import { Broken, broken } from '../core/broken';
import { Rule } from '../core/rule';

/** A regular expression that Go cannot read: JavaScript has lookaheads that Go has not, and does not know `(?i)`, `\z` or `[[:alpha:]]`. */
export function goRegexpMistakes(rule: Rule, prop: string, text: string | undefined): Broken[] {
  if (text === undefined) return [];
  try {
    RE2JS.compile(text);
    return [];
  } catch (error) {
    if (!(error instanceof RE2JSException)) throw error;
    return broken(rule, true, {
      what: `${prop} is '${text}', which Go cannot read: ${error.message}`,
      allowed: 'the syntax of RE2: no lookahead, no lookbehind, no backreferences (https://github.com/google/re2/wiki/Syntax)',
    });
  }
}
