import { isIP } from 'node:net';
import { Construct } from 'constructs';
import { Mistake } from '../../core/mistake';
import { defineRule, Rule, RuleLevel } from '../../core/rule';
import { CERTIFICATE_WEBHOOK } from '../sources';

const SAN = 'https://datatracker.ietf.org/doc/html/rfc5280#section-4.2.1.6';

export const DNS_NAME = defineRule({
  id: 'CERT-DNS-NAME',
  level: RuleLevel.ERROR,
  statement: 'A DNS name of a certificate is one that a client can ask for: labels between dots, with a wildcard only as the whole first label.',
  source: `${SAN}; https://datatracker.ietf.org/doc/html/rfc9525#section-6.3; the webhook lets every text pass`,
});

export const IP_ADDRESS = defineRule({
  id: 'CERT-IP-ADDRESS',
  level: RuleLevel.ERROR,
  statement: 'An IP address of a certificate is an IPv4 or IPv6 address, without prefix length and zone.',
  source: `${CERTIFICATE_WEBHOOK}: "invalid IP address"`,
});

export const URI = defineRule({
  id: 'CERT-URI',
  level: RuleLevel.ERROR,
  statement: 'A URI of a certificate is absolute and made of ASCII characters.',
  source: SAN,
});

export const EMAIL_ADDRESS = defineRule({
  id: 'CERT-EMAIL-ADDRESS',
  level: RuleLevel.ERROR,
  statement: 'An email address of a certificate is the bare address.',
  source: `${CERTIFICATE_WEBHOOK}: "make sure the supplied value only contains the email address itself"`,
});

export const OTHER_NAME = defineRule({
  id: 'CERT-OTHER-NAME',
  level: RuleLevel.ERROR,
  statement: 'Another name of a certificate has an object identifier and a text.',
  source: `${CERTIFICATE_WEBHOOK}: "invalid oid syntax", "must be set to a valid non-empty UTF8 string"`,
});

export const NAME_TWICE = defineRule({
  id: 'CERT-NAME-TWICE',
  level: RuleLevel.ERROR,
  statement: 'A certificate has each of its names once.',
  source: 'A name that is listed twice is one that was meant to be another.',
});

/** A name of a kind of its own, such as a user principal name (1.3.6.1.4.1.311.20.2.3). */
export interface CertificateOtherName {
  /** Object identifier of the kind, in dotted form. */
  readonly oid: string;
  /** The name. */
  readonly utf8Value: string;
}

/** What a certificate is for, beside its subject. */
export interface Names {
  readonly dnsNames?: string[];
  readonly ipAddresses?: string[];
  readonly uris?: string[];
  readonly emailAddresses?: string[];
  readonly otherNames?: CertificateOtherName[];
}

const LABEL = '[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?';
const DNS = new RegExp(`^(\\*\\.)?${LABEL}(\\.${LABEL})*$`, 'i');
const MAILBOX = new RegExp(`^[a-z0-9!#$%&'*+/=?^_\`{|}~-]+(\\.[a-z0-9!#$%&'*+/=?^_\`{|}~-]+)*@${LABEL}(\\.${LABEL})*$`, 'i');
const OBJECT_IDENTIFIER = /^([01]\.[1-3]?\d|2\.\d{1,9})(\.\d{1,9})*$/;

/** Whether a text is a DNS name that a certificate can have. */
export function isDnsName(text: string): boolean {
  return text.length <= 253 && DNS.test(text) && isIP(text) === 0;
}

/** Whether a DNS name stands for all names one label longer. */
export function isWildcard(dnsName: string): boolean {
  return dnsName.startsWith('*.');
}

/** Whether a text is a bare email address. */
export function isEmailAddress(text: string): boolean {
  return MAILBOX.test(text);
}

/** Refuses names that a client cannot ask for, and names that are listed twice. */
export function checkNames(scope: Construct, names: Names): void {
  const { dnsNames = [], ipAddresses = [], uris = [], emailAddresses = [], otherNames = [] } = names;
  const refuse = (rule: Rule, mistake: Mistake) => { throw rule.error(scope, mistake); };
  for (const name of dnsNames) if (!isDnsName(name)) refuse(DNS_NAME, dnsNameMistake(name));
  for (const address of ipAddresses) {
    if (isIP(address) === 0 || address.includes('%')) {
      refuse(IP_ADDRESS, {
        what: `ipAddresses has '${address}'`,
        allowed: 'an IPv4 or IPv6 address, without prefix length and zone',
      });
    }
  }
  for (const uri of uris) {
    if (!/^[a-z][a-z0-9+.-]*:[!-~]+$/i.test(uri) || !URL.canParse(uri)) {
      refuse(URI, {
        what: `uris has '${uri}'`,
        allowed: 'an absolute URI such as spiffe://example.org/orders',
      });
    }
  }
  for (const address of emailAddresses) {
    if (!isEmailAddress(address)) {
      refuse(EMAIL_ADDRESS, {
        what: `emailAddresses has '${address}'`,
        allowed: 'an address such as ops@example.com, without a name before it',
      });
    }
  }
  for (const { oid, utf8Value } of otherNames) {
    if (!OBJECT_IDENTIFIER.test(oid) || !utf8Value) {
      refuse(OTHER_NAME, {
        what: `otherNames has oid '${oid}' with '${utf8Value}'`,
        allowed: 'an oid such as 1.3.6.1.4.1.311.20.2.3, and a text',
      });
    }
  }
  checkOnce(scope, 'dnsNames', dnsNames, (name) => name.toLowerCase());
  checkOnce(scope, 'ipAddresses', ipAddresses, (address) => isIP(address) === 6 ? new URL(`http://[${address}]`).hostname : address);
  checkOnce(scope, 'uris', uris);
  checkOnce(scope, 'emailAddresses', emailAddresses);
  checkOnce(scope, 'otherNames', otherNames.map(({ oid, utf8Value }) => `${oid} ${utf8Value}`));
}

function dnsNameMistake(name: string): Mistake {
  const mistake = {
    what: `dnsNames has '${name}'`,
    allowed: 'labels of at most 63 letters, digits, - and _ between dots, at most 253 characters; *. only at the beginning',
  };
  if (isIP(name) !== 0) return { ...mistake, fix: 'put an address into ipAddresses' };
  if (name.includes(':')) return { ...mistake, fix: 'give the host alone, without scheme and port' };
  if (name.endsWith('.')) return { ...mistake, fix: 'leave the dot at the end out: no client asks for it' };
  return mistake;
}

function checkOnce(scope: Construct, prop: string, values: string[], form: (value: string) => string = (value) => value): void {
  const seen = new Set<string>();
  for (const value of values) {
    if (seen.has(form(value))) throw NAME_TWICE.error(scope, { what: `${prop} has '${value}' twice`, allowed: 'each name once', fix: 'remove it, or correct it' });
    seen.add(form(value));
  }
}
