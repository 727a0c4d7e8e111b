import { Construct } from 'constructs';
import { invalid } from '../core/mistake';
import { SlackAuth } from '../core/slack/slack-auth';
import { assertSlackAuth, slackPlace } from '../core/slack/slack-place';
import { SlackAlertingOptions, SlackAlertingProps } from '../flux/slack/slack-alerting';
import { SlackRoute } from '../flux/slack/slack-route';
import { AlertmanagerSlackOptions } from '../monitoring/alertmanager/slack-props';
import { NatsAlertSeverity } from '../monitoring/alerts/alert-rule';
import { checkSeverity } from '../monitoring/alerts/resolve-alerts';

/** A channel of a team: what of Flux gets there, and which alerts on the cluster. */
export interface NatsPlatformSlackRoute extends SlackRoute {
  /**
   * The severities of alerts on the cluster that the Alertmanager tells there; an empty list for none. Without `monitoring` of the platform it throws.
   * @default - all, if the platform has `monitoring`
   */
  readonly alerts?: NatsAlertSeverity[];
  /**
   * Whether what Flux does is told there. Without it, props that choose among that throw.
   * @default true
   */
  readonly deliveries?: boolean;
}

/** What a team reads in Slack of a platform: what Flux cannot deliver, and the alerts on the cluster. */
export interface NatsPlatformAlerting extends SlackAlertingOptions {
  /** What gets into which channel. An empty list throws. */
  readonly routes: NatsPlatformSlackRoute[];
}

/** A team's channels as each of both takes them; nothing for one that tells nothing. */
export interface ToldInSlack {
  readonly flux?: SlackAlertingProps;
  readonly alertmanager?: Pick<AlertmanagerSlackOptions, 'auth' | 'routes' | 'metadata' | 'username'>;
}

/** Divides what a team reads between Flux and the Alertmanager; a route to which nothing leads throws. */
export function toldInSlack(scope: Construct, alerting: NatsPlatformAlerting, monitored: boolean): ToldInSlack {
  const { auth, cluster, environment, metadata, username, routes = [] } = alerting;
  assertSlackAuth(scope, 'alerting.auth', auth);
  routes.forEach((route, index) => checkRoute(scope, `alerting.routes[${index}]`, route, auth, monitored));
  const delivered = routes.filter(({ deliveries = true }) => deliveries);
  const alerted = monitored ? routes.filter(({ alerts, suspend = false }) => !suspend && alerts?.length !== 0) : [];
  return {
    flux: delivered.length > 0 || routes.length === 0 ? { ...alerting, routes: delivered } : undefined,
    alertmanager: alerted.length === 0 ? undefined : {
      auth,
      username,
      metadata: { cluster, environment, ...metadata },
      routes: alerted.map((route) => ({ channel: route.channel, auth: route.auth, severities: route.alerts })),
    },
  };
}

function checkRoute(scope: Construct, prop: string, route: NatsPlatformSlackRoute, defaultAuth: SlackAuth, monitored: boolean): void {
  const { alerts, deliveries = true, channel, auth, name, suspend, ...ofFlux } = route;
  const refuse = (what: string, allowed: string, fix: string) => { throw invalid(scope, { what, allowed, fix }); };
  slackPlace(scope, prop, { channel, auth }, defaultAuth);
  alerts?.forEach((severity) => checkSeverity(scope, `a severity of ${prop}.alerts`, severity));
  if (!monitored && alerts && alerts.length > 0) refuse(`${prop}.alerts is given, and nothing watches the cluster`, 'alerts of a platform with monitoring', 'give monitoring');
  if (deliveries) return;
  if (!monitored || alerts?.length === 0) {
    const why = monitored ? 'alerts is empty' : 'nothing watches the cluster';
    refuse(`nothing leads to ${prop}: deliveries is false, and ${why}`, 'a route for deliveries, alerts or both', 'leave it out');
  }
  const [chooses] = Object.entries(ofFlux).filter(([, value]) => value !== undefined);
  if (chooses) refuse(`${prop}.${chooses[0]} is given, and deliveries is false`, 'it where Flux tells something', `leave ${chooses[0]} out`);
}
