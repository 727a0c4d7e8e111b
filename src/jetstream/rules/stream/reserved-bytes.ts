import { isSince, NatsVersion } from '../../../nats/nats-version';
import { StreamConfig, StreamStorage } from '../../stream/stream-config';
import { JetStreamPlace } from '../place';

/** Bytes that a server sets aside for a replica of a stream; none, where nothing is said. */
export function setAside({ maxBytes = 0 }: StreamConfig): number {
  return Math.max(maxBytes, 0);
}

/** Bytes that must be free for a replica. */
export function reserved(config: StreamConfig): number {
  return Math.max(setAside(config), 1);
}

/** Bytes that must be free of what the account may take. */
export function reservedOfAccount(config: StreamConfig, { version }: JetStreamPlace): number {
  const countsReplicas = isSince(version, NatsVersion.V2_14);
  return reserved(config) * (countsReplicas ? Math.max(config.replicas, 1) : 1);
}

export function isInMemory({ storage }: StreamConfig): boolean {
  return storage === StreamStorage.MEMORY;
}
