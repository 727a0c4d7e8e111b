import { App, Chart, Duration } from 'cdk8s';
import {
  Flux, FluxKind, FluxOidcProvider, FluxProvider, FluxReceiver, FluxReceiverProps, FluxReceiverResource, FluxReceiverType,
  FluxVersion, RequiredSecrets, SecretKey,
} from '../../src';
import { crdsOfGroup } from '../../src/core/schema/crd-catalog';
import { SchemaCheck } from '../../src/core/schema/schema-check';
import { Manifest, Manifests } from '../support';

const token = SecretKey.fromName('webhook', 'token');
const fleet = FluxReceiverResource.named(FluxKind.GIT_REPOSITORY, 'fleet', 'flux-system');
const gitHubWorkflow: FluxOidcProvider = { issuerUrl: 'https://token.actions.githubusercontent.com', validations: [{ expression: 'vars.repository == "org/app"', message: 'wrong repository' }], variables: { repository: 'claims.repository' } };

function newChart(version = FluxVersion.V2_9): Chart {
  const app = new App();
  SchemaCheck.enable(app);
  Flux.use(app, version);
  return new Chart(app, 'chart', { namespace: 'nats' });
}

function receiver(props: Partial<FluxReceiverProps> = {}, version?: FluxVersion): FluxReceiver {
  return new FluxReceiver(newChart(version), 'receiver', { type: FluxReceiverType.generic(token), resources: [fleet], ...props });
}

function manifestOf(props: Partial<FluxReceiverProps>, version?: FluxVersion): Manifest {
  const app = receiver(props, version).node.root as App;
  expect(app.node.validate()).toEqual([]);
  return Manifests.ofApp(app).get('Receiver', 'receiver');
}

const types: [string, FluxReceiverType, Manifest, string[]][] = [
  ['generic', FluxReceiverType.generic(token), {}, ['token']],
  ['generic-hmac', FluxReceiverType.genericHmac(token), {}, ['token']],
  ['github', FluxReceiverType.gitHub(token, { events: ['ping', 'push'] }), { events: ['ping', 'push'] }, ['token']],
  ['gitlab', FluxReceiverType.gitLab(token, { events: ['Push Hook'] }), { events: ['Push Hook'] }, ['token']],
  ['bitbucket', FluxReceiverType.bitbucket(token), {}, ['token']],
  ['cdevents', FluxReceiverType.cdEvents(token, { events: ['cd.change.merged.v1'] }), { events: ['cd.change.merged.v1'] }, ['token']],
  ['harbor', FluxReceiverType.harbor(token), {}, ['token']],
  ['dockerhub', FluxReceiverType.dockerHub(token), {}, ['token']],
  ['quay', FluxReceiverType.quay(token), {}, ['token']],
  ['nexus', FluxReceiverType.nexus(token), {}, ['token']],
  ['acr', FluxReceiverType.acr(token), {}, ['token']],
  ['gcr', FluxReceiverType.gcr('webhook'), {}, ['audience', 'email', 'token']],
];

describe('a receiver', () => {
  test.each(types)('for %s has what it needs', (type, props, spec, keys) => {
    expect(manifestOf({ type: props })).toEqual({
      apiVersion: 'notification.toolkit.fluxcd.io/v1',
      kind: 'Receiver',
      metadata: { name: 'receiver', namespace: 'nats' },
      spec: { type, secretRef: { name: 'webhook' }, resources: [{ apiVersion: 'source.toolkit.fluxcd.io/v1', kind: 'GitRepository', name: 'fleet', namespace: 'flux-system' }], ...spec },
    });
    expect(RequiredSecrets.of(receiver({ type: props })).map(({ namespace, secretName, key }) => `${namespace}/${secretName}/${key}`)).toEqual(keys.map((key) => `nats/webhook/${key}`));
  });

  test('believes an issuer of OpenID Connect without a Secret', () => {
    const type = FluxReceiverType.genericOidc(gitHubWorkflow, { issuerUrl: 'https://gitlab.com', audience: 'flux', validations: [{ expression: 'true', message: 'never' }] });
    const { spec } = manifestOf({ type });
    expect(spec).toMatchObject({
      type: 'generic-oidc',
      oidcProviders: [
        { issuerURL: 'https://token.actions.githubusercontent.com', validations: [{ expression: 'vars.repository == "org/app"', message: 'wrong repository' }], variables: [{ name: 'repository', expression: 'claims.repository' }] },
        { issuerURL: 'https://gitlab.com', audience: 'flux', validations: [{ expression: 'true', message: 'never' }] },
      ],
    });
    expect(spec).not.toHaveProperty('secretRef');
    expect(RequiredSecrets.of(receiver({ type }))).toEqual([]);
  });

  test('knows all types of the CRD', () => {
    const { schema } = crdsOfGroup('notification.toolkit.fluxcd.io')!.find(({ spec }) => spec.names.kind === 'Receiver')!.spec.versions[0];
    expect([...types.map(([type]) => type), 'generic-oidc'].sort()).toEqual([...(schema as any).openAPIV3Schema.properties.spec.properties.type.enum].sort());
  });

  test('says the API version of each kind, which Flux guesses only for sources', () => {
    const chart = newChart();
    const { kind, objectName, namespace } = receiver();
    const object = { kind: FluxKind.KUSTOMIZATION, objectName: 'apps', namespace: 'shop' } as never;
    expect([kind, objectName, namespace]).toEqual(['Receiver', 'receiver', 'nats']);
    new FluxReceiver(chart, 'all', {
      type: FluxReceiverType.generic(token),
      filter: 'req.tag != ""',
      interval: Duration.days(1),
      suspend: true,
      resources: [
        FluxReceiverResource.object(object),
        FluxReceiverResource.labelled(FluxKind.HELM_RELEASE, { team: 'shop' }, 'shop', { filter: 'res.metadata.name == req.name' }),
        FluxReceiverResource.named(FluxKind.IMAGE_REPOSITORY, 'web', 'shop'),
      ],
    });
    expect(Manifests.of(chart).get('Receiver', 'all').spec).toMatchObject({
      resourceFilter: 'req.tag != ""',
      interval: '24h',
      suspend: true,
      resources: [
        { apiVersion: 'kustomize.toolkit.fluxcd.io/v1', kind: 'Kustomization', name: 'apps', namespace: 'shop' },
        { apiVersion: 'helm.toolkit.fluxcd.io/v2', kind: 'HelmRelease', name: '*', namespace: 'shop', matchLabels: { team: 'shop' }, filter: 'res.metadata.name == req.name' },
        { apiVersion: 'image.toolkit.fluxcd.io/v1', kind: 'ImageRepository', name: 'web', namespace: 'shop' },
      ],
    });
    expect(manifestOf({ resources: [FluxReceiverResource.named(FluxKind.IMAGE_REPOSITORY, 'web', 'shop')] }, FluxVersion.V2_6).spec.resources[0].apiVersion).toBe('image.toolkit.fluxcd.io/v1beta2');
  });

  test.each<[string, () => void, string]>([
    ['no resources', () => receiver({ resources: [] }), '[chart/receiver] resources is empty; allowed: one or more [FLUX-RECEIVER]'],
    ['an empty filter', () => receiver({ filter: '' }), 'filter is empty; allowed: a CEL expression'],
    ['an empty filter of a resource', () => receiver({ resources: [FluxReceiverResource.named(FluxKind.BUCKET, 'a', 'b', { filter: ' ' })] }), 'resources[0]: filter is empty'],
    ['another key', () => receiver({ type: FluxReceiverType.gitHub(SecretKey.fromName('webhook', 'secret')) }), 'token is under the key \'secret\' of Secret \'webhook\''],
    ['no events', () => receiver({ type: FluxReceiverType.gitHub(token, { events: [] }) }), 'events is []; allowed: names of events; fix: leave it out for all events'],
    ['a wildcard', () => receiver({ resources: [FluxReceiverResource.named(FluxKind.BUCKET, '*', 'b')] }), 'resources[0]: the name \'*\' is invalid; allowed: at most 253'],
    ['labels that are none', () => receiver({ resources: [FluxReceiverResource.labelled(FluxKind.BUCKET, {}, 'b')] }), 'resources[0]: there are no labels; allowed: one or more: Flux takes no wildcard without'],
    ['an invalid label', () => receiver({ resources: [FluxReceiverResource.labelled(FluxKind.BUCKET, { 'a b': 'c' }, 'b')] }), 'resources[0]: the label a b: c is invalid'],
    ['an invalid namespace', () => receiver({ resources: [FluxReceiverResource.named(FluxKind.BUCKET, 'a', '*')] }), 'resources[0]: the namespace \'*\' is invalid'],
    ['a kind that is not reconciled', () => receiver({ resources: [FluxReceiverResource.object(FluxProvider.fromProviderName(newChart(), 'p', 'p'))] }),
      'resources[0]: \'Provider\' cannot be reconciled by a receiver; allowed: Kustomization, HelmRelease'],
    ['OIDC before it was there', () => receiver({ type: FluxReceiverType.genericOidc(gitHubWorkflow) }, FluxVersion.V2_8), 'the receiver generic-oidc came with Flux 2.9, but the cluster has 2.8'],
    ['a filter before it was there', () => receiver({ resources: [FluxReceiverResource.named(FluxKind.BUCKET, 'a', 'b', { filter: 'true' })] }, FluxVersion.V2_8), 'resources[0]: a filter of its own came with Flux 2.9'],
    ['no issuer', () => receiver({ type: FluxReceiverType.genericOidc() }), 'there is no provider of OpenID Connect'],
    ['one issuer twice', () => receiver({ type: FluxReceiverType.genericOidc(gitHubWorkflow, gitHubWorkflow) }), 'two providers have the issuer \'https://token.actions.githubusercontent.com\''],
    ['no validations', () => receiver({ type: FluxReceiverType.genericOidc({ ...gitHubWorkflow, validations: [] }) }), 'has no validations, so that whoever gets a token there is welcome; allowed: one or more'],
    ['an empty message', () => receiver({ type: FluxReceiverType.genericOidc({ ...gitHubWorkflow, validations: [{ expression: 'true', message: '' }] }) }), 'has an empty expression, message or name'],
    ['an issuer that is no URL', () => receiver({ type: FluxReceiverType.genericOidc({ ...gitHubWorkflow, issuerUrl: 'github' }) }), 'issuerUrl is \'github\''],
  ])('does not take %s', (_, make, message) => expect(make).toThrow(message));
});
