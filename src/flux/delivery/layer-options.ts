import { Duration } from 'cdk8s';
import { FluxHealthExpression } from '../health/health-expression';
import { FluxDecryption } from '../kustomize/decryption';
import { FluxSubstitution } from '../kustomize/substitution';

/** How Flux applies a layer. */
export interface FluxLayerOptions {
  /**
   * Ids of the layers that must be ready before. One that the delivery does not have throws; layers that wait for each other fail the synth.
   * @default - the layer before, in the order of the app's charts, among those that leave this out too
   */
  readonly dependsOn?: string[];
  /**
   * How often Flux applies the layer anew, besides at each change, and so mends what others have changed in the cluster.
   * @default - 1 hour
   */
  readonly interval?: Duration;
  /**
   * How soon Flux tries again after a failure.
   * @default - 2 minutes
   */
  readonly retryInterval?: Duration;
  /**
   * How long Flux waits for the layer to be ready.
   * @default - 15 minutes: the servers of a cluster start one after the other
   */
  readonly timeout?: Duration;
  /**
   * Whether the layer is ready when all its objects are, and not when they are applied.
   * @default true
   */
  readonly wait?: boolean;
  /**
   * Whether Flux deletes objects that are no longer described. What holds data is never deleted, whatever is said here: namespaces, volumes, the
   * definitions of custom resources, and the certificates of CAs.
   * @default true
   */
  readonly prune?: boolean;
  /**
   * Whether Flux leaves the layer alone.
   * @default false
   */
  readonly suspend?: boolean;
  /**
   * How files in the layer's directory that SOPS has encrypted are decrypted. Nothing that this library writes is; they are put there by hand.
   * @default - there are none
   */
  readonly decryption?: FluxDecryption;
  /**
   * What Flux puts in place of `${NAME}` in the layer's objects. An object that uses a variable and has another `${` or `$$` fails the synth; objects that use
   * none are marked, so that Flux leaves their `${` alone.
   * @default - nothing
   */
  readonly substitution?: FluxSubstitution;
  /**
   * Names of the variables that the ConfigMaps and Secrets in `substitution.from` have, because nobody here can look into them.
   * @default - none
   */
  readonly variables?: string[];
  /**
   * When custom resources of the layer are healthy, besides those of cert-manager, NACK and Flux, for which it is known.
   * @default - Flux's own judgement
   */
  readonly healthExpressions?: FluxHealthExpression[];
  /**
   * ServiceAccount in the namespace of the Kustomization, with whose rights Flux applies the layer.
   * @default - Flux's own
   */
  readonly serviceAccountName?: string;
}
