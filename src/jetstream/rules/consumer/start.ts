import { ConsumerRule } from './consumer-rule';
import { RuleLevel } from '../../../core/rule';
import { DeliverPolicy } from '../../consumer/consumer-config';
import { assetRule, serverRule } from '../asset-rule';
import { isTime } from '../stream/origins';

const SAMPLE = /^[+-]?\d+%?$/;
const RFC_3339 = "RFC 3339, such as '2026-01-31T12:00:00Z'";

/** Where a consumer begins, when, and what is measured. */
export const start: ConsumerRule[] = [
  serverRule('CONSUMER-START-SEQUENCE', 'A consumer that begins with a sequence number has one, from 1.', 'consumer delivery policy is deliver by start sequence, but optional start sequence is not set',
    ({ deliverPolicy, startSequence }) => deliverPolicy === DeliverPolicy.BY_START_SEQUENCE && !startSequence && {
      what: `deliverPolicy is byStartSequence, but startSequence is ${startSequence ?? 'left out'}`, allowed: 'a whole number from 1', fix: 'give startSequence',
    }),
  serverRule('CONSUMER-START-TIME', 'A consumer that begins with a time has one, as RFC 3339 writes it.', 'consumer delivery policy is deliver by start time, but optional start time is not set',
    ({ deliverPolicy, startTime }) => deliverPolicy === DeliverPolicy.BY_START_TIME && !isTime(startTime ?? '') && {
      what: `deliverPolicy is byStartTime, but startTime is ${startTime === undefined ? 'left out' : `'${startTime}'`}`, allowed: RFC_3339, fix: 'give startTime',
    }),
  assetRule({
    id: 'CONSUMER-START-UNUSED',
    level: RuleLevel.ERROR,
    statement: 'startSequence and startTime come with the deliverPolicy that uses them.',
    source: 'NACK does not send them with another; nats-server: "consumer delivery policy is deliver all, but optional start sequence is also set"',
  }, ({ deliverPolicy, startSequence, startTime }) => [
    ...startSequence !== undefined && deliverPolicy !== DeliverPolicy.BY_START_SEQUENCE ? [{ prop: 'startSequence', needed: 'DeliverPolicy.BY_START_SEQUENCE' }] : [],
    ...startTime !== undefined && deliverPolicy !== DeliverPolicy.BY_START_TIME ? [{ prop: 'startTime', needed: 'DeliverPolicy.BY_START_TIME' }] : [],
  ].map(({ prop, needed }) => ({
    what: `${prop} is given, but deliverPolicy is ${deliverPolicy}`, allowed: `${prop} with ${needed}`, fix: 'leave one of them out',
  }))),
  serverRule('CONSUMER-PAUSE-UNTIL', 'pauseUntil is a time as RFC 3339 writes it.', 'invalid JSON: parsing time "tomorrow" as "2006-01-02T15:04:05Z07:00"',
    ({ pauseUntil }) => !!pauseUntil && !isTime(pauseUntil) && { what: `pauseUntil is '${pauseUntil}'`, allowed: RFC_3339 }),
  serverRule('CONSUMER-SAMPLE-FREQUENCY', 'sampleFrequency is a whole number of percent from 0.', 'failed to parse consumer sampling configuration',
    ({ sampleFrequency }) => !!sampleFrequency && (!SAMPLE.test(sampleFrequency) || parseInt(sampleFrequency, 10) < 0) && {
      what: `sampleFrequency is ${sampleFrequency}`, allowed: 'a whole number of percent, from 0 to 100',
    }),
  assetRule({
    id: 'CONSUMER-SAMPLE-PERCENT',
    level: RuleLevel.ERROR,
    statement: 'sampleFrequency is no more than 100 percent.',
    source: 'NACK: "sample percent must be 0-100"; nats-server takes any number',
  }, ({ sampleFrequency = '' }) => SAMPLE.test(sampleFrequency) && parseInt(sampleFrequency, 10) > 100 && {
    what: `sampleFrequency is ${sampleFrequency}`, allowed: 'a whole number of percent, from 0 to 100',
  }),
];
