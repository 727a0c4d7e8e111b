import { ChangeEffect, ObjectChange } from './dist-change';
import { Manifest } from './manifests';
import { configChanges } from './stream-changes';
import { keyValueStream, objectStoreStream } from '../jetstream/bucket/bucket-stream';
import { keyValueToApply, objectStoreToApply } from '../jetstream/nack/bucket-requests';
import { StreamConfig } from '../jetstream/stream/stream-config';

/** What fields of the stream that holds a bucket are called in the bucket. */
const bucketFields: { [field: string]: string } = {
  maxMsgsPerSubject: 'history', maxAge: 'ttl', maxMsgSize: 'maxValueSize', subjectDeleteMarkerTtl: 'limitMarkerTtl', allowMsgTtl: 'limitMarkerTtl', duplicateWindow: 'ttl',
};

/** What becomes of a bucket whose resource changes. */
export function bucketChanges(old: Manifest, now: Manifest): ObjectChange[] {
  const [before, after] = [old, now].map(streamOfBucket);
  const changes = configChanges(before, after, after, { pedantic: false });
  return worstOfEachField(changes.map((change) => ({ ...change, field: change.field && (bucketFields[change.field] ?? change.field) })));
}

/** The stream that NACK's client asks for when it makes a bucket, or changes it. */
export function streamOfBucket({ kind, spec }: Manifest): StreamConfig {
  return kind === 'KeyValue' ? keyValueStream(keyValueToApply(spec)) : objectStoreStream(objectStoreToApply(spec));
}

/** A field of a bucket may be two of its stream. */
function worstOfEachField(changes: ObjectChange[]): ObjectChange[] {
  const effects = Object.values(ChangeEffect);
  const worst = new Map<string | undefined, ObjectChange>();
  for (const change of changes) {
    const other = worst.get(change.field);
    if (!other || effects.indexOf(change.effect) > effects.indexOf(other.effect)) worst.set(change.field, change);
  }
  return [...worst.values()];
}
