import { Construct } from 'constructs';
import { Broken, broken, urlMistakes } from '../../core/broken';
import { defineRule, RuleLevel } from '../../core/rule';
import { assertSecretKey, SECRET_LITERAL, SecretKey } from '../../core/secret-key';
import { FluxSecret } from '../flux-part';
import { FluxVersion } from '../flux-version';

export const PROVIDER = defineRule({
  id: 'FLUX-PROVIDER',
  level: RuleLevel.ERROR,
  statement: 'A provider has what its type needs: an address, a channel, a way to log in.',
  source: 'notification-controller v1.9.3, internal/notifier: it refuses the others at each event, and says so only in an event of the Alert.',
});

export const PROVIDER_SECRET = defineRule({
  id: 'FLUX-PROVIDER-SECRET',
  level: RuleLevel.ERROR,
  statement: 'A provider or receiver reads one Secret, under the keys that Flux knows.',
  source: 'https://fluxcd.io/flux/components/notification/providers/#secret-reference: other keys are ignored, without a word.',
});

/** The longest address, channel and user name that the CRD of Provider takes. */
const LONGEST = 2048;

/** A key that Flux reads of the provider's Secret. */
export interface ProviderSecretKey {
  readonly secretName: string;
  readonly key: string;
  /** What a value looks like. */
  readonly value: string;
}

/** What a type of provider makes of a Provider, and what it needs. */
export interface ProviderPart {
  readonly type: string;
  readonly address?: string;
  readonly channel?: string;
  readonly username?: string;
  readonly serviceAccountName?: string;
  readonly commitStatusExpr?: string;
  readonly secrets: ProviderSecretKey[];
  /** Prop whose value is a secret, and stands in the Provider for everybody to read, because Flux takes it nowhere else. */
  readonly written?: string;
  /** What the service keeps as open until Flux says that it is over, which it does as info. */
  readonly closedByInfo?: string;
  /** What Flux does not use for this type, although the Provider has a field for it. */
  readonly ignores?: ('proxySecretName' | 'tls')[];
  /** The release that brought the type, if that is not all that this library knows. */
  readonly since?: FluxVersion;
}

/** The one key under which Flux reads a secret. Another key throws, and so does what is no reference to a Secret. */
export function secretKey(scope: Construct, prop: string, secret: SecretKey, key: string, value: string): ProviderSecretKey {
  assertSecretKey(scope, prop, secret);
  if (!secret) throw PROVIDER_SECRET.error(scope, { what: `${prop} is missing`, allowed: 'a SecretKey', fix: `give ${prop}: SecretKey.fromName('<secret>', '${key}')` });
  const { secretName, key: given } = secret;
  if (given !== key) {
    throw PROVIDER_SECRET.error(scope, {
      what: `${prop} is under the key '${given}' of Secret '${secretName}', and Flux does not read that key`,
      allowed: `the key '${key}'`,
      fix: `put it under '${key}', and give SecretKey.fromName('${secretName}', '${key}')`,
    });
  }
  return { secretName, key, value };
}

/** The keys as Secrets that must exist. */
export function secretsOf(keys: ProviderSecretKey[]): FluxSecret[] {
  return keys.map(({ secretName, key, value }) => ({ prop: key, secretName, keys: { [key]: value } }));
}

/** A text that the Provider needs. An empty one throws, and so does one that the CRD refuses as too long. */
export function neededText(scope: Construct, prop: string, text: string, example: string): string {
  if (typeof text === 'string' && text.trim() && text.length <= LONGEST) return text;
  throw PROVIDER.error(scope, {
    what: `${prop} is ${text?.trim?.() ? `${text.length} characters long` : 'empty'}`, allowed: `a text of at most ${LONGEST} characters, such as ${example}`,
  });
}

/** Where a URL is a secret: whoever has it may write there. */
const webhookHosts = /^(hooks\.slack\.com|.*\.webhook\.office\.com|chat\.googleapis\.com|open\.(larksuite|feishu)\.\w+)$|^(\w+\.)?discord(app)?\.com$/;

/** A URL that may be read by everybody. One of another scheme, or with credentials, which are not repeated, throws. */
export function publicUrl(scope: Construct, prop: string, text: string, schemes: string[] = ['https', 'http']): string {
  const [first] = [...webhookMistakes(prop, text), ...urlMistakes(PROVIDER, prop, text, schemes.map((scheme) => `${scheme}:`))];
  if (first) throw first.rule.error(scope, first.mistake);
  return neededText(scope, prop, text, 'https://example.com');
}

function webhookMistakes(prop: string, text: string): Broken[] {
  return broken(SECRET_LITERAL, URL.canParse(text) && webhookHosts.test(new URL(text).hostname), {
    what: `${prop} is the URL of a webhook (not shown here), and whoever has it may write there`,
    allowed: 'a SecretKey with the URL under the key address',
    fix: 'put it into a Secret, and make a new one: whoever read this program has it',
  });
}
