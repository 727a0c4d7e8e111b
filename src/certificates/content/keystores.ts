import { Construct } from 'constructs';
import * as certManager from '../../../imports/cert-manager.io';
import { defineRule, RuleLevel } from '../../core/rule';
import { assertSecretKey, SecretKey } from '../../core/secret-key';
import { wire } from '../../core/wire';
import { secretRef } from '../secret-ref';
import { CERTIFICATE_WEBHOOK } from '../sources';

export const OUTPUT_FORMAT = defineRule({
  id: 'CERT-OUTPUT-FORMAT',
  level: RuleLevel.ERROR,
  statement: 'Each additional output format is named once.',
  source: `${CERTIFICATE_WEBHOOK}: additionalOutputFormats "Duplicate value"`,
});

/** A Java keystore in the certificate's Secret: `keystore.jks`, and `truststore.jks` with the CA where the issuer tells it. */
export interface JksKeystore {
  /** Where the password is, in the certificate's namespace. Anything but a `SecretKey` throws. */
  readonly password: SecretKey;
  /**
   * Name of the key in the keystore.
   * @default certificate
   */
  readonly alias?: string;
}

/** With which algorithms a PKCS #12 keystore is encrypted. */
export enum Pkcs12Profile {
  /** Deprecated; OpenSSL 3 and Java 20 do not read it by default. */
  LEGACY_RC2 = 'LegacyRC2',
  /** For the oldest readers. */
  LEGACY_DES = 'LegacyDES',
  MODERN_2023 = 'Modern2023',
  /** For cert-manager 1.21 and newer; read by OpenSSL 3.4 and Java 26. */
  MODERN_2026 = 'Modern2026',
}

/** A PKCS #12 keystore in the certificate's Secret: `keystore.p12`, and `truststore.p12` with the CA where the issuer tells it. */
export interface Pkcs12Keystore {
  /** Where the password is, in the certificate's namespace. Anything but a `SecretKey` throws. */
  readonly password: SecretKey;
  /**
   * With which algorithms it is encrypted.
   * @default Pkcs12Profile.MODERN_2023
   */
  readonly profile?: Pkcs12Profile;
}

/** A form of certificate and key besides the PEM files. */
export enum CertificateOutputFormat {
  /** `tls-combined.pem`: the private key and the certificates. */
  COMBINED_PEM = 'CombinedPEM',
  /** `key.der`: the private key in binary form. */
  DER = 'DER',
}

/** What a certificate's Secret holds besides `tls.crt`, `tls.key` and `ca.crt`. */
export interface OutputOptions {
  readonly jksKeystore?: JksKeystore;
  readonly pkcs12Keystore?: Pkcs12Keystore;
  readonly additionalOutputFormats?: CertificateOutputFormat[];
}

/** Refuses literal passwords and formats that are named twice. */
export function checkOutputs(scope: Construct, { jksKeystore, pkcs12Keystore, additionalOutputFormats = [] }: OutputOptions): void {
  assertSecretKey(scope, 'jksKeystore.password', jksKeystore?.password);
  assertSecretKey(scope, 'pkcs12Keystore.password', pkcs12Keystore?.password);
  const twice = additionalOutputFormats.find((format, index) => additionalOutputFormats.indexOf(format) !== index);
  if (twice) throw OUTPUT_FORMAT.error(scope, { what: `additionalOutputFormats has ${twice} twice`, allowed: 'each format once' });
}

/** The keystores and formats as fields of a Certificate. */
export function renderOutputs({ jksKeystore, pkcs12Keystore, additionalOutputFormats }: OutputOptions):
Pick<certManager.CertificateSpec, 'keystores' | 'additionalOutputFormats'> {
  const jks = jksKeystore && { create: true, alias: jksKeystore.alias, passwordSecretRef: secretRef(jksKeystore.password) };
  const pkcs12 = pkcs12Keystore && {
    create: true,
    profile: wire<certManager.CertificateSpecKeystoresPkcs12Profile>(pkcs12Keystore.profile ?? Pkcs12Profile.MODERN_2023),
    passwordSecretRef: secretRef(pkcs12Keystore.password),
  };
  return {
    keystores: jks || pkcs12 ? { jks, pkcs12 } : undefined,
    additionalOutputFormats: additionalOutputFormats?.map((type) => ({ type: wire<certManager.CertificateSpecAdditionalOutputFormatsType>(type)! })),
  };
}
