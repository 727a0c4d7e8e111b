import { isDeepStrictEqual } from 'util';
import { ChangeEffect, ObjectChange, refused } from './dist-change';
import { fieldChanges } from './field-changes';
import { streamOfBucket } from './known-streams';
import { Manifest } from './manifests';
import { streamFields } from './stream-fields';
import { inBucketWords } from '../jetstream/bucket/bucket-words';
import { findingsOf } from '../jetstream/rules/asset-rule';
import { bucketOriginRules, bucketStreamRules } from '../jetstream/rules/bucket-rules';
import { JetStreamPlace } from '../jetstream/rules/place';

/** What the server says. */
const refusing = [...bucketStreamRules, ...bucketOriginRules].filter(({ rule }) => rule.serverVerdict);

/** Fields of the stream that NACK's client derives from another one. */
const derived = ['allowMsgTtl', 'duplicateWindow'];

/** What becomes of a bucket whose resource changes. */
export function bucketChanges(old: Manifest, now: Manifest, place: JetStreamPlace): ObjectChange[] {
  if (isDeepStrictEqual(old.spec, now.spec)) return [];
  const [before, after] = [old, now].map(streamOfBucket);
  const changes = fieldChanges({ before, after, wanted: after }, streamFields);
  const refusals = findingsOf(refusing, after, { ...place, pedantic: false });
  return [...ofEachField(changes), ...refusals.map(({ rule, mistake: { what, fix } }) => refused(`${what} [${rule.id}]`, fix))];
}

/** The changes of the stream, as those of the fields of the bucket: what one field makes of several of the stream is told once, as the worst of it. */
function ofEachField(changes: ObjectChange[]): ObjectChange[] {
  const effects = Object.values(ChangeEffect);
  const words = (text: string | undefined) => text && inBucketWords(text);
  const fields = new Map<string | undefined, ObjectChange[]>();
  for (const change of changes) fields.set(words(change.field), [...fields.get(words(change.field)) ?? [], change]);
  return [...fields].map(([field, ofField]) => {
    const { before, after } = ofField.find((change) => !derived.includes(change.field!)) ?? ofField[0];
    const worst = ofField.reduce((a, b) => effects.indexOf(b.effect) > effects.indexOf(a.effect) ? b : a);
    return { field, before, after, effect: worst.effect, reason: words(worst.reason), advice: words(worst.advice) };
  });
}
