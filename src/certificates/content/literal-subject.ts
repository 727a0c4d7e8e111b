/** An attribute of a distinguished name. */
export interface SubjectAttribute {
  readonly type: string;
  readonly value: string;
}

/** Attribute types that cert-manager knows by name; others are named by their object identifier. */
export const SUBJECT_ATTRIBUTES = ['C', 'O', 'OU', 'CN', 'SERIALNUMBER', 'L', 'ST', 'STREET', 'DC', 'UID'];

/**
 * The attributes of a distinguished name as RFC 4514 writes it, such as `CN=orders,O=Example`; a text instead if something is wrong with it.
 * @see https://datatracker.ietf.org/doc/html/rfc4514
 */
export function parseSubject(text: string): SubjectAttribute[] | string {
  const attributes: SubjectAttribute[] = [];
  for (const part of splitUnescaped(text)) {
    const [, type, value] = /^ *([^=\\]*?) *=([^]*)$/.exec(part) ?? [];
    if (!type) return `'${part.trim()}' is not an attribute and its value`;
    if (!SUBJECT_ATTRIBUTES.includes(type) && !/^\d+(\.\d+)+$/.test(type)) return `'${type}' is not an attribute that cert-manager knows`;
    const unescaped = unescape(value);
    if (unescaped === undefined) return `the value of ${type} has a \\ that escapes nothing`;
    attributes.push({ type, value: unescaped });
  }
  return attributes;
}

/** The parts between commas, semicolons and plus signs that no backslash precedes. */
function splitUnescaped(text: string): string[] {
  return text.match(/(?:\\[^]|[^\\,;+])+|(?<=[,;+]|^)(?=[,;+]|$)/g) ?? [];
}

const ESCAPE = /\\(?:([ "#+,;<=>\\])|([0-9a-fA-F]{2}))/g;

function unescape(value: string): string | undefined {
  const trimmed = value.replace(/^ +/, '').replace(/(?<!\\) +$/, '');
  if (/^#/.test(trimmed)) return /^#([0-9a-fA-F]{2})+$/.test(trimmed) ? trimmed : undefined;
  if (trimmed.replace(ESCAPE, '').includes('\\')) return undefined;
  return trimmed.replace(ESCAPE, (_, character, hex) => character ?? Buffer.from(hex, 'hex').toString('latin1'));
}
