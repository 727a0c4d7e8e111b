import { CertificateRequest, certificates } from './certificates';
import { Secrets } from './pod';
import { Manifest } from '../../support';

/** The Secrets that cert-manager would write for the Certificates among these objects: authorities that sign themselves, and what those sign. */
export function issuedSecrets(objects: Manifest[]): Secrets {
  const specs: Manifest[] = objects.filter(({ kind }) => kind === 'Certificate').map(({ spec }) => spec);
  const authorities = specs.filter(({ isCA }) => isCA);
  const leaves = specs.filter(({ isCA }) => !isCA);
  const issued = certificates(Object.fromEntries([
    ...authorities.map(({ secretName, commonName }) => [secretName, { commonName }]),
    ...leaves.map((spec) => [spec.secretName, requestOf(spec, signingSecret(objects, spec))]),
  ]));
  return Object.fromEntries(specs.map((spec) => {
    const { cert, key } = issued[spec.secretName];
    const ca = issued[spec.isCA ? spec.secretName : signingSecret(objects, spec)].cert;
    return [spec.secretName, { 'ca.crt': ca, 'tls.crt': cert, 'tls.key': key }];
  }));
}

function requestOf({ commonName, dnsNames, ipAddresses, usages }: Manifest, issuer: string): CertificateRequest {
  return { issuer, commonName, dnsNames, ipAddresses, usages: usages.flatMap((usage: string) => /^(server|client) auth$/.exec(usage)?.[1] ?? []) };
}

/** The Secret with which the issuer of a certificate signs. */
function signingSecret(objects: Manifest[], { issuerRef: { kind, name } }: Manifest): string {
  const issuer = objects.find((object) => object.kind === kind && object.metadata.name === name);
  if (!issuer?.spec.ca) throw new Error(`${kind} ${name} signs with no CA of these objects`);
  return issuer.spec.ca.secretName;
}
