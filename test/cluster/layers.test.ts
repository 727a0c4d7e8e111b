import { execFileSync } from 'child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { ApiObject, App, Chart } from 'cdk8s';
import { parseAllDocuments } from 'yaml';
import { layerBuild } from './harness/binaries';
import { Dist, FluxDelivery, FluxDeliveryProps, FluxGitRepository } from '../../src';
import { dev, production, staging } from '../../src/environments';
import { Manifest } from '../support';

// Built before the clock of a test runs.
layerBuild();

let root: string;
beforeEach(() => { root = mkdtempSync(join(tmpdir(), 'layers-')); });
afterEach(() => rmSync(root, { recursive: true, force: true }));

const parse = (text: string): Manifest[] => parseAllDocuments(text, { version: '1.1' }).map((document) => document.toJS());
const filesOf = (folder: string) => readdirSync(join(root, folder)).filter((file) => file.endsWith('.yaml')).sort();
const read = (folder: string) => filesOf(folder).flatMap((file) => parse(readFileSync(join(root, folder, file), 'utf8')));
const byName = (objects: Manifest[]) =>
  Object.fromEntries(objects.map((object) => [`${object.apiVersion} ${object.kind} ${object.metadata.namespace ?? ''}/${object.metadata.name}`, object]));

/** What kustomize-controller makes of a Kustomization. */
function build(kustomization: Manifest): Manifest[] {
  const file = join(root, 'kustomization.json');
  writeFileSync(file, JSON.stringify(kustomization));
  try {
    return parse(execFileSync(layerBuild(), [root, file], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 2 ** 26 }));
  } finally {
    rmSync(file);
  }
}

describe.each([['dev', dev], ['staging', staging], ['production', production]])('%s', (name, environment) => {
  test('is built by kustomize-controller, layer by layer, to what was written', () => {
    Dist.write({ [name]: environment() }, join(root, 'dist'));
    const kustomizations = read(`dist/${name}/flux`).filter(({ kind }) => kind === 'Kustomization');
    const written = kustomizations.map(({ spec }) => byName(read(spec.path)));

    expect(kustomizations.map(({ spec }) => spec.path.split('/').pop())).toEqual(expect.arrayContaining(['base', 'nats', 'jetstream', 'alerting']));
    expect(kustomizations.map((kustomization) => byName(build(kustomization)))).toEqual(written);
    expect(written.flatMap((objects) => Object.keys(objects)).length).toBeGreaterThan(name === 'dev' ? 10 : 30);
  });
});

describe('variables', () => {
  /** What a layer with a ConfigMap is built to. */
  function built(data: object, props: Partial<FluxDeliveryProps> = {}): Manifest {
    const app = new App();
    const config = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'config', namespace: 'default' }, data };
    new ApiObject(new Chart(app, 'base'), 'config', config as never);
    const flux = new Chart(app, 'flux');
    const source = FluxGitRepository.fromGitRepositoryName(flux, 'source', 'flux-system');
    const delivery = new FluxDelivery(flux, 'nats', { source, path: './dist/test', ...props });
    Dist.write({ test: app }, join(root, 'dist'));
    return build(delivery.kustomization('base').apiObject.toJson())[0].data;
  }

  const texts = {
    shell: 'echo ${HOSTNAME##*-} ${__rate_interval} ${foo',
    nats: '$$JS.API.> $SYS.> $2a$11$x',
    pod: '$(POD_NAME)',
  };

  test('are left alone in objects that were not made for them, whatever the layer has', () => {
    expect(built(texts)).toEqual(texts);
    expect(built(texts, { layers: { base: { substitution: { variables: { ZONE: 'a' } } } } })).toEqual(texts);
  });

  test('are replaced where the layer has them', () => {
    expect(built({ zone: 'in ${ZONE}', nats: '$SYS.>' }, { layers: { base: { substitution: { variables: { ZONE: 'a' } } } } })).toEqual({ zone: 'in a', nats: '$SYS.>' });
  });

  test('without the mark would be touched: this is what it is for', () => {
    const folder = join(root, 'dist/test/base');
    built({ text: '$$JS ${X:=y}' });
    const [file] = readdirSync(folder).filter((name) => name.startsWith('ConfigMap'));
    const text = readFileSync(join(folder, file), 'utf8');
    writeFileSync(join(folder, file), text.replace('kustomize.toolkit.fluxcd.io/substitute: disabled', 'other: mark'));

    expect(text).toContain('kustomize.toolkit.fluxcd.io/substitute: disabled');
    expect(build({ spec: { path: './dist/test/base', postBuild: {} } })[0].data).toEqual({ text: '$JS y' });
  });
});
