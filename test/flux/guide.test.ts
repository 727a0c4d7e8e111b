import { App, Chart } from 'cdk8s';
import {
  FluxGitReference, FluxGitRepository, FluxHealthCheck, FluxKustomization, PlatformNamespace, RequiredSecrets, SchemaCheck, SecretKey, SlackAlerting,
  SlackAuth,
} from '../../src';
import { Manifests } from '../support';

test('the guide\'s first objects: a namespace, an app of a Git repository in it that is ready when its Deployment is, and its alert', () => {
  const app = new App();
  SchemaCheck.enable(app);
  const chart = new Chart(app, 'flux', { namespace: 'flux-system' });
  new PlatformNamespace(chart, 'namespace', 'shop');
  const source = new FluxGitRepository(chart, 'shop', { url: 'https://github.com/example/shop', ref: FluxGitReference.branch('main') });
  new FluxKustomization(chart, 'shop-app', {
    source, path: './deploy/production', targetNamespace: 'shop', healthChecks: [FluxHealthCheck.deployment('shop', 'shop')],
  });
  new SlackAlerting(chart, 'slack', {
    auth: SlackAuth.botToken(SecretKey.fromName('slack', 'token')), cluster: 'eu-1', environment: 'production', routes: [{ channel: '#shop' }],
  });
  const manifests = Manifests.of(chart);

  expect(app.node.findAll().flatMap(({ node }) => node.validate())).toEqual([]);
  expect(manifests.kinds()).toEqual(['Alert', 'GitRepository', 'Kustomization', 'Namespace', 'Provider']);
  expect(RequiredSecrets.of(app).map(({ namespace, secretName, key }) => [namespace, secretName, key])).toEqual([['flux-system', 'slack', 'token']]);
  expect(manifests.get('GitRepository', 'shop')).toEqual({
    apiVersion: 'source.toolkit.fluxcd.io/v1',
    kind: 'GitRepository',
    metadata: { name: 'shop', namespace: 'flux-system' },
    spec: { url: 'https://github.com/example/shop', ref: { branch: 'main' }, interval: '5m', timeout: '1m' },
  });
  expect(manifests.get('Kustomization', 'shop-app')).toEqual({
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
  });
  expect(manifests.all.find(({ kind }) => kind === 'Alert')!.spec.eventSources).toEqual(expect.arrayContaining([
    expect.objectContaining({ kind: 'Kustomization', name: '*', namespace: 'flux-system' }), expect.objectContaining({ kind: 'GitRepository', name: '*', namespace: 'flux-system' }),
  ]));
});
