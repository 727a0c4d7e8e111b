import { consumerFields } from './consumer-fields';
import { ObjectChange, refused } from './dist-change';
import { fieldChanges } from './field-changes';
import { Manifest } from './manifests';
import { AckPolicy, ConsumerConfig } from '../jetstream/consumer/consumer-config';
import { consumerToCreate, consumerToUpdate } from '../jetstream/nack/consumer-requests';
import { findingsOf } from '../jetstream/rules/asset-rule';
import { consumerRules } from '../jetstream/rules/consumer-rules';
import { StreamConfig } from '../jetstream/stream/stream-config';
import { NEWEST_VERSION } from '../nats/nats-version';

/** What becomes of a consumer whose resource changes; its stream as far as it is known. */
export function consumerChanges(old: Manifest, now: Manifest, stream: StreamConfig | undefined): ObjectChange[] {
  const before = onServer(consumerToCreate(old.spec));
  const after = onServer(consumerToUpdate(before, now.spec));
  const changes = fieldChanges({ before, after, wanted: onServer(consumerToCreate(now.spec)) }, consumerFields(stream?.retention));
  if (changes.length === 0) return [];
  const place = { version: NEWEST_VERSION, pedantic: true, stream: () => stream, origin: stream, siblings: [] };
  const refusals = findingsOf(consumerRules.filter(({ rule }) => rule.serverVerdict), after, place);
  return [...changes, ...refusals.map(({ rule, mistake: { what, fix } }) => refused(`with what the consumer keeps from before, ${what} [${rule.id}]`, fix))];
}

/** A configuration as the server keeps it. */
function onServer(config: ConsumerConfig): ConsumerConfig {
  const acknowledged = [AckPolicy.EXPLICIT, AckPolicy.ALL].includes(config.ackPolicy);
  return {
    ...config,
    ackWait: config.ackWait === 0 && acknowledged ? 30_000 : config.ackWait,
    maxWaiting: config.deliverSubject === undefined ? config.maxWaiting ?? 512 : config.maxWaiting,
  };
}
