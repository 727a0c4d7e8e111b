import { Duration } from 'cdk8s';

/** Versions of TLS that nats-server takes as the oldest. */
export enum NatsTlsVersion {
  TLS_1_2 = '1.2',
  TLS_1_3 = '1.3',
}

/** Curves and hybrids for the key exchange. */
export enum NatsTlsCurve {
  X25519MLKEM768 = 'X25519MLKEM768',
  /** nats-server 2.15 and newer. */
  SECP256R1MLKEM768 = 'SecP256r1MLKEM768',
  /** nats-server 2.15 and newer. */
  SECP384R1MLKEM1024 = 'SecP384r1MLKEM1024',
  X25519 = 'X25519',
  P256 = 'CurveP256',
  P384 = 'CurveP384',
  P521 = 'CurveP521',
}

/**
 * Cipher suites of TLS 1.2. Those of TLS 1.3 cannot be chosen: the server always offers all three.
 * @see https://pkg.go.dev/crypto/tls#CipherSuites
 */
export enum NatsTlsCipherSuite {
  TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256 = 'TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256',
  TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384 = 'TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384',
  TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256 = 'TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256',
  TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256 = 'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256',
  TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384 = 'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384',
  TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256 = 'TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256',
  TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA = 'TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA',
  TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA = 'TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA',
  TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA = 'TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA',
  TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA = 'TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA',
  /** Insecure. */
  TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256 = 'TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256',
  /** Insecure. */
  TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256 = 'TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256',
  /** Insecure. */
  TLS_ECDHE_RSA_WITH_3DES_EDE_CBC_SHA = 'TLS_ECDHE_RSA_WITH_3DES_EDE_CBC_SHA',
  /** Insecure. */
  TLS_RSA_WITH_AES_128_GCM_SHA256 = 'TLS_RSA_WITH_AES_128_GCM_SHA256',
  /** Insecure. */
  TLS_RSA_WITH_AES_256_GCM_SHA384 = 'TLS_RSA_WITH_AES_256_GCM_SHA384',
  /** Insecure. */
  TLS_RSA_WITH_AES_128_CBC_SHA256 = 'TLS_RSA_WITH_AES_128_CBC_SHA256',
  /** Insecure. */
  TLS_RSA_WITH_AES_128_CBC_SHA = 'TLS_RSA_WITH_AES_128_CBC_SHA',
  /** Insecure. */
  TLS_RSA_WITH_AES_256_CBC_SHA = 'TLS_RSA_WITH_AES_256_CBC_SHA',
  /** Insecure. */
  TLS_RSA_WITH_3DES_EDE_CBC_SHA = 'TLS_RSA_WITH_3DES_EDE_CBC_SHA',
}

/** Whether Go counts a suite as insecure: static RSA keys, 3DES, and CBC with SHA-256. */
export function isInsecure(suite: NatsTlsCipherSuite): boolean {
  return suite.startsWith('TLS_RSA_') || suite.includes('3DES') || suite.endsWith('CBC_SHA256');
}

/**
 * Whether a connection begins with the TLS handshake, instead of the server's INFO in clear. Clients must be told too (`tls_first`,
 * `handshakeFirst`), nats-box is by itself.
 * @see https://docs.nats.io/running-a-nats-service/configuration/securing_nats/tls#tls-first-handshake
 */
export class NatsHandshakeFirst {
  /** Always: clients that wait for the server's INFO do not connect. */
  public static always(): NatsHandshakeFirst {
    return new NatsHandshakeFirst();
  }

  /**
   * Unless the client has not begun the handshake after this time; then the server sends its INFO in clear. For the time in which clients change over.
   *
   * @param delay at least a millisecond; a shorter one throws where it is used
   */
  public static withFallback(delay: Duration = Duration.millis(50)): NatsHandshakeFirst {
    return new NatsHandshakeFirst(delay);
  }

  private constructor(
    /** @internal */ public readonly _fallbackDelay?: Duration,
  ) {}
}

/**
 * How the certificates of clients are asked for at their authority's OCSP responder.
 * @see https://docs.nats.io/running-a-nats-service/configuration/securing_nats/ocsp-peer
 */
export interface NatsOcspPeerOptions {
  /**
   * How long the server waits for the responder.
   * @default - the server's: 2 s
   */
  readonly caTimeout?: Duration;
  /**
   * By how much clocks may differ.
   * @default - the server's: 30 s
   */
  readonly allowedClockSkew?: Duration;
  /**
   * Whether a client whose certificate is revoked is only logged.
   * @default false
   */
  readonly warnOnly?: boolean;
  /**
   * Whether a certificate that the responder does not know counts as good.
   * @default false
   */
  readonly unknownIsGood?: boolean;
  /**
   * Whether a client is let in where no responder answers and the cache has no answer.
   * @default false
   */
  readonly allowWhenCaUnreachable?: boolean;
  /**
   * How long an answer is kept that does not say it itself.
   * @default - the server's: 1 h
   */
  readonly cacheTtlWhenNextUpdateUnset?: Duration;
}

/** What may be said of TLS on a listener. */
export interface NatsTlsOptions {
  /**
   * Whether clients must show a certificate of the CA. Servers of routes and gateways always must.
   * @default - false, unless `verifyAndMap` or `verifyCertAndCheckKnownUrls`
   */
  readonly verify?: boolean;
  /**
   * Whether clients must show a certificate of the CA, and log in as the user whose name stands in it: an email address, a DNS name, a URI, or the subject. One
   * who has a password must give that too. Changing it restarts the servers.
   * @default false
   * @see https://docs.nats.io/running-a-nats-service/configuration/securing_nats/auth_intro/tls_mutual_auth
   */
  readonly verifyAndMap?: boolean;
  /**
   * Whether a server that connects must show a certificate for a host name that stands in this server's own URLs. For routes and gateways only: elsewhere
   * it throws, as the server refuses it.
   * @default false
   */
  readonly verifyCertAndCheckKnownUrls?: boolean;
  /**
   * How long a handshake may take.
   * @default - the server's: 2 s
   */
  readonly timeout?: Duration;
  /**
   * The oldest version that is spoken.
   * @default - the server's: NatsTlsVersion.TLS_1_2
   */
  readonly minVersion?: NatsTlsVersion;
  /**
   * Cipher suites of TLS 1.2. An insecure one throws without `allowInsecureCipherSuites`; with TLS 1.3 as the oldest version, any throws.
   * @default - those that Go counts as secure
   */
  readonly cipherSuites?: NatsTlsCipherSuite[];
  /**
   * Whether `cipherSuites` may name insecure ones; guarded by rule NATS-TLS-INSECURE-CIPHERS.
   * @default false
   */
  readonly allowInsecureCipherSuites?: boolean;
  /**
   * Curves for the key exchange. An empty list throws.
   * @default - the server's: all, hybrids first
   */
  readonly curvePreferences?: NatsTlsCurve[];
  /**
   * Whether a connection begins with the handshake. For clients and leaf nodes only: elsewhere it throws, because the server does not heed it.
   * @default - after the server's INFO
   */
  readonly handshakeFirst?: NatsHandshakeFirst;
  /**
   * Fingerprints of the certificates that alone are let in: SHA-256 of the public key (DER, SubjectPublicKeyInfo), 64 hexadecimal digits. An empty list, which the
   * server takes as no list, throws. A renewed certificate has the same fingerprint only if it keeps its key.
   * @default - every certificate of the CA
   */
  readonly pinnedCertificates?: string[];
  /**
   * Whether clients may connect in clear too, for the time in which they change over; guarded by rule NATS-TLS-OPTIONAL. For clients only; elsewhere it throws, and so
   * does it beside `NatsHandshakeFirst.always()`, with which nobody could.
   * @default false
   */
  readonly allowNonTls?: boolean;
  /**
   * Handshakes per second, of clients only; elsewhere it throws. Changing it restarts the servers.
   * @default - as many as come
   */
  readonly connectionRateLimit?: number;
  /**
   * Asks the OCSP responder of the CA about the certificates of clients. Needs `verify` or `verifyAndMap`; not for routes and gateways, and not together with monitoring
   * over HTTPS, whose probes the server would then ask for certificates.
   * @default - not asked
   */
  readonly ocspPeer?: NatsOcspPeerOptions;
}
