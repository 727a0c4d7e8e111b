import * as fs from 'node:fs';
import * as path from 'node:path';
import { Crd } from './crd';
import { withNewerVersions } from './newer-versions';

/** The same relative path from the sources and from the compiled package, which both keep `imports/` beside `src/`. */
const CRDS = path.join(__dirname, '..', '..', '..', 'imports', 'crds');

const loaded = new Map<string, Crd[] | undefined>();

/** The CRDs of an API group, or undefined if none of them is known; read when first asked for. */
export function crdsOfGroup(group: string): Crd[] | undefined {
  if (!loaded.has(group)) {
    const file = path.join(CRDS, `${group}.json`);
    loaded.set(group, fs.existsSync(file) ? withNewerVersions(group, JSON.parse(fs.readFileSync(file, 'utf8'))) : undefined);
  }
  return loaded.get(group);
}

/** Kinds that exist in a known group, but whose schemas are not among the imports. */
const kindsWithoutSchema: { [group: string]: string[] } = {
  'monitoring.coreos.com': ['Alertmanager', 'Probe', 'Prometheus', 'PrometheusAgent', 'ScrapeConfig', 'ThanosRuler'],
};

export function isKindWithoutSchema(group: string, kind: string): boolean {
  return kindsWithoutSchema[group]?.includes(kind) ?? false;
}
