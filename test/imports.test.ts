import * as fs from 'node:fs';
import * as path from 'node:path';
import { GroupVersionKind } from 'cdk8s';
import { parse } from 'yaml';
import * as certManager from '../imports/cert-manager.io';
import * as helm from '../imports/helm.toolkit.fluxcd.io';
import * as jetStream from '../imports/jetstream.nats.io';
import * as kustomize from '../imports/kustomize.toolkit.fluxcd.io';
import * as monitoring from '../imports/monitoring.coreos.com';
import * as nats from '../imports/nats.io';
import * as notification from '../imports/notification.toolkit.fluxcd.io';
import * as source from '../imports/source.toolkit.fluxcd.io';
import { importedGroups } from '../tools/import/groups';
import { IMPORTS, PROJECT } from '../tools/import/paths';
import { readme } from '../tools/import/readme';

/** The version that a class stands for decides what a construct renders, so none of these changes unseen. */
const classes: { [group: string]: { module: object; versions: { [className: string]: string } } } = {
  'nats.io': { module: nats, versions: { NatsCluster: 'v1alpha2', NatsServiceRole: 'v1alpha2' } },
  'jetstream.nats.io': {
    module: jetStream,
    versions: {
      Account: 'v1beta2',
      Consumer: 'v1beta2',
      ConsumerV1Beta1: 'v1beta1',
      KeyValue: 'v1beta2',
      ObjectStore: 'v1beta2',
      Stream: 'v1beta2',
      StreamV1Beta1: 'v1beta1',
      StreamTemplate: 'v1beta1',
    },
  },
  'notification.toolkit.fluxcd.io': { module: notification, versions: { Alert: 'v1beta3', Provider: 'v1beta3', Receiver: 'v1' } },
  'kustomize.toolkit.fluxcd.io': { module: kustomize, versions: { Kustomization: 'v1' } },
  'source.toolkit.fluxcd.io': {
    module: source,
    versions: { Bucket: 'v1', ExternalArtifact: 'v1', GitRepository: 'v1', HelmChart: 'v1', HelmRepository: 'v1', OciRepository: 'v1' },
  },
  'helm.toolkit.fluxcd.io': { module: helm, versions: { HelmRelease: 'v2' } },
  'cert-manager.io': { module: certManager, versions: { Certificate: 'v1', CertificateRequest: 'v1', ClusterIssuer: 'v1', Issuer: 'v1' } },
  'monitoring.coreos.com': { module: monitoring, versions: { AlertmanagerConfig: 'v1alpha1', PodMonitor: 'v1', PrometheusRule: 'v1', ServiceMonitor: 'v1' } },
};

const groups = Object.keys(classes);

/** Each version as group/version kind: served, stored or neither. */
function versionsOf(group: string): string[] {
  return crds(group).flatMap(({ spec }) => spec.versions.map(({ name, served, storage }: any) =>
    `${spec.group}/${name} ${spec.names.kind}${served ? ' served' : ''}${storage ? ' stored' : ''}`));
}

function crds(group: string): any[] {
  return JSON.parse(fs.readFileSync(path.join(IMPORTS, 'crds', `${group}.json`), 'utf8'));
}

test('imports/ has the expected groups, and nothing else', () => {
  expect(fs.readdirSync(IMPORTS).sort()).toEqual([...groups.map((group) => `${group}.ts`), 'README.md', 'crds'].sort());
  expect(fs.readdirSync(path.join(IMPORTS, 'crds')).sort()).toEqual(groups.map((group) => `${group}.json`).sort());
  expect(importedGroups.map(({ group }) => group).sort()).toEqual([...groups].sort());
});

test.each(groups)('each class of %s has its version', (group) => {
  const { module, versions } = classes[group];
  const found = Object.entries<{ GVK?: GroupVersionKind }>({ ...module })
    .flatMap(([name, { GVK }]) => GVK ? [[name, GVK.apiVersion]] : []);
  const expected = Object.entries(versions).map(([name, version]) => [name, `${group}/${version}`]);
  expect(Object.fromEntries(found)).toEqual(Object.fromEntries(expected));
});

test('the CRDs have the expected kinds and versions', () => {
  const currentAndOnly = (group: string, version: string, ...kinds: string[]) => kinds.map((kind) => `${group}/${version} ${kind} served stored`);
  expect(groups.flatMap(versionsOf).sort()).toEqual([
    ...currentAndOnly('nats.io', 'v1alpha2', 'NatsCluster', 'NatsServiceRole'),
    ...currentAndOnly('jetstream.nats.io', 'v1beta2', 'Account', 'Consumer', 'KeyValue', 'ObjectStore', 'Stream'),
    'jetstream.nats.io/v1beta1 Consumer',
    'jetstream.nats.io/v1beta1 Stream',
    'jetstream.nats.io/v1beta1 StreamTemplate stored',
    ...currentAndOnly('notification.toolkit.fluxcd.io', 'v1beta3', 'Alert', 'Provider'),
    ...currentAndOnly('notification.toolkit.fluxcd.io', 'v1', 'Receiver'),
    ...currentAndOnly('kustomize.toolkit.fluxcd.io', 'v1', 'Kustomization'),
    ...currentAndOnly('source.toolkit.fluxcd.io', 'v1', 'Bucket', 'ExternalArtifact', 'GitRepository', 'HelmChart', 'HelmRepository', 'OCIRepository'),
    ...currentAndOnly('helm.toolkit.fluxcd.io', 'v2', 'HelmRelease'),
    ...currentAndOnly('cert-manager.io', 'v1', 'Certificate', 'CertificateRequest', 'ClusterIssuer', 'Issuer'),
    ...currentAndOnly('monitoring.coreos.com', 'v1', 'PodMonitor', 'PrometheusRule', 'ServiceMonitor'),
    ...currentAndOnly('monitoring.coreos.com', 'v1alpha1', 'AlertmanagerConfig'),
  ].sort());
});

test.each(groups)('the CRDs of %s can be applied as they are', (group) => {
  for (const crd of crds(group)) {
    expect(Object.keys(crd).sort()).toEqual(['apiVersion', 'kind', 'metadata', 'spec']);
    expect(crd).toMatchObject({ apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition' });
    expect(crd.metadata).toEqual({ name: `${crd.spec.names.plural}.${group}` });
    expect(['Cluster', 'Namespaced']).toContain(crd.spec.scope);
    expect(crd.spec.versions.filter(({ storage }: any) => storage)).toHaveLength(1);
    for (const { schema } of crd.spec.versions) expect(schema.openAPIV3Schema.type).toBe('object');
  }
});

test.each(groups)('no prose is left in %s, and nothing was lost to the importer', (group) => {
  // A property that is named description has a schema; prose is a string.
  expect(JSON.stringify(crds(group))).not.toMatch(/"description":"/);
  expect(fs.readFileSync(path.join(IMPORTS, `${group}.ts`), 'utf8')).not.toContain('__stripped_by_cdk8s__');
});

test('properties that are named description are there', () => {
  const stream = crds('jetstream.nats.io').find(({ spec }) => spec.names.kind === 'Stream');
  expect(stream.spec.versions[0].schema.openAPIV3Schema.properties.spec.properties.description).toEqual({ type: 'string' });
});

test('cdk8s.yaml imports the same URLs, one for each group', () => {
  const { imports } = parse(fs.readFileSync(path.join(PROJECT, 'cdk8s.yaml'), 'utf8'));
  expect(imports).toEqual(importedGroups.map(({ url }) => url));
  for (const { url, version } of importedGroups) expect(url).toContain(`/${version}/`);
});

test('imports/README.md says from what', () => {
  expect(fs.readFileSync(path.join(IMPORTS, 'README.md'), 'utf8')).toBe(readme(importedGroups));
});
