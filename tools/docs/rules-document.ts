import { RuleDescription, RuleLevel } from '../../src';

const MEANING = {
  [RuleLevel.ERROR]: 'A real system refuses it, or it cannot work. Nothing excuses it.',
  [RuleLevel.GUARDED]: 'It works but is dangerous: an error until `Rules.acknowledge(construct, id, reason)` says why it is wanted.',
  [RuleLevel.WARNING]: 'Unwise: printed once in a synth. `Rules.acknowledge` silences it, `Rules.strict` makes it an error.',
};

/** `docs/rules.md`. */
export function rulesDocument(rules: RuleDescription[]): string {
  const sections = Object.values(RuleLevel).map((level) => {
    const ofLevel = rules.filter((rule) => rule.level === level);
    return [`## ${level}`, '', MEANING[level], '', ...ofLevel.flatMap(entry)].join('\n');
  });
  return [
    '# Rules',
    '',
    `The ${rules.length} rules of this library, by what happens when one is broken. A message ends with the id of its rule.`,
    'A rule marked *server\'s verdict* states what nats-server itself answers; tests compare those with the real server.',
    '',
    ...sections,
  ].join('\n');
}

function entry({ id, statement, source, serverVerdict }: RuleDescription): string[] {
  return [`- **${id}**${serverVerdict ? ' (server\'s verdict)' : ''}: ${statement}`, `  Source: ${source}`, ''];
}
