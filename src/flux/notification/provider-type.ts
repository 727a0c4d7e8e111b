import { Construct } from 'constructs';
import { neededText, ProviderPart, secretKey } from './provider-part';
import { SecretKey } from '../../core/secret-key';

/** The address at which notification-controller looks for `ok: false` in the answer; at any other, whatever Slack refuses is lost without a word. */
const SLACK_API = 'https://slack.com/api/chat.postMessage';

/** How messages look in a chat. */
export interface FluxChatOptions {
  /**
   * Name under which messages appear.
   * @default - the controller that the event comes from
   */
  readonly username?: string;
}

/**
 * Where alerts go, with what it takes to send them there.
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
      secrets: [secretKey(scope, 'token', token, 'token', 'token of a Slack app (xoxb-...), without a newline at its end')],
    }));
  }

  /**
   * The one channel that an incoming webhook of Slack leads to. Whoever has its URL may write there, so it is in a Secret.
   *
   * @param url the URL (`https://hooks.slack.com/services/...`), under the key `address`; another key throws
   */
  public static slackWebhook(url: SecretKey): FluxProviderType {
    return new FluxProviderType((scope) => ({
      type: 'slack', secrets: [secretKey(scope, 'url', url, 'address', 'URL of an incoming webhook of Slack (https://hooks.slack.com/services/...)')],
    }));
  }

  /** What the Provider says; throws for what the type cannot work with. */
  private constructor(/** @internal */ public readonly _part: (scope: Construct) => ProviderPart) {}
}
