import { ACME_INVALID } from './acme-rules';
import { AcmeSolver } from './acme-solver';
import * as certManager from '../../../imports/cert-manager.io';
import { Broken, broken, emptyTexts, urlMistakes } from '../../core/broken';
import { SecretKey } from '../../core/secret-key';
import { isEmailAddress } from '../content/names';
import { base64, pemMistakes } from '../issuing/ca-bundle';
import { IssuerPart } from '../issuing/issuer-part';
import { secretRef } from '../secret-ref';

/** An account at the CA to which the ACME account is bound. */
export interface AcmeExternalAccount {
  /** Id of the key, as the CA names it. An empty one throws. */
  readonly keyId: string;
  /** Where the key is, in base64 for URLs without padding. */
  readonly key: SecretKey;
}

/**
 * An ACME server, such as Let's Encrypt.
 * @see https://cert-manager.io/docs/configuration/acme/
 */
export interface AcmeOptions {
  /** URL of its directory, such as `https://acme-v02.api.letsencrypt.org/directory`. Anything but https throws. */
  readonly server: string;
  /**
   * How names are proved. None throw, unless `externalAccount` stands for the names.
   * @default - none
   */
  readonly solvers?: AcmeSolver[];
  /**
   * Address to which the server writes about the account.
   * @default - none
   */
  readonly email?: string;
  /**
   * Where cert-manager keeps the key of the account. It makes the key if there is none: keep the Secret, and give several issuers of one account
   * the same.
   * @default - name of the issuer and `-account`, key `tls.key`
   */
  readonly accountKey?: SecretKey;
  /**
   * Whether the account exists, and its key must be in `accountKey`, which then has to be given; throws without.
   * @default false
   */
  readonly useExistingAccount?: boolean;
  /**
   * An account at the CA to which the ACME account is bound.
   * @default - none
   */
  readonly externalAccount?: AcmeExternalAccount;
  /**
   * Common name of the root to which the chain should lead, where the server offers several. More than 64 characters throw.
   * @default - the server's choice
   */
  readonly preferredChain?: string;
  /**
   * Profile of the server, such as `shortlived`.
   * @default - the server's choice
   */
  readonly profile?: string;
  /**
   * Whether the server is asked for the `duration` of a certificate; Let's Encrypt refuses it.
   * @default false
   */
  readonly requestDuration?: boolean;
  /**
   * Certificates in PEM form by which the server itself is verified. A text without certificates throws.
   * @default - those of cert-manager's image
   */
  readonly caBundle?: string;
  /**
   * Whether the server is not verified; guarded by rule CERT-ACME-UNVERIFIED, and it throws together with `caBundle`.
   * @default false
   */
  readonly skipTlsVerify?: boolean;
}

/** An ACME issuer as a part of its spec. */
export function acmeIssuer(options: AcmeOptions, issuerName: string): IssuerPart<certManager.IssuerSpec> {
  const { solvers = [], accountKey, externalAccount, caBundle } = options;
  const parts = solvers.map(({ _part }) => _part);
  return {
    spec: {
      acme: {
        server: options.server,
        email: options.email,
        privateKeySecretRef: accountKey ? secretRef(accountKey) : { name: `${issuerName}-account`, key: 'tls.key' },
        disableAccountKeyGeneration: options.useExistingAccount,
        externalAccountBinding: externalAccount && { keyId: externalAccount.keyId, keySecretRef: secretRef(externalAccount.key) },
        preferredChain: options.preferredChain,
        profile: options.profile,
        enableDurationFeature: options.requestDuration,
        caBundle: caBundle && base64(caBundle),
        skipTlsVerify: options.skipTlsVerify,
        solvers: solvers.length > 0 ? parts.map(({ spec }) => spec) : undefined,
      },
    },
    secrets: [
      ...accountKey && options.useExistingAccount ? [{ prop: 'accountKey', secret: accountKey, value: 'private key of the ACME account, in PEM form' }] : [],
      ...externalAccount ? [{ prop: 'externalAccount.key', secret: externalAccount.key, value: 'key of the external account, in base64 for URLs without padding' }] : [],
      ...parts.flatMap(({ secrets }) => secrets),
    ],
    broken: [...acmeMistakes(options), ...parts.flatMap((part) => part.broken)],
  };
}

function acmeMistakes(options: AcmeOptions): Broken[] {
  const { server, solvers = [], email, accountKey, externalAccount, preferredChain, caBundle } = options;
  return [
    ...urlMistakes(ACME_INVALID, 'server', server, ['https:']),
    ...broken(ACME_INVALID, solvers.length === 0 && !externalAccount, {
      what: 'the ACME issuer has no solvers',
      allowed: 'at least one, or an externalAccount whose names the server does not ask to prove',
      fix: 'give solvers: [AcmeSolver.http01IngressClass(\'<class>\')]',
    }),
    ...broken(ACME_INVALID, email !== undefined && !isEmailAddress(email), { what: `email is '${email}'`, allowed: 'an address such as ops@example.com' }),
    ...broken(ACME_INVALID, Boolean(options.useExistingAccount) && !accountKey, {
      what: 'useExistingAccount is true, and accountKey is not given',
      allowed: 'both',
      fix: 'give accountKey',
    }),
    ...externalAccount ? emptyTexts(ACME_INVALID, { 'externalAccount.keyId': externalAccount.keyId }) : [],
    ...broken(ACME_INVALID, (preferredChain?.length ?? 0) > 64, {
      what: `preferredChain '${preferredChain}' has ${preferredChain?.length} characters`,
      allowed: 'at most 64',
    }),
    ...broken(ACME_INVALID, caBundle !== undefined && Boolean(options.skipTlsVerify), {
      what: 'caBundle and skipTlsVerify are both given',
      allowed: 'one of them',
      fix: 'leave skipTlsVerify out',
    }),
    ...caBundle === undefined ? [] : pemMistakes('caBundle', caBundle),
  ];
}
