import { Size } from 'cdk8s';
import { Construct } from 'constructs';
import { ACCOUNT_JETSTREAM, ACCOUNT_LIMIT, ACCOUNT_STORE } from './account-rules';
import { bytesOf, readableBytes } from '../../core/bytes';
import { Mistake } from '../../core/mistake';
import { ConfValue } from '../conf/conf-value';

/** Over which account the servers replicate an account's streams. */
export enum JetStreamClusterTraffic {
  /** The system account. */
  SYSTEM = 'system',
  /** The account itself, so that it can have routes of its own. */
  OWNER = 'owner',
}

/**
 * JetStream of an account.
 * @see https://docs.nats.io/running-a-nats-service/configuration/resource_management
 */
export interface NatsAccountJetStream {
  /**
   * Whether the account has JetStream. True where the servers have none throws.
   * @default true
   */
  readonly enabled?: boolean;
  /**
   * What all streams in memory may take, replicas included. More than all servers have fails the synth, and for a single server so does more than
   * it has for all accounts.
   * @default - unlimited
   */
  readonly maxMemory?: Size;
  /**
   * What all streams in files may take, replicas included. More than all servers have fails the synth, and for a single server so does more than
   * it has for all accounts.
   * @default - unlimited
   */
  readonly maxStorage?: Size;
  /**
   * Streams.
   * @default - unlimited
   */
  readonly maxStreams?: number;
  /**
   * Consumers of a stream.
   * @default - unlimited
   */
  readonly maxConsumers?: number;
  /**
   * Whether each stream must say how many bytes it may take.
   * @default false
   */
  readonly maxBytesRequired?: boolean;
  /**
   * What one stream in memory may take.
   * @default - unlimited
   */
  readonly maxMemoryStreamSize?: Size;
  /**
   * What one stream in a file may take.
   * @default - unlimited
   */
  readonly maxStorageStreamSize?: Size;
  /**
   * Messages that may wait for an acknowledgement, of one consumer.
   * @default - unlimited
   */
  readonly maxAckPending?: number;
  /**
   * Over which account the servers replicate the streams.
   * @default JetStreamClusterTraffic.SYSTEM
   */
  readonly clusterTraffic?: JetStreamClusterTraffic;
}

/** What the servers of a cluster can store, where they have JetStream. */
export interface ServerStores {
  readonly servers: number;
  readonly clustered: boolean;
  readonly jetStream?: { readonly maxMemoryBytes: number; readonly maxFileBytes: number };
}

export function checkAccountJetStream(scope: Construct, options: NatsAccountJetStream, stores: ServerStores): void {
  if ((options.enabled ?? true) && !stores.jetStream) {
    throw ACCOUNT_JETSTREAM.error(scope, { what: 'jetStream is given, but the servers have none', fix: 'give jetStream to the cluster, or leave it out here' });
  }
  for (const limit of ['maxStreams', 'maxConsumers', 'maxAckPending'] as const) {
    const value = options[limit];
    if (value !== undefined && (!Number.isInteger(value) || value < 1 || value >= 2 ** 31)) {
      throw ACCOUNT_LIMIT.error(scope, {
        what: `jetStream.${limit} is ${value}`, allowed: `a whole number from 1 to ${2 ** 31 - 1}; nats-server reads 0 as unlimited`, fix: 'leave it out for no limit',
      });
    }
  }
  for (const limit of ['maxMemoryStreamSize', 'maxStorageStreamSize'] as const) {
    const bytes = options[limit] && bytesOf(options[limit]);
    if (bytes !== undefined && bytes < 1) throw ACCOUNT_LIMIT.error(scope, { what: `jetStream.${limit} is ${bytes} bytes`, allowed: 'at least a byte' });
  }
  for (const store of storesOf(options, stores)) {
    if (store.limit === undefined || store.limit <= store.available) continue;
    throw ACCOUNT_STORE.error(scope, {
      what: `jetStream.${store.prop} is ${readableBytes(store.limit)}, but the stores of ${stores.servers === 1 ? 'the server' : `all ${stores.servers} servers`} have ${readableBytes(store.available)}`,
      allowed: `up to ${readableBytes(store.available)}`,
      fix: `lower it, or raise jetStream.${store.serverProp} of the cluster`,
    });
  }
}

/** What accounts may store together, where that is more than the servers have; to each of the two stores. */
export function storeSumFindings(accounts: NatsAccountJetStream[], stores: ServerStores): Mistake[] {
  const all = accounts.map((options) => storesOf(options, stores));
  return [0, 1].flatMap((index) => {
    const { prop, serverProp, available } = storesOf({}, stores)[index];
    const sum = all.reduce((total, one) => total + (one[index].limit ?? 0), 0);
    return sum <= available ? [] : [{
      what: `jetStream.${prop} of all accounts is ${readableBytes(sum)} together, but the servers have ${readableBytes(available)}`,
      allowed: `up to ${readableBytes(available)} together`,
      fix: `lower some, or raise jetStream.${serverProp} of the cluster`,
    }];
  });
}

function storesOf({ enabled = true, maxMemory, maxStorage }: NatsAccountJetStream, { servers, jetStream }: ServerStores) {
  const limit = (size: Size | undefined) => enabled && size ? bytesOf(size) : undefined;
  return [
    { prop: 'maxMemory', serverProp: 'memoryStore.maxSize', limit: limit(maxMemory), available: servers * (jetStream?.maxMemoryBytes ?? 0) },
    { prop: 'maxStorage', serverProp: 'fileStore', limit: limit(maxStorage), available: servers * (jetStream?.maxFileBytes ?? 0) },
  ];
}

/** `jetstream` of an account: always said, because the server turns it off for whoever does not say. */
export function renderAccountJetStream({ enabled = true, ...limits }: NatsAccountJetStream): ConfValue {
  const given = Object.values(limits).some((limit) => limit !== undefined);
  if (!enabled || !given) return enabled;
  return {
    max_memory: limits.maxMemory,
    max_store: limits.maxStorage,
    max_streams: limits.maxStreams,
    max_consumers: limits.maxConsumers,
    max_bytes_required: limits.maxBytesRequired,
    memory_max_stream_bytes: limits.maxMemoryStreamSize,
    disk_max_stream_bytes: limits.maxStorageStreamSize,
    max_ack_pending: limits.maxAckPending,
    cluster_traffic: limits.clusterTraffic,
  };
}
