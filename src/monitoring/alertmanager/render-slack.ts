import { Duration } from 'cdk8s';
import { inhibitRules } from './inhibition';
import { AlertmanagerSlackAuth } from './slack-auth';
import * as prometheus from '../../../imports/monitoring.coreos.com';
import { goDuration } from '../../core/go-duration';
import { wire } from '../../core/wire';

/** A route with all defaults. */
export interface SlackRouteState {
  /** Name of its receiver. */
  readonly name: string;
  readonly channel?: string;
  readonly auth: AlertmanagerSlackAuth;
  /** All if undefined. */
  readonly severities?: string[];
  readonly repeatInterval?: Duration;
}

/** Routes with all defaults. */
export interface SlackState {
  readonly routes: SlackRouteState[];
  readonly allOfNamespace: boolean;
  readonly groupWait: Duration;
  readonly groupInterval: Duration;
  readonly repeatInterval: Duration;
}

/** Alerts that no route takes get here, and are told nowhere. */
const NOBODY = 'nobody';

const TITLE = '{{ if eq .Status "firing" }}{{ .Alerts.Firing | len }} firing{{ else }}resolved{{ end }}: {{ .CommonLabels.alertname }} ({{ .CommonLabels.nats_cluster }})';
const COLOR = '{{ if eq .Status "resolved" }}good{{ else if eq .CommonLabels.severity "critical" }}danger{{ else }}warning{{ end }}';
const TEXT = '{{ range .Alerts }}*{{ .Annotations.summary }}*\n{{ .Annotations.description }}\n{{ end }}';

/** The spec of the AlertmanagerConfig. The operator adds the matcher of its namespace to the route and to the inhibition. */
export function renderSlack({ routes, allOfNamespace, groupWait, groupInterval, repeatInterval }: SlackState): prometheus.AlertmanagerConfigSpec {
  return {
    route: {
      receiver: NOBODY,
      groupBy: ['alertname', 'nats_cluster', 'severity'],
      groupWait: seconds(groupWait),
      groupInterval: seconds(groupInterval),
      repeatInterval: seconds(repeatInterval),
      matchers: allOfNamespace ? undefined : [{ name: 'nats_cluster', value: '.+', matchType: wire('=~') }],
      routes: routes.map((route) => ({
        receiver: route.name,
        matchers: route.severities && [{ name: 'severity', value: route.severities.join('|'), matchType: '=~' }],
        repeatInterval: route.repeatInterval && seconds(route.repeatInterval),
        continue: true,
      })),
    },
    receivers: [{ name: NOBODY }, ...routes.map(({ name, channel, auth }) => ({ name, slackConfigs: [slackConfig(channel, auth)] }))],
    inhibitRules: inhibitRules(),
  };
}

function slackConfig(channel: string | undefined, { _url, _token }: AlertmanagerSlackAuth): prometheus.AlertmanagerConfigSpecReceiversSlackConfigs {
  return {
    apiUrl: { name: _url.secretName, key: _url.key },
    httpConfig: _token && { authorization: { type: 'Bearer', credentials: { name: _token.secretName, key: _token.key } } },
    channel,
    sendResolved: true,
    title: TITLE,
    titleLink: '{{ .CommonAnnotations.runbook_url }}',
    color: COLOR,
    text: TEXT,
  };
}

function seconds(duration: Duration): string {
  return goDuration(duration.toMilliseconds());
}
