import { ACME_SOLVER_INVALID } from './acme-rules';
import { AzureDnsOptions, azureDns } from './azure-dns';
import { Rfc2136Options, rfc2136 } from './rfc2136';
import { Route53Options, route53 } from './route53';
import * as certManager from '../../../imports/cert-manager.io';
import { emptyTexts } from '../../core/broken';
import { SecretKey } from '../../core/secret-key';
import { IssuerPart } from '../issuing/issuer-part';
import { secretRef } from '../secret-ref';

/** Google Cloud DNS. */
export interface CloudDnsOptions {
  /** Project that has the zone. An empty one throws. */
  readonly project: string;
  /**
   * Where the key of the service account is, in JSON.
   * @default - the credentials of cert-manager's own pod
   */
  readonly serviceAccount?: SecretKey;
  /**
   * Name of the managed zone.
   * @default - cert-manager finds it
   */
  readonly hostedZoneName?: string;
}

/** Akamai Edge DNS. */
export interface AkamaiOptions {
  /** Host of the API, as the credentials name it. An empty one throws. */
  readonly serviceConsumerDomain: string;
  /** Where the client token is. */
  readonly clientToken: SecretKey;
  /** Where the client secret is. */
  readonly clientSecret: SecretKey;
  /** Where the access token is. */
  readonly accessToken: SecretKey;
}

/** A solver of somebody else, which cert-manager calls. */
export interface Dns01WebhookOptions {
  /** API group under which the solver is installed. An empty one throws. */
  readonly groupName: string;
  /** Name of the solver. An empty one throws. */
  readonly solverName: string;
  /**
   * What the solver wants to know. It is written to the output as it is: refer to Secrets in the way that the solver has for it.
   * @default - nothing
   */
  readonly config?: { [option: string]: any };
}

type Dns01 = certManager.IssuerSpecAcmeSolversDns01;

/**
 * Where the records that prove a name are written. All Secrets are in the issuer's namespace; those of a ClusterIssuer are in cert-manager's
 * cluster resource namespace.
 * @see https://cert-manager.io/docs/configuration/acme/dns01/
 */
export class Dns01Provider {
  /** Amazon Route 53. */
  public static route53(options: Route53Options = {}): Dns01Provider {
    return new Dns01Provider(route53(options));
  }

  /** Cloudflare, with a token for one or more zones. */
  public static cloudflareToken(token: SecretKey): Dns01Provider {
    return new Dns01Provider({
      spec: { cloudflare: { apiTokenSecretRef: secretRef(token) } },
      secrets: [{ prop: 'cloudflare token', secret: token, value: 'API token of Cloudflare' }],
      broken: [],
    });
  }

  /** Cloudflare, with the key of a whole account and its email address, which throws if it is empty. */
  public static cloudflareKey(email: string, key: SecretKey): Dns01Provider {
    return new Dns01Provider({
      spec: { cloudflare: { email, apiKeySecretRef: secretRef(key) } },
      secrets: [{ prop: 'cloudflare key', secret: key, value: 'API key of the Cloudflare account' }],
      broken: emptyTexts(ACME_SOLVER_INVALID, { 'email of Cloudflare': email }),
    });
  }

  /** Google Cloud DNS. */
  public static cloudDns(options: CloudDnsOptions): Dns01Provider {
    const { project, serviceAccount, hostedZoneName } = options;
    return new Dns01Provider({
      spec: { cloudDns: { project, hostedZoneName, serviceAccountSecretRef: serviceAccount && secretRef(serviceAccount) } },
      secrets: serviceAccount ? [{ prop: 'cloudDns serviceAccount', secret: serviceAccount, value: 'key of the Google service account, in JSON' }] : [],
      broken: emptyTexts(ACME_SOLVER_INVALID, { 'project of Cloud DNS': project }),
    });
  }

  /** Azure DNS. */
  public static azureDns(options: AzureDnsOptions): Dns01Provider {
    return new Dns01Provider(azureDns(options));
  }

  /** DigitalOcean. */
  public static digitalOcean(token: SecretKey): Dns01Provider {
    return new Dns01Provider({
      spec: { digitalocean: { tokenSecretRef: secretRef(token) } },
      secrets: [{ prop: 'digitalOcean token', secret: token, value: 'API token of DigitalOcean' }],
      broken: [],
    });
  }

  /**
   * A server of acme-dns.
   *
   * @param host URL of its API; an empty one throws
   * @param account where the accounts are, in JSON, by domain
   * @see https://github.com/joohoi/acme-dns
   */
  public static acmeDns(host: string, account: SecretKey): Dns01Provider {
    return new Dns01Provider({
      spec: { acmeDns: { host, accountSecretRef: secretRef(account) } },
      secrets: [{ prop: 'acmeDns account', secret: account, value: 'accounts of acme-dns by domain, in JSON' }],
      broken: emptyTexts(ACME_SOLVER_INVALID, { 'host of acme-dns': host }),
    });
  }

  /** A DNS server that takes updates as RFC 2136 describes them. */
  public static rfc2136(options: Rfc2136Options): Dns01Provider {
    return new Dns01Provider(rfc2136(options));
  }

  /** Akamai Edge DNS. */
  public static akamai(options: AkamaiOptions): Dns01Provider {
    const { serviceConsumerDomain, clientToken, clientSecret, accessToken } = options;
    return new Dns01Provider({
      spec: {
        akamai: {
          serviceConsumerDomain,
          clientTokenSecretRef: secretRef(clientToken),
          clientSecretSecretRef: secretRef(clientSecret),
          accessTokenSecretRef: secretRef(accessToken),
        },
      },
      secrets: Object.entries({ clientToken, clientSecret, accessToken }).map(([prop, secret]) => ({ prop: `akamai ${prop}`, secret, value: `${prop} of Akamai` })),
      broken: emptyTexts(ACME_SOLVER_INVALID, { 'serviceConsumerDomain of Akamai': serviceConsumerDomain }),
    });
  }

  /** A solver that somebody else provides. */
  public static webhook(options: Dns01WebhookOptions): Dns01Provider {
    const { groupName, solverName, config } = options;
    return new Dns01Provider({
      spec: { webhook: { groupName, solverName, config } },
      secrets: [],
      broken: emptyTexts(ACME_SOLVER_INVALID, { 'groupName of the webhook': groupName, 'solverName of the webhook': solverName }),
    });
  }

  private constructor(/** @internal */ public readonly _part: IssuerPart<Dns01>) {}
}
