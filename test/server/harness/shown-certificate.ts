import { X509Certificate } from 'crypto';
import { connect as connectTcp } from 'net';
import { connect as connectTls, ConnectionOptions } from 'tls';

/** The certificate that a server shows a client now: it speaks first, and in clear, and then asks for TLS. */
export function shownCertificate(address: string, options: ConnectionOptions): Promise<X509Certificate> {
  const [host, port] = address.split(':');
  return new Promise((resolve, reject) => {
    const plain = connectTcp(Number(port), host);
    plain.once('data', () => {
      const socket = connectTls({ socket: plain, ...options }, () => {
        resolve(new X509Certificate(socket.getPeerCertificate().raw));
        socket.destroy();
      });
      socket.once('error', reject);
    }).once('error', reject);
  });
}
