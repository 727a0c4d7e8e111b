import { ConsumerRule, sendsPriority } from './consumer-rule';
import { LONGEST_MILLISECONDS } from '../../../core/go-duration';
import { RuleLevel } from '../../../core/rule';
import { ConsumerConfig, PriorityPolicy } from '../../consumer/consumer-config';
import { assetRule, serverRule } from '../asset-rule';
import { duration } from '../words';

/** A number or time of a consumer. */
interface Prop<Name> {
  readonly prop: Name;
}

interface Count extends Prop<'maxDeliver' | 'maxAckPending' | 'maxWaiting' | 'maxRequestBatch' | 'maxRequestMaxBytes' | 'rateLimitBps' | 'replicas' | 'startSequence'> {
  /** What stands for no limit. */
  readonly unlimited?: number;
  /** What the server takes 0 for. */
  readonly zero?: string;
}

type Time = Prop<'heartbeat' | 'inactiveThreshold' | 'maxRequestExpires' | 'pinnedTtl'>;

/** Numbers that the server reads as if they were not there when they are too small. */
const limits: Count[] = [
  { prop: 'maxDeliver', unlimited: -1, zero: 'without end' },
  { prop: 'maxAckPending', unlimited: -1, zero: 'the default of 1000' },
  { prop: 'maxWaiting', zero: 'the default of 512' },
  { prop: 'maxRequestBatch', zero: 'unlimited' },
  { prop: 'maxRequestMaxBytes', zero: 'unlimited' },
];

const counts: Count[] = [
  ...limits, { prop: 'rateLimitBps', zero: 'unlimited' }, { prop: 'replicas', zero: 'those of the stream' }, { prop: 'startSequence' },
];

const commonTimes: Time[] = [{ prop: 'heartbeat' }, { prop: 'inactiveThreshold' }, { prop: 'maxRequestExpires' }];
const timesOfPinned: Time[] = [...commonTimes, { prop: 'pinnedTtl' }];

function timesOf(config: ConsumerConfig): Time[] {
  return sendsPriority(config) && config.priorityPolicy === PriorityPolicy.PINNED_CLIENT ? timesOfPinned : commonTimes;
}

export const numbers: ConsumerRule[] = [
  serverRule('CONSUMER-NEGATIVE', 'No number or time of a consumer is below zero, but -1 for unlimited maxDeliver and maxAckPending.', 'pedantic mode: max_waiting must not be negative',
    (config, { pedantic }) => pedantic && [
      ...limits.filter(({ prop, unlimited = 0 }) => (config[prop] ?? 0) < unlimited).map(({ prop, unlimited = 0 }) => ({
        what: `${prop} is ${config[prop]}`, allowed: unlimited < 0 ? 'a number from 1, or -1 for unlimited' : 'nothing below zero', fix: NO_LIMIT,
      })),
      ...timesOf(config).filter(({ prop }) => (config[prop] ?? 0) < 0).map(({ prop }) => ({
        what: `${prop} is ${duration(config[prop]!)}`, allowed: 'nothing below zero', fix: NO_LIMIT,
      })),
    ]),
  serverRule('CONSUMER-ACK-WAIT', 'ackWait and the times of backoff are not below zero.', 'consumer ack wait needs to be positive',
    ({ ackWait, backoff }, { pedantic }) => {
      // Without being pedantic, the server puts the first of backoff in the place of ackWait.
      const times = [...pedantic || backoff.length === 0 ? [{ prop: 'ackWait', value: ackWait }] : [], ...backoff.map((value) => ({ prop: 'backoff', value }))];
      return times.filter(({ value }) => value < 0).map(({ prop, value }) => ({ what: `${prop} has ${duration(value)}`, allowed: 'at least 0s' }));
    }),
  assetRule({
    id: 'CONSUMER-NUMBER',
    level: RuleLevel.ERROR,
    statement: 'A number of a consumer is a whole one that says what it means: 0 would mean the default.',
    source: "NACK's schema of Consumer; nats-server takes 0 for a number that is not given (measured)",
  }, (config) => counts.filter(({ prop, unlimited }) => !isCount(config[prop] ?? 1, unlimited)).map(({ prop, unlimited, zero }) => ({
    what: config[prop] === 0 && zero ? `${prop} is 0, which means ${zero}` : `${prop} is ${config[prop]}`,
    allowed: `a whole number from 1${unlimited === undefined ? '' : ', or -1 for unlimited'}`,
    fix: config[prop] === 0 && zero ? 'leave it out if that is meant' : undefined,
  }))),
  assetRule({
    id: 'CONSUMER-DURATION',
    level: RuleLevel.ERROR,
    statement: 'A time is one that Go can count: up to 292 years.',
    source: 'Go: a duration has 63 bits of nanoseconds; NACK does not read a longer one',
  }, (config) => {
    const tooLong = (prop: string, value: number = 0) => value <= LONGEST_MILLISECONDS ? [] : [{ what: `${prop} is ${value / 3_600_000} hours`, allowed: 'up to 2562047 hours' }];
    return [...timesOf(config).flatMap(({ prop }) => tooLong(prop, config[prop])), ...tooLong('ackWait', config.ackWait), ...config.backoff.flatMap((value) => tooLong('backoff', value))];
  }),
];

const NO_LIMIT = 'leave it out where there is no limit';

function isCount(value: number, unlimited: number | undefined): boolean {
  return Number.isSafeInteger(value) && (value >= 1 || value === unlimited);
}
