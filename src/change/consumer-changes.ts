import { isDeepStrictEqual } from 'util';
import { consumerFields } from './consumer-fields';
import { ObjectChange, refused } from './dist-change';
import { fieldChanges } from './field-changes';
import { Manifest } from './manifests';
import { readable } from './readable';
import { consumerOnServer } from './server-defaults';
import { ConsumerConfig } from '../jetstream/consumer/consumer-config';
import { consumerToCreate, consumerToUpdate } from '../jetstream/nack/consumer-requests';
import { findingsOf } from '../jetstream/rules/asset-rule';
import { workQueueOverlap } from '../jetstream/rules/consumer/work-queue';
import { consumerRules } from '../jetstream/rules/consumer-rules';
import { ConsumerPlace } from '../jetstream/rules/place';

/** What becomes of a consumer whose resource changes, in the place of its stream; with the consumers that this has. */
export function consumerChanges(old: Manifest, now: Manifest, consumers: ConsumerConfig[], place: ConsumerPlace): ObjectChange[] {
  if (isDeepStrictEqual(old.spec, now.spec)) return [];
  const { origin: stream } = place;
  const before = consumerOnServer(consumerToCreate(old.spec), stream);
  const asked = consumerToUpdate(before, now.spec);
  const versions = { before, after: consumerOnServer(asked, stream), wanted: consumerOnServer(consumerToCreate(now.spec), stream) };
  const changes = fieldChanges(versions, consumerFields(stream?.retention, place.version));
  const refusals = findingsOf(consumerRules.filter(({ rule }) => rule.serverVerdict), asked, place);
  return [
    ...changes,
    ...refusals.map(({ rule, mistake: { what, fix } }) => refused(`with what the consumer keeps from before, ${what} [${rule.id}]`, fix)),
    ...overlaps(asked, consumers, place),
  ];
}

/** In a work queue, a new filter is refused while another consumer has it, even if that is to change, too. */
function overlaps(asked: ConsumerConfig, consumers: ConsumerConfig[], place: ConsumerPlace): ObjectChange[] {
  const others = consumers.filter(({ name }) => name !== asked.name);
  return workQueueOverlap.find([...others, asked], place).filter(({ config }) => config === asked).map(({ mistake: { what } }) => ({
    field: 'filterSubjects', after: readable('filterSubjects', asked.filterSubjects), ...refused(`${what} [${workQueueOverlap.rule.id}]`, 'change the other first'),
  }));
}
