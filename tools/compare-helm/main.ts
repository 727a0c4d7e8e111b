/** Compares our objects with what the official chart renders; with --docs, writes docs/compared-with-helm.md; with --check too, only looks whether it is right. */
import * as fs from 'fs';
import * as path from 'path';
import { parseArgs } from 'util';
import { differences } from './compare';
import { DIFFERENCES } from './differences';
import { helmDocument } from './document';
import { ourObjects } from './our-objects';
import { withParsedConf } from './parsed-conf';
import { readCases } from './read-cases';
import { reportOf } from './report';

const DOCUMENT = path.join(__dirname, '..', '..', 'docs', 'compared-with-helm.md');
const USAGE = 'usage: npm run compare:helm -- FOLDER with <case>.values.yaml and <case>.rendered.yaml, or -- --docs [--check]';

function compareFolder(folder: string): boolean {
  const compared = readCases(folder).map(({ name, rendered, ...translated }) => {
    const ours = ourObjects(translated);
    const found = differences(withParsedConf(rendered), withParsedConf(ours, translated.secrets));
    return { name, chartObjects: rendered.length, ourObjects: ours.length, differences: found };
  });
  const { text, passes } = reportOf(compared, DIFFERENCES);
  process.stdout.write(text);
  return passes;
}

function writeDocument(onlyCheck: boolean): boolean {
  const content = helmDocument(DIFFERENCES);
  if (!onlyCheck) {
    fs.writeFileSync(DOCUMENT, content);
  } else if (!fs.existsSync(DOCUMENT) || fs.readFileSync(DOCUMENT, 'utf8') !== content) {
    console.error('docs/compared-with-helm.md is not what the tables say: run "npm run compare:helm -- --docs" and commit it');
    return false;
  }
  return true;
}

const { values: { docs, check }, positionals } = parseArgs({
  allowPositionals: true,
  options: { docs: { type: 'boolean', default: false }, check: { type: 'boolean', default: false } },
});
if (positionals.length !== (docs ? 0 : 1) || (check && !docs)) {
  console.error(USAGE);
  process.exitCode = 2;
} else if (!(docs ? writeDocument(check) : compareFolder(positionals[0]))) {
  process.exitCode = 1;
}
