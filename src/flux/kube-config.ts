import { FluxPart } from './flux-part';
import { FluxVersion } from './flux-version';
import { nameMistakes } from './name-mistakes';
import { DNS_SUBDOMAIN } from '../core/names';
import { SecretKey } from '../core/secret-key';

interface Reference {
  readonly secretRef?: { readonly name: string; readonly key?: string };
  readonly configMapRef?: { readonly name: string };
}

/**
 * Another cluster, to which Flux applies.
 * @see https://fluxcd.io/flux/components/kustomize/kustomizations/#kubeconfig-remote-clusters
 */
export class FluxKubeConfig {
  /** By a kubeconfig in a key of a Secret, in the namespace of the object, with which no command has to be run to log in. */
  public static secret(kubeConfig: SecretKey): FluxKubeConfig {
    const { secretName, key } = kubeConfig;
    return new FluxKubeConfig({
      spec: { secretRef: { name: secretName, key } },
      secrets: [{ prop: 'kubeConfig', secretName, keys: { [key]: 'kubeconfig of the other cluster, complete in itself' } }],
    });
  }

  /** By a ConfigMap that says how to get there with an identity of the cloud, for Flux 2.7 and newer. An invalid name throws. */
  public static configMap(name: string): FluxKubeConfig {
    return new FluxKubeConfig({
      spec: { configMapRef: { name } }, broken: nameMistakes('the ConfigMap of kubeConfig', name, DNS_SUBDOMAIN), features: [['kubeConfig by a ConfigMap', FluxVersion.V2_7, true]],
    });
  }

  private constructor(/** @internal */ public readonly _part: FluxPart<Reference>) {}
}
