import { caution, ignored, loss, refused, SAFE, Verdict } from './dist-change';
import { FieldJudges } from './field-changes';
import { lostWhenSealed } from '../jetstream/rules/stream/sealed';
import { StreamConfig, StreamDiscard, StreamRetention } from '../jetstream/stream/stream-config';
import { covers } from '../nats/subject';

const ANEW = 'make a stream with another name that sources this one, move publishers and consumers to it, then remove this one';

/** What nats-server makes of each field of a stream that changes, and what becomes of the messages. */
export const streamFields: FieldJudges<StreamConfig> = {
  subjects: (before, after) => {
    const removed = before.subjects.filter((subject) => !after.subjects.some((kept) => covers(kept, subject)));
    return removed.length === 0 ? SAFE : loss(
      `messages to ${removed.join(', ')} are no longer stored, and their publishers get no answer; what is stored stays`, 'stop the publishers of these subjects first',
    );
  },
  retention: (before, after) => {
    if ([before.retention, after.retention].includes(StreamRetention.WORK_QUEUE)) return refused('nats-server changes no stream from or to a work queue', ANEW);
    return after.retention === StreamRetention.INTEREST
      ? loss('messages in which no consumer is interested are deleted at once', 'make the consumers first, and let each have a filter that it really needs')
      : SAFE;
  },
  storage: () => refused('nats-server does not change where a stream is stored', ANEW),
  persistMode: () => refused('nats-server does not change the persist mode of a stream', ANEW),
  allowMsgTtl: (before) => before.allowMsgTtl ? refused('nats-server does not take back that messages have lives of their own', 'keep it') : SAFE,
  allowMsgCounter: () => refused('nats-server makes no stream a counter, and no counter a stream', ANEW),
  mirror: (before, after) => {
    if (!after.mirror) return caution('nothing more is copied, and what was copied keeps the subjects of its origin');
    return before.mirror
      ? refused('nats-server does not change the origin of a mirror', 'make a mirror with another name, and remove this one')
      : refused('nats-server makes no stream a mirror', ANEW);
  },
  maxMsgs: (before, after) => lowered(before, after, 'maxMsgs'),
  maxBytes: (before, after) => lowered(before, after, 'maxBytes'),
  maxMsgsPerSubject: (before, after) => isLower(before.maxMsgsPerSubject, after.maxMsgsPerSubject)
    ? loss('the oldest messages of each subject above the limit are deleted at once', 'copy them into another stream first')
    : SAFE,
  maxAge: (before, after) => isLower(before.maxAge || undefined, after.maxAge || undefined)
    ? loss('older messages are deleted at once', 'copy them into another stream first')
    : SAFE,
  maxMsgSize: (before, after) => isLower(before.maxMsgSize, after.maxMsgSize) ? caution('larger messages are refused from then on') : SAFE,
  maxConsumers: (before, after) => isLower(before.maxConsumers, after.maxConsumers) ? caution('consumers that are there stay, further ones are refused') : SAFE,
  replicas: (before, after) => after.replicas < before.replicas
    ? caution(after.replicas === 1 ? 'one failing disk loses the stream' : 'fewer servers may fail', 'take a backup first: nats stream backup')
    : caution('the stream is copied to more servers, which takes disk and network'),
  placement: (before, after) => before.replicas === after.replicas
    ? caution('the servers move the stream')
    : refused('in a cluster nats-server does not move and scale a stream at once', 'change placement first, and replicas when the stream has moved'),
  sources: () => caution('a source that is new, or whose filter or transform changes, is copied from its beginning, also what was copied before'),
  noAck: () => caution('publishers that wait for an answer get none'),
  sealed: (_, after) => lostWhenSealed(after)
    ? loss(`nats-server does not find the stream again when it next starts: a sealed one must not have ${lostWhenSealed(after)}`, 'leave it unsealed')
    : caution('from then on the stream takes no message, and this cannot be undone'),
  denyDelete: () => caution('this cannot be undone'),
  denyPurge: () => caution('this cannot be undone'),
  allowDirect: (_, after) => after.allowDirect ? SAFE : caution('clients that read messages directly, such as key-value clients, fail'),
  allowRollup: (_, after) => after.allowRollup ? caution('every publisher can delete all messages of the stream with a header') : SAFE,
  firstSequence: ({ firstSequence: before = 1 }, { firstSequence: after = 1 }) => after > before
    ? loss('nats-server deletes all messages when it next starts, where the first of them is below', 'leave it as it is: it is for a stream that is new')
    : ignored('nats-server uses it only when it makes the stream'),
  discard: (_, after) => {
    if (after.discard === StreamDiscard.NEW) return caution('publishers are refused when the stream is full');
    return after.discardPerSubject
      ? refused('discardPerSubject, which NACK never turns off, needs discard new', 'keep discard: new')
      : caution('the oldest messages are deleted when the stream is full');
  },
  duplicateWindow: (before, after) => isLower(before.duplicateWindow, after.duplicateWindow) ? caution('a message that is sent again later is stored twice') : SAFE,
  consumerLimits: () => caution('consumers without limits of their own get these when they are next applied'),
};

function lowered(before: StreamConfig, after: StreamConfig, field: 'maxMsgs' | 'maxBytes'): Verdict {
  if (!isLower(before[field], after[field])) return SAFE;
  return after.discard === StreamDiscard.NEW
    ? caution('nothing is deleted, but publishers are refused while the stream is above the limit')
    : loss('the oldest messages above the limit are deleted at once', 'copy them into another stream first, or check with nats stream info that the stream is below the limit');
}

/** Whether a limit is lower than before; none is higher than any. */
function isLower(before: number | undefined, after: number | undefined): boolean {
  return (after ?? Infinity) < (before ?? Infinity);
}
