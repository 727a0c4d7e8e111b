import { CrdVersion, StructuralSchema } from './crd';

type SchemasByName = { readonly [name: string]: StructuralSchema };

/** What stands in one place of the manifests that are to be judged; undefined for any manifest. */
type Values = readonly unknown[] | undefined;

const anyObject: StructuralSchema = { 'type': 'object', 'x-kubernetes-preserve-unknown-fields': true };

/**
 * The JSON schema of exactly those manifests that the API server admits without dropping a field. It prunes, then applies defaults, then
 * validates: what it would prune is an error here, and what has a default is never missing.
 *
 * For a given manifest the schema says nothing of fields that the manifest does not have, but that they exist: large schemas take long to compile.
 *
 * @see https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#specifying-a-structural-schema
 */
export function jsonSchemaOf({ schema, subresources }: CrdVersion, manifest?: unknown): StructuralSchema {
  const root = schema?.openAPIV3Schema ?? anyObject;
  // Where status is a subresource, the API server drops it from what is applied.
  const fields = Object.entries(root.properties ?? {}).filter(([name]) => !(name === 'status' && subresources?.status));
  const identity = { apiVersion: { type: 'string' }, kind: { type: 'string' }, metadata: anyObject };
  return translate({ ...root, properties: { ...Object.fromEntries(fields), ...identity } }, manifest === undefined ? undefined : [manifest]);
}

/** Only the structural part of a schema names fields; what stands in `allOf` and the like only restricts values, and stays as it is. */
function translate(schema: StructuralSchema, values: Values): StructuralSchema {
  const properties = schema.properties as SchemasByName | undefined;
  const types = typesOf(schema);
  // `nullable` becomes a type: other nulls the API server drops. The `anyOf` of an int-or-string says the same as its types, with worse messages.
  const { nullable, anyOf, ...keywords } = schema;
  return {
    ...keywords,
    ...anyOf !== undefined && !isIntOrString(schema) && { anyOf },
    ...types.length > 0 && { type: nullable === true ? [...types, 'null'] : types },
    ...isObject(schema.items) && { items: translate(schema.items, values?.flatMap((value) => Array.isArray(value) ? value : [])) },
    ...properties && { properties: Object.fromEntries(Object.entries(properties).map(([name, property]) => [name, field(name, property, values)])) },
    ...Array.isArray(schema.required) && { required: schema.required.filter((name) => !('default' in (properties?.[name] ?? {}))) },
    ...schema.type === 'object' && { additionalProperties: otherFields(schema, values) },
  };
}

/** The schema of a field; that it may be, where nobody has it. */
function field(name: string, schema: StructuralSchema, values: Values): StructuralSchema | true {
  const found = values?.flatMap((value) => isObject(value) && Object.hasOwn(value, name) ? [value[name]] : []);
  return found?.length === 0 || translate(schema, found);
}

function typesOf(schema: StructuralSchema): unknown[] {
  if (isIntOrString(schema)) return ['integer', 'string'];
  return schema.type === undefined ? [] : [schema.type];
}

function isIntOrString(schema: StructuralSchema): boolean {
  return schema['x-kubernetes-int-or-string'] === true;
}

function otherFields(schema: StructuralSchema, values: Values): StructuralSchema | boolean {
  const { additionalProperties } = schema;
  if (isObject(additionalProperties)) return translate(additionalProperties, values?.flatMap((value) => isObject(value) ? Object.values(value) : []));
  return additionalProperties === true || schema['x-kubernetes-preserve-unknown-fields'] === true;
}

function isObject(value: unknown): value is StructuralSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
