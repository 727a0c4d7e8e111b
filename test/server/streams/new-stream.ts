import {
  StreamCompression, StreamConfig, StreamDiscard, StreamOriginConfig, StreamPersistMode, StreamRetention, StreamStorage,
} from '../../../src/jetstream/stream/stream-config';

const plain: StreamConfig = {
  name: 'NEW',
  subjects: ['a'],
  retention: StreamRetention.LIMITS,
  storage: StreamStorage.MEMORY,
  replicas: 1,
  discard: StreamDiscard.OLD,
  discardPerSubject: false,
  maxAge: 0,
  noAck: false,
  sealed: false,
  denyDelete: false,
  denyPurge: false,
  allowRollup: false,
  allowDirect: false,
  mirrorDirect: false,
  allowMsgTtl: false,
  allowMsgCounter: false,
  allowAtomicPublish: false,
  allowBatched: false,
  allowMsgSchedules: false,
  compression: StreamCompression.NONE,
  persistMode: StreamPersistMode.DEFAULT,
  sources: [],
  metadata: {},
};

/** A stream in memory with one subject, but for what is said. */
export function newStream(said: Partial<StreamConfig> = {}): StreamConfig {
  return { ...plain, ...said };
}

/** A stream from which a mirror or source copies. */
export function image(name: string, said: Partial<StreamOriginConfig> = {}): StreamOriginConfig {
  return { name, subjectTransforms: [], ...said };
}

/** A stream with a limit of its own, and with direct access, from which others copy. */
export const origin: StreamConfig = newStream({ name: 'ORIGIN', subjects: ['o.>'], maxMsgSize: 1000, allowDirect: true });
