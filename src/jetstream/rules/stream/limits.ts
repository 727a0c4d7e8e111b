import { discardsNew, StreamRule } from './stream-rule';
import { readableBytes } from '../../../core/bytes';
import { RuleLevel } from '../../../core/rule';
import { StreamConfig } from '../../stream/stream-config';
import { assetRule, serverRule } from '../asset-rule';

interface Limit {
  readonly prop: string;
  readonly value?: number;
  /** The largest value of its type in the server, or that a program can say exactly. */
  readonly most: number;
}

function limitsOf(config: StreamConfig): Limit[] {
  const most = Number.MAX_SAFE_INTEGER;
  return [
    { prop: 'maxConsumers', value: config.maxConsumers, most },
    { prop: 'maxMsgs', value: config.maxMsgs, most },
    { prop: 'maxBytes', value: config.maxBytes, most },
    { prop: 'maxMsgSize', value: config.maxMsgSize, most: 2 ** 31 - 1 },
    { prop: 'maxMsgsPerSubject', value: config.maxMsgsPerSubject, most },
    { prop: 'firstSequence', value: config.firstSequence, most },
    { prop: 'consumerLimits.maxAckPending', value: config.consumerLimits?.maxAckPending, most },
  ];
}

/** Those that reach the server as they are: NACK does not send a maxMsgsPerSubject below 1. */
const sentAsTheyAre = ['maxConsumers', 'maxMsgs', 'maxBytes', 'maxMsgSize'];

export const limits: StreamRule[] = [
  serverRule('STREAM-LIMIT-NEGATIVE', 'No limit of a stream is below zero.', 'pedantic mode: max_msgs must be set to -1',
    (config, { pedantic }) => limitsOf(config)
      .filter(({ prop, value = 0 }) => pedantic && sentAsTheyAre.includes(prop) && value < -1)
      .map(({ prop, value }) => ({ what: `${prop} is ${value}`, allowed: 'a whole number from 1', fix: 'leave it out where there is no limit' }))),
  assetRule({
    id: 'STREAM-LIMIT',
    level: RuleLevel.ERROR,
    statement: 'A limit of a stream is a whole number from 1; 0 and -1 would mean that there is none.',
    source: 'nats-server turns 0 into -1, which is no limit (measured); NACK does not send a maxMsgsPerSubject or firstSequence below 1',
  }, (config) => limitsOf(config)
    .filter(({ value = 1, most }) => !(Number.isInteger(value) && value >= 1 && value <= most))
    .map(({ prop, value, most }) => ({
      what: `${prop} is ${value}`, allowed: `a whole number from 1 to ${most}`, fix: value! < 1 ? 'leave it out where there is no limit' : undefined,
    }))),
  assetRule({
    id: 'STREAM-MSG-SIZE-PAYLOAD',
    level: RuleLevel.WARNING,
    statement: 'maxMsgSize is no more than the servers take: larger messages never reach the stream.',
    source: 'nats-server: a publisher of more than max_payload is disconnected',
  }, ({ maxMsgSize = 0 }, { maxPayloadBytes = Infinity }) => maxMsgSize > maxPayloadBytes && {
    what: `maxMsgSize is ${readableBytes(maxMsgSize)}, but the servers take messages of up to ${readableBytes(maxPayloadBytes)}`,
    allowed: `up to ${readableBytes(maxPayloadBytes)}`,
    fix: 'lower it, or raise maxPayload of the cluster',
  }),
  assetRule({
    id: 'STREAM-DISCARD-NEW-UNLIMITED',
    level: RuleLevel.WARNING,
    statement: 'A stream that refuses new messages when it is full has a limit at which it is.',
    source: 'nats-server: discard new acts on max_msgs, max_bytes, and with discard_new_per_subject on max_msgs_per_subject',
  }, (config) => discardsNew(config) && !config.discardPerSubject && !config.maxMsgs && !config.maxBytes && {
    what: 'discard is new, but the stream is never full: it has neither maxMsgs nor maxBytes', fix: 'give one of them, or leave discard out',
  }),
];
