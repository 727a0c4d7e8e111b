import { Construct } from 'constructs';
import { NatsRoutes } from './network/routes';
import { defineRule, RuleLevel } from '../core/rule';
import { checkAtSynth } from '../core/rules';

const CLUSTERING_DOCS = 'https://docs.nats.io/running-a-nats-service/configuration/clustering/jetstream_clustering';

export const REPLICAS_INVALID = defineRule({
  id: 'NATS-REPLICAS',
  level: RuleLevel.ERROR,
  statement: 'A cluster has a whole number of servers, from 1, and more than one server are connected by routes.',
  source: CLUSTERING_DOCS,
});

export const REPLICAS_EVEN = defineRule({
  id: 'NATS-REPLICAS-EVEN',
  level: RuleLevel.GUARDED,
  statement: 'An even number of servers survives no more failures than one server fewer, and two survive none.',
  source: CLUSTERING_DOCS,
});

export const JETSTREAM_ALONE = defineRule({
  id: 'NATS-JETSTREAM-ALONE',
  level: RuleLevel.ERROR,
  statement: 'JetStream in clustered form needs at least two servers; with one it never elects a leader.',
  source: 'nats-server: "JetStream cluster requires configured routes"; with a route to itself it stays unavailable (measured)',
});

export const ROUTE_DOMAIN = defineRule({
  id: 'NATS-ROUTE-DOMAIN',
  level: RuleLevel.ERROR,
  statement: 'Routes by fully qualified name need the namespace, which the chart must name.',
  source: 'https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/',
});

/** How many servers there are and how they are connected. */
export interface Topology {
  readonly replicas: number;
  readonly clustered: boolean;
  readonly jetStream: boolean;
  readonly namespace?: string;
  readonly routes: NatsRoutes;
}

/** Checks the number of servers and their form. */
export function checkTopology(scope: Construct, topology: Topology): void {
  const { replicas, clustered, jetStream, namespace, routes } = topology;
  if (!Number.isInteger(replicas) || replicas < 1) {
    throw REPLICAS_INVALID.error(scope, { what: `replicas is ${JSON.stringify(replicas)}`, allowed: 'a whole number from 1', fix: '1 for development, 3 or 5 for everything else' });
  }
  if (replicas > 1 && !clustered) {
    throw REPLICAS_INVALID.error(scope, { what: `${replicas} servers with clustered: false would not know each other, but share a Service`, fix: 'leave clustered out' });
  }
  if (replicas === 1 && clustered && jetStream) {
    throw JETSTREAM_ALONE.error(scope, {
      what: 'jetStream with clustered: true and one server',
      allowed: 'one server that is not clustered, or at least two, better three',
      fix: 'leave clustered out, or set replicas: 3; data does not survive a later change from one server that is not clustered to several',
    });
  }
  if (routes.fullyQualified && !namespace) {
    throw ROUTE_DOMAIN.error(scope, { what: 'routes.fullyQualified without a namespace', fix: 'give the chart a namespace' });
  }
  checkAtSynth(scope, REPLICAS_EVEN, () => replicas % 2 === 1 ? [] : [{
    what: `replicas is ${replicas}, an even number: it survives ${replicas / 2 - 1} failures, no more than ${replicas - 1} would`,
    allowed: 'an odd number',
    fix: `set replicas: ${replicas + 1}`,
  }]);
}
