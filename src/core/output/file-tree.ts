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
    for (const [file, content] of withRecord) writeFile(path.join(temporary, file), content);
    for (const file of withRecord.keys()) moveFile(path.join(temporary, file), path.join(folder, file));
  } finally {
    fs.rmSync(temporary, { recursive: true, force: true });
  }
  for (const file of stale) removeFile(folder, file);
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

function writeFile(file: string, content: string): void {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, content);
}

function moveFile(from: string, to: string): void {
  fs.mkdirSync(path.dirname(to), { recursive: true });
  fs.renameSync(from, to);
}

/** Removes a file, and the folders that it leaves empty. */
function removeFile(root: string, file: string): void {
  fs.rmSync(path.join(root, file), { force: true });
  for (let folder = path.dirname(file); folder !== '.'; folder = path.dirname(folder)) {
    const absolute = path.join(root, folder);
    if (fs.existsSync(absolute) && fs.readdirSync(absolute).length > 0) return;
    fs.rmSync(absolute, { recursive: true, force: true });
  }
}
