import { isDeepStrictEqual } from 'util';
import { ObjectChange, refused } from './dist-change';
import { fieldChanges } from './field-changes';
import { Manifest } from './manifests';
import { readable } from './readable';
import { consumerOnServer, streamOnServer } from './server-defaults';
import { streamFields } from './stream-fields';
import { ConsumerConfig } from '../jetstream/consumer/consumer-config';
import { streamToCreate, streamToUpdate } from '../jetstream/nack/stream-requests';
import { findingsOf } from '../jetstream/rules/asset-rule';
import { JetStreamPlace } from '../jetstream/rules/place';
import { changedStreamRules } from '../jetstream/rules/stream-rules';
import { StreamConfig } from '../jetstream/stream/stream-config';
import { isSince, NatsVersion } from '../nats/nats-version';

/** What becomes of a stream whose resource changes; with the consumers that it has. */
export function streamChanges(old: Manifest, now: Manifest, consumers: ConsumerConfig[], place: JetStreamPlace): ObjectChange[] {
  if (isDeepStrictEqual(old.spec, now.spec)) return [];
  const before = streamOnServer(streamToCreate(old.spec), place);
  const asked = streamToUpdate(before, now.spec);
  const after = streamOnServer(asked, place);
  const changes = fieldChanges({ before, after, wanted: streamOnServer(streamToCreate(now.spec), place) }, streamFields);
  const refusals = findingsOf(changedStreamRules.filter(({ rule }) => rule.serverVerdict), asked, place);
  return [
    ...changes,
    ...refusals.map(({ rule, mistake: { what, fix } }) => refused(`with what the stream keeps from before, ${what} [${rule.id}]`, fix)),
    ...violatedConsumers(before, after, consumers, place),
  ];
}

/** New limits for consumers are refused where a consumer exceeds them, before its own change could come; older servers take a limit that is not given for the lowest. */
function violatedConsumers(before: StreamConfig, after: StreamConfig, described: ConsumerConfig[], { version }: JetStreamPlace): ObjectChange[] {
  const isNewer = isSince(version, NatsVersion.V2_15);
  const [was, is] = [before.consumerLimits ?? {}, after.consumerLimits ?? {}];
  const consumers = described.map((consumer) => consumerOnServer(consumer, before));
  const changed = limits.filter((field) => was[field] !== is[field]);
  return (isNewer || changed.length === 0 ? changed : limits).flatMap((field) => {
    const limit = is[field] || (isNewer ? Infinity : 0);
    const over = consumers.filter((consumer) => (consumer[field] ?? 0) > limit).map(({ name }) => name).sort();
    const server = limit === 0 ? `nats-server before 2.15, which takes a limit without ${field} for one of zero,` : 'nats-server';
    return over.length === 0 ? [] : [{
      field: 'consumerLimits',
      before: readable(field, was[field]),
      after: readable(field, limit),
      ...refused(`${server} refuses it while ${over.join(', ')} ${over.length === 1 ? 'has' : 'have'} a higher ${field}`, limit === 0 ? 'give both limits' : 'lower it there first'),
    }];
  });
}

const limits = ['maxAckPending', 'inactiveThreshold'] as const;
