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
