/** Writes docs/rules.md from the rules that the library defines; with --check, fails if the file is not what would be written. */
import * as fs from 'fs';
import * as path from 'path';
import { parseArgs } from 'util';
import { RuleDescription, RuleLevel, Rules } from '../src';

const FILE = path.join(__dirname, '..', 'docs', 'rules.md');

const MEANING = {
  [RuleLevel.ERROR]: 'A real system refuses it, or it cannot work. Nothing excuses it.',
  [RuleLevel.GUARDED]: 'It works but is dangerous: an error until `Rules.acknowledge(construct, id, reason)` says why it is wanted.',
  [RuleLevel.WARNING]: 'Unwise: printed once in a synth. `Rules.acknowledge` silences it, `Rules.strict` makes it an error.',
};

function document(rules: RuleDescription[]): string {
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

const { values: { check } } = parseArgs({ options: { check: { type: 'boolean', default: false } } });
const current = fs.existsSync(FILE) ? fs.readFileSync(FILE, 'utf8') : '';
const wanted = document(Rules.all());
if (!check) {
  fs.mkdirSync(path.dirname(FILE), { recursive: true });
  fs.writeFileSync(FILE, wanted);
} else if (current !== wanted) {
  console.error('docs/rules.md is not what the rules say; run "npm run docs:rules" and commit it');
  process.exitCode = 1;
}
