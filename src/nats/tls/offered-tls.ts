import { TlsFile } from './tls-files';
import { NatsCertificates } from '../certificates/nats-certificates';

/** TLS of a listener, as those see it who connect. */
export interface OfferedTls {
  /** Namespace of the Secret or ConfigMap of the CA. */
  readonly namespace?: string;
  /** By what the servers are believed; absent where the CAs of the client's own image have to do, or only the servers' pods have it. */
  readonly ca?: TlsFile;
  /** Whether those who connect must show a certificate. */
  readonly verifies: boolean;
  /** Whether those who connect speak first. */
  readonly handshakeFirst: boolean;
  /** What makes certificates for clients, where the cluster makes its own. */
  readonly certificates?: NatsCertificates;
}
