import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { ProviderSecretKey } from './provider-part';
import { Mistake } from '../../core/mistake';
import { defineRule, RuleLevel } from '../../core/rule';
import { checkTogetherAtSynth, PlacedMistake } from '../../core/rules';
import { amongObjects } from '../app-objects';

export const PROVIDER_SECRET_CONTENT = defineRule({
  id: 'FLUX-PROVIDER-SECRET-CONTENT',
  level: RuleLevel.ERROR,
  statement: 'A Secret of the app that a provider reads has what the provider needs, without spaces around it, and no name of a user without a password.',
  source: 'notification-controller: a missing key, a newline in a token and a user without password end in messages without a login, which it reports only as an event.',
});

export const PROVIDER_SECRET_WRITTEN = defineRule({
  id: 'FLUX-PROVIDER-SECRET-WRITTEN',
  level: RuleLevel.GUARDED,
  statement: 'What a provider logs in with is not written to the output in clear text.',
  source: 'docs/architecture.md: what is written to dist/ is read by everyone who reads the Git repository.',
});

/** Which keys of which Secret a provider needs. */
interface Need {
  readonly construct: Construct;
  readonly namespace: string;
  readonly secrets: ProviderSecretKey[];
}

const needsOfApps = new WeakMap<object, Need[]>();

/** Checks the Secrets of a provider that the app describes itself. */
export function checkSecretContents(construct: Construct, namespace: string, secrets: ProviderSecretKey[]): void {
  const root = construct.node.root as Construct;
  const needs = needsOfApps.get(root) ?? [];
  needs.push({ construct, namespace, secrets });
  if (needsOfApps.has(root)) return;
  needsOfApps.set(root, needs);
  const described = amongObjects(root, describedSecrets);
  checkTogetherAtSynth(root, PROVIDER_SECRET_CONTENT, () => judgeAll(described(), needs, contentMistakes));
  checkTogetherAtSynth(root, PROVIDER_SECRET_WRITTEN, () => judgeAll(described(), needs, writtenMistakes));
}

type Judge = (described: DescribedSecret, key: ProviderSecretKey) => Mistake[];

function judgeAll(described: Map<string, DescribedSecret>, needs: Need[], judge: Judge): PlacedMistake[] {
  return needs.flatMap(({ construct, namespace, secrets }) => secrets.flatMap((key) => {
    const secret = described.get(`${namespace}/${key.secretName}`);
    return secret ? judge(secret, key).map((mistake) => ({ construct, mistake })) : [];
  }));
}

/** A Secret, or an ExternalSecret that makes one, with the values that are known. */
interface DescribedSecret {
  readonly object: ApiObject;
  /** Key -> value; undefined where it comes from elsewhere or is encrypted. Absent if it is not known which keys there are. */
  readonly values?: ReadonlyMap<string, string | undefined>;
}

function describedSecrets(objects: ApiObject[]): Map<string, DescribedSecret> {
  const found = new Map<string, DescribedSecret>();
  for (const object of objects) {
    const namespace = object.metadata.namespace ?? '';
    if (object.kind === 'Secret' && object.apiVersion === 'v1') found.set(`${namespace}/${object.name}`, { object, values: valuesOf(object.toJson()) });
    if (object.kind === 'ExternalSecret' && object.apiGroup === 'external-secrets.io') {
      const { target: { name = object.name, template = undefined } = {}, data = [], dataFrom = undefined } = object.toJson().spec ?? {};
      const keys = data.map(({ secretKey }: { secretKey: string }) => [secretKey, undefined]);
      found.set(`${namespace}/${name}`, { object, values: template || dataFrom ? undefined : new Map(keys) });
    }
  }
  return found;
}

function valuesOf({ data = {}, stringData = {}, sops }: Record<string, any>): Map<string, string | undefined> {
  const decoded = Object.entries(data).map(([key, value]) => [key, Buffer.from(`${value}`, 'base64').toString()] as const);
  const values = [...decoded, ...Object.entries(stringData).map(([key, value]) => [key, `${value}`] as const)];
  return new Map(values.map(([key, value]) => [key, sops ? undefined : value]));
}

function contentMistakes({ object, values }: DescribedSecret, { key }: ProviderSecretKey): Mistake[] {
  if (!values) return [];
  const what = (text: string) => `${object.kind} '${object.name}' at ${object.node.path} ${text}`;
  const value = values.get(key);
  return [
    ...values.has(key) ? [] : [{ what: what(`has no key '${key}'`), allowed: `the key '${key}'`, fix: values.size === 0 ? undefined : `name one of ${[...values.keys()].sort().join(', ')} so` }],
    ...key === 'token' && value !== undefined && value !== value.trim() ? [{ what: what(`has spaces or a newline around its '${key}'`), allowed: 'the token alone', fix: 'write it without' }] : [],
    ...key === 'token' && values.has('username') !== values.has('password')
      ? [{ what: what(`has a ${values.has('username') ? 'username without password' : 'password without username'}, with which Flux ignores the token`), fix: 'remove it' }] : [],
  ];
}

function writtenMistakes({ object, values }: DescribedSecret, { key }: ProviderSecretKey): Mistake[] {
  if (object.kind !== 'Secret' || values?.get(key) === undefined) return [];
  return [{
    what: `the '${key}' of Secret '${object.name}' at ${object.node.path} is written in clear text (not shown here)`,
    allowed: 'a Secret that the cluster gets in another way',
    fix: 'make it with ExternalSecret, or encrypt it with SOPS beside dist/, and make a new one: whoever read this program has it',
  }];
}
