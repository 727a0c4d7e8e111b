import { AckPolicy, ConsumerConfig, PriorityPolicy } from '../../consumer/consumer-config';
import { DEFAULT_ACK_WAIT, DEFAULT_MAX_ACK_PENDING } from '../../consumer/server-defaults';
import { AssetRule, JointRule } from '../asset-rule';
import { ConsumerPlace } from '../place';

/** A rule about one consumer. */
export type ConsumerRule = AssetRule<ConsumerConfig, ConsumerPlace>;

/** A rule about all consumers of one stream. */
export type JointConsumerRule = JointRule<ConsumerConfig, ConsumerPlace>;

/** The only heartbeat with which the server acknowledges by flow control. */
export const FLOW_CONTROL_HEARTBEAT = 1000;

/** Whether it is a push consumer; NACK and the server take an empty subject for none. */
export function isPush({ deliverSubject }: ConsumerConfig): boolean {
  return !!deliverSubject;
}

/** The filters that reach the server: NACK sends a single one by itself, and an empty one is none. */
export function filtersOf({ filterSubjects }: ConsumerConfig): string[] {
  return filterSubjects.length === 1 && filterSubjects[0] === '' ? [] : filterSubjects;
}

/** Whether NACK sends the priority policy: never without groups, and a pinned client only with its time. */
export function sendsPriority({ priorityPolicy, priorityGroups, pinnedTtl }: ConsumerConfig): boolean {
  return priorityPolicy !== undefined && priorityGroups.length > 0 && (priorityPolicy !== PriorityPolicy.PINNED_CLIENT || pinnedTtl !== undefined);
}

/** The time with which the server begins to reckon. */
export function ackWaitOf({ ackWait, ackPolicy }: ConsumerConfig): number {
  return ackWait === 0 && (ackPolicy === AckPolicy.EXPLICIT || ackPolicy === AckPolicy.ALL) ? DEFAULT_ACK_WAIT : ackWait;
}

/** How often a message is delivered; whatever is not above zero is without end. */
export function deliveriesOf({ maxDeliver = 0 }: ConsumerConfig): number {
  return maxDeliver > 0 ? maxDeliver : Infinity;
}

/** What may wait for an acknowledgement once the server has put in its defaults; -1 for unlimited. */
export function maxAckPendingOf({ maxAckPending = 0, ackPolicy }: ConsumerConfig, { origin, limits, account }: ConsumerPlace): number {
  const said = Math.max(maxAckPending, -1) || (origin?.consumerLimits?.maxAckPending ?? 0);
  if (said !== 0 || ackPolicy === AckPolicy.NONE) return said;
  return Math.min(DEFAULT_MAX_ACK_PENDING, ...positive(limits?.maxAckPending, account?.maxAckPending));
}

/** The heartbeat once the server has put in its own: without being pedantic it does so for acknowledgements by flow control. */
export function heartbeatOf({ ackPolicy, heartbeat = 0 }: ConsumerConfig, { pedantic }: ConsumerPlace): number {
  return ackPolicy === AckPolicy.FLOW_CONTROL && !pedantic ? FLOW_CONTROL_HEARTBEAT : heartbeat;
}

/** The limits among some numbers: what is not above zero is none. */
export function positive(...numbers: (number | undefined)[]): number[] {
  return numbers.filter((number): number is number => number !== undefined && number > 0);
}
