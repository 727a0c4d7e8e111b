import { IssuerPart } from './issuer-part';
import { VaultOptions, vaultIssuer } from './vault';
import { venafiIssuer, VenafiPlatform } from './venafi';
import * as certManager from '../../../imports/cert-manager.io';
import { Broken, broken, secretNameMistakes, urlMistakes } from '../../core/broken';
import { defineRule, RuleLevel } from '../../core/rule';
import { acmeIssuer, AcmeOptions } from '../acme/acme-issuer';
import { ISSUER_WEBHOOK } from '../sources';

export const CA_ISSUER = defineRule({
  id: 'CERT-CA-ISSUER',
  level: RuleLevel.ERROR,
  statement: 'A CA issuer has the Secret of its CA; what it writes into certificates about revocation are URLs.',
  source: `${ISSUER_WEBHOOK}: ca.secretName "Required value", "must be a valid URL"`,
});

/** What a CA writes into the certificates that it signs. */
export interface CaIssuerOptions {
  /**
   * URLs of its lists of revoked certificates.
   * @default - none
   */
  readonly crlDistributionPoints?: string[];
  /**
   * URLs of its OCSP responders.
   * @default - none
   */
  readonly ocspServers?: string[];
  /**
   * URLs of its own certificate.
   * @default - none
   */
  readonly issuingCertificateUrls?: string[];
}

/** What stands in certificates that sign themselves. */
export interface SelfSignedIssuerOptions {
  /**
   * URLs of lists of revoked certificates.
   * @default - none
   */
  readonly crlDistributionPoints?: string[];
}

/** How an issuer signs. */
export class IssuerType {
  /** Each certificate is signed by its own key: for the root of a CA, and for nothing else. */
  public static selfSigned(options: SelfSignedIssuerOptions = {}): IssuerType {
    return new IssuerType(() => ({ spec: { selfSigned: { ...options } }, secrets: [], broken: urlLists({ ...options }) }));
  }

  /**
   * With a CA that is in a Secret: its certificate in `tls.crt`, its key in `tls.key`. A Certificate of the app that writes the Secret and is no CA
   * fails the synth.
   *
   * @param secretName in the issuer's namespace, for a ClusterIssuer in cert-manager's cluster resource namespace; an invalid name throws
   */
  public static ca(secretName: string, options: CaIssuerOptions = {}): IssuerType {
    const { issuingCertificateUrls: issuingCertificateUrLs, ...revocation } = options;
    return new IssuerType(() => ({
      spec: { ca: { secretName, ...revocation, issuingCertificateUrLs } },
      secrets: [{ prop: 'ca', secret: { secretName, keys: 'tls.crt, tls.key' }, value: 'certificate and key of the CA, in PEM form' }],
      broken: [...secretNameMistakes(CA_ISSUER, 'secretName of the CA', secretName), ...urlLists({ ...options })],
    }));
  }

  /** By an ACME server, such as Let's Encrypt. */
  public static acme(options: AcmeOptions): IssuerType {
    return new IssuerType((issuerName) => acmeIssuer(options, issuerName));
  }

  /** By the PKI secrets engine of a Vault. */
  public static vault(options: VaultOptions): IssuerType {
    return new IssuerType(() => vaultIssuer(options));
  }

  /**
   * By a platform that once was Venafi's.
   *
   * @param zone policy folder or application; an empty one throws
   */
  public static venafi(zone: string, platform: VenafiPlatform): IssuerType {
    return new IssuerType(() => venafiIssuer(zone, platform));
  }

  /** A part may be named after the issuer. */
  private constructor(/** @internal */ public readonly _part: (issuerName: string) => IssuerPart<certManager.IssuerSpec>) {}
}

function urlLists(lists: { [prop: string]: string[] | undefined }): Broken[] {
  return Object.entries(lists).flatMap(([prop, urls = []]) => [
    ...broken(CA_ISSUER, urls.includes(''), { what: `${prop} has an empty URL`, allowed: 'URLs' }),
    ...urls.filter((url) => url !== '').flatMap((url) => urlMistakes(CA_ISSUER, prop, url, ['http:', 'https:', 'ldap:'])),
  ]);
}
