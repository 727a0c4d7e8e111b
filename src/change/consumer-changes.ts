import { consumerFields } from './consumer-fields';
import { ObjectChange, refused } from './dist-change';
import { fieldChanges } from './field-changes';
import { Manifest } from './manifests';
import { consumerOnServer, somewhere } from './server-defaults';
import { consumerToCreate, consumerToUpdate } from '../jetstream/nack/consumer-requests';
import { findingsOf } from '../jetstream/rules/asset-rule';
import { consumerRules } from '../jetstream/rules/consumer-rules';
import { StreamConfig } from '../jetstream/stream/stream-config';

/** What becomes of a consumer whose resource changes; its stream as far as it is known. */
export function consumerChanges(old: Manifest, now: Manifest, stream: StreamConfig | undefined): ObjectChange[] {
  const before = consumerOnServer(consumerToCreate(old.spec), stream);
  const asked = consumerToUpdate(before, now.spec);
  const versions = { before, after: consumerOnServer(asked, stream), wanted: consumerOnServer(consumerToCreate(now.spec), stream) };
  const changes = fieldChanges(versions, consumerFields(stream?.retention));
  if (changes.length === 0) return [];
  const place = { ...somewhere, stream: () => stream, origin: stream };
  const refusals = findingsOf(consumerRules.filter(({ rule }) => rule.serverVerdict), asked, place);
  return [...changes, ...refusals.map(({ rule, mistake: { what, fix } }) => refused(`with what the consumer keeps from before, ${what} [${rule.id}]`, fix))];
}
