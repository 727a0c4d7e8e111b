import { IConstruct } from 'constructs';
import { CertificateState, writersOf } from '../../certificates/certificate-state';
import { TlsFile } from '../tls/tls-files';

/** A file of a cluster's pods, and where it is looked for. */
export interface MountedFile {
  readonly scope: IConstruct;
  readonly namespace?: string;
  readonly file?: TlsFile;
}

/**
 * The root by which what stands in a file is believed: the Secret of a CA that the app makes. Undefined where the app does not make it: what an issuer signs with
 * that is only known by its name, or a Secret that somebody else fills, may be signed by any CA. It is the same for the certificate and for the CA in a Secret
 * that cert-manager writes: it puts the highest CA that it knows there.
 */
export function rootOf({ scope, namespace, file }: MountedFile): string | undefined {
  if (file?.kind !== 'secret') return undefined;
  const [writer] = writersIn(scope, file.name, namespace);
  return writer && rootOfCertificate(scope, writer, new Set());
}

/** Whether a certificate is believed by a CA, as far as it is known of both. */
export function isBelieved(certificate: MountedFile, ca: MountedFile): boolean | undefined {
  const [signedBy, believed] = [rootOf(certificate), rootOf(ca)];
  return signedBy === undefined || believed === undefined ? undefined : signedBy === believed;
}

function rootOfCertificate(scope: IConstruct, { secretName, namespace, props: { issuer } }: CertificateState, seen: Set<string>): string | undefined {
  const { selfSigned, caSecret } = issuer._facts;
  const own = `Secret '${secretName}' of namespace '${namespace}'`;
  if (selfSigned) return own;
  const [ca] = caSecret && !seen.has(own) ? writersIn(scope, caSecret.secretName, caSecret.namespace) : [];
  return ca && rootOfCertificate(scope, ca, seen.add(own));
}

function writersIn(scope: IConstruct, secretName: string, namespace: string | undefined): CertificateState[] {
  return writersOf(scope, secretName).filter((certificate) => certificate.namespace === namespace);
}
