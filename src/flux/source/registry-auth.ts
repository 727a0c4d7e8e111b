import * as source from '../../../imports/source.toolkit.fluxcd.io';
import { FluxPart } from '../flux-part';
import { FluxWorkloadIdentityOptions } from './git-auth';
import { serviceAccountMistakes } from '../name-mistakes';

type Auth = Pick<source.OciRepositorySpec, 'secretRef' | 'provider' | 'serviceAccountName'>;

/**
 * How Flux proves itself to a registry. A Secret is in the namespace of the source.
 * @see https://fluxcd.io/flux/components/source/ocirepositories/#provider
 */
export class FluxRegistryAuth {
  /** By a Secret of type `kubernetes.io/dockerconfigjson`. A name that Kubernetes does not allow throws. */
  public static dockerConfig(secretName: string): FluxRegistryAuth {
    return new FluxRegistryAuth({
      spec: { secretRef: { name: secretName } },
      secrets: [{ prop: 'auth', secretName, keys: { '.dockerconfigjson': 'login to the registry, as docker login writes it; the Secret is of type kubernetes.io/dockerconfigjson' } }],
    });
  }

  /** By the imagePullSecrets of a ServiceAccount in the namespace of the source. A name that Kubernetes does not allow throws. */
  public static serviceAccount(serviceAccountName: string): FluxRegistryAuth {
    return FluxRegistryAuth.byIdentity(source.OciRepositorySpecProvider.GENERIC, { serviceAccountName });
  }

  /** To Elastic Container Registry, by an identity of AWS. */
  public static aws(options: FluxWorkloadIdentityOptions = {}): FluxRegistryAuth {
    return FluxRegistryAuth.byIdentity(source.OciRepositorySpecProvider.AWS, options);
  }

  /** To Azure Container Registry, by an identity of Azure. */
  public static azure(options: FluxWorkloadIdentityOptions = {}): FluxRegistryAuth {
    return FluxRegistryAuth.byIdentity(source.OciRepositorySpecProvider.AZURE, options);
  }

  /** To Artifact Registry, by an identity of Google Cloud. */
  public static gcp(options: FluxWorkloadIdentityOptions = {}): FluxRegistryAuth {
    return FluxRegistryAuth.byIdentity(source.OciRepositorySpecProvider.GCP, options);
  }

  private static byIdentity(provider: source.OciRepositorySpecProvider, { serviceAccountName }: FluxWorkloadIdentityOptions): FluxRegistryAuth {
    return new FluxRegistryAuth({ spec: { provider, serviceAccountName }, broken: serviceAccountMistakes(serviceAccountName) });
  }

  private constructor(/** @internal */ public readonly _part: FluxPart<Auth>) {}
}
