import { SecretKey } from '../../core/secret-key';

/** How an Alertmanager gets into Slack. */
export class AlertmanagerSlackAuth {
  /**
   * By the bot of a Slack app with the scope `chat:write`, which may write to each channel that it is a member of.
   *
   * @param token the bot's token (`xoxb-...`)
   * @param apiUrl a key with the text `https://slack.com/api/chat.postMessage`, which an AlertmanagerConfig takes from a Secret only
   */
  public static botToken(token: SecretKey, apiUrl: SecretKey): AlertmanagerSlackAuth {
    return new AlertmanagerSlackAuth(apiUrl, token);
  }

  /**
   * By an incoming webhook, which leads to one channel: that for which it was made.
   *
   * @param url the webhook's URL (`https://hooks.slack.com/services/...`)
   */
  public static webhook(url: SecretKey): AlertmanagerSlackAuth {
    return new AlertmanagerSlackAuth(url);
  }

  private constructor(/** @internal */ public readonly _url: SecretKey, /** @internal */ public readonly _token?: SecretKey) {}
}
