import { CertificateAuthority } from './certificate-authority';
import { pemMistakes } from './issuing/ca-bundle';
import { Broken, broken } from '../core/broken';
import { DATA_KEY, DNS_SUBDOMAIN, isName } from '../core/names';
import { defineRule, RuleLevel } from '../core/rule';
import { SecretKey } from '../core/secret-key';

const TRUST_MANAGER = 'https://cert-manager.io/docs/trust/trust-manager/';

export const TRUST_KEY = defineRule({
  id: 'CERT-TRUST-KEY',
  level: RuleLevel.ERROR,
  statement: 'A trust bundle distributes certificates, never a private key.',
  source: TRUST_MANAGER,
});

export const TRUST_SOURCE = defineRule({
  id: 'CERT-TRUST-SOURCE',
  level: RuleLevel.ERROR,
  statement: 'A trust bundle has 1 to 100 sources in the trust namespace, the default CAs at most once among them.',
  source: `${TRUST_MANAGER}; trust-manager v0.24.0, pkg/webhook/validation.go`,
});

/** Keys of a certificate's Secret that hold its private key. */
const PRIVATE_KEYS = ['tls.key', 'key.der', 'tls-combined.pem', 'keystore.jks', 'keystore.p12'];

/** Certificates that a trust bundle distributes. */
export class TrustSource {
  /**
   * The certificate of a CA of this app. One whose Secret is not in the trust namespace throws where it is used: a CA has to be `clusterWide` for it.
   *
   * A renewal keeps the key, so that what the CA has signed before stays valid by the renewed certificate.
   */
  public static authority(authority: CertificateAuthority): TrustSource {
    const { secretName, key } = authority.caCertificate;
    return new TrustSource({ secret: { name: secretName, key } }, undefined, authority);
  }

  /**
   * A key of a Secret in the trust namespace. One that holds a private key throws where it is used.
   *
   * Where a CA of somebody else changes its key, its old certificate goes at once: copy the certificates into a ConfigMap that holds both.
   */
  public static secret(secret: SecretKey): TrustSource {
    return new TrustSource({ secret: { name: secret.secretName, key: secret.key } }, secret);
  }

  /** A key of a ConfigMap in the trust namespace. An invalid name or key throws where it is used. */
  public static configMap(name: string, key: string): TrustSource {
    return new TrustSource({ configMap: { name, key } });
  }

  /** Certificates in PEM form. A text without one, or with a private key, throws where it is used. */
  public static pem(pem: string): TrustSource {
    return new TrustSource({ inLine: pem });
  }

  /** The CAs of the operating system, where trust-manager is installed with them. */
  public static defaultCas(): TrustSource {
    return new TrustSource({ useDefaultCAs: true });
  }

  private constructor(
    /** @internal */ public readonly _spec: TrustSourceSpec,
    /** @internal */ public readonly _secret?: SecretKey,
    private readonly authority?: CertificateAuthority,
  ) {}

  /** @internal What is wrong with it in a bundle that reads its sources in a namespace. */
  public _broken(trustNamespace: string): Broken[] {
    const { secret, configMap, inLine } = this._spec;
    const namespace = this.authority?.secretNamespace;
    return [
      ...broken(TRUST_KEY, PRIVATE_KEYS.includes(secret?.key ?? ''), {
        what: `'${secret?.key}' of Secret '${secret?.name}' holds a private key`,
        allowed: 'ca.crt, or tls.crt of a CA',
        fix: 'give the key ca.crt',
      }),
      ...broken(TRUST_SOURCE, this.authority !== undefined && namespace !== trustNamespace, {
        what: `the Secret of CA ${this.authority?.node.path} is in ${namespace ? `namespace '${namespace}'` : 'no namespace that is known'}, and trust-manager reads '${trustNamespace}'`,
        allowed: 'a CA whose Secret is in the trust namespace',
        fix: 'give the CA clusterWide: true, or copy its certificate into a ConfigMap of the trust namespace',
      }),
      ...broken(TRUST_SOURCE, configMap !== undefined && !(isName(configMap.name, DNS_SUBDOMAIN) && isName(configMap.key, DATA_KEY)), {
        what: `ConfigMap '${configMap?.name}' with key '${configMap?.key}' is no source`,
        allowed: `a name of ${DNS_SUBDOMAIN.words}, and a key of ${DATA_KEY.words}`,
      }),
      ...inLine === undefined ? [] : pemMistakes('TrustSource.pem', inLine),
    ];
  }
}

/** A source as a Bundle has it. */
export interface TrustSourceSpec {
  readonly secret?: { readonly name: string; readonly key: string };
  readonly configMap?: { readonly name: string; readonly key: string };
  readonly inLine?: string;
  readonly useDefaultCAs?: boolean;
}
