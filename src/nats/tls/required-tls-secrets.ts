import { ClusterTls, listenersOf } from './listener-tls';
import { ClientTls } from './nats-client-tls';
import { TlsFile } from './tls-files';
import { NeededSecret } from '../needed-secret';

/** The Secrets that TLS of the listeners needs. */
export function secretsOfTls(tls: ClusterTls): NeededSecret[] {
  return listenersOf(tls).flatMap(({ listener, material: { cert, key, ca } }) => secretsOfClientTls(`TLS of ${listener}`, { ca, certificate: { cert, key } }));
}

/** The Secrets that somebody needs who connects. */
export function secretsOfClientTls(use: string, { ca, certificate }: ClientTls): NeededSecret[] {
  const files: [file: TlsFile | undefined, value: string][] = [
    [certificate?.cert, 'PEM: the certificate with its chain'],
    [certificate?.key, 'PEM: the private key of the certificate'],
    [ca, 'PEM: the certificates of the authorities'],
  ];
  return files.flatMap(([file, value]) => file?.kind === 'secret' ? [{ secret: { secretName: file.name, key: file.key }, use, value }] : []);
}
