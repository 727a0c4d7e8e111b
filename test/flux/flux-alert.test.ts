import { ApiObject, App, Chart, JsonPatch } from 'cdk8s';
import {
  Flux, FluxAlert, FluxAlertProps, FluxEventSeverity, FluxEventSource, FluxGitReference, FluxGitRepository, FluxKind,
  FluxKustomization, FluxProvider, FluxProviderType, FluxVersion, NoiseFilter, Rules, SecretKey, SlackAlerting, SlackAuth,
  SlackRoute,
} from '../../src';
import { failureMessages, infoMessages } from '../../src/flux/notification/known-messages';
import { Manifest, Manifests } from '../support';

const newChart = (version = FluxVersion.V2_9, app = new App()) => {
  Flux.use(app, version);
  return new Chart(app, 'chart', { namespace: 'nats' });
};

function alert(props: Partial<FluxAlertProps> = {}, chart = newChart()): FluxAlert {
  const provider = new FluxProvider(chart, 'teams', { type: FluxProviderType.msTeams(SecretKey.fromName('teams', 'address')) });
  return new FluxAlert(chart, 'alert', { provider, ...props });
}

function specOf({ node, objectName }: FluxAlert): Manifest {
  return Manifests.ofApp(node.root as App).get('Alert', objectName).spec;
}

function fluxObject(chart: Chart, kind: FluxKind, name: string, namespace?: string, labels?: { [label: string]: string }): ApiObject {
  const groups: { [kind: string]: string } = { Kustomization: 'kustomize.toolkit.fluxcd.io/v1', HelmRelease: 'helm.toolkit.fluxcd.io/v2' };
  return new ApiObject(chart, `${kind}-${name}`, { apiVersion: groups[kind] ?? 'source.toolkit.fluxcd.io/v1', kind, metadata: { name, namespace, labels } });
}

/** What an app prints and refuses. */
function verdict(chart: Chart): { warnings: string[]; errors: string[] } {
  const warn = jest.spyOn(console, 'warn').mockImplementation(() => {});
  try {
    const errors = chart.node.root.node.findAll().flatMap(({ node }) => node.validate());
    return { errors, warnings: warn.mock.calls.map(([text]) => text) };
  } finally {
    warn.mockRestore();
  }
}

const slack = (chart: Chart, routes: SlackRoute[]) => new SlackAlerting(chart, 'alerts', {
  auth: SlackAuth.botToken(SecretKey.fromName('slack', 'token')), cluster: 'eu-1', environment: 'production', routes,
});

describe('an alert', () => {
  test('is about the errors of all there is, unless it says otherwise', () => {
    const { providerRef, eventSeverity, eventSources, ...rest } = specOf(alert());
    expect([providerRef, eventSeverity, rest]).toEqual([{ name: 'teams' }, 'error', {}]);
    expect(eventSources).toHaveLength(12);
  });

  test('has what it is given', () => {
    const chart = newChart();
    const source = { kind: 'Kustomization', objectName: 'apps', namespace: 'shop' } as never;
    expect(specOf(alert({
      severity: FluxEventSeverity.INFO,
      sources: [FluxEventSource.object(source), FluxEventSource.named(FluxKind.KUSTOMIZATION, 'apps', 'shop'), FluxEventSource.all({ kinds: [FluxKind.BUCKET], namespaces: ['b', 'a', 'a'], labels: { 'example.com/team': 'x' } })],
      include: ['(?i)deploy', '\\z'],
      exclude: ['[[:alpha:]]+ configured'],
      noise: [NoiseFilter.network(), NoiseFilter.conflicts()],
      metadata: { summary: 'text' },
      suspend: true,
      name: 'named',
      labels: { a: 'b' },
    }, chart))).toEqual({
      providerRef: { name: 'teams' },
      eventSeverity: 'info',
      eventSources: [
        { kind: 'Kustomization', name: 'apps', namespace: 'shop' },
        { kind: 'Bucket', name: '*', namespace: 'a', matchLabels: { 'example.com/team': 'x' } },
        { kind: 'Bucket', name: '*', namespace: 'b', matchLabels: { 'example.com/team': 'x' } },
      ],
      inclusionList: ['(?i)deploy', '\\z'],
      exclusionList: [
        '[[:alpha:]]+ configured', 'i/o timeout|server misbehaving|connection refused|connection reset by peer|TLS handshake timeout|waiting.*socket',
        'the object has been modified; please apply your changes to the latest version',
      ],
      eventMetadata: { summary: 'text' },
      suspend: true,
    });
  });

  test('is where its provider is', () => {
    const chart = newChart();
    const provider = FluxProvider.fromProviderName(chart, 'existing', 'teams', 'flux-system');
    expect(new FluxAlert(chart, 'alert', { provider }).namespace).toBe('flux-system');
    expect(() => new FluxAlert(chart, 'other', { provider, namespace: 'nats' })).toThrow(
      '[chart/other] namespace is \'nats\', and the provider \'teams\' is in \'flux-system\'; allowed: one namespace for both, and for the Secret of the provider; '
      + 'fix: leave namespace out, and name the namespaces to watch in sources [FLUX-ALERT-NAMESPACE]',
    );
  });

  test.each<[string, Partial<FluxAlertProps>, string]>([
    ['no sources', { sources: [] }, '[chart/alert] sources is empty; allowed: one or more; fix: leave it out for all objects of Flux in the namespaces of the app [FLUX-ALERT-SOURCES]'],
    ['no kinds', { sources: [FluxEventSource.all({ kinds: [] })] }, 'sources[0]: kinds is empty; allowed: one or more; all that there are without kinds'],
    ['no namespaces', { sources: [FluxEventSource.all({ namespaces: [] })] }, 'sources[0]: namespaces is empty'],
    ['a kind of others', { sources: [FluxEventSource.all({ kinds: ['Pod' as never] })] }, 'sources[0]: \'Pod\' reports no events to Flux\'s alerts; allowed: Kustomization, HelmRelease, GitRepository'],
    ['a Provider as its source', { sources: [FluxEventSource.object(FluxProvider.fromProviderName(newChart(), 'p', 'p'))] }, 'sources[0]: \'Provider\' reports no events'],
    ['a wildcard as a name', { sources: [FluxEventSource.named(FluxKind.BUCKET, '*', 'a')] }, 'sources[0]: the name \'*\' is invalid; allowed: at most 253 lower-case letters, digits, - and .'],
    ['an invalid label', { sources: [FluxEventSource.all({ labels: { '-': 'b' } })] }, 'sources[0]: the label -: \'b\' is invalid'],
    ['an invalid value of a label', { sources: [FluxEventSource.all({ labels: { a: 'b c' } })] }, 'sources[0]: the label a: \'b c\' is invalid'],
    ['a backreference', { include: ['(a)\\1'] }, 'include[0] is \'(a)\\1\', which Go cannot read: error parsing regexp: invalid escape sequence: `\\1`'],
    ['an open bracket', { exclude: ['ok', '[a'] }, 'exclude[1] is \'[a\', which Go cannot read: error parsing regexp: missing closing ]: `[a`'],
    ['a lookbehind', { include: ['(?<!a)b'] }, 'fix: say what is wanted in include and what is not in exclude; a message must pass both'],
    ['a regular expression of JavaScript', { include: [/a/ as never] }, 'include[0] is a object; allowed: a regular expression of Go as a string, without / around it'],
    ['an empty pattern', { exclude: [''] }, 'exclude has \'\', which swallows everything that Flux says'],
    ['a pattern for all messages that there are', { exclude: ['(?s)^.+$'] }, 'exclude has \'(?s)^.+$\', which swallows everything'],
    ['patterns for all together', { exclude: ['^[A-Z]', '^[a-z]'] }, 'what is excluded together swallows everything that Flux says; allowed: patterns that leave something'],
    ['what is excluded too', { include: ['a b c'], exclude: ['timeout', 'a b c'] }, 'include has only patterns that exclude has too: \'a b c\'; allowed: an exclusion narrower than the inclusion, because it wins'],
    ['metadata of commits', { metadata: { commit_status: 'a' } }, 'metadata has \'commit_status\', which Flux says itself; allowed: names other than revision, originRevision, commit..., token'],
    ['empty metadata', { metadata: { region: '' } }, 'metadata \'region\' is \'\'; allowed: a text that is not empty, under a name'],
    ['metadata that is no text', { metadata: { region: 1 as never } }, 'metadata \'region\' is a number'],
  ])('does not take %s', (_, props, message) => expect(() => alert(props)).toThrow(message));

  test('does not take kinds that the Flux in use lacks', () => {
    expect(() => alert({ sources: [FluxEventSource.all({ kinds: [FluxKind.EXTERNAL_ARTIFACT] })] }, newChart(FluxVersion.V2_7))).toThrow(
      'sources[0]: an alert of ExternalArtifact came with Flux 2.8, but the cluster has 2.7',
    );
  });
});

describe('noise', () => {
  test.each<[string, NoiseFilter, string[]]>([
    ['of dependencies', NoiseFilter.dependencyWaits(), ['Dependencies do not meet ready condition, retrying in 30s', 'dependency \'shop/redis\' is not ready']],
    ['of conflicts', NoiseFilter.conflicts(), [failureMessages[5]]],
    ['of the network', NoiseFilter.network(), [failureMessages[11]]],
    ['of health checks', NoiseFilter.supersededHealthChecks(), ['Health checks canceled due to new reconciliation triggered by GitRepository/flux-system/fleet']],
  ])('%s is that, and nothing else', (_, noise, expected) => {
    const { exclusionList } = specOf(alert({ noise: [noise] }));
    const patterns = exclusionList.map((pattern: string) => new RegExp(pattern));
    expect([...failureMessages, ...infoMessages].filter((message) => patterns.some((pattern: RegExp) => pattern.test(message)))).toEqual(expected);
  });
});

describe('the API version of an object of Flux', () => {
  const raw = (chart: Chart, apiVersion: string, kind: string) => new ApiObject(chart, 'raw', { apiVersion, kind, metadata: { name: 'raw' } });

  test('is one that the release serves', () => {
    const chart = newChart();
    alert({}, chart);
    raw(chart, 'notification.toolkit.fluxcd.io/v1', 'Alert');
    expect(verdict(chart).errors).toEqual([
      'chart/raw: the Alert \'raw\' has apiVersion notification.toolkit.fluxcd.io/v1, which Flux 2.9 does not serve; allowed: notification.toolkit.fluxcd.io/v1beta3; '
      + 'fix: correct it, or if the cluster has Flux 2.10: Flux.use(app, FluxVersion.V2_10) [FLUX-API-VERSION]',
    ]);
  });

  test('may be an older one that is still served', () => {
    const chart = newChart(FluxVersion.V2_10);
    alert({}, chart);
    raw(chart, 'notification.toolkit.fluxcd.io/v1beta3', 'Alert');
    expect(verdict(chart).errors).toEqual([]);
  });

  test.each(['helm.toolkit.fluxcd.io/v2beta2', 'helm.toolkit.fluxcd.io/v3'])('is not %s', (apiVersion) => {
    const chart = newChart();
    alert({}, chart);
    raw(chart, apiVersion, 'HelmRelease');
    expect(verdict(chart).errors).toEqual([expect.stringContaining(`has apiVersion ${apiVersion}, which Flux 2.9 does not serve; allowed: helm.toolkit.fluxcd.io/v2`)]);
  });

  test('is looked at after patches', () => {
    const chart = newChart();
    alert({}, chart).apiObject.addJsonPatch(JsonPatch.replace('/apiVersion', 'notification.toolkit.fluxcd.io/v1'));
    expect(verdict(chart).errors).toEqual([expect.stringContaining('chart/alert/Resource: the Alert \'alert\' has apiVersion notification.toolkit.fluxcd.io/v1')]);
  });
});

describe('objects that nobody watches', () => {
  test('are reported', () => {
    const chart = newChart();
    slack(chart, [{ channel: '#a', sources: [FluxEventSource.all({ namespaces: ['nats'] })] }]);
    fluxObject(chart, FluxKind.KUSTOMIZATION, 'apps');
    fluxObject(chart, FluxKind.HELM_RELEASE, 'redis', 'shop');
    expect(verdict(chart).warnings).toEqual([
      'warning: [chart/HelmRelease-redis] the HelmRelease \'redis\' in namespace \'shop\' is watched by no alert that sends errors; allowed: a route or an alert with its kind and namespace; '
      + 'fix: add them to the sources of one, or leave sources out; or, if it is wanted, Rules.acknowledge(<this construct>, \'FLUX-UNWATCHED\', \'<why>\') [FLUX-UNWATCHED]',
    ]);
  });

  test.each<[string, SlackRoute]>([
    ['an alert for what went well', { include: ['^Health check passed', 'succeeded'], severity: FluxEventSeverity.INFO }],
    ['one that is suspended', { suspend: true }],
    ['one for other labels', { sources: [FluxEventSource.all({ labels: { team: 'billing' } })] }],
    ['one for another name', { sources: [FluxEventSource.named(FluxKind.HELM_RELEASE, 'valkey', 'nats')] }],
  ])('are not watched by %s', (_, route) => {
    const chart = newChart();
    slack(chart, [{ channel: '#a', ...route }]);
    fluxObject(chart, FluxKind.HELM_RELEASE, 'redis', undefined, { team: 'shop' });
    expect(verdict(chart).warnings).toContainEqual(expect.stringContaining('the HelmRelease \'redis\' in namespace \'nats\' is watched by no alert'));
  });

  test.each<[string, SlackRoute]>([
    ['all', {}],
    ['labels', { sources: [FluxEventSource.all({ labels: { team: 'shop' } })] }],
    ['its name', { sources: [FluxEventSource.named(FluxKind.HELM_RELEASE, 'redis', 'nats'), FluxEventSource.all({ kinds: [FluxKind.OCI_REPOSITORY] })] }],
  ])('are not those that an alert watches by %s', (_, route) => {
    const chart = newChart();
    slack(chart, [{ channel: '#a', ...route }]);
    fluxObject(chart, FluxKind.HELM_RELEASE, 'redis', undefined, { team: 'shop', more: 'labels' });
    expect(verdict(chart)).toEqual({ warnings: [], errors: [] });
  });

  test('are those of all constructs, wherever they are described', () => {
    const chart = newChart();
    const repository = new FluxGitRepository(chart, 'fleet', { url: 'https://git.example.com/fleet', ref: FluxGitReference.branch('main'), namespace: 'flux-system' });
    slack(chart, [{ channel: '#a', sources: [FluxEventSource.object(repository)] }]);
    new FluxKustomization(new Chart(chart.node.root, 'other', { namespace: 'shop' }), 'apps', { source: repository });
    expect(verdict(chart).warnings).toEqual([expect.stringContaining('the Kustomization \'apps\' in namespace \'shop\' is watched by no alert')]);
  });

  test('can be acknowledged where they are', () => {
    const chart = newChart();
    slack(chart, [{ channel: '#a', sources: [FluxEventSource.all({ namespaces: ['nats'] })] }]);
    Rules.acknowledge(fluxObject(chart, FluxKind.HELM_RELEASE, 'redis', 'shop'), 'FLUX-UNWATCHED', 'the team of the shop has its own alerts');
    expect(verdict(chart).warnings).toEqual([]);
  });
});

describe('routes that are unwise', () => {
  const warningsOf = (...routes: SlackRoute[]) => {
    const chart = newChart();
    slack(chart, routes);
    return verdict(chart).warnings;
  };
  const kustomizations = FluxEventSource.all({ kinds: [FluxKind.KUSTOMIZATION] });

  test('send errors without those of sources', () => {
    expect(warningsOf({ channel: '#a', sources: [kustomizations] })).toEqual([expect.stringContaining(
      'the Alert \'alerts-a\' sends errors of what is applied, and none of the sources that it comes from; allowed: one of GitRepository, OCIRepository, HelmRepository, HelmChart, Bucket, '
      + 'ExternalArtifact too, in the same route or another one to the same place',
    )]);
    expect(warningsOf({ channel: '#a', sources: [kustomizations] }, { channel: '#a', name: 'sources', sources: [FluxEventSource.all({ kinds: [FluxKind.BUCKET] })] })).toEqual([]);
    expect(warningsOf({ channel: '#a', sources: [kustomizations], severity: FluxEventSeverity.INFO })).toEqual([]);
  });

  test('send the same to one channel', () => {
    expect(warningsOf({ channel: '#a' }, { channel: '#a', name: 'info', severity: FluxEventSeverity.INFO })).toEqual([expect.stringContaining(
      'the Alerts \'alerts-a\' and \'alerts-info\' both send errors of Kustomization * in namespace \'nats\' to Provider \'alerts-a\'; allowed: each event once; fix: keep one of them',
    )]);
    expect(warningsOf({ channel: '#a' }, { channel: '#a', name: 'one', sources: [FluxEventSource.named(FluxKind.BUCKET, 'fleet', 'nats')] }))
      .toEqual([expect.stringContaining('\'alerts-a\' and \'alerts-one\' both send errors of Bucket')]);
  });

  test.each<[string, SlackRoute[]]>([
    ['another channel', [{ channel: '#a' }, { channel: '#b' }]],
    ['another namespace', [{ channel: '#a' }, { channel: '#a', name: 'b', sources: [FluxEventSource.all({ namespaces: ['b'] })] }]],
    ['other labels', [
      { channel: '#a', sources: [FluxEventSource.all({ labels: { team: 'a' } })] }, { channel: '#a', name: 'b', sources: [FluxEventSource.all({ labels: { team: 'b' } })] },
    ]],
    ['some messages', [{ channel: '#a' }, { channel: '#a', name: 'b', severity: FluxEventSeverity.INFO, include: ['created'] }]],
    ['recoveries', [{ channel: '#a', recovery: true }]],
  ])('are not those for %s', (_, routes) => expect(warningsOf(...routes)).toEqual([]));

  test('have fields that are gone', () => {
    const chart = newChart();
    alert({}, chart).apiObject.addJsonPatch(JsonPatch.add('/spec/summary', 'text'));
    expect(verdict(chart).warnings).toEqual([expect.stringContaining(
      'the Alert \'alert\' has spec.summary, which is deprecated, and gone in v1 of Flux 2.10; fix: say it in eventMetadata.summary',
    )]);
  });

  test('never close what they open', () => {
    const chart = newChart();
    const provider = new FluxProvider(chart, 'status', { type: FluxProviderType.gitLab('https://gitlab.com/1', SecretKey.fromName('gitlab', 'token')) });
    new FluxAlert(chart, 'alert', { provider });
    expect(verdict(chart).warnings).toEqual([expect.stringContaining('severity is ERROR, and the provider \'status\' opens the status of a commit that only an info closes')]);
    const other = newChart();
    new FluxAlert(other, 'alert', { provider: new FluxProvider(other, 'p', { type: FluxProviderType.gitLab('https://gitlab.com/1', SecretKey.fromName('a', 'token')) }), severity: FluxEventSeverity.INFO });
    expect(verdict(other).warnings).toEqual([]);
  });
});
