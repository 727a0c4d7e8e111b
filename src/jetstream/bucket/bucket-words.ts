import { keyValueBucketName } from './bucket-stream';

/** What a bucket calls what its stream has. */
export const bucketWords: { readonly [word: string]: string } = {
  maxMsgsPerSubject: 'history',
  maxAge: 'ttl',
  maxMsgSize: 'maxValueSize',
  subjectDeleteMarkerTtl: 'limitMarkerTtl',
  allowMsgTtl: 'limitMarkerTtl',
  duplicateWindow: 'ttl',
  stream: 'bucket',
  streams: 'buckets',
};

/** What somebody has called so himself, commands, and words that are others in a bucket. */
const PARTS = new RegExp(`'[^']*'|nats stream|\\b(?:${Object.keys(bucketWords).join('|')})\\b`, 'g');

/**
 * What is said of the stream of a bucket, as it is said of the bucket.
 *
 * @param streams names of streams of buckets, which are named by their buckets
 */
export function inBucketWords(text: string, streams: readonly string[] = []): string {
  return text.replace(PARTS, (part) => {
    const quoted = part.slice(1, -1);
    return part.startsWith("'") && streams.includes(quoted) ? `'${keyValueBucketName(quoted)}'` : bucketWords[part] ?? part;
  });
}
