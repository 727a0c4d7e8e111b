import { TlsCertificate } from './tls-files';
import { Certificate } from '../../certificates/certificate';
import { SecretKey } from '../../core/secret-key';

/** Where a client's certificate is in its Secret. */
export interface NatsClientCertificateOptions {
  /**
   * Key of the certificate, with its chain, as PEM.
   * @default tls.crt
   */
  readonly certKey?: string;
  /**
   * Key of the private key, as PEM.
   * @default tls.key
   */
  readonly keyKey?: string;
}

/** A certificate with which a client shows the servers who it is. */
export class NatsClientCertificate {
  /** In a Secret of the client's namespace. A name or key that Kubernetes does not allow throws. */
  public static fromSecret(secretName: string, { certKey = 'tls.crt', keyKey = 'tls.key' }: NatsClientCertificateOptions = {}): NatsClientCertificate {
    for (const key of [certKey, keyKey]) SecretKey.fromName(secretName, key);
    return new NatsClientCertificate({ cert: { kind: 'secret', name: secretName, key: certKey }, key: { kind: 'secret', name: secretName, key: keyKey } });
  }

  /** That cert-manager makes for a Certificate of the app. */
  public static fromCertificate(certificate: Certificate): NatsClientCertificate {
    return NatsClientCertificate.fromSecret(certificate.secretName);
  }

  private constructor(
    /** @internal */ public readonly _files: TlsCertificate,
  ) {}
}
