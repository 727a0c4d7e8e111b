import { ConsumerRule } from './consumer-rule';
import { RuleLevel } from '../../../core/rule';
import { StreamRetention, StreamStorage } from '../../stream/stream-config';
import { assetRule, serverRule } from '../asset-rule';

/** Where the position of a consumer is kept, and how often. */
export const replicas: ConsumerRule[] = [
  serverRule('CONSUMER-REPLICAS-NEGATIVE', 'A consumer does not have fewer than no replicas.', 'replicas count cannot be negative',
    (config) => (config.replicas ?? 0) < 0 && { what: `replicas is ${config.replicas}`, allowed: 'a whole number from 1', fix: 'leave it out to have those of the stream' }),
  serverRule('CONSUMER-REPLICAS-ALONE', 'A single server has one replica of each consumer.', 'replicas > 1 not supported in non-clustered mode',
    (config, { clustered }) => clustered === false && (config.replicas ?? 0) > 1 && {
      what: `replicas is ${config.replicas}, but there is a single server`, allowed: '1', fix: 'leave replicas out',
    }),
  serverRule('CONSUMER-REPLICAS-STREAM', 'A consumer has no more replicas than its stream.', 'consumer config replica count exceeds parent stream',
    (config, { origin }) => origin && (config.replicas ?? 0) > origin.replicas && {
      what: `replicas is ${config.replicas}, but stream '${origin.name}' has ${origin.replicas}`, allowed: `up to ${origin.replicas}`, fix: 'leave replicas out to have those of the stream',
    }),
  serverRule('CONSUMER-REPLICAS-RETENTION', 'A consumer of a work queue, or of a stream by interest, has the replicas of the stream.', "consumer config replicas must match interest retention stream's replicas",
    (config, { origin }) => origin && origin.retention !== StreamRetention.LIMITS && !!config.replicas && config.replicas !== origin.replicas && {
      what: `replicas is ${config.replicas}, but stream '${origin.name}', with retention ${origin.retention}, has ${origin.replicas}`,
      allowed: `${origin.replicas}`,
      fix: 'leave replicas out to have those of the stream',
    }),
  assetRule({
    id: 'CONSUMER-REPLICAS-EVEN',
    level: RuleLevel.GUARDED,
    statement: 'The number of replicas is odd: an even one survives no more than the odd one below it.',
    source: 'https://docs.nats.io/nats-concepts/jetstream/streams: a majority of the replicas must be there',
  }, (config, { origin }) => !!config.replicas && config.replicas % 2 === 0 && config.replicas !== origin?.replicas && {
    what: `replicas is ${config.replicas}`, allowed: '1, 3 or 5', fix: 'leave replicas out to have those of the stream',
  }),
  assetRule({
    id: 'CONSUMER-MEMORY-ALONE',
    level: RuleLevel.WARNING,
    statement: 'A consumer whose position is in the memory of a single server forgets it when that server restarts, and begins again.',
    source: 'https://docs.nats.io/nats-concepts/jetstream/consumers#general: MemoryStorage, Replicas',
  }, ({ storage, replicas: own }, { origin }) => {
    const forgets = storage === StreamStorage.MEMORY && origin?.storage === StreamStorage.FILE && (own || origin.replicas) === 1;
    return forgets && {
      what: 'the position of the consumer is in memory, with one replica: it begins again when that server restarts',
      fix: 'leave memStorage out, or give it the replicas of a replicated stream',
    };
  }),
];
