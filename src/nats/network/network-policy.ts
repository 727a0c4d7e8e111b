import * as k8s from 'cdk8s-plus-28/lib/imports/k8s';
import { NatsPeer } from './nats-peer';
import { Listener } from './ports';
import { defineRule, RuleLevel } from '../../core/rule';

export const MONITORING_OPEN = defineRule({
  id: 'NATS-MONITORING-OPEN',
  level: RuleLevel.GUARDED,
  statement: 'The monitoring port has no authentication and tells users, connections and subjects to everyone who reaches it.',
  source: 'https://docs.nats.io/running-a-nats-service/nats_admin/monitoring',
});

export const NETWORK_POLICY_OFF = defineRule({
  id: 'NATS-NETWORK-POLICY-OFF',
  level: RuleLevel.WARNING,
  statement: 'Without a NetworkPolicy every pod of the Kubernetes cluster reaches the client, route and monitoring ports.',
  source: 'https://kubernetes.io/docs/concepts/services-networking/network-policies/',
});

/** Who may reach the servers. The routes are open to the servers of the cluster only. */
export interface NatsNetworkPolicyOptions {
  /**
   * Whether there is a NetworkPolicy; its absence is a warning (NATS-NETWORK-POLICY-OFF).
   * @default true
   */
  readonly enabled?: boolean;
  /**
   * Who may reach the client port; `NatsCluster.allowFrom` adds more. An empty list closes it to all that is not added.
   * @default - all pods of the cluster's namespace
   */
  readonly clients?: NatsPeer[];
  /**
   * Who may reach the monitoring port. Naming anyone is guarded by rule NATS-MONITORING-OPEN; scrapers need only the exporter.
   * @default - nobody
   */
  readonly monitoring?: NatsPeer[];
}

/** Whom each listener admits. */
export type AdmittedPeers = { [listener in Listener['name']]?: NatsPeer[] };

/** A NetworkPolicy that admits these peers to these listeners, and nobody else. */
export function renderNetworkPolicy(listeners: Listener[], podLabels: { [label: string]: string }, admitted: AdmittedPeers): k8s.NetworkPolicySpec {
  const ingress = listeners.flatMap(({ name, port }): k8s.NetworkPolicyIngressRule[] => {
    const peers = admitted[name] ?? [];
    if (peers.length === 0) return [];
    const from = peers.map((peer) => peer._render());
    const ports = [{ port: k8s.IntOrString.fromNumber(port), protocol: 'TCP' }];
    // An ingress rule without "from" admits everyone.
    return [{ ports, from: from.includes(undefined) ? undefined : from as k8s.NetworkPolicyPeer[] }];
  });
  return { podSelector: { matchLabels: podLabels }, policyTypes: ['Ingress'], ingress };
}
