import { FluxObject } from './flux-object';
import { defineRule, RuleLevel } from '../core/rule';
import { checkAtSynth } from '../core/rules';

export const FLUX_LITERAL_SECRET = defineRule({
  id: 'FLUX-LITERAL-SECRET',
  level: RuleLevel.GUARDED,
  statement: 'Values for charts and variables hold no passwords, tokens and keys: they are written to the output.',
  source: 'docs/architecture.md: what is written to dist/ is read by everyone who reads the Git repository.',
});

const SECRET_NAME = /^(.*[-_.])?(password|passwd|passphrase|token|secret[-_]?key|private[-_]?key|api[-_]?key|access[-_]?key|client[-_]?secret)$/i;
const CAMEL_CASE = /(Password|Passphrase|Token|SecretKey|PrivateKey|ApiKey|AccessKey|ClientSecret)$/;

/** Guards against texts whose names say that they are secrets; the texts are not repeated. */
export function checkLiteralSecrets(object: FluxObject, prop: string, values: unknown, fix: string): void {
  const found = [...secretsIn(values, prop)];
  if (found.length === 0) return;
  checkAtSynth(object, FLUX_LITERAL_SECRET, () => found.map((path) => ({ what: `${path} is a text (not shown here), and is written to the output`, allowed: 'a reference to a Secret', fix })));
}

function* secretsIn(value: unknown, path: string): Generator<string> {
  if (typeof value !== 'object' || value === null) return;
  for (const [name, inner] of Object.entries(value)) {
    const at = Array.isArray(value) ? `${path}[${name}]` : `${path}.${name}`;
    if (typeof inner === 'string' && inner !== '' && (SECRET_NAME.test(name) || CAMEL_CASE.test(name))) yield at;
    else yield* secretsIn(inner, at);
  }
}
