import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { IssuerFacts } from './issuing/issuer-facts';
import { DNS_SUBDOMAIN, isName } from '../core/names';
import { defineRule, RuleLevel } from '../core/rule';

export const ISSUER_REFERENCE = defineRule({
  id: 'CERT-ISSUER-REFERENCE',
  level: RuleLevel.ERROR,
  statement: 'An issuer has a name that Kubernetes allows; one of another controller has its kind and its group too.',
  source: 'cert-manager\'s webhook: issuerRef.name "must be specified", issuerRef.kind "must be one of Issuer or ClusterIssuer (did you forget to set group?)"',
});

/** Who signs certificates: an issuer that this app describes, or one that exists already. */
export abstract class CertificateIssuerBase extends Construct {
  /** Name of the issuer. */
  public abstract readonly issuerName: string;
  /** Its kind: Issuer, ClusterIssuer, or that of another controller. */
  public abstract readonly issuerKind: string;
  /** Its API group. */
  public abstract readonly issuerGroup: string;
  /** The namespace in which alone it signs; absent if it signs everywhere, or if the chart has none. */
  public abstract readonly namespace?: string;
  /** @internal What is known of how it signs. */
  public abstract readonly _facts: IssuerFacts;
}

/** An issuer of a controller besides cert-manager. */
export interface ExternalIssuerOptions {
  /** Name of the issuer. */
  readonly name: string;
  /** Its kind, such as `AWSPCAClusterIssuer`. */
  readonly kind: string;
  /** Its API group, such as `awspca.cert-manager.io`. */
  readonly group: string;
  /**
   * Whether it signs in all namespaces.
   * @default false
   */
  readonly clusterWide?: boolean;
}

/** An issuer that exists already. */
export class ExistingCertificateIssuer extends CertificateIssuerBase {
  public readonly issuerName: string;
  public readonly issuerKind: string;
  public readonly issuerGroup: string;
  public readonly namespace?: string;
  /** @internal */
  public readonly _facts: IssuerFacts = {};

  constructor(scope: Construct, id: string, options: ExternalIssuerOptions) {
    super(scope, id);
    this.issuerName = options.name;
    this.issuerKind = options.kind;
    this.issuerGroup = options.group;
    this.namespace = options.clusterWide ? undefined : Chart.of(this).namespace;
    if (!isName(options.name, DNS_SUBDOMAIN)) {
      throw ISSUER_REFERENCE.error(this, {
        what: `the name '${options.name}' of the issuer is invalid`,
        allowed: DNS_SUBDOMAIN.words,
      });
    }
    if (!/^[A-Z][A-Za-z0-9]*$/.test(options.kind)) {
      throw ISSUER_REFERENCE.error(this, {
        what: `the kind '${options.kind}' of the issuer is invalid`,
        allowed: 'a kind such as AWSPCAClusterIssuer',
      });
    }
    if (!isName(options.group, DNS_SUBDOMAIN)) {
      throw ISSUER_REFERENCE.error(this, {
        what: `the group '${options.group}' of the issuer is invalid`,
        allowed: 'a group such as awspca.cert-manager.io',
      });
    }
    if (options.group === CERT_MANAGER_GROUP && !['Issuer', 'ClusterIssuer'].includes(options.kind)) {
      throw ISSUER_REFERENCE.error(this, {
        what: `the kind '${options.kind}' is none of ${CERT_MANAGER_GROUP}`,
        allowed: 'Issuer or ClusterIssuer',
        fix: 'give the group of its controller',
      });
    }
  }
}

/** The API group of cert-manager's own issuers. */
export const CERT_MANAGER_GROUP = 'cert-manager.io';
