import { Duration, Size } from 'cdk8s';
import { Construct } from 'constructs';
import { bytesOf, quantityOf, readableBytes } from '../../core/bytes';
import { defineRule, RuleLevel } from '../../core/rule';
import { checkAtSynth } from '../../core/rules';
import { assertSecretKey, SecretKey } from '../../core/secret-key';
import { SecretVariables } from '../auth/secret-variables';
import { ConfBlock } from '../conf/conf-value';

const RESOURCE_DOCS = 'https://docs.nats.io/running-a-nats-service/configuration/resource_management';

export const STORE_SIZE = defineRule({
  id: 'NATS-STORE-SIZE',
  level: RuleLevel.ERROR,
  statement: 'A file store fits on its volume, and a memory store into four fifths of the memory limit; each holds at least one byte.',
  source: RESOURCE_DOCS,
});

export const FILE_STORE_HEADROOM = defineRule({
  id: 'NATS-FILE-STORE-HEADROOM',
  level: RuleLevel.WARNING,
  statement: 'A file store that may fill more than nine tenths of its volume never reaches its limit: the disk is full first, and JetStream stops.',
  source: 'https://github.com/nats-io/k8s/pull/717; nats-server stays in a write error after ENOSPC until it is restarted (measured)',
});

export const JETSTREAM_SETTING = defineRule({
  id: 'NATS-JETSTREAM-SETTING',
  level: RuleLevel.ERROR,
  statement: 'A JetStream domain has no dots, wildcards or spaces, limits are whole numbers from 1, and the store directory is an absolute path.',
  source: RESOURCE_DOCS,
});

/** Messages on a volume of each server. */
export interface NatsFileStore {
  /**
   * Size of the volume. Kubernetes does not change the claims of a StatefulSet: to grow later, edit the claims themselves (where the storage class
   * allows it), delete the StatefulSet with `--cascade=orphan`, and apply the new size.
   * @default Size.gibibytes(10)
   */
  readonly size?: Size;
  /**
   * How much of the volume streams may fill. More than the volume throws; more than nine tenths is a warning.
   * @default - three quarters of `size`
   */
  readonly maxSize?: Size;
  /**
   * Storage class of the volume.
   * @default - the cluster's default class
   */
  readonly storageClassName?: string;
  /**
   * Where the volume is mounted. The server makes a directory `jetstream` in it.
   * @default /data
   */
  readonly directory?: string;
  /**
   * Name of the volume claim template. Give the existing name to keep the volumes of a cluster that something else has deployed.
   * @default - name of the cluster, and `-js`
   */
  readonly claimName?: string;
  /**
   * Whether the volumes are deleted when the StatefulSet is.
   * @default false
   */
  readonly deleteWithCluster?: boolean;
  /**
   * Whether the volumes of surplus servers are deleted when the cluster shrinks.
   * @default false
   */
  readonly deleteWhenScaledDown?: boolean;
}

/** Messages in the memory of each server. When all servers stop at the same time, they are lost, and so are the streams themselves. */
export interface NatsMemoryStore {
  /** How much memory streams may fill. More than four fifths of the container's memory limit throws. */
  readonly maxSize: Size;
}

/** Cipher of the encryption at rest. */
export enum JetStreamCipher {
  CHACHA = 'chacha',
  AES = 'aes',
}

/** Encryption of the stores at rest. Changing the key or the cipher restarts the servers. */
export interface JetStreamEncryption {
  /** Where the key is; the same texts are allowed as for a user's password. */
  readonly key: SecretKey;
  /**
   * Where the key is with which existing data was written: the servers read with it and write with `key`.
   * @default - none
   */
  readonly previousKey?: SecretKey;
  /**
   * Cipher.
   * @default JetStreamCipher.CHACHA
   */
  readonly cipher?: JetStreamCipher;
}

/** Limits of each server's JetStream. */
export interface JetStreamServerLimits {
  /**
   * Highest `maxAckPending` of a consumer.
   * @default - unlimited
   */
  readonly maxAckPending?: number;
  /**
   * Replicated streams and consumers that a server may hold.
   * @default - unlimited
   */
  readonly maxHaAssets?: number;
  /**
   * Largest batch that a pull request may ask for.
   * @default - unlimited
   */
  readonly maxRequestBatch?: number;
  /**
   * Consumers that a stream may have where neither it nor its account says how many; with nats-server before 2.15 it throws.
   * @default - 1000 with nats-server 2.15 and newer, before unlimited
   */
  readonly defaultMaxConsumers?: number;
  /**
   * Longest duplicate window of a stream.
   * @default - unlimited
   */
  readonly duplicateWindow?: Duration;
}

/**
 * JetStream on the servers.
 * @see https://docs.nats.io/running-a-nats-service/configuration/resource_management
 */
export interface NatsJetStreamOptions {
  /**
   * Messages on volumes.
   * @default - 10 GiB on each server if there is no `memoryStore`, else none
   */
  readonly fileStore?: NatsFileStore;
  /**
   * Messages in memory.
   * @default - none: memory streams are refused
   */
  readonly memoryStore?: NatsMemoryStore;
  /**
   * JetStream domain, which sets the API of these servers apart from others that leaf nodes connect. Changing it restarts the servers.
   * @default - none
   */
  readonly domain?: string;
  /**
   * Servers whose tags with this prefix are equal do not hold replicas of the same stream: `zone:` with `zoneTag` spreads each stream over
   * zones. Changing it restarts the servers.
   * @default - none
   */
  readonly uniqueTag?: string;
  /**
   * How often what was written is synced to disk; zero is before each acknowledgement. A server that loses its power gets back from the
   * others what it had not synced. Where more servers than a replicated stream tolerates lose theirs at once, messages are lost that were
   * acknowledged since the last sync, and so are streams that were made since. Changing it restarts the servers.
   * @default - the server's: 2 minutes
   */
  readonly syncInterval?: Duration;
  /**
   * Encryption at rest.
   * @default - none
   */
  readonly encryption?: JetStreamEncryption;
  /**
   * Limits of each server.
   * @default - none
   */
  readonly limits?: JetStreamServerLimits;
  /**
   * Bytes in flight to replicas that catch up.
   * @default - the server's: 64 MiB
   */
  readonly maxOutstandingCatchup?: Size;
}

/** JetStream with its defaults, in exact numbers. */
export interface ResolvedJetStream {
  readonly options: NatsJetStreamOptions;
  readonly directory: string;
  readonly maxFileBytes: number;
  readonly maxMemoryBytes: number;
  /** The volume, where there is one. */
  readonly volume?: { readonly claimName: string; readonly bytes: number; readonly fileStore: NatsFileStore };
}

/** JetStream with its defaults; stores that do not fit throw. */
export function resolveJetStream(scope: Construct, clusterName: string, options: NatsJetStreamOptions, memoryLimitBytes: number): ResolvedJetStream {
  checkSettings(scope, options);
  const fileStore = options.fileStore ?? (options.memoryStore ? undefined : {});
  const volume = fileStore && {
    claimName: fileStore.claimName ?? `${clusterName}-js`,
    bytes: bytesOf(fileStore.size ?? Size.gibibytes(10)),
    fileStore,
  };
  return {
    options,
    directory: fileStore?.directory ?? '/data',
    maxFileBytes: volume ? maxFileBytes(scope, volume.fileStore, volume.bytes) : 0,
    maxMemoryBytes: options.memoryStore ? maxMemoryBytes(scope, options.memoryStore, memoryLimitBytes) : 0,
    volume,
  };
}

function maxFileBytes(scope: Construct, fileStore: NatsFileStore, volumeBytes: number): number {
  const maxBytes = fileStore.maxSize ? bytesOf(fileStore.maxSize) : Math.floor(volumeBytes * 0.75);
  if (maxBytes < 1 || maxBytes > volumeBytes) {
    throw STORE_SIZE.error(scope, {
      what: `jetStream.fileStore.maxSize is ${readableBytes(maxBytes)} on a volume of ${readableBytes(volumeBytes)}`,
      allowed: 'at least a byte, and at most the volume; three quarters of it by default',
      fix: 'lower maxSize, or raise size; the volumes of a running cluster have to be grown one by one, because Kubernetes does not change a StatefulSet\'s claims',
    });
  }
  checkAtSynth(scope, FILE_STORE_HEADROOM, () => maxBytes <= volumeBytes * 0.9 ? [] : [{
    what: `jetStream.fileStore.maxSize is ${readableBytes(maxBytes)} on a volume of ${readableBytes(volumeBytes)}`,
    allowed: `up to ${readableBytes(volumeBytes * 0.9)}`,
    fix: 'leave maxSize out for three quarters of the volume',
  }]);
  return maxBytes;
}

function maxMemoryBytes(scope: Construct, { maxSize }: NatsMemoryStore, memoryLimitBytes: number): number {
  const bytes = bytesOf(maxSize);
  const available = Math.floor(memoryLimitBytes * 0.8);
  if (bytes < 1 || bytes > available) {
    throw STORE_SIZE.error(scope, {
      what: `jetStream.memoryStore.maxSize is ${readableBytes(bytes)} with a memory limit of ${quantityOf(memoryLimitBytes)}`,
      allowed: `at least a byte, and at most four fifths of the limit: ${readableBytes(available)}`,
      fix: 'raise resources.memory or lower maxSize',
    });
  }
  return bytes;
}

function checkSettings(scope: Construct, { domain, fileStore, encryption, limits = {}, syncInterval }: NatsJetStreamOptions): void {
  const refuse = (what: string, allowed: string) => { throw JETSTREAM_SETTING.error(scope, { what, allowed }); };
  if (domain !== undefined && !/^[^\s.*>]+$/.test(domain)) refuse(`jetStream.domain is '${domain}'`, 'a text without dots, wildcards and spaces');
  if (fileStore?.directory !== undefined && !/^\/[^\s]+$/.test(fileStore.directory)) {
    refuse(`jetStream.fileStore.directory is '${fileStore.directory}'`, 'an absolute path');
  }
  for (const limit of ['maxAckPending', 'maxHaAssets', 'maxRequestBatch', 'defaultMaxConsumers'] as const) {
    const value = limits[limit];
    if (value !== undefined && (!Number.isInteger(value) || value < 1)) refuse(`jetStream.limits.${limit} is ${value}`, 'a whole number from 1');
  }
  if (syncInterval !== undefined && syncInterval.toMilliseconds() < 0) refuse('jetStream.syncInterval is negative', 'zero or more');
  assertSecretKey(scope, 'jetStream.encryption.key', encryption?.key);
  assertSecretKey(scope, 'jetStream.encryption.previousKey', encryption?.previousKey);
}

/** The block `jetstream` of nats.conf. */
export function renderJetStream({ options, ...stores }: ResolvedJetStream, secrets: SecretVariables): ConfBlock {
  const { encryption, limits, syncInterval } = options;
  return {
    store_dir: stores.directory,
    max_file_store: stores.maxFileBytes,
    max_memory_store: stores.maxMemoryBytes,
    domain: options.domain,
    unique_tag: options.uniqueTag,
    sync_interval: syncInterval?.toMilliseconds() === 0 ? 'always' : syncInterval,
    max_outstanding_catchup: options.maxOutstandingCatchup,
    encryption_key: encryption && secrets.variableFor(encryption.key),
    prev_encryption_key: encryption?.previousKey && secrets.variableFor(encryption.previousKey),
    cipher: encryption && (encryption.cipher ?? JetStreamCipher.CHACHA),
    limits: limits && {
      max_ack_pending: limits.maxAckPending,
      max_ha_assets: limits.maxHaAssets,
      max_request_batch: limits.maxRequestBatch,
      default_max_consumers: limits.defaultMaxConsumers,
      duplicate_window: limits.duplicateWindow,
    },
  };
}
