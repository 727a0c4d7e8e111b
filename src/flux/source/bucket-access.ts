import { FluxClientTls } from './client-tls';
import { FluxWorkloadIdentityOptions } from './git-auth';
import { FLUX_SOURCE_URL, schemeMistakes } from './source-rules';
import * as source from '../../../imports/source.toolkit.fluxcd.io';
import { broken } from '../../core/broken';
import { FluxPart, FluxSecret } from '../flux-part';
import { FluxVersion } from '../flux-version';
import { serviceAccountMistakes } from '../name-mistakes';

type Access = Pick<source.BucketSpec, 'provider' | 'secretRef' | 'serviceAccountName' | 'sts'>;

/** What a Secret has for a container of Azure. */
export enum FluxAzureCredentials {
  /** Key `accountKey`. */
  ACCOUNT_KEY = 'accountKey',
  /** Key `sasKey`. */
  SAS_KEY = 'sasKey',
  /** Keys `tenantId`, `clientId` and `clientSecret`. */
  CLIENT_SECRET = 'clientSecret',
  /** Keys `tenantId`, `clientId` and `clientCertificate`. */
  CLIENT_CERTIFICATE = 'clientCertificate',
  /** Key `clientId`. */
  MANAGED_IDENTITY = 'clientId',
}

/** An identity of AWS. */
export interface FluxAwsBucketOptions extends FluxWorkloadIdentityOptions {
  /**
   * URL of the Security Token Service, such as that of a private link. What is none of AWS throws.
   * @default - that of the region
   */
  readonly stsEndpoint?: string;
}

/** Credentials that an LDAP user gets from the server. */
export interface FluxLdapOptions {
  /** URL of the Security Token Service. What is no URL with https:// or http:// throws. */
  readonly endpoint: string;
  /** Name of the Secret that has the user: keys `username` and `password`. */
  readonly secretName: string;
  /**
   * How its TLS is proved.
   * @default - by the CAs of Flux's image
   */
  readonly tls?: FluxClientTls;
}

/**
 * Whose a bucket is, and how Flux proves itself there. All Secrets are in the namespace of the source.
 * @see https://fluxcd.io/flux/components/source/buckets/#provider
 */
export class FluxBucketAccess {
  /** A bucket that anybody may read, at any server that speaks S3. */
  public static anonymous(): FluxBucketAccess {
    return new FluxBucketAccess({ spec: { provider: GENERIC } });
  }

  /** At any server that speaks S3, by keys `accesskey` and `secretkey` of a Secret. */
  public static accessKey(secretName: string): FluxBucketAccess {
    return FluxBucketAccess.bySecret(GENERIC, secretName, ACCESS_KEY);
  }

  /** At any server that speaks S3 and gives credentials to users of LDAP. */
  public static ldap(options: FluxLdapOptions): FluxBucketAccess {
    const { endpoint, secretName, tls } = options;
    return new FluxBucketAccess({
      spec: {
        provider: GENERIC,
        sts: { provider: source.BucketSpecStsProvider.LDAP, endpoint, secretRef: { name: secretName }, ...tls?._part.spec },
      },
      secrets: [{ prop: 'secretName of ldap', secretName, keys: { username: 'user of LDAP', password: 'password of the user' } }, ...tls?._part.secrets ?? []],
      broken: schemeMistakes(endpoint, ['https:', 'http:'], 'endpoint of ldap'),
    });
  }

  /** At AWS, by an identity of the cloud. */
  public static aws(options: FluxAwsBucketOptions = {}): FluxBucketAccess {
    const { stsEndpoint: endpoint } = options;
    const { spec, broken: mistakes = [], ...part } = identityPart(source.BucketSpecProvider.AWS, options);
    return new FluxBucketAccess({
      ...part,
      spec: { ...spec, sts: endpoint === undefined ? undefined : { provider: source.BucketSpecStsProvider.AWS, endpoint } },
      broken: [...mistakes, ...broken(FLUX_SOURCE_URL, endpoint !== undefined && !AWS_STS.test(endpoint), {
        what: `stsEndpoint is '${endpoint}'`, allowed: 'a URL such as https://sts.eu-west-1.amazonaws.com',
      })],
    });
  }

  /** At AWS, by keys `accesskey` and `secretkey` of a Secret. */
  public static awsAccessKey(secretName: string): FluxBucketAccess {
    return FluxBucketAccess.bySecret(source.BucketSpecProvider.AWS, secretName, ACCESS_KEY);
  }

  /** At Google Cloud, by an identity of the cloud. */
  public static gcp(options: FluxWorkloadIdentityOptions = {}): FluxBucketAccess {
    return new FluxBucketAccess(identityPart(source.BucketSpecProvider.GCP, options));
  }

  /** At Google Cloud, by key `serviceaccount` of a Secret. */
  public static gcpServiceAccountKey(secretName: string): FluxBucketAccess {
    return FluxBucketAccess.bySecret(source.BucketSpecProvider.GCP, secretName, { serviceaccount: 'key of the service account, in JSON' });
  }

  /** At Azure, by an identity of the cloud. */
  public static azure(options: FluxWorkloadIdentityOptions = {}): FluxBucketAccess {
    return new FluxBucketAccess(identityPart(source.BucketSpecProvider.AZURE, options));
  }

  /** At Azure, by what a Secret has. */
  public static azureSecret(secretName: string, credentials: FluxAzureCredentials): FluxBucketAccess {
    return FluxBucketAccess.bySecret(source.BucketSpecProvider.AZURE, secretName, AZURE_KEYS[credentials]);
  }

  private static bySecret(provider: source.BucketSpecProvider, secretName: string, keys: FluxSecret['keys']): FluxBucketAccess {
    return new FluxBucketAccess({ spec: { provider, secretRef: { name: secretName } }, secrets: [{ prop: 'access', secretName, keys }] });
  }

  private constructor(/** @internal */ public readonly _part: FluxPart<Access>) {}
}

const AWS_STS = /^https:\/\/(.+\.)?sts(-fips)?(\.[^.]+)?(\.vpce)?\.amazonaws\.com$/;
const GENERIC = source.BucketSpecProvider.GENERIC;
const ACCESS_KEY = { accesskey: 'id of the access key', secretkey: 'secret of the access key' };
const AZURE_CLIENT = { tenantId: 'id of the tenant', clientId: 'id of the client' };
const AZURE_KEYS: Record<FluxAzureCredentials, FluxSecret['keys']> = {
  [FluxAzureCredentials.ACCOUNT_KEY]: { accountKey: 'key of the storage account' },
  [FluxAzureCredentials.SAS_KEY]: { sasKey: 'shared access signature' },
  [FluxAzureCredentials.CLIENT_SECRET]: { ...AZURE_CLIENT, clientSecret: 'secret of the client' },
  [FluxAzureCredentials.CLIENT_CERTIFICATE]: { ...AZURE_CLIENT, clientCertificate: 'certificate of the client and its private key, in PEM form' },
  [FluxAzureCredentials.MANAGED_IDENTITY]: { clientId: 'id of the managed identity' },
};

function identityPart(provider: source.BucketSpecProvider, { serviceAccountName }: FluxWorkloadIdentityOptions): FluxPart<Access> {
  return {
    spec: { provider, serviceAccountName },
    broken: serviceAccountMistakes(serviceAccountName),
    features: [['serviceAccountName', FluxVersion.V2_7, serviceAccountName !== undefined]],
  };
}
