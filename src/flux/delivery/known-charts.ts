/** Helm charts that bring definitions of custom resources, and webhooks that judge them: API groups by the chart's name. */
const groupsByChart: { [chart: string]: string[] } = {
  'cert-manager': ['cert-manager.io', 'acme.cert-manager.io'],
  'external-secrets': ['external-secrets.io', 'generators.external-secrets.io'],
  'flux-operator': ['fluxcd.controlplane.io'],
  'grafana-operator': ['grafana.integreatly.org'],
  'kube-prometheus-stack': ['monitoring.coreos.com'],
  'nack': ['jetstream.nats.io'],
  'nats-operator': ['nats.io'],
  'prometheus-operator-crds': ['monitoring.coreos.com'],
  'sealed-secrets': ['bitnami.com'],
  'trust-manager': ['trust.cert-manager.io'],
};

/** The API groups that a chart brings. A chart is named by the last part of its address: `oci://quay.io/jetstack/charts/cert-manager`. */
export function groupsOfChart(chart: string): string[] {
  return groupsByChart[chart.split('/').pop()!] ?? [];
}
