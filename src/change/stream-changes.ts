import { isDeepStrictEqual } from 'util';
import { ObjectChange, refused } from './dist-change';
import { fieldChanges } from './field-changes';
import { Manifest } from './manifests';
import { readable } from './readable';
import { consumerOnServer, somewhere, streamOnServer } from './server-defaults';
import { streamFields } from './stream-fields';
import { ConsumerConfig } from '../jetstream/consumer/consumer-config';
import { streamToCreate, streamToUpdate } from '../jetstream/nack/stream-requests';
import { findingsOf } from '../jetstream/rules/asset-rule';
import { JetStreamPlace } from '../jetstream/rules/place';
import { changedStreamRules } from '../jetstream/rules/stream-rules';
import { StreamConfig } from '../jetstream/stream/stream-config';

/** What becomes of a stream whose resource changes; with the consumers that it has, and the other streams of its account. */
export function streamChanges(old: Manifest, now: Manifest, consumers: ConsumerConfig[], stream: JetStreamPlace['stream']): ObjectChange[] {
  if (isDeepStrictEqual(old.spec, now.spec)) return [];
  const before = streamOnServer(streamToCreate(old.spec));
  const asked = streamToUpdate(before, now.spec);
  const after = streamOnServer(asked);
  const changes = fieldChanges({ before, after, wanted: streamOnServer(streamToCreate(now.spec)) }, streamFields);
  const refusals = findingsOf(changedStreamRules.filter(({ rule }) => rule.serverVerdict), asked, { ...somewhere, stream });
  return [
    ...changes,
    ...refusals.map(({ rule, mistake: { what, fix } }) => refused(`with what the stream keeps from before, ${what} [${rule.id}]`, fix)),
    ...violatedConsumers(before, after, consumers),
  ];
}

/** New limits for consumers are refused where a consumer exceeds them, before its own change could come. */
function violatedConsumers(before: StreamConfig, { consumerLimits = {} }: StreamConfig, described: ConsumerConfig[]): ObjectChange[] {
  const consumers = described.map((consumer) => consumerOnServer(consumer, before));
  return (['maxAckPending', 'inactiveThreshold'] as const).flatMap((field) => {
    const limit = consumerLimits[field] || Infinity;
    const over = consumers.filter((consumer) => (consumer[field] ?? 0) > limit).map(({ name }) => name).sort();
    return over.length === 0 || before.consumerLimits?.[field] === consumerLimits[field] ? [] : [{
      field: 'consumerLimits',
      before: readable(field, before.consumerLimits?.[field]),
      after: readable(field, limit),
      ...refused(`nats-server refuses it while ${over.join(', ')} ${over.length === 1 ? 'has' : 'have'} a higher ${field}`, 'lower it there first'),
    }];
  });
}
