import { Construct } from 'constructs';
import { checkAcmeRelations } from './acme/acme-relations';
import { CertificateState, writersOf } from './certificate-state';
import { hasSubject } from './content/subject';
import { goSeconds } from './whole-seconds';
import { Mistake } from '../core/mistake';
import { defineRule, RuleLevel } from '../core/rule';
import { checkAtSynth } from '../core/rules';

export const ISSUER_NAMESPACE = defineRule({
  id: 'CERT-ISSUER-NAMESPACE',
  level: RuleLevel.ERROR,
  statement: 'An Issuer signs certificates of its own namespace; for others there is the ClusterIssuer.',
  source: 'https://cert-manager.io/docs/concepts/issuer/#namespaces',
});

export const CA_SUBJECT = defineRule({
  id: 'CERT-CA-SUBJECT',
  level: RuleLevel.ERROR,
  statement: 'A CA, and what signs itself, has a subject that is not empty: it stands as the issuer in all that is signed.',
  source: 'https://datatracker.ietf.org/doc/html/rfc5280#section-4.1.2.4; cert-manager only records an event, and OpenSSL finds no chain',
});

export const OUTLIVES_CA = defineRule({
  id: 'CERT-OUTLIVES-CA',
  level: RuleLevel.ERROR,
  statement: 'A certificate lives no longer than what is left of its CA\'s when that is renewed: it would outlive the CA that has signed it.',
  source: 'cert-manager signs beyond the end of its CA, and writes the CA\'s new certificate into a Secret only when the certificate there is renewed: https://github.com/cert-manager/cert-manager/issues/2478',
});

/** What is wrong with a certificate only beside its issuer and its CA. */
export function checkRelations(scope: Construct, state: CertificateState): void {
  checkAtSynth(scope, ISSUER_NAMESPACE, () => issuerNamespace(state));
  checkAtSynth(scope, CA_SUBJECT, () => subjectOfCa(state));
  checkAtSynth(scope, OUTLIVES_CA, () => lifetimeOfCa(scope, state));
  checkAcmeRelations(scope, state);
}

function issuerNamespace({ namespace, props: { issuer } }: CertificateState): Mistake[] {
  if (issuer.namespace === undefined || namespace === undefined || issuer.namespace === namespace) return [];
  return [{
    what: `the certificate of namespace '${namespace}' has the ${issuer.issuerKind} '${issuer.issuerName}' of namespace '${issuer.namespace}'`,
    allowed: 'an Issuer of the same namespace, or a ClusterIssuer',
    fix: 'give the issuer clusterWide: true, or make it in this namespace',
  }];
}

function subjectOfCa({ props }: CertificateState): Mistake[] {
  const { selfSigned } = props.issuer._facts;
  if (hasSubject(props) || !(props.isCa || selfSigned)) return [];
  return [{
    what: `${props.isCa ? 'the CA' : 'the certificate, which signs itself,'} has no subject`,
    allowed: 'a commonName, a subject or a literalSubject',
    fix: 'give commonName',
  }];
}

function lifetimeOfCa(scope: Construct, state: CertificateState): Mistake[] {
  const { caSecret } = state.props.issuer._facts;
  if (!caSecret) return [];
  const cas = writersOf(scope, caSecret.secretName).filter((ca) => ca.namespace === caSecret.namespace && ca !== state);
  return cas.filter(({ lifetime }) => state.lifetime.seconds > lifetime.renewBeforeSeconds).map((ca) => ({
    what: `the certificate lives ${goSeconds(state.lifetime.seconds)}, and its CA ${ca.path} is renewed when ${goSeconds(ca.lifetime.renewBeforeSeconds)} are left: until then it signs what outlives it`,
    allowed: `a duration of at most ${goSeconds(ca.lifetime.renewBeforeSeconds)}`,
    fix: 'shorten duration, or raise renewBefore of the CA',
  }));
}
