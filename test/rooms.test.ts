import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { join } from 'path';
import { ESLint, loadESLint } from 'eslint';

jest.setTimeout(60_000);

const ROOT = join(__dirname, '..');
let linter: ESLint;
beforeAll(async () => {
  // Without types, which only other rules need, it takes a quarter of the time.
  const overrideConfig = { parserOptions: { projectService: false }, rules: { '@typescript-eslint/no-floating-promises': 'off', '@typescript-eslint/return-await': 'off' } } as const;
  linter = new (await loadESLint({ useFlatConfig: false }))({ cwd: ROOT, overrideConfig }) as ESLint;
});

const entries = (folder: string) => readdirSync(join(ROOT, folder), { withFileTypes: true });
/** A file of a room, without its extension. */
const fileOf = (room: string) => entries(`src/${room}`).filter((entry) => entry.isFile()).map(({ name }) => name.replace(/\.ts$/, '')).sort()[0];

/** What lint finds wrong with the imports of a file if it imports all this: the imports by the rule that each breaks. */
async function broken(file: string, imports: string[]): Promise<{ [rule: string]: string[] }> {
  const code = imports.map((from, index) => `import * as a${index} from '${from}';`).join('\n');
  const [{ messages }] = await linter.lintText(code, { filePath: join(ROOT, file) });
  const found: { [rule: string]: string[] } = {};
  for (const { ruleId, line, message } of messages) {
    if (ruleId === null) throw new Error(message);
    if (/^import\/no-(restricted-paths|cycle|unresolved)$/.test(ruleId)) found[ruleId] = [...found[ruleId] ?? [], imports[line - 1]];
  }
  return found;
}

/** What no room may import. */
const outside = ['../index', '../main', '../environments', '../../test/support', '../../tools/bench/units'];

/** Rooms with those that they may import, and those that they may not. */
const rooms: [room: string, below: string[], others: string[]][] = [
  ['core', [], ['certificates', 'nats', 'jetstream', 'monitoring', 'flux', 'platform']],
  ['certificates', ['core'], ['nats', 'jetstream', 'monitoring', 'flux', 'platform']],
  ['nats', ['core', 'certificates'], ['jetstream', 'monitoring', 'flux', 'platform', 'change']],
  ['jetstream', ['core', 'certificates', 'nats'], ['monitoring', 'flux', 'platform', 'change']],
  ['monitoring', ['core', 'certificates', 'nats', 'jetstream'], ['flux', 'platform', 'change']],
  ['change', ['core', 'nats', 'jetstream'], ['monitoring', 'flux', 'platform']],
  ['flux', ['core'], ['certificates', 'nats', 'jetstream', 'monitoring', 'change', 'platform']],
  ['platform', ['core', 'certificates', 'nats', 'jetstream', 'monitoring', 'flux'], ['change']],
];

test.each(rooms)('lint keeps src/%s apart', async (room, below, others) => {
  const [allowed, forbidden] = [below, others].map((names) => names.map((other) => `../${other}/${fileOf(other)}`));
  const { 'import/no-restricted-paths': found, 'import/no-unresolved': unresolved } = await broken(`src/${room}/${fileOf(room)}.ts`, [...allowed, ...forbidden, ...outside]);

  expect(unresolved).toBeUndefined();
  expect(found).toEqual([...forbidden, ...outside]);
});

test('lint finds a cycle', async () => {
  // It looks for cycles among files, not in a text that it is given.
  const folder = mkdtempSync(join(__dirname, 'cycle-'));
  try {
    for (const [file, other] of [['a', 'b'], ['b', 'a']]) writeFileSync(join(folder, `${file}.ts`), `import { ${other} } from './${other}';\n\nexport const ${file} = () => ${other};\n`);
    const results = await linter.lintFiles([join(folder, '*.ts')]);

    expect(results.map(({ messages }) => messages.map(({ ruleId }) => ruleId))).toEqual([['import/no-cycle'], ['import/no-cycle']]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('every folder of src/ is a room, which lint keeps apart and the picture of the house shows', async () => {
  const folders = entries('src').filter((entry) => entry.isDirectory()).map(({ name }) => `./src/${name}`);
  const { rules: { 'import/no-restricted-paths': [, { zones }] } } = await linter.calculateConfigForFile(join(ROOT, 'src/index.ts'));

  expect(zones.map(({ target }: { target: string }) => target)).toEqual(expect.arrayContaining(folders));
  const [, picture] = /```\n([\s\S]*?)```/.exec(readFileSync(join(ROOT, 'docs/architecture.md'), 'utf8'))!;
  expect(folders.filter((folder) => !picture.includes(`${folder.slice(2)} `))).toEqual([]);
});
