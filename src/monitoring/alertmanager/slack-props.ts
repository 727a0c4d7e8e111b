import { Duration } from 'cdk8s';
import { SlackAuth } from '../../core/slack/slack-auth';
import { NatsAlertSeverity } from '../alerts/alert-rule';
import { PrometheusObjectOptions } from '../scraping/prometheus-selector';

/** Which alerts get into which channel. */
export interface AlertmanagerSlackRoute {
  /**
   * The channel. With a webhook it throws, because that leads to its own; without one, a bot throws.
   * @default - that of the webhook
   */
  readonly channel?: string;
  /**
   * The severities of alerts that get there.
   * @default - all
   */
  readonly severities?: NatsAlertSeverity[];
  /**
   * How the Alertmanager gets into this channel.
   * @default - `auth`
   */
  readonly auth?: SlackAuth;
  /**
   * After which time an alert that goes on is told again; zero and less throw.
   * @default - `repeatInterval`
   */
  readonly repeatInterval?: Duration;
}

/** Which alerts an Alertmanager tells, and when. */
export interface AlertmanagerConfigOptions extends PrometheusObjectOptions {
  /**
   * Whether all alerts of the namespace are told, not only those on NATS clusters. In a namespace that Flux or other services share, those are theirs too.
   * @default false
   */
  readonly allOfNamespace?: boolean;
  /**
   * How long the first alert of a group waits for others.
   * @default Duration.seconds(30)
   */
  readonly groupWait?: Duration;
  /**
   * How long a group of which something was told waits before it tells of more.
   * @default Duration.minutes(5)
   */
  readonly groupInterval?: Duration;
  /**
   * After which time an alert that goes on is told again.
   * @default Duration.hours(12)
   */
  readonly repeatInterval?: Duration;
}

/** Slack messages about alerts. */
export interface AlertmanagerSlackOptions extends AlertmanagerConfigOptions {
  /** How the Alertmanager gets into Slack. */
  readonly auth: SlackAuth;
  /** Which alerts get where. An empty list throws. An alert gets into each channel that it fits. */
  readonly routes: AlertmanagerSlackRoute[];
  /**
   * What is added to each message, such as the environment. An empty name or text throws.
   * @default - nothing
   */
  readonly metadata?: { [name: string]: string };
  /**
   * Name of the sender. A bot needs the scope `chat:write.customize` for it; a webhook ignores it, so that with one it throws.
   * @default - the name of the bot
   */
  readonly username?: string;
}
