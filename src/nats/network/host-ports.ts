import { Construct } from 'constructs';
import { Listener } from './ports';
import { Mistake } from '../../core/mistake';
import { defineRule, RuleLevel } from '../../core/rule';

export const HOST_PORT = defineRule({
  id: 'NATS-HOST-PORT',
  level: RuleLevel.GUARDED,
  statement: 'A port of the node goes past every Service, and Pod Security baseline and restricted refuse pods that have one.',
  source: 'https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline',
});

export const HOST_PORT_INVALID = defineRule({
  id: 'NATS-HOST-PORT-INVALID',
  level: RuleLevel.ERROR,
  statement: 'A port of the node is a whole number from 1 to 65535, for a listener that the servers have, and for no other one.',
  source: 'https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#ports',
});

/** Ports of the node that lead to listeners of the server on it. Guarded (NATS-HOST-PORT); who may come is what each listener's peers say. */
export interface NatsHostPorts {
  /**
   * Clients.
   * @default - none
   */
  readonly client?: number;
  /**
   * Leaf nodes.
   * @default - none
   */
  readonly leafNodes?: number;
  /**
   * WebSocket clients.
   * @default - none
   */
  readonly webSocket?: number;
  /**
   * MQTT clients.
   * @default - none
   */
  readonly mqtt?: number;
  /**
   * Routes.
   * @default - none
   */
  readonly cluster?: number;
  /**
   * Gateways.
   * @default - none
   */
  readonly gateway?: number;
  /**
   * Monitoring; also guarded by NATS-MONITORING-OPEN.
   * @default - none
   */
  readonly monitor?: number;
  /**
   * Profiles; also guarded by NATS-PROFILING-OPEN.
   * @default - none
   */
  readonly profiling?: number;
}

export function checkHostPorts(scope: Construct, hostPorts: NatsHostPorts, listeners: Listener[]): void {
  const refuse = (what: string, allowed: string) => { throw HOST_PORT_INVALID.error(scope, { what, allowed }); };
  const given = Object.entries(hostPorts).filter((entry): entry is [string, number] => entry[1] !== undefined);
  for (const [listener, port] of given) {
    if (!listeners.some(({ prop }) => prop === listener)) refuse(`pod.hostPorts.${listener} is given, and the servers do not listen for it`, listeners.map(({ prop }) => prop).join(', '));
    if (!Number.isInteger(port) || port < 1 || port > 65535) refuse(`pod.hostPorts.${listener} is ${port}`, 'a whole number from 1 to 65535');
    const [other] = given.find(([name, taken]) => name !== listener && taken === port) ?? [];
    if (other) refuse(`pod.hostPorts.${listener} and pod.hostPorts.${other} are both ${port}`, 'one port for each listener');
  }
}

export function hostPortFindings(hostPorts: NatsHostPorts): Mistake[] {
  const names = Object.entries(hostPorts).filter(([, port]) => port !== undefined).map(([name]) => name);
  return names.length === 0 ? [] : [{ what: `pod.hostPorts has ${names.join(', ')}`, allowed: 'none', fix: 'use external, whose Service leads to ready servers only' }];
}
