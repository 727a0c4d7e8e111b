import { Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { NatsTlsCa } from './nats-tls-ca';
import { isAbsoluteFile, TlsIssuing, TlsMaterial } from './tls-files';
import { NatsTlsOptions } from './tls-options';
import { Certificate } from '../../certificates/certificate';
import { CertificateAuthority } from '../../certificates/certificate-authority';
import { CertificateIssuerBase } from '../../certificates/certificate-issuer-base';
import { describeMistake } from '../../core/mistake';
import { SecretKey } from '../../core/secret-key';

/** A certificate in a Secret, with options. */
export interface NatsTlsSecretOptions extends NatsTlsOptions {
  /**
   * Key of the certificate, with its chain, as PEM; `server.pem` in Secrets for the nats-operator.
   * @default tls.crt
   */
  readonly certKey?: string;
  /**
   * Key of the private key, as PEM; `server-key.pem` in Secrets for the nats-operator.
   * @default tls.key
   */
  readonly keyKey?: string;
  /**
   * The authorities whose certificates are believed.
   * @default - the key `ca.crt` of the same Secret, which cert-manager writes for authorities of your own; `NatsTlsCa.system()` for a Secret without it
   */
  readonly ca?: NatsTlsCa;
}

/** A certificate of the app, with options. */
export interface NatsTlsCertificateOptions extends NatsTlsOptions {
  /**
   * The authorities whose certificates are believed.
   * @default - the one that has signed the certificate; where an ACME server signs, `NatsTlsCa.system()`
   */
  readonly ca?: NatsTlsCa;
}

/** Certificates that a cluster makes for itself, with options. */
export interface NatsTlsIssuedOptions extends NatsTlsOptions {
  /**
   * More names by which the servers are dialed, as from outside the Kubernetes cluster.
   * @default - none
   */
  readonly dnsNames?: string[];
  /**
   * More addresses by which the servers are dialed.
   * @default - none
   */
  readonly ipAddresses?: string[];
  /**
   * How long the certificates live.
   * @default - cert-manager's: 90 days
   */
  readonly duration?: Duration;
  /**
   * How long before its end a certificate is renewed.
   * @default - a third of its life
   */
  readonly renewBefore?: Duration;
  /**
   * The authorities whose certificates are believed, where others than the one that signs have to be, as `NatsTlsCa.fromConfigMap` of a `TrustBundle`.
   * @default - the one that signs; where an ACME server signs, `NatsTlsCa.system()`
   */
  readonly ca?: NatsTlsCa;
}

/** Certificates that a cluster makes for itself, and where, with options. */
export interface NatsTlsIssuerOptions extends NatsTlsIssuedOptions {
  /**
   * Where the certificates are made, such as a chart that is applied before that of the servers. One of another namespace than the cluster's throws.
   * @default - in the cluster
   */
  readonly scope?: Construct;
}

/** A certificate in files, with options. */
export interface NatsTlsFilesOptions extends NatsTlsOptions {
  /** Absolute path of the certificate, with its chain, as PEM. */
  readonly certFile: string;
  /** Absolute path of the private key, as PEM. */
  readonly keyFile: string;
  /**
   * The authorities whose certificates are believed.
   * @default NatsTlsCa.system()
   */
  readonly ca?: NatsTlsCa;
}

/**
 * TLS of a listener: its certificate and key, the CA, and how handshakes go.
 *
 * A renewed certificate is taken over by reload, as soon as the kubelet has written it into the pods. Connections stay. A reload refuses whoever is just logging in, once:
 * clients try again, those in JavaScript reliably only with `ignoreAuthErrorAbort: true`.
 *
 * @see https://docs.nats.io/running-a-nats-service/configuration/securing_nats/tls
 */
export class NatsTls {
  /**
   * With the certificate in a Secret of the cluster's namespace. Only the keys that are needed are mounted.
   *
   * A name or key that Kubernetes does not allow throws.
   */
  public static fromSecret(secretName: string, options: NatsTlsSecretOptions = {}): NatsTls {
    const { certKey = 'tls.crt', keyKey = 'tls.key', ca = NatsTlsCa.fromSecret(secretName), ...rest } = options;
    for (const key of [certKey, keyKey]) SecretKey.fromName(secretName, key);
    return new NatsTls(rest, {
      cert: { kind: 'secret', name: secretName, key: certKey },
      key: { kind: 'secret', name: secretName, key: keyKey },
      ca: ca._file,
    });
  }

  /** With the certificate that cert-manager makes for a Certificate of the app. One of another namespace than the cluster's throws where it is used. */
  public static fromCertificate(certificate: Certificate, options: NatsTlsCertificateOptions = {}): NatsTls {
    const isPublic = certificate.issuer._facts.acmeSolvers !== undefined;
    const { _options, _material } = NatsTls.fromSecret(certificate.secretName, { ...isPublic ? { ca: NatsTlsCa.system() } : {}, ...options });
    return new NatsTls(_options, { ..._material!, madeIn: { path: certificate.node.path, namespace: certificate.namespace } });
  }

  /**
   * With a certificate that the authority signs and the cluster makes for itself: for each name by which its servers are dialed, with the usages
   * that its listeners need.
   */
  public static fromAuthority(authority: CertificateAuthority, options: NatsTlsIssuerOptions = {}): NatsTls {
    return NatsTls.fromIssuer(authority.issuer, options);
  }

  /**
   * With a certificate that the issuer signs and the cluster makes for itself. Where an ACME server signs, it has only the names in `dnsNames`, and routes need
   * another certificate, because public CAs sign none for clients.
   */
  public static fromIssuer(issuer: CertificateIssuerBase, options: NatsTlsIssuerOptions = {}): NatsTls {
    const { scope, dnsNames, ipAddresses, duration, renewBefore, ca, ...rest } = options;
    return new NatsTls(rest, undefined, { issuer, scope, dnsNames, ipAddresses, duration, renewBefore, ca });
  }

  /** With the certificate in files of the server's container, as a volume of `pod.volumes` may have them. A relative path throws. */
  public static fromFiles(options: NatsTlsFilesOptions): NatsTls {
    const { certFile, keyFile, ca, ...rest } = options;
    for (const [prop, path] of Object.entries({ certFile, keyFile })) {
      if (!isAbsoluteFile(path)) throw new Error(describeMistake({ what: `${prop} '${path}' is invalid`, allowed: 'an absolute path', fix: 'give its path in the server\'s container' }));
    }
    return new NatsTls(rest, { cert: { kind: 'path', path: certFile }, key: { kind: 'path', path: keyFile }, ca: ca?._file });
  }

  /** No TLS on this listener, although the cluster has it: where something in front of the servers ends it, or a mesh does it. */
  public static none(): NatsTls {
    return new NatsTls({});
  }

  private constructor(
    /** @internal */ public readonly _options: NatsTlsOptions,
    /** @internal Undefined for no TLS, and for a certificate that is yet to be made. */ public readonly _material?: TlsMaterial,
    /** @internal */ public readonly _issuing?: TlsIssuing,
  ) {}
}
