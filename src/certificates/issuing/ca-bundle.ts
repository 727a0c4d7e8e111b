import { X509Certificate } from 'node:crypto';
import { IssuerSecret } from './issuer-part';
import { Broken, broken } from '../../core/broken';
import { defineRule, RuleLevel } from '../../core/rule';
import { SECRET_LITERAL, SecretKey } from '../../core/secret-key';
import { secretRef } from '../secret-ref';
import { ISSUER_WEBHOOK } from '../sources';

export const CA_BUNDLE = defineRule({
  id: 'CERT-CA-BUNDLE',
  level: RuleLevel.ERROR,
  statement: 'A bundle of CAs consists of certificates in PEM form, at least one, and of nothing else.',
  source: `${ISSUER_WEBHOOK}: "cert bundle didn't contain any valid certificates"`,
});

/** Certificates of the CAs by which a server is verified. */
export class CaBundle {
  /**
   * Certificates in PEM form. A text without a certificate, with one that cannot be read, or with a private key throws where it is used.
   *
   * @param pem one or more blocks `BEGIN CERTIFICATE`
   */
  public static pem(pem: string): CaBundle {
    return new CaBundle(pem);
  }

  /** Certificates in PEM form in a key of a Secret, in the namespace where the issuer's Secrets are. */
  public static fromSecret(secret: SecretKey): CaBundle {
    return new CaBundle(undefined, secret);
  }

  private constructor(
    private readonly text?: string,
    private readonly secret?: SecretKey,
  ) {}

  /** @internal */
  public _render(): { caBundle?: string; caBundleSecretRef?: { name: string; key: string } } {
    return { caBundle: this.text && base64(this.text), caBundleSecretRef: this.secret && secretRef(this.secret) };
  }

  /** @internal */
  public _secrets(): IssuerSecret[] {
    return this.secret ? [{ prop: 'caBundle', secret: this.secret, value: 'certificates in PEM form' }] : [];
  }

  /** @internal */
  public _broken(): Broken[] {
    return this.text === undefined ? [] : pemMistakes('caBundle', this.text);
  }
}

export function base64(pem: string): string {
  return Buffer.from(pem).toString('base64');
}

/** What is wrong with certificates in PEM form; a private key among them is not repeated. */
export function pemMistakes(prop: string, pem: string): Broken[] {
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g) ?? [];
  return [
    ...broken(SECRET_LITERAL, pem.includes('PRIVATE KEY'), {
      what: `${prop} holds a private key (not shown here)`,
      allowed: 'certificates',
      fix: 'remove the key, and make a new one: whoever read this program has it',
    }),
    ...broken(CA_BUNDLE, blocks.length === 0, { what: `${prop} has no certificate`, allowed: 'one or more blocks -----BEGIN CERTIFICATE-----' }),
    ...blocks.flatMap((block, index) => broken(CA_BUNDLE, !isCertificate(block), {
      what: `certificate ${index + 1} of ${prop} cannot be read`,
      allowed: 'certificates in PEM form',
    })),
  ];
}

function isCertificate(block: string): boolean {
  try {
    return new X509Certificate(block).raw.length > 0;
  } catch {
    return false;
  }
}
