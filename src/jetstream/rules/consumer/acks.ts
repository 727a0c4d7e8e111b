import { ackWaitOf, ConsumerRule, deliveriesOf, isPush, maxAckPendingOf, positive } from './consumer-rule';
import { RuleLevel } from '../../../core/rule';
import { AckPolicy } from '../../consumer/consumer-config';
import { assetRule, serverRule } from '../asset-rule';
import { duration } from '../words';

/** Acknowledgements, what is delivered again, and what waits meanwhile. */
export const acks: ConsumerRule[] = [
  serverRule('CONSUMER-BACKOFF-ACK-WAIT', 'ackWait is the first of backoff.', 'pedantic mode: first backoff value has to equal batch AckWait',
    (config, { pedantic }) => pedantic && config.backoff.length > 0 && ackWaitOf(config) !== config.backoff[0] && {
      what: `ackWait is ${duration(ackWaitOf(config))}, but backoff begins with ${duration(config.backoff[0])}`,
      allowed: config.backoff[0] === 0 ? 'a backoff that begins with more than 0s' : duration(config.backoff[0]),
      fix: 'leave ackWait out, which is then the first of backoff',
    }),
  serverRule('CONSUMER-BACKOFF', 'backoff has no more times than there are deliveries.', 'max deliver is required to be > length of backoff values',
    (config) => config.backoff.length > deliveriesOf(config) && {
      what: `backoff has ${config.backoff.length} times, but maxDeliver is ${config.maxDeliver}`,
      allowed: 'no more times than maxDeliver',
      fix: 'shorten backoff, or raise maxDeliver',
    }),
  serverRule('CONSUMER-MAX-ACK-PENDING', 'maxAckPending is within the limits of the servers, the account and the stream.', 'consumer max ack pending exceeds system limit of 10',
    (config, place) => {
      const pending = maxAckPendingOf(config, place);
      const limits = [
        { of: 'the servers', limit: place.limits?.maxAckPending },
        { of: 'the account', limit: place.account?.maxAckPending },
        { of: `stream '${place.origin?.name}'`, limit: place.origin?.consumerLimits?.maxAckPending },
      ];
      return limits.filter(({ limit = 0 }) => limit > 0 && pending > limit).map(({ of, limit }) => ({
        what: `maxAckPending is ${pending}, above the limit of ${of}`, allowed: `up to ${limit}`, fix: 'lower it, or raise the limit',
      }));
    }),
  serverRule('CONSUMER-LIMITS-UNSAID', 'A consumer says what its stream limits: maxAckPending and inactiveThreshold.', "pedantic mode: max_ack_pending must be set if it's configured in stream limits",
    ({ maxAckPending, inactiveThreshold }, { pedantic, origin }) => {
      const { maxAckPending: pending = 0, inactiveThreshold: threshold = 0 } = origin?.consumerLimits ?? {};
      const unsaid = [
        ...pending > 0 && !maxAckPending ? [{ prop: 'maxAckPending', limit: `${pending}` }] : [],
        ...threshold > 0 && !inactiveThreshold ? [{ prop: 'inactiveThreshold', limit: duration(threshold) }] : [],
      ];
      return pedantic && unsaid.map(({ prop, limit }) => ({
        what: `${prop} is left out, but consumerLimits of stream '${origin!.name}' has it`, allowed: `up to ${limit}`, fix: `give ${prop}`,
      }));
    }),
  assetRule({
    id: 'CONSUMER-LIMIT-EVADED',
    level: RuleLevel.GUARDED,
    statement: 'A consumer does not evade a limit of maxAckPending by being unlimited.',
    source: 'nats-server takes a maxAckPending of -1 whatever the limits are (measured)',
  }, ({ maxAckPending }, { limits, account, origin }) => {
    const [limit] = positive(limits?.maxAckPending, account?.maxAckPending, origin?.consumerLimits?.maxAckPending);
    return maxAckPending === -1 && limit !== undefined && {
      what: `maxAckPending is -1, which is unlimited, although there is a limit of ${limit}`, allowed: `up to ${limit}`, fix: 'give a number',
    };
  }),
  serverRule('CONSUMER-ACK-NONE-PENDING', 'A push consumer without acknowledgements has no maxAckPending.', 'consumer requires ack policy for max ack pending',
    (config, place) => isPush(config) && config.ackPolicy === AckPolicy.NONE && maxAckPendingOf(config, place) > 0 && {
      what: `maxAckPending is ${maxAckPendingOf(config, place)}, but nothing is acknowledged`, allowed: 'maxAckPending -1', fix: 'leave maxAckPending out, or let ackPolicy be EXPLICIT',
    }),
  assetRule({
    id: 'CONSUMER-ACK-NONE-REDELIVERY',
    level: RuleLevel.WARNING,
    statement: 'Without acknowledgements nothing is delivered again: maxDeliver and backoff do nothing.',
    source: 'https://docs.nats.io/nats-concepts/jetstream/consumers#ackpolicy',
  }, ({ ackPolicy, maxDeliver, backoff }) => ackPolicy === AckPolicy.NONE && (backoff.length > 0 || (maxDeliver ?? -1) > 0) && {
    what: `${backoff.length > 0 ? 'backoff' : 'maxDeliver'} is given, but nothing is acknowledged, so that nothing is delivered again`, fix: 'leave it out, or let ackPolicy be EXPLICIT',
  }),
  serverRule('CONSUMER-INACTIVE-THRESHOLD', 'inactiveThreshold is within the limit of the stream.', 'consumer inactive threshold exceeds system limit of 10s',
    ({ inactiveThreshold = 0 }, { origin }) => {
      const { inactiveThreshold: limit = 0 } = origin?.consumerLimits ?? {};
      return limit > 0 && inactiveThreshold > limit && {
        what: `inactiveThreshold is ${duration(inactiveThreshold)}, above the limit of stream '${origin!.name}'`, allowed: `up to ${duration(limit)}`, fix: 'lower it, or raise consumerLimits of the stream',
      };
    }),
  assetRule({
    id: 'CONSUMER-TEMPORARY',
    level: RuleLevel.WARNING,
    statement: 'A consumer with an inactiveThreshold of its own is temporary, a durable one too: it is deleted when nobody asks it for so long, and NACK makes a new one that begins again.',
    source: 'nats-server: a durable consumer with an inactive threshold is deleted when it is idle (measured)',
  }, ({ inactiveThreshold = 0 }, { origin }) => inactiveThreshold > 0 && !origin?.consumerLimits?.inactiveThreshold && {
    what: `the consumer is deleted, and forgets its position, when nobody asks it for ${duration(inactiveThreshold)}`, fix: 'leave inactiveThreshold out',
  }),
];
