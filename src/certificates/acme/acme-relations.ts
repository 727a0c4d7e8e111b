import { Construct } from 'constructs';
import { ACME_CLIENT_AUTH, ACME_CONTENT, ACME_UNPROVED, ACME_WILDCARD } from './acme-rules';
import { selects } from './acme-selector';
import { Mistake } from '../../core/mistake';
import { checkAtSynth } from '../../core/rules';
import { CertificateState } from '../certificate-state';
import { isWildcard } from '../content/names';
import { CertificateUsage } from '../content/usages';
import { SolverFacts } from '../issuing/issuer-facts';

/** What is wrong with a certificate only because an ACME server signs it. */
export function checkAcmeRelations(scope: Construct, { props }: CertificateState): void {
  const { acmeSolvers } = props.issuer._facts;
  if (!acmeSolvers) return;
  const { dnsNames = [], labels = {}, usages = [] } = props;
  const solversFor = (name: string): SolverFacts[] => acmeSolvers.filter(({ selector }) => !selector || selects(selector, name, labels));
  checkAtSynth(scope, ACME_UNPROVED, () => dnsNames.filter((name) => acmeSolvers.length > 0 && solversFor(name).length === 0).map((name) => ({
    what: `no solver of issuer '${props.issuer.issuerName}' is for '${name}'`, allowed: 'names that a selector of one of its solvers takes', fix: 'add a solver, or extend a selector',
  })));
  const provedByHttpOnly = (name: string) => solversFor(name).length > 0 && !solversFor(name).some(({ dns }) => dns);
  checkAtSynth(scope, ACME_WILDCARD, () => dnsNames.filter((name) => isWildcard(name) && provedByHttpOnly(name)).map((name) => ({
    what: `'${name}' is a wildcard, and issuer '${props.issuer.issuerName}' has only HTTP-01 for it`, allowed: 'DNS-01 for wildcards', fix: 'add AcmeSolver.dns01(...)',
  })));
  checkAtSynth(scope, ACME_CONTENT, () => contentMistakes(props));
  checkAtSynth(scope, ACME_CLIENT_AUTH, () => usages.includes(CertificateUsage.CLIENT_AUTH) ? [{
    what: 'the certificate is for client auth, and an ACME server signs it', allowed: 'client auth by a private CA', fix: 'give it a CertificateAuthority',
  }] : []);
}

function contentMistakes({ commonName, dnsNames = [], ipAddresses = [], uris, emailAddresses, otherNames, isCa }: CertificateState['props']): Mistake[] {
  const others = Object.entries({ uris, emailAddresses, otherNames }).filter(([, names]) => names?.length).map(([prop]) => prop);
  return [
    ...commonName === undefined || [...dnsNames, ...ipAddresses].includes(commonName) ? [] : [{
      what: `commonName '${commonName}' is none of dnsNames and ipAddresses, as an ACME server demands`, allowed: 'one of them', fix: 'leave commonName out',
    }],
    ...others.map((prop) => ({
      what: `${prop} is given, and an ACME server signs the certificate`,
      allowed: 'dnsNames and ipAddresses',
      fix: `leave ${prop} out, or use a private CA`,
    })),
    ...isCa ? [{ what: 'isCa is true, and an ACME server signs no CA', allowed: 'false', fix: 'use a CertificateAuthority' }] : [],
  ];
}
