import * as source from '../../../imports/source.toolkit.fluxcd.io';
import { FluxPart } from '../flux-part';

type Auth = Pick<source.HelmRepositorySpec, 'secretRef' | 'provider'>;

/**
 * How Flux proves itself to a repository of charts. Secrets are in the namespace of the source.
 * @see https://fluxcd.io/flux/components/source/helmrepositories/#provider
 */
export class FluxHelmRepositoryAuth {
  /** By keys `username` and `password` of a Secret. */
  public static basic(secretName: string): FluxHelmRepositoryAuth {
    return FluxHelmRepositoryAuth.bySecret(secretName, { username: 'name of the user', password: 'password, or token' }, false);
  }

  /** To a registry, by a Secret of type `kubernetes.io/dockerconfigjson`. A URL without oci:// throws. */
  public static dockerConfig(secretName: string): FluxHelmRepositoryAuth {
    return FluxHelmRepositoryAuth.bySecret(secretName, { '.dockerconfigjson': 'login to the registry, as docker login writes it' }, true);
  }

  /** To Elastic Container Registry, by the identity of the controller at AWS. A URL without oci:// throws. */
  public static aws(): FluxHelmRepositoryAuth {
    return new FluxHelmRepositoryAuth({ spec: { provider: source.HelmRepositorySpecProvider.AWS } }, true);
  }

  /** To Azure Container Registry, by the identity of the controller at Azure. A URL without oci:// throws. */
  public static azure(): FluxHelmRepositoryAuth {
    return new FluxHelmRepositoryAuth({ spec: { provider: source.HelmRepositorySpecProvider.AZURE } }, true);
  }

  /** To Artifact Registry, by the identity of the controller at Google Cloud. A URL without oci:// throws. */
  public static gcp(): FluxHelmRepositoryAuth {
    return new FluxHelmRepositoryAuth({ spec: { provider: source.HelmRepositorySpecProvider.GCP } }, true);
  }

  private static bySecret(secretName: string, keys: { [key: string]: string }, registryOnly: boolean): FluxHelmRepositoryAuth {
    return new FluxHelmRepositoryAuth({ spec: { secretRef: { name: secretName } }, secrets: [{ prop: 'auth', secretName, keys }] }, registryOnly);
  }

  private constructor(/** @internal */ public readonly _part: FluxPart<Auth>, /** @internal */ public readonly _registryOnly: boolean) {}
}
