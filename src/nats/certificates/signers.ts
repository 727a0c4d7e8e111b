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
 * The root by which what stands in a file is believed: the Secret of a CA, or an issuer whose CA the app does not describe. Undefined where nothing is known of the
 * file. It is the same for the certificate and for the CA in a Secret that cert-manager writes.
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

function rootOfCertificate(scope: IConstruct, { secretName, namespace, props: { issuer } }: CertificateState, seen: Set<string>): string {
  const { selfSigned, caSecret } = issuer._facts;
  const own = `Secret '${secretName}' of namespace '${namespace}'`;
  if (selfSigned || seen.has(own)) return own;
  const [ca] = caSecret ? writersIn(scope, caSecret.secretName, caSecret.namespace) : [];
  if (ca) return rootOfCertificate(scope, ca, seen.add(own));
  return caSecret ? `Secret '${caSecret.secretName}' of namespace '${caSecret.namespace}'` : `${issuer.issuerKind} '${issuer.issuerName}'`;
}

function writersIn(scope: IConstruct, secretName: string, namespace: string | undefined): CertificateState[] {
  return writersOf(scope, secretName).filter((certificate) => certificate.namespace === namespace);
}
