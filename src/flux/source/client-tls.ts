import { FluxPart } from '../flux-part';

type Tls = { certSecretRef: { name: string } };

/**
 * How TLS to a server is proved, by a Secret of type `Opaque` or `kubernetes.io/tls` in the namespace of the object. A name that Kubernetes does not
 * allow throws.
 */
export class FluxClientTls {
  /** The server, by its CA: key `ca.crt`. */
  public static ca(secretName: string): FluxClientTls {
    return FluxClientTls.of(secretName, CA);
  }

  /** The client, by a certificate: keys `tls.crt` and `tls.key`. The server is believed by the CAs of Flux's image. */
  public static clientCertificate(secretName: string): FluxClientTls {
    return FluxClientTls.of(secretName, CLIENT);
  }

  /** Both: keys `ca.crt`, `tls.crt` and `tls.key`, as cert-manager writes them. */
  public static mutual(secretName: string): FluxClientTls {
    return FluxClientTls.of(secretName, { ...CA, ...CLIENT });
  }

  private static of(secretName: string, keys: { [key: string]: string }): FluxClientTls {
    return new FluxClientTls({ spec: { certSecretRef: { name: secretName } }, secrets: [{ prop: 'tls', secretName, keys }] });
  }

  private constructor(/** @internal */ public readonly _part: FluxPart<Tls>) {}
}

const CA = { 'ca.crt': 'certificate of the server\'s CA, in PEM form' };
const CLIENT = { 'tls.crt': 'certificate of the client, in PEM form', 'tls.key': 'private key of the client, in PEM form' };
