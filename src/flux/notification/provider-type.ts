import { azureRepository, bitbucketServerRepository, gitLabProject, ownerAndName, repositoryAddress } from './git-repository-address';
import { FluxProviderAddress } from './provider-address';
import { FluxProviderAuth, keysOf } from './provider-auth';
import {
  FluxAuthenticatedOptions, FluxAzureDevOpsOptions, FluxAzureEventHubOptions, FluxChatOptions, FluxCommitStatusOptions, FluxGooglePubSubOptions,
  FluxHeadersOptions, FluxRocketOptions, FluxSentryOptions, FluxServiceOptions,
} from './provider-options';
import { neededText, PROVIDER, publicUrl, secretKey } from './provider-part';
import {
  addressedPart, commitStatusPart, gitPart, headersKey, login, oneLogin, PlacedPart, servicePart, statusExpression, tokenKey, webhookPart,
} from './provider-parts';
import { SecretKey } from '../../core/secret-key';
import { SLACK_API, SLACK_VALUES } from '../../core/slack/slack-auth';
import { FluxVersion } from '../flux-version';

/**
 * Where alerts go, with what it takes to send them there. All secrets of a provider are keys of one Secret in its namespace.
 * @see https://fluxcd.io/flux/components/notification/providers/#type
 */
export class FluxProviderType {
  /**
   * A channel of Slack, as a bot: the app has the scope `chat:write` and is a member of the channel. One token serves all channels.
   *
   * @param channel name or id of the channel; an empty one throws
   * @param token the bot's token (`xoxb-...`), under the key `token`; another key throws
   */
  public static slackBot(channel: string, token: SecretKey, options: FluxChatOptions = {}): FluxProviderType {
    return new FluxProviderType((scope) => ({
      type: 'slack',
      address: SLACK_API,
      channel: neededText(scope, 'channel', channel, '\'#incidents\''),
      username: options.username,
      secrets: [secretKey(scope, 'token', token, 'token', SLACK_VALUES.token)],
    }));
  }

  /**
   * The one channel that an incoming webhook of Slack leads to. Whoever has its URL may write there, so it is in a Secret.
   *
   * @param url the URL (`https://hooks.slack.com/services/...`), under the key `address`; another key throws
   */
  public static slackWebhook(url: SecretKey): FluxProviderType {
    return new FluxProviderType(webhookPart('slack', url, SLACK_VALUES.webhook));
  }

  /** A channel of Discord, by its webhook under the key `address`; another key throws. */
  public static discord(url: SecretKey, options: FluxChatOptions = {}): FluxProviderType {
    return new FluxProviderType(webhookPart('discord', url, 'URL of a webhook of Discord', { username: options.username, ignores: ['tls'] }));
  }

  /** Rocket.Chat, by an incoming webhook under the key `address`; another key throws. */
  public static rocket(url: SecretKey, options: FluxRocketOptions = {}): FluxProviderType {
    return new FluxProviderType(webhookPart('rocket', url, 'URL of an incoming webhook of Rocket.Chat', { username: options.username, channel: options.channel }));
  }

  /** A channel of Microsoft Teams, by the URL of its workflow under the key `address`; another key throws. */
  public static msTeams(url: SecretKey): FluxProviderType {
    return new FluxProviderType(webhookPart('msteams', url, 'URL of a workflow of Microsoft Teams'));
  }

  /** A space of Google Chat, by its webhook under the key `address`; another key throws. */
  public static googleChat(url: SecretKey): FluxProviderType {
    return new FluxProviderType(webhookPart('googlechat', url, 'URL of a webhook of Google Chat', { ignores: ['tls'] }));
  }

  /** A group of Lark or Feishu, by the webhook of its bot under the key `address`; another key throws. */
  public static lark(url: SecretKey): FluxProviderType {
    return new FluxProviderType(webhookPart('lark', url, 'URL of a webhook of Lark', { ignores: ['proxySecretName', 'tls'] }));
  }

  /**
   * A chat of Telegram.
   *
   * @param chat id of the chat, `@name` of a channel, or `<chat>:<topic>`; an empty one throws
   * @param token the bot's token, under the key `token`; another key throws
   */
  public static telegram(chat: string, token: SecretKey): FluxProviderType {
    return new FluxProviderType((scope) => ({
      type: 'telegram', channel: neededText(scope, 'chat', chat, '\'@releases\''), secrets: [tokenKey(scope, token)], ignores: ['tls'],
    }));
  }

  /**
   * A room of Webex.
   *
   * @param roomId id of the room; an empty one throws
   * @param token the bot's access token, under the key `token`; another key throws
   */
  public static webex(roomId: string, token: SecretKey, options: FluxServiceOptions = {}): FluxProviderType {
    return new FluxProviderType(servicePart('webex', options.address ?? 'https://webexapis.com/v1/messages', token, (scope) => ({ channel: neededText(scope, 'roomId', roomId, 'the id of a room') })));
  }

  /**
   * A room of Matrix.
   *
   * @param server URL of the homeserver
   * @param roomId id of the room (`!abc:example.com`); an empty one throws
   * @param token access token, under the key `token`; another key throws
   */
  public static matrix(server: string, roomId: string, token: SecretKey): FluxProviderType {
    return new FluxProviderType(servicePart('matrix', server, token, (scope) => ({ channel: neededText(scope, 'roomId', roomId, '\'!abc:example.com\''), ignores: ['proxySecretName'] })));
  }

  /**
   * A topic of Zulip, as a bot. Since Flux 2.7.
   *
   * @param server URL of the server
   * @param channel the channel, in which a `/` throws; an empty one throws too
   * @param topic the topic; an empty one throws
   * @param secretName Secret with the bot's address under `username` and its API key under `password`
   */
  public static zulip(server: string, channel: string, topic: string, secretName: string): FluxProviderType {
    return new FluxProviderType((scope) => {
      neededText(scope, 'topic', topic, '\'flux\'');
      if (neededText(scope, 'channel', channel, '\'releases\'').includes('/')) throw PROVIDER.error(scope, { what: `channel is '${channel}'`, allowed: 'a name without /' });
      return {
        type: 'zulip',
        address: publicUrl(scope, 'server', server),
        channel: `${channel}/${topic}`,
        secrets: keysOf(secretName, { username: 'address of a bot of Zulip', password: 'its API key' }),
        since: FluxVersion.V2_7,
      };
    });
  }

  /** A channel of Zoom, by its incoming webhook and the verification token of that, under the key `token`. Since Flux 2.10. */
  public static zoom(address: FluxProviderAddress, token: SecretKey): FluxProviderType {
    return new FluxProviderType(addressedPart('zoom', address, (scope) => ({ secrets: [tokenKey(scope, token)], since: FluxVersion.V2_10 })));
  }

  /** An account of Mastodon, by the address of its server and an access token, under the key `token`. Since Flux 2.10. */
  public static mastodon(address: FluxProviderAddress, token: SecretKey): FluxProviderType {
    return new FluxProviderType(addressedPart('mastodon', address, (scope) => ({ secrets: [tokenKey(scope, token)], since: FluxVersion.V2_10 })));
  }

  /** Any service that takes the events of Flux as JSON. */
  public static generic(address: FluxProviderAddress, options: FluxHeadersOptions = {}): FluxProviderType {
    return new FluxProviderType(addressedPart('generic', address, (scope) => ({ secrets: headersKey(scope, options) })));
  }

  /** Any service that takes the events of Flux as JSON, signed with a key under `token`: the header `X-Signature` has its HMAC. Another key throws. */
  public static genericHmac(address: FluxProviderAddress, token: SecretKey, options: FluxHeadersOptions = {}): FluxProviderType {
    return new FluxProviderType(addressedPart('generic-hmac', address, (scope) => ({ secrets: [secretKey(scope, 'token', token, 'token', 'key of the signature'), ...headersKey(scope, options)] })));
  }

  /** Sentry, by the DSN of a project under the key `address`; another key throws. Info becomes traces, errors become events. */
  public static sentry(dsn: SecretKey, options: FluxSentryOptions = {}): FluxProviderType {
    return new FluxProviderType(webhookPart('sentry', dsn, 'DSN of a project of Sentry', { channel: options.environment, ignores: ['proxySecretName'] }));
  }

  /** Opsgenie, with an API key under `token`; another key throws. */
  public static opsgenie(token: SecretKey, options: FluxServiceOptions = {}): FluxProviderType {
    return new FluxProviderType(servicePart('opsgenie', options.address ?? 'https://api.opsgenie.com/v2/alerts', token));
  }

  /** incident.io, by the URL of an alert source and its token, under the key `token`. Since Flux 2.10. What is over is told as info. */
  public static incidentIo(address: FluxProviderAddress, token: SecretKey): FluxProviderType {
    return new FluxProviderType(addressedPart('incident.io', address, (scope) => ({
      secrets: [tokenKey(scope, token)], since: FluxVersion.V2_10, closedByInfo: 'an incident',
    })));
  }

  /**
   * PagerDuty. Its routing key stands in the Provider for everybody to read, because Flux takes it nowhere else: it is guarded by a rule. What is over is
   * told as info.
   *
   * @param routingKey integration key of a service; an empty one throws
   */
  public static pagerDuty(routingKey: string, options: FluxServiceOptions = {}): FluxProviderType {
    return new FluxProviderType((scope) => ({
      type: 'pagerduty',
      address: publicUrl(scope, 'address', options.address ?? 'https://events.pagerduty.com'),
      channel: neededText(scope, 'routingKey', routingKey, 'an integration key'),
      written: 'routingKey',
      secrets: [],
      closedByInfo: 'an incident',
    }));
  }

  /** Datadog, with an API key under `token`; another key throws. */
  public static datadog(token: SecretKey, options: FluxServiceOptions = {}): FluxProviderType {
    return new FluxProviderType(servicePart('datadog', options.address ?? 'https://api.datadoghq.com', token));
  }

  /** Alertmanager of Prometheus, by the URL of its API (`.../api/v2/alerts/`). */
  public static alertmanager(address: FluxProviderAddress, options: FluxAuthenticatedOptions = {}): FluxProviderType {
    return new FluxProviderType(addressedPart('alertmanager', address, (scope) => ({ secrets: options.auth ? login(scope, options.auth, ['token', 'basic']) : [] })));
  }

  /** Annotations of Grafana, by the URL of its API (`.../api/annotations`), with a token or a name and a password. */
  public static grafana(address: FluxProviderAddress, auth: FluxProviderAuth): FluxProviderType {
    return new FluxProviderType(addressedPart('grafana', address, (scope) => ({ secrets: login(scope, auth, ['token', 'basic']) })));
  }

  /** A collector of OpenTelemetry, which gets a trace for each event. Since Flux 2.7. A login stands in the headers: Flux uses no other without them. */
  public static otel(address: FluxProviderAddress, options: FluxHeadersOptions = {}): FluxProviderType {
    return new FluxProviderType(addressedPart('otel', address, (scope) => ({ secrets: headersKey(scope, options), since: FluxVersion.V2_7 })));
  }

  /**
   * A subject of NATS. The message is published and not stored by JetStream's word. Flux cannot verify servers by an authority of your own, and has no
   * certificate of a client.
   *
   * @param server URL of the servers (`nats://nats.messaging:4222`)
   * @param subject the subject; an empty one, one with spaces and one with wildcards throws
   */
  public static nats(server: string, subject: string, options: FluxAuthenticatedOptions = {}): FluxProviderType {
    return new FluxProviderType((scope) => {
      if (!/^[^\s.*>]+(\.[^\s.*>]+)*$/.test(subject)) throw PROVIDER.error(scope, { what: `subject is '${subject}'`, allowed: 'a subject without wildcards and spaces' });
      const auth = options.auth?._login(scope);
      return {
        type: 'nats',
        address: publicUrl(scope, 'server', server, ['nats', 'tls', 'ws', 'wss']),
        channel: subject,
        secrets: options.auth ? login(scope, options.auth, ['natsCredentials', 'natsNkey', 'basic']) : [],
        since: auth?.since,
        ignores: ['proxySecretName', 'tls'],
      };
    });
  }

  /**
   * A topic of Google Pub/Sub.
   *
   * @param project id of the project; an empty one throws
   * @param topic id of the topic; an empty one throws
   */
  public static googlePubSub(project: string, topic: string, options: FluxGooglePubSubOptions = {}): FluxProviderType {
    return new FluxProviderType((scope) => ({
      type: 'googlepubsub',
      address: neededText(scope, 'project', project, 'the id of a project'),
      channel: neededText(scope, 'topic', topic, 'the id of a topic'),
      serviceAccountName: options.serviceAccountName,
      secrets: oneLogin(
        scope, options.serviceAccountName, options.credentials && secretKey(scope, 'credentials', options.credentials, 'token', 'key of a service account, as JSON'),
      ),
      ignores: ['proxySecretName', 'tls'],
    }));
  }

  /**
   * An event hub of Azure, by an identity of the workload.
   *
   * @param hub name of the event hub; an empty one throws
   * @param hubNamespace namespace of the event hub; an empty one throws
   */
  public static azureEventHub(hub: string, hubNamespace: string, options: FluxAzureEventHubOptions = {}): FluxProviderType {
    return new FluxProviderType((scope) => ({
      type: 'azureeventhub',
      address: neededText(scope, 'hub', hub, 'the name of an event hub'),
      channel: neededText(scope, 'hubNamespace', hubNamespace, 'the namespace of an event hub'),
      serviceAccountName: options.serviceAccountName,
      secrets: [],
      ignores: ['tls'],
    }));
  }

  /** An event hub of Azure, by a connection string with a shared access signature under the key `address`; another key throws. */
  public static azureEventHubSas(connection: SecretKey): FluxProviderType {
    return new FluxProviderType(webhookPart('azureeventhub', connection, 'connection string of an event hub (Endpoint=sb://...)', { ignores: ['proxySecretName', 'tls'] }));
  }

  /** The status of commits at GitHub, with a token or as an app. A repository of another form throws. */
  public static gitHub(repository: string, auth: FluxProviderAuth, options: FluxCommitStatusOptions = {}): FluxProviderType {
    return new FluxProviderType(commitStatusPart('github', { repository, path: ownerAndName, auth, known: ['token', 'gitHubApp'] }, options));
  }

  /** The status of commits at GitLab. A repository of another form throws. */
  public static gitLab(repository: string, token: SecretKey, options: FluxCommitStatusOptions = {}): FluxProviderType {
    return new FluxProviderType(commitStatusPart('gitlab', { repository, path: gitLabProject, auth: FluxProviderAuth.token(token), known: ['token'] }, options));
  }

  /** The status of commits at Gitea. A repository of another form throws. */
  public static gitea(repository: string, token: SecretKey, options: FluxCommitStatusOptions = {}): FluxProviderType {
    return new FluxProviderType(commitStatusPart('gitea', { repository, path: ownerAndName, auth: FluxProviderAuth.token(token), known: ['token'] }, options, { ignores: [] }));
  }

  /** The status of commits at Bitbucket; the token is `<user>:<app password>`. A repository of another form throws. */
  public static bitbucket(repository: string, token: SecretKey, options: FluxCommitStatusOptions = {}): FluxProviderType {
    return new FluxProviderType(commitStatusPart('bitbucket', { repository, path: ownerAndName, auth: FluxProviderAuth.token(token), known: ['token'] }, options));
  }

  /** The status of commits at a Bitbucket server, with a token or a name and a password. A repository of another form throws. */
  public static bitbucketServer(repository: string, auth: FluxProviderAuth, options: FluxCommitStatusOptions = {}): FluxProviderType {
    return new FluxProviderType(commitStatusPart('bitbucketserver', { repository, path: bitbucketServerRepository, auth, known: ['token', 'basic'] }, options));
  }

  /** The status of commits at Azure DevOps, with a token or by an identity of the workload. A repository of another form throws, and so do both logins at once. */
  public static azureDevOps(repository: string, options: FluxAzureDevOpsOptions = {}): FluxProviderType {
    return new FluxProviderType((scope) => ({
      type: 'azuredevops',
      address: repositoryAddress(scope, repository, azureRepository),
      serviceAccountName: options.serviceAccountName,
      commitStatusExpr: statusExpression(scope, options),
      secrets: oneLogin(scope, options.serviceAccountName, options.token && tokenKey(scope, options.token)),
      closedByInfo: 'the status of a commit',
      ignores: ['proxySecretName'],
    }));
  }

  /** A repository dispatch at GitHub, which starts workflows. A repository of another form throws. */
  public static gitHubDispatch(repository: string, auth: FluxProviderAuth): FluxProviderType {
    return new FluxProviderType(gitPart('githubdispatch', { repository, path: ownerAndName, auth, known: ['token', 'gitHubApp'] }));
  }

  /** Comments to pull requests of GitHub, for objects with the annotation `event.toolkit.fluxcd.io/change_request`. Since Flux 2.8. */
  public static gitHubPullRequestComment(repository: string, auth: FluxProviderAuth): FluxProviderType {
    return new FluxProviderType(gitPart('githubpullrequestcomment', { repository, path: ownerAndName, auth, known: ['token', 'gitHubApp'] }, { since: FluxVersion.V2_8 }));
  }

  /** Comments to merge requests of GitLab, for objects with the annotation `event.toolkit.fluxcd.io/change_request`. Since Flux 2.8. */
  public static gitLabMergeRequestComment(repository: string, token: SecretKey): FluxProviderType {
    return new FluxProviderType(gitPart('gitlabmergerequestcomment', { repository, path: gitLabProject, auth: FluxProviderAuth.token(token), known: ['token'] }, { since: FluxVersion.V2_8 }));
  }

  /** Comments to pull requests of Gitea, for objects with the annotation `event.toolkit.fluxcd.io/change_request`. Since Flux 2.8. */
  public static giteaPullRequestComment(repository: string, token: SecretKey): FluxProviderType {
    return new FluxProviderType(gitPart('giteapullrequestcomment', { repository, path: ownerAndName, auth: FluxProviderAuth.token(token), known: ['token'] }, { since: FluxVersion.V2_8, ignores: [] }));
  }

  /** What the Provider says; throws for what the type cannot work with. */
  private constructor(/** @internal */ public readonly _part: PlacedPart) {}
}
