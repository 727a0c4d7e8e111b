import { NatsClientCertificate } from './nats-client-certificate';
import { NatsTlsCa } from './nats-tls-ca';
import { TlsCertificate, TlsFile } from './tls-files';

/**
 * TLS of who connects to servers: the nats-box, or servers that are leaf nodes or gateways of others.
 *
 * A renewed certificate or CA is taken over by reload, as one of a listener is: it holds for the next connection, and those that are there stay.
 */
export interface NatsClientTls {
  /**
   * The authorities by which it believes the servers.
   * @default - those of the servers, if they are of this app and in a Secret or ConfigMap of the namespace; else those of the image
   */
  readonly ca?: NatsTlsCa;
  /**
   * What it shows to servers that verify certificates.
   * @default - none, unless the cluster has one of its own
   */
  readonly certificate?: NatsClientCertificate;
  /**
   * Whether it begins with the handshake instead of waiting for the servers' INFO.
   * @default - what the servers expect, if they are of this app; else false
   */
  readonly handshakeFirst?: boolean;
}

/** TLS of who connects, with all defaults in place. */
export interface ClientTls {
  /** Undefined for the CAs of the image. */
  readonly ca?: TlsFile;
  readonly certificate?: TlsCertificate;
  readonly handshakeFirst?: boolean;
}

/** What is said, over what holds where nothing is said. */
export function clientTls(said: NatsClientTls = {}, otherwise: ClientTls = {}): ClientTls {
  return {
    ca: said.ca ? said.ca._file : otherwise.ca,
    certificate: said.certificate?._files ?? otherwise.certificate,
    handshakeFirst: said.handshakeFirst ?? otherwise.handshakeFirst,
  };
}

/** The files that it reads. */
export function filesOfClient({ ca, certificate }: ClientTls): TlsFile[] {
  return [...ca ? [ca] : [], ...certificate ? [certificate.cert, certificate.key] : []];
}
