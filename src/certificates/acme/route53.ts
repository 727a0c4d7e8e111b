import { ACME_SOLVER_INVALID } from './acme-rules';
import * as certManager from '../../../imports/cert-manager.io';
import { broken, emptyTexts } from '../../core/broken';
import { SecretKey } from '../../core/secret-key';
import { IssuerPart } from '../issuing/issuer-part';
import { secretRef } from '../secret-ref';

type Route53 = certManager.IssuerSpecAcmeSolversDns01Route53;

/** As whom cert-manager asks Route 53. */
export class Route53Credentials {
  /**
   * With an access key, whose id may be read. An empty id throws.
   *
   * @param secretAccessKey where the secret part is
   */
  public static accessKey(accessKeyId: string, secretAccessKey: SecretKey): Route53Credentials {
    return new Route53Credentials({
      spec: { accessKeyId, secretAccessKeySecretRef: secretRef(secretAccessKey) },
      secrets: [{ prop: 'route53 secretAccessKey', secret: secretAccessKey, value: 'AWS secret access key' }],
      broken: emptyTexts(ACME_SOLVER_INVALID, { 'accessKeyId of Route 53': accessKeyId }),
    });
  }

  /** With an access key, both parts of which are in Secrets. */
  public static accessKeyFromSecret(accessKeyId: SecretKey, secretAccessKey: SecretKey): Route53Credentials {
    return new Route53Credentials({
      spec: { accessKeyIdSecretRef: secretRef(accessKeyId), secretAccessKeySecretRef: secretRef(secretAccessKey) },
      secrets: [
        { prop: 'route53 accessKeyId', secret: accessKeyId, value: 'AWS access key id' },
        { prop: 'route53 secretAccessKey', secret: secretAccessKey, value: 'AWS secret access key' },
      ],
      broken: [],
    });
  }

  /**
   * With tokens of a ServiceAccount, for which cert-manager needs permission to ask. Without a `role` beside it, Route 53 is asked as nobody: that
   * throws.
   *
   * @param audiences for whom the tokens are; @default - `sts.amazonaws.com`
   */
  public static serviceAccount(name: string, audiences?: string[]): Route53Credentials {
    return new Route53Credentials({
      spec: { auth: { kubernetes: { serviceAccountRef: { name, audiences } } } }, secrets: [], broken: emptyTexts(ACME_SOLVER_INVALID, { 'ServiceAccount for Route 53': name }),
    });
  }

  private constructor(/** @internal */ public readonly _part: IssuerPart<Route53>) {}
}

/** Amazon Route 53. */
export interface Route53Options {
  /**
   * As whom cert-manager asks.
   * @default - the credentials of cert-manager's own pod
   */
  readonly credentials?: Route53Credentials;
  /**
   * ARN of a role that it takes on.
   * @default - none
   */
  readonly role?: string;
  /**
   * Region.
   * @default - that of cert-manager's own pod
   */
  readonly region?: string;
  /**
   * Id of the zone; then cert-manager needs no permission to list zones.
   * @default - cert-manager finds it
   */
  readonly hostedZoneId?: string;
}

/** Route 53 as a part of a solver. */
export function route53({ credentials, role, region, hostedZoneId }: Route53Options): IssuerPart<certManager.IssuerSpecAcmeSolversDns01> {
  const part = credentials?._part;
  return {
    spec: { route53: { ...part?.spec, role, region, hostedZoneId } },
    secrets: part?.secrets ?? [],
    broken: [
      ...part?.broken ?? [],
      ...broken(ACME_SOLVER_INVALID, part?.spec.auth !== undefined && !role, {
        what: 'Route 53 has a ServiceAccount as credentials and no role',
        allowed: 'a role that the ServiceAccount may take on',
        fix: 'give role',
      }),
    ],
  };
}
