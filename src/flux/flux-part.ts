import { FluxObject } from './flux-object';
import { checkFeatures, Feature } from './flux-version';
import { Broken } from '../core/broken';
import { DNS_SUBDOMAIN, isName } from '../core/names';
import { requireSecret } from '../core/required-secrets';
import { defineRule, RuleLevel } from '../core/rule';

export const FLUX_SECRET = defineRule({
  id: 'FLUX-SECRET',
  level: RuleLevel.ERROR,
  statement: 'A Secret that Flux reads is given by its name; its keys have the names that Flux looks for.',
  source: 'https://fluxcd.io/flux/components/source/: each kind says which keys its secretRef may have',
});

/** A Secret that Flux reads whole, with what the values of its keys look like. */
export interface FluxSecret {
  readonly prop: string;
  readonly secretName: string;
  readonly keys: { readonly [key: string]: string };
}

/**
 * A part of a spec, made where the user says it: what it renders, which Secrets Flux reads for it, what is wrong with it, and what it asks of the
 * release. The last two are thrown by the construct that takes the part, because only that has a place.
 */
export interface FluxPart<Spec> {
  readonly spec: Spec;
  readonly secrets?: FluxSecret[];
  readonly broken?: Broken[];
  readonly features?: Feature[];
}

/** Takes parts into an object: throws what is wrong with them, and lists the Secrets that must exist. */
export function takeParts(object: FluxObject, parts: (Omit<FluxPart<unknown>, 'spec'> | undefined)[]): void {
  for (const { broken: [first] = [], secrets = [], features = [] } of parts.filter((part) => part !== undefined)) {
    if (first) throw first.rule.error(object, first.mistake);
    checkFeatures(object, features);
    for (const secret of secrets) takeSecret(object, secret);
  }
}

/** A name that Kubernetes does not allow may be a secret itself, so it is not repeated. */
function takeSecret(object: FluxObject, { prop, secretName, keys }: FluxSecret): void {
  if (typeof secretName !== 'string' || !isName(secretName, DNS_SUBDOMAIN)) {
    throw FLUX_SECRET.error(object, { what: `${prop} is no name of a Secret (not shown here)`, allowed: DNS_SUBDOMAIN.words, fix: 'put the value into a Secret and give its name' });
  }
  for (const [key, value] of Object.entries(keys)) {
    requireSecret(object, { secretName, key }, { namespace: object.namespace, value, usedBy: `${object.kind} ${object.objectName}` });
  }
}
