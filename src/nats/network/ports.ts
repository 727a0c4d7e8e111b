import { Construct } from 'constructs';
import { defineRule, RuleLevel } from '../../core/rule';

export const PORT_INVALID = defineRule({
  id: 'NATS-PORT',
  level: RuleLevel.ERROR,
  statement: 'A port is a whole number from 1 to 65535, and no two listeners of a server share one.',
  source: 'Kubernetes: containerPort; nats-server: "address already in use"',
});

/** The ports on which the servers listen. */
export interface NatsPorts {
  /**
   * Clients.
   * @default 4222
   */
  readonly client?: number;
  /**
   * Routes among the servers of the cluster.
   * @default 6222
   */
  readonly cluster?: number;
  /**
   * Leaf nodes, where they are listened for.
   * @default 7422
   */
  readonly leafNodes?: number;
  /**
   * WebSocket clients, where they are listened for.
   * @default 8080
   */
  readonly webSocket?: number;
  /**
   * MQTT clients, where they are listened for.
   * @default 1883
   */
  readonly mqtt?: number;
  /**
   * Gateways of other clusters, where there is a super cluster.
   * @default 7222
   */
  readonly gateway?: number;
  /**
   * Monitoring over HTTP. It has no authentication: the NetworkPolicy keeps it closed.
   * @default 8222
   */
  readonly monitor?: number;
  /**
   * Profiles of the server, where they are served. It has no authentication.
   * @default 65432
   */
  readonly profiling?: number;
  /**
   * Prometheus exporter, where there is one.
   * @default 7777
   */
  readonly exporter?: number;
}

/** A listener of the servers. */
export enum NatsListener {
  CLIENT = 'client',
  LEAF_NODES = 'leafNodes',
  WEB_SOCKET = 'webSocket',
  MQTT = 'mqtt',
  /** Routes among the servers of the cluster. */
  CLUSTER = 'cluster',
  /** Gateways of other clusters. */
  GATEWAY = 'gateway',
  /** Monitoring over HTTP, without authentication. */
  MONITOR = 'monitor',
  /** Profiles of the server, without authentication. */
  PROFILING = 'profiling',
}

/** One port of the server's pod. */
export interface Listener {
  /** Name of the port in the pod and in Services. */
  readonly name: 'nats' | 'leafnodes' | 'websocket' | 'mqtt' | 'cluster' | 'gateway' | 'monitor' | 'profiling' | 'prom-metrics';
  /** What the port is called in `ports`. */
  readonly prop: keyof NatsPorts;
  readonly port: number;
  readonly appProtocol: 'tcp' | 'http' | 'tls' | 'https';
}

const listeners: Listener[] = [
  { name: 'nats', prop: 'client', port: 4222, appProtocol: 'tcp' },
  { name: 'leafnodes', prop: 'leafNodes', port: 7422, appProtocol: 'tcp' },
  { name: 'websocket', prop: 'webSocket', port: 8080, appProtocol: 'http' },
  { name: 'mqtt', prop: 'mqtt', port: 1883, appProtocol: 'tcp' },
  { name: 'cluster', prop: 'cluster', port: 6222, appProtocol: 'tcp' },
  { name: 'gateway', prop: 'gateway', port: 7222, appProtocol: 'tcp' },
  { name: 'monitor', prop: 'monitor', port: 8222, appProtocol: 'http' },
  { name: 'profiling', prop: 'profiling', port: 65432, appProtocol: 'tcp' },
  { name: 'prom-metrics', prop: 'exporter', port: 7777, appProtocol: 'http' },
];

/** The listeners that a server has, with their ports; an impossible port, or one that two of them share, throws. */
export function resolveListeners(scope: Construct, ports: NatsPorts = {}, has: { [listener in keyof NatsPorts]-?: boolean }): Listener[] {
  const present = listeners.filter(({ prop }) => has[prop]).map((listener) => ({ ...listener, port: ports[listener.prop] ?? listener.port }));
  const byPort = new Map<number, string>();
  for (const { prop, port } of present) {
    if (!Number.isInteger(port) || port < 1 || port > 65535) {
      throw PORT_INVALID.error(scope, { what: `ports.${prop} is ${port}`, allowed: 'a whole number from 1 to 65535' });
    }
    const other = byPort.get(port);
    if (other) {
      throw PORT_INVALID.error(scope, { what: `ports.${prop} and ports.${other} are both ${port}`, allowed: 'one port for each listener', fix: 'change one of them' });
    }
    byPort.set(port, prop);
  }
  return present;
}

/** The ports of these listeners, as `NatsCluster.ports` tells them. */
export function portsOf(present: Listener[]): NatsPorts {
  return Object.fromEntries(present.map(({ prop, port }) => [prop, port]));
}

/** The port of a listener that is known to be there. */
export function portOf(present: Listener[], prop: keyof NatsPorts): number {
  return present.find((listener) => listener.prop === prop)!.port;
}
