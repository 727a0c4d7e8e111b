// Exactly as nats-server does it, its oddities included (server/sublist.go), because what it refuses depends on them.

const WHITE_SPACE = /[\t\n\f\r ]/;

/**
 * Whether a text is a subject, wildcards included. Only these five kinds of white space are refused; a * or > within a longer token is no wildcard.
 * @see https://docs.nats.io/nats-concepts/subjects
 */
export function isSubject(text: string): boolean {
  if (WHITE_SPACE.test(text)) return false;
  const tokens = text.split('.');
  return tokens.every((token, index) => token !== '' && (token !== '>' || index === tokens.length - 1));
}

/** Whether a text is a subject, or a subject and a queue group with white space between, as subscribe permissions know it. */
export function isSubjectWithQueue(text: string): boolean {
  if (isSubject(text)) return true;
  const words = text.split(/\p{White_Space}+/u).filter(Boolean);
  return words.length === 2 && words.every(isSubject);
}

/** Whether a text is a subject without wildcards, such as one to which something is published. */
export function isLiteralSubject(text: string): boolean {
  return isSubject(text) && !hasWildcard(text);
}

/** Whether a subject has wildcards. */
export function hasWildcard(subject: string): boolean {
  return subject.split('.').some(isWildcard);
}

/**
 * Whether whatever matches the narrow subject matches the wide one too. A token that begins with * is a wildcard here, on the wide side.
 */
export function covers(wide: string, narrow: string): boolean {
  return tokensCover(wide.split('.'), narrow.split('.'));
}

/** Whether whoever may subscribe to all of the wide one may subscribe to the narrow one; each may name a queue group. */
export function coversWithQueue(wide: string, narrow: string): boolean {
  const [[wideSubject, wideQueue], [narrowSubject, narrowQueue]] = [wide, narrow].map((text) => text.split(/\s+/).filter(Boolean));
  if (wideQueue !== undefined && (narrowQueue === undefined || !covers(wideQueue, narrowQueue))) return false;
  return covers(wideSubject, narrowSubject);
}

function tokensCover(wide: string[], narrow: string[]): boolean {
  for (const [index, token] of wide.entries()) {
    if (index >= narrow.length || token === '') return false;
    if (token === '>') return true;
    const other = narrow[index];
    if (other === '' || other === '>') return false;
    if (other === '*' ? token !== '*' : !token.startsWith('*') && token !== other) return false;
  }
  return wide.length === narrow.length;
}

/**
 * Whether nats-server takes two subjects for overlapping. Where both have wildcards, a token that begins with * or > matches every other, so that it
 * finds overlaps that are none: `x.*foo.*` and `x.bar.*`.
 */
export function collide(a: string, b: string): boolean {
  if (a === b) return true;
  const [aTokens, bTokens] = [a.split('.'), b.split('.')];
  const [aIsLiteral, bIsLiteral] = [aTokens, bTokens].map((tokens) => !tokens.some(isWildcard));
  if (aIsLiteral && bIsLiteral) return false;
  if (aIsLiteral) return tokensCover(bTokens, aTokens);
  if (bIsLiteral) return tokensCover(aTokens, bTokens);
  const [shorter, longer] = aTokens.length < bTokens.length ? [aTokens, bTokens] : [bTokens, aTokens];
  if (shorter.length < longer.length && !shorter.includes('>')) return false;
  return shorter.every((token, index) => canMatch(token, longer[index]));
}

function canMatch(a: string, b: string): boolean {
  return a !== '' && b !== '' && (a === b || /^[*>]/.test(a) || /^[*>]/.test(b));
}

function isWildcard(token: string): boolean {
  return token === '*' || token === '>';
}
