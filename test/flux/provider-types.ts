import { FluxProviderAddress, FluxProviderAuth, FluxProviderType, SecretKey } from '../../src';
import { Manifest } from '../support';

const token = SecretKey.fromName('login', 'token');
const url = SecretKey.fromName('login', 'address');
const publicAddress = FluxProviderAddress.url('https://hook.example.com');
const auth = FluxProviderAuth.token(token);
const secretRef = { name: 'login' };

/** Each type of provider, with the spec that it becomes, and the keys that it needs of the Secret `login`. */
export const providerTypes: [name: string, type: FluxProviderType, spec: Manifest, keys: string[]][] = [
  ['slack, as a bot', FluxProviderType.slackBot('#a', token, { username: 'Flux' }), { type: 'slack', address: 'https://slack.com/api/chat.postMessage', channel: '#a', username: 'Flux', secretRef }, ['token']],
  ['slack, by a webhook', FluxProviderType.slackWebhook(url), { type: 'slack', secretRef }, ['address']],
  ['discord', FluxProviderType.discord(url, { username: 'Flux' }), { type: 'discord', username: 'Flux', secretRef }, ['address']],
  ['rocket', FluxProviderType.rocket(url, { channel: '#a' }), { type: 'rocket', channel: '#a', secretRef }, ['address']],
  ['msteams', FluxProviderType.msTeams(url), { type: 'msteams', secretRef }, ['address']],
  ['googlechat', FluxProviderType.googleChat(url), { type: 'googlechat', secretRef }, ['address']],
  ['lark', FluxProviderType.lark(url), { type: 'lark', secretRef }, ['address']],
  ['telegram', FluxProviderType.telegram('@a', token), { type: 'telegram', channel: '@a', secretRef }, ['token']],
  ['webex', FluxProviderType.webex('room', token), { type: 'webex', address: 'https://webexapis.com/v1/messages', channel: 'room', secretRef }, ['token']],
  ['matrix', FluxProviderType.matrix('https://matrix.org', '!a:matrix.org', token), { type: 'matrix', address: 'https://matrix.org', channel: '!a:matrix.org', secretRef }, ['token']],
  ['zulip', FluxProviderType.zulip('https://zulip.example.com', 'releases', 'flux/nats', 'login'), { type: 'zulip', address: 'https://zulip.example.com', channel: 'releases/flux/nats', secretRef }, ['password', 'username']],
  ['zoom', FluxProviderType.zoom(publicAddress, token), { type: 'zoom', address: 'https://hook.example.com', secretRef }, ['token']],
  ['mastodon', FluxProviderType.mastodon(publicAddress, token), { type: 'mastodon', address: 'https://hook.example.com', secretRef }, ['token']],
  ['generic', FluxProviderType.generic(publicAddress), { type: 'generic', address: 'https://hook.example.com' }, []],
  ['generic with headers', FluxProviderType.generic(FluxProviderAddress.fromSecret(url), { headers: SecretKey.fromName('login', 'headers') }), { type: 'generic', secretRef }, ['address', 'headers']],
  ['generic-hmac', FluxProviderType.genericHmac(publicAddress, token), { type: 'generic-hmac', address: 'https://hook.example.com', secretRef }, ['token']],
  ['sentry', FluxProviderType.sentry(url, { environment: 'staging' }), { type: 'sentry', channel: 'staging', secretRef }, ['address']],
  ['opsgenie', FluxProviderType.opsgenie(token), { type: 'opsgenie', address: 'https://api.opsgenie.com/v2/alerts', secretRef }, ['token']],
  ['incident.io', FluxProviderType.incidentIo(publicAddress, token), { type: 'incident.io', address: 'https://hook.example.com', secretRef }, ['token']],
  ['pagerduty', FluxProviderType.pagerDuty('key'), { type: 'pagerduty', address: 'https://events.pagerduty.com', channel: 'key' }, []],
  ['datadog', FluxProviderType.datadog(token, { address: 'https://api.datadoghq.eu' }), { type: 'datadog', address: 'https://api.datadoghq.eu', secretRef }, ['token']],
  ['alertmanager', FluxProviderType.alertmanager(publicAddress), { type: 'alertmanager', address: 'https://hook.example.com' }, []],
  ['alertmanager with a login', FluxProviderType.alertmanager(publicAddress, { auth: FluxProviderAuth.basic('login') }), { type: 'alertmanager', address: 'https://hook.example.com', secretRef }, ['password', 'username']],
  ['grafana', FluxProviderType.grafana(publicAddress, auth), { type: 'grafana', address: 'https://hook.example.com', secretRef }, ['token']],
  ['otel', FluxProviderType.otel(publicAddress), { type: 'otel', address: 'https://hook.example.com' }, []],
  ['nats', FluxProviderType.nats('nats://nats.messaging:4222', 'flux.events'), { type: 'nats', address: 'nats://nats.messaging:4222', channel: 'flux.events' }, []],
  ['nats with credentials', FluxProviderType.nats('nats://nats:4222', 'a', { auth: FluxProviderAuth.natsCredentials(SecretKey.fromName('login', 'creds')) }), { type: 'nats', address: 'nats://nats:4222', channel: 'a', secretRef }, ['creds']],
  ['nats with an nkey', FluxProviderType.nats('nats://nats:4222', 'a', { auth: FluxProviderAuth.natsNkey(SecretKey.fromName('login', 'nkey')) }), { type: 'nats', address: 'nats://nats:4222', channel: 'a', secretRef }, ['nkey']],
  ['googlepubsub', FluxProviderType.googlePubSub('project', 'topic', { serviceAccountName: 'flux' }), { type: 'googlepubsub', address: 'project', channel: 'topic', serviceAccountName: 'flux' }, []],
  ['googlepubsub with a key', FluxProviderType.googlePubSub('project', 'topic', { credentials: token }), { type: 'googlepubsub', address: 'project', channel: 'topic', secretRef }, ['token']],
  ['azureeventhub', FluxProviderType.azureEventHub('hub', 'space', { serviceAccountName: 'flux' }), { type: 'azureeventhub', address: 'hub', channel: 'space', serviceAccountName: 'flux' }, []],
  ['azureeventhub with a signature', FluxProviderType.azureEventHubSas(url), { type: 'azureeventhub', secretRef }, ['address']],
  ['github', FluxProviderType.gitHub('https://github.com/org/app', auth, { statusExpression: 'event.reason' }), { type: 'github', address: 'https://github.com/org/app', commitStatusExpr: 'event.reason', secretRef }, ['token']],
  ['github as an app', FluxProviderType.gitHub('https://github.com/org/app.git', FluxProviderAuth.gitHubApp('login')), { type: 'github', address: 'https://github.com/org/app.git', secretRef }, ['githubAppID', 'githubAppInstallationID', 'githubAppPrivateKey']],
  ['gitlab', FluxProviderType.gitLab('https://gitlab.com/1234', token), { type: 'gitlab', address: 'https://gitlab.com/1234', secretRef }, ['token']],
  ['gitea', FluxProviderType.gitea('https://git.example.com/org/app', token), { type: 'gitea', address: 'https://git.example.com/org/app', secretRef }, ['token']],
  ['bitbucket', FluxProviderType.bitbucket('https://bitbucket.org/org/app', token), { type: 'bitbucket', address: 'https://bitbucket.org/org/app', secretRef }, ['token']],
  ['bitbucketserver', FluxProviderType.bitbucketServer('https://git.example.com/base/scm/org/app.git', FluxProviderAuth.basic('login')), { type: 'bitbucketserver', address: 'https://git.example.com/base/scm/org/app.git', secretRef }, ['password', 'username']],
  ['azuredevops', FluxProviderType.azureDevOps('https://dev.azure.com/org/project/_git/app', { token }), { type: 'azuredevops', address: 'https://dev.azure.com/org/project/_git/app', secretRef }, ['token']],
  ['azuredevops by identity', FluxProviderType.azureDevOps('https://dev.azure.com/org/project/_git/app', { serviceAccountName: 'flux' }), { type: 'azuredevops', address: 'https://dev.azure.com/org/project/_git/app', serviceAccountName: 'flux' }, []],
  ['githubdispatch', FluxProviderType.gitHubDispatch('https://github.com/org/app', auth), { type: 'githubdispatch', address: 'https://github.com/org/app', secretRef }, ['token']],
  ['githubpullrequestcomment', FluxProviderType.gitHubPullRequestComment('https://github.com/org/app', auth), { type: 'githubpullrequestcomment', address: 'https://github.com/org/app', secretRef }, ['token']],
  ['gitlabmergerequestcomment', FluxProviderType.gitLabMergeRequestComment('https://gitlab.com/org/app', token), { type: 'gitlabmergerequestcomment', address: 'https://gitlab.com/org/app', secretRef }, ['token']],
  ['giteapullrequestcomment', FluxProviderType.giteaPullRequestComment('https://git.example.com/org/app', token), { type: 'giteapullrequestcomment', address: 'https://git.example.com/org/app', secretRef }, ['token']],
];
