import { Size } from 'cdk8s';
import * as k8s from 'cdk8s-plus-28/lib/imports/k8s';
import { Construct } from 'constructs';
import { bytesOf, quantityOf } from '../../core/bytes';
import { defineRule, RuleLevel } from '../../core/rule';

export const RESOURCES_INVALID = defineRule({
  id: 'NATS-RESOURCES',
  level: RuleLevel.ERROR,
  statement: 'CPU and memory are more than nothing, and a limit is not below its request.',
  source: 'https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/',
});

/** CPU and memory of a container. A limit equals its request unless it is given: the pod is then `Guaranteed`. */
export interface ContainerResources {
  /**
   * Requested CPU, in cores; fractions such as 0.25 are allowed.
   * @default - depends on the container
   */
  readonly cpu?: number;
  /**
   * Requested memory.
   * @default - depends on the container
   */
  readonly memory?: Size;
  /**
   * CPU at which the container is throttled, in cores. A value below `cpu` throws.
   * @default - `cpu`
   */
  readonly cpuLimit?: number;
  /**
   * Memory above which the container is killed. A value below `memory` throws.
   * @default - `memory`
   */
  readonly memoryLimit?: Size;
}

/** Resources in exact numbers. */
export interface ResolvedResources {
  readonly millicores: number;
  readonly memoryBytes: number;
  readonly limitMillicores: number;
  readonly limitMemoryBytes: number;
}

/** Resources with their defaults; a limit below its request, or nothing at all, throws. */
export function resolveResources(
  scope: Construct, prop: string, given: ContainerResources = {}, defaults: { cpu: number; memory: Size },
): ResolvedResources {
  const millicores = Math.round((given.cpu ?? defaults.cpu) * 1000);
  const memoryBytes = bytesOf(given.memory ?? defaults.memory);
  const limitMillicores = given.cpuLimit === undefined ? millicores : Math.round(given.cpuLimit * 1000);
  const limitMemoryBytes = given.memoryLimit === undefined ? memoryBytes : bytesOf(given.memoryLimit);
  for (const [name, request, limit, unit] of [['cpu', millicores, limitMillicores, 'm'], ['memory', memoryBytes, limitMemoryBytes, ' bytes']] as const) {
    if (!(request > 0)) throw RESOURCES_INVALID.error(scope, { what: `${prop}.${name} is ${request}${unit}`, allowed: 'more than nothing' });
    if (!(limit >= request)) {
      throw RESOURCES_INVALID.error(scope, {
        what: `${prop}.${name}Limit is ${limit}${unit}, below ${prop}.${name}, ${request}${unit}`,
        allowed: `at least ${request}${unit}`,
        fix: 'raise the limit or lower the request',
      });
    }
  }
  return { millicores, memoryBytes, limitMillicores, limitMemoryBytes };
}

export function renderResources(resources: ResolvedResources): k8s.ResourceRequirements {
  return {
    requests: quantities(resources.millicores, resources.memoryBytes),
    limits: quantities(resources.limitMillicores, resources.limitMemoryBytes),
  };
}

function quantities(millicores: number, bytes: number): { [resource: string]: k8s.Quantity } {
  const cpu = millicores % 1000 === 0 ? `${millicores / 1000}` : `${millicores}m`;
  return { cpu: k8s.Quantity.fromString(cpu), memory: k8s.Quantity.fromString(quantityOf(bytes)) };
}
