import { Construct } from 'constructs';
import { DNS_SUBDOMAIN, isLabelValue, isName } from '../../core/names';
import { defineRule, RuleLevel } from '../../core/rule';
import { CERTIFICATE_WEBHOOK } from '../sources';

export const SECRET_TEMPLATE = defineRule({
  id: 'CERT-SECRET-TEMPLATE',
  level: RuleLevel.ERROR,
  statement: 'The labels and annotations of a certificate\'s Secret are ones that Kubernetes takes, and not those that cert-manager sets itself.',
  source: `${CERTIFICATE_WEBHOOK}: "cert-manager.io/* annotations are not allowed"`,
});

/** Labels and annotations of the Secret that cert-manager writes. */
export interface CertificateSecretTemplate {
  /**
   * Labels.
   * @default - none
   */
  readonly labels?: { [label: string]: string };
  /**
   * Annotations. One of cert-manager's own throws, except `cert-manager.io/allow-direct-injection`.
   * @default - none
   */
  readonly annotations?: { [annotation: string]: string };
}

/** Refuses labels and annotations that the webhook refuses. */
export function checkSecretTemplate(scope: Construct, { labels = {}, annotations = {} }: CertificateSecretTemplate = {}): void {
  const refuse = (what: string, allowed: string) => { throw SECRET_TEMPLATE.error(scope, { what, allowed }); };
  for (const [label, value] of Object.entries(labels)) {
    if (!isQualifiedName(label) || !isLabelValue(value)) refuse(`secretTemplate.labels has ${label}: '${value}'`, 'a name, with a domain and / before it or not, and a value of at most 63 letters, digits, -, _ and .');
  }
  for (const annotation of Object.keys(annotations)) {
    if (!isQualifiedName(annotation.toLowerCase())) refuse(`secretTemplate.annotations has '${annotation}'`, 'a name of at most 63 letters, digits, -, _ and ., with a domain and / before it or not');
    if (annotation.startsWith('cert-manager.io/') && annotation !== 'cert-manager.io/allow-direct-injection') {
      refuse(`secretTemplate.annotations has '${annotation}'`, 'annotations that are not cert-manager\'s own, and cert-manager.io/allow-direct-injection');
    }
  }
}

/** @see https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set */
function isQualifiedName(text: string): boolean {
  const [, prefix, name] = /^(?:([^/]*)\/)?([^/]+)$/.exec(text) ?? [];
  return name !== undefined && isLabelValue(name) && (prefix === undefined || isName(prefix, DNS_SUBDOMAIN));
}
