/** Builds the guide's program in each language, and compares what it writes with what the one in TypeScript writes; and what each says of a mistake. */
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { MISTAKE, programOfGuide, programWithMistake } from './guide';
import { Language, languages, typeScript } from './languages';
import { Ended, run } from '../run';

/** The files below a folder, with what they hold. */
function filesBelow(folder: string): Map<string, string> {
  const entries = fs.readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = entries.map(({ parentPath, name }) => path.join(parentPath, name)).sort();
  return new Map(paths.map((file) => [path.relative(folder, file), fs.readFileSync(file, 'utf8')]));
}

function runProgram(language: Language, program: string, folder: string): Ended {
  const { file } = language;
  fs.mkdirSync(path.join(folder, path.dirname(file)), { recursive: true });
  fs.writeFileSync(path.join(folder, file), program);
  return language.run(folder);
}

/** What the program of the guide writes in a language, which has to say what is wrong with the program that has a mistake. */
function outcome(language: Language, folder: string): Map<string, string> {
  fs.mkdirSync(folder);
  language.install(folder);
  const right = runProgram(language, programOfGuide(language.name), folder);
  if (!right.succeeded) throw new Error(`the program in ${language.name} failed:\n${right.output}`);
  const mistaken = runProgram(language, programWithMistake(language.name), folder);
  if (mistaken.succeeded || !mistaken.output.includes(MISTAKE)) throw new Error(`in ${language.name}, a mistake is told as:\n${mistaken.output}`);
  return filesBelow(path.join(folder, 'dist'));
}

run(path.join(__dirname, '..', '..'), 'npx', 'jsii', '--silence-warnings=reserved-word');
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'languages-'));
try {
  const wanted = outcome(typeScript, path.join(folder, typeScript.name));
  for (const language of languages) {
    const written = outcome(language, path.join(folder, language.name));
    const different = [...new Set([...wanted.keys(), ...written.keys()])].filter((file) => wanted.get(file) !== written.get(file));
    if (different.length > 0) throw new Error(`in ${language.name}, these files are different: ${different.join(', ')}`);
    console.log(`${language.name} writes the same ${written.size} files as ${typeScript.name}, and tells the same mistake`);
  }
} finally {
  fs.rmSync(folder, { recursive: true, force: true });
}
