import * as fs from 'fs';
import * as path from 'path';

/** Lists what the last synth wrote, so that the next one knows which files are stale and which are somebody else's. */
const RECORD = '.cdk8s-nats.json';

/**
 * Makes a folder hold these files, by path: they are written to a temporary folder first and then moved into place, so that a failure
 * before the end of writing changes nothing. Files that an earlier call wrote and this one does not are removed; all others stay.
 */
export function replaceFiles(folder: string, files: Map<string, string>): void {
  fs.mkdirSync(folder, { recursive: true });
  const stale = recordedFiles(folder).filter((file) => !files.has(file));
  const temporary = fs.mkdtempSync(path.join(folder, '.synth-'));
  try {
    const withRecord = new Map([...files, [RECORD, record(files)]]);
    makeFolders(temporary, files);
    for (const [file, content] of withRecord) fs.writeFileSync(path.join(temporary, file), content);
    makeFolders(folder, files);
    for (const file of withRecord.keys()) fs.renameSync(path.join(temporary, file), path.join(folder, file));
  } finally {
    fs.rmSync(temporary, { recursive: true, force: true });
  }
  removeFiles(folder, stale);
}

function record(files: Map<string, string>): string {
  return `${JSON.stringify({ files: [...files.keys()].sort() }, undefined, 1)}\n`;
}

function recordedFiles(folder: string): string[] {
  const recordFile = path.join(folder, RECORD);
  if (!fs.existsSync(recordFile)) return [];
  let recorded: unknown;
  try {
    recorded = JSON.parse(fs.readFileSync(recordFile, 'utf8')).files;
  } catch {
    recorded = undefined;
  }
  if (!Array.isArray(recorded)) {
    throw new Error(`${recordFile} is damaged, so nobody can tell which files of ${folder} are stale; remove it and those files, and synthesize again`);
  }
  const isInside = (file: string) => !path.isAbsolute(file) && !path.normalize(file).startsWith('..');
  return recorded.filter((file): file is string => typeof file === 'string' && isInside(file));
}

/** All folders in which files are, inner ones after those around them. */
function foldersOf(files: Iterable<string>): string[] {
  const folders = new Set<string>();
  for (const file of files) {
    for (let folder = path.dirname(file); folder !== '.' && !folders.has(folder); folder = path.dirname(folder)) folders.add(folder);
  }
  return [...folders].sort((a, b) => a.length - b.length);
}

function makeFolders(root: string, files: Map<string, string>): void {
  for (const folder of foldersOf(files.keys())) fs.mkdirSync(path.join(root, folder), { recursive: true });
}

/** Removes files, and the folders that they leave empty. */
function removeFiles(root: string, files: string[]): void {
  for (const file of files) fs.rmSync(path.join(root, file), { force: true });
  for (const folder of foldersOf(files).reverse()) {
    const absolute = path.join(root, folder);
    if (fs.existsSync(absolute) && fs.readdirSync(absolute).length === 0) fs.rmdirSync(absolute);
  }
}
