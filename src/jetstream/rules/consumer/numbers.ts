import { ConsumerRule, sendsPriority } from './consumer-rule';
import { LONGEST_MILLISECONDS } from '../../../core/go-duration';
import { RuleLevel } from '../../../core/rule';
import { ConsumerConfig, PriorityPolicy } from '../../consumer/consumer-config';
import { assetRule, serverRule } from '../asset-rule';
import { duration } from '../words';

interface Given {
  readonly prop: string;
  readonly value?: number;
}

interface Count extends Given {
  /** What stands for no limit. */
  readonly unlimited?: number;
  /** What the server takes 0 for. */
  readonly zero?: string;
}

/** Numbers that the server reads as if they were not there when they are too small. */
function limitsOf(config: ConsumerConfig): Count[] {
  return [
    { prop: 'maxDeliver', value: config.maxDeliver, unlimited: -1, zero: 'without end' },
    { prop: 'maxAckPending', value: config.maxAckPending, unlimited: -1, zero: 'the default of 1000' },
    { prop: 'maxWaiting', value: config.maxWaiting, zero: 'the default of 512' },
    { prop: 'maxRequestBatch', value: config.maxRequestBatch, zero: 'unlimited' },
    { prop: 'maxRequestMaxBytes', value: config.maxRequestMaxBytes, zero: 'unlimited' },
  ];
}

function countsOf(config: ConsumerConfig): Count[] {
  return [
    ...limitsOf(config),
    { prop: 'rateLimitBps', value: config.rateLimitBps, zero: 'unlimited' },
    { prop: 'replicas', value: config.replicas, zero: 'those of the stream' },
    { prop: 'startSequence', value: config.startSequence },
  ];
}

function timesOf(config: ConsumerConfig): Given[] {
  return [
    { prop: 'heartbeat', value: config.heartbeat },
    { prop: 'inactiveThreshold', value: config.inactiveThreshold },
    { prop: 'maxRequestExpires', value: config.maxRequestExpires },
    ...sendsPriority(config) && config.priorityPolicy === PriorityPolicy.PINNED_CLIENT ? [{ prop: 'pinnedTtl', value: config.pinnedTtl }] : [],
  ];
}

export const numbers: ConsumerRule[] = [
  serverRule('CONSUMER-NEGATIVE', 'No number or time of a consumer is below zero, but -1 for unlimited maxDeliver and maxAckPending.', 'pedantic mode: max_waiting must not be negative',
    (config, { pedantic }) => pedantic && [
      ...limitsOf(config).map((limit) => ({ ...limit, least: limit.unlimited ?? 0, text: `${limit.value}` })),
      ...timesOf(config).map((time) => ({ ...time, least: 0, text: duration(time.value ?? 0) })),
    ].filter(({ value = 0, least }) => value < least).map(({ prop, text, least }) => ({
      what: `${prop} is ${text}`, allowed: least < 0 ? 'a number from 1, or -1 for unlimited' : 'nothing below zero', fix: 'leave it out where there is no limit',
    }))),
  serverRule('CONSUMER-ACK-WAIT', 'ackWait and the times of backoff are not below zero.', 'consumer ack wait needs to be positive',
    ({ ackWait, backoff }, { pedantic }) => {
      // Without being pedantic, the server puts the first of backoff in the place of ackWait.
      const counts = [...pedantic || backoff.length === 0 ? [{ prop: 'ackWait', value: ackWait }] : [], ...backoff.map((value) => ({ prop: 'backoff', value }))];
      return counts.filter(({ value }) => value < 0).map(({ prop, value }) => ({ what: `${prop} has ${duration(value)}`, allowed: 'at least 0s' }));
    }),
  assetRule({
    id: 'CONSUMER-NUMBER',
    level: RuleLevel.ERROR,
    statement: 'A number of a consumer is a whole one that says what it means: 0 would mean the default.',
    source: "NACK's schema of Consumer; nats-server takes 0 for a number that is not given (measured)",
  }, (config) => countsOf(config).filter(({ value = 1, unlimited }) => !isCount(value, unlimited)).map(({ prop, value, unlimited, zero }) => ({
    what: value === 0 && zero ? `${prop} is 0, which means ${zero}` : `${prop} is ${value}`,
    allowed: `a whole number from 1${unlimited === undefined ? '' : ', or -1 for unlimited'}`,
    fix: value === 0 && zero ? 'leave it out if that is meant' : undefined,
  }))),
  assetRule({
    id: 'CONSUMER-DURATION',
    level: RuleLevel.ERROR,
    statement: 'A time is one that Go can count: up to 292 years.',
    source: 'Go: a duration has 63 bits of nanoseconds; NACK does not read a longer one',
  }, (config) => [...timesOf(config), { prop: 'ackWait', value: config.ackWait }, ...config.backoff.map((value) => ({ prop: 'backoff', value }))]
    .filter(({ value = 0 }) => !(value <= LONGEST_MILLISECONDS))
    .map(({ prop, value }) => ({ what: `${prop} is ${value! / 3_600_000} hours`, allowed: 'up to 2562047 hours' }))),
];

function isCount(value: number, unlimited: number | undefined): boolean {
  return Number.isSafeInteger(value) && (value >= 1 || value === unlimited);
}
