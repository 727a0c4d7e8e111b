import * as fs from 'fs';
import * as path from 'path';
import { run } from '../run';

const ROOT = path.join(__dirname, '..', '..');
const LIBRARY = 'cdk8s-nats';
const MODULES = ['constructs', 'cdk8s', 'cdk8s-plus-28', LIBRARY];

/**
 * Writes the library's binding for a language, and those of what it uses in the versions that are installed: registries of other languages have them later than npm, and some never.
 * Gives the folder of each by its name on npm.
 */
export function bindings(language: string, folder: string): Map<string, string> {
  return new Map(MODULES.map((name) => {
    const out = path.join(folder, 'bindings', name);
    const source = name === LIBRARY ? ROOT : path.join(ROOT, 'node_modules', name);
    run(ROOT, 'npx', 'jsii-pacmak', '--code-only', '--no-npmignore', '--target', language, '--outdir', out, source);
    return [name, path.join(out, language)];
  }));
}

/** Builds the package of the library alone, as it would be published, and gives its file. */
export function packageFor(language: string, folder: string, extension: string): string {
  run(ROOT, 'npx', 'jsii-pacmak', '--no-npmignore', '--target', language, '--outdir', folder, ROOT);
  const built = path.join(folder, language);
  const file = fs.readdirSync(built).find((name) => name.endsWith(extension));
  if (!file) throw new Error(`no ${extension} among ${fs.readdirSync(built).join(', ')}`);
  return path.join(built, file);
}
