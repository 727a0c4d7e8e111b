import { Size } from 'cdk8s';
import { Construct } from 'constructs';
import { ACCOUNT_LIMIT, MESSAGE_TRACE } from './account-rules';
import { bytesOf } from '../../core/bytes';
import { ConfBlock } from '../conf/conf-value';
import { isLiteralSubject } from '../subject';

/**
 * Limits of an account: connections are counted over all servers, the rest holds for each connection. The server keeps these numbers in 32 bits
 * and lets a larger one wrap around, so that a larger one throws.
 */
export interface NatsAccountLimits {
  /**
   * Connections of clients.
   * @default - unlimited
   */
  readonly maxConnections?: number;
  /**
   * Subscriptions of a connection.
   * @default - unlimited
   */
  readonly maxSubscriptions?: number;
  /**
   * Largest message.
   * @default - that of the server
   */
  readonly maxPayload?: Size;
  /**
   * Connections of leaf nodes.
   * @default - unlimited
   */
  readonly maxLeafNodes?: number;
}

/** Where the traces of messages go that carry a trace header of the W3C. */
export interface NatsMessageTrace {
  /** Subject in this account; one with wildcards throws. */
  readonly destination: string;
  /**
   * Percentage of the messages that are traced: a whole number from 1 to 100.
   * @default 100
   */
  readonly sampling?: number;
}

const LARGEST = 2 ** 31 - 1;

export function checkAccountLimits(scope: Construct, { maxPayload, ...counts }: NatsAccountLimits): void {
  const numbers = { ...counts, maxPayload: maxPayload && bytesOf(maxPayload) };
  for (const [limit, value] of Object.entries(numbers)) {
    if (value === undefined || (Number.isInteger(value) && value >= 0 && value <= LARGEST)) continue;
    throw ACCOUNT_LIMIT.error(scope, { what: `limits.${limit} is ${value}`, allowed: `a whole number from 0 to ${LARGEST}`, fix: 'leave it out for no limit' });
  }
}

export function renderAccountLimits({ maxConnections, maxSubscriptions, maxPayload, maxLeafNodes }: NatsAccountLimits): ConfBlock {
  return { max_connections: maxConnections, max_subscriptions: maxSubscriptions, max_payload: maxPayload, max_leafnodes: maxLeafNodes };
}

export function checkMessageTrace(scope: Construct, { destination, sampling = 100 }: NatsMessageTrace): void {
  if (isLiteralSubject(destination) && Number.isInteger(sampling) && sampling >= 1 && sampling <= 100) return;
  throw MESSAGE_TRACE.error(scope, {
    what: `messageTrace sends ${sampling} percent to '${destination}'`, allowed: 'a whole number from 1 to 100, to a subject without wildcards',
  });
}
