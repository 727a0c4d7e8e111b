import { createHmac } from 'crypto';
import { ApiObject, App, Chart, Duration } from 'cdk8s';
import { ControlPlane } from './harness/control-plane';
import { FluxEvent, namespaceOf, NotificationController } from './harness/notification-controller';
import { SlackEndpoint } from './harness/slack';
import {
  FluxAlert, FluxEventSeverity, FluxEventSource, FluxKind, FluxProvider, FluxProviderAddress, FluxProviderType, FluxReceiver,
  FluxReceiverResource, FluxReceiverType, NoiseFilter, Rules, SecretKey, SlackAlerting, SlackAlertingProps, SlackAuth, SlackRoute,
} from '../../src';
import { SchemaCheck } from '../../src/core/schema/schema-check';
import { describedAlerts, watchedObjects } from '../../src/flux/notification/described-alerts';
import { providerTypes } from '../flux/provider-types';
import { eventually } from '../server/harness/eventually';
import { Manifest, Manifests } from '../support';

jest.setTimeout(120_000);

const TOKEN = 'xoxb-1234-abcd';
const bot = SlackAuth.botToken(SecretKey.fromName('slack', 'token'));

let plane: ControlPlane;
let slack: SlackEndpoint;
let controller: NotificationController;
beforeAll(async () => {
  plane = await ControlPlane.start();
  slack = await SlackEndpoint.start(TOKEN);
  await NotificationController.install(plane);
  controller = await NotificationController.start(plane, { env: slack.environment, files: slack.files });
});

function newChart(namespace: string): Chart {
  const app = new App();
  SchemaCheck.enable(app);
  return new Chart(app, 'alerting', { namespace });
}

function alerting(chart: Chart, routes: SlackRoute[], props: Partial<SlackAlertingProps> = {}): void {
  new SlackAlerting(chart, 'alerts', { auth: bot, cluster: 'eu-1', environment: 'production', routes, ...props });
}

function secret(namespace: string, name: string, stringData: Manifest): Manifest {
  return { apiVersion: 'v1', kind: 'Secret', metadata: { name, namespace }, stringData };
}

let probes = 0;

/** Applies what a chart describes, and waits until a controller knows it: an alert that is applied last sends what is probed. */
async function apply(chart: Chart, secrets: Manifest[], by = controller): Promise<void> {
  expect(chart.node.root.node.findAll().flatMap(({ node }) => node.validate())).toEqual([]);
  const objects = Manifests.of(chart).all;
  const namespaces = [...new Set(['probe', ...[...objects, ...secrets].map(({ metadata }) => metadata.namespace)])];
  await plane.apply([...namespaces.map(namespaceOf), ...secrets, ...objects]);
  probes += 1;
  const probe = `probe-${probes}`;
  const probing = newChart('probe');
  const provider = new FluxProvider(probing, probe, { type: FluxProviderType.slackWebhook(SecretKey.fromName(probe, 'address')) });
  new FluxAlert(probing, `${probe}-alert`, { provider, sources: [FluxEventSource.named(FluxKind.GIT_REPOSITORY, probe, 'probe')] });
  await plane.apply([secret('probe', probe, { address: slack.webhookUrl(`/services/${probe}`) }), ...Manifests.of(probing).all]);
  let asked = 0;
  await eventually(async () => {
    asked += 1;
    await by.post({ kind: 'GitRepository', name: probe, namespace: 'probe', severity: 'error', message: `probe ${asked}` });
    return slack.textsOf(`/services/${probe}`).length;
  }, (count) => count > 0);
}

/** Waits until what was posted before has arrived: an event that is posted now arrives later. */
async function settled(by = controller): Promise<void> {
  const probe = `probe-${probes}`;
  const before = slack.textsOf(`/services/${probe}`).length;
  await by.post({ kind: 'GitRepository', name: probe, namespace: 'probe', severity: 'error', message: `settled ${before} ${Math.random()}` });
  await eventually(async () => slack.textsOf(`/services/${probe}`).length, (count) => count > before);
}

describe('each route gets the events that its props say', () => {
  const all = FluxEventSource.all({ namespaces: ['team', 'shop'] });
  const routes: SlackRoute[] = [
    { channel: '#incidents', sources: [all] },
    { channel: '#deployments', sources: [all], severity: FluxEventSeverity.INFO, noise: [NoiseFilter.dependencyWaits(), NoiseFilter.supersededHealthChecks()] },
    { channel: '#quiet', sources: [all], noise: [NoiseFilter.network(), NoiseFilter.conflicts()] },
    { channel: '#helm', sources: [FluxEventSource.all({ kinds: [FluxKind.HELM_RELEASE, FluxKind.HELM_CHART], namespaces: ['shop'] })], severity: FluxEventSeverity.INFO, exclude: ['succeeded for release'] },
    { channel: '#redis', sources: [FluxEventSource.named(FluxKind.HELM_RELEASE, 'redis', 'shop'), FluxEventSource.all({ kinds: [FluxKind.BUCKET] })], severity: FluxEventSeverity.INFO },
    { channel: '#shop', sources: [FluxEventSource.all({ kinds: [FluxKind.KUSTOMIZATION], namespaces: ['shop'], labels: { team: 'shop', tier: 'web' } })], severity: FluxEventSeverity.INFO },
    { channel: '#configs', sources: [all], severity: FluxEventSeverity.INFO, include: ['(?m)^ConfigMap/[[:alnum:]/]+ deleted$', '(?i)IMMUTABLE'], exclude: ['\\bdry-run\\b'] },
    { channel: '#both', sources: [all], recovery: true },
    { channel: '#asleep', sources: [all], severity: FluxEventSeverity.INFO, suspend: true },
    { auth: SlackAuth.webhook(SecretKey.fromName('slack-hook', 'address')), sources: [all] },
  ];
  const HOOK = '/services/T1/B1/hook';

  const error = (kind: string, name: string, namespace: string, message: string): FluxEvent => ({ kind, name, namespace, severity: 'error', message });
  const info = (kind: string, name: string, namespace: string, message: string): FluxEvent => ({ kind, name, namespace, severity: 'info', message });
  const errors = ['#incidents', '#deployments', '#quiet', '#both', HOOK];

  const table: [FluxEvent, string[]][] = [
    [error('Kustomization', 'web', 'shop', 'kustomize build failed: no such file'), [...errors, '#shop']],
    [error('Kustomization', 'plain', 'shop', 'kustomize build failed: no such file'), errors],
    [error('Kustomization', 'web', 'team', 'kustomize build failed: no such file'), errors],
    [error('Kustomization', 'web', 'elsewhere', 'kustomize build failed: no such file'), []],
    [error('GitRepository', 'fleet', 'team', 'failed to checkout: dial tcp 10.0.0.1:443: i/o timeout'), ['#incidents', '#deployments', '#both', HOOK]],
    [error('HelmRelease', 'redis', 'shop', 'Helm upgrade failed for release shop/redis: cannot patch, field is Immutable'), [...errors, '#helm', '#redis', '#configs']],
    [error('HelmRelease', 'valkey', 'shop', 'Helm install failed for release shop/valkey: timed out'), [...errors, '#helm']],
    [error('HelmChart', 'shop-redis', 'shop', 'no \'redis\' chart with version matching \'21.x\' found'), [...errors, '#helm']],
    [error('HelmChart', 'team-redis', 'team', 'no \'redis\' chart with version matching \'21.x\' found'), errors],
    [error('Bucket', 'fleet', 'shop', 'bucket \'fleet\' not found'), [...errors]],
    [error('Bucket', 'fleet', 'team', 'bucket \'fleet\' not found'), [...errors, '#redis']],
    [error('ImagePolicy', 'web', 'team', 'version list argument cannot be empty'), errors],
    [error('Kustomization', 'conflict', 'team', 'apply failed: the object has been modified; please apply your changes to the latest version and try again'), ['#incidents', '#deployments', '#both', HOOK]],
    [error('Kustomization', 'dry', 'team', 'StatefulSet/shop/db dry-run failed: field is immutable'), errors],
    [error('Terraform', 'web', 'team', 'plan failed'), []],
    [info('Kustomization', 'web', 'shop', 'Deployment/shop/web configured\nConfigMap/shop/web deleted\nService/shop/web created'), ['#deployments', '#shop', '#configs']],
    [info('Kustomization', 'web', 'team', 'ConfigMap/shop/web deleted and more'), ['#deployments']],
    [info('Kustomization', 'web', 'shop', 'Dependencies do not meet ready condition, retrying in 30s'), ['#shop']],
    [info('HelmRelease', 'redis', 'shop', 'dependency \'shop/valkey\' is not ready'), ['#helm', '#redis']],
    [info('HelmRelease', 'redis', 'shop', 'unable to get \'shop/valkey\' dependency: not found'), ['#deployments', '#helm', '#redis']],
    [info('Kustomization', 'web', 'team', 'Health checks canceled due to new reconciliation triggered by GitRepository/team/fleet'), []],
    [info('Kustomization', 'web', 'team', 'Health check passed in 12.04s'), ['#deployments', '#both']],
    [info('HelmRelease', 'redis', 'shop', 'Helm upgrade succeeded for release shop/redis.v2 with chart redis@21.2.3'), ['#deployments', '#redis', '#both']],
    [info('HelmRelease', 'web', 'team', 'Helm rollback to previous release team/web.v1 with chart web@1.0.0 succeeded'), ['#deployments', '#both']],
    [info('GitRepository', 'fleet', 'team', 'stored artifact for commit \'Raise the limits\''), ['#deployments']],
  ];

  const chart = newChart('team');
  beforeAll(async () => {
    alerting(chart, routes, { metadata: { region: 'eu' }, runbook: 'https://wiki.example.com/flux', username: undefined });
    const kustomization = (name: string, labels: object) => ({
      apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
      kind: 'Kustomization',
      metadata: { name, namespace: 'shop', labels },
      spec: { interval: '1h', prune: true, sourceRef: { kind: 'GitRepository', name: 'fleet' } },
    });
    await apply(chart, [
      // The address is for an AlertmanagerConfig that may use the same Secret.
      secret('team', 'slack', { token: TOKEN, address: 'https://slack.com/api/chat.postMessage' }), secret('team', 'slack-hook', { address: slack.webhookUrl(HOOK) }),
      kustomization('web', { team: 'shop', tier: 'web', other: 'yes' }), kustomization('plain', { team: 'shop' }),
    ]);
    for (const [event] of table) await controller.post(event);
    const isMissing = ([{ message }, those]: [FluxEvent, string[]]) => those.some((target) => !slack.textsOf(target).includes(message));
    await eventually(async () => table.filter(isMissing), (missing) => missing.length === 0);
    await settled();
  });

  const targets = [...routes.flatMap(({ channel }) => channel ?? []), HOOK];
  test.each(targets)('%s', (target) => {
    const expected = table.filter(([, those]) => those.includes(target)).map(([{ kind, name, namespace, message }]) => `${kind.toLowerCase()}/${name}.${namespace}: ${message}`);
    const received = slack.messages.filter((message) => message.target === target).map(({ payload }) => `${payload.attachments[0].author_name}: ${payload.attachments[0].text}`);
    expect(received.sort()).toEqual(expected.sort());
  });

  test('and each event goes somewhere in the table', () => expect([...new Set(table.flatMap(([, those]) => those))].sort()).toEqual(targets.filter((target) => target !== '#asleep').sort()));

  test('and what is said to be watched is what somebody hears of', () => {
    const described = newChart('team');
    const isWatched = watchedObjects(describedAlerts(chart.node.findAll().filter(ApiObject.isApiObject)));
    for (const [index, [{ kind, name, namespace }, those]] of table.filter(([{ severity }]) => severity === 'error').entries()) {
      const object = new ApiObject(described, `object${index}`, { apiVersion: 'v1', kind, metadata: { name, namespace } });
      expect([kind, name, namespace, isWatched(object)]).toEqual([kind, name, namespace, those.length > 0]);
    }
  });

  test('with the cluster, the environment and the runbook', async () => {
    await controller.post({ ...error('Kustomization', 'meta', 'team', 'broken'), metadata: { 'kustomize.toolkit.fluxcd.io/revision': 'main@sha1:abc', 'event.toolkit.fluxcd.io/owner': 'web' } });
    const [message] = await eventually(async () => slack.messages.filter(({ target, payload }) => target === '#incidents' && payload.attachments[0].text === 'broken'), ({ length }) => length > 0);
    expect(message.payload).toMatchObject({ channel: '#incidents', username: 'kustomize-controller', attachments: [{ color: 'danger', author_name: 'kustomization/meta.team' }] });
    expect(Object.fromEntries(message.payload.attachments[0].fields.map(({ title, value }: Manifest) => [title, value]))).toEqual({
      cluster: 'eu-1', environment: 'production', region: 'eu', runbook: 'https://wiki.example.com/flux', revision: 'main@sha1:abc', owner: 'web',
    });
    expect(await controller.warningsIn('team')).toEqual([]);
  });
});

describe('a wrong Secret', () => {
  const webhook = SlackAuth.webhook(SecretKey.fromName('slack', 'address'));
  test.each<[string, string, SlackAuth, Manifest | undefined, string]>([
    ['that does not exist', 'missing', bot, undefined, 'failed to get secret \'missing/slack\': secrets "slack" not found'],
    ['without the token', 'no-token', bot, { SLACK_TOKEN: TOKEN }, 'Slack responded with error: not_authed'],
    ['with a newline after the token', 'newline', bot, { token: `${TOKEN}\n` }, 'net/http: invalid header field value for "Authorization"'],
    ['with a user and no password', 'lone-user', bot, { token: TOKEN, username: 'flux' }, 'Slack responded with error: not_authed'],
    ['with another token', 'other-token', bot, { token: 'xoxb-other' }, 'Slack responded with error: invalid_auth'],
    ['without the URL', 'no-url', webhook, { url: 'http://127.0.0.1' }, 'invalid Slack hook URL'],
  ])('%s sends nothing, and is told by an event of the Alert alone', async (_, namespace, auth, data, warning) => {
    const chart = newChart(namespace);
    alerting(chart, [auth === bot ? { channel: '#wrong' } : { name: 'wrong' }], { auth });
    await apply(chart, data ? [secret(namespace, 'slack', data)] : []);
    await controller.post({ kind: 'Kustomization', name: 'web', namespace, severity: 'error', message: `${namespace} is broken` });
    const [told] = await eventually(() => controller.warningsIn(namespace), ({ length }) => length > 0);
    expect(told).toMatch(/^Alert alerts-wrong: NotificationDispatchFailed: /);
    expect(told).toContain(warning);
    expect(told).not.toContain(TOKEN);
    expect(slack.messages.filter(({ payload }) => JSON.stringify(payload).includes(`${namespace} is broken`))).toEqual([]);
  });
});

describe('a Flux that keeps tenants apart', () => {
  let strict: NotificationController;
  beforeAll(async () => {
    strict = await NotificationController.start(plane, { args: ['--no-cross-namespace-refs=true'], env: slack.environment, files: slack.files });
  });

  test('refuses an alert for objects elsewhere, and takes those of tenants', async () => {
    const chart = newChart('tenants');
    alerting(chart, [{ channel: '#tenants' }], { tenantNamespaces: ['tenant-a', 'tenant-b'] });
    new SlackAlerting(chart, 'across', { auth: bot, cluster: 'eu-1', environment: 'production', routes: [{ channel: '#across', sources: [FluxEventSource.all({ namespaces: ['tenant-a'] })] }] });
    await apply(chart, ['tenant-a', 'tenant-b', 'tenants'].map((namespace) => secret(namespace, 'slack', { token: TOKEN })), strict);
    for (const namespace of ['tenant-a', 'tenant-b']) await strict.post({ kind: 'Kustomization', name: 'web', namespace, severity: 'error', message: `broken in ${namespace}` });
    await eventually(async () => slack.textsOf('#tenants'), ({ length }) => length === 2);
    expect(slack.textsOf('#tenants').sort()).toEqual(['broken in tenant-a', 'broken in tenant-b']);
    expect(await eventually(() => strict.warningsIn('tenants'), ({ length }) => length > 0)).toEqual([expect.stringContaining('discarding event, access denied to cross-namespace sources')]);
    expect(slack.textsOf('#across')).toEqual([]);
  });
});

test('another service gets the events as they are', async () => {
  const chart = newChart('generic');
  const provider = new FluxProvider(chart, 'generic', { type: FluxProviderType.genericHmac(FluxProviderAddress.url(slack.webhookUrl('/services/generic')), SecretKey.fromName('hmac', 'token')) });
  new FluxAlert(chart, 'alert', { provider, metadata: { cluster: 'eu-1' } });
  await apply(chart, [secret('generic', 'hmac', { token: 'key' })]);
  await controller.post({ kind: 'Bucket', name: 'fleet', namespace: 'generic', severity: 'error', message: 'bucket not found' });
  const [{ payload }] = await eventually(async () => slack.messages.filter(({ target }) => target === '/services/generic'), ({ length }) => length > 0);
  expect(payload).toMatchObject({ severity: 'error', message: 'bucket not found', metadata: { cluster: 'eu-1' }, involvedObject: { kind: 'Bucket', name: 'fleet' } });
});

test('a webhook lets Flux look at once, if the request is a true one', async () => {
  const chart = newChart('hooks');
  const token = SecretKey.fromName('webhook', 'token');
  const receiver = new FluxReceiver(chart, 'github', {
    type: FluxReceiverType.gitHub(token, { events: ['push'] }),
    resources: [FluxReceiverResource.named(FluxKind.KUSTOMIZATION, 'web', 'hooks'), FluxReceiverResource.labelled(FluxKind.GIT_REPOSITORY, { team: 'a' }, 'hooks', { filter: 'req.ref == "refs/heads/main"' })],
  });
  const objects: Manifest[] = [
    { apiVersion: 'kustomize.toolkit.fluxcd.io/v1', kind: 'Kustomization', metadata: { name: 'web', namespace: 'hooks' }, spec: { interval: '1h', prune: true, sourceRef: { kind: 'GitRepository', name: 'fleet' } } },
    { apiVersion: 'source.toolkit.fluxcd.io/v1', kind: 'GitRepository', metadata: { name: 'fleet', namespace: 'hooks', labels: { team: 'a' } }, spec: { interval: '1h', url: 'https://git.example.com/fleet' } },
  ];
  await apply(chart, [secret('hooks', 'webhook', { token: 'shared' }), ...objects]);
  const { body: { status } } = await eventually(() => plane.client.get(Manifests.of(chart).get('Receiver', receiver.objectName) as never), ({ body }) => body.status?.webhookPath !== undefined
    && body.status.conditions.some(({ type, status: ready }: Manifest) => type === 'Ready' && ready === 'True'));
  const requested = () => Promise.all(objects.map(async (object) => (await plane.client.get(object as never)).body.metadata.annotations?.['reconcile.fluxcd.io/requestedAt'] !== undefined));
  const call = (body: string, event: string, key: string) => controller.call(status.webhookPath, body, {
    'content-type': 'application/json', 'x-github-event': event, 'x-hub-signature-256': `sha256=${createHmac('sha256', key).update(body).digest('hex')}`,
  });
  expect(await eventually(() => call('{"ref":"refs/heads/main"}', 'push', 'wrong'), (answer) => answer !== 404)).toBe(400);
  expect(await call('{"ref":"refs/heads/main"}', 'ping', 'shared')).toBe(400);
  expect(await requested()).toEqual([false, false]);
  expect(await call('{"ref":"refs/heads/other"}', 'push', 'shared')).toBe(200);
  expect(await requested()).toEqual([true, false]);
  expect(await call('{"ref":"refs/heads/main"}', 'push', 'shared')).toBe(200);
  expect(await requested()).toEqual([true, true]);
});

test('the API server takes each type of provider', async () => {
  await plane.apply([namespaceOf('types')]);
  const newer = ['zoom', 'mastodon', 'incident.io'];
  const refused = await Promise.all(providerTypes.filter(([, , { type }]) => !newer.includes(type)).map(async ([name, type]) => {
    const chart = newChart('types');
    Rules.acknowledge(chart, 'FLUX-PROVIDER-SECRET-WRITTEN', 'for the test');
    new FluxProvider(chart, 'provider', { type, timeout: Duration.hours(2) });
    const { status, body } = await plane.client.create(Manifests.of(chart).get('Provider', 'provider'), { dryRun: true });
    return status === 201 ? [] : [`${name}: ${body.message}`];
  }));
  expect(refused.flat()).toEqual([]);
});
