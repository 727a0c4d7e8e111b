/** What nats-server takes for a consumer that says nothing of it. */

/** In milliseconds. */
export const DEFAULT_ACK_WAIT = 30_000;
export const DEFAULT_MAX_ACK_PENDING = 1000;
