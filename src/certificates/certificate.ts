import { ApiObject, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { CertificateIssuerBase } from './certificate-issuer-base';
import { CertificateProps } from './certificate-props';
import { CertificateState, remember } from './certificate-state';
import { renderCertificate } from './content/certificate-spec';
import { checkOutputs } from './content/keystores';
import { resolveLifetime } from './content/lifetime';
import { checkNameConstraints } from './content/name-constraints';
import { checkNames } from './content/names';
import { checkPrivateKey } from './content/private-key';
import { checkSecretTemplate } from './content/secret-template';
import { checkSubject } from './content/subject';
import { checkCa } from './content/usages';
import { checkRelations } from './relations';
import { checkSecretsOfApp } from './shared-secrets';
import { CERTIFICATE_WEBHOOK } from './sources';
import * as certManager from '../../imports/cert-manager.io';
import { kubeObject, NAME_INVALID } from '../core/kube-object';
import { DNS_LABEL, DNS_SUBDOMAIN, isName } from '../core/names';
import { describeSecret, requireSecret } from '../core/required-secrets';
import { defineRule, RuleLevel } from '../core/rule';
import { SecretKey } from '../core/secret-key';

export const SECRET_NAME = defineRule({
  id: 'CERT-SECRET-NAME',
  level: RuleLevel.ERROR,
  statement: 'The Secret of a certificate has a name that Kubernetes allows.',
  source: `${CERTIFICATE_WEBHOOK}: secretName`,
});

export const REVISION_HISTORY = defineRule({
  id: 'CERT-REVISION-HISTORY',
  level: RuleLevel.ERROR,
  statement: 'At least one CertificateRequest of a certificate is kept.',
  source: `${CERTIFICATE_WEBHOOK}: revisionHistoryLimit "must not be less than 1"`,
});

export const NO_CA = defineRule({
  id: 'CERT-NO-CA',
  level: RuleLevel.ERROR,
  statement: 'The Secret of a certificate that an ACME server has signed holds no ca.crt.',
  source: 'https://cert-manager.io/docs/usage/certificate/#target-secret',
});

/**
 * A certificate that cert-manager makes, renews, and writes into a Secret of type `kubernetes.io/tls`.
 *
 * A value that cert-manager's webhook would refuse throws at once. What only shows beside others fails the synth: a Secret that two write, an
 * issuer out of reach, a certificate that outlives its CA, names that the issuer cannot prove.
 *
 * @see https://cert-manager.io/docs/usage/certificate/
 */
export class Certificate extends Construct {
  /** Who signs it. */
  public readonly issuer: CertificateIssuerBase;
  /** Namespace of the Secret; absent if the chart has none. */
  public readonly namespace?: string;
  /** Name of the Secret. Who mounts the whole Secret gets the private key with it. */
  public readonly secretName: string;
  /** The certificate and those between it and the root: key `tls.crt` of the Secret. */
  public readonly tlsCertificate: SecretKey;
  /** The private key: key `tls.key` of the Secret. */
  public readonly tlsPrivateKey: SecretKey;
  /** The Certificate. */
  public readonly apiObject: ApiObject;

  constructor(scope: Construct, id: string, props: CertificateProps) {
    super(scope, id);
    const state = resolveCertificate(this, props);
    this.issuer = props.issuer;
    this.namespace = state.namespace;
    this.secretName = state.secretName;
    this.tlsCertificate = SecretKey.fromName(state.secretName, 'tls.crt');
    this.tlsPrivateKey = SecretKey.fromName(state.secretName, 'tls.key');
    this.apiObject = kubeObject(this, 'Resource', {
      apiVersion: 'cert-manager.io/v1',
      kind: 'Certificate',
      metadata: { name: state.name, namespace: state.namespace, labels: props.labels, annotations: props.annotations },
      spec: certManager.toJson_CertificateSpec(renderCertificate(state)),
    });
    remember(this, state);
    describeSecret(this, state.secretName, state.namespace);
    checkRelations(this, state);
    checkSecretsOfApp(this);
    for (const keystore of [props.jksKeystore, props.pkcs12Keystore]) {
      if (keystore) requireSecret(this, keystore.password, { namespace: state.namespace, value: 'any text, not empty', usedBy: `Certificate ${state.name} (keystore)` });
    }
  }

  /**
   * The CA alone: key `ca.crt` of the Secret. Clients mount this key and not the Secret, which has a private key.
   *
   * It throws if an ACME server signs, because then there is none: clients trust such a server by their system's certificates. From other issuers
   * that the app does not describe it may be missing too.
   */
  public get caCertificate(): SecretKey {
    if (this.issuer._facts.acmeSolvers) {
      throw NO_CA.error(this, {
        what: `the Secret '${this.secretName}' has no ca.crt, because an ACME server signs the certificate`,
        fix: 'let clients trust their system\'s certificates',
      });
    }
    return SecretKey.fromName(this.secretName, 'ca.crt');
  }
}

/** The certificate with its defaults; a wrong value throws. */
function resolveCertificate(scope: Construct, props: CertificateProps): CertificateState {
  const name = props.name ?? scope.node.id;
  const secretName = props.secretName ?? name;
  if (!isName(secretName, DNS_SUBDOMAIN)) {
    throw SECRET_NAME.error(scope, {
      what: `secretName is '${secretName}'`,
      allowed: DNS_SUBDOMAIN.words,
      fix: 'give secretName, or another name',
    });
  }
  const namespace = props.namespace ?? Chart.of(scope).namespace;
  if (namespace !== undefined && !isName(namespace, DNS_LABEL)) throw NAME_INVALID.error(scope, { what: `the namespace '${namespace}' is invalid`, allowed: DNS_LABEL.words });
  const { revisionHistoryLimit } = props;
  if (revisionHistoryLimit !== undefined && !(Number.isInteger(revisionHistoryLimit) && revisionHistoryLimit >= 1)) {
    throw REVISION_HISTORY.error(scope, { what: `revisionHistoryLimit is ${revisionHistoryLimit}`, allowed: 'a whole number from 1', fix: 'leave it out for 1' });
  }
  checkNames(scope, props);
  checkSubject(scope, props);
  checkPrivateKey(scope, props.privateKey, props.signatureAlgorithm);
  checkNameConstraints(scope, props.nameConstraints, props.isCa ?? false);
  checkSecretTemplate(scope, props.secretTemplate);
  checkOutputs(scope, props);
  checkCa(scope, props);
  props.renewal?._check(scope);
  return { path: scope.node.path, name, namespace, secretName, lifetime: resolveLifetime(scope, props), props };
}
