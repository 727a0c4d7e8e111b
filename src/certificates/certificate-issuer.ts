import { ApiObject, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { ACME_UNVERIFIED } from './acme/acme-rules';
import { CERT_MANAGER_GROUP, CertificateIssuerBase, ExistingCertificateIssuer, ExternalIssuerOptions } from './certificate-issuer-base';
import { writersOf } from './certificate-state';
import { IssuerFacts, issuerFacts } from './issuing/issuer-facts';
import { IssuerPart } from './issuing/issuer-part';
import { IssuerType } from './issuing/issuer-type';
import * as certManager from '../../imports/cert-manager.io';
import { clusterObject, kubeObject, NAME_INVALID } from '../core/kube-object';
import { Mistake } from '../core/mistake';
import { DNS_LABEL, isName } from '../core/names';
import { requireSecret } from '../core/required-secrets';
import { defineRule, RuleLevel } from '../core/rule';
import { checkAtSynth } from '../core/rules';
import { assertSecretKey, SecretKey } from '../core/secret-key';

export const ISSUER_SCOPE = defineRule({
  id: 'CERT-ISSUER-SCOPE',
  level: RuleLevel.ERROR,
  statement: 'An issuer has a namespace, or it is cluster-wide and reads its Secrets in cert-manager\'s cluster resource namespace.',
  source: 'https://cert-manager.io/docs/configuration/#cluster-resource-namespace',
});

export const CA_SECRET = defineRule({
  id: 'CERT-CA-SECRET',
  level: RuleLevel.ERROR,
  statement: 'The certificate with which a CA issuer signs is one of a CA.',
  source: 'cert-manager keeps the issuer from getting ready: "certificate is not a CA"',
});

export const CA_SECRET_ELSEWHERE = defineRule({
  id: 'CERT-CA-SECRET-ELSEWHERE',
  level: RuleLevel.GUARDED,
  statement: 'The Secret with which a CA issuer signs is where the issuer looks for it: in its namespace, or for a ClusterIssuer in cert-manager\'s cluster resource namespace.',
  source: 'https://cert-manager.io/docs/configuration/ca/',
});

/** An issuer: how it signs, and for whom. */
export interface CertificateIssuerProps {
  /** How it signs. */
  readonly type: IssuerType;
  /**
   * Name of the issuer.
   * @default - the construct's id
   */
  readonly name?: string;
  /**
   * Whether it signs for all namespaces, as a ClusterIssuer.
   * @default false
   */
  readonly clusterWide?: boolean;
  /**
   * Namespace in which it signs; throws for one that is cluster-wide.
   * @default - the chart's namespace
   */
  readonly namespace?: string;
  /**
   * Where cert-manager looks for the Secrets of ClusterIssuers: what its flag `--cluster-resource-namespace` says. It throws for an issuer of a
   * namespace.
   * @default cert-manager
   */
  readonly clusterResourceNamespace?: string;
}

/**
 * Who signs certificates: an Issuer, or a ClusterIssuer.
 *
 * A value that cert-manager's webhook would refuse throws.
 *
 * @see https://cert-manager.io/docs/configuration/
 */
export class CertificateIssuer extends CertificateIssuerBase {
  /** An Issuer that exists already in the chart's namespace. An invalid name throws. */
  public static fromIssuerName(scope: Construct, id: string, issuerName: string): CertificateIssuerBase {
    return new ExistingCertificateIssuer(scope, id, { name: issuerName, kind: 'Issuer', group: CERT_MANAGER_GROUP });
  }

  /** A ClusterIssuer that exists already. An invalid name throws. */
  public static fromClusterIssuerName(scope: Construct, id: string, issuerName: string): CertificateIssuerBase {
    return new ExistingCertificateIssuer(scope, id, { name: issuerName, kind: 'ClusterIssuer', group: CERT_MANAGER_GROUP, clusterWide: true });
  }

  /** An issuer of another controller that exists already. An invalid name, kind or group throws. */
  public static fromExternalIssuer(scope: Construct, id: string, options: ExternalIssuerOptions): CertificateIssuerBase {
    return new ExistingCertificateIssuer(scope, id, options);
  }

  public readonly issuerName: string;
  public readonly issuerKind: string;
  public readonly issuerGroup: string = CERT_MANAGER_GROUP;
  public readonly namespace?: string;
  /** Where the Secrets are that it reads; absent if the chart has no namespace. */
  public readonly secretNamespace?: string;
  /** The Issuer or ClusterIssuer. */
  public readonly apiObject: ApiObject;
  /** @internal */
  public readonly _facts: IssuerFacts;

  constructor(scope: Construct, id: string, props: CertificateIssuerProps) {
    super(scope, id);
    this.checkScope(props);
    const { clusterWide = false } = props;
    this.issuerName = props.name ?? id;
    this.issuerKind = clusterWide ? 'ClusterIssuer' : 'Issuer';
    this.namespace = clusterWide ? undefined : props.namespace ?? Chart.of(this).namespace;
    this.secretNamespace = clusterWide ? props.clusterResourceNamespace ?? DEFAULT_CLUSTER_RESOURCE_NAMESPACE : this.namespace;
    const part = props.type._part(this.issuerName);
    this.checkPart(part);
    this._facts = issuerFacts(part.spec, this.secretNamespace);
    const manifest = {
      apiVersion: `${CERT_MANAGER_GROUP}/v1`,
      kind: this.issuerKind,
      metadata: { name: this.issuerName, namespace: this.namespace },
      spec: certManager.toJson_IssuerSpec(part.spec),
    };
    this.apiObject = clusterWide ? clusterObject(this, 'Resource', manifest) : kubeObject(this, 'Resource', manifest);
    this.requireSecrets(part);
    checkAtSynth(this, CA_SECRET, () => this.signingWithoutCa());
    checkAtSynth(this, CA_SECRET_ELSEWHERE, () => this.misplacedCa());
    checkAtSynth(this, ACME_UNVERIFIED, () => part.spec.acme?.skipTlsVerify ? [{ what: 'skipTlsVerify is true', allowed: 'false', fix: 'give caBundle' }] : []);
  }

  private checkScope({ clusterWide = false, namespace, clusterResourceNamespace }: CertificateIssuerProps): void {
    if (clusterWide && namespace !== undefined) {
      throw ISSUER_SCOPE.error(this, {
        what: `namespace is '${namespace}', and clusterWide is true`,
        allowed: 'one of them',
        fix: 'leave namespace out; the Secrets are in clusterResourceNamespace',
      });
    }
    if (!clusterWide && clusterResourceNamespace !== undefined) {
      throw ISSUER_SCOPE.error(this, {
        what: `clusterResourceNamespace is '${clusterResourceNamespace}', and clusterWide is not true`,
        allowed: 'both or none',
        fix: 'set clusterWide: true',
      });
    }
    for (const name of [namespace, clusterResourceNamespace]) {
      if (name !== undefined && !isName(name, DNS_LABEL)) throw NAME_INVALID.error(this, { what: `the namespace '${name}' is invalid`, allowed: DNS_LABEL.words });
    }
  }

  private checkPart({ secrets, broken: [first] }: IssuerPart<unknown>): void {
    for (const { prop, secret } of secrets) if (!(secret instanceof Object && 'keys' in secret)) assertSecretKey(this, prop, secret);
    if (first) throw first.rule.error(this, first.mistake);
  }

  private requireSecrets({ secrets }: IssuerPart<unknown>): void {
    for (const { secret, value } of secrets) {
      const { secretName } = secret;
      requireSecret(this, { secretName, key: secret instanceof SecretKey ? secret.key : `(${secret.keys})` }, {
        namespace: this.secretNamespace, value, usedBy: `${this.issuerKind} ${this.issuerName}`,
      });
    }
  }

  private caWriters(): ReturnType<typeof writersOf> {
    return this._facts.caSecret ? writersOf(this, this._facts.caSecret.secretName) : [];
  }

  private signingWithoutCa(): Mistake[] {
    const writers = this.caWriters().filter(({ namespace, props: { isCa } }) => namespace === this.secretNamespace && !isCa);
    return writers.map(({ path, secretName }) => ({
      what: `the issuer signs with Secret '${secretName}', which the certificate ${path} writes, and that is no CA`,
      allowed: 'a certificate with isCa: true',
      fix: 'use CertificateAuthority',
    }));
  }

  private misplacedCa(): Mistake[] {
    const writers = this.caWriters().filter(({ namespace }) => namespace !== undefined);
    if (this.secretNamespace === undefined || writers.some(({ namespace }) => namespace === this.secretNamespace)) return [];
    return writers.map(({ path, secretName, namespace }) => ({
      what: `the issuer looks for Secret '${secretName}' in namespace '${this.secretNamespace}', and the certificate ${path} writes it in '${namespace}'`,
      allowed: 'a Secret where the issuer looks for it',
      fix: `give the certificate namespace: '${this.secretNamespace}'`,
    }));
  }
}

/** Where cert-manager looks for the Secrets of ClusterIssuers unless it is told otherwise. */
export const DEFAULT_CLUSTER_RESOURCE_NAMESPACE = 'cert-manager';
