import { Construct } from 'constructs';
import { GO_SYNTAX, readGoRegexp } from '../../core/go-regexp';
import { defineRule, RuleLevel } from '../../core/rule';

export const ALERT_PATTERN = defineRule({
  id: 'FLUX-ALERT-PATTERN',
  level: RuleLevel.ERROR,
  statement: 'A pattern for the messages of an alert is a regular expression as Go reads it.',
  source: 'notification-controller skips a pattern that Go cannot read and tells nobody but an event of the Alert; with no other to include, nothing is ever sent. '
    + 'https://github.com/google/re2/wiki/Syntax',
});

/** A regular expression of Go, which finds its match anywhere in a text unless it says otherwise. */
export interface GoPattern {
  readonly text: string;
  readonly finds: (text: string) => boolean;
}

/** Reads a regular expression as Go does. One that Go would not read throws. */
export function goPattern(scope: Construct, prop: string, text: string): GoPattern {
  if (typeof text !== 'string') throw ALERT_PATTERN.error(scope, { what: `${prop} is a ${typeof text}`, allowed: 'a regular expression of Go as a string, without / around it' });
  const regexp = readGoRegexp(text);
  if ('error' in regexp) {
    throw ALERT_PATTERN.error(scope, {
      what: `${prop} is '${text}', which Go cannot read: ${regexp.error}`,
      allowed: GO_SYNTAX,
      fix: /\(\?<?[=!]/.test(text) ? 'say what is wanted in include and what is not in exclude; a message must pass both' : 'correct it',
    });
  }
  return { text, ...regexp };
}
