import { ApiObject, App, Chart, Duration } from 'cdk8s';
import { providerTypes } from './provider-types';
import {
  ExternalSecret, Flux, FluxClientTls, FluxProvider, FluxProviderAddress, FluxProviderAuth, FluxProviderProps, FluxProviderType, FluxVersion,
  RequiredSecrets, Rules, SecretKey,
} from '../../src';
import { crdsOfGroup } from '../../src/core/schema/crd-catalog';
import { SchemaCheck } from '../../src/core/schema/schema-check';
import { Manifest, Manifests } from '../support';

const token = SecretKey.fromName('login', 'token');
const url = SecretKey.fromName('login', 'address');
const publicAddress = FluxProviderAddress.url('https://hook.example.com');
const auth = FluxProviderAuth.token(token);

function newChart(version = FluxVersion.V2_10): Chart {
  const app = new App();
  SchemaCheck.enable(app);
  Flux.use(app, version);
  return new Chart(app, 'chart', { namespace: 'nats' });
}

function provider(type: FluxProviderType, props: Partial<FluxProviderProps> = {}, chart = newChart()): FluxProvider {
  return new FluxProvider(chart, 'provider', { type, ...props });
}

function specOf(type: FluxProviderType, props?: Partial<FluxProviderProps>): Manifest {
  const { node } = provider(type, props);
  const app = node.root as App;
  Rules.acknowledge(app, 'FLUX-PROVIDER-SECRET-WRITTEN', 'for the test');
  expect(app.node.validate()).toEqual([]);
  return Manifests.ofApp(app).get('Provider', 'provider').spec;
}

describe('each type has what it needs', () => {
  test.each(providerTypes)('%s', (_, type, spec, keys) => {
    expect(specOf(type)).toEqual(spec);
    expect(RequiredSecrets.of(provider(type)).map(({ secretName, key }) => `${secretName}/${key}`)).toEqual(keys.map((key) => `login/${key}`));
  });

  test('and all types of the CRD can be written', () => {
    const { schema } = crdsOfGroup('notification.toolkit.fluxcd.io')!.find(({ spec }) => spec.names.kind === 'Provider')!.spec.versions.find(({ name }) => name === 'v1')!;
    const known: string[] = (schema as any).openAPIV3Schema.properties.spec.properties.type.enum;
    expect([...new Set(providerTypes.map(([, , { type }]) => type))].sort()).toEqual([...known].sort());
  });
});

test('what all types share', () => {
  const common = { timeout: Duration.hours(1), proxySecretName: 'proxy', tls: FluxClientTls.ca('tls'), suspend: true };
  expect(specOf(FluxProviderType.generic(publicAddress), common)).toEqual({
    type: 'generic', address: 'https://hook.example.com', timeout: '60m', proxySecretRef: { name: 'proxy' }, certSecretRef: { name: 'tls' }, suspend: true,
  });
  expect(RequiredSecrets.of(provider(FluxProviderType.generic(publicAddress), common)).map(({ secretName, key }) => `${secretName}/${key}`)).toEqual(['proxy/address', 'tls/ca.crt']);
});

test('a provider that exists is known by its name', () => {
  const existing = FluxProvider.fromProviderName(newChart(), 'existing', 'teams');
  expect([existing.kind, existing.objectName, existing.namespace]).toEqual(['Provider', 'teams', 'nats']);
  expect(() => FluxProvider.fromProviderName(newChart(), 'existing', 'Teams!')).toThrow('the name \'Teams!\' is invalid');
});

describe('a mistake throws', () => {
  test.each<[string, () => void, string]>([
    ['a public address with credentials', () => provider(FluxProviderType.generic(FluxProviderAddress.url('https://user:secret@hook.example.com'))),
      '[chart/provider] address holds credentials (not shown here); allowed: a URL without; fix: refer to a Secret [FLUX-PROVIDER]'],
    ['an address that is no URL', () => provider(FluxProviderType.generic(FluxProviderAddress.url('hook'))), 'address is \'hook\'; allowed: a URL with https:// or http://'],
    ['the URL of a webhook as a public one', () => provider(FluxProviderType.generic(FluxProviderAddress.url('https://hooks.slack.com/services/T0/B0/secret'))),
      'address is the URL of a webhook (not shown here), and whoever has it may write there; allowed: a SecretKey with the URL under the key address; '
      + 'fix: put it into a Secret, and make a new one: whoever read this program has it [SECRET-LITERAL]'],
    ['a text that is too long', () => provider(FluxProviderType.pagerDuty('a'.repeat(2049))), 'routingKey is 2049 characters long; allowed: a text of at most 2048 characters'],
    ['another key for headers', () => provider(FluxProviderType.generic(publicAddress, { headers: token })), 'headers is under the key \'token\' of Secret \'login\''],
    ['no token', () => provider(FluxProviderType.telegram('@a', undefined as never)), 'token is missing; allowed: a SecretKey; fix: give token: SecretKey.fromName(\'<secret>\', \'token\')'],
    ['two Secrets', () => provider(FluxProviderType.genericHmac(FluxProviderAddress.fromSecret(url), SecretKey.fromName('other', 'token'))),
      'what the provider needs is in the Secrets \'login\' and \'other\'; allowed: one Secret; fix: put all of it into one [FLUX-PROVIDER-SECRET]'],
    ['an empty chat', () => provider(FluxProviderType.telegram('', token)), 'chat is empty; allowed: a text of at most 2048 characters, such as \'@releases\''],
    ['a channel of Zulip with /', () => provider(FluxProviderType.zulip('https://zulip', 'a/b', 'topic', 'login')), 'channel is \'a/b\'; allowed: a name without /'],
    ['a subject with a wildcard', () => provider(FluxProviderType.nats('nats://nats:4222', 'flux.>')), 'subject is \'flux.>\'; allowed: a subject without wildcards and spaces'],
    ['a server of NATS by HTTP', () => provider(FluxProviderType.nats('http://nats:4222', 'a')), 'server is \'http://nats:4222\'; allowed: a URL with nats:// or tls:// or ws:// or wss://'],
    ['a login that is not known', () => provider(FluxProviderType.nats('nats://nats:4222', 'a', { auth })),
      'auth is FluxProviderAuth.token, which this service does not know; allowed: FluxProviderAuth.natsCredentials, FluxProviderAuth.natsNkey, FluxProviderAuth.basic'],
    ['no login', () => provider(FluxProviderType.gitHub('https://github.com/org/app', undefined as never)), 'auth is of type undefined (not shown here); allowed: FluxProviderAuth.token, FluxProviderAuth.gitHubApp'],
    ['two logins', () => provider(FluxProviderType.azureDevOps('https://dev.azure.com/org/project/_git/app', { token, serviceAccountName: 'flux' })), 'serviceAccountName is \'flux\', and there is a secret too'],
    ['a repository without owner', () => provider(FluxProviderType.gitHub('https://github.com/app', auth)), 'repository is \'https://github.com/app\'; allowed: https://<host>/<owner>/<repository>'],
    ['a repository of Azure elsewhere', () => provider(FluxProviderType.azureDevOps('https://dev.azure.com/org/app')), 'allowed: https://dev.azure.com/<organization>/<project>/_git/<repository>'],
    ['a repository of Bitbucket elsewhere', () => provider(FluxProviderType.bitbucketServer('https://git.example.com/org/app', auth)), 'allowed: https://<host>/scm/<project>/<repository>'],
    ['an empty expression', () => provider(FluxProviderType.gitLab('https://gitlab.com/1', token, { statusExpression: ' ' })), 'statusExpression is empty'],
    ['a proxy that is not used', () => provider(FluxProviderType.nats('nats://nats:4222', 'a'), { proxySecretName: 'proxy' }), 'proxySecretName is given, and Flux does not use it for nats; fix: leave it out'],
    ['authorities that are not used', () => provider(FluxProviderType.discord(url), { tls: FluxClientTls.ca('tls') }), 'tls is given, and Flux does not use it for discord'],
    ['an invalid Secret', () => provider(FluxProviderType.generic(publicAddress), { tls: FluxClientTls.ca('Tls') }), 'tls is no name of a Secret (not shown here); allowed: at most 253'],
    ['a type of a later release', () => provider(FluxProviderType.zoom(publicAddress, token), {}, newChart(FluxVersion.V2_9)),
      'the provider zoom came with Flux 2.10, but the cluster has 2.9; fix: leave it out, or if the cluster has Flux 2.10: Flux.use(app, FluxVersion.V2_10) [FLUX-FEATURE]'],
    ['comments of a later release', () => provider(FluxProviderType.gitHubPullRequestComment('https://github.com/org/app', auth), {}, newChart(FluxVersion.V2_7)), 'came with Flux 2.8'],
    ['an nkey of a later release', () => provider(FluxProviderType.nats('nats://nats:4222', 'a', { auth: FluxProviderAuth.natsNkey(SecretKey.fromName('a', 'nkey')) }), {}, newChart(FluxVersion.V2_7)), 'came with Flux 2.8'],
    ['an identity of a later release', () => provider(FluxProviderType.googlePubSub('project', 'topic', { serviceAccountName: 'flux' }), {}, newChart(FluxVersion.V2_6)), 'serviceAccountName of googlepubsub came with Flux 2.7'],
    ['an invalid ServiceAccount', () => provider(FluxProviderType.azureEventHub('hub', 'space', { serviceAccountName: 'Flux!' })), 'serviceAccountName is \'Flux!\'; allowed: at most 253'],
    ['a proxy of a later release', () => provider(FluxProviderType.generic(publicAddress), { proxySecretName: 'proxy' }, newChart(FluxVersion.V2_6)), 'proxySecretName came with Flux 2.7'],
    ['a timeout of zero', () => provider(FluxProviderType.generic(publicAddress), { timeout: Duration.millis(0) }), 'timeout is 0 ms'],
  ])('%s', (_, make, message) => expect(make).toThrow(message));
});

test('a routing key in clear text is guarded', () => {
  const { node } = provider(FluxProviderType.pagerDuty('abcdef'));
  expect(node.root.node.validate()).toEqual([]);
  expect(node.validate()).toEqual([expect.stringContaining('routingKey stands in the Provider for everybody to read, because Flux takes it nowhere else')]);
  expect(node.validate()[0]).toContain('Rules.acknowledge(<this construct>, \'FLUX-PROVIDER-SECRET-WRITTEN\'');
  expect(node.validate()[0]).not.toContain('abcdef');
});

describe('the Secret of a provider, if the app describes it', () => {
  function findings(secret: object, type = FluxProviderType.slackBot('#a', token)): string[] {
    const chart = newChart();
    provider(type, {}, chart);
    new ApiObject(chart, 'secret', { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'login' }, ...secret } as never);
    return chart.node.root.node.validate();
  }
  const encrypted = { sops: { mac: 'ENC[AES256_GCM]' } };

  test.each<[string, object, string]>([
    ['lacks the key', { stringData: { SLACK_TOKEN: 'ENC[]' }, ...encrypted }, 'chart/provider: Secret \'login\' at chart/secret has no key \'token\'; allowed: the key \'token\'; fix: name one of SLACK_TOKEN so'],
    ['has a newline', { data: { token: Buffer.from('xoxb-1234\n').toString('base64') } }, 'has spaces or a newline around its \'token\'; allowed: the token alone'],
    ['has a user without password', { stringData: { token: 'ENC[]', username: 'ENC[]' }, ...encrypted }, 'has a username without password, with which Flux ignores the token; fix: remove it'],
    ['has clear text', { stringData: { token: 'xoxb-1234' } }, 'the \'token\' of Secret \'login\' at chart/secret is written in clear text (not shown here)'],
  ])('%s', (_, secret, message) => {
    expect(findings(secret)).toContainEqual(expect.stringContaining(message));
    expect(findings(secret).join()).not.toContain('xoxb-1234');
  });

  test('is fine if it is encrypted', () => expect(findings({ stringData: { token: 'ENC[AES256_GCM]' }, ...encrypted })).toEqual([]));

  test('may come from a store', () => {
    const chart = newChart();
    const secret = new ExternalSecret(chart, 'slack', { store: 'vault', data: { token: { remoteKey: 'teams/slack', property: 'token' } } });
    const slack = provider(FluxProviderType.slackBot('#a', secret.key('token')), {}, chart);
    expect(chart.node.root.node.validate()).toEqual([]);
    expect(RequiredSecrets.of(slack)).toEqual([]);
    new FluxProvider(chart, 'other', { type: FluxProviderType.slackWebhook(SecretKey.fromName('slack', 'address')) });
    expect(chart.node.root.node.validate()).toEqual([expect.stringContaining('chart/other: ExternalSecret \'slack\' at chart/slack/Resource has no key \'address\'')]);
  });
});
