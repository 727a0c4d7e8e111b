import { SlackAuth } from '../../core/slack/slack-auth';
import { FluxAlertFilter } from '../notification/alert-filter';
import { FluxEventSource } from '../notification/event-source';

/** Which events go to which channel. */
export interface SlackRoute extends FluxAlertFilter {
  /**
   * Channel of a bot's messages: `#incidents`, or better its id (`C0123456789`), which stays when the channel is renamed. With a webhook, which has its
   * channel already, it throws.
   * @default - that of the webhook; with a bot, a missing channel throws
   */
  readonly channel?: string;
  /**
   * Name of the route, a part of the name of its Alert. One that Kubernetes does not allow throws, and so does one that another route has.
   * @default - the channel, or the name of the webhook's Secret
   */
  readonly name?: string;
  /**
   * How this route gets into Slack: a webhook for its own channel, or another bot.
   * @default - as all routes
   */
  readonly auth?: SlackAuth;
  /**
   * The objects whose events are meant. An empty list throws.
   * @default - all kinds of Flux, in each namespace in which the app describes an object of Flux, and in that of the alerting
   */
  readonly sources?: FluxEventSource[];
  /**
   * Whether to send also that something works again, where `severity` is ERROR: that health checks passed and that a Helm release succeeded. Flux says so
   * after each rollout, not only after a failure, and nothing at all of a Kustomization without `wait` and health checks. With INFO, which has it
   * already, it throws.
   * @default false
   */
  readonly recovery?: boolean;
  /**
   * Where to read what to do about these alerts, as a link in each message. What is no URL throws.
   * @default - that of the alerting, if it has one
   */
  readonly runbook?: string;
  /**
   * Whether nothing is sent for now.
   * @default false
   */
  readonly suspend?: boolean;
}
