import Ajv, { ErrorObject, ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import { CrdVersion } from './crd-catalog';
import { jsonSchemaOf } from './schema-translation';

/** CRDs have patterns of Go, which says at the beginning of a pattern what JavaScript says beside it. */
function goPattern(pattern: string): RegExp {
  const ignoringCase = pattern.replace(/^(\^?)\(\?i\)/, '$1');
  return new RegExp(ignoringCase, ignoringCase === pattern ? '' : 'i');
}
goPattern.code = 'new RegExp';

// A validator runs over a few objects once, so optimizing its code would cost more than it saves; and the schemas are data of this project, whose
// tests compile all of them, so checking the schemas themselves would cost more than checking the objects.
const ajv = new Ajv({
  allErrors: true, verbose: true, strict: false, validateSchema: false, meta: false, code: { optimize: false, regExp: goPattern },
});
// Only the formats that mean the same to the API server and to ajv-formats; a `duration`, for one, does not.
addFormats(ajv, ['byte', 'date-time', 'int32', 'int64']);

const compiled = new WeakMap<CrdVersion, ValidateFunction>();

/** What the schema of a version has against a manifest; the schema is compiled when first needed. */
export function schemaErrors(version: CrdVersion, manifest: unknown): ErrorObject[] {
  const validate = compiled.get(version) ?? ajv.compile(jsonSchemaOf(version));
  compiled.set(version, validate);
  validate(manifest);
  return validate.errors ?? [];
}
