import { AckPolicy, ConsumerConfig, DeliverPolicy, ReplayPolicy } from '../../src/jetstream/consumer/consumer-config';
import { StreamCompression, StreamConfig, StreamDiscard, StreamPersistMode, StreamRetention, StreamStorage } from '../../src/jetstream/stream/stream-config';

/** A stream with nothing special, but for what is said. */
export function someStream(config: Partial<StreamConfig> = {}): StreamConfig {
  return {
    name: 'ORDERS',
    subjects: ['orders.>'],
    retention: StreamRetention.LIMITS,
    storage: StreamStorage.FILE,
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
    ...config,
  };
}

/** A pull consumer with nothing special, but for what is said. */
export function someConsumer(config: Partial<ConsumerConfig> = {}): ConsumerConfig {
  return {
    name: 'worker',
    streamName: 'ORDERS',
    deliverPolicy: DeliverPolicy.ALL,
    ackPolicy: AckPolicy.EXPLICIT,
    ackWait: 30_000,
    backoff: [],
    filterSubjects: [],
    replayPolicy: ReplayPolicy.INSTANT,
    headersOnly: false,
    metadata: {},
    flowControl: false,
    priorityGroups: [],
    ...config,
  };
}
