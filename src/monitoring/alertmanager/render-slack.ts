import { Duration } from 'cdk8s';
import { inhibitRules } from './inhibition';
import * as prometheus from '../../../imports/monitoring.coreos.com';
import { goDuration } from '../../core/go-duration';
import { SlackPlace } from '../../core/slack/slack-place';
import { wire } from '../../core/wire';

/** A route with all defaults. */
export interface SlackRouteState extends SlackPlace {
  /** Name of its receiver. */
  readonly name: string;
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
  readonly metadata: { readonly [name: string]: string };
  readonly username?: string;
}

/** Alerts that no route takes get here, and are told nowhere. */
const NOBODY = 'nobody';

const TITLE = '{{ if eq .Status "firing" }}{{ .Alerts.Firing | len }} firing{{ else }}resolved{{ end }}: {{ .CommonLabels.alertname }} ({{ .CommonLabels.nats_cluster }})';
const COLOR = '{{ if eq .Status "resolved" }}good{{ else if eq .CommonLabels.severity "critical" }}danger{{ else }}warning{{ end }}';
const TEXT = '{{ range .Alerts }}*{{ .Annotations.summary }}*\n{{ .Annotations.description }}\n{{ end }}';

/** The spec of the AlertmanagerConfig. The operator adds the matcher of its namespace to the route and to the inhibition. */
export function renderSlack(state: SlackState): prometheus.AlertmanagerConfigSpec {
  const { routes, allOfNamespace, groupWait, groupInterval, repeatInterval } = state;
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
    receivers: [{ name: NOBODY }, ...routes.map((route) => ({ name: route.name, slackConfigs: [slackConfig(route, state)] }))],
    inhibitRules: inhibitRules(),
  };
}

function slackConfig(
  { channel, auth: { _mode, _url, _secret } }: SlackPlace, { metadata, username }: SlackState,
): prometheus.AlertmanagerConfigSpecReceiversSlackConfigs {
  const fields = Object.entries(metadata).map(([title, value]) => ({ title: plain(title), value: plain(value), short: true }));
  return {
    apiUrl: { name: _url.secretName, key: _url.key },
    httpConfig: _mode === 'bot' ? { authorization: { type: 'Bearer', credentials: { name: _secret.secretName, key: _secret.key } } } : undefined,
    channel,
    username: username && plain(username),
    sendResolved: true,
    title: TITLE,
    titleLink: '{{ .CommonAnnotations.runbook_url }}',
    color: COLOR,
    text: TEXT,
    fields: fields.length > 0 ? fields : undefined,
  };
}

/** A text that the templates of an Alertmanager take as it is. */
function plain(text: string): string {
  return text.replaceAll('{{', '{{ "{{" }}');
}

function seconds(duration: Duration): string {
  return goDuration(duration.toMilliseconds());
}
