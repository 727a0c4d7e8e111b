/** An API group whose types and schemas stand in imports/. */
export interface ImportedGroup {
  readonly group: string;
  /** The kinds that are imported; others that a source holds are left out. */
  readonly kinds: string[];
  /** Tag or commit of the upstream repository. */
  readonly version: string;
  /** The one document that holds all CRDs of the group. */
  readonly url: string;
  /** Where the same CRDs stand in the Go module of the same version, if there is one. */
  readonly goModule?: { readonly path: string; readonly crds: string };
}

/** The single place that says what is imported; a test holds the URLs of cdk8s.yaml to it. */
export const importedGroups: ImportedGroup[] = [
  from({
    group: 'nats.io',
    kinds: ['NatsCluster', 'NatsServiceRole'],
    version: '957650fba03e2e6ad8b5d54d66358f67a431157b',
    url: (commit) => `https://raw.githubusercontent.com/nats-io/k8s/${commit}/helm/charts/nats-operator/crds/customresourcedefinition.yaml`,
  }),
  from({
    group: 'jetstream.nats.io',
    kinds: ['Account', 'Consumer', 'KeyValue', 'ObjectStore', 'Stream', 'StreamTemplate'],
    version: 'v0.23.0',
    url: (version) => `https://raw.githubusercontent.com/nats-io/nack/${version}/deploy/crds.yml`,
    goModule: { path: 'github.com/nats-io/nack', crds: 'deploy/crds.yml' },
  }),
  flux({ controller: 'notification', version: 'v1.9.3', kinds: ['Alert', 'Provider', 'Receiver'] }),
  flux({ controller: 'kustomize', version: 'v1.9.4', kinds: ['Kustomization'] }),
  flux({
    controller: 'source',
    version: 'v1.9.1',
    kinds: ['Bucket', 'ExternalArtifact', 'GitRepository', 'HelmChart', 'HelmRepository', 'OCIRepository'],
  }),
  flux({ controller: 'helm', version: 'v1.6.3', kinds: ['HelmRelease'] }),
  from({
    group: 'cert-manager.io',
    kinds: ['Certificate', 'CertificateRequest', 'ClusterIssuer', 'Issuer'],
    version: 'v1.21.2',
    url: (version) => `https://github.com/cert-manager/cert-manager/releases/download/${version}/cert-manager.crds.yaml`,
    goModule: { path: 'github.com/cert-manager/cert-manager', crds: 'deploy/crds' },
  }),
  from({
    group: 'monitoring.coreos.com',
    kinds: ['AlertmanagerConfig', 'PodMonitor', 'PrometheusRule', 'ServiceMonitor'],
    version: 'v0.93.0',
    url: (version) => `https://github.com/prometheus-operator/prometheus-operator/releases/download/${version}/stripped-down-crds.yaml`,
    goModule: { path: 'github.com/prometheus-operator/prometheus-operator', crds: 'example/prometheus-operator-crd' },
  }),
];

/** The version is said once; the URL is made from it, and the Go module is fetched at it. */
function from({ url, ...group }: Omit<ImportedGroup, 'url'> & { url: (version: string) => string }): ImportedGroup {
  return { ...group, url: url(group.version) };
}

function flux({ controller, version, kinds }: { controller: string; version: string; kinds: string[] }): ImportedGroup {
  const repository = `github.com/fluxcd/${controller}-controller`;
  return from({
    group: `${controller}.toolkit.fluxcd.io`,
    kinds,
    version,
    url: (tag) => `https://${repository}/releases/download/${tag}/${controller}-controller.crds.yaml`,
    goModule: { path: repository, crds: 'config/crd/bases' },
  });
}
