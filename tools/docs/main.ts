/** Writes the documents that are generated from the compiled library; with --check, fails if one is not what would be written. */
import { execFileSync } from 'child_process';
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { parseArgs } from 'util';
import { rulesDocument } from './rules-document';
import { Rules } from '../../src';

const ROOT = path.join(__dirname, '..', '..');

function apiDocument(): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'api-document-'));
  try {
    execFileSync('npx', ['jsii-docgen', '-o', path.join(folder, 'API.md')], { cwd: ROOT, stdio: ['ignore', 'ignore', 'inherit'] });
    return fs.readFileSync(path.join(folder, 'API.md'), 'utf8');
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

const { values: { check } } = parseArgs({ options: { check: { type: 'boolean', default: false } } });
for (const [file, content] of [['docs/rules.md', rulesDocument(Rules.all())], ['API.md', apiDocument()]]) {
  const document = path.join(ROOT, file);
  if (!check) {
    fs.writeFileSync(document, content);
  } else if (!fs.existsSync(document) || fs.readFileSync(document, 'utf8') !== content) {
    console.error(`${file} is not what the library says: run "npm run docs" and commit it`);
    process.exitCode = 1;
  }
}
