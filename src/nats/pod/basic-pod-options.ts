import * as k8s from 'cdk8s-plus-28/lib/imports/k8s';

/** A taint that pods tolerate. */
export interface PodToleration {
  /**
   * Key of the taint.
   * @default - all keys
   */
  readonly key?: string;
  /**
   * Value of the taint.
   * @default - any value
   */
  readonly value?: string;
  /**
   * Effect of the taint: NoSchedule, PreferNoSchedule or NoExecute.
   * @default - all effects
   */
  readonly effect?: string;
  /**
   * For how long a NoExecute taint is tolerated.
   * @default - for ever
   */
  readonly tolerationSeconds?: number;
}

/** What every pod can be told: what is written on it, where it runs, and as whom. */
export interface BasicPodOptions {
  /**
   * Labels besides those by which the pods are selected; changing one of those throws.
   * @default - none
   */
  readonly labels?: { [label: string]: string };
  /**
   * Annotations.
   * @default - none
   */
  readonly annotations?: { [key: string]: string };
  /**
   * Labels of the nodes on which the pods may run.
   * @default - all nodes
   */
  readonly nodeSelector?: { [label: string]: string };
  /**
   * Taints that the pods tolerate.
   * @default - none
   */
  readonly tolerations?: PodToleration[];
  /**
   * Affinity, as Kubernetes spells it.
   * @default - none
   * @see https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#scheduling
   */
  readonly affinity?: { [key: string]: any };
  /**
   * Priority class.
   * @default - the default of the Kubernetes cluster
   */
  readonly priorityClassName?: string;
  /**
   * User and group of all containers; 0 throws.
   * @default 1000
   */
  readonly userId?: number;
}

/** The part of a pod that says where it runs, and before which others. */
export function renderPlacement({ priorityClassName, nodeSelector, tolerations, affinity }: BasicPodOptions): Pick<k8s.PodSpec, 'priorityClassName' | 'nodeSelector' | 'tolerations' | 'affinity'> {
  return {
    priorityClassName,
    nodeSelector,
    tolerations: tolerations?.map((toleration) => ({ ...toleration, operator: toleration.value === undefined ? 'Exists' : 'Equal' })),
    affinity,
  };
}
