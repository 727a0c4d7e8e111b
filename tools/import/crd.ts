import { Crd, CrdVersion, StructuralSchema } from '../../src/core/schema/crd';

/**
 * The CRD reduced to what the API server acts on, in an order of its own: no prose, no annotations and labels of whoever packed
 * it, no status. Each source of one version yields the same bytes.
 */
export function canonical(crd: Crd): Crd {
  return sortKeys({
    apiVersion: crd.apiVersion,
    kind: crd.kind,
    metadata: { name: crd.metadata.name },
    spec: { ...crd.spec, versions: [...crd.spec.versions].sort(byPreference).map(versionWithoutProse) },
  }) as Crd;
}

/** Keywords whose value is one schema, a list of schemas, or schemas by name; a property may have the name of any keyword. */
const nestedSchema = new Set(['items', 'additionalProperties', 'not']);
const nestedSchemaList = new Set(['allOf', 'anyOf', 'oneOf']);
const nestedSchemaMap = new Set(['properties']);

/** The schema without its keyword `description`; a property of that name stays. */
export function withoutProse(schema: StructuralSchema): StructuralSchema {
  return mapEntries(without(schema, 'description'), (keyword, value) => {
    if (nestedSchema.has(keyword) && isObject(value)) return withoutProse(value);
    if (nestedSchemaList.has(keyword)) return (value as StructuralSchema[]).map(withoutProse);
    if (nestedSchemaMap.has(keyword)) return mapEntries(value as StructuralSchema, (_, property) => withoutProse(property as StructuralSchema));
    return value;
  });
}

function versionWithoutProse(version: CrdVersion): CrdVersion {
  return {
    ...version,
    ...version.schema && { schema: { openAPIV3Schema: withoutProse(version.schema.openAPIV3Schema) } },
    ...version.additionalPrinterColumns && {
      additionalPrinterColumns: version.additionalPrinterColumns.map((column) => without(column, 'description')),
    },
  };
}

/** `cdk8s import` gives the first version the class name without a suffix, so the one that `kubectl` would choose comes first. */
function byPreference(a: CrdVersion, b: CrdVersion): number {
  return Number(b.served) - Number(a.served) || comparePriority(priority(a.name), priority(b.name));
}

const stages = ['alpha', 'beta', undefined];

/** @see https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definition-versioning/#version-priority */
function priority(version: string): number[] {
  const parts = /^v(\d+)(?:(alpha|beta)(\d+))?$/.exec(version);
  if (!parts) throw new Error(`version ${version} has no place in the version priority of Kubernetes`);
  return [stages.indexOf(parts[2]), Number(parts[1]), Number(parts[3] ?? 0)];
}

function comparePriority(a: number[], b: number[]): number {
  const differing = a.findIndex((part, index) => part !== b[index]);
  return differing < 0 ? 0 : b[differing] - a[differing];
}

function isObject(value: unknown): value is StructuralSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function without(object: StructuralSchema, key: string): StructuralSchema {
  return Object.fromEntries(Object.entries(object).filter(([name]) => name !== key));
}

function mapEntries(object: StructuralSchema, change: (key: string, value: unknown) => unknown): StructuralSchema {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(key, value)]));
}

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.keys(value).sort().map((key) => [key, sortKeys(value[key])]));
}
