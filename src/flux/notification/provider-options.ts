import { FluxProviderAuth } from './provider-auth';
import { SecretKey } from '../../core/secret-key';

/** How messages look in a chat. */
export interface FluxChatOptions {
  /**
   * Name under which messages appear.
   * @default - the controller that the event comes from
   */
  readonly username?: string;
}

/** How messages look in Rocket.Chat, and where. */
export interface FluxRocketOptions extends FluxChatOptions {
  /**
   * Channel of the messages.
   * @default - that of the webhook
   */
  readonly channel?: string;
}

/** Where a service is that many have at the same place. */
export interface FluxServiceOptions {
  /**
   * URL of its API, such as that of another region. One with credentials throws.
   * @default - that of the service for everybody
   */
  readonly address?: string;
}

/** What goes with each message. */
export interface FluxHeadersOptions {
  /**
   * HTTP headers as YAML, under the key `headers`; another key throws.
   * @default - none
   */
  readonly headers?: SecretKey;
}

/** How Flux logs in, if it must. */
export interface FluxAuthenticatedOptions {
  /**
   * The login. One that the service does not know throws.
   * @default - none
   */
  readonly auth?: FluxProviderAuth;
}

/** How events appear in Sentry. */
export interface FluxSentryOptions {
  /**
   * The environment of the events.
   * @default - none
   */
  readonly environment?: string;
}

/** How Flux logs in at Google Pub/Sub. */
export interface FluxGooglePubSubOptions {
  /**
   * Key of a service account as JSON, under the key `token`; another key throws.
   * @default - the identity of the workload
   */
  readonly credentials?: SecretKey;
  /**
   * ServiceAccount in the provider's namespace whose identity is used, since Flux 2.7; before 2.10 the controller has to run with
   * `--feature-gates=ObjectLevelWorkloadIdentity=true`. With `credentials` it throws, and so does an invalid name.
   * @default - that of the controller
   */
  readonly serviceAccountName?: string;
}

/** Whose identity is used at Azure. */
export interface FluxAzureEventHubOptions {
  /**
   * ServiceAccount in the provider's namespace whose identity is used; before Flux 2.10 the controller has to run with
   * `--feature-gates=ObjectLevelWorkloadIdentity=true`. An invalid name throws.
   * @default - that of the controller
   */
  readonly serviceAccountName?: string;
}

/** How commits get their status. */
export interface FluxCommitStatusOptions {
  /**
   * CEL expression for the name of the status, of `event`, `alert` and `provider`: several clusters with one repository need names that differ. An empty one throws.
   * @default - kind and name of the object, and the beginning of the Provider's UID
   * @see https://fluxcd.io/flux/components/notification/providers/#custom-commit-status-messages
   */
  readonly statusExpression?: string;
}

/** How commits get their status at Azure DevOps. */
export interface FluxAzureDevOpsOptions extends FluxCommitStatusOptions {
  /**
   * Token, under the key `token`; another key throws.
   * @default - the identity of the workload
   */
  readonly token?: SecretKey;
  /**
   * ServiceAccount in the provider's namespace whose identity is used, since Flux 2.7; before 2.10 the controller has to run with
   * `--feature-gates=ObjectLevelWorkloadIdentity=true`. With `token` it throws, and so does an invalid name.
   * @default - that of the controller
   */
  readonly serviceAccountName?: string;
}
