import { hasWildcard } from '../subject';

type Arguments = 'number' | 'numbers' | 'number number' | 'number text';

interface MappingFunction {
  readonly name: RegExp;
  readonly takes: Arguments;
  /** Whether the first number tells a wildcard of the source. */
  readonly ofWildcard: boolean;
}

const functions: MappingFunction[] = [
  { name: /^[wW]ildcard$/, takes: 'number', ofWildcard: true },
  { name: /^[pP]artition$/, takes: 'numbers', ofWildcard: false },
  { name: /^[sS]plit[fF]rom[lL]eft$/, takes: 'number number', ofWildcard: true },
  { name: /^[sS]plit[fF]rom[rR]ight$/, takes: 'number number', ofWildcard: true },
  { name: /^[sS]lice[fF]rom[lL]eft$/, takes: 'number number', ofWildcard: true },
  { name: /^[sS]lice[fF]rom[rR]ight$/, takes: 'number number', ofWildcard: true },
  { name: /^[rR]ight$/, takes: 'number number', ofWildcard: true },
  { name: /^[lL]eft$/, takes: 'number number', ofWildcard: true },
  { name: /^[sS]plit$/, takes: 'number text', ofWildcard: true },
  { name: /^[rR]andom$/, takes: 'number', ofWildcard: false },
];

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
 * In words, why nats-server does not turn subjects that match the source into the destination, or undefined if it does.
 *
 * @param reversible as for imports: only plain wildcards, and each of them
 * @see https://docs.nats.io/nats-concepts/subject_mapping
 */
export function transformMistake(source: string, destination: string, { reversible }: { reversible: boolean }): string | undefined {
  const tokens = destination.split('.');
  if (tokens.some((token, index) => token === '' || (token === '>' && index < tokens.length - 1))) return `'${destination}' is not a subject`;
  if (tokens.includes('*')) return `'${destination}' has a *, which is written $1, $2... in a destination`;
  if (source.split('.').includes('>') !== tokens.includes('>')) return `only one of '${source}' and '${destination}' ends with >`;
  const count = source.split('.').filter((token) => token === '*').length;
  let used = 0;
  for (const token of tokens) {
    const placeholder = placeholderOf(token);
    if (typeof placeholder === 'string') return placeholder;
    if (!placeholder) continue;
    if (!hasWildcard(source) && placeholder.needsWildcard) return `'${token}' stands for a wildcard, but '${source}' has none`;
    if (!hasWildcard(source)) continue;
    if (reversible && !placeholder.plain) return `'${token}' cannot be used in an import`;
    if (placeholder.wildcards.some((wildcard) => wildcard > count)) return `'${token}' stands for a wildcard that '${source}' does not have`;
    used += placeholder.wildcards.length;
  }
  return reversible && used < count ? `'${destination}' does not have each wildcard of '${source}'` : undefined;
}

/** `orders.*.*` as a destination: `orders.$1.$2`. */
export function withPlaceholders(subject: string): string {
  let count = 0;
  return subject.split('.').map((token) => token === '*' ? `$${count += 1}` : token).join('.');
}

/** `orders.$2.$1` as a subject with wildcards: `orders.*.*`. */
export function withWildcards(destination: string): string {
  return destination.split('.').map((token) => /^\$[1-9]/.test(token) || /^\{\{\s*[wW]ildcard\s*\([^,)]+\)\s*\}\}$/.test(token) ? '*' : token).join('.');
}

/** A placeholder, a text that says what is wrong with it, or undefined for a plain token. */
function placeholderOf(token: string): Placeholder | string | undefined {
  if (/^\$[+-]?\d+$/.test(token)) return { wildcards: [Number(token.slice(1))], plain: true, needsWildcard: true };
  if (token.length <= 4 || !token.startsWith('{{') || !token.endsWith('}}')) return /\s/.test(token) ? `'${token}' has white space` : undefined;
  const [, name, list] = /^\{\{\s*(\w+)\s*\((.*)\)\s*\}\}$/.exec(token) ?? [];
  const known = functions.find((one) => one.name.test(name ?? ''));
  if (!known) return `'${token}' is not a function that nats-server knows`;
  return argumentsOf(token, known, list.split(/,\s*/));
}

function argumentsOf(token: string, { takes, ofWildcard }: MappingFunction, given: string[]): Placeholder | string {
  const isNumber = (text: string) => /^ *[+-]?\d+ *$/.test(text) && Math.abs(Number(text)) < 2 ** 31;
  const count = { 'number': 1, 'numbers': given.length, 'number number': 2, 'number text': 2 }[takes];
  const numbers = takes === 'number text' ? given.slice(0, 1) : given;
  if (given.length !== count || !numbers.every(isNumber) || (takes === 'number text' && given[1].includes(' '))) {
    return `'${token}' does not have the arguments that nats-server wants: ${takes}`;
  }
  if (ofWildcard) return { wildcards: [Number(given[0])], plain: takes === 'number', needsWildcard: true };
  return { wildcards: takes === 'numbers' ? given.slice(1).map(Number) : [], plain: false, needsWildcard: false };
}
