import { App, Chart } from 'cdk8s';
import { FluxGitReference, FluxGitRepository, FluxHealthCheck, FluxKustomization, SchemaCheck } from '../../src';
import { Manifests } from '../support';

test('the guide\'s first objects: an app of a Git repository in a namespace, ready when its Deployment is', () => {
  const app = new App();
  SchemaCheck.enable(app);
  const chart = new Chart(app, 'flux', { namespace: 'flux-system' });
  const source = new FluxGitRepository(chart, 'shop', { url: 'https://github.com/example/shop', ref: FluxGitReference.branch('main') });
  new FluxKustomization(chart, 'shop-app', { source, path: './deploy/production', targetNamespace: 'shop', healthChecks: [FluxHealthCheck.deployment('shop', 'shop')] });

  expect(app.node.findAll().flatMap(({ node }) => node.validate())).toEqual([]);
  expect(Manifests.of(chart).all).toEqual([
    {
      apiVersion: 'source.toolkit.fluxcd.io/v1',
      kind: 'GitRepository',
      metadata: { name: 'shop', namespace: 'flux-system' },
      spec: { url: 'https://github.com/example/shop', ref: { branch: 'main' }, interval: '5m', timeout: '1m' },
    },
    {
      apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
      kind: 'Kustomization',
      metadata: { name: 'shop-app', namespace: 'flux-system' },
      spec: {
        sourceRef: { kind: 'GitRepository', name: 'shop' },
        path: './deploy/production',
        interval: '1h',
        retryInterval: '2m',
        timeout: '5m',
        prune: true,
        wait: false,
        healthChecks: [{ apiVersion: 'apps/v1', kind: 'Deployment', name: 'shop', namespace: 'shop' }],
        targetNamespace: 'shop',
      },
    },
  ]);
});
