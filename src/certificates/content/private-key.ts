import { Construct } from 'constructs';
import * as certManager from '../../../imports/cert-manager.io';
import { defineRule, RuleLevel } from '../../core/rule';
import { wire } from '../../core/wire';
import { CERTIFICATE_WEBHOOK } from '../sources';

export const KEY_SIZE = defineRule({
  id: 'CERT-KEY-SIZE',
  level: RuleLevel.ERROR,
  statement: 'An RSA key has 2048 to 8192 bits, an ECDSA key 256, 384 or 521; an Ed25519 key has one size.',
  source: `${CERTIFICATE_WEBHOOK}: "must be between 2048 and 8192 for rsa keyAlgorithm"; a size of an Ed25519 key is ignored`,
});

export const SIGNATURE_ALGORITHM = defineRule({
  id: 'CERT-SIGNATURE-ALGORITHM',
  level: RuleLevel.ERROR,
  statement: 'A signature algorithm is one of those for the algorithm of the private key.',
  source: `${CERTIFICATE_WEBHOOK}: "for key algorithm RSA the allowed signature algorithms are"`,
});

/** Algorithm of a private key. */
export enum CertificateKeyAlgorithm {
  RSA = 'RSA',
  ECDSA = 'ECDSA',
  ED25519 = 'Ed25519',
}

/** How a private key is written down. */
export enum CertificateKeyEncoding {
  /** PKCS #1 for RSA, SEC 1 for ECDSA. */
  PKCS1 = 'PKCS1',
  PKCS8 = 'PKCS8',
}

/** What becomes of the private key when a certificate is renewed. */
export enum CertificateKeyRotation {
  /** The key stays: what knows the old certificate's key knows the new one's. */
  NEVER = 'Never',
  /** Each certificate has a key of its own. */
  ALWAYS = 'Always',
}

/** How a certificate's request is signed, and a self-signed certificate with it. */
export enum CertificateSignatureAlgorithm {
  SHA256_WITH_RSA = 'SHA256WithRSA',
  SHA384_WITH_RSA = 'SHA384WithRSA',
  SHA512_WITH_RSA = 'SHA512WithRSA',
  ECDSA_WITH_SHA256 = 'ECDSAWithSHA256',
  ECDSA_WITH_SHA384 = 'ECDSAWithSHA384',
  ECDSA_WITH_SHA512 = 'ECDSAWithSHA512',
  PURE_ED25519 = 'PureEd25519',
}

/** The private key that cert-manager makes for a certificate. */
export interface CertificatePrivateKey {
  /**
   * Algorithm.
   * @default CertificateKeyAlgorithm.RSA
   */
  readonly algorithm?: CertificateKeyAlgorithm;
  /**
   * Bits: 2048 to 8192 for RSA; 256, 384 or 521 for ECDSA. Another size throws, and so does any size of an Ed25519 key.
   * @default - 2048 for RSA, 256 for ECDSA
   */
  readonly size?: number;
  /**
   * How the key is written down. An Ed25519 key is always written as PKCS #8.
   * @default CertificateKeyEncoding.PKCS1
   */
  readonly encoding?: CertificateKeyEncoding;
  /**
   * What becomes of the key when the certificate is renewed.
   * @default CertificateKeyRotation.ALWAYS
   */
  readonly rotation?: CertificateKeyRotation;
}

const sizes: { [algorithm: string]: { readonly fits: (size: number) => boolean; readonly allowed: string } } = {
  RSA: { fits: (size) => Number.isInteger(size) && size >= 2048 && size <= 8192, allowed: 'a whole number from 2048 to 8192' },
  ECDSA: { fits: (size) => [256, 384, 521].includes(size), allowed: '256, 384 or 521' },
  Ed25519: { fits: () => false, allowed: 'none: there is one size' },
};

const Signature = CertificateSignatureAlgorithm;
const signatures: { [algorithm: string]: CertificateSignatureAlgorithm[] } = {
  RSA: [Signature.SHA256_WITH_RSA, Signature.SHA384_WITH_RSA, Signature.SHA512_WITH_RSA],
  ECDSA: [Signature.ECDSA_WITH_SHA256, Signature.ECDSA_WITH_SHA384, Signature.ECDSA_WITH_SHA512],
  Ed25519: [Signature.PURE_ED25519],
};

/** Refuses a key that cert-manager cannot make, and a signature that the key cannot give. */
export function checkPrivateKey(scope: Construct, privateKey: CertificatePrivateKey = {}, signature?: CertificateSignatureAlgorithm): void {
  const { algorithm = CertificateKeyAlgorithm.RSA, size } = privateKey;
  if (size !== undefined && !sizes[algorithm].fits(size)) {
    throw KEY_SIZE.error(scope, {
      what: `privateKey.size is ${size} for an ${algorithm} key`,
      allowed: sizes[algorithm].allowed,
      fix: 'leave it out for cert-manager\'s default',
    });
  }
  if (signature !== undefined && !signatures[algorithm].includes(signature)) {
    throw SIGNATURE_ALGORITHM.error(scope, {
      what: `signatureAlgorithm is ${signature} for an ${algorithm} key`,
      allowed: signatures[algorithm].join(', '),
      fix: 'leave it out, or change privateKey.algorithm',
    });
  }
}

/** The private key as a field of a Certificate. */
export function renderPrivateKey({ algorithm, size, encoding, rotation }: CertificatePrivateKey): certManager.CertificateSpecPrivateKey {
  return { algorithm: wire(algorithm), size, encoding: wire(encoding), rotationPolicy: wire(rotation) };
}
