import { createServer } from 'http';
import { AddressInfo } from 'net';
import { App, Chart } from 'cdk8s';
import { ControlPlane } from './harness/control-plane';
import { SourceController } from './harness/source-controller';
import {
  FluxBucket, FluxBucketAccess, FluxBucketProps, FluxGitAuth, FluxGitReference, FluxGitRepository, FluxGitRepositoryProps, FluxHelmRepository,
  FluxHelmRepositoryAuth, FluxOciReference, FluxOciRepository, FluxOciRepositoryProps, FluxRegistryAuth,
} from '../../src';
import { Manifest } from '../support';

jest.setTimeout(90_000);

const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'flux-system' } };
const secretOf = (name: string, stringData: object) => ({ apiVersion: 'v1', kind: 'Secret', metadata: { name, namespace: 'flux-system' }, stringData });

let controller: SourceController;
beforeAll(async () => {
  const plane = await ControlPlane.start();
  await plane.define('source.toolkit.fluxcd.io');
  await plane.apply([
    namespace, secretOf('password', { username: 'a', password: 'b' }), secretOf('access', { accesskey: 'a', secretkey: 'b' }), secretOf('other', { key: 'a' }),
  ]);
  controller = await SourceController.start(plane);
});

const chart = () => new Chart(new App(), 'flux', { namespace: 'flux-system' });
const git = (props: Partial<FluxGitRepositoryProps>) => new FluxGitRepository(chart(), 'git', { url: 'https://github.com/example/shop', ref: FluxGitReference.branch('main'), ...props });
const oci = (props: Partial<FluxOciRepositoryProps>) => new FluxOciRepository(chart(), 'oci', { url: 'oci://ghcr.io/example/shop', ref: FluxOciReference.tag('v1'), ...props });
const bucket = (props: Partial<FluxBucketProps>) => new FluxBucket(chart(), 'bucket', { bucketName: 'shop', endpoint: 's3.example.com', access: FluxBucketAccess.anonymous(), ...props });

/** What throws here, and what source-controller says of the same, which the API server accepts. */
const cases: [what: string, here: () => unknown, kind: string, spec: Manifest, complaint: string][] = [
  ['ssh without a key', () => git({ url: 'ssh://git@github.com/example/shop' }),
    'GitRepository', { url: 'ssh://git@github.com/example/shop' }, '\'identity\' is required'],
  ['a password for ssh', () => git({ url: 'ssh://git@github.com/example/shop', auth: FluxGitAuth.basic('password') }),
    'GitRepository', { url: 'ssh://git@github.com/example/shop', secretRef: { name: 'password' } }, '\'identity\' is required'],
  ['an identity of AWS for another server', () => git({ auth: FluxGitAuth.aws() }),
    'GitRepository', { url: 'https://github.com/example/shop', provider: 'aws' }, 'invalid AWS CodeCommit Git URL'],
  ['a tag in the URL', () => oci({ url: 'oci://ghcr.io/example/shop:v1' }),
    'OCIRepository', { url: 'oci://ghcr.io/example/shop:v1' }, 'can only contain the characters `abcdefghijklmnopqrstuvwxyz0123456789_-./`: example/shop:v1'],
  ['capitals in the repository', () => oci({ url: 'oci://ghcr.io/Example/shop' }),
    'OCIRepository', { url: 'oci://ghcr.io/Example/shop' }, 'can only contain the characters'],
  ['a URL as endpoint of a bucket', () => bucket({ endpoint: 'https://s3.example.com' }),
    'Bucket', { endpoint: 'https://s3.example.com', bucketName: 'shop', secretRef: { name: 'access' } }, 'Endpoint url cannot have fully qualified paths'],
  ['a Security Token Service that is not of AWS', () => bucket({ access: FluxBucketAccess.aws({ stsEndpoint: 'https://sts.example.com' }) }),
    'Bucket', { endpoint: 's3.amazonaws.com', bucketName: 'shop', provider: 'aws', region: 'eu-west-1', sts: { provider: 'aws', endpoint: 'https://sts.example.com' } }, 'invalid STS endpoint: \'https://sts.example.com\''],
  ['a login to a registry for a server with an index', () => new FluxHelmRepository(chart(), 'charts', { url: 'https://charts.example.com', auth: FluxHelmRepositoryAuth.dockerConfig('a') }),
    'HelmRepository', { url: 'oci://ghcr.io/example/charts', type: 'default' }, '\'oci\' URL scheme cannot be used with \'default\' HelmRepository type'],
];

test.each(cases)('%s is refused by source-controller too', async (what, here, kind, spec, complaint) => {
  expect(here).toThrow();
  const name = what.toLowerCase().replace(/[^a-z0-9]+/g, '-');
  const source = { apiVersion: 'source.toolkit.fluxcd.io/v1', kind, metadata: { name, namespace: 'flux-system' }, spec: { interval: '1h', ...spec } };
  expect(await controller.complaintAbout(source)).toContain(complaint);
});

test.each([['aws', FluxRegistryAuth.aws(), 'invalid AWS registry'], ['gcp', FluxRegistryAuth.gcp(), 'invalid GCP registry']])(
  'an identity of %s for another registry is refused by source-controller too, as soon as that asks who it is', async (provider, auth, complaint) => {
    const registry = createServer((_, response) => response.writeHead(401, { 'www-authenticate': 'Basic realm="registry"' }).end());
    await new Promise<void>((resolve) => registry.listen(0, '127.0.0.1', resolve));
    try {
      const url = `oci://127.0.0.1:${(registry.address() as AddressInfo).port}/shop`;
      expect(() => oci({ url, insecure: true, auth })).toThrow('auth is by an identity of');
      expect(await controller.complaintAbout({
        apiVersion: 'source.toolkit.fluxcd.io/v1', kind: 'OCIRepository', metadata: { name: provider, namespace: 'flux-system' }, spec: { interval: '1h', url, insecure: true, provider },
      })).toContain(complaint);
    } finally {
      registry.closeAllConnections();
      registry.close();
    }
  });

/** Credentials without the keys that are listed as needed. */
const keys: [kind: string, spec: Manifest, complaint: string][] = [
  ['GitRepository', { url: 'ssh://git@github.com/example/shop' }, '\'identity\' is required'],
  ['GitRepository', { url: 'https://github.com/example/shop', provider: 'github' }, 'github app data must be specified when provider is set to github'],
  ['Bucket', { endpoint: 's3.example.com', bucketName: 'shop' }, 'required fields \'accesskey\' and \'secretkey\''],
  ['Bucket', { endpoint: 's3.example.com', bucketName: 'shop', provider: 'gcp' }, 'required fields \'serviceaccount\''],
  ['Bucket', { endpoint: 'https://shop.blob.core.windows.net', bucketName: 'shop', provider: 'azure' }, 'requires a \'clientId\' or \'accountKey\' field'],
];

test.each(keys)('%s %j asks for the keys that are listed', async (kind, spec, complaint) => {
  const name = `keys-${keys.findIndex(([, one]) => one === spec)}`;
  const source = { apiVersion: 'source.toolkit.fluxcd.io/v1', kind, metadata: { name, namespace: 'flux-system' }, spec: { interval: '1h', ...spec, secretRef: { name: 'other' } } };
  expect(await controller.complaintAbout(source)).toContain(complaint);
});
