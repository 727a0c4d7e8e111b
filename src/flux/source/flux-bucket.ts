import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { FluxBucketAccess } from './bucket-access';
import { FluxClientTls } from './client-tls';
import { ExistingFluxObjectOptions, ExistingFluxSource, FluxSource } from './flux-source';
import { artifactOptions, FluxArtifactOptions, renderSourceOptions } from './source-options';
import { checkClear, schemeMistakes } from './source-rules';
import * as source from '../../../imports/source.toolkit.fluxcd.io';
import { Broken, broken } from '../../core/broken';
import { defineRule, RuleLevel } from '../../core/rule';
import { fluxResource, identityOf } from '../flux-object';
import { takeParts } from '../flux-part';

export const FLUX_BUCKET = defineRule({
  id: 'FLUX-BUCKET',
  level: RuleLevel.ERROR,
  statement: 'A bucket has a name and an endpoint as its provider wants them.',
  source: 'https://fluxcd.io/flux/components/source/buckets/: a host for S3 and Google Cloud, a URL for Azure; certificates are for servers of your own',
});

/** A bucket with manifests. */
export interface FluxBucketProps extends FluxArtifactOptions {
  /** Its name. One that no provider allows throws. */
  readonly bucketName: string;
  /** Where it is: a host, with a port or not, such as `s3.amazonaws.com`; for Azure a URL. Anything else throws. */
  readonly endpoint: string;
  /** Whose it is, and how Flux proves itself there. */
  readonly access: FluxBucketAccess;
  /**
   * Its region.
   * @default - the server knows
   */
  readonly region?: string;
  /**
   * What the names of the objects begin with that are fetched. At Azure, where Flux ignores it, it throws.
   * @default - all are
   */
  readonly prefix?: string;
  /**
   * How the TLS of a server of your own is proved. It throws for one of a cloud.
   * @default - by the CAs of Flux's image
   */
  readonly tls?: FluxClientTls;
  /**
   * Whether the server has no TLS; guarded.
   * @default false
   */
  readonly insecure?: boolean;
}

/**
 * A bucket from which Flux applies.
 * @see https://fluxcd.io/flux/components/source/buckets/
 */
export class FluxBucket extends FluxSource {
  /** A Bucket that exists already. An invalid name or namespace throws. */
  public static fromBucketName(scope: Construct, id: string, name: string, options: ExistingFluxObjectOptions = {}): FluxSource {
    return new ExistingFluxSource(scope, id, 'Bucket', name, options);
  }

  public readonly kind: string = 'Bucket';
  public readonly objectName: string;
  public readonly namespace: string;
  /** The Bucket. */
  public readonly apiObject: ApiObject;

  constructor(scope: Construct, id: string, props: FluxBucketProps) {
    super(scope, id);
    ({ name: this.objectName, namespace: this.namespace } = identityOf(this, props));
    const { bucketName, endpoint, access, region, prefix, tls, insecure } = props;
    const options = artifactOptions(props);
    takeParts(this, [access._part, { broken: bucketMistakes(props) }, tls?._part, options]);
    checkClear(this, 'insecure is true', insecure === true);
    this.apiObject = fluxResource(this, this.kind, props, source.toJson_BucketSpec({
      bucketName, endpoint, ...access._part.spec, region, prefix, ...tls?._part.spec, ...renderSourceOptions(this, props), ...options.spec, insecure,
    }));
  }
}

const HOST = /^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?(:\d{1,5})?$/;

function bucketMistakes({ bucketName, endpoint, access, prefix, tls }: FluxBucketProps): Broken[] {
  const { provider } = access._part.spec;
  return [
    ...broken(FLUX_BUCKET, !/^[a-z0-9][a-z0-9._-]{1,220}[a-z0-9]$/.test(bucketName), {
      what: `bucketName is '${bucketName}'`, allowed: 'at least 3 lower-case letters, digits, ., _ and -, beginning and ending with a letter or digit',
    }),
    ...provider === source.BucketSpecProvider.AZURE ? schemeMistakes(endpoint, ['https:', 'http:'], 'endpoint') : broken(FLUX_BUCKET, !HOST.test(endpoint), {
      what: `endpoint is '${endpoint}'`, allowed: 'a host, with a port or not, and without https://',
    }),
    ...broken(FLUX_BUCKET, prefix !== undefined && provider === source.BucketSpecProvider.AZURE, {
      what: `prefix is '${prefix}', which Flux ignores at Azure`, allowed: 'prefix for other providers', fix: 'give ignore',
    }),
    ...broken(FLUX_BUCKET, tls !== undefined && provider !== source.BucketSpecProvider.GENERIC, {
      what: `tls is given for a bucket of ${provider}`, allowed: 'tls for servers of your own: FluxBucketAccess.anonymous, accessKey or ldap',
    }),
  ];
}
