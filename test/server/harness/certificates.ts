import { createHash, X509Certificate } from 'crypto';
import { join } from 'path';
import { go } from './go';

/** A certificate that is asked for. */
export interface CertificateRequest {
  /** Who signs it: one that is asked for before it. Without an issuer it is an authority, signed by itself. */
  readonly issuer?: string;
  readonly commonName?: string;
  readonly organization?: string;
  readonly emails?: string[];
  readonly uris?: string[];
  readonly dnsNames?: string[];
  readonly ipAddresses?: string[];
  /** Extended key usages; none mean any. */
  readonly usages?: ('server' | 'client')[];
  /** The private key, as PEM. @default - a new one */
  readonly key?: string;
}

/** A certificate and its key, as PEM. */
export interface IssuedCertificate {
  readonly cert: string;
  readonly key: string;
}

/** Makes certificates, by name, with the X.509 library of Go, which the tests have anyway. They are valid for a day. */
export function certificates<Name extends string>(
  requests: { readonly [name in Name]: CertificateRequest },
): { readonly [name in Name]: IssuedCertificate } {
  const input = JSON.stringify(Object.entries<CertificateRequest>(requests).map(([name, request]) => ({ name, commonName: name, ...request })));
  return JSON.parse(go(['run', join(__dirname, 'certificates.go')], { input }));
}

/** The hosts for which a certificate is none, as Go judges it, and with that nats-server. */
export function refusedHosts({ cert }: Pick<IssuedCertificate, 'cert'>, hosts: string[]): string[] {
  const input = JSON.stringify({ cert, hosts });
  return JSON.parse(go(['run', join(__dirname, 'verify-host.go')], { input }));
}

/** What a server calls the fingerprint of a certificate: the SHA-256 of its public key. */
export function fingerprint({ cert }: IssuedCertificate): string {
  return createHash('sha256').update(new X509Certificate(cert).publicKey.export({ type: 'spki', format: 'der' })).digest('hex');
}
