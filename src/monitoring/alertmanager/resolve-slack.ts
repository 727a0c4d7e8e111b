import { Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { SlackRouteState, SlackState } from './render-slack';
import { AlertmanagerSlackOptions, AlertmanagerSlackRoute } from './slack-props';
import { Mistake } from '../../core/mistake';
import { defineRule, RuleLevel } from '../../core/rule';
import { SlackAuth } from '../../core/slack/slack-auth';
import { assertSlackAuth, channelName, checkSender, slackPlace } from '../../core/slack/slack-place';
import { NatsAlertSeverity } from '../alerts/alert-rule';
import { checkSeverity } from '../alerts/resolve-alerts';

export const ALERTMANAGER_ROUTE = defineRule({
  id: 'ALERTMANAGER-ROUTE',
  level: RuleLevel.ERROR,
  statement: 'Routes of alerts have times and texts that an Alertmanager takes, and no two lead the same severities to the same channel.',
  source: 'https://prometheus.io/docs/alerting/latest/configuration/#slack_config',
});

export const ALERTMANAGER_SEVERITY = defineRule({
  id: 'ALERTMANAGER-SEVERITY',
  level: RuleLevel.WARNING,
  statement: 'Critical alerts and warnings reach somebody.',
  source: 'https://prometheus.io/docs/alerting/latest/configuration/#route',
});

/** The routes with their defaults; one that could lead nowhere throws. */
export function resolveSlack(scope: Construct, options: AlertmanagerSlackOptions): SlackState {
  const { auth, routes, allOfNamespace = false, metadata = {}, username } = options;
  const { groupWait = Duration.seconds(30), groupInterval = Duration.minutes(5), repeatInterval = Duration.hours(12) } = options;
  assertSlackAuth(scope, 'auth', auth);
  if (routes.length === 0) throw ALERTMANAGER_ROUTE.error(scope, { what: 'routes is empty', allowed: 'one or more', fix: 'give routes: [{ channel: \'#incidents\' }]' });
  for (const [prop, duration] of Object.entries({ groupWait, groupInterval, repeatInterval })) checkTime(scope, prop, duration);
  const resolved = routes.map((route, index) => resolveRoute(scope, `routes[${index}]`, route, auth));
  checkSender(scope, username, resolved);
  for (const [name, text] of Object.entries(metadata)) {
    if (name.trim() && text?.trim()) continue;
    throw ALERTMANAGER_ROUTE.error(scope, { what: `metadata has '${name}: ${text}'`, allowed: 'a name and a text', fix: 'leave it out' });
  }
  const seen = new Map<string, number>();
  resolved.forEach(({ channel, auth: { _secret }, severities }, index) => {
    const identity = JSON.stringify([channel && channelName(channel), _secret.secretName, _secret.key, severities]);
    const other = seen.get(identity);
    if (other !== undefined) throw ALERTMANAGER_ROUTE.error(scope, { what: `routes[${index}] leads what routes[${other}] leads to the same place`, fix: 'leave one of them out' });
    seen.set(identity, index);
  });
  const named = resolved.map((route, index) => ({ ...route, name: `${index + 1}-${route.channel ?? 'webhook'}` }));
  return { routes: named, allOfNamespace, groupWait, groupInterval, repeatInterval, metadata, username };
}

function resolveRoute(scope: Construct, prop: string, route: AlertmanagerSlackRoute, defaultAuth: SlackAuth): Omit<SlackRouteState, 'name'> {
  const { severities, repeatInterval } = route;
  if (severities?.length === 0) throw ALERTMANAGER_ROUTE.error(scope, { what: `${prop}.severities is empty`, allowed: 'one or more', fix: 'leave it out for all' });
  severities?.forEach((severity) => checkSeverity(scope, `a severity of ${prop}.severities`, severity));
  if (repeatInterval) checkTime(scope, `${prop}.repeatInterval`, repeatInterval);
  return { ...slackPlace(scope, prop, route, defaultAuth), severities: severities && [...new Set(severities)].sort(), repeatInterval };
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
