import { fromPublic } from '@nats-io/nkeys';

/** The letter with which a public key begins, by whose key it is. */
const letters = { operator: 'O', account: 'A', user: 'U', curve: 'X' };

/** Whose a public key is. */
export type NkeyKind = keyof typeof letters;

/**
 * Whether a text is a public key of this kind, its checksum included.
 * @see https://docs.nats.io/running-a-nats-service/configuration/securing_nats/auth_intro/nkey_auth
 */
export function isPublicKey(text: unknown, kind: NkeyKind): text is string {
  // The library decodes keys of any length, and letters of either case.
  if (typeof text !== 'string' || !/^[A-Z2-7]{56}$/.test(text) || !text.startsWith(letters[kind])) return false;
  try {
    return fromPublic(text).getPublicKey() === text;
  } catch {
    return false;
  }
}
