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
   * Monitoring over HTTP. It has no authentication: the NetworkPolicy keeps it closed.
   * @default 8222
   */
  readonly monitor?: number;
  /**
   * Prometheus exporter, where there is one.
   * @default 7777
   */
  readonly exporter?: number;
}

/** One port of the server's pod. */
export interface Listener {
  readonly name: 'nats' | 'cluster' | 'monitor' | 'prom-metrics';
  readonly port: number;
  readonly appProtocol: 'tcp' | 'http';
}

/** The ports with their defaults; an impossible port, or one that two listeners share, throws. */
export function resolvePorts(scope: Construct, ports: NatsPorts = {}): Required<NatsPorts> {
  const resolved = { client: 4222, cluster: 6222, monitor: 8222, exporter: 7777, ...ports };
  const byPort = new Map<number, string>();
  for (const [listener, port] of Object.entries(resolved)) {
    if (!Number.isInteger(port) || port < 1 || port > 65535) {
      throw PORT_INVALID.error(scope, { what: `ports.${listener} is ${port}`, allowed: 'a whole number from 1 to 65535' });
    }
    const other = byPort.get(port);
    if (other) {
      throw PORT_INVALID.error(scope, { what: `ports.${listener} and ports.${other} are both ${port}`, allowed: 'one port for each listener', fix: 'change one of them' });
    }
    byPort.set(port, listener);
  }
  return resolved;
}
