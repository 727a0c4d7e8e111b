import * as source from '../../../imports/source.toolkit.fluxcd.io';
import { broken, emptyTexts } from '../../core/broken';
import { goRegexpMistakes } from '../../core/go-regexp';
import { defineRule, RuleLevel } from '../../core/rule';
import { checkAtSynth } from '../../core/rules';
import { FluxObject } from '../flux-object';
import { FluxPart } from '../flux-part';
import { FluxVersion } from '../flux-version';

export const FLUX_OCI_VERIFY = defineRule({
  id: 'FLUX-OCI-VERIFY',
  level: RuleLevel.ERROR,
  statement: 'Signatures without a key are believed of identities that are named.',
  source: 'https://fluxcd.io/flux/components/source/ocirepositories/#keyless-verification: without an identity, a signature of anybody is good',
});

export const FLUX_KEYLESS_PROXY = defineRule({
  id: 'FLUX-KEYLESS-PROXY',
  level: RuleLevel.WARNING,
  statement: 'Signatures without a key are verified past the proxy of the source.',
  source: 'https://fluxcd.io/flux/components/source/ocirepositories/#proxy-secret-reference: keyless verification needs the proxy in the environment of source-controller',
});

/** Who has signed, as the certificate of the signature says. */
export interface FluxOidcIdentity {
  /** Regular expression of Go for who issued the identity, such as `^https://token\.actions\.githubusercontent\.com$`. An empty one throws. */
  readonly issuer: string;
  /** Regular expression of Go for the identity, such as `^https://github\.com/example/.*$`. An empty one throws. */
  readonly subject: string;
}

/** Signatures without a key. */
export interface FluxKeylessOptions {
  /** Who may have signed. None throw. */
  readonly identities: FluxOidcIdentity[];
  /**
   * Name of the Secret that has the root of an own Sigstore, key `trusted_root.json`, for Flux 2.9 and newer.
   * @default - the public Sigstore
   */
  readonly trustedRootSecretName?: string;
}

/**
 * By whose signatures an artifact of a registry is believed. Secrets are in the namespace of the source.
 * @see https://fluxcd.io/flux/components/source/ocirepositories/#verification
 */
export class FluxOciVerification {
  /** By Cosign, with public keys in keys of a Secret that end in `.pub`. */
  public static cosignKeys(secretName: string): FluxOciVerification {
    return new FluxOciVerification({
      spec: { provider: source.OciRepositorySpecVerifyProvider.COSIGN, secretRef: { name: secretName } },
      secrets: [{ prop: 'verification', secretName, keys: { '*.pub': 'public key of Cosign, in PEM form' } }],
    });
  }

  /** By Cosign, without keys: by the identities that have signed. */
  public static cosignKeyless(options: FluxKeylessOptions): FluxOciVerification {
    const { identities, trustedRootSecretName } = options;
    return new FluxOciVerification({
      spec: {
        provider: source.OciRepositorySpecVerifyProvider.COSIGN,
        matchOidcIdentity: identities.map(({ issuer, subject }) => ({ issuer, subject })),
        trustedRootSecretRef: trustedRootSecretName === undefined ? undefined : { name: trustedRootSecretName },
      },
      secrets: trustedRootSecretName === undefined ? [] : [{
        prop: 'trustedRootSecretName', secretName: trustedRootSecretName, keys: { 'trusted_root.json': 'trusted root of the own Sigstore' },
      }],
      broken: [
        ...broken(FLUX_OCI_VERIFY, identities.length === 0, { what: 'identities is empty, so that a signature of anybody would be good', allowed: 'one identity or more' }),
        ...identities.flatMap(({ issuer, subject }) => Object.entries({ issuer, subject }).flatMap(([prop, pattern]) => [
          ...emptyTexts(FLUX_OCI_VERIFY, { [`${prop} of an identity`]: pattern }),
          ...goRegexpMistakes(FLUX_OCI_VERIFY, `${prop} of an identity`, pattern),
        ])),
      ],
      features: [['trustedRootSecretName', FluxVersion.V2_9, trustedRootSecretName !== undefined]],
    });
  }

  /** By Notation, with a policy in key `trustpolicy.json` of a Secret, and certificates in keys that end in `.crt` or `.pem`. */
  public static notation(secretName: string): FluxOciVerification {
    return new FluxOciVerification({
      spec: { provider: source.OciRepositorySpecVerifyProvider.NOTATION, secretRef: { name: secretName } },
      secrets: [{ prop: 'verification', secretName, keys: { 'trustpolicy.json': 'trust policy of Notation', '*.crt': 'certificate by which signatures are believed, in PEM form' } }],
    });
  }

  private constructor(/** @internal */ public readonly _part: FluxPart<source.OciRepositorySpecVerify>) {}
}

/** Warns that the proxy is not asked for what keyless verification needs. */
export function checkKeylessProxy(object: FluxObject, verification: FluxOciVerification | undefined, proxySecretName: string | undefined): void {
  if (verification?._part.spec.matchOidcIdentity === undefined || proxySecretName === undefined) return;
  checkAtSynth(object, FLUX_KEYLESS_PROXY, () => [{
    what: 'verification is without keys, and proxySecretName is given, which is not used for it',
    allowed: 'a way to Sigstore without proxy, or one in the environment of source-controller',
  }]);
}
