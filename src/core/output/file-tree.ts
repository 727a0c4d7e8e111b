import * as fs from 'fs';
import * as path from 'path';

/** Lists what the last synth wrote, so that the next one knows which files are stale and which are somebody else's. */
const RECORD = '.cdk8s-nats.json';

/**
 * Makes a folder hold these files, by path: those that change are written to a temporary folder first and then moved into place, so that a
 * failure before the end of writing changes nothing. Files that an earlier call wrote and this one does not are removed; all others stay.
 */
export function replaceFiles(folder: string, files: Map<string, string>): void {
  fs.mkdirSync(folder, { recursive: true });
  const stale = recordedFiles(folder).filter((file) => !files.has(file));
  const changed = new Map([...files, [RECORD, record(files)] as const].filter(([file, content]) => contentOf(path.join(folder, file)) !== content));
  const temporary = fs.mkdtempSync(path.join(folder, '.synth-'));
  try {
    for (const inner of foldersOf(changed.keys())) fs.mkdirSync(path.join(temporary, inner), { recursive: true });
    for (const [file, content] of changed) fs.writeFileSync(path.join(temporary, file), content);
    move([...changed.keys()], temporary, folder);
  } finally {
    fs.rmSync(temporary, { recursive: true, force: true });
  }
  removeFiles(folder, stale);
}

function contentOf(file: string): string | undefined {
  return fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : undefined;
}

/** Moves files by their path from one folder to another; a folder that is new moves as a whole, which takes one step for thousands of files. */
function move(files: string[], from: string, to: string): void {
  const moved = new Set<string>();
  for (const folder of foldersOf(files)) {
    if (moved.has(path.dirname(folder))) {
      moved.add(folder);
    } else if (!fs.existsSync(path.join(to, folder))) {
      fs.renameSync(path.join(from, folder), path.join(to, folder));
      moved.add(folder);
    }
  }
  for (const file of files) if (!moved.has(path.dirname(file))) fs.renameSync(path.join(from, file), path.join(to, file));
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

/** Removes files, and the folders that they leave empty. */
function removeFiles(root: string, files: string[]): void {
  for (const file of files) fs.rmSync(path.join(root, file), { force: true });
  for (const folder of foldersOf(files).reverse()) {
    const absolute = path.join(root, folder);
    if (fs.existsSync(absolute) && fs.readdirSync(absolute).length === 0) fs.rmdirSync(absolute);
  }
}
