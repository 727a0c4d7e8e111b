import { Construct } from 'constructs';
import { checkKey } from './slack-provider';
import { SlackRoute } from './slack-route';
import { DNS_LABEL, isName } from '../../core/names';
import { defineRule, RuleLevel } from '../../core/rule';
import { SlackAuth } from '../../core/slack/slack-auth';
import { assertSlackAuth, channelName, SLACK_CHANNEL, slackPlace } from '../../core/slack/slack-place';
import { FluxEventSeverity } from '../notification/alert-filter';
import { neededText } from '../notification/provider-part';

export const SLACK_ROUTE = defineRule({
  id: 'SLACK-ROUTE',
  level: RuleLevel.ERROR,
  statement: 'Each route of a SlackAlerting has a name of its own, and each channel one sender.',
  source: 'A route becomes an Alert and a channel a Provider, which are named after them.',
});

/** A route with its defaults. */
export interface ResolvedRoute {
  readonly route: SlackRoute;
  readonly auth: SlackAuth;
  /** What tells its provider from others: the channel, or the Secret of the webhook. */
  readonly target: string;
  /** The same as a part of a Kubernetes name. */
  readonly targetName: string;
  /** The part of the names of its objects. */
  readonly name: string;
}

/** Checks the routes of an alerting, each alone and against the others. */
export function resolveRoutes(scope: Construct, routes: SlackRoute[], auth: SlackAuth): ResolvedRoute[] {
  assertSlackAuth(scope, 'auth', auth);
  checkKey(scope, 'auth', auth);
  if (!routes?.length) throw SLACK_ROUTE.error(scope, { what: 'routes is empty', allowed: 'one or more', fix: 'give routes: [{ channel: \'#incidents\' }]' });
  const resolved = routes.map((route, index) => resolveRoute(scope, route, `routes[${index}]`, auth));
  checkNames(scope, resolved);
  checkTargets(scope, resolved);
  return resolved;
}

function resolveRoute(scope: Construct, route: SlackRoute, prop: string, defaultAuth: SlackAuth): ResolvedRoute {
  const { auth, channel } = slackPlace(scope, prop, route, defaultAuth);
  if (route.auth !== undefined) checkKey(scope, `${prop}.auth`, auth);
  if (channel !== undefined) neededText(scope, `${prop}.channel`, channel, '\'#incidents\'');
  if (route.recovery && route.severity === FluxEventSeverity.INFO) {
    throw SLACK_ROUTE.error(scope, { what: `${prop}.recovery is true, and its severity is INFO, which has recoveries already`, allowed: 'one of them', fix: 'leave recovery out' });
  }
  const target = auth._mode === 'bot' ? channelName(channel!) : auth._secret.secretName;
  const targetName = slug(scope, prop, target);
  if (route.name !== undefined && !isName(route.name, DNS_LABEL)) throw SLACK_ROUTE.error(scope, { what: `${prop}.name is '${route.name}'`, allowed: DNS_LABEL.words });
  return { route, auth, target, targetName, name: route.name ?? targetName };
}

/** A channel as a part of a Kubernetes name. */
function slug(scope: Construct, prop: string, target: string): string {
  const text = target.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '');
  if (!text) throw SLACK_CHANNEL.error(scope, { what: `no name can be made of the channel '${target}' of ${prop}`, allowed: 'a channel with a letter or digit', fix: 'give the id of the channel' });
  return text;
}

function checkNames(scope: Construct, routes: ResolvedRoute[]): void {
  const taken = new Map<string, number>();
  const names = routes.flatMap(({ name, route }, index) => [{ name, index }, ...route.recovery ? [{ name: recoveryName(name), index }] : []]);
  for (const { name, index } of names) {
    const first = taken.get(name);
    if (first !== undefined) {
      throw SLACK_ROUTE.error(scope, { what: `routes[${first}] and routes[${index}] both have the name '${name}'`, allowed: 'a name for each', fix: `give routes[${index}] a name` });
    }
    taken.set(name, index);
  }
}

/** The name of the Alert that says that something works again. */
export function recoveryName(name: string): string {
  return `${name}-recovery`;
}

function checkTargets(scope: Construct, routes: ResolvedRoute[]): void {
  const byName = new Map<string, ResolvedRoute>();
  for (const one of routes) {
    const key = one.targetName;
    const other = byName.get(key) ?? one;
    byName.set(key, other);
    if (other.target !== one.target || other.auth._mode !== one.auth._mode) {
      throw SLACK_ROUTE.error(scope, {
        what: `'${other.target}' and '${one.target}' would both have the Provider name '${key}'`, allowed: 'channels and Secrets of webhooks with names that differ in letters and digits', fix: 'describe one of them in another SlackAlerting',
      });
    }
    if (other.auth._secret.secretName !== one.auth._secret.secretName) {
      throw SLACK_ROUTE.error(scope, {
        what: `the channel '${one.target}' has two bots, of the Secrets '${other.auth._secret.secretName}' and '${one.auth._secret.secretName}'`, allowed: 'one for each channel', fix: 'describe one of them in another SlackAlerting',
      });
    }
  }
}
