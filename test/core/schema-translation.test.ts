import { CrdVersion, StructuralSchema } from '../../src/core/schema/crd';
import { jsonSchemaOf } from '../../src/core/schema/schema-translation';
import { schemaErrors } from '../../src/core/schema/schema-validator';

/** What a structural schema of the field `spec` has against a value of it. */
function errors(spec: StructuralSchema, value: unknown): (string | undefined)[] {
  return schemaErrors(versionOf(spec), { apiVersion: 'example.com/v1', kind: 'Thing', metadata: { name: 'x' }, spec: value })
    .map(({ instancePath, keyword }) => `${instancePath} ${keyword}`);
}

function versionOf(spec: StructuralSchema): CrdVersion {
  return { name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: { type: 'object', properties: { spec } } } };
}

test('an object without fields of its own keeps nothing, one that preserves keeps everything', () => {
  expect(errors({ type: 'object' }, { any: 1 })).toEqual(['/spec additionalProperties']);
  expect(errors({ 'type': 'object', 'x-kubernetes-preserve-unknown-fields': true }, { any: 1 })).toEqual([]);
  expect(errors({ 'x-kubernetes-preserve-unknown-fields': true }, ['any'])).toEqual([]);
});

test('below a field that is preserved, the fields that are named are checked', () => {
  const known = { type: 'object', properties: { port: { type: 'integer' } } };
  const spec = { 'type': 'object', 'x-kubernetes-preserve-unknown-fields': true, 'properties': { known } };
  expect(errors(spec, { other: { port: 'any' }, known: { port: 'x', prot: 1 } })).toEqual(['/spec/known additionalProperties', '/spec/known/port type']);
});

test('the values of a map are checked, its keys are free', () => {
  const spec = { type: 'object', additionalProperties: { type: 'object', properties: { a: { type: 'string' } } } };
  expect(errors(spec, { one: { a: 'x' }, two: { b: 'x' } })).toEqual(['/spec/two additionalProperties']);
});

test('only a nullable field may be null', () => {
  expect(errors({ type: 'string', nullable: true }, null)).toEqual([]);
  expect(errors({ type: 'string', default: 'x' }, null)).toEqual(['/spec type']);
});

test('a required field that has a default may be missing', () => {
  const properties = { a: { type: 'string', default: 'x' }, b: { type: 'string' } };
  expect(errors({ type: 'object', properties, required: ['a', 'b'] }, {})).toEqual(['/spec required']);
});

test('an int-or-string is either', () => {
  const spec = { 'x-kubernetes-int-or-string': true, 'anyOf': [{ type: 'integer' }, { type: 'string' }], 'pattern': '^[0-9]+%$' };
  expect(errors(spec, 1)).toEqual([]);
  expect(errors(spec, '10%')).toEqual([]);
  expect(errors(spec, '10')).toEqual(['/spec pattern']);
  expect(errors(spec, 1.5)).toEqual(['/spec type']);
});

test('what only restricts values neither opens nor closes an object', () => {
  const spec = { type: 'object', properties: { a: { type: 'string' }, b: { type: 'string' } }, oneOf: [{ required: ['a'] }, { required: ['b'] }] };
  expect(errors(spec, { a: 'x' })).toEqual([]);
  expect(errors(spec, { a: 'x', b: 'x' })).toEqual(['/spec oneOf']);
});

test('a status is a field, unless it is a subresource', () => {
  const schema = { openAPIV3Schema: { type: 'object', properties: { status: { type: 'object' } } } };
  expect(jsonSchemaOf({ ...versionOf({}), schema })).toHaveProperty('properties.status');
  expect(jsonSchemaOf({ ...versionOf({}), schema, subresources: { status: {} } })).not.toHaveProperty('properties.status');
});
