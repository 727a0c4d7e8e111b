import { CertificateRequest, certificates } from './certificates';
import { Secrets } from './pod';
import { Manifest } from '../../support';

/**
 * The Secrets that cert-manager would write for the Certificates among these objects: authorities that sign themselves, and what those sign.
 *
 * @param renewed what it has written before, whose keys are kept where the Certificate says so
 */
export function issuedSecrets(objects: Manifest[], renewed: Secrets = {}): Secrets {
  const specs: Manifest[] = objects.filter(({ kind }) => kind === 'Certificate').map(({ spec }) => spec);
  const authorities = specs.filter(({ isCA }) => isCA);
  const leaves = specs.filter(({ isCA }) => !isCA);
  const issued = certificates(Object.fromEntries([
    ...authorities.map((spec) => [spec.secretName, { commonName: spec.commonName, key: keyOf(spec, renewed) }]),
    ...leaves.map((spec) => [spec.secretName, { ...requestOf(spec, signingSecret(objects, spec)), key: keyOf(spec, renewed) }]),
  ]));
  return Object.fromEntries(specs.map((spec) => {
    const { cert, key } = issued[spec.secretName];
    const ca = issued[spec.isCA ? spec.secretName : signingSecret(objects, spec)].cert;
    return [spec.secretName, { 'ca.crt': ca, 'tls.crt': cert, 'tls.key': key }];
  }));
}

function keyOf({ secretName, privateKey }: Manifest, renewed: Secrets): string | undefined {
  return privateKey?.rotationPolicy === 'Never' ? renewed[secretName]?.['tls.key'] : undefined;
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
