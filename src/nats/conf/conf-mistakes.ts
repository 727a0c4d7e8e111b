import { Duration, Size } from 'cdk8s';
import { ConfBlock, ConfValue, includesOf, isBlock, optionsOf } from './conf-value';
import { NatsInclude } from './nats-include';
import { NatsVariable } from './nats-variable';
import { bytesOf } from '../../core/bytes';
import { LONGEST_MILLISECONDS, millisecondsOf } from '../../core/go-duration';
import { Mistake } from '../../core/mistake';

/** What nats.conf cannot hold, with the path of each option. Whether the server knows an option is not looked at. */
export function confMistakes(block: ConfBlock, path: string[] = []): Mistake[] {
  return optionsOf(block).flatMap(([key, value]) => [...keyMistakes(key, path), ...valueMistakes(value, [...path, key])]);
}

function keyMistakes(key: string, path: string[]): Mistake[] {
  if (!/["\0]/.test(key) && isWellFormed(key)) return [];
  return [{
    what: `the key ${JSON.stringify(key)}${path.length > 0 ? ` in ${path.join('.')}` : ''} cannot be written`,
    allowed: 'any text without double quotes and NUL; nats.conf has no escapes in keys',
  }];
}

function valueMistakes(value: ConfValue, path: string[]): Mistake[] {
  if (includesOf(value)) return [];
  if (Array.isArray(value)) return value.flatMap((element, index) => elementMistakes(element, [...path, `${index}`]));
  if (isBlock(value)) return confMistakes(value, path);
  const mistake = scalarMistake(value);
  return mistake ? [{ ...mistake, what: `${path.join('.')} ${mistake.what}` }] : [];
}

function elementMistakes(element: ConfValue, path: string[]): Mistake[] {
  if (!includesOf(element)) return valueMistakes(element, path);
  return [{ what: `${path.join('.')} is an include among other values`, allowed: 'includes alone', fix: 'give the includes a key of their own' }];
}

function scalarMistake(value: ConfValue): Mistake | undefined {
  if (typeof value === 'boolean' || value instanceof NatsVariable || value instanceof NatsInclude) return undefined;
  if (typeof value === 'string') return isWellFormed(value) ? undefined : { what: 'is no Unicode text', allowed: 'text without lone surrogates' };
  if (typeof value === 'number') return wholeNumberMistake(value, `${value}`, 'a whole number; a Duration or a Size for what has a unit');
  if (value instanceof Size) return wholeNumberMistake(bytesOf(value), value.asString(), `at most ${Number.MAX_SAFE_INTEGER} bytes`);
  if (value instanceof Duration) return durationMistake(value);
  return {
    what: `is ${value === null || value === undefined ? value : `of type ${typeof value}`}`,
    allowed: 'a text, whole number, boolean, Duration, Size, NatsVariable, NatsInclude, or a list or map of these',
  };
}

function wholeNumberMistake(value: number, shown: string, allowed: string): Mistake | undefined {
  return Number.isSafeInteger(value) ? undefined : { what: `is ${shown}`, allowed };
}

function durationMistake(value: Duration): Mistake | undefined {
  const milliseconds = millisecondsOf(value);
  if (milliseconds !== undefined && milliseconds <= LONGEST_MILLISECONDS) return undefined;
  return {
    what: `is ${value.toMilliseconds({ integral: false })} milliseconds`,
    allowed: `a whole number of milliseconds, at most ${LONGEST_MILLISECONDS}`,
  };
}

/** A lone surrogate has no UTF-8: the file would hold another character in its place. */
function isWellFormed(text: string): boolean {
  return !/\p{Surrogate}/u.test(text);
}
