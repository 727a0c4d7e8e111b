import * as k8s from 'cdk8s-plus-28/lib/imports/k8s';
import { ControllerState } from './controller-state';
import { METRICS_PORT } from './deployment';

/** A NetworkPolicy that admits scrapers to the metrics, and nobody else; the kubelet asks for health from the pod's own node, which is always admitted. */
export function renderControllerPolicy({ podLabels, props: { scrapers = [] } }: ControllerState): k8s.NetworkPolicySpec {
  const from = scrapers.map((peer) => peer._render());
  const ports = [{ port: k8s.IntOrString.fromNumber(METRICS_PORT), protocol: 'TCP' }];
  // A rule without "from" admits everyone, and no rules admit nobody; an empty list would be dropped by the API server, and look changed at each apply.
  const ingress = from.length === 0 ? undefined : [{ ports, from: from.includes(undefined) ? undefined : from as k8s.NetworkPolicyPeer[] }];
  return { podSelector: { matchLabels: podLabels }, policyTypes: ['Ingress'], ingress };
}
