import { Construct } from 'constructs';
import { SecretKey } from '../../core/secret-key';
import { secretKey } from '../notification/provider-part';
import { FluxProviderType } from '../notification/provider-type';

/** How alerts get into Slack. */
export class SlackAuth {
  /**
   * By the bot of a Slack app, which may write to each channel that it is a member of. The app has the scope `chat:write`; for another name of the
   * sender, `chat:write.customize` too.
   *
   * @param token the bot's token (`xoxb-...`), under the key `token`; another key throws where it is used
   */
  public static botToken(token: SecretKey): SlackAuth {
    return new SlackAuth('bot', token);
  }

  /**
   * By an incoming webhook, which leads to one channel: that for which it was made.
   *
   * @param url the webhook's URL (`https://hooks.slack.com/services/...`), under the key `address`; another key throws where it is used
   */
  public static webhook(url: SecretKey): SlackAuth {
    return new SlackAuth('webhook', url);
  }

  private constructor(/** @internal */ public readonly _mode: 'bot' | 'webhook', /** @internal */ public readonly _secret: SecretKey) {}

  /** Throws for what is no reference to the key that Flux reads. @internal */
  public _check(scope: Construct, prop: string): void {
    if (this._mode === 'bot') secretKey(scope, `the token of ${prop}`, this._secret, 'token', '');
    else secretKey(scope, `the URL of ${prop}`, this._secret, 'address', '');
  }

  /** The type of the Provider that leads to a channel, or to that of the webhook. @internal */
  public _providerType(channel: string | undefined, username: string | undefined): FluxProviderType {
    return this._mode === 'bot' ? FluxProviderType.slackBot(channel!, this._secret, { username }) : FluxProviderType.slackWebhook(this._secret);
  }
}
