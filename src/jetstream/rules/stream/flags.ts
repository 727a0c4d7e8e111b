import { discardsNew, StreamRule } from './stream-rule';
import { RuleLevel } from '../../../core/rule';
import { isSince, NatsVersion } from '../../../nats/nats-version';
import { StreamConfig, StreamDiscard, StreamPersistMode, StreamRetention, StreamStorage } from '../../stream/stream-config';
import { assetRule, serverRule } from '../asset-rule';
import { duration } from '../words';

const SHORTEST_MARKER = 1000;

function marks({ subjectDeleteMarkerTtl = 0 }: StreamConfig): boolean {
  return subjectDeleteMarkerTtl > 0;
}

function isAsync({ persistMode }: StreamConfig): boolean {
  return persistMode === StreamPersistMode.ASYNC;
}

/** What a stream lets be done to it, and what of that excludes each other. */
export const flags: StreamRule[] = [
  serverRule('STREAM-ROLLUP-PURGE', 'A stream whose messages cannot be purged allows no rollups, which purge.', 'roll-ups require the purge permission',
    ({ denyPurge, allowRollup }) => denyPurge && allowRollup && { what: 'denyPurge and allowRollup are both true', allowed: 'one of them', fix: 'leave denyPurge out if publishers roll up' }),
  assetRule({
    id: 'STREAM-ROLLUP-DELETE',
    level: RuleLevel.WARNING,
    statement: 'A stream whose messages cannot be deleted allows no rollups: with a header, any publisher of one subject deletes all messages.',
    source: 'nats-server: a message with Nats-Rollup: all purges the stream, denied deletes or not (measured)',
  }, ({ denyDelete, allowRollup }) => denyDelete && allowRollup && {
    what: 'denyDelete is true, but allowRollup lets every publisher delete all messages', fix: 'leave allowRollup out',
  }),
  assetRule({
    id: 'STREAM-DISCARD-PER-SUBJECT',
    level: RuleLevel.ERROR,
    statement: 'discardPerSubject is for streams that discard new messages.',
    source: 'NACK makes discard new of it; nats-server: "discard new per subject requires discard new policy to be set"',
  }, ({ discardPerSubject, discard }) => discardPerSubject && discard !== StreamDiscard.NEW && {
    what: 'discardPerSubject is true, and discard is old', allowed: 'StreamDiscard.NEW', fix: 'give discard: StreamDiscard.NEW, or leave discardPerSubject out',
  }),
  serverRule('STREAM-DISCARD-PER-SUBJECT-LIMIT', 'discardPerSubject goes with maxMsgsPerSubject.', 'discard new per subject requires max msgs per subject > 0',
    ({ discardPerSubject, maxMsgsPerSubject = 0 }) => discardPerSubject && maxMsgsPerSubject <= 0 && {
      what: 'discardPerSubject is true, but no subject is ever full', allowed: 'maxMsgsPerSubject from 1', fix: 'give maxMsgsPerSubject',
    }),
  assetRule({
    id: 'STREAM-COUNTER-MARKER',
    level: RuleLevel.ERROR,
    statement: 'A stream of counters has no subjectDeleteMarkerTtl: it would be lost when the server restarts.',
    source: 'nats-server creates it, and after a restart it is gone (measured)',
  }, (config) => config.allowMsgCounter && marks(config) && { what: 'allowMsgCounter is true, and subjectDeleteMarkerTtl is given', allowed: 'one of them', fix: 'leave subjectDeleteMarkerTtl out' }),
  serverRule('STREAM-COUNTER-DISCARD', 'A stream of counters discards old messages.', 'counter stream cannot use discard new',
    (config) => config.allowMsgCounter && discardsNew(config) && { what: 'allowMsgCounter is true, and discard is new', allowed: 'StreamDiscard.OLD', fix: 'leave discard out' }),
  serverRule('STREAM-COUNTER-TTL', 'The messages of a stream of counters have no time to live.', 'counter stream cannot use message TTLs',
    ({ allowMsgCounter, allowMsgTtl }) => allowMsgCounter && allowMsgTtl && { what: 'allowMsgCounter and allowMsgTtl are both true', allowed: 'one of them', fix: 'leave allowMsgTtl out' }),
  serverRule('STREAM-COUNTER-SCHEDULES', 'A stream of counters has no schedules.', 'counter stream cannot use message schedules',
    ({ allowMsgCounter, allowMsgSchedules }, { version }) => allowMsgCounter && allowMsgSchedules && isSince(version, NatsVersion.V2_14) && {
      what: 'allowMsgCounter and allowMsgSchedules are both true', allowed: 'one of them', fix: 'leave allowMsgSchedules out',
    }),
  serverRule('STREAM-COUNTER-RETENTION', 'A stream of counters keeps its messages by limits.', 'counter stream can only use limits retention',
    ({ allowMsgCounter, retention }) => allowMsgCounter && retention !== StreamRetention.LIMITS && {
      what: `allowMsgCounter is true, and retention is ${retention}`, allowed: 'StreamRetention.LIMITS', fix: 'leave retention out',
    }),
  serverRule('STREAM-MARKER', 'subjectDeleteMarkerTtl is at least a second.', 'subject delete marker TTL must be at least 1 second',
    ({ subjectDeleteMarkerTtl = 0 }) => subjectDeleteMarkerTtl !== 0 && subjectDeleteMarkerTtl < SHORTEST_MARKER && {
      what: `subjectDeleteMarkerTtl is ${duration(subjectDeleteMarkerTtl)}`, allowed: 'at least 1s',
    }),
  serverRule('STREAM-MARKER-TTL', 'subjectDeleteMarkerTtl goes with allowMsgTtl.', 'subject delete marker cannot be set if message TTLs are disabled',
    (config, { pedantic }) => pedantic && marks(config) && !config.allowMsgTtl && {
      what: 'subjectDeleteMarkerTtl is given without allowMsgTtl', fix: 'give allowMsgTtl: true',
    }),
  serverRule('STREAM-MARKER-ROLLUP', 'subjectDeleteMarkerTtl goes with allowRollup.', 'subject delete marker cannot be set if roll-ups are disabled',
    (config, { pedantic }) => pedantic && marks(config) && !config.allowRollup && {
      what: 'subjectDeleteMarkerTtl is given without allowRollup', fix: 'give allowRollup: true',
    }),
  serverRule('STREAM-SCHEDULES-DISCARD', 'A stream with schedules discards old messages.', 'message scheduling cannot use discard new',
    (config, { version }) => config.allowMsgSchedules && discardsNew(config) && isSince(version, NatsVersion.V2_14) && {
      what: 'allowMsgSchedules is true, and discard is new', allowed: 'StreamDiscard.OLD', fix: 'leave discard out',
    }),
  serverRule('STREAM-SCHEDULES-ROLLUP', 'allowMsgSchedules goes with allowRollup.', 'message scheduling cannot be set if roll-ups are disabled',
    ({ allowMsgSchedules, allowRollup }, { pedantic }) => pedantic && allowMsgSchedules && !allowRollup && { what: 'allowMsgSchedules is true without allowRollup', fix: 'give allowRollup: true' }),
  serverRule('STREAM-ASYNC-STORAGE', 'A stream that answers before it has written is in files.', 'async persist mode is only supported on file storage',
    (config) => isAsync(config) && config.storage !== StreamStorage.FILE && { what: 'persistMode is async, and storage is memory', allowed: 'StreamStorage.FILE', fix: 'leave persistMode out' }),
  serverRule('STREAM-ASYNC-REPLICAS', 'A stream that answers before it has written has one replica.', 'async persist mode is not supported on replicated streams',
    (config) => isAsync(config) && config.replicas > 1 && { what: `persistMode is async, and replicas is ${config.replicas}`, allowed: '1', fix: 'leave persistMode out' }),
  serverRule('STREAM-ASYNC-ATOMIC', 'A stream that answers before it has written has no atomic batches.', 'async persist mode is not supported with atomic batch publish',
    (config) => isAsync(config) && config.allowAtomicPublish && { what: 'persistMode is async, and allowAtomicPublish is true', allowed: 'one of them', fix: 'leave persistMode out' }),
  assetRule({
    id: 'STREAM-NO-ACK',
    level: RuleLevel.WARNING,
    statement: 'A stream that does not answer its publishers has one replica, and discards old messages.',
    source: 'without an acknowledgement no publisher learns that a message was refused, or lost while a leader changed',
  }, (config) => config.noAck && (config.replicas > 1 || discardsNew(config)) && {
    what: `noAck is true, and ${discardsNew(config) ? 'discard is new: nobody learns of refused messages' : `replicas is ${config.replicas}: nobody learns of messages that were lost while the leader changed`}`,
    fix: 'leave noAck out',
  }),
];
