import { CrdVersion, StructuralSchema } from './crd-catalog';

type SchemasByName = { readonly [name: string]: StructuralSchema };

const anyObject: StructuralSchema = { 'type': 'object', 'x-kubernetes-preserve-unknown-fields': true };

/**
 * The JSON schema of exactly those manifests that the API server admits without dropping a field. It prunes, then applies defaults, then
 * validates: what it would prune is an error here, and what has a default is never missing.
 *
 * @see https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#specifying-a-structural-schema
 */
export function jsonSchemaOf({ schema, subresources }: CrdVersion): StructuralSchema {
  const root = schema?.openAPIV3Schema ?? anyObject;
  // Where status is a subresource, the API server drops it from what is applied.
  const fields = Object.entries(root.properties ?? {}).filter(([name]) => !(name === 'status' && subresources?.status));
  const identity = { apiVersion: { type: 'string' }, kind: { type: 'string' }, metadata: anyObject };
  return translate({ ...root, properties: { ...Object.fromEntries(fields), ...identity } });
}

/** Only the structural part of a schema names fields; what stands in `allOf` and the like only restricts values, and stays as it is. */
function translate(schema: StructuralSchema): StructuralSchema {
  const properties = schema.properties as SchemasByName | undefined;
  const types = typesOf(schema);
  // `nullable` becomes a type: other nulls the API server drops. The `anyOf` of an int-or-string says the same as its types, with worse messages.
  const { nullable, anyOf, ...keywords } = schema;
  return {
    ...keywords,
    ...anyOf !== undefined && !isIntOrString(schema) && { anyOf },
    ...types.length > 0 && { type: nullable === true ? [...types, 'null'] : types },
    ...isObject(schema.items) && { items: translate(schema.items) },
    ...properties && { properties: Object.fromEntries(Object.entries(properties).map(([name, property]) => [name, translate(property)])) },
    ...Array.isArray(schema.required) && { required: schema.required.filter((name) => !('default' in (properties?.[name] ?? {}))) },
    ...schema.type === 'object' && { additionalProperties: otherFields(schema) },
  };
}

function typesOf(schema: StructuralSchema): unknown[] {
  if (isIntOrString(schema)) return ['integer', 'string'];
  return schema.type === undefined ? [] : [schema.type];
}

function isIntOrString(schema: StructuralSchema): boolean {
  return schema['x-kubernetes-int-or-string'] === true;
}

function otherFields(schema: StructuralSchema): StructuralSchema | boolean {
  const { additionalProperties } = schema;
  if (isObject(additionalProperties)) return translate(additionalProperties);
  return additionalProperties === true || schema['x-kubernetes-preserve-unknown-fields'] === true;
}

function isObject(value: unknown): value is StructuralSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
