import { isIP } from 'node:net';
import { Construct } from 'constructs';
import { isDnsName, isEmailAddress } from './names';
import { defineRule, RuleLevel } from '../../core/rule';
import { CERTIFICATE_WEBHOOK } from '../sources';

export const NAME_CONSTRAINTS = defineRule({
  id: 'CERT-NAME-CONSTRAINTS',
  level: RuleLevel.ERROR,
  statement: 'Only a CA constrains names; it permits or excludes at least one, by domains, ranges in CIDR form, and mailboxes or hosts.',
  source: `${CERTIFICATE_WEBHOOK}: "isCa should be true when nameConstraints is set", "either permitted or excluded must be set"; https://datatracker.ietf.org/doc/html/rfc5280#section-4.2.1.10`,
});

/** Names of each kind, and all names below them. */
export interface CertificateNameSubtrees {
  /**
   * Domains, such as `example.com`, which stands for all hosts in it.
   * @default - none
   */
  readonly dnsDomains?: string[];
  /**
   * Ranges of addresses, such as `10.0.0.0/8`.
   * @default - none
   */
  readonly ipRanges?: string[];
  /**
   * Mailboxes, hosts of mailboxes, or domains with a dot before them.
   * @default - none
   */
  readonly emailAddresses?: string[];
  /**
   * Hosts of URIs, or domains with a dot before them.
   * @default - none
   */
  readonly uriDomains?: string[];
}

/**
 * For which names a CA may sign.
 * @see https://datatracker.ietf.org/doc/html/rfc5280#section-4.2.1.10
 */
export interface CertificateNameConstraints {
  /**
   * Whether clients that do not know name constraints refuse the CA.
   * @default false
   */
  readonly critical?: boolean;
  /**
   * Names for which the CA may sign; of a kind that is not listed, it may sign all.
   * @default - all
   */
  readonly permitted?: CertificateNameSubtrees;
  /**
   * Names for which the CA may not sign.
   * @default - none
   */
  readonly excluded?: CertificateNameSubtrees;
}

/** Refuses constraints that cert-manager refuses, drops, or cannot write into a certificate. */
export function checkNameConstraints(scope: Construct, constraints: CertificateNameConstraints | undefined, isCa: boolean): void {
  if (!constraints) return;
  if (!isCa) {
    throw NAME_CONSTRAINTS.error(scope, {
      what: 'nameConstraints are given for a certificate that is no CA',
      allowed: 'nameConstraints with isCa: true',
      fix: 'give them to the CA that signs this certificate',
    });
  }
  const { permitted = {}, excluded = {} } = constraints;
  if (![permitted, excluded].some((subtrees) => Object.values(subtrees).some((names) => names?.length > 0))) {
    throw NAME_CONSTRAINTS.error(scope, {
      what: 'nameConstraints permit and exclude nothing',
      allowed: 'at least one name in permitted or excluded',
      fix: 'leave them out',
    });
  }
  checkSubtrees(scope, 'permitted', permitted);
  checkSubtrees(scope, 'excluded', excluded);
}

function checkSubtrees(scope: Construct, side: string, subtrees: CertificateNameSubtrees): void {
  const { dnsDomains = [], ipRanges = [], emailAddresses = [], uriDomains = [] } = subtrees;
  const check = (prop: string, values: string[], fits: (value: string) => boolean, allowed: string) => {
    const wrong = values.find((value) => !fits(value));
    if (wrong !== undefined) throw NAME_CONSTRAINTS.error(scope, { what: `nameConstraints.${side}.${prop} has '${wrong}'`, allowed });
  };
  check('dnsDomains', dnsDomains, isDomain, 'a domain without wildcard, such as example.com');
  check('ipRanges', ipRanges, isCidr, 'a range such as 10.0.0.0/8');
  check('emailAddresses', emailAddresses, (value) => isEmailAddress(value) || isDomain(value), 'a mailbox, a host, or a domain with a dot before it');
  check('uriDomains', uriDomains, isDomain, 'a host, or a domain with a dot before it');
}

function isDomain(text: string): boolean {
  return isDnsName(text.replace(/^\./, '')) && !text.includes('*');
}

function isCidr(text: string): boolean {
  const [, address, length] = /^([^/]+)\/(\d{1,3})$/.exec(text) ?? [];
  const bits = { 0: -1, 4: 32, 6: 128 }[isIP(address ?? '') as 0 | 4 | 6];
  return Number(length) <= bits;
}
