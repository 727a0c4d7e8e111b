import { AckPolicy, ConsumerConfig } from '../jetstream/consumer/consumer-config';
import { JetStreamPlace } from '../jetstream/rules/place';
import { subjectsOf } from '../jetstream/rules/stream/stream-rule';
import { defaultWindow } from '../jetstream/stream/duplicate-window';
import { StreamConfig, StreamDiscard } from '../jetstream/stream/stream-config';
import { NEWEST_VERSION } from '../nats/nats-version';

const ACK_WAIT = 30_000;
const MAX_ACK_PENDING = 1000;
const MAX_WAITING = 512;

/** Servers of which nothing is known, and their streams neither. */
export const somewhere: JetStreamPlace = { version: NEWEST_VERSION, pedantic: true, stream: () => undefined };

/** A stream as a server keeps it. */
export function streamOnServer(config: StreamConfig, place: JetStreamPlace = somewhere): StreamConfig {
  const sealed = { maxAge: 0, discard: StreamDiscard.NEW, denyDelete: true, denyPurge: true, allowRollup: false };
  return {
    ...config,
    subjects: subjectsOf(config),
    duplicateWindow: config.duplicateWindow ?? defaultWindow(config, place),
    ...config.sealed ? sealed : {},
  };
}

/** A consumer as the server keeps it, in its stream as far as that is known. */
export function consumerOnServer(config: ConsumerConfig, { consumerLimits = {} }: Partial<StreamConfig> = {}): ConsumerConfig {
  const { ackPolicy, backoff: [firstPause], deliverSubject } = config;
  const acknowledged = [AckPolicy.EXPLICIT, AckPolicy.ALL].includes(ackPolicy);
  return {
    ...config,
    ackWait: firstPause ?? (config.ackWait === 0 && acknowledged ? ACK_WAIT : config.ackWait),
    maxAckPending: config.maxAckPending || consumerLimits.maxAckPending || (ackPolicy === AckPolicy.NONE ? undefined : MAX_ACK_PENDING),
    inactiveThreshold: config.inactiveThreshold || consumerLimits.inactiveThreshold,
    maxWaiting: deliverSubject === undefined ? config.maxWaiting ?? MAX_WAITING : config.maxWaiting,
  };
}
