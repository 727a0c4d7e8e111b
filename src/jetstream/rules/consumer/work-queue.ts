import { ConsumerRule, filtersOf, JointConsumerRule, positive } from './consumer-rule';
import { RuleLevel } from '../../../core/rule';
import { isSubject } from '../../../nats/subject';
import { AckPolicy, DeliverPolicy } from '../../consumer/consumer-config';
import { StreamRetention } from '../../stream/stream-config';
import { collisions } from '../../subjects/subject-tree';
import { jointRule, serverRule } from '../asset-rule';
import { ConsumerPlace } from '../place';

function isWorkQueue({ origin }: ConsumerPlace): boolean {
  return origin?.retention === StreamRetention.WORK_QUEUE;
}

export const workQueue: ConsumerRule[] = [
  serverRule('CONSUMER-WORK-QUEUE-ACK', 'A consumer of a work queue acknowledges each message by itself.', 'workqueue stream requires explicit ack',
    ({ ackPolicy }, place) => isWorkQueue(place) && ackPolicy !== AckPolicy.EXPLICIT && ackPolicy !== AckPolicy.FLOW_CONTROL && {
      what: `ackPolicy is ${ackPolicy}, but stream '${place.origin!.name}' is a work queue`, allowed: 'AckPolicy.EXPLICIT', fix: 'leave ackPolicy out',
    }),
  serverRule('CONSUMER-WORK-QUEUE-START', 'A consumer of a work queue begins with the first message.', 'consumer must be deliver all on workqueue stream',
    ({ deliverPolicy }, place) => isWorkQueue(place) && deliverPolicy !== DeliverPolicy.ALL && {
      what: `deliverPolicy is ${deliverPolicy}, but stream '${place.origin!.name}' is a work queue`, allowed: 'DeliverPolicy.ALL', fix: 'leave deliverPolicy out',
    }),
];

/** What the consumers of a work queue must keep together, whether they are new or change. */
export const workQueueOverlap: JointConsumerRule = jointRule({
  id: 'CONSUMER-WORK-QUEUE-OVERLAP',
  level: RuleLevel.ERROR,
  statement: 'Consumers of a work queue share no subject: each message is for one of them.',
  source: 'nats-server: "filtered consumer not unique on workqueue stream", "multiple non-filtered consumers not allowed on workqueue stream"',
  serverVerdict: true,
}, (consumers, place) => {
  if (!isWorkQueue(place)) return [];
  const subjects = consumers.flatMap((config, owner) => wanted(filtersOf(config)).map((subject) => ({ subject, owner, config })));
  const refused = new Map(collisions(subjects).map((collision) => [collision.subject.owner, collision]));
  return [...refused.values()].map(({ subject, earlier }) => ({
    config: subject.config,
    mistake: {
      what: `${inWords(subject.subject, subject.config.filterSubjects)} of work queue '${place.origin!.name}', but consumer '${earlier.config.name}' ${earlier.config.filterSubjects.length > 0 ? `takes '${earlier.subject}'` : 'takes all of it'}`,
      allowed: 'filterSubjects that no other consumer of the stream has',
      fix: 'give each consumer its own filterSubjects, or let more clients share one consumer',
    },
  }));
});

/** What the consumers of one stream must keep together. */
export const jointConsumers: JointConsumerRule[] = [
  workQueueOverlap,
  jointRule({
    id: 'CONSUMER-COUNT',
    level: RuleLevel.ERROR,
    statement: 'A stream has no more consumers than its maxConsumers, and than the account lets a stream have, or the servers where neither says how many.',
    source: 'nats-server: "maximum consumers limit reached"',
    serverVerdict: true,
  }, (consumers, place) => {
    const { most, said } = consumersAllowed(place);
    return consumers.slice(most).map((config) => ({
      config,
      mistake: {
        what: `the stream has ${consumers.length} consumers, more than ${said}`,
        allowed: `up to ${most}`,
        fix: 'raise the limit, or let more clients share one consumer',
      },
    }));
  }),
];

/** How many consumers a stream may have, and by what; where the stream is not known, it may say so itself. */
function consumersAllowed({ origin, account, limits }: ConsumerPlace): { readonly most: number; readonly said: string } {
  const [most] = positive(origin?.maxConsumers, account?.maxConsumers).sort((a, b) => a - b);
  if (most !== undefined) return { most, said: most === origin?.maxConsumers ? `maxConsumers of stream '${origin.name}'` : 'the account lets a stream have' };
  return { most: origin && limits?.defaultMaxConsumers || Infinity, said: 'the servers let a stream have that has no maxConsumers' };
}

/** What a consumer takes from the queue: without filters, everything. */
function wanted(filters: string[]): string[] {
  return filters.length === 0 ? ['>'] : filters.filter(isSubject);
}

function inWords(subject: string, filters: string[]): string {
  return filters.length > 0 ? `the consumer takes '${subject}'` : 'the consumer has no filter, so that it takes all';
}
