import Ajv, { ErrorObject, ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import { CrdVersion } from './crd';
import { jsonSchemaOf } from './schema-translation';
import { readGoRegexp } from '../go-regexp';

/** CRDs have patterns of Go. JavaScript reads them in no time, but for those that say for a part of them that case does not matter. */
function goPattern(pattern: string): { test: (text: string) => boolean; toString: () => string } {
  if (!pattern.includes('(?i)')) return new RegExp(pattern);
  const regexp = readGoRegexp(pattern);
  if ('error' in regexp) throw new Error(`the pattern ${pattern} is none of Go: ${regexp.error}`);
  // By its text, ajv knows one from another.
  return { test: regexp.finds, toString: () => pattern };
}
goPattern.code = 'new RegExp';

// A validator runs over a few objects once, so optimizing its code would cost more than it saves; and the schemas are data of this project, whose
// tests compile all of them, so checking the schemas themselves would cost more than checking the objects.
const ajv = new Ajv({
  allErrors: true, verbose: true, strict: false, validateSchema: false, meta: false, code: { optimize: false, regExp: goPattern },
});
// Only the formats that mean the same to the API server and to ajv-formats; a `duration`, for one, does not.
addFormats(ajv, ['byte', 'date-time', 'int32', 'int64']);

/** What the schema of a version has against a manifest. */
export function schemaErrors(version: CrdVersion, manifest: unknown): ErrorObject[] {
  const validate = validatorFor(version, manifest);
  validate(manifest);
  return validate.errors ?? [];
}

/**
 * Compiling the part of a schema that one manifest needs takes a tenth of the time for the whole, and most manifests of a kind need the same part. To find that part takes
 * longer than to judge by the whole, so that many manifests pay for it.
 */
const MOST_PARTS = 10;
const MOST_MANIFESTS = 100;

interface Validators {
  readonly parts: Map<string, ValidateFunction>;
  manifests: number;
  whole?: ValidateFunction;
}

const compiled = new WeakMap<CrdVersion, Validators>();

function validatorFor(version: CrdVersion, manifest: unknown): ValidateFunction {
  const known: Validators = compiled.get(version) ?? { parts: new Map(), manifests: 0 };
  compiled.set(version, known);
  if (known.whole) return known.whole;
  const schema = jsonSchemaOf(version, manifest);
  const key = JSON.stringify(schema);
  const validate = known.parts.get(key) ?? ajv.compile(schema);
  known.parts.set(key, validate);
  known.manifests += 1;
  if (known.parts.size > MOST_PARTS || known.manifests > MOST_MANIFESTS) known.whole = wholeValidator(version);
  return validate;
}

/** Judges any manifest of a version. */
export function wholeValidator(version: CrdVersion): ValidateFunction {
  return ajv.compile(jsonSchemaOf(version));
}
