import * as fs from 'fs';
import * as path from 'path';
import { Program } from './measure';
import { Language, plainText, textWithL1s, textWithThisLibrary } from './program-texts';

const ROOT = path.join(__dirname, '..', '..');
const TSX = ['--import', 'tsx'];

/** Programs that write the same manifests in the same way. */
export interface Contest {
  readonly ours: Program;
  readonly rivals: Program[];
}

/** The programs in TypeScript, run from source. */
export function sourceContest(folder: string): Contest {
  // Modules are found from where a program stands.
  fs.symlinkSync(path.join(ROOT, 'node_modules'), path.join(folder, 'node_modules'), 'dir');
  return contest(folder, { root: ROOT, extension: 'ts', options: TSX, load: (names, module) => `import ${names} from ${JSON.stringify(module)};` }, 'from source');
}

/** The programs in JavaScript, with the compiled library; undefined where nothing is compiled. */
export function compiledContest(folder: string): Contest | undefined {
  const root = path.join(ROOT, 'lib');
  if (!fs.existsSync(path.join(root, 'src/environments.js'))) return undefined;
  return contest(folder, { root, extension: 'js', options: [], load: (names, module) => `const ${names.replace('* as ', '')} = require(${JSON.stringify(module)});` }, 'compiled');
}

/** The program that makes many clusters. */
export function manyClusters(folder: string, count: number): Program {
  const args = [...TSX, path.join(__dirname, 'many-clusters.ts'), `${count}`];
  return { name: `${count} clusters`, command: process.execPath, args, outdir: path.join(folder, `many-${count}`), isNode: true, timesItself: true };
}

/** The program that makes many streams with this library. */
export function manyStreams(folder: string, count: number): Program {
  return streamsProgram('many-streams', `${count} streams, this library`, folder, count);
}

/** The program that makes the same streams with cdk8s and L1s alone. */
export function plainStreams(folder: string, count: number): Program {
  return streamsProgram('plain-streams', `${count} streams, cdk8s with L1s`, folder, count);
}

function streamsProgram(file: string, name: string, folder: string, count: number): Program {
  const args = [...TSX, path.join(__dirname, `${file}.ts`), `${count}`];
  return { name, command: process.execPath, args, outdir: path.join(folder, `${file}-${count}`), isNode: true, timesItself: true };
}

/** `helm template` with the chart's defaults. */
export function helmTemplate(folder: string, chart: string): Program {
  return { name: 'helm template', command: 'helm', args: ['template', 'nats', path.resolve(chart)], outdir: folder, isNode: false };
}

/** What a program has written, whatever the names of the files. */
export function written({ outdir }: Program): string[] {
  return fs.readdirSync(outdir).map((file) => fs.readFileSync(path.join(outdir, file), 'utf8')).sort();
}

function contest(folder: string, language: Language, suffix: string): Contest {
  const program = (name: string, file: string, text: string): Program => {
    const script = path.join(folder, `${file}.${language.extension}`);
    fs.writeFileSync(script, text);
    return { name: `${name}, ${suffix}`, command: process.execPath, args: [...language.options, script], outdir: `${script}.out`, isNode: true };
  };
  return {
    ours: program('this library', 'ours', textWithThisLibrary(language)),
    rivals: [
      program('cdk8s with plain ApiObjects', 'plain', plainText(language)),
      program('cdk8s with L1s', 'l1s', textWithL1s(language)),
    ],
  };
}
