import * as path from 'node:path';

export const PROJECT = path.join(__dirname, '..', '..');

/** The folder of the project that holds what is generated here, and nothing else. */
export const IMPORTS = path.join(PROJECT, 'imports');

/** Where the CRDs of a group stand in a folder like imports/. */
export function crdFileOf(imports: string, group: string): string {
  return path.join(imports, 'crds', `${group}.json`);
}
