import { SecretKey } from '../secret-key';

/** Where Slack takes the messages of bots. Only at this address does notification-controller look for `ok: false` in the answer: at any other, whatever Slack refuses is lost without a word. */
export const SLACK_API = 'https://slack.com/api/chat.postMessage';

/** What the keys of Secrets hold, in words. */
export const SLACK_VALUES = {
  token: 'token of a Slack app (xoxb-...), without a newline at its end',
  api: `exactly: ${SLACK_API}`,
  webhook: 'URL of an incoming webhook of Slack (https://hooks.slack.com/services/...)',
};

/** How messages get into Slack, those of Flux and those of an Alertmanager. Each reads the Secret in its own namespace. */
export class SlackAuth {
  /**
   * By the bot of a Slack app, which may write to each channel that it is a member of. The app has the scope `chat:write`; for another name of the
   * sender, `chat:write.customize` too.
   *
   * @param token the bot's token (`xoxb-...`); Flux reads it under the key `token` alone, and another key throws where Flux uses it
   * @param apiUrl a key with the text `https://slack.com/api/chat.postMessage`, which an AlertmanagerConfig takes from a Secret only; by default the key `address` of the
   * token's Secret, where Flux takes it too
   */
  public static botToken(token: SecretKey, apiUrl?: SecretKey): SlackAuth {
    return new SlackAuth('bot', token, apiUrl);
  }

  /**
   * By an incoming webhook, which leads to one channel: that for which it was made.
   *
   * @param url the webhook's URL (`https://hooks.slack.com/services/...`); Flux reads it under the key `address` alone, and another key throws where Flux uses it
   */
  public static webhook(url: SecretKey): SlackAuth {
    return new SlackAuth('webhook', url, url);
  }

  private constructor(
    /** @internal */ public readonly _mode: 'bot' | 'webhook',
    /** @internal The token, or the URL of the webhook. */ public readonly _secret: SecretKey,
    private readonly url: SecretKey | undefined,
  ) {}

  /** @internal Where it is said to which URL messages go. */
  public get _url(): SecretKey {
    return this.url ?? SecretKey.fromName(this._secret.secretName, 'address');
  }
}
