import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { parseArgs } from 'node:util';
import { importedGroups } from './groups';
import { differingFiles, generate } from './output';
import { IMPORTS } from './paths';
import { fromFolder, fromGoModules, fromWeb, Source } from './sources';

const { values: options } = parseArgs({
  options: {
    'from': { type: 'string' },
    'from-go-modules': { type: 'boolean' },
    'check': { type: 'boolean' },
  },
});

function chosenSource(): Source {
  if (options.from !== undefined && options['from-go-modules']) throw new Error('give --from or --from-go-modules, not both');
  if (options.from !== undefined) return fromFolder(options.from, IMPORTS);
  return options['from-go-modules'] ? fromGoModules(IMPORTS) : fromWeb;
}

async function main(): Promise<void> {
  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'import-'));
  const generated = path.join(scratch, 'imports');
  try {
    await generate(importedGroups, chosenSource(), generated);
    const differing = differingFiles(generated, IMPORTS);
    if (options.check && differing.length > 0) {
      throw new Error(`imports/ is not what the source gives; run npm run import and read the difference:\n  ${differing.join('\n  ')}`);
    }
    if (!options.check) replaceImports(generated);
    console.log(differing.length === 0 ? 'imports/ is current' : `imports/: wrote ${differing.join(', ')}`);
  } finally {
    fs.rmSync(scratch, { recursive: true });
  }
}

function replaceImports(generated: string): void {
  fs.rmSync(IMPORTS, { recursive: true, force: true });
  fs.cpSync(generated, IMPORTS, { recursive: true });
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
