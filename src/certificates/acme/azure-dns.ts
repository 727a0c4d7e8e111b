import { ACME_SOLVER_INVALID } from './acme-rules';
import * as certManager from '../../../imports/cert-manager.io';
import { broken, emptyTexts } from '../../core/broken';
import { SecretKey } from '../../core/secret-key';
import { wire } from '../../core/wire';
import { IssuerPart } from '../issuing/issuer-part';
import { secretRef } from '../secret-ref';

type AzureDnsSpec = certManager.IssuerSpecAcmeSolversDns01AzureDns;
type AuthSpec = Pick<AzureDnsSpec, 'clientId' | 'clientSecretSecretRef' | 'tenantId' | 'managedIdentity'>;

/** Which cloud of Azure. */
export enum AzureDnsEnvironment {
  PUBLIC = 'AzurePublicCloud',
  CHINA = 'AzureChinaCloud',
  GERMANY = 'AzureGermanCloud',
  US_GOVERNMENT = 'AzureUSGovernmentCloud',
}

/** Which kind of zone. */
export enum AzureDnsZoneType {
  PUBLIC = 'AzurePublicZone',
  PRIVATE = 'AzurePrivateZone',
}

/** A managed identity: by its client id, with its tenant or not, or by its resource id. */
export interface AzureManagedIdentity {
  /**
   * Client id; it throws together with `resourceId`.
   * @default - none
   */
  readonly clientId?: string;
  /**
   * Resource id.
   * @default - none
   */
  readonly resourceId?: string;
  /**
   * Tenant; it throws without `clientId`.
   * @default - that of cert-manager's own pod
   */
  readonly tenantId?: string;
}

/** As whom cert-manager asks Azure. */
export class AzureDnsCredentials {
  /** A service principal. An empty tenant or client throws. */
  public static servicePrincipal(tenantId: string, clientId: string, clientSecret: SecretKey): AzureDnsCredentials {
    return new AzureDnsCredentials({
      spec: { tenantId, clientId, clientSecretSecretRef: secretRef(clientSecret) },
      secrets: [{ prop: 'azureDns clientSecret', secret: clientSecret, value: 'password of the service principal' }],
      broken: emptyTexts(ACME_SOLVER_INVALID, { 'tenantId of Azure': tenantId, 'clientId of Azure': clientId }),
    });
  }

  /** The identity of cert-manager's own pod, or another that is assigned to it. */
  public static managedIdentity(identity: AzureManagedIdentity = {}): AzureDnsCredentials {
    const { clientId, resourceId, tenantId } = identity;
    return new AzureDnsCredentials({
      spec: { managedIdentity: { clientId, resourceId, tenantId } },
      secrets: [],
      broken: [
        ...broken(ACME_SOLVER_INVALID, Boolean(clientId && resourceId), {
          what: 'clientId and resourceId of a managed identity are both given',
          allowed: 'one of them',
        }),
        ...broken(ACME_SOLVER_INVALID, Boolean(tenantId) && !clientId, { what: 'tenantId of a managed identity is given without clientId', allowed: 'both' }),
      ],
    });
  }

  private constructor(/** @internal */ public readonly _part: IssuerPart<AuthSpec>) {}
}

/** Azure DNS. */
export interface AzureDnsOptions {
  /** Subscription that has the zone. An empty one throws. */
  readonly subscriptionId: string;
  /** Resource group that has the zone. An empty one throws. */
  readonly resourceGroupName: string;
  /**
   * As whom cert-manager asks.
   * @default - the identity of cert-manager's own pod
   */
  readonly credentials?: AzureDnsCredentials;
  /**
   * Name of the zone.
   * @default - cert-manager finds it
   */
  readonly hostedZoneName?: string;
  /**
   * Which cloud.
   * @default AzureDnsEnvironment.PUBLIC
   */
  readonly environment?: AzureDnsEnvironment;
  /**
   * Which kind of zone.
   * @default AzureDnsZoneType.PUBLIC
   */
  readonly zoneType?: AzureDnsZoneType;
}

/** Azure DNS as a part of a solver. */
export function azureDns({ credentials, environment, zoneType, ...zone }: AzureDnsOptions): IssuerPart<certManager.IssuerSpecAcmeSolversDns01> {
  const part = credentials?._part;
  return {
    spec: { azureDns: { ...part?.spec, ...zone, environment: wire(environment), zoneType: wire(zoneType) } },
    secrets: part?.secrets ?? [],
    broken: [
      ...part?.broken ?? [],
      ...emptyTexts(ACME_SOLVER_INVALID, { 'subscriptionId of Azure': zone.subscriptionId, 'resourceGroupName of Azure': zone.resourceGroupName }),
    ],
  };
}
