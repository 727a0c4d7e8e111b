import { isInMemory, reserved, reservedOfAccount } from './reserved-bytes';
import { StreamRule } from './stream-rule';
import { readableBytes } from '../../../core/bytes';
import { StreamConfig } from '../../stream/stream-config';
import { serverRule } from '../asset-rule';

function sizeOf({ maxBytes }: StreamConfig): string {
  return maxBytes === undefined ? 'the stream' : `maxBytes of ${readableBytes(maxBytes)}`;
}

/** What of the servers, and of the account, a single stream may take. */
export const stores: StreamRule[] = [
  serverRule('STREAM-STORE-MEMORY', "A stream in memory fits into a server's memory store.", 'insufficient memory resources available',
    (config, { maxMemoryBytes: store }) => isInMemory(config) && store !== undefined && reserved(config) > store && (store === 0
      ? { what: 'storage is memory, but the servers have no memory store', allowed: 'file', fix: 'use StreamStorage.FILE, or give jetStream of the cluster a memoryStore' }
      : { what: `${sizeOf(config)} is more than the memory store of a server`, allowed: `up to ${readableBytes(store)}`, fix: 'lower maxBytes, or raise memoryStore of the cluster' })),
  serverRule('STREAM-STORE-FILE', "A stream in files fits into a server's file store.", 'insufficient storage resources available',
    (config, { maxFileBytes: store }) => !isInMemory(config) && store !== undefined && reserved(config) > store && (store === 0
      ? { what: 'storage is file, but the servers have no file store', allowed: 'memory', fix: 'use StreamStorage.MEMORY, or give jetStream of the cluster a fileStore' }
      : { what: `${sizeOf(config)} is more than the file store of a server`, allowed: `up to ${readableBytes(store)}`, fix: 'lower maxBytes, or raise fileStore of the cluster' })),
  serverRule('STREAM-ACCOUNT-JETSTREAM', 'A stream is in an account that has JetStream.', 'JetStream not enabled for account',
    (_, { account }) => account?.enabled === false && { what: 'the account of the stream has no JetStream', fix: 'give the account jetStream: {}' }),
  serverRule('STREAM-ACCOUNT-BYTES-REQUIRED', 'A stream says maxBytes where its account requires it.', 'account requires a stream config to have max bytes set',
    (config, { account }) => !!account?.maxBytesRequired && (config.maxBytes ?? 0) <= 0 && {
      what: 'maxBytes is left out, but the account has jetStream.maxBytesRequired', allowed: 'a size', fix: 'give maxBytes',
    }),
  serverRule('STREAM-ACCOUNT-STREAM-BYTES', 'A stream has no more maxBytes than its account lets a stream have.', 'stream max bytes exceeds account limit max stream bytes',
    (config, { account }) => {
      const [limit, prop] = isInMemory(config) ? [account?.maxMemoryStreamBytes, 'maxMemoryStreamSize'] : [account?.maxFileStreamBytes, 'maxStorageStreamSize'];
      return !!limit && (config.maxBytes ?? 0) > limit && {
        what: `${sizeOf(config)} is more than a stream of the account may have`,
        allowed: `up to ${readableBytes(limit)}`,
        fix: `lower maxBytes, or raise jetStream.${prop} of the account`,
      };
    }),
  serverRule('STREAM-ACCOUNT-STORE', 'A stream fits into what its account may take, replicas included.', 'insufficient storage resources available',
    (config, place) => {
      const [limit, prop, where] = isInMemory(config)
        ? [place.account?.maxMemoryBytes, 'maxMemory', 'memory'] : [place.account?.maxFileBytes, 'maxStorage', 'files'];
      if (limit === undefined || reservedOfAccount(config, place) <= limit) return undefined;
      return {
        what: limit === 0
          ? `the stream is in ${where}, of which the account may take nothing`
          : `${sizeOf(config)}${config.replicas > 1 ? `, ${config.replicas} times,` : ''} is more than the account may take in ${where}`,
        allowed: limit === 0 ? undefined : `up to ${readableBytes(limit)}, replicas included`,
        fix: `${limit === 0 ? 'use another storage' : 'lower maxBytes'}, or raise jetStream.${prop} of the account`,
      };
    }),
  serverRule('STREAM-ACCOUNT-CONSUMERS', 'maxConsumers of a stream is no more than its account lets a stream have.', 'maximum consumers limit reached',
    ({ maxConsumers = 0 }, { account }) => !!account?.maxConsumers && maxConsumers > account.maxConsumers && {
      what: `maxConsumers is ${maxConsumers}, but a stream of the account may have ${account.maxConsumers} consumers`,
      allowed: `up to ${account.maxConsumers}`,
      fix: 'lower maxConsumers, or raise jetStream.maxConsumers of the account',
    }),
];
