import * as fs from 'node:fs';
import * as http from 'node:http';
import { AddressInfo } from 'node:net';
import * as os from 'node:os';
import * as path from 'node:path';
import { stringify } from 'yaml';
import { Crd, CrdVersion } from '../../src/core/schema/crd';
import { canonical, withoutProse } from '../../tools/import/crd';
import { joinGroup } from '../../tools/import/join';
import { differingFiles, generate } from '../../tools/import/output';
import { fromFolder, fromGoModules, fromWeb } from '../../tools/import/sources';

const group = 'example.com';

function crd(kind: string, versions: Partial<CrdVersion>[] = [{}], metadata: object = {}): Crd {
  const plural = `${kind.toLowerCase()}s`;
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${plural}.${group}`, ...metadata },
    spec: {
      group,
      scope: 'Namespaced',
      names: { kind, plural },
      versions: versions.map((version) => ({
        name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: { type: 'object', properties: { spec: { type: 'object' } } } }, ...version,
      })),
    },
  };
}

let folder: string;

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'import-test-'));
});

afterEach(() => fs.rmSync(folder, { recursive: true }));

describe('a schema without prose', () => {
  test('loses the keyword description wherever a schema stands', () => {
    expect(withoutProse({
      description: 'prose',
      type: 'object',
      properties: {
        list: { type: 'array', description: 'prose', items: { type: 'string', description: 'prose' } },
        map: { type: 'object', additionalProperties: { type: 'string', description: 'prose' } },
      },
      anyOf: [{ description: 'prose', required: ['list'] }],
      not: { description: 'prose', required: ['map'] },
    })).toEqual({
      type: 'object',
      properties: { list: { type: 'array', items: { type: 'string' } }, map: { type: 'object', additionalProperties: { type: 'string' } } },
      anyOf: [{ required: ['list'] }],
      not: { required: ['map'] },
    });
  });

  test('keeps properties that have the name of a keyword, and values that are not schemas', () => {
    const schema = {
      type: 'object',
      required: ['description'],
      default: { description: 'a value' },
      properties: { description: { type: 'string' }, properties: { type: 'object', properties: { description: { type: 'string' } } }, items: { type: 'string' } },
    };
    expect(withoutProse(schema)).toEqual(schema);
  });
});

describe('a canonical CRD', () => {
  test('has nothing of whoever packed it', () => {
    const packed = { ...crd('Thing', [{}], { annotations: { a: 'b' }, labels: { a: 'b' }, creationTimestamp: null }), status: { conditions: [] } };
    expect(canonical(packed)).toEqual(crd('Thing'));
  });

  test('keeps printer columns in their order, without their prose', () => {
    const columns = [{ name: 'B', type: 'string', jsonPath: '.b', description: 'prose' }, { name: 'A', type: 'string', jsonPath: '.a' }];
    expect(canonical(crd('Thing', [{ additionalPrinterColumns: columns }])).spec.versions[0].additionalPrinterColumns).toEqual([
      { name: 'B', type: 'string', jsonPath: '.b' }, { name: 'A', type: 'string', jsonPath: '.a' },
    ]);
  });

  test('has its versions in the order in which kubectl chooses', () => {
    const versions = ['v1alpha1', 'v1beta2', 'v10', 'v2', 'v1beta10', 'v1', 'v2beta1'].map((name) => ({ name, served: name !== 'v10' }));
    expect(canonical(crd('Thing', versions)).spec.versions.map(({ name }) => name)).toEqual(['v2', 'v1', 'v2beta1', 'v1beta10', 'v1beta2', 'v1alpha1', 'v10']);
  });

  test('refuses a version whose rank it does not know', () => {
    expect(() => canonical(crd('Thing', [{ name: 'newest' }, { name: 'v1' }]))).toThrow('version newest has no place');
  });
});

describe('a joined group', () => {
  test('takes its kinds from several documents, sorted, and leaves others out', () => {
    const [alpha, beta, gamma] = ['Alpha', 'Beta', 'Gamma'].map((kind) => crd(kind));
    const foreign = { ...crd('Alpha'), spec: { ...crd('Alpha').spec, group: 'other.example.com' } };
    const texts = [`${stringify(gamma)}---\n${stringify({ kind: 'ConfigMap' })}---\n`, stringify(foreign), JSON.stringify([beta, alpha])];
    expect(joinGroup({ group, kinds: ['Beta', 'Alpha'] }, texts)).toEqual([alpha, beta]);
  });

  test('is complete and unambiguous', () => {
    expect(() => joinGroup({ group, kinds: ['Alpha'] }, [])).toThrow('example.com: the source has 0 CRDs of kind Alpha');
    expect(() => joinGroup({ group, kinds: ['Alpha'] }, [stringify(crd('Alpha')), stringify(crd('Alpha'))])).toThrow('the source has 2 CRDs');
  });

  test('is the same text whatever the order of the keys', () => {
    const reversed = JSON.stringify(crd('Alpha'), (_, value) => value && typeof value === 'object' && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).reverse()) : value);
    expect(JSON.stringify(joinGroup({ group, kinds: ['Alpha'] }, [reversed])))
      .toBe(JSON.stringify(joinGroup({ group, kinds: ['Alpha'] }, [stringify(crd('Alpha'))])));
  });

  test('refuses a document that is not YAML', () => {
    expect(() => joinGroup({ group, kinds: [] }, ['a: [b'])).toThrow();
  });
});

describe('the sources', () => {
  const listed = { group, kinds: ['Thing'], version: 'v1.0.0', url: '' };

  test('a folder gives its YAML files', async () => {
    fs.writeFileSync(path.join(folder, 'b.yml'), 'b');
    fs.writeFileSync(path.join(folder, 'a.yaml'), 'a');
    fs.writeFileSync(path.join(folder, 'README.md'), 'c');
    fs.writeFileSync(path.join(folder, 'c.yaml'), stringify(crd('Thing')));
    expect(await fromFolder(folder, folder)({ ...listed, kinds: ['Thing'] })).toEqual(['a', 'b', stringify(crd('Thing'))]);
  });

  test('a kind that a folder does not have stays as it is, and one that nobody has throws', async () => {
    const imports = path.join(folder, 'imports');
    fs.mkdirSync(path.join(imports, 'crds'), { recursive: true });
    fs.writeFileSync(path.join(imports, 'crds', 'example.com.json'), JSON.stringify([crd('Thing', [{ name: 'v2' }]), crd('Other')]));
    fs.writeFileSync(path.join(folder, 'a.yaml'), stringify(crd('Thing')));
    const join = async (...kinds: string[]) => joinGroup({ group, kinds }, await fromFolder(folder, imports)({ ...listed, kinds }));
    expect(await join('Thing', 'Other')).toEqual([crd('Other'), crd('Thing')]);
    await expect(join('Thing', 'Third')).rejects.toThrow('example.com: the source has 0 CRDs of kind Third; allowed: exactly one');
  });

  test('a group without a Go module stays as it is', async () => {
    fs.mkdirSync(path.join(folder, 'crds'));
    fs.writeFileSync(path.join(folder, 'crds', 'example.com.json'), JSON.stringify([crd('Thing')]));
    expect(joinGroup(listed, await fromGoModules(folder)(listed))).toEqual([crd('Thing')]);
  });

  test('the web gives what the URL holds, or says which URL failed', async () => {
    const server = http.createServer(({ url }, response) => {
      response.statusCode = url === '/crds.yaml' ? 200 : 404;
      response.end('text');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    try {
      const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      expect(await fromWeb({ ...listed, url: `${base}/crds.yaml` })).toEqual(['text']);
      await expect(fromWeb({ ...listed, url: `${base}/gone.yaml` })).rejects.toThrow(`${base}/gone.yaml: HTTP 404`);
    } finally {
      await new Promise((resolve) => server.close(resolve));
    }
  });
});

test('a generated folder has types, CRDs and README, and is the same each time', async () => {
  const listed = { group, kinds: ['Thing'], version: 'v1.0.0', url: 'https://example.com/v1.0.0/crds.yaml' };
  const source = async () => [stringify(crd('Thing', [{ name: 'v1beta1', storage: false }, { name: 'v1' }]))];
  const [once, again] = ['once', 'again'].map((name) => path.join(folder, name));
  await generate([listed], source, once);
  await generate([listed], source, again);
  expect(differingFiles(once, again)).toEqual([]);
  expect(fs.readdirSync(once).sort()).toEqual(['README.md', 'crds', 'example.com.ts']);
  const types = fs.readFileSync(path.join(once, 'example.com.ts'), 'utf8');
  expect(types).toMatch(/export class Thing extends ApiObject [^]*?apiVersion: 'example\.com\/v1',/);
  expect(types).toMatch(/export class ThingV1Beta1 extends ApiObject [^]*?apiVersion: 'example\.com\/v1beta1',/);
  fs.writeFileSync(path.join(again, 'example.com.ts'), 'edited by hand');
  fs.rmSync(path.join(again, 'crds', 'example.com.json'));
  expect(differingFiles(once, again)).toEqual(['crds/example.com.json', 'example.com.ts']);
});
