import { bytesOf } from '../../core/bytes';
import { fractionalMilliseconds } from '../../core/go-duration';
import { NatsAccount } from '../../nats/auth/nats-account';
import type { ClusterState } from '../../nats/cluster-state';
import { ExistingNatsCluster, NatsClusterBase } from '../../nats/nats-cluster-base';
import { isSince, NatsVersion, NEWEST_VERSION } from '../../nats/nats-version';
import type { PlaceFacts } from '../assets/account-assets';
import { AccountLimits } from '../rules/place';

const SERVERS_MAX_PAYLOAD = 2 ** 20;
const SERVERS_MAX_CONSUMERS = 1000;

/** What is known of the servers and the account to which streams go. */
export function placeFactsOf(cluster: NatsClusterBase, account?: NatsAccount): PlaceFacts {
  const state = cluster._deployed();
  if (!state) {
    const version = cluster instanceof ExistingNatsCluster ? cluster._version : undefined;
    return { version: version ?? NEWEST_VERSION, servers: cluster.serverCount, clusterName: cluster.clusterName };
  }
  return { ...serverFacts(state), account: account && accountLimits(account) };
}

function serverFacts({ version, replicas, clustered, clusterName, gateway, serverTags, zoneTag, jetStream, limits }: ClusterState): PlaceFacts {
  const { maxAckPending, maxRequestBatch, duplicateWindow, defaultMaxConsumers = SERVERS_MAX_CONSUMERS } = jetStream?.options.limits ?? {};
  return {
    version,
    servers: replicas,
    clustered,
    clusterName: clustered ? clusterName : undefined,
    superCluster: gateway !== undefined,
    serverTags: zoneTag ? undefined : serverTags,
    maxFileBytes: jetStream?.maxFileBytes,
    maxMemoryBytes: jetStream?.maxMemoryBytes,
    maxPayloadBytes: limits.maxPayload ? bytesOf(limits.maxPayload) : SERVERS_MAX_PAYLOAD,
    limits: {
      maxAckPending,
      maxRequestBatch,
      duplicateWindow: duplicateWindow && fractionalMilliseconds(duplicateWindow),
      defaultMaxConsumers: isSince(version, NatsVersion.V2_15) ? defaultMaxConsumers : undefined,
    },
  };
}

/** The server reads zero streams or consumers as no limit. */
function accountLimits({ _jetStream: options }: NatsAccount): AccountLimits {
  return {
    enabled: options.enabled ?? true,
    maxMemoryBytes: options.maxMemory && bytesOf(options.maxMemory),
    maxFileBytes: options.maxStorage && bytesOf(options.maxStorage),
    maxStreams: options.maxStreams || undefined,
    maxConsumers: options.maxConsumers || undefined,
    maxBytesRequired: options.maxBytesRequired,
    maxMemoryStreamBytes: options.maxMemoryStreamSize && bytesOf(options.maxMemoryStreamSize),
    maxFileStreamBytes: options.maxStorageStreamSize && bytesOf(options.maxStorageStreamSize),
    maxAckPending: options.maxAckPending || undefined,
  };
}
