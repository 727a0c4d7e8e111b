import { AlertContext, AlertRule, NatsAlertSeverity, onlyIf } from './alert-rule';
import { expectedLeafNodes } from './leaf-nodes';
import { is, LIVE_METRIC } from '../promql';

const { WARNING } = NatsAlertSeverity;

/** Routes among the servers, gateways to other clusters, and leaf nodes. */
export function networkAlerts(context: AlertContext): AlertRule[] {
  const { of, live, state: { replicas, clustered, gateway } } = context;
  return [
    ...onlyIf(clustered && replicas > 1, {
      alert: 'NatsPeersMissing',
      severity: WARNING,
      // The number of routes counts pooled connections, not servers.
      expr: `${of('nats_varz_remotes')} < ${replicas - 1} ${live}`,
      for: '5m',
      summary: 'NATS server {{ $labels.pod }} has routes to only {{ $value }} others',
      description: `{{ $labels.pod }} should have routes to ${replicas - 1} others.`,
    }),
    ...(gateway?.remoteClusters ?? []).flatMap((remote) => gatewayAlerts(context, remote)),
    ...leafNodeAlerts(context),
  ];
}

function gatewayAlerts({ of, state: { clusterName } }: AlertContext, { name, servers }: { name: string; servers?: number }): AlertRule[] {
  const remote = is('remote_gateway_name', name);
  const outbound: AlertRule = {
    alert: 'NatsGatewayMissing',
    severity: WARNING,
    expr: `${of(LIVE_METRIC)} unless on (job, pod) ${of('nats_gatewayz_outbound_gateway_configured', remote)}`,
    for: '5m',
    summary: `NATS server {{ $labels.pod }} has no gateway to cluster ${name}`,
    description: `Messages from {{ $labels.pod }} do not reach cluster ${name}.`,
  };
  if (servers === undefined) return [outbound];
  const inbound = of('nats_gatewayz_inbound_gateway_configured', remote);
  return [outbound, {
    alert: 'NatsGatewayInboundMissing',
    severity: WARNING,
    expr: `(count by (job) (${inbound}) or 0 * count by (job) (${of(LIVE_METRIC)})) < ${servers}`,
    for: '5m',
    summary: `Only {{ $value }} of ${servers} servers of cluster ${name} have a gateway to ${clusterName}`,
    description: `Messages from the other servers of cluster ${name} do not reach ${clusterName}.`,
  }];
}

function leafNodeAlerts(context: AlertContext): AlertRule[] {
  const expected = expectedLeafNodes(context);
  return onlyIf(expected > 0, {
    alert: 'NatsLeafNodesMissing',
    severity: WARNING,
    expr: `sum by (job) (${context.of('nats_leafz_conn_nodes_total')}) < ${expected}`,
    for: '5m',
    summary: `Only {{ $value }} of ${expected} leaf node connections of {{ $labels.job }} are there`,
    description: `${expected} connections of leaf nodes are declared, those of this cluster to others and those of others to it.`,
  });
}
