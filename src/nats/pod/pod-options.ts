import { Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { BasicPodOptions } from './basic-pod-options';
import { EnvVariable } from './env-variable';
import { PodVolume } from './pod-volume';
import { defineRule, RuleLevel } from '../../core/rule';
import { NatsHostPorts } from '../network/host-ports';

export const POD_OPTION = defineRule({
  id: 'NATS-POD',
  level: RuleLevel.ERROR,
  statement: 'What is added to a pod has names of its own, labels do not change those that select the pods, and its user is not root.',
  source: 'https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/',
});

/** How strictly pods are spread. */
export enum SpreadPolicy {
  /** A pod that would make the spread uneven stays pending. */
  REQUIRED = 'DoNotSchedule',
  /** The scheduler prefers an even spread. */
  PREFERRED = 'ScheduleAnyway',
  /** Pods are not spread. */
  NONE = 'None',
}

/** The pods of the servers. Changing anything here restarts the servers. */
export interface NatsPodOptions extends BasicPodOptions {
  /**
   * How strictly the servers are spread over nodes.
   * @default SpreadPolicy.REQUIRED
   */
  readonly spreadOverNodes?: SpreadPolicy;
  /**
   * How strictly the servers are spread over zones.
   * @default SpreadPolicy.PREFERRED
   */
  readonly spreadOverZones?: SpreadPolicy;
  /**
   * How long a pod may take to end, in whole seconds. A time that cuts lame duck mode short throws.
   * @default - the lame duck duration and 45 s
   */
  readonly terminationGracePeriod?: Duration;
  /**
   * Environment variables besides those of the cluster.
   * @default - none
   */
  readonly env?: EnvVariable[];
  /**
   * Volumes besides those of the cluster.
   * @default - none
   */
  readonly volumes?: PodVolume[];
  /**
   * Ports of the nodes that lead to the servers. Guarded (NATS-HOST-PORT): Pod Security `restricted` refuses such pods.
   * @default - none
   */
  readonly hostPorts?: NatsHostPorts;
}

/** What the cluster itself has in a pod, which nothing may take the place of. */
export interface OwnedByCluster {
  readonly labels: { [label: string]: string };
  readonly volumes: string[];
  readonly mountPaths: string[];
  readonly env: string[];
}

/** Refuses options that would take the place of what the cluster itself sets. */
export function checkPodOptions(scope: Construct, options: NatsPodOptions, owned: OwnedByCluster): void {
  const { labels = {}, volumes = [], env = [], userId = 1 } = options;
  for (const [label, value] of Object.entries(labels)) {
    if (owned.labels[label] === undefined || owned.labels[label] === value) continue;
    throw POD_OPTION.error(scope, { what: `pod.labels sets ${label} to '${value}'`, allowed: `'${owned.labels[label]}', by which the pods are selected`, fix: 'use another label' });
  }
  refuseTaken(scope, 'pod.volumes', 'name', volumes.map(({ _volume }) => _volume.name), owned.volumes);
  refuseTaken(scope, 'pod.volumes', 'mount path', volumes.map(({ _mount }) => _mount.mountPath), owned.mountPaths);
  refuseTaken(scope, 'pod.env', 'name', env.map(({ variableName }) => variableName), owned.env);
  if (!Number.isInteger(userId) || userId < 1) {
    throw POD_OPTION.error(scope, { what: `pod.userId is ${userId}`, allowed: 'a whole number from 1: the pods do not run as root' });
  }
}

function refuseTaken(scope: Construct, prop: string, what: string, given: string[], taken: string[]): void {
  const seen = new Set(taken);
  for (const name of given) {
    if (seen.has(name)) {
      throw POD_OPTION.error(scope, { what: `${prop} uses the ${what} '${name}'${taken.includes(name) ? ', which the cluster itself uses' : ' twice'}`, fix: `choose another ${what}` });
    }
    seen.add(name);
  }
}
