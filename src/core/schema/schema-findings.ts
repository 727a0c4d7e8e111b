import { ErrorObject } from 'ajv';
import { Crd, CrdVersion } from './crd';
import { crdsOfGroup, isKindWithoutSchema } from './crd-catalog';
import { Mistake } from '../mistake';
import { nearestNames } from './nearest-names';
import { schemaErrors } from './schema-validator';

/** What is wrong with one field of a manifest. */
export interface SchemaFinding extends Mistake {
  /** The field, such as `spec.podMetricsEndpoints[0].interval`. */
  readonly path: string;
}

interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
}

/** Everything that the CRD of a manifest has against it; nothing if its group is unknown. */
export function schemaFindings(manifest: Manifest): SchemaFinding[] {
  const { apiVersion, kind } = manifest;
  const [group, versionName] = apiVersion.split('/');
  const crds = crdsOfGroup(group);
  if (!crds || isKindWithoutSchema(group, kind)) return [];
  const crd = crds.find(({ spec }) => spec.names.kind === kind);
  if (!crd) return [unknownKind(group, kind, crds)];
  const version = crd.spec.versions.find(({ name, served }) => name === versionName && served);
  return version ? fieldFindings(version, manifest) : [unservedVersion(apiVersion, crd)];
}

function unknownKind(group: string, kind: string, crds: Crd[]): SchemaFinding {
  const kinds = crds.map(({ spec }) => spec.names.kind);
  return { path: 'kind', what: `is '${kind}', which ${group} does not have`, ...choice(kind, kinds) };
}

function unservedVersion(apiVersion: string, { spec }: Crd): SchemaFinding {
  const served = spec.versions.filter((version) => version.served).map(({ name }) => `${spec.group}/${name}`);
  return {
    path: 'apiVersion',
    what: `is '${apiVersion}', in which ${spec.names.kind} is not served`,
    allowed: served.join(', ') || 'none: no version of this kind is served',
  };
}

function fieldFindings(version: CrdVersion, manifest: Manifest): SchemaFinding[] {
  const errors = schemaErrors(version, manifest);
  const mistyped = new Set(errors.filter(({ keyword }) => keyword === 'type').map(({ instancePath }) => instancePath));
  return errors
    // A value of the wrong type is none of the allowed values either, which adds nothing.
    .filter(({ keyword, instancePath }) => keyword !== 'enum' || !mistyped.has(instancePath))
    .map((error) => findingOf(error, manifest));
}

function findingOf(error: ErrorObject, manifest: Manifest): SchemaFinding {
  const { keyword, params, data } = error;
  const path = pathOf(error.instancePath, manifest);
  switch (keyword) {
    case 'additionalProperties':
      return {
        path: fieldOf(path, params.additionalProperty),
        what: 'is not a field of this kind, the API server would drop it',
        ...choice(params.additionalProperty, Object.keys(error.parentSchema?.properties ?? {})),
      };
    case 'required':
      return { path: fieldOf(path, params.missingProperty), what: 'is required and missing' };
    case 'type':
      return { path, what: `is ${typeInWords(data)}`, allowed: typesInWords(params.type) };
    case 'enum':
      return { path, what: `is ${shown(path, data)}`, ...choice(String(data), params.allowedValues.map(String)) };
    default:
      return { path, what: `is ${shown(path, data)}`, allowed: error.message?.replace(/^must /, 'it must ') };
  }
}

const MAX_LISTED = 12;

/** The names to choose from, and which of them may have been meant. */
function choice(given: string, names: string[]): Pick<Mistake, 'allowed' | 'fix'> {
  const nearest = nearestNames(given, names);
  const others = names.filter((name) => !nearest.includes(name)).sort();
  const listed = [...nearest, ...others].slice(0, MAX_LISTED);
  const left = names.length - listed.length;
  return {
    allowed: `${listed.join(', ') || 'nothing'}${left > 0 ? ` and ${left} more` : ''}`,
    ...nearest.length > 0 && { fix: `did you mean ${nearest[0]}?` },
  };
}

/** The parts of a JSON pointer as a person writes a path; whether a number is an index only the manifest knows. */
function pathOf(pointer: string, manifest: unknown): string {
  let path = '';
  let value = manifest as { [key: string]: unknown };
  for (const part of pointer.split('/').slice(1)) {
    const key = part.replace(/~1/g, '/').replace(/~0/g, '~');
    path = Array.isArray(value) ? `${path}[${key}]` : fieldOf(path, key);
    value = value[key] as typeof value;
  }
  return path;
}

function fieldOf(path: string, name: string): string {
  if (!/^[A-Za-z_][\w-]*$/.test(name)) return `${path}["${name}"]`;
  return path ? `${path}.${name}` : name;
}

/** Fields in which people put credentials, whether they should or not; an address may be a webhook, which is one. */
const SENSITIVE = /passw|secret|token|credential|private|nkey|seed|jwt|api_?key|webhook|address|url|proxy/i;
const MAX_SHOWN = 80;

function shown(path: string, value: unknown): string {
  if (SENSITIVE.test(path)) return 'a value (not shown here) that does not fit';
  const text = JSON.stringify(value);
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}...` : text;
}

const words: { [type: string]: string } = {
  array: 'a list', boolean: 'true or false', integer: 'a whole number', number: 'a number', object: 'an object', string: 'a string',
};

function typesInWords(types: string | string[]): string {
  return [types].flat().filter((type) => type !== 'null').map((type) => words[type]).join(' or ');
}

function typeInWords(value: unknown): string {
  if (value === null) return 'null';
  if (typeof value === 'boolean') return 'a boolean';
  return words[Array.isArray(value) ? 'array' : typeof value];
}
