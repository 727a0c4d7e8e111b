import { Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { SlackRouteState, SlackState } from './render-slack';
import { AlertmanagerSlackAuth } from './slack-auth';
import { AlertmanagerSlackOptions, AlertmanagerSlackRoute } from './slack-props';
import { Mistake } from '../../core/mistake';
import { defineRule, RuleLevel } from '../../core/rule';
import { assertSecretKey } from '../../core/secret-key';
import { NatsAlertSeverity } from '../alerts/alert-rule';
import { ALERT_SEVERITY } from '../alerts/resolve-alerts';

export const ALERTMANAGER_ROUTE = defineRule({
  id: 'ALERTMANAGER-ROUTE',
  level: RuleLevel.ERROR,
  statement: 'A route of alerts leads to one channel: a bot is told which, and an incoming webhook knows its own. No two lead the same severities to the same channel.',
  source: 'https://prometheus.io/docs/alerting/latest/configuration/#slack_config; Slack ignores the channel in a message to a webhook',
});

export const ALERTMANAGER_SEVERITY = defineRule({
  id: 'ALERTMANAGER-SEVERITY',
  level: RuleLevel.WARNING,
  statement: 'Critical alerts and warnings reach somebody.',
  source: 'https://prometheus.io/docs/alerting/latest/configuration/#route',
});

/** The routes with their defaults; one that could lead nowhere throws. */
export function resolveSlack(scope: Construct, options: AlertmanagerSlackOptions): SlackState {
  const { auth, routes, allOfNamespace = false } = options;
  const { groupWait = Duration.seconds(30), groupInterval = Duration.minutes(5), repeatInterval = Duration.hours(12) } = options;
  if (routes.length === 0) throw ALERTMANAGER_ROUTE.error(scope, { what: 'routes is empty', allowed: 'one or more', fix: 'give routes: [{ channel: \'#incidents\' }]' });
  for (const [prop, duration] of Object.entries({ groupWait, groupInterval, repeatInterval })) checkTime(scope, prop, duration);
  const resolved = routes.map((route, index) => resolveRoute(scope, `routes[${index}]`, route, auth));
  const seen = new Map<string, number>();
  resolved.forEach((route, index) => {
    const identity = JSON.stringify([route.channel, route.auth._url.secretName, route.auth._url.key, route.severities]);
    const other = seen.get(identity);
    if (other !== undefined) throw ALERTMANAGER_ROUTE.error(scope, { what: `routes[${index}] leads what routes[${other}] leads to the same place`, fix: 'leave one of them out' });
    seen.set(identity, index);
  });
  return { routes: resolved.map((route, index) => ({ ...route, name: `${index + 1}-${route.channel ?? 'webhook'}` })), allOfNamespace, groupWait, groupInterval, repeatInterval };
}

function resolveRoute(scope: Construct, prop: string, route: AlertmanagerSlackRoute, defaultAuth: AlertmanagerSlackAuth): Omit<SlackRouteState, 'name'> {
  const { channel, severities, auth = defaultAuth, repeatInterval } = route;
  assertSecretKey(scope, `the token of ${prop}`, auth._token);
  assertSecretKey(scope, `the URL of ${prop}`, auth._url);
  const refuse = (what: string, allowed: string, fix?: string) => { throw ALERTMANAGER_ROUTE.error(scope, { what, allowed, fix }); };
  if (auth._token && channel === undefined) refuse(`${prop} has no channel, and a bot does not know where to write`, 'the name of a channel, or its id', `give ${prop}.channel`);
  if (!auth._token && channel !== undefined) {
    refuse(`${prop}.channel is '${channel}', and its webhook leads to the channel for which it was made`, 'a channel with a bot, or a webhook without one', `leave it out, or give ${prop} the auth of a bot`);
  }
  if (channel !== undefined && !/^#?[^\s#@]+$/.test(channel)) refuse(`${prop}.channel is '${channel}'`, 'the name of a channel, with or without #, or its id');
  if (severities?.length === 0) refuse(`${prop}.severities is empty`, 'one or more', 'leave it out for all');
  for (const severity of severities ?? []) {
    const known = Object.values(NatsAlertSeverity);
    if (!known.includes(severity)) throw ALERT_SEVERITY.error(scope, { what: `${prop}.severities has '${severity}'`, allowed: known.join(', ') });
  }
  if (repeatInterval) checkTime(scope, `${prop}.repeatInterval`, repeatInterval);
  return { channel, auth, severities: severities && [...new Set(severities)].sort(), repeatInterval };
}

function checkTime(scope: Construct, prop: string, duration: Duration): void {
  if (duration.toMilliseconds() >= 1000) return;
  throw ALERTMANAGER_ROUTE.error(scope, { what: `${prop} is ${duration.toMilliseconds()} ms`, allowed: 'a second or more' });
}

/** Severities that no route takes. */
export function unroutedSeverities({ routes }: SlackState): Mistake[] {
  const taken = (severity: NatsAlertSeverity) => routes.some(({ severities }) => severities?.includes(severity) ?? true);
  return [NatsAlertSeverity.CRITICAL, NatsAlertSeverity.WARNING].filter((severity) => !taken(severity)).map((severity) => ({ what: `no route takes alerts of severity ${severity}, and nobody is told of them`, fix: 'name it in severities of a route' }));
}
