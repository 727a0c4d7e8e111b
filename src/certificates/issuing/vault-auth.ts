import { IssuerPart } from './issuer-part';
import * as certManager from '../../../imports/cert-manager.io';
import { Broken, broken, emptyTexts, secretNameMistakes } from '../../core/broken';
import { defineRule, RuleLevel } from '../../core/rule';
import { SecretKey } from '../../core/secret-key';
import { secretRef } from '../secret-ref';
import { ISSUER_WEBHOOK } from '../sources';

export const VAULT = defineRule({
  id: 'CERT-VAULT',
  level: RuleLevel.ERROR,
  statement: 'A Vault issuer has a server, a path without .., one way to log in with all that it needs, and a client certificate together with its key.',
  source: `${ISSUER_WEBHOOK}: "please supply one of: appRole, kubernetes, tokenSecretRef, clientCertificate, aws", "must not contain '..' path segments"`,
});

/** How cert-manager logs in with the client certificate of a connection. */
export interface VaultClientCertificateAuthOptions {
  /**
   * Where the way of login is mounted. A `..` in it throws.
   * @default /v1/auth/cert
   */
  readonly mountPath?: string;
  /**
   * Name of the certificate role.
   * @default - any that fits
   */
  readonly role?: string;
}

/** How cert-manager logs in as a ServiceAccount. */
export interface VaultKubernetesAuthOptions {
  /**
   * Where the way of login is mounted. A `..` in it throws.
   * @default /v1/auth/kubernetes
   */
  readonly mountPath?: string;
  /**
   * For whom a token is, besides Vault itself.
   * @default - none
   */
  readonly audiences?: string[];
}

/** How cert-manager logs in by AWS IAM. */
export interface VaultAwsAuthOptions {
  /**
   * Where the way of login is mounted. A `..` in it throws.
   * @default /v1/auth/aws
   */
  readonly mountPath?: string;
  /**
   * Region.
   * @default - that of cert-manager's own pod
   */
  readonly region?: string;
  /**
   * ServiceAccount whose tokens are used; throws without `iamRoleArn`.
   * @default - the identity of cert-manager's own pod
   */
  readonly serviceAccountName?: string;
  /**
   * ARN of the role that the ServiceAccount takes on.
   * @default - none
   */
  readonly iamRoleArn?: string;
  /**
   * Value of the header that Vault demands against replays.
   * @default - none
   */
  readonly headerValue?: string;
}

type Auth = certManager.IssuerSpecVaultAuth;

/**
 * How cert-manager logs in at Vault.
 * @see https://cert-manager.io/docs/configuration/vault/
 */
export class VaultAuth {
  /** With a token. */
  public static token(token: SecretKey): VaultAuth {
    return new VaultAuth({ spec: { tokenSecretRef: secretRef(token) }, secrets: [{ prop: 'vault token', secret: token, value: 'Vault token' }], broken: [] });
  }

  /**
   * With an AppRole.
   *
   * @param roleId id of the role; an empty one throws
   * @param secretId where the secret id is
   * @param path where the way of login is mounted; an empty one, or one with `..`, throws
   */
  public static appRole(roleId: string, secretId: SecretKey, path: string = 'approle'): VaultAuth {
    return new VaultAuth({
      spec: { appRole: { roleId, path, secretRef: secretRef(secretId) } },
      secrets: [{ prop: 'vault secretId', secret: secretId, value: 'secret id of the AppRole' }],
      broken: [...emptyTexts(VAULT, { 'roleId of the AppRole': roleId, 'path of the AppRole': path }), ...pathMistakes('path of the AppRole', path)],
    });
  }

  /** With the client certificate in a Secret of type `kubernetes.io/tls`; the server's URL has to be https. An invalid name throws. */
  public static clientCertificate(secretName: string, options: VaultClientCertificateAuthOptions = {}): VaultAuth {
    const { mountPath, role: name } = options;
    return new VaultAuth({
      spec: { clientCertificate: { secretName, mountPath, name } },
      secrets: [{ prop: 'vault clientCertificate', secret: { secretName, keys: 'tls.crt, tls.key' }, value: 'client certificate and its key, in PEM form' }],
      broken: [...secretNameMistakes(VAULT, 'secretName of the client certificate', secretName), ...pathMistakes('mountPath', mountPath)],
    });
  }

  /** As a ServiceAccount, for which cert-manager needs permission to ask for tokens. An empty role or name throws. */
  public static kubernetes(role: string, serviceAccountName: string, options: VaultKubernetesAuthOptions = {}): VaultAuth {
    const { mountPath, audiences } = options;
    return new VaultAuth({
      spec: { kubernetes: { role, mountPath, serviceAccountRef: { name: serviceAccountName, audiences } } },
      secrets: [],
      broken: [...emptyTexts(VAULT, { 'role at Vault': role, 'serviceAccountName for Vault': serviceAccountName }), ...pathMistakes('mountPath', mountPath)],
    });
  }

  /** With the token of a ServiceAccount in a Secret, which does not expire. An empty role throws. */
  public static kubernetesToken(role: string, token: SecretKey, mountPath?: string): VaultAuth {
    return new VaultAuth({
      spec: { kubernetes: { role, mountPath, secretRef: secretRef(token) } },
      secrets: [{ prop: 'vault ServiceAccount token', secret: token, value: 'token of a ServiceAccount' }],
      broken: [...emptyTexts(VAULT, { 'role at Vault': role }), ...pathMistakes('mountPath', mountPath)],
    });
  }

  /** By AWS IAM, which takes a cert-manager of 1.21 or newer. An empty role throws. */
  public static aws(role: string, options: VaultAwsAuthOptions = {}): VaultAuth {
    const { mountPath, region, serviceAccountName, iamRoleArn, headerValue } = options;
    const serviceAccountRef = serviceAccountName ? { name: serviceAccountName } : undefined;
    return new VaultAuth({
      spec: { aws: { role, mountPath, region, iamRoleArn, vaultHeaderValue: headerValue, serviceAccountRef } },
      secrets: [],
      broken: [
        ...emptyTexts(VAULT, { 'role at Vault': role }),
        ...pathMistakes('mountPath', mountPath),
        ...broken(VAULT, Boolean(serviceAccountName) && !iamRoleArn, {
          what: 'serviceAccountName is given without iamRoleArn',
          allowed: 'both',
          fix: 'give the ARN of the role that the ServiceAccount takes on',
        }),
      ],
    });
  }

  private constructor(/** @internal */ public readonly _part: IssuerPart<Auth>) {}
}

/** A path at Vault goes down only. */
export function pathMistakes(prop: string, path: string = ''): Broken[] {
  return broken(VAULT, path.split('/').includes('..'), { what: `${prop} is '${path}'`, allowed: 'a path without ..' });
}
