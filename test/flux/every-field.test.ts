import { everyField } from './every-field';
import { SchemaCheck } from '../../src';
import { crdsOfGroup } from '../../src/core/schema/crd-catalog';
import { Manifest, Manifests } from '../support';

/** What is not offered, and why stands in the docstrings: Flux ignores it, or something else says it. */
const notOffered: { [kind: string]: string[] } = {
  GitRepository: [],
  OCIRepository: [],
  HelmRepository: ['accessFrom', 'accessFrom.namespaceSelectors', 'accessFrom.namespaceSelectors.matchLabels'],
  Bucket: [],
  // Flux knows one version of each kind of source.
  Kustomization: ['sourceRef.apiVersion'],
  HelmRelease: ['chart.spec.sourceRef.apiVersion', 'chartRef.apiVersion', 'install.skipCRDs', 'rollback.recreate'],
};

const kinds: [kind: string, group: string][] = [
  ['GitRepository', 'source'], ['OCIRepository', 'source'], ['HelmRepository', 'source'], ['Bucket', 'source'], ['Kustomization', 'kustomize'], ['HelmRelease', 'helm'],
];

const chart = everyField();
const manifests = Manifests.of(chart).all;

test.each(kinds)('every field of %s can be given', (kind, group) => {
  const crd = crdsOfGroup(`${group}.toolkit.fluxcd.io`)!.find(({ spec }) => spec.names.kind === kind)!;
  const known = fieldsOfSchema((crd.spec.versions[0].schema!.openAPIV3Schema as Manifest).properties.spec);
  const given = manifests.filter((object) => object.kind === kind).flatMap(({ spec }) => [...fieldsOf(spec)]);

  expect(known.filter((field) => !given.includes(field))).toEqual(notOffered[kind]);
});

test('the schemas know all of it', () => {
  SchemaCheck.enable(chart);
  expect(chart.node.root.node.findAll().flatMap(({ node }) => node.validate())).toEqual([]);
});

/** Paths of all properties in a structural schema, without what is below free ones. */
function fieldsOfSchema({ properties = {}, items }: Manifest, path = ''): string[] {
  if (items) return fieldsOfSchema(items, path);
  return Object.entries<Manifest>(properties).flatMap(([name, schema]) => [`${path}${name}`, ...fieldsOfSchema(schema, `${path}${name}.`)]);
}

function* fieldsOf(value: unknown, path = ''): Generator<string> {
  if (Array.isArray(value)) {for (const one of value) yield* fieldsOf(one, path);} else if (typeof value === 'object' && value !== null) {
    for (const [name, one] of Object.entries(value)) {
      yield `${path}${name}`;
      yield* fieldsOf(one, `${path}${name}.`);
    }
  }
}
