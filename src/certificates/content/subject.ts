import { Construct } from 'constructs';
import { parseSubject, SUBJECT_ATTRIBUTES } from './literal-subject';
import { Names } from './names';
import { defineRule, RuleLevel } from '../../core/rule';
import { CERTIFICATE_WEBHOOK } from '../sources';

export const IDENTITY = defineRule({
  id: 'CERT-IDENTITY',
  level: RuleLevel.ERROR,
  statement: 'A certificate says for whom it is: with a DNS name, an IP address, a URI, an email address, another name, or a common name.',
  source: `${CERTIFICATE_WEBHOOK}: "at least one of commonName, dnsNames, emailSANs, ipAddresses, otherNames, or uriSANs must be set"`,
});

export const COMMON_NAME = defineRule({
  id: 'CERT-COMMON-NAME',
  level: RuleLevel.ERROR,
  statement: 'A common name has 1 to 64 bytes.',
  source: `${CERTIFICATE_WEBHOOK}: commonName "may not be more than 64 bytes"`,
});

export const SUBJECT = defineRule({
  id: 'CERT-SUBJECT',
  level: RuleLevel.ERROR,
  statement: 'A subject is said either by literalSubject, in the form of RFC 4514 with attributes that cert-manager knows, or by commonName and subject.',
  source: `${CERTIFICATE_WEBHOOK}: "When providing a LiteralSubject no commonName may be provided", "Literal subject contains unrecognized key"`,
});

/**
 * Attributes of a certificate's subject, besides its common name.
 * @see https://datatracker.ietf.org/doc/html/rfc5280#section-4.1.2.6
 */
export interface CertificateSubject {
  /**
   * Organizations (O).
   * @default - none
   */
  readonly organizations?: string[];
  /**
   * Countries (C), as codes of two letters.
   * @default - none
   */
  readonly countries?: string[];
  /**
   * Organizational units (OU).
   * @default - none
   */
  readonly organizationalUnits?: string[];
  /**
   * Localities (L).
   * @default - none
   */
  readonly localities?: string[];
  /**
   * States or provinces (ST).
   * @default - none
   */
  readonly provinces?: string[];
  /**
   * Street addresses.
   * @default - none
   */
  readonly streetAddresses?: string[];
  /**
   * Postal codes.
   * @default - none
   */
  readonly postalCodes?: string[];
  /**
   * Serial number of the subject, which has nothing to do with that of the certificate.
   * @default - none
   */
  readonly serialNumber?: string;
}

/** The subject of a certificate, as its props say it. */
export interface SubjectOptions {
  readonly commonName?: string;
  readonly subject?: CertificateSubject;
  readonly literalSubject?: string;
}

/** Refuses a subject that cert-manager does not read, and a certificate for nobody. */
export function checkSubject(scope: Construct, options: SubjectOptions & Names): void {
  const { commonName, literalSubject, dnsNames, ipAddresses, uris, emailAddresses, otherNames } = options;
  if (literalSubject !== undefined && (commonName !== undefined || hasAttributes(options.subject))) {
    throw SUBJECT.error(scope, {
      what: `literalSubject is given together with ${commonName !== undefined ? 'commonName' : 'subject'}`,
      allowed: 'one of the two ways',
      fix: 'write all attributes into literalSubject',
    });
  }
  const name = literalSubject === undefined ? commonName : literalCommonName(scope, literalSubject);
  if (name !== undefined && (name === '' || Buffer.byteLength(name) > 64)) {
    throw COMMON_NAME.error(scope, {
      what: `the common name '${name}' has ${Buffer.byteLength(name)} bytes`,
      allowed: '1 to 64 bytes',
      fix: 'leave it out: clients read the DNS names',
    });
  }
  if (name === undefined && ![dnsNames, ipAddresses, uris, emailAddresses, otherNames].some((names) => names?.length)) {
    throw IDENTITY.error(scope, {
      what: 'the certificate is for nobody',
      allowed: 'at least one of dnsNames, ipAddresses, uris, emailAddresses, otherNames and commonName',
      fix: 'give dnsNames',
    });
  }
}

function literalCommonName(scope: Construct, literalSubject: string): string | undefined {
  const attributes = parseSubject(literalSubject);
  if (typeof attributes === 'string') {
    throw SUBJECT.error(scope, {
      what: `in literalSubject '${literalSubject}' ${attributes}`,
      allowed: `attributes such as CN=orders,O=Example, with ${SUBJECT_ATTRIBUTES.join(', ')} or an object identifier`,
    });
  }
  return attributes.find(({ type }) => type === 'CN' || type === '2.5.4.3')?.value;
}

/** Whether a certificate has a subject that is not empty. */
export function hasSubject({ commonName, subject, literalSubject }: SubjectOptions): boolean {
  return Boolean(commonName || literalSubject?.trim()) || hasAttributes(subject);
}

function hasAttributes(subject: CertificateSubject = {}): boolean {
  return Object.values(subject).some((value) => value?.length > 0);
}
