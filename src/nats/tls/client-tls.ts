import { TlsFile } from './tls-files';
import { NatsCertificates } from '../certificates/nats-certificates';

/** What a client of a cluster needs to know of TLS on the client port. */
export interface ClientTls {
  /** Namespace of the Secret or ConfigMap of the CA. */
  readonly namespace?: string;
  /** By what the servers are believed; absent where the CAs of the client's own image have to do. */
  readonly ca?: TlsFile;
  /** Whether clients must show a certificate. */
  readonly verifies: boolean;
  /** Whether the client speaks first. */
  readonly handshakeFirst: boolean;
  /** What makes certificates for clients, where the cluster makes its own. */
  readonly certificates?: NatsCertificates;
}
