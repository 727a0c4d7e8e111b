import { NatsVersion } from '../../nats/nats-version';
import { StreamConfig } from '../stream/stream-config';

/** What an account lets its streams and consumers have; absent is unlimited. */
export interface AccountLimits {
  readonly enabled: boolean;
  readonly maxMemoryBytes?: number;
  readonly maxFileBytes?: number;
  readonly maxStreams?: number;
  readonly maxConsumers?: number;
  readonly maxBytesRequired?: boolean;
  readonly maxMemoryStreamBytes?: number;
  readonly maxFileStreamBytes?: number;
  readonly maxAckPending?: number;
}

/** Limits of each server's JetStream; times in milliseconds. */
export interface ServerLimits {
  readonly maxAckPending?: number;
  readonly maxRequestBatch?: number;
  readonly duplicateWindow?: number;
  /** Consumers of a stream of which neither it nor the account says how many it may have. */
  readonly defaultMaxConsumers?: number;
}

/** Servers, and an account in them, as far as they are known: where streams and consumers are judged. Absent is not known, so nothing is checked against it. */
export interface JetStreamPlace {
  readonly version: NatsVersion;
  /** Whether requests are pedantic: what the server would quietly change, it refuses. NACK asks so for streams and consumers, not for buckets. */
  readonly pedantic: boolean;
  readonly servers?: number;
  readonly clustered?: boolean;
  readonly clusterName?: string;
  /** Whether a stream may go to other clusters, too, of which nothing is known. */
  readonly superCluster?: boolean;
  /** Tags of each server, where all have the same. */
  readonly serverTags?: readonly string[];
  /** Of each server. */
  readonly maxMemoryBytes?: number;
  readonly maxFileBytes?: number;
  readonly maxPayloadBytes?: number;
  readonly limits?: ServerLimits;
  readonly account?: AccountLimits;
  /** Another stream of the account, if this app knows it. */
  stream(name: string): StreamConfig | undefined;
}

/** The place of a consumer, or of all consumers of one stream: the stream, if this app knows it. */
export interface ConsumerPlace extends JetStreamPlace {
  readonly origin?: StreamConfig;
}
