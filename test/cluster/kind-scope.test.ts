import { ControlPlane } from './harness/control-plane';
import { isNamespaced } from '../../src/core/schema/kind-scope';
import { Manifest } from '../support';

jest.setTimeout(60_000);

test('each kind of Kubernetes belongs to a namespace where the API server says so', async () => {
  const { client } = await ControlPlane.start();
  const ask = async (path: string) => (await client.ask('GET', path)).body;
  const { groups } = await ask('/apis');
  const paths: [string, string][] = [['core', '/api/v1'], ...groups.map(({ name, preferredVersion }: Manifest) => [name, `/apis/${preferredVersion.groupVersion}`])];
  const kinds = await Promise.all(paths.map(async ([group, path]) => {
    const { resources } = await ask(path);
    return resources.filter(({ name }: Manifest) => !name.includes('/')).map(({ kind, namespaced }: Manifest) => ({ group, kind, namespaced }));
  }));
  const served = kinds.flat();

  expect(served.length).toBeGreaterThan(60);
  expect(served.map(({ group, kind }) => ({ group, kind, namespaced: isNamespaced(group, kind) }))).toEqual(served);
});
