import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { ModuleKind, ScriptTarget, transpileModule } from 'typescript';
import { Operator } from './operator';

const ROOT = path.join(__dirname, '..');
const GUIDES = path.join(ROOT, 'docs', 'guides');
const DOCUMENTS = ['README.md', ...fs.readdirSync(GUIDES).map((file) => path.join('docs', 'guides', file))];

interface Snippet {
  /** Where it stands, as people look it up. */
  readonly place: string;
  readonly program: string;
}

/** The snippets of a document, each with the rest of its program, which is what compiles it too. */
function snippetsOf(document: string): Snippet[] {
  const text = fs.readFileSync(path.join(ROOT, document), 'utf8');
  return [...text.matchAll(/^```ts(?: fixture=(\w+))?\n([\s\S]*?)^```/gm)].map(({ 1: fixture = 'default', 2: code, index }) => ({
    place: `${document}:${text.slice(0, index).split('\n').length}`,
    program: fs.readFileSync(path.join(ROOT, 'rosetta', `${fixture}.ts-fixture`), 'utf8').replace('/// here', () => code),
  }));
}

/** Runs a program with what its fixture only declares. Its app, if it does not write it itself, is synthesized at the end. */
function run(program: string, declared: { readonly [name: string]: unknown }): void {
  const { outputText } = transpileModule(`${program}\nif (typeof app !== 'undefined') app.synthYaml();`, {
    compilerOptions: { module: ModuleKind.CommonJS, target: ScriptTarget.ES2022 },
  });
  const load = (name: string) => jest.requireActual(name === 'cdk8s-nats' ? '../src' : name);
  new Function('require', 'exports', ...Object.keys(declared), outputText)(load, {}, ...Object.values(declared));
}

const outdir = fs.mkdtempSync(path.join(os.tmpdir(), 'snippets-'));
beforeAll(() => {
  process.env.CDK8S_OUTDIR = outdir;
  jest.spyOn(console, 'warn').mockImplementation();
});
afterAll(() => {
  delete process.env.CDK8S_OUTDIR;
  fs.rmSync(outdir, { recursive: true });
});

test.each(DOCUMENTS.flatMap(snippetsOf))('the snippet at $place synthesizes', async ({ program }) => {
  const { jwt, system } = await Operator.withSystemAccount();
  const declared = { process: { stdout: { write: () => true } }, console: { log: () => undefined }, operatorJwt: jwt, systemAccountJwt: system.jwt };
  expect(() => run(program, declared)).not.toThrow();
});
