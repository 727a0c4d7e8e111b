import { isSince, NatsVersion } from './nats-version';
import { hasWildcard } from './subject';

/**
 * Where subjects are transformed, for the servers do not judge alike everywhere: in mappings and streams; in imports, which must be reversible; in the
 * republishing of a stream.
 */
export type TransformUse = 'mapping' | 'import' | 'republish';

type Arguments = 'number' | 'numbers' | 'number number' | 'number text';

interface TransformFunction {
  readonly name: string;
  readonly takes: Arguments;
  /** Whether the first number tells a wildcard of the source. */
  readonly ofWildcard: boolean;
  /** The first version that knows it in mappings and streams. */
  readonly since?: NatsVersion;
}

const functions: TransformFunction[] = [
  { name: '[wW]ildcard', takes: 'number', ofWildcard: true },
  { name: '[pP]artition', takes: 'numbers', ofWildcard: false },
  { name: '[sS]plit[fF]rom[lL]eft', takes: 'number number', ofWildcard: true },
  { name: '[sS]plit[fF]rom[rR]ight', takes: 'number number', ofWildcard: true },
  { name: '[sS]lice[fF]rom[lL]eft', takes: 'number number', ofWildcard: true },
  { name: '[sS]lice[fF]rom[rR]ight', takes: 'number number', ofWildcard: true },
  { name: '[rR]ight', takes: 'number number', ofWildcard: true, since: NatsVersion.V2_15 },
  { name: '[lL]eft', takes: 'number number', ofWildcard: true, since: NatsVersion.V2_15 },
  { name: '[sS]plit', takes: 'number text', ofWildcard: true },
  { name: '[rR]andom', takes: 'number', ofWildcard: false },
];

/** The servers look for a function anywhere in the token; \s is wider here than in Go. */
const SPACE = '[\\t\\n\\f\\r ]*';
const callOf = ({ name }: TransformFunction) => new RegExp(`\\{\\{${SPACE}${name}${SPACE}\\(([^\\n]*)\\)${SPACE}\\}\\}`);
const calls = functions.map((known) => ({ ...known, call: callOf(known) }));
const wildcardCall = calls[0].call;

/** What a token of a destination stands for. */
interface Placeholder {
  /** Wildcards of the source that it uses, counted from 1. */
  readonly wildcards: number[];
  /** Whether it is nothing but that wildcard. */
  readonly plain: boolean;
  /** Whether it needs a wildcard in the source. */
  readonly needsWildcard: boolean;
}

/**
 * In words, why nats-server does not turn subjects that match the source into the destination, or undefined if it does. An empty source is all subjects;
 * an empty destination is no transform.
 *
 * @see https://docs.nats.io/nats-concepts/subject_mapping
 */
export function transformMistake(source: string, destination: string, use: TransformUse, version = NatsVersion.V2_15): string | undefined {
  if (destination === '') return undefined;
  const from = source || '>';
  const [sourceTokens, tokens] = [from.split('.'), destination.split('.')];
  if (!hasTokens(sourceTokens)) return `'${source}' is not a subject`;
  if (!hasTokens(tokens)) return `'${destination}' is not a subject`;
  if (tokens.includes('*')) return `'${destination}' has a *, which is written $1, $2... in a destination`;
  if (sourceTokens.includes('>') !== tokens.includes('>')) return `only one of '${from}' and '${destination}' ends with >`;
  const count = sourceTokens.filter((token) => token === '*').length;
  let used = 0;
  for (const token of tokens) {
    const placeholder = placeholderOf(token, use, version);
    if (typeof placeholder === 'string') return placeholder;
    if (!placeholder) continue;
    if (!hasWildcard(from) && placeholder.needsWildcard) return `'${token}' stands for a wildcard, but '${from}' has none`;
    if (!hasWildcard(from)) continue;
    if (use === 'import' && !placeholder.plain) return `'${token}' cannot be used in an import`;
    if (placeholder.wildcards.some((wildcard) => wildcard > count)) return `'${token}' stands for a wildcard that '${from}' does not have`;
    used += placeholder.wildcards.length;
  }
  return use === 'import' && used < count ? `'${destination}' does not have each wildcard of '${from}'` : undefined;
}

/** `orders.*.*` as a destination: `orders.$1.$2`. */
export function withPlaceholders(subject: string): string {
  let count = 0;
  return subject.split('.').map((token) => token === '*' ? `$${count += 1}` : token).join('.');
}

/** `orders.$2.$1` as a subject with wildcards: `orders.*.*`. */
export function withWildcards(destination: string): string {
  return destination.split('.').map((token) => {
    const given = wildcardCall.exec(token)?.[1];
    return /^\$[1-9]/.test(token) || (given && !given.includes(',')) ? '*' : token;
  }).join('.');
}

function hasTokens(tokens: string[]): boolean {
  return tokens.every((token, index) => token !== '' && (token !== '>' || index === tokens.length - 1));
}

/** A placeholder, a text that says what is wrong with it, or undefined for a plain token. */
function placeholderOf(token: string, use: TransformUse, version: NatsVersion): Placeholder | string | undefined {
  if (/^\$[+-]?\d+$/.test(token) && isGoInteger(token.slice(1))) return { wildcards: [Number(token.slice(1))], plain: true, needsWildcard: true };
  if (token.length <= 4 || !token.startsWith('{{') || !token.endsWith('}}')) {
    return use !== 'republish' && /[\t\n\f\r ]/.test(token) ? `'${token}' has white space` : undefined;
  }
  const known = calls.find(({ call }) => call.test(token));
  if (!known) return `'${token}' is not a function that nats-server knows`;
  if (use === 'mapping' && known.since && !isSince(version, known.since)) return `'${token}' is a function that came with nats-server ${known.since}, and the servers are ${version}`;
  return argumentsOf(token, known, known.call.exec(token)![1].split(/,[\t\n\f\r ]*/));
}

function argumentsOf(token: string, { takes, ofWildcard }: TransformFunction, given: string[]): Placeholder | string {
  const count = { 'number': 1, 'numbers': given.length, 'number number': 2, 'number text': 2 }[takes];
  const numbers = (takes === 'number text' ? given.slice(0, 1) : given).map((text) => text.replace(/^ +| +$/g, ''));
  const fits = given.length === count && numbers.every(isGoInteger) && isSmall(takes, numbers) && !(takes === 'number text' && given[1].includes(' '));
  if (!fits) return `'${token}' does not have the arguments that nats-server wants: ${takes}`;
  if (ofWildcard) return { wildcards: [Number(numbers[0])], plain: takes === 'number', needsWildcard: true };
  return { wildcards: takes === 'numbers' ? numbers.slice(1).map(Number) : [], plain: false, needsWildcard: false };
}

/** Whether what is no wildcard has 32 bits: the second number, or the first of a function that stands for no wildcard. */
function isSmall(takes: Arguments, numbers: string[]): boolean {
  if (takes === 'number number') return Math.abs(Number(numbers[1]) + 0.5) < 2 ** 31;
  return takes === 'number text' || Number(numbers[0]) < 2 ** 31;
}

/** Whether Go reads a text as a whole number of 64 bits. */
function isGoInteger(text: string): boolean {
  if (!/^[+-]?\d+$/.test(text)) return false;
  const value = BigInt(text.replace(/^\+/, ''));
  return value >= -(2n ** 63n) && value < 2n ** 63n;
}
