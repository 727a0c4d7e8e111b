/**
 * Whether a text is a subject, wildcards included.
 * @see https://docs.nats.io/nats-concepts/subjects
 */
export function isSubject(text: string): boolean {
  if (/\s/.test(text)) return false;
  const tokens = text.split('.');
  return tokens.every((token, index) => token !== '' && (token !== '>' || index === tokens.length - 1));
}

/** Whether a text is a subject, or a subject and a queue group with a space between, as subscribe permissions know it. */
export function isSubjectWithQueue(text: string): boolean {
  const [subject, queue, ...rest] = text.split(' ');
  return rest.length === 0 && isSubject(subject) && (queue === undefined || isSubject(queue));
}
