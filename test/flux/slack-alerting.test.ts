import { ApiObject, App, Chart, Duration } from 'cdk8s';
import {
  Flux, FluxEventSeverity, FluxEventSource, FluxKind, FluxVersion, NoiseFilter, RequiredSecrets, SecretKey, SlackAlerting, SlackAlertingProps,
  SlackAuth, SlackRoute,
} from '../../src';
import { SchemaCheck } from '../../src/core/schema/schema-check';
import { Manifest, Manifests } from '../support';

const bot = SlackAuth.botToken(SecretKey.fromName('slack', 'token'));
const webhook = (name: string) => SlackAuth.webhook(SecretKey.fromName(name, 'address'));

const allKinds = [
  'Kustomization', 'HelmRelease', 'GitRepository', 'OCIRepository', 'HelmRepository', 'HelmChart', 'Bucket', 'ImageRepository', 'ImagePolicy',
  'ImageUpdateAutomation', 'ArtifactGenerator', 'ExternalArtifact',
];

function newChart(version?: FluxVersion): Chart {
  const app = new App();
  SchemaCheck.enable(app);
  if (version) Flux.use(app, version);
  return new Chart(app, 'chart', { namespace: 'nats' });
}

function alerting(routes: SlackRoute[] = [{ channel: '#incidents' }], props: Partial<SlackAlertingProps> = {}, chart = newChart()): SlackAlerting {
  return new SlackAlerting(chart, 'alerts', { auth: bot, cluster: 'eu-1', environment: 'production', routes, ...props });
}

/** What a program without type checks may write. */
const untyped = (routes: unknown, props: object = {}) => () => alerting(routes as SlackRoute[], props);

function synth({ node }: SlackAlerting): Manifests {
  const app = node.root as App;
  expect(app.node.validate()).toEqual([]);
  return Manifests.ofApp(app);
}

function alertOf(route: SlackRoute, props: Partial<SlackAlertingProps> = {}): Manifest {
  return synth(alerting([{ channel: '#incidents', ...route }], props)).get('Alert', 'alerts-incidents').spec;
}

/** An object of Flux that somebody describes without a construct of ours. */
function kustomization(chart: Chart, name: string, namespace: string): ApiObject {
  return new ApiObject(chart, name, {
    apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
    kind: 'Kustomization',
    metadata: { name, namespace },
    spec: { interval: '1h', prune: true, sourceRef: { kind: 'GitRepository', name: 'fleet' } },
  } as never);
}

describe('one route', () => {
  const manifests = synth(alerting());

  test('becomes a Provider for its channel', () => {
    expect(manifests.get('Provider', 'alerts-incidents')).toEqual({
      apiVersion: 'notification.toolkit.fluxcd.io/v1beta3',
      kind: 'Provider',
      metadata: { name: 'alerts-incidents', namespace: 'nats' },
      spec: { type: 'slack', address: 'https://slack.com/api/chat.postMessage', channel: '#incidents', secretRef: { name: 'slack' } },
    });
  });

  test('becomes an Alert for the errors of all kinds, with the cluster and the environment', () => {
    expect(manifests.get('Alert', 'alerts-incidents')).toEqual({
      apiVersion: 'notification.toolkit.fluxcd.io/v1beta3',
      kind: 'Alert',
      metadata: { name: 'alerts-incidents', namespace: 'nats' },
      spec: {
        providerRef: { name: 'alerts-incidents' },
        eventSeverity: 'error',
        eventSources: allKinds.map((kind) => ({ kind, name: '*', namespace: 'nats' })),
        eventMetadata: { cluster: 'eu-1', environment: 'production' },
      },
    });
  });

  test('watches each namespace in which the app describes an object of Flux, also one described later', () => {
    const chart = newChart();
    const slack = alerting(undefined, {}, chart);
    kustomization(new Chart(chart.node.root, 'later'), 'shop', 'shop');
    new ApiObject(chart, 'foreign', { apiVersion: 'example.com/v1', kind: 'Kustomization', metadata: { name: 'foreign', namespace: 'elsewhere' } });

    const { eventSources } = synth(slack).get('Alert', 'alerts-incidents').spec;
    expect([...new Set(eventSources.map(({ namespace }: Manifest) => namespace))]).toEqual(['nats', 'shop']);
    expect(eventSources).toHaveLength(24);
  });

  test('for Flux 2.10 is the same but for the version of the API', () => {
    const newer = synth(alerting(undefined, {}, newChart(FluxVersion.V2_10)));
    for (const kind of ['Provider', 'Alert']) {
      expect(newer.get(kind, 'alerts-incidents')).toEqual({ ...manifests.get(kind, 'alerts-incidents'), apiVersion: 'notification.toolkit.fluxcd.io/v1' });
    }
  });

  test('for Flux 2.7 has the kinds that it knows', () => {
    const { eventSources } = synth(alerting(undefined, {}, newChart(FluxVersion.V2_7))).get('Alert', 'alerts-incidents').spec;
    expect(eventSources.map(({ kind }: Manifest) => kind)).toEqual(allKinds.slice(0, 10));
  });

  test('needs the token of a bot', () => {
    expect(RequiredSecrets.of(alerting())).toEqual([
      { namespace: 'nats', secretName: 'slack', key: 'token', value: 'token of a Slack app (xoxb-...), without a newline at its end', usedBy: ['Provider alerts-incidents'] },
    ]);
  });

  test('stands where Flux is, if the chart has no namespace', () => {
    const slack = alerting(undefined, {}, new Chart(new App(), 'chart'));
    expect([...slack.providers, ...slack.alerts].map(({ namespace }) => namespace)).toEqual(['flux-system', 'flux-system']);
  });
});

describe('the routes of a team', () => {
  const slack = alerting([
    { channel: 'C0123456789' },
    { channel: '#deployments', severity: FluxEventSeverity.INFO, noise: [NoiseFilter.dependencyWaits(), NoiseFilter.supersededHealthChecks()] },
    { channel: 'deployments', name: 'helm', recovery: true, sources: [FluxEventSource.all({ kinds: [FluxKind.HELM_RELEASE, FluxKind.HELM_CHART], namespaces: ['shop'] })], exclude: ['^a'] },
  ], { timeout: Duration.minutes(2), username: 'Flux', proxySecretName: 'proxy', metadata: { region: 'eu' }, runbook: 'https://wiki.example.com/flux' });
  const manifests = synth(slack);

  test('share a Provider for each channel, with what all have', () => {
    expect(slack.providers.map(({ objectName }) => objectName)).toEqual(['alerts-c0123456789', 'alerts-deployments']);
    expect(manifests.get('Provider', 'alerts-deployments').spec).toEqual({
      type: 'slack',
      address: 'https://slack.com/api/chat.postMessage',
      channel: '#deployments',
      username: 'Flux',
      secretRef: { name: 'slack' },
      proxySecretRef: { name: 'proxy' },
      timeout: '2m',
    });
  });

  test('become an Alert each, and another for what works again', () => {
    expect(slack.alerts.map(({ objectName }) => objectName)).toEqual(['alerts-c0123456789', 'alerts-deployments', 'alerts-helm', 'alerts-helm-recovery']);
    expect(manifests.get('Alert', 'alerts-deployments').spec).toMatchObject({
      eventSeverity: 'info',
      exclusionList: ['^Dependencies do not meet ready condition', '^dependency \'[^\']+\' is not ready', '^Health checks canceled due to new reconciliation'],
    });
    const common = {
      providerRef: { name: 'alerts-deployments' },
      eventSources: [{ kind: 'HelmRelease', name: '*', namespace: 'shop' }, { kind: 'HelmChart', name: '*', namespace: 'shop' }],
      eventMetadata: { cluster: 'eu-1', environment: 'production', region: 'eu', runbook: 'https://wiki.example.com/flux' },
      exclusionList: ['^a'],
    };
    expect(manifests.get('Alert', 'alerts-helm').spec).toEqual({ ...common, eventSeverity: 'error' });
    expect(manifests.get('Alert', 'alerts-helm-recovery').spec).toEqual({
      ...common,
      eventSeverity: 'info',
      inclusionList: ['^Health check passed', '^Helm (install|upgrade|test) succeeded', '^Helm rollback to .* succeeded'],
    });
  });

  test('may each have a webhook', () => {
    const other = alerting([{ auth: webhook('slack-incidents') }, { channel: '#deployments' }]);
    expect(synth(other).get('Provider', 'alerts-slack-incidents').spec).toEqual({ type: 'slack', secretRef: { name: 'slack-incidents' } });
    expect(other.alerts.map(({ objectName }) => objectName)).toEqual(['alerts-slack-incidents', 'alerts-deployments']);
  });

  test.each<[keyof SlackRoute, SlackRoute, object]>([
    ['suspend', { suspend: true }, { suspend: true }],
    ['include', { include: ['a', 'a', 'b'] }, { inclusionList: ['a', 'b'] }],
    ['runbook', { runbook: 'https://wiki.example.com/a' }, { eventMetadata: { cluster: 'eu-1', environment: 'production', runbook: 'https://wiki.example.com/a' } }],
    ['sources', { sources: [FluxEventSource.named(FluxKind.HELM_RELEASE, 'redis', 'shop'), FluxEventSource.all({ kinds: [FluxKind.OCI_REPOSITORY], labels: { team: 'shop' } })] }, {
      eventSources: [{ kind: 'HelmRelease', name: 'redis', namespace: 'shop' }, { kind: 'OCIRepository', name: '*', namespace: 'nats', matchLabels: { team: 'shop' } }],
    }],
  ])('say %s', (_, route, expected) => expect(alertOf(route)).toMatchObject(expected));
});

describe('tenants that Flux keeps apart', () => {
  const slack = alerting([
    { channel: '#incidents' },
    { channel: '#shop', sources: [FluxEventSource.all({ namespaces: ['shop'], kinds: [FluxKind.KUSTOMIZATION, FluxKind.GIT_REPOSITORY] })] },
  ], { tenantNamespaces: ['shop', 'billing'] });
  const manifests = synth(slack);

  test('have all of their own, under names that nobody else has', () => {
    expect([...slack.providers, ...slack.alerts].map(({ kind, objectName, namespace }) => `${kind} ${namespace}/${objectName}`)).toEqual([
      'Provider billing/alerts-incidents-billing', 'Provider shop/alerts-incidents-shop', 'Provider shop/alerts-shop-shop',
      'Alert billing/alerts-incidents-billing', 'Alert shop/alerts-incidents-shop', 'Alert shop/alerts-shop-shop',
    ]);
    expect(RequiredSecrets.of(slack).map(({ namespace, secretName, key }) => [namespace, secretName, key])).toEqual([['billing', 'slack', 'token'], ['shop', 'slack', 'token']]);
  });

  test('hear of their own objects alone', () => {
    const namespacesOf = (name: string) => new Set(manifests.get('Alert', name).spec.eventSources.map(({ namespace }: Manifest) => namespace));
    expect(namespacesOf('alerts-incidents-billing')).toEqual(new Set(['billing']));
    expect(namespacesOf('alerts-incidents-shop')).toEqual(new Set(['shop']));
  });

  test.each([
    ['a namespace besides', { tenantNamespaces: ['shop'], namespace: 'nats' }, 'namespace is \'nats\', and tenantNamespaces is given'],
    ['none', { tenantNamespaces: [] }, 'tenantNamespaces is empty; allowed: one or more'],
    ['a wildcard', { tenantNamespaces: ['*'] }, 'tenantNamespaces has \'*\'; allowed: at most 63'],
  ])('are not %s', (_, props, message) => expect(() => alerting(undefined, props)).toThrow(message));

  test('do not watch others', () => {
    expect(() => alerting([{ channel: '#a', sources: [FluxEventSource.all({ namespaces: ['flux-system'] })] }], { tenantNamespaces: ['shop'] })).toThrow(
      'routes[0] has sources in namespace \'flux-system\', which is none of a tenant; allowed: shop; fix: add it to tenantNamespaces, or leave it out [FLUX-ALERT-NAMESPACE]',
    );
  });
});

describe('a mistake', () => {
  test.each<[string, () => void, string]>([
    ['a literal secret', untyped([{ channel: '#a' }], { auth: 'xoxb-1234' }), '[chart/alerts] auth is a string (not shown here); allowed: SlackAuth.botToken(...) or SlackAuth.webhook(...)'],
    ['a literal secret in a route', untyped([{ channel: '#a', auth: 'https://hooks.slack.com/services/T/B/x' }]), 'routes[0].auth is a string (not shown here)'],
    ['a literal token', () => alerting(undefined, { auth: SlackAuth.botToken('xoxb-1234' as never) }), 'the token of auth is a string (not shown here), not a reference to a Secret'],
    ['another key for the token', () => alerting(undefined, { auth: SlackAuth.botToken(SecretKey.fromName('slack', 'SLACK_TOKEN')) }),
      'the token of auth is under the key \'SLACK_TOKEN\' of Secret \'slack\', and Flux does not read that key; allowed: the key \'token\'; '
      + 'fix: put it under \'token\', and give SecretKey.fromName(\'slack\', \'token\') [FLUX-PROVIDER-SECRET]'],
    ['another key for the webhook', () => alerting([{}], { auth: SlackAuth.webhook(SecretKey.fromName('slack', 'url')) }), 'the URL of auth is under the key \'url\' of Secret \'slack\', and Flux'],
    ['a channel with a webhook', () => alerting([{ channel: '#incidents' }], { auth: webhook('slack') }),
      'routes[0].channel is \'#incidents\', and its webhook leads to the channel for which it was made; allowed: a channel with a bot, or a webhook without one; '
      + 'fix: leave channel out, and give each channel a webhook of its own in auth of its route; or use SlackAuth.botToken [SLACK-CHANNEL]'],
    ['a channel with a webhook of its own', () => alerting([{ channel: '#a', auth: webhook('slack') }]), 'routes[0].channel is \'#a\', and its webhook leads'],
    ['a bot without channel', () => alerting([{}]), 'routes[0] has no channel; allowed: the name or the id of a channel for each route of a bot'],
    ['a bot with an empty channel', () => alerting([{ channel: '#' }]), 'routes[0] has no channel'],
    ['two channels in one', () => alerting([{ channel: '#a, #b' }]), 'routes[0].channel is \'#a, #b\'; allowed: one channel, by its name or id, without spaces; fix: describe a route for each channel'],
    ['a channel that is too long', () => alerting([{ channel: 'a'.repeat(2049) }]), 'routes[0].channel is 2049 characters long; allowed: a text of at most 2048 characters'],
    ['no routes', () => alerting([]), 'routes is empty; allowed: one or more; fix: give routes: [{ channel: \'#incidents\' }] [SLACK-ROUTE]'],
    ['two routes of a channel', () => alerting([{ channel: '#a' }, { channel: '#b' }, { channel: 'a' }]),
      'routes[0] and routes[2] both have the name \'a\'; allowed: a name for each; fix: give routes[2] a name [SLACK-ROUTE]'],
    ['a name that a recovery has', () => alerting([{ channel: '#a', recovery: true }, { channel: '#a-recovery' }]), 'routes[0] and routes[1] both have the name \'a-recovery\''],
    ['channels of one name', () => alerting([{ channel: '#a_b' }, { channel: '#a-b', name: 'other' }]), '\'a_b\' and \'a-b\' would both have the Provider name \'a-b\''],
    ['two bots of a channel', () => alerting([{ channel: '#a' }, { channel: '#a', name: 'b', auth: SlackAuth.botToken(SecretKey.fromName('other', 'token')) }]),
      'the channel \'a\' has two bots, of the Secrets \'slack\' and \'other\''],
    ['an invalid name', () => alerting([{ channel: '#a', name: 'A b' }]), 'routes[0].name is \'A b\'; allowed: at most 63'],
    ['a channel without letters', () => alerting([{ channel: '#日本' }]), 'no name can be made of the channel \'日本\' of routes[0]'],
    ['warn', untyped([{ channel: '#a', severity: 'warn' }]),
      'severity is \'warn\'; allowed: FluxEventSeverity.ERROR, or FluxEventSeverity.INFO, which is everything with the errors; fix: Flux has no warnings'],
    ['a list of severities', untyped([{ channel: '#a', severity: ['error', 'warn'] }]), 'severity is a list; allowed: FluxEventSeverity.ERROR'],
    ['a namespace *', () => alerting([{ channel: '#a', sources: [FluxEventSource.all({ namespaces: ['*'] })] }]),
      'sources[0]: the namespace \'*\' is invalid; allowed: at most 63 lower-case letters, digits and -, beginning and ending with a letter or digit; Flux knows no wildcard '
      + 'for namespaces; fix: name each namespace, or leave namespaces out for those of the app [FLUX-ALERT-SOURCES]'],
    ['no sources', () => alerting([{ channel: '#a', sources: [] }]), 'sources is empty; allowed: one or more; fix: leave it out for all objects of Flux'],
    ['a lookahead', () => alerting([{ channel: '#a', exclude: ['^(?!Helm)'] }]),
      'exclude[0] is \'^(?!Helm)\', which Go cannot read: error parsing regexp: invalid or unsupported Perl syntax: `(?!`; allowed: the syntax of RE2: no lookahead, '
      + 'no lookbehind, no backreferences (https://github.com/google/re2/wiki/Syntax); fix: say what is wanted in include and what is not in exclude; a message must pass both'],
    ['a pattern that swallows everything', () => alerting([{ channel: '#a', exclude: ['timeout', '.*'] }]),
      'exclude has \'.*\', which swallows everything that Flux says; allowed: patterns that leave something; fix: exclude less; to send nothing for a time, set suspend: true'],
    ['an empty cluster', () => alerting(undefined, { cluster: '' }), '[chart/alerts] cluster is empty; allowed: a text that tells where a message comes from; fix: give cluster'],
    ['no environment', () => alerting(undefined, { environment: undefined }), 'environment is \'undefined\''],
    ['metadata that has a prop', () => alerting(undefined, { metadata: { cluster: 'a' } }), 'metadata has \'cluster\'; allowed: other names; fix: give cluster as a prop of its own'],
    ['metadata of Flux itself', () => alerting(undefined, { metadata: { revision: 'a' } }), 'metadata has \'revision\', which Flux says itself'],
    ['a runbook that is no link', () => alerting([{ channel: '#a', runbook: 'wiki' }]), 'routes[0].runbook is \'wiki\'; allowed: a URL with https:// or http://'],
    ['a runbook of all that is no link', () => alerting(undefined, { runbook: 'ftp://wiki' }), 'runbook is \'ftp://wiki\''],
    ['a name for a webhook', () => alerting([{}], { auth: webhook('slack'), username: 'Flux' }), 'username is \'Flux\', and the webhook of routes[0] ignores it'],
    ['recovery with everything', () => alerting([{ channel: '#a', severity: FluxEventSeverity.INFO, recovery: true }]), 'routes[0].recovery is true, and its severity is INFO'],
    ['a timeout that is not positive', () => alerting(undefined, { timeout: Duration.seconds(0) }), 'timeout is 0 ms; allowed: whole milliseconds, at least one [FLUX-INTERVAL]'],
    ['a namespace that is none', () => alerting(undefined, { namespace: 'Nats' }), 'the namespace \'Nats\' is invalid'],
  ])('%s throws', (_, make, message) => expect(make).toThrow(message));

  test('in a secret is not repeated', () => {
    for (const make of [untyped([{ channel: '#a' }], { auth: 'xoxb-1234' }), () => alerting(undefined, { auth: SlackAuth.botToken('xoxb-1234' as never) })]) {
      expect(make).toThrow(expect.not.objectContaining({ message: expect.stringContaining('1234') }));
    }
  });
});
