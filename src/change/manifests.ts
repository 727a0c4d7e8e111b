import * as fs from 'fs';
import * as path from 'path';
import { groupOf } from '../core/api-group';
import { yamlDocuments } from '../core/yaml-documents';

/** A Kubernetes object as a file describes it. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly annotations?: { readonly [key: string]: string } };
  readonly spec?: any;
}

/** The objects of one environment, by their identity. */
export type Manifests = Map<string, Manifest>;

/** The list of Secrets that each environment of a `dist/` has, and by which one is known. */
const SECRETS = 'SECRETS.md';

/**
 * The objects of a folder by environment; '' where the folder is not divided into environments.
 *
 * A folder that is not there, a file that is not YAML, and one object that is described twice throw.
 */
export function readManifests(folder: string): Map<string, Manifests> {
  if (!fs.existsSync(folder) || !fs.statSync(folder).isDirectory()) throw new Error(`there is no folder ${folder}; allowed: a folder that a synth wrote`);
  const environments = fs.readdirSync(folder).filter((entry) => fs.existsSync(path.join(folder, entry, SECRETS)));
  if (environments.length === 0) {
    const manifests = readTree(folder);
    return new Map(manifests.size > 0 ? [['', manifests]] : []);
  }
  return new Map(environments.sort().map((environment) => [environment, readTree(path.join(folder, environment))]));
}

/** What tells objects apart in a cluster. */
export function identityOf({ apiVersion, kind, metadata }: Manifest): string {
  return [groupOf(apiVersion), kind, metadata.namespace ?? '', metadata.name].join(' ');
}

function readTree(folder: string): Manifests {
  const manifests: Manifests = new Map();
  const files = fs.readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => /\.ya?ml$/.test(file)).sort();
  for (const file of files.map((name) => path.join(folder, name))) {
    for (const manifest of readFile(file)) {
      const identity = identityOf(manifest);
      if (manifests.has(identity)) throw new Error(`${file} describes ${manifest.kind} '${manifest.metadata.name}', which another file of ${folder} describes too`);
      manifests.set(identity, manifest);
    }
  }
  return manifests;
}

function readFile(file: string): Manifest[] {
  const documents = yamlDocuments(fs.readFileSync(file, 'utf8'));
  return documents.map((document) => {
    if (document.errors.length > 0) throw new Error(`${file} is not YAML: ${document.errors[0].message}`);
    return document.toJS();
  }).flatMap((object) => isList(object) ? object.items : [object]).filter((object): object is Manifest => typeof object?.kind === 'string' && typeof object.apiVersion === 'string' && typeof object.metadata?.name === 'string');
}

/** As `kubectl get -o yaml` writes what is deployed. */
function isList(object: any): boolean {
  return object?.apiVersion === 'v1' && object.kind === 'List' && Array.isArray(object.items);
}
