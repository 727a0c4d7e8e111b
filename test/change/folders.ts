import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { DistChange, DistChanges } from '../../src';

/** A folder with these files; removed by `removeFolders`. */
export function folderOf(files: { [file: string]: string }): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'cdk8s-nats-change-'));
  folders.push(folder);
  for (const [file, content] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    fs.writeFileSync(path.join(folder, file), content);
  }
  return folder;
}

const folders: string[] = [];

export function removeFolders(): void {
  for (const folder of folders.splice(0)) fs.rmSync(folder, { recursive: true });
}

/** The changes between two lists of objects. JSON is YAML, too. */
export function changesBetween(before: object[], after: object[]): DistChange[] {
  const [old, now] = [before, after].map((objects) => folderOf({ 'layer/objects.yaml': objects.map((object) => JSON.stringify(object)).join('\n---\n') }));
  return DistChanges.between(old, now);
}

/** A resource of NACK in a namespace. */
export function resource(kind: string, name: string, spec: object): object {
  return { apiVersion: 'jetstream.nats.io/v1beta2', kind, metadata: { name, namespace: 'messaging' }, spec };
}
