/**
 * Whether a text is a subject, wildcards included.
 * @see https://docs.nats.io/nats-concepts/subjects
 */
export function isSubject(text: string): boolean {
  if (/\s/.test(text)) return false;
  const tokens = text.split('.');
  return tokens.every((token, index) => token !== '' && (token !== '>' || index === tokens.length - 1));
}

/** Whether a text is a subject, or a subject and a queue group with white space between, as subscribe permissions know it. */
export function isSubjectWithQueue(text: string): boolean {
  const words = text.split(/\s+/).filter(Boolean);
  return words.length === 2 ? words.every(isSubject) : isSubject(text);
}

/** Whether a text is a subject without wildcards, such as one to which something is published. */
export function isLiteralSubject(text: string): boolean {
  return isSubject(text) && !hasWildcard(text);
}

/** Whether a subject has wildcards. */
export function hasWildcard(subject: string): boolean {
  return subject.split('.').some((token) => token === '*' || token === '>');
}

/** Whether whatever matches the narrow subject matches the wide one too. */
export function covers(wide: string, narrow: string): boolean {
  const [wideTokens, narrowTokens] = [wide.split('.'), narrow.split('.')];
  for (const [index, token] of wideTokens.entries()) {
    if (index >= narrowTokens.length) return false;
    if (token === '>') return true;
    if (narrowTokens[index] === '>' || (token !== '*' && token !== narrowTokens[index])) return false;
  }
  return wideTokens.length === narrowTokens.length;
}

/** Whether some subject matches both. */
export function overlap(a: string, b: string): boolean {
  const [aTokens, bTokens] = [a.split('.'), b.split('.')];
  const shared = Math.min(aTokens.length, bTokens.length);
  for (let index = 0; index < shared; index += 1) {
    const [one, other] = [aTokens[index], bTokens[index]];
    if (one === '>' || other === '>') return true;
    if (one !== other && one !== '*' && other !== '*') return false;
  }
  return aTokens.length === bTokens.length;
}
