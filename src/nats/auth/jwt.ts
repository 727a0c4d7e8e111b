import { createPublicKey, verify } from 'crypto';
import { isPublicKey, NkeyKind, publicKeyBytes } from './nkey';

/** What a JWT of an operator or account says, as far as it is of interest here. */
export interface DecodedJwt {
  readonly kind: 'operator' | 'account';
  /** Name that its maker gave it, to recognize it by. */
  readonly name?: string;
  /** Public key of whom it is about. */
  readonly subject: string;
  /** Public key of who signed it. */
  readonly issuer: string;
  /** When it expires, in seconds since 1970; 0 for never. */
  readonly expires: number;
  readonly systemAccount?: string;
  readonly signingKeys: string[];
  readonly strictSigningKeys: boolean;
  readonly jetStream: boolean;
}

/** The DER header of an Ed25519 public key, which node:crypto wants before the bytes. */
const ED25519_DER = Buffer.from('302a300506032b6570032100', 'hex');

/** A decoded JWT, or in words why it is none. */
export function decodeJwt(text: string, kind: DecodedJwt['kind']): DecodedJwt | string {
  const parts = typeof text === 'string' ? text.trim().split('.') : [];
  if (parts.length !== 3 || parts.some((part) => !/^[\w-]+$/.test(part))) return 'is not three base64url texts with dots between';
  const [header, claims] = [parseJson(parts[0]), parseJson(parts[1])];
  if (!header || !claims) return 'does not hold JSON';
  if (!/^ed25519(-nkey)?$/i.test(`${header.alg}`)) return `is signed with '${header.alg}', not with an nkey`;
  const nats = objectOf(claims.nats);
  const type = nats.type ?? claims.type;
  if (type !== kind) return `is a JWT of kind '${type}'`;
  if (!isPublicKey(claims.sub, kind)) return `has a subject that is not the public key of an ${kind}`;
  if (claims.exp !== undefined && !Number.isInteger(claims.exp)) return 'has an expiry that is no whole number of seconds';
  const issuerKind = (['operator', 'account'] as NkeyKind[]).find((candidate) => isPublicKey(claims.iss, candidate));
  if (!issuerKind) return 'has an issuer that is not a public key';
  const signed = header.alg === 'ed25519' ? parts[1] : `${parts[0]}.${parts[1]}`;
  if (!isSignedBy(publicKeyBytes(claims.iss, issuerKind)!, signed, parts[2])) return 'has a signature that is not its issuer\'s';
  return {
    kind,
    name: typeof claims.name === 'string' ? claims.name : undefined,
    subject: claims.sub,
    issuer: claims.iss,
    expires: claims.exp ?? 0,
    systemAccount: nats.system_account || undefined,
    signingKeys: keysOf(nats.signing_keys),
    strictSigningKeys: nats.strict_signing_key_usage === true,
    jetStream: hasJetStream(objectOf(nats.limits)),
  };
}

/** An account names its signing keys by themselves or each with a scope. */
function keysOf(signingKeys: unknown): string[] {
  if (!Array.isArray(signingKeys)) return [];
  return signingKeys.map((key) => typeof key === 'string' ? key : objectOf(key).key);
}

function hasJetStream(limits: { [limit: string]: any }): boolean {
  const stores = [limits, ...Object.values(objectOf(limits.tiered_limits)).map(objectOf)];
  return stores.some(({ mem_storage: memory, disk_storage: disk }) => Boolean(memory) || Boolean(disk));
}

function isSignedBy(key: Buffer, text: string, signature: string): boolean {
  const publicKey = createPublicKey({ key: Buffer.concat([ED25519_DER, key]), format: 'der', type: 'spki' });
  return verify(null, Buffer.from(text), publicKey, Buffer.from(signature, 'base64url'));
}

function parseJson(part: string): { [claim: string]: any } | undefined {
  try {
    return objectOf(JSON.parse(Buffer.from(part, 'base64url').toString('utf8')));
  } catch {
    return undefined;
  }
}

function objectOf(value: unknown): { [field: string]: any } {
  return typeof value === 'object' && value !== null ? value : {};
}
