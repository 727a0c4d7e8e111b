import { caution, ignored, loss, refused, SAFE } from './dist-change';
import { FieldJudges } from './field-changes';
import { ConsumerConfig } from '../jetstream/consumer/consumer-config';
import { StreamRetention } from '../jetstream/stream/stream-config';
import { isSince, NatsVersion } from '../nats/nats-version';
import { covers } from '../nats/subject';

const ANEW = 'make a consumer with another name and the position at which this one is, move its clients, then remove this one';

const unchangeable = (what: string) => () => refused(`nats-server does not change ${what} of a consumer`, ANEW);

/** What nats-server of a version makes of each field of a consumer that changes, on a stream of this retention. */
export function consumerFields(retention: StreamRetention | undefined, version: NatsVersion): FieldJudges<ConsumerConfig> {
  return {
    deliverPolicy: unchangeable('the deliver policy'),
    startSequence: unchangeable('the start'),
    startTime: unchangeable('the start'),
    ackPolicy: unchangeable('the ack policy'),
    replayPolicy: unchangeable('the replay policy'),
    heartbeat: unchangeable('the heartbeat'),
    flowControl: unchangeable('the flow control'),
    maxWaiting: unchangeable('maxWaiting'),
    storage: isSince(version, NatsVersion.V2_15)
      ? unchangeable('the storage')
      : () => loss('nats-server before 2.15 takes it, and forgets the position of the consumer when it next starts: messages that it has delivered are delivered again', ANEW),
    deliverSubject: (before, after) => before.deliverSubject === undefined || after.deliverSubject === undefined
      ? refused(`nats-server makes no ${before.deliverSubject === undefined ? 'pull consumer push' : 'push consumer pull'}`, ANEW)
      : caution('nats-server refuses it while a client subscribes to the old subject', 'stop the clients, apply, and let them subscribe to the new one'),
    filterSubjects: (before, after) => {
      if (retention !== StreamRetention.INTEREST) return caution('messages that only the old filter lets through are not delivered any more');
      return isNarrower(before, after)
        ? loss('messages that no consumer wants any more are deleted from the stream at once', 'make another consumer for them first')
        : SAFE;
    },
    pauseUntil: () => ignored('nats-server takes it only when it makes the consumer', 'nats consumer pause and nats consumer resume'),
    inactiveThreshold: (before, after) => (after.inactiveThreshold ?? Infinity) < (before.inactiveThreshold ?? Infinity)
      ? caution('the consumer is deleted, with its position, when no client has asked for that long')
      : SAFE,
    maxDeliver: (before, after) => (after.maxDeliver ?? Infinity) < (before.maxDeliver ?? Infinity)
      ? caution('messages that were delivered as often already are not delivered again')
      : SAFE,
    headersOnly: () => caution('clients get messages without, or again with, their content'),
  };
}

function isNarrower(before: ConsumerConfig, after: ConsumerConfig): boolean {
  if (after.filterSubjects.length === 0) return false;
  const all = before.filterSubjects.length > 0 ? before.filterSubjects : ['>'];
  return all.some((subject) => !after.filterSubjects.some((kept) => covers(kept, subject)));
}
