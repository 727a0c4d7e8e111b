import { Construct } from 'constructs';
import { CertificateKeyRotation, CertificatePrivateKey } from './private-key';
import { defineRule, RuleLevel } from '../../core/rule';
import { checkAtSynth } from '../../core/rules';

export const CA_KEY_ROTATION = defineRule({
  id: 'CERT-CA-KEY-ROTATION',
  level: RuleLevel.GUARDED,
  statement: 'A CA keeps its private key when it is renewed; with a new one, whatever it has signed before is trusted no longer.',
  source: 'cert-manager makes a new key at each renewal since 1.18: https://github.com/cert-manager/cert-manager/issues/9076, https://github.com/apache/pulsar-helm-chart/issues/708',
});

export const CA_EXTENDED_USAGE = defineRule({
  id: 'CERT-CA-EXTENDED-USAGE',
  level: RuleLevel.WARNING,
  statement: 'A CA has no extended usage: it restricts all that the CA signs to this usage.',
  source: 'Go verifies that the extended usages of each certificate in a chain permit that of the leaf: https://pkg.go.dev/crypto/x509#VerifyOptions',
});

/**
 * What a certificate's key may be used for.
 * @see https://cert-manager.io/docs/reference/api-docs/#cert-manager.io/v1.KeyUsage
 */
export enum CertificateUsage {
  SIGNING = 'signing',
  DIGITAL_SIGNATURE = 'digital signature',
  CONTENT_COMMITMENT = 'content commitment',
  KEY_ENCIPHERMENT = 'key encipherment',
  KEY_AGREEMENT = 'key agreement',
  DATA_ENCIPHERMENT = 'data encipherment',
  CERT_SIGN = 'cert sign',
  CRL_SIGN = 'crl sign',
  ENCIPHER_ONLY = 'encipher only',
  DECIPHER_ONLY = 'decipher only',
  ANY = 'any',
  SERVER_AUTH = 'server auth',
  CLIENT_AUTH = 'client auth',
  CODE_SIGNING = 'code signing',
  EMAIL_PROTECTION = 'email protection',
  S_MIME = 's/mime',
  IPSEC_END_SYSTEM = 'ipsec end system',
  IPSEC_TUNNEL = 'ipsec tunnel',
  IPSEC_USER = 'ipsec user',
  TIMESTAMPING = 'timestamping',
  OCSP_SIGNING = 'ocsp signing',
  MICROSOFT_SGC = 'microsoft sgc',
  NETSCAPE_SGC = 'netscape sgc',
}

/** Usages of X.509's first extension; the others are extended usages. */
const BASIC_USAGES = Object.values(CertificateUsage).slice(0, Object.values(CertificateUsage).indexOf(CertificateUsage.ANY));

/** Whether a usage is an extended one; a certificate that has any may be used for nothing else. */
export function isExtendedUsage(usage: CertificateUsage): boolean {
  return !BASIC_USAGES.includes(usage);
}

interface CaOptions {
  readonly isCa?: boolean;
  readonly usages?: CertificateUsage[];
  readonly privateKey?: CertificatePrivateKey;
}

/** What makes a CA one that fails its clients. */
export function checkCa(scope: Construct, { isCa, usages = [], privateKey }: CaOptions): void {
  if (!isCa) return;
  checkAtSynth(scope, CA_KEY_ROTATION, () => privateKey?.rotation === CertificateKeyRotation.NEVER ? [] : [{
    what: 'the CA gets a new private key at each renewal: what it has signed before is then trusted no longer',
    allowed: 'privateKey.rotation: CertificateKeyRotation.NEVER',
    fix: 'set it, or use CertificateAuthority',
  }]);
  const extended = usages.filter(isExtendedUsage);
  checkAtSynth(scope, CA_EXTENDED_USAGE, () => extended.length === 0 ? [] : [{
    what: `the CA has the extended usage ${extended.join(', ')}, which restricts all that it signs`, allowed: 'usages without extended ones', fix: 'give them to the certificates that it signs',
  }]);
}
