import { execFileSync } from 'child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { App, Chart } from 'cdk8s';
import { parseAllDocuments } from 'yaml';
import { layerBuild } from './harness/binaries';
import { FluxGitRepository, FluxKustomization, FluxKustomizationProps } from '../../src';
import { Manifest, Manifests } from '../support';

// Built before the clock of a test runs.
layerBuild();

let root: string;
beforeEach(() => { root = mkdtempSync(join(tmpdir(), 'source-')); });
afterEach(() => rmSync(root, { recursive: true, force: true }));

const shop = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'shop', namespace: 'shop', annotations: { region: '${REGION:=eu}' } },
  spec: { replicas: 1, template: { spec: { containers: [{ name: 'shop', image: 'shop:v1' }] } } },
};

const kustomization = (props: Partial<FluxKustomizationProps>): Manifest => {
  const chart = new Chart(new App(), 'flux');
  new FluxKustomization(chart, 'shop', { source: FluxGitRepository.fromGitRepositoryName(chart, 'git', 'git'), ...props });
  return Manifests.of(chart).get('Kustomization', 'shop');
};

/** What kustomize-controller makes of the Deployment in the source. */
function built({ spec, ...rest }: Manifest): Manifest {
  mkdirSync(join(root, 'source'));
  writeFileSync(join(root, 'source/shop.yaml'), JSON.stringify(shop));
  writeFileSync(join(root, 'kustomization.json'), JSON.stringify({ ...rest, spec }));
  const text = execFileSync(layerBuild(), [join(root, 'source'), join(root, 'kustomization.json')], { encoding: 'utf8', stdio: 'pipe' });
  return parseAllDocuments(text)[0].toJS();
}

const DIGEST = `sha256:${'a'.repeat(64)}`;
const target = { kind: 'Deployment' };
const operations = '- {op: replace, path: /spec/replicas, value: 2}';

describe('kustomize-controller refuses what throws here', () => {
  test.each<[what: string, props: Partial<FluxKustomizationProps>, spec: Manifest, here: string, there: string]>([
    ['operations without a target', { patches: [{ patch: operations }] }, { patches: [{ patch: operations }] }, 'has operations, and no target', 'must specify a target for JSON patch'],
    ['a patch that names no object', { patches: [{ patch: 'spec: {replicas: 2}' }] }, { patches: [{ patch: 'spec: {replicas: 2}' }] }, 'names no object', 'unable to parse SM or JSON patch'],
    ['a patch without a name beside a target', { patches: [{ patch: 'spec: {replicas: 2}', target }] }, { patches: [{ patch: 'spec: {replicas: 2}', target }] }, 'names no object', 'unable to parse SM or JSON patch'],
    ['a patch without API version and target', { patches: [{ patch: 'kind: Deployment\nmetadata: {name: shop, namespace: shop}' }] },
      { patches: [{ patch: 'kind: Deployment\nmetadata: {name: shop, namespace: shop}' }] }, 'names no object', 'no resource matches strategic merge patch'],
    ['an unknown operation', { patches: [{ patch: '- {op: set, path: /a}', target }] }, { patches: [{ patch: '- {op: set, path: /a}', target }] }, 'has the operation', 'Unexpected kind: set'],
    ['an operation on no pointer', { patches: [{ patch: '- {op: remove, path: spec.replicas}', target }] }, { patches: [{ patch: '- {op: remove, path: spec.replicas}', target }] },
      'has the operation', 'spec.replicas'],
    ['a patch that is no YAML', { patches: [{ patch: '{a: [}' }] }, { patches: [{ patch: '{a: [}' }] }, 'is no YAML', 'unable to parse SM or JSON patch'],
    ['a target that Go cannot read', { patches: [{ patch: operations, target: { name: '(?=a)' } }] }, { patches: [{ patch: operations, target: { name: '(?=a)' } }] }, 'which Go cannot read', 'invalid or unsupported Perl syntax'],
    ['a variable with a dash', { substitution: { variables: { 'my-region': 'eu' } } }, { postBuild: { substitute: { 'my-region': 'eu' } } }, 'substitution.variables has', 'var name is invalid'],
    ['a variable that begins with a digit', { substitution: { variables: { '1A': 'eu' } } }, { postBuild: { substitute: { '1A': 'eu' } } }, 'substitution.variables has', 'var name is invalid'],
    ['an absolute component', { components: ['/tls'] }, { components: ['/tls'] }, 'components has', '/tls'],
  ])('%s', (_, props, spec, here, there) => {
    const good = kustomization({});
    expect(() => kustomization(props)).toThrow(here);
    expect(() => built({ ...good, spec: { ...good.spec, ...spec } })).toThrow(there);
  });
});

describe('kustomize-controller applies what is accepted here', () => {
  test.each<[what: string, props: Partial<FluxKustomizationProps>, expected: Manifest]>([
    ['operations', { patches: [{ patch: operations, target }] }, { spec: { replicas: 2 } }],
    ['a part of an object', { patches: [{ patch: 'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: shop, namespace: shop}\nspec: {replicas: 3}' }] }, { spec: { replicas: 3 } }],
    ['a part for a target', { patches: [{ patch: 'kind: Deployment\nmetadata: {name: any}\nspec: {replicas: 4}', target: { kind: 'Deploy.*' } }] }, { spec: { replicas: 4 } }],
    ['an operation on a path with a slash in it', { patches: [{ patch: '- {op: add, path: /metadata/annotations/a~1b, value: c}', target: { name: '(?i)SHOP' } }] }, { metadata: { annotations: { 'a/b': 'c' } } }],
    ['a tag', { images: [{ name: 'shop', newName: 'registry:5000/shop', newTag: 'v2' }] }, { spec: { template: { spec: { containers: [{ image: 'registry:5000/shop:v2' }] } } } }],
    ['a tag beside a digest', { images: [{ name: 'shop', newTag: 'v2', digest: DIGEST }] }, { spec: { template: { spec: { containers: [{ image: `shop:v2@${DIGEST}` }] } } } }],
    ['a prefix and a suffix', { namePrefix: 'a-', nameSuffix: '-b' }, { metadata: { name: 'a-shop-b' } }],
    ['another namespace', { targetNamespace: 'other' }, { metadata: { namespace: 'other' } }],
    ['a variable', { substitution: { variables: { REGION: 'us' } } }, { metadata: { annotations: { region: 'us' } } }],
    ['a default of a variable', { substitution: { always: true } }, { metadata: { annotations: { region: 'eu' } } }],
  ])('%s', (_, props, expected) => expect(built(kustomization(props))).toMatchObject(expected));
});

test('a value of two lines throws because kustomize-controller would make it one', () => {
  const good = kustomization({});
  expect(built({ ...good, spec: { ...good.spec, postBuild: { substitute: { REGION: 'a\nb' } } } }).metadata.annotations.region).toBe('ab');
});
