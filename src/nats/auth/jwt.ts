import { ClaimsData, decode } from '@nats-io/jwt';
import { isPublicKey, NkeyKind } from './nkey';

/** Of whom a JWT tells. */
export type JwtKind = 'operator' | 'account' | 'user';

/** What a JWT says, as far as it is of interest here. */
export interface DecodedJwt {
  readonly kind: JwtKind;
  /** Name that its maker gave it, to recognize it by. */
  readonly name?: string;
  /** Public key of whom it is about. */
  readonly subject: string;
  /** Public key of who signed it. */
  readonly issuer: string;
  /** When it expires, in seconds since 1970; 0 for never. */
  readonly expires: number;
  readonly claims: NatsClaims;
}

/** The part of a JWT that is nats-server's own. */
export interface NatsClaims {
  readonly [claim: string]: any;
}

/** Who signs whom. */
const issuers: { [kind in JwtKind]: NkeyKind[] } = { operator: ['operator'], account: ['operator', 'account'], user: ['account'] };

/** A decoded JWT with a sound signature, or in words why it is none. What is in the text is not repeated: it may be a creds file, with a seed. */
export function decodeJwt(text: unknown, kind: JwtKind): DecodedJwt | string {
  const decoded = claimsOf(text);
  if (typeof decoded === 'string') return decoded;
  const { sub, iss, exp = 0, nats, type, name } = decoded;
  const claims: NatsClaims = typeof nats === 'object' && nats !== null ? nats : {};
  if ((claims.type ?? type) !== kind) return `is a JWT of kind '${claims.type ?? type}'`;
  if (!isPublicKey(sub, kind)) return `has a subject that is no public key of kind ${kind}`;
  if (!issuers[kind].some((issuer) => isPublicKey(iss, issuer))) return `has an issuer that is no public key of kind ${issuers[kind].join(' or ')}`;
  if (!Number.isInteger(exp)) return 'has an expiry that is no whole number of seconds';
  // The library reads UTF-8 byte by byte.
  const readable = typeof name === 'string' ? Buffer.from(name, 'latin1').toString('utf8') : undefined;
  return { kind, name: readable, subject: sub, issuer: iss, expires: exp, claims };
}

function claimsOf(text: unknown): ClaimsData<NatsClaims> | string {
  if (typeof text !== 'string' || text.trim().split('.').length !== 3) return 'is not three texts with dots between';
  try {
    return decode<NatsClaims>(text.trim());
  } catch (error) {
    return error instanceof Error && error.message === 'sig verification failed' ? 'has a signature that is not its issuer\'s' : 'cannot be decoded';
  }
}
