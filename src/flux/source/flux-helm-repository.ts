import { ApiObject, Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { FluxClientTls } from './client-tls';
import { ExistingFluxObjectOptions, ExistingFluxSource, FluxSource } from './flux-source';
import { FluxHelmRepositoryAuth } from './helm-repository-auth';
import { FluxSourceOptions, renderSourceOptions } from './source-options';
import { checkClear, cloudRegistryMistakes, ociUrlMistakes, schemeMistakes } from './source-rules';
import * as source from '../../../imports/source.toolkit.fluxcd.io';
import { Broken, broken } from '../../core/broken';
import { defineRule, RuleLevel } from '../../core/rule';
import { fluxResource, identityOf } from '../flux-object';
import { takeParts } from '../flux-part';

export const FLUX_HELM_REPOSITORY = defineRule({
  id: 'FLUX-HELM-REPOSITORY',
  level: RuleLevel.ERROR,
  statement: 'A repository of charts is given what its protocol has: a registry logins of registries, a server with an index an interval and a timeout.',
  source: 'https://fluxcd.io/flux/components/source/helmrepositories/: fields of the other type are ignored',
});

/** A repository of Helm charts. */
export interface FluxHelmRepositoryProps extends FluxSourceOptions {
  /** URL with https://, or with oci:// for a registry, then without the name of the chart. Credentials in it throw; http:// is guarded. */
  readonly url: string;
  /**
   * How Flux proves itself.
   * @default - it does not: the repository is public
   */
  readonly auth?: FluxHelmRepositoryAuth;
  /**
   * How the TLS of the server is proved, if not by public CAs.
   * @default - by the CAs of Flux's image
   */
  readonly tls?: FluxClientTls;
  /**
   * Whether the credentials go to other hosts too, if the index has URLs of charts there. With oci:// it throws.
   * @default false
   */
  readonly passCredentials?: boolean;
  /**
   * Whether the registry has no TLS; guarded. Without oci:// it throws.
   * @default false
   */
  readonly insecure?: boolean;
}

/**
 * A repository of Helm charts. For one chart of a registry, a `FluxOciRepository` with `FluxOciLayer.helmChart()` is better: it reports what is wrong with
 * the registry, can verify identities, and can be pinned to a digest. A HelmRepository with oci:// is looked at only when a chart is installed.
 *
 * `accessFrom`, which Flux does not implement, is not offered.
 * @see https://fluxcd.io/flux/components/source/helmrepositories/
 */
export class FluxHelmRepository extends FluxSource {
  /** A HelmRepository that exists already. An invalid name or namespace throws. */
  public static fromHelmRepositoryName(scope: Construct, id: string, name: string, options: ExistingFluxObjectOptions = {}): FluxSource {
    return new ExistingFluxSource(scope, id, 'HelmRepository', name, options);
  }

  public readonly kind: string = 'HelmRepository';
  public readonly objectName: string;
  public readonly namespace: string;
  /** The HelmRepository. */
  public readonly apiObject: ApiObject;

  constructor(scope: Construct, id: string, props: FluxHelmRepositoryProps) {
    super(scope, id);
    ({ name: this.objectName, namespace: this.namespace } = identityOf(this, props));
    const { url, auth, tls, passCredentials, insecure } = props;
    const registry = url.startsWith('oci:');
    takeParts(this, [{ broken: [...urlMistakesOf(props, registry), ...protocolMistakes(props, registry)] }, auth?._part, tls?._part]);
    checkClear(this, insecure ? 'insecure is true' : `url is '${url}'`, insecure === true || url.startsWith('http:'));
    const { interval, timeout, suspend } = renderSourceOptions(this, { ...props, interval: props.interval ?? Duration.hours(1) });
    this.apiObject = fluxResource(this, this.kind, props, source.toJson_HelmRepositorySpec({
      url,
      type: registry ? source.HelmRepositorySpecType.OCI : undefined,
      ...auth?._part.spec,
      ...tls?._part.spec,
      ...registry ? {} : { interval, timeout },
      suspend,
      passCredentials,
      insecure,
    }));
  }
}

function urlMistakesOf({ url, auth }: FluxHelmRepositoryProps, registry: boolean): Broken[] {
  return registry ? [...ociUrlMistakes(url), ...cloudRegistryMistakes(auth?._part.spec.provider, url)] : schemeMistakes(url, ['https:', 'http:', 'oci:']);
}

function protocolMistakes(props: FluxHelmRepositoryProps, registry: boolean): Broken[] {
  const { auth, interval, timeout, passCredentials, insecure } = props;
  const ofOther = (prop: string, given: boolean, allowed: string) => broken(FLUX_HELM_REPOSITORY, given, { what: `url is '${props.url}', and ${prop} is given`, allowed });
  return [
    ...ofOther('auth for a registry', !registry && auth?._registryOnly === true, 'FluxHelmRepositoryAuth.basic, or a URL with oci://'),
    ...ofOther('insecure', !registry && insecure !== undefined, 'insecure for oci:// only'),
    ...ofOther('passCredentials', registry && passCredentials !== undefined, 'passCredentials for https:// only'),
    ...Object.entries({ interval, timeout }).flatMap(([prop, time]) =>
      ofOther(prop, registry && time !== undefined, `no ${prop}: Flux reads no index of a registry; the HelmRelease has one`)),
  ];
}
