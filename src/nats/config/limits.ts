import { Duration, Size } from 'cdk8s';
import { Construct } from 'constructs';
import { bytesOf, readableBytes } from '../../core/bytes';
import { defineRule, RuleLevel } from '../../core/rule';
import { checkAtSynth } from '../../core/rules';
import { ConfBlock } from '../conf/conf-value';

const MEBIBYTE = 2 ** 20;

export const MAX_PAYLOAD = defineRule({
  id: 'NATS-MAX-PAYLOAD',
  level: RuleLevel.ERROR,
  statement: 'The largest message is at most 64 MiB, and at most what may be pending for a client.',
  source: 'https://docs.nats.io/reference/faq#is-there-a-message-size-limitation-in-nats; nats-server: "max_payload cannot be higher than max_pending"',
});

export const MAX_PAYLOAD_LARGE = defineRule({
  id: 'NATS-MAX-PAYLOAD-LARGE',
  level: RuleLevel.WARNING,
  statement: 'Messages above 8 MiB hold up everything else on their connection; an object store takes large objects in pieces.',
  source: 'nats-server warns of a max_payload above 8 MiB',
});

export const LIMIT_INVALID = defineRule({
  id: 'NATS-LIMIT',
  level: RuleLevel.ERROR,
  statement: 'A limit is a whole number within what the server takes, or a time longer than zero.',
  source: 'https://docs.nats.io/running-a-nats-service/configuration#limits',
});

/**
 * Limits of each server.
 * @see https://docs.nats.io/running-a-nats-service/configuration#limits
 */
export interface NatsLimits {
  /**
   * Largest message. More than 64 MiB, or than `maxPending`, throws; more than 8 MiB is a warning. Applied by reload.
   * @default - the server's: 1 MiB
   */
  readonly maxPayload?: Size;
  /**
   * Connections of clients. Applied by reload; lowering it closes surplus clients at random.
   * @default - the server's: 65536
   */
  readonly maxConnections?: number;
  /**
   * Bytes that may wait for a slow client before it is closed. Changing it restarts the servers.
   * @default - the server's: 64 MiB
   */
  readonly maxPending?: Size;
  /**
   * Subscriptions of a connection. Changing it restarts the servers.
   * @default - unlimited
   */
  readonly maxSubscriptions?: number;
  /**
   * Tokens of a subject that is subscribed to, 1 to 255. Changing it restarts the servers.
   * @default - unlimited
   */
  readonly maxSubscriptionTokens?: number;
  /**
   * Longest line of the protocol, which carries a subject, a queue group and a reply subject. Applied by reload.
   * @default - the server's: 4 KiB
   */
  readonly maxControlLine?: Size;
  /**
   * How often an idle connection is asked whether it still lives. Applied by reload.
   * @default - the server's: 2 minutes
   */
  readonly pingInterval?: Duration;
  /**
   * How many unanswered pings close a connection. Applied by reload.
   * @default - the server's: 2
   */
  readonly maxPingsOut?: number;
  /**
   * How long one write to a client may take. Changing it restarts the servers: a reload reaches only connections made later.
   * @default - the server's: 10 s
   */
  readonly writeDeadline?: Duration;
}

/** Refuses limits that the server refuses or cannot mean. */
export function checkLimits(scope: Construct, limits: NatsLimits): void {
  const whole: [keyof NatsLimits, min: number, max: number][] = [
    ['maxConnections', 1, 2 ** 31 - 1], ['maxSubscriptions', 1, 2 ** 31 - 1], ['maxSubscriptionTokens', 1, 255], ['maxPingsOut', 1, 2 ** 31 - 1],
  ];
  for (const [limit, min, max] of whole) {
    const value = limits[limit] as number | undefined;
    if (value === undefined || (Number.isInteger(value) && value >= min && value <= max)) continue;
    throw LIMIT_INVALID.error(scope, { what: `limits.${limit} is ${value}`, allowed: `a whole number from ${min} to ${max}`, fix: 'leave it out for the server\'s default' });
  }
  for (const limit of ['pingInterval', 'writeDeadline'] as const) {
    const value = limits[limit]?.toMilliseconds();
    if (value !== undefined && !(value > 0)) throw LIMIT_INVALID.error(scope, { what: `limits.${limit} is ${value} ms`, allowed: 'a time longer than zero' });
  }
  for (const limit of ['maxPayload', 'maxPending', 'maxControlLine'] as const) {
    const value = limits[limit] && bytesOf(limits[limit]);
    if (value !== undefined && !(value >= 1 && value <= 2 ** 31 - 1)) {
      throw LIMIT_INVALID.error(scope, { what: `limits.${limit} is ${value} bytes`, allowed: `1 to ${2 ** 31 - 1} bytes` });
    }
  }
  checkMaxPayload(scope, limits);
}

/** The server's own limit, which is compared with what may be pending even if nobody says it. */
const DEFAULT_MAX_PAYLOAD = MEBIBYTE;

function checkMaxPayload(scope: Construct, limits: NatsLimits): void {
  const maxPayload = limits.maxPayload ? bytesOf(limits.maxPayload) : DEFAULT_MAX_PAYLOAD;
  const maxPending = limits.maxPending ? bytesOf(limits.maxPending) : 64 * MEBIBYTE;
  const highest = Math.min(maxPending, 64 * MEBIBYTE);
  if (maxPayload > highest) {
    throw MAX_PAYLOAD.error(scope, {
      what: `limits.maxPayload is ${readableBytes(maxPayload)}${limits.maxPayload ? '' : ', the server\'s default'}`,
      allowed: `at most ${readableBytes(highest)}${maxPending < 64 * MEBIBYTE ? ', which is limits.maxPending' : ''}`,
      fix: limits.maxPayload ? 'keep large objects in an object store, which splits them' : 'raise maxPending, or give a lower maxPayload',
    });
  }
  checkAtSynth(scope, MAX_PAYLOAD_LARGE, () => maxPayload <= 8 * MEBIBYTE ? [] : [{
    what: `limits.maxPayload is ${readableBytes(maxPayload)}`, allowed: 'up to 8 MiB', fix: 'keep large objects in an object store',
  }]);
}

/** The limits as options of nats.conf. */
export function renderLimits(limits: NatsLimits): ConfBlock {
  return {
    max_payload: limits.maxPayload,
    max_connections: limits.maxConnections,
    max_pending: limits.maxPending,
    max_subscriptions: limits.maxSubscriptions,
    max_sub_tokens: limits.maxSubscriptionTokens,
    max_control_line: limits.maxControlLine,
    ping_interval: limits.pingInterval,
    ping_max: limits.maxPingsOut,
    write_deadline: limits.writeDeadline,
  };
}
