import { Construct } from 'constructs';
import { SlackAuth } from '../../core/slack/slack-auth';
import { secretKey } from '../notification/provider-part';
import { FluxProviderType } from '../notification/provider-type';

/** Refuses a Secret whose key Flux does not read. */
export function checkKey(scope: Construct, prop: string, { _mode, _secret }: SlackAuth): void {
  if (_mode === 'bot') secretKey(scope, `the token of ${prop}`, _secret, 'token', '');
  else secretKey(scope, `the URL of ${prop}`, _secret, 'address', '');
}

/** The type of the Provider that leads to a channel, or to that of the webhook. */
export function slackProviderType({ _mode, _secret }: SlackAuth, channel: string | undefined, username: string | undefined): FluxProviderType {
  return _mode === 'bot' ? FluxProviderType.slackBot(channel!, _secret, { username }) : FluxProviderType.slackWebhook(_secret);
}
