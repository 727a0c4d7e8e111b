import { ClusterTls, listenersOf } from './listener-tls';
import { NatsClientCertificate } from './nats-client-certificate';
import { TlsFile } from './tls-files';
import { SecretKey } from '../../core/secret-key';

/** A key of a Secret that must be there, and what it holds. */
export interface TlsSecret {
  readonly secret: Pick<SecretKey, 'secretName' | 'key'>;
  readonly use: string;
  readonly value: string;
}

const CERTIFICATE = 'PEM: the certificate with its chain';
const PRIVATE_KEY = 'PEM: the private key of the certificate';
const AUTHORITIES = 'PEM: the certificates of the authorities';

/** The Secrets that TLS of the listeners needs. */
export function tlsSecrets(tls: ClusterTls): TlsSecret[] {
  return listenersOf(tls).flatMap(({ listener, material: { cert, key, ca } }) => {
    const use = `TLS of ${listener}`;
    return [...required(cert, use, CERTIFICATE), ...required(key, use, PRIVATE_KEY), ...ca ? required(ca, use, AUTHORITIES) : []];
  });
}

/** The Secrets that a client of the cluster needs. */
export function clientTlsSecrets(use: string, { ca, certificate }: { ca?: TlsFile; certificate?: NatsClientCertificate }): TlsSecret[] {
  return [
    ...ca ? required(ca, use, AUTHORITIES) : [],
    ...certificate ? [...required(certificate._cert, use, CERTIFICATE), ...required(certificate._key, use, PRIVATE_KEY)] : [],
  ];
}

function required(file: TlsFile, use: string, value: string): TlsSecret[] {
  return file.kind === 'secret' ? [{ secret: { secretName: file.name, key: file.key }, use, value }] : [];
}
