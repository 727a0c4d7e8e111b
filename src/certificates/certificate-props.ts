import { Duration } from 'cdk8s';
import { CertificateIssuerBase } from './certificate-issuer-base';
import { CertificateOutputFormat, JksKeystore, Pkcs12Keystore } from './content/keystores';
import { CertificateNameConstraints } from './content/name-constraints';
import { CertificateOtherName } from './content/names';
import { CertificatePrivateKey, CertificateSignatureAlgorithm } from './content/private-key';
import { CertificateRenewal } from './content/renewal';
import { CertificateSecretTemplate } from './content/secret-template';
import { CertificateSubject } from './content/subject';
import { CertificateUsage } from './content/usages';

/**
 * A certificate: who signs it, for whom it is, and how long it lives.
 * @see https://cert-manager.io/docs/usage/certificate/
 */
export interface CertificateProps {
  /** Who signs it. An Issuer of another namespace fails the synth. */
  readonly issuer: CertificateIssuerBase;
  /**
   * Name of the Certificate.
   * @default - the construct's id
   */
  readonly name?: string;
  /**
   * Namespace of the Certificate and its Secret.
   * @default - the chart's namespace
   */
  readonly namespace?: string;
  /**
   * Name of the Secret that cert-manager writes. An invalid name throws; one that two Certificates of a namespace write, or that the app
   * describes itself, fails the synth.
   * @default - the name of the Certificate
   */
  readonly secretName?: string;
  /**
   * Names of the hosts that have the certificate, such as `orders.example.com` or `*.example.com`. Invalid and repeated names throw.
   * @default - none
   */
  readonly dnsNames?: string[];
  /**
   * IP addresses of the hosts that have the certificate. Invalid and repeated addresses throw.
   * @default - none
   */
  readonly ipAddresses?: string[];
  /**
   * URIs that the certificate stands for, such as `spiffe://example.org/orders`. Invalid and repeated ones throw.
   * @default - none
   */
  readonly uris?: string[];
  /**
   * Email addresses that the certificate stands for, without names. Invalid and repeated ones throw.
   * @default - none
   */
  readonly emailAddresses?: string[];
  /**
   * Names of other kinds. Invalid and repeated ones throw.
   * @default - none
   */
  readonly otherNames?: CertificateOtherName[];
  /**
   * Common name of the subject. Clients read it only where there are no other names. More than 64 bytes throw.
   * @default - none
   */
  readonly commonName?: string;
  /**
   * Other attributes of the subject.
   * @default - none
   */
  readonly subject?: CertificateSubject;
  /**
   * The whole subject in its order, as RFC 4514 writes it: `CN=orders,O=Example`. It throws together with `commonName` or `subject`, or if
   * cert-manager cannot read it.
   * @default - `commonName` and `subject`
   */
  readonly literalSubject?: string;
  /**
   * How long the certificate lives. Less than an hour throws. An ACME server has its own mind about it.
   * @default - cert-manager's: 90 days
   */
  readonly duration?: Duration;
  /**
   * How long before its end it is renewed: at least five minutes, less than `duration`, and not together with `renewBeforePercentage`;
   * anything else throws.
   * @default - a third of its life
   */
  readonly renewBefore?: Duration;
  /**
   * How many percent of its life are left when it is renewed, 1 to 99.
   * @default - `renewBefore`
   */
  readonly renewBeforePercentage?: number;
  /**
   * In which windows it is renewed.
   * @default - at any time
   */
  readonly renewal?: CertificateRenewal;
  /**
   * What its key may be used for.
   * @default - cert-manager's: digital signature and key encipherment, no extended usage
   */
  readonly usages?: CertificateUsage[];
  /**
   * Whether the usages stand in the request that the issuer gets; false for issuers that do not take them.
   * @default true
   */
  readonly encodeUsagesInRequest?: boolean;
  /**
   * Whether it may sign other certificates. A CA without a subject fails the synth; one whose key changes at each renewal is guarded.
   * @default false
   */
  readonly isCa?: boolean;
  /**
   * For which names a CA may sign; throws for what is no CA.
   * @default - all
   */
  readonly nameConstraints?: CertificateNameConstraints;
  /**
   * The private key.
   * @default - cert-manager's: RSA with 2048 bits, a new one at each renewal
   */
  readonly privateKey?: CertificatePrivateKey;
  /**
   * How the request is signed. An algorithm of another kind of key throws.
   * @default - by the private key
   */
  readonly signatureAlgorithm?: CertificateSignatureAlgorithm;
  /**
   * Labels and annotations of the Secret.
   * @default - those of cert-manager
   */
  readonly secretTemplate?: CertificateSecretTemplate;
  /**
   * A Java keystore in the Secret.
   * @default - none
   */
  readonly jksKeystore?: JksKeystore;
  /**
   * A PKCS #12 keystore in the Secret.
   * @default - none
   */
  readonly pkcs12Keystore?: Pkcs12Keystore;
  /**
   * Other forms of certificate and key in the Secret. One that is named twice throws.
   * @default - none
   */
  readonly additionalOutputFormats?: CertificateOutputFormat[];
  /**
   * How many CertificateRequests are kept, at least 1.
   * @default - cert-manager's: 1
   */
  readonly revisionHistoryLimit?: number;
  /**
   * Labels of the Certificate, by which solvers of ACME challenges select it.
   * @default - the chart's
   */
  readonly labels?: { [label: string]: string };
  /**
   * Annotations of the Certificate.
   * @default - none
   */
  readonly annotations?: { [annotation: string]: string };
}
