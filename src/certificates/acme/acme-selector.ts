import { ACME_SOLVER_INVALID } from './acme-rules';
import { Broken, broken } from '../../core/broken';
import { isDnsName, isWildcard } from '../content/names';

/**
 * For which names a solver is; without a condition, for all. Names go before zones, longer zones before shorter ones.
 * @see https://cert-manager.io/docs/configuration/acme/#adding-multiple-solver-types
 */
export interface AcmeSelector {
  /**
   * Exactly these names, wildcards included.
   * @default - all
   */
  readonly dnsNames?: string[];
  /**
   * All names in these zones, such as `example.com`. A wildcard throws: a zone is without.
   * @default - all
   */
  readonly dnsZones?: string[];
  /**
   * Names of Certificates with all these labels.
   * @default - all
   */
  readonly matchLabels?: { [label: string]: string };
}

/** Whether a selector takes a name of a certificate with these labels, as cert-manager decides it. */
export function selects(selector: AcmeSelector, dnsName: string, labels: { [label: string]: string }): boolean {
  const { dnsNames = [], dnsZones = [], matchLabels = {} } = selector;
  return (dnsNames.length === 0 || dnsNames.includes(dnsName))
    && (dnsZones.length === 0 || dnsZones.some((zone) => `.${dnsName}`.toLowerCase().endsWith(`.${zone}`.toLowerCase())))
    && Object.entries(matchLabels).every(([label, value]) => labels[label] === value);
}

/** What is wrong with a selector. */
export function selectorMistakes({ dnsNames = [], dnsZones = [] }: AcmeSelector = {}): Broken[] {
  return [
    ...dnsNames.flatMap((name) => broken(ACME_SOLVER_INVALID, !isDnsName(name), {
      what: `selector.dnsNames has '${name}'`,
      allowed: 'a DNS name, with *. before it or not',
    })),
    ...dnsZones.flatMap((zone) => broken(ACME_SOLVER_INVALID, !isDnsName(zone) || isWildcard(zone), {
      what: `selector.dnsZones has '${zone}'`, allowed: 'a domain without wildcard and without a dot at the end', fix: 'write example.com for it and all names in it',
    })),
  ];
}
