import { Construct } from 'constructs';
import { SlackAuth } from './slack-auth';
import { defineRule, RuleLevel } from '../rule';
import { assertSecretKey, SECRET_LITERAL } from '../secret-key';

export const SLACK_CHANNEL = defineRule({
  id: 'SLACK-CHANNEL',
  level: RuleLevel.ERROR,
  statement: 'A bot is told the channel of each route; an incoming webhook knows its own, and the name of its sender.',
  source: 'Slack answers a message without a channel with channel_not_found, and ignores the channel in one to a webhook: https://github.com/fluxcd/flux2/issues/3248',
});

/** Where messages go in Slack, and how they get there. */
export interface SlackPlace {
  readonly auth: SlackAuth;
  /** The channel of a bot's messages. */
  readonly channel?: string;
}

/** The place to which a route leads; one that leads nowhere throws. */
export function slackPlace(scope: Construct, prop: string, { channel, auth }: Partial<SlackPlace>, defaultAuth: SlackAuth): SlackPlace {
  if (auth !== undefined) assertSlackAuth(scope, `${prop}.auth`, auth);
  const place = { auth: auth ?? defaultAuth, channel };
  const refuse = (what: string, allowed: string, fix: string) => { throw SLACK_CHANNEL.error(scope, { what, allowed, fix }); };
  if (place.auth._mode === 'webhook' && channel !== undefined) {
    refuse(
      `${prop}.channel is '${channel}', and its webhook leads to the channel for which it was made`, 'a channel with a bot, or a webhook without one',
      'leave channel out, and give each channel a webhook of its own in auth of its route; or use SlackAuth.botToken',
    );
  }
  if (place.auth._mode === 'bot' && !(typeof channel === 'string' && channelName(channel))) {
    refuse(`${prop} has no channel`, 'the name or the id of a channel for each route of a bot', `give ${prop}: { channel: '#incidents' }`);
  }
  if (channel !== undefined && !/^#?[^\s#@]+$/.test(channel)) {
    refuse(`${prop}.channel is '${channel}'`, 'one channel, by its name or id, without spaces', 'describe a route for each channel');
  }
  return place;
}

/** Refuses what is no way into Slack by references to Secrets, and does not repeat it. */
export function assertSlackAuth(scope: Construct, prop: string, auth: SlackAuth): void {
  if (!(auth instanceof SlackAuth)) {
    throw SECRET_LITERAL.error(scope, {
      what: `${prop} is a ${typeof auth} (not shown here)`, allowed: 'SlackAuth.botToken(...) or SlackAuth.webhook(...)', fix: `give ${prop}: SlackAuth.botToken(SecretKey.fromName('<secret>', 'token'))`,
    });
  }
  assertSecretKey(scope, `${auth._mode === 'bot' ? 'the token' : 'the URL'} of ${prop}`, auth._secret);
  assertSecretKey(scope, `the URL of ${prop}`, auth._url);
}

/** Refuses a name of the sender for a webhook, which has one already. */
export function checkSender(scope: Construct, username: string | undefined, places: readonly SlackPlace[]): void {
  const webhook = places.findIndex(({ auth }) => auth._mode === 'webhook');
  if (username === undefined || webhook < 0) return;
  throw SLACK_CHANNEL.error(scope, {
    what: `username is '${username}', and the webhook of routes[${webhook}] ignores it`, allowed: 'username with bots alone', fix: 'leave it out, and name the sender where the webhook is made',
  });
}

/** Slack takes a channel's name with and without the sign before it. */
export function channelName(channel: string): string {
  return channel.replace(/^#/, '');
}
