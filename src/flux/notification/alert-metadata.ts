import { Construct } from 'constructs';
import { defineRule, RuleLevel } from '../../core/rule';

export const ALERT_METADATA = defineRule({
  id: 'FLUX-ALERT-METADATA',
  level: RuleLevel.ERROR,
  statement: 'What an alert adds to each message is texts under names that Flux does not use itself.',
  source: 'Flux RFC 0008: what the controllers say of an event wins over the Alert, which gets a warning for each event.',
});

/** What the controllers say of an event themselves, or strip from it. */
const reserved = /^(revision|originRevision|commit.*|token|checksum|digest|change_request)$/;

/** Checks what is added to each message. A name of Flux itself, and an empty name or text throw. */
export function resolveMetadata(scope: Construct, metadata: { readonly [name: string]: string }): { [name: string]: string } {
  for (const [name, text] of Object.entries(metadata)) {
    if (reserved.test(name)) {
      throw ALERT_METADATA.error(scope, {
        what: `metadata has '${name}', which Flux says itself`,
        allowed: 'names other than revision, originRevision, commit..., token, checksum, digest and change_request',
        fix: 'choose another name',
      });
    }
    if (!name.trim() || typeof text !== 'string' || !text.trim()) {
      throw ALERT_METADATA.error(scope, { what: `metadata '${name}' is ${typeof text === 'string' ? `'${text}'` : `a ${typeof text}`}`, allowed: 'a text that is not empty, under a name' });
    }
  }
  return { ...metadata };
}
