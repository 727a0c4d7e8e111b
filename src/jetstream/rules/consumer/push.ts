import { ConsumerRule, heartbeatOf, isPush } from './consumer-rule';
import { keptBy } from './stream-subjects';
import { RuleLevel } from '../../../core/rule';
import { hasWildcard, isSubject } from '../../../nats/subject';
import { assetRule, serverRule } from '../asset-rule';
import { duration } from '../words';

const SHORTEST_HEARTBEAT = 100;
const LEAST_RATE = 8;

/** What concerns consumers that send messages. */
export const push: ConsumerRule[] = [
  assetRule({
    id: 'CONSUMER-DELIVER-EMPTY',
    level: RuleLevel.ERROR,
    statement: 'The deliverSubject of a push consumer is not empty.',
    source: 'nats-server makes a pull consumer of one with an empty subject (measured)',
  }, ({ deliverSubject }) => deliverSubject === '' && { what: 'deliverSubject is empty, which makes a pull consumer', allowed: 'a subject', fix: 'name it, or leave push out' }),
  serverRule('CONSUMER-DELIVER-SUBJECT', 'A push consumer sends messages to a subject without wildcards.', 'invalid push consumer deliver subject',
    ({ deliverSubject = '' }) => deliverSubject !== '' && (!isSubject(deliverSubject) || hasWildcard(deliverSubject)) && {
      what: `deliverSubject is '${deliverSubject}'`, allowed: 'tokens without white space between dots, none of them * or >',
    }),
  serverRule('CONSUMER-DELIVER-CYCLE', 'What a push consumer sends does not come back into its stream.', 'consumer deliver subject forms a cycle',
    ({ deliverSubject = '' }, { origin }) => {
      const [subject] = origin && isSubject(deliverSubject) ? keptBy(origin).covering(deliverSubject) : [];
      return subject !== undefined && {
        what: `deliverSubject '${deliverSubject}' is kept by stream '${origin!.name}', by its subject '${subject}'`, allowed: 'a subject that the stream does not keep', fix: 'choose another subject',
      };
    }),
  serverRule('CONSUMER-PUSH-MAX-WAITING', 'maxWaiting is of pull consumers.', 'consumer in push mode can not set max waiting',
    (config) => isPush(config) && (config.maxWaiting ?? 0) > 0 && { what: `maxWaiting is ${config.maxWaiting}, but it is a push consumer, which nobody asks`, fix: 'leave it out' }),
  assetRule({
    id: 'CONSUMER-PUSH-REQUESTS',
    level: RuleLevel.ERROR,
    statement: 'Limits of requests are of pull consumers.',
    source: 'nats-server takes them for a push consumer, where they do nothing (measured)',
  }, (config) => isPush(config) && Object.entries({
    maxRequestBatch: config.maxRequestBatch, maxRequestExpires: config.maxRequestExpires, maxRequestMaxBytes: config.maxRequestMaxBytes,
  }).filter(([, value]) => value !== undefined).map(([prop]) => ({ what: `${prop} is given, but it is a push consumer, which nobody asks`, fix: 'leave it out' }))),
  serverRule('CONSUMER-HEARTBEAT', 'heartbeat is at least 100 ms.', 'consumer idle heartbeat needs to be >= 100ms',
    (config, place) => {
      const heartbeat = heartbeatOf(config, place);
      return isPush(config) && heartbeat > 0 && heartbeat < SHORTEST_HEARTBEAT && { what: `heartbeat is ${duration(heartbeat)}`, allowed: 'at least 100ms', fix: 'raise it' };
    }),
  serverRule('CONSUMER-FLOW-CONTROL', 'Flow control needs a heartbeat.', 'consumer with flow control also needs heartbeats',
    (config, place) => config.flowControl && heartbeatOf(config, place) <= 0 && {
      what: 'flowControl is true, but there is no heartbeat, by which a client that has fallen behind is found', allowed: 'a heartbeat of at least 100ms', fix: 'give heartbeat',
    }),
  assetRule({
    id: 'CONSUMER-DELIVER-GROUP',
    level: RuleLevel.ERROR,
    statement: 'A deliverGroup is of a push consumer, and the name of a queue group.',
    source: 'nats-server takes any text, also for a pull consumer, but nobody can subscribe to a group with white space (measured)',
  }, (config) => {
    const { deliverGroup } = config;
    if (deliverGroup === undefined) return undefined;
    if (!isPush(config)) return { what: `deliverGroup is '${deliverGroup}', but it is a pull consumer, whose clients need no group`, fix: 'leave it out' };
    return !isSubject(deliverGroup) && { what: `deliverGroup is '${deliverGroup}'`, allowed: 'a name without white space, and without empty tokens between dots' };
  }),
  assetRule({
    id: 'CONSUMER-RATE-LIMIT',
    level: RuleLevel.ERROR,
    statement: 'rateLimitBps is at least 8 bits per second: the server counts whole bytes, and after a first burst delivers nothing at less than one.',
    source: 'nats-server divides rate_limit_bps by 8 (measured); NACK takes a negative rate for a very large one',
  }, ({ rateLimitBps }) => rateLimitBps !== undefined && rateLimitBps !== 0 && rateLimitBps < LEAST_RATE && {
    what: `rateLimitBps is ${rateLimitBps}`, allowed: `a whole number from ${LEAST_RATE}`, fix: 'count in bits, not in kilobits; leave it out for no limit',
  }),
];
