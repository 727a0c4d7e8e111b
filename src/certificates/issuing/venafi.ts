import { CaBundle } from './ca-bundle';
import { IssuerPart } from './issuer-part';
import * as certManager from '../../../imports/cert-manager.io';
import { emptyTexts, secretNameMistakes, urlMistakes } from '../../core/broken';
import { defineRule, RuleLevel } from '../../core/rule';
import { SecretKey } from '../../core/secret-key';
import { secretRef } from '../secret-ref';
import { ISSUER_WEBHOOK } from '../sources';

export const VENAFI = defineRule({
  id: 'CERT-VENAFI',
  level: RuleLevel.ERROR,
  statement: 'A Venafi issuer has a zone and one platform, with its URL and its credentials.',
  source: `${ISSUER_WEBHOOK}: "please supply one of: tpp, cloud, ngts"`,
});

/** Where the Next Generation Trust Services are, if not at their usual place. */
export interface VenafiNgtsOptions {
  /**
   * URL of the API. Anything but https throws.
   * @default https://api.strata.paloaltonetworks.com/ngts
   */
  readonly url?: string;
  /**
   * URL that gives tokens. Anything but https throws.
   * @default https://auth.apps.paloaltonetworks.com/oauth2/access_token
   */
  readonly tokenEndpoint?: string;
}

type Venafi = Omit<certManager.IssuerSpecVenafi, 'zone'>;

/**
 * Which of the platforms that once were Venafi's.
 * @see https://cert-manager.io/docs/configuration/venafi/
 */
export class VenafiPlatform {
  /**
   * The self-hosted one (TPP).
   *
   * @param url of its API, such as `https://tpp.example.com/vedsdk`; anything but a URL throws
   * @param credentialsSecretName Secret with the key `access-token`, or with `username` and `password`; an invalid name throws
   * @param caBundle by which the server is verified; @default - the certificates of cert-manager's image
   */
  public static tpp(url: string, credentialsSecretName: string, caBundle?: CaBundle): VenafiPlatform {
    return new VenafiPlatform({
      spec: { tpp: { url, credentialsRef: { name: credentialsSecretName }, ...caBundle?._render() } },
      secrets: [
        { prop: 'credentialsSecretName', secret: { secretName: credentialsSecretName, keys: 'access-token, or username and password' }, value: 'credentials of the platform' },
        ...caBundle?._secrets() ?? [],
      ],
      broken: [...urlMistakes(VENAFI, 'url', url, ['https:', 'http:']), ...secretNameMistakes(VENAFI, 'credentialsSecretName', credentialsSecretName), ...caBundle?._broken() ?? []],
    });
  }

  /**
   * The one in the cloud.
   *
   * @param apiToken where its API key is
   * @param url of its API, https only; @default - `https://api.venafi.cloud/`
   */
  public static cloud(apiToken: SecretKey, url?: string): VenafiPlatform {
    return new VenafiPlatform({
      spec: { cloud: { url, apiTokenSecretRef: secretRef(apiToken) } },
      secrets: [{ prop: 'apiToken', secret: apiToken, value: 'API key of the platform' }],
      broken: url === undefined ? [] : urlMistakes(VENAFI, 'url', url, ['https:']),
    });
  }

  /**
   * Next Generation Trust Services, for cert-manager 1.21 and newer.
   *
   * @param tsgId id of the tenant service group; an empty one throws
   * @param credentialsSecretName Secret with the keys `client-id` and `client-secret`; an invalid name throws
   */
  public static ngts(tsgId: string, credentialsSecretName: string, options: VenafiNgtsOptions = {}): VenafiPlatform {
    const { url, tokenEndpoint } = options;
    return new VenafiPlatform({
      spec: { ngts: { tsgId, credentialsRef: { name: credentialsSecretName }, url, tokenEndpoint } },
      secrets: [{ prop: 'credentialsSecretName', secret: { secretName: credentialsSecretName, keys: 'client-id, client-secret' }, value: 'OAuth client of the platform' }],
      broken: [
        ...emptyTexts(VENAFI, { tsgId }),
        ...secretNameMistakes(VENAFI, 'credentialsSecretName', credentialsSecretName),
        ...Object.entries({ url, tokenEndpoint }).flatMap(([prop, text]) => text === undefined ? [] : urlMistakes(VENAFI, prop, text, ['https:'])),
      ],
    });
  }

  private constructor(/** @internal */ public readonly _part: IssuerPart<Venafi>) {}
}

/** A Venafi issuer as a part of its spec. */
export function venafiIssuer(zone: string, { _part: { spec, secrets, broken } }: VenafiPlatform): IssuerPart<certManager.IssuerSpec> {
  return { spec: { venafi: { zone, ...spec } }, secrets, broken: [...emptyTexts(VENAFI, { zone }), ...broken] };
}
