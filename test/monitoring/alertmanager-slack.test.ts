import { App, Chart, Duration } from 'cdk8s';
import { AlertmanagerSlack, AlertmanagerSlackOptions, NatsAlertSeverity, RequiredSecrets, Rules, SchemaCheck, SecretKey, SlackAuth } from '../../src';
import { ALERT_NAMES } from '../../src/monitoring/alerts/names';
import { Manifest, Manifests } from '../support';

const { CRITICAL, WARNING } = NatsAlertSeverity;
const bot = SlackAuth.botToken(SecretKey.fromName('slack', 'token'));
const webhook = SlackAuth.webhook(SecretKey.fromName('slack-incidents', 'address'));
const twoRoutes = [{ channel: '#incidents', severities: [CRITICAL] }, { channel: '#nats', severities: [WARNING, CRITICAL] }];

function chartWith(options: Partial<AlertmanagerSlackOptions> = {}): Chart {
  const app = new App();
  SchemaCheck.enable(app);
  const chart = new Chart(app, 'test', { namespace: 'messaging' });
  new AlertmanagerSlack(chart, 'slack', { auth: bot, routes: twoRoutes, ...options });
  return chart;
}

const specOf = (options: Partial<AlertmanagerSlackOptions> = {}): Manifest => Manifests.of(chartWith(options)).get('AlertmanagerConfig', 'slack').spec;

test('alerts on NATS get into channels by severity, and others of the namespace do not', () => {
  expect(specOf({ routes: [twoRoutes[0], { ...twoRoutes[1], repeatInterval: Duration.days(1) }] }).route).toEqual({
    receiver: 'nobody',
    groupBy: ['alertname', 'nats_cluster', 'severity'],
    groupWait: '30s',
    groupInterval: '5m',
    repeatInterval: '12h',
    matchers: [{ name: 'nats_cluster', value: '.+', matchType: '=~' }],
    routes: [
      { receiver: '1-#incidents', matchers: [{ name: 'severity', value: 'critical', matchType: '=~' }], continue: true },
      { receiver: '2-#nats', matchers: [{ name: 'severity', value: 'critical|warning', matchType: '=~' }], repeatInterval: '24h', continue: true },
    ],
  });
});

test('all alerts of the namespace, and of all severities, where asked', () => {
  const { route } = specOf({ allOfNamespace: true, routes: [{ channel: '#nats' }], groupWait: Duration.seconds(5) });
  expect(route).toMatchObject({ groupWait: '5s', routes: [{ receiver: '1-#nats', continue: true }] });
  expect([route.matchers, route.routes[0].matchers]).toEqual([undefined, undefined]);
});

test('a bot writes with its token, and a webhook into its own channel', () => {
  const chart = chartWith({ routes: [{ channel: 'C0123456', severities: [WARNING] }, { severities: [CRITICAL], auth: webhook }] });
  const [nobody, ofBot, ofWebhook] = Manifests.of(chart).get('AlertmanagerConfig', 'slack').spec.receivers;
  expect(nobody).toEqual({ name: 'nobody' });
  expect(ofBot).toMatchObject({
    name: '1-C0123456',
    slackConfigs: [{
      channel: 'C0123456',
      apiURL: { name: 'slack', key: 'address' },
      httpConfig: { authorization: { type: 'Bearer', credentials: { name: 'slack', key: 'token' } } },
      sendResolved: true,
      titleLink: '{{ .CommonAnnotations.runbook_url }}',
    }],
  });
  expect(ofWebhook).toMatchObject({ name: '2-webhook', slackConfigs: [{ apiURL: { name: 'slack-incidents', key: 'address' } }] });
  expect(Object.keys(ofWebhook.slackConfigs[0])).toEqual(expect.not.arrayContaining(['channel', 'httpConfig']));
  expect(RequiredSecrets.of(chart).map(({ namespace, secretName, key, value }) => [namespace, secretName, key, value])).toEqual([
    ['messaging', 'slack-incidents', 'address', 'URL of an incoming webhook of Slack (https://hooks.slack.com/services/...)'],
    ['messaging', 'slack', 'address', 'exactly: https://slack.com/api/chat.postMessage'],
    ['messaging', 'slack', 'token', 'token of a Slack app (xoxb-...), without a newline at its end'],
  ]);
});

test('the address of Slack may be in another Secret', () => {
  const auth = SlackAuth.botToken(SecretKey.fromName('slack', 'token'), SecretKey.fromName('slack-api', 'url'));
  expect(specOf({ auth }).receivers[1].slackConfigs[0].apiURL).toEqual({ name: 'slack-api', key: 'url' });
});

test('a message says where it comes from, and from whom', () => {
  const { receivers: [, { slackConfigs: [config] }] } = specOf({ username: 'NATS', metadata: { environment: 'production', team: '{{ a }}' } });
  expect(config).toMatchObject({
    username: 'NATS', fields: [{ title: 'environment', value: 'production', short: true }, { title: 'team', value: '{{ "{{" }} a }}', short: true }],
  });
});

test('a cause keeps what follows from it quiet, and nothing keeps itself or its cause quiet', () => {
  const rules: { sourceMatch: Manifest[]; targetMatch: Manifest[]; equal: string[] }[] = specOf().inhibitRules;
  const pairs = rules.filter(({ sourceMatch: [{ name }] }) => name === 'alertname').flatMap(({ sourceMatch: [causes], targetMatch: [consequences], equal }) => {
    expect(equal).toEqual(['namespace', 'nats_cluster']);
    return causes.value.split('|').flatMap((cause: string) => consequences.value.split('|').map((consequence: string) => [cause, consequence]));
  });
  expect(pairs).toContainEqual(['NatsServerDown', 'NatsPeersMissing']);
  expect(pairs).toContainEqual(['NatsQuorumLost', 'NatsServerDown']);
  expect(pairs.flat().filter((name) => !(ALERT_NAMES as readonly string[]).includes(name))).toEqual([]);
  const quiet = (cause: string, consequence: string) => pairs.some(([source, target]) => source === cause && target === consequence);
  expect(pairs.filter(([cause, consequence]) => cause === consequence || quiet(consequence, cause))).toEqual([]);
  expect(rules[2]).toMatchObject({ sourceMatch: [{ value: 'critical' }], targetMatch: [{ value: 'warning' }], equal: expect.arrayContaining(['alertname', 'pod', 'stream_name']) });
});

test('nothing in it would Flux replace', () => expect(JSON.stringify(specOf())).not.toMatch(/\$\{|\$\$/));

test('critical alerts and warnings that reach nobody are warned of', () => {
  const chart = chartWith({ routes: [twoRoutes[0]] });
  Rules.strict(chart);
  expect(() => Manifests.ofApp(chart.node.root as App)).toThrow('[test/slack] no route takes alerts of severity warning, and nobody is told of them; fix: name it in severities of a route');
  expect(() => Manifests.ofApp(chartWith().node.root as App)).not.toThrow();
});

describe('bad input', () => {
  test.each<[string, Partial<AlertmanagerSlackOptions>, string]>([
    ['no route', { routes: [] }, "routes is empty; allowed: one or more; fix: give routes: [{ channel: '#incidents' }] [ALERTMANAGER-ROUTE]"],
    ['a bot without a channel', { routes: [{}] }, 'routes[0] has no channel; allowed: the name or the id of a channel for each route of a bot; fix: give routes[0]'],
    ['a channel for a webhook', { auth: webhook }, "routes[0].channel is '#incidents', and its webhook leads to the channel for which it was made; allowed: a channel with a bot, or a webhook without one"],
    ['a channel with a space', { routes: [{ channel: 'our nats' }] }, "routes[0].channel is 'our nats'; allowed: one channel, by its name or id, without spaces"],
    ['no severity', { routes: [{ channel: '#a', severities: [] }] }, 'routes[0].severities is empty; allowed: one or more; fix: leave it out for all'],
    ['an unknown severity', { routes: [{ channel: '#a', severities: ['page' as NatsAlertSeverity] }] }, "a severity of routes[0].severities is 'page'; allowed: critical, warning, info [ALERT-SEVERITY]"],
    ['the same route twice', { routes: [{ channel: '#a' }, { channel: '#b' }, { channel: '#a' }] }, 'routes[2] leads what routes[0] leads to the same place; fix: leave one of them out'],
    ['the same channel twice, once without #', { routes: [{ channel: '#a' }, { channel: 'a' }] }, 'routes[1] leads what routes[0] leads to the same place'],
    ['a sender for a webhook', { auth: webhook, routes: [{}], username: 'NATS' }, "username is 'NATS', and the webhook of routes[0] ignores it"],
    ['metadata without a text', { metadata: { team: ' ' } }, "metadata has 'team:  '; allowed: a name and a text"],
    ['no time', { repeatInterval: Duration.millis(0) }, 'repeatInterval is 0 ms; allowed: a second or more'],
    ['labels that the Alertmanager does not select', { selectedBy: { alertmanager: 'main' } }, "AlertmanagerConfig is selected by alertmanager: 'main', and this one has no label alertmanager;"],
    ['a token in clear', { auth: SlackAuth.webhook('https://hooks.slack.com/services/T/B/x' as never), routes: [{}] }, 'the URL of auth is a string (not shown here), not a reference to a Secret'],
  ])('%s', (_, options, message) => expect(() => chartWith(options)).toThrow(message));
});
