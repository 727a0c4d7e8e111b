import { Duration } from 'cdk8s';
import { FluxDecryption } from './decryption';
import { FluxKustomizationBase } from './kustomization-base';
import { FluxIgnoreRule, FluxImage, FluxPatch } from './patch';
import { FluxSubstitution } from './substitution';
import { FluxCommonMetadata } from '../common-metadata';
import { FluxObjectOptions } from '../flux-object';
import { FluxHealthCheck } from '../health/health-check';
import { FluxHealthExpression } from '../health/health-expression';
import { FluxKubeConfig } from '../kube-config';
import { FluxSource } from '../source/flux-source';

/** What becomes of the objects when the Kustomization itself is deleted. */
export enum FluxDeletionPolicy {
  /** As `prune` says: deleted if it is true, kept if it is false. */
  MIRROR_PRUNE = 'MirrorPrune',
  /** They are deleted. */
  DELETE = 'Delete',
  /** They are deleted, and the Kustomization is there until they are gone. */
  WAIT_FOR_TERMINATION = 'WaitForTermination',
  /** They are kept. */
  ORPHAN = 'Orphan',
}

/** What is noted on each object of how it was built. */
export enum FluxBuildMetadata {
  /** The file that it comes from. */
  ORIGIN = 'originAnnotations',
  /** What has changed it. */
  TRANSFORMERS = 'transformerAnnotations',
}

/** A directory of a source, and how Flux applies it. */
export interface FluxKustomizationProps extends FluxObjectOptions {
  /** Where the directory is: a GitRepository, OCIRepository, Bucket or ExternalArtifact. A HelmRepository throws, and a source of another app. */
  readonly source: FluxSource;
  /**
   * The directory, relative to the root of the source. One with `..` or a leading `/` throws. One that does not exist is seen by Flux only.
   * @default ./ - all of the source
   */
  readonly path?: string;
  /**
   * How often everything is compared with the cluster and set right, in whole milliseconds. What is new in the source is applied at once. Less than
   * a minute is warned of.
   * @default - 1 hour
   */
  readonly interval?: Duration;
  /**
   * How soon Flux tries again after a failure, in whole milliseconds.
   * @default - 2 minutes, or interval if that is shorter
   */
  readonly retryInterval?: Duration;
  /**
   * How long building, applying and waiting may take together, in whole milliseconds. Less than 30 seconds are taken as that, and warned of; so is what
   * is not below interval.
   * @default - 5 minutes, or half a minute less than interval if that is shorter
   */
  readonly timeout?: Duration;
  /**
   * Whether objects that are no longer in the source are deleted from the cluster.
   * @default true
   */
  readonly prune?: boolean;
  /**
   * Whether it is ready only when all objects are healthy. With `healthChecks` it throws, because Flux would ignore those.
   * @default - true, unless healthChecks are given
   */
  readonly wait?: boolean;
  /**
   * Objects that alone have to be healthy.
   * @default - all, by wait
   */
  readonly healthChecks?: FluxHealthCheck[];
  /**
   * When custom resources are healthy. Two for one kind throw; so do any if Flux waits for nothing.
   * @default - Flux's own judgement, which takes a custom resource without a status for healthy
   */
  readonly healthExpressions?: FluxHealthExpression[];
  /**
   * Which Kustomizations have to be ready before. A HelmRelease throws, and those that wait for each other fail the synth. See `addDependency` for
   * other ideas of being ready.
   * @default - none
   */
  readonly dependsOn?: FluxKustomizationBase[];
  /**
   * Namespace that all objects get, whatever they say. It has to exist.
   * @default - what the objects say
   */
  readonly targetNamespace?: string;
  /**
   * ServiceAccount in the namespace of the Kustomization, with whose rights Flux applies.
   * @default - Flux's own
   */
  readonly serviceAccountName?: string;
  /**
   * How files that SOPS has encrypted are decrypted.
   * @default - there are none; an encrypted Secret then fails
   */
  readonly decryption?: FluxDecryption;
  /**
   * What is put in place of `${NAME}` in the manifests. Since Flux 2.9, one that has no value fails, before it was replaced by nothing.
   * @default - nothing
   */
  readonly substitution?: FluxSubstitution;
  /**
   * What becomes of the objects when the Kustomization is deleted.
   * @default FluxDeletionPolicy.MIRROR_PRUNE
   */
  readonly deletionPolicy?: FluxDeletionPolicy;
  /**
   * Whether objects that cannot be changed are deleted and made anew. It is guarded: Flux takes any refusal for such, and a StatefulSet loses its pods,
   * at worst its volumes. Put `kustomize.toolkit.fluxcd.io/force: Enabled` on the objects that may be made anew.
   * @default false
   */
  readonly force?: boolean;
  /**
   * Fields that others may change; for Flux 2.9 and newer.
   * @default - none
   */
  readonly ignore?: FluxIgnoreRule[];
  /**
   * Changes of the manifests.
   * @default - none
   */
  readonly patches?: FluxPatch[];
  /**
   * Changes of images in the manifests.
   * @default - none
   */
  readonly images?: FluxImage[];
  /**
   * Components of Kustomize, as directories relative to `path`. An absolute one throws.
   * @default - none
   */
  readonly components?: string[];
  /**
   * Whether components may be missing; for Flux 2.7 and newer.
   * @default false
   */
  readonly ignoreMissingComponents?: boolean;
  /**
   * What is put before the names of all objects: 1 to 200 characters of names.
   * @default - nothing
   */
  readonly namePrefix?: string;
  /**
   * What is put after the names of all objects: 1 to 200 characters of names.
   * @default - nothing
   */
  readonly nameSuffix?: string;
  /**
   * Labels and annotations that all objects get, over their own.
   * @default - none
   */
  readonly commonMetadata?: FluxCommonMetadata;
  /**
   * What is noted on each object of how it was built; for Flux 2.9 and newer.
   * @default - nothing
   */
  readonly buildMetadata?: FluxBuildMetadata[];
  /**
   * The cluster to which it is applied.
   * @default - the one that Flux is in
   */
  readonly kubeConfig?: FluxKubeConfig;
  /**
   * Whether Flux stops applying it.
   * @default false
   */
  readonly suspend?: boolean;
}
