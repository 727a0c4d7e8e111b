import { orderedConsumerSubjects } from './stream-grants';
import { API } from './subjects';
import { Grant } from '../../nats/auth/grant';
import { keyValueStreamName } from '../bucket/bucket-stream';

/** What of a bucket decides what its clients need. */
export interface ReadBucket {
  readonly name: string;
  /** The bucket of which it is a mirror, whose keys keep the name of that. */
  readonly mirrorOf?: string;
}

/** What of a bucket is read, and how. */
export interface BucketReading {
  /** Nothing for all keys. */
  readonly keys?: string[];
  readonly legacyConsumers: boolean;
}

/** To get keys and to watch them. */
export function bucketReadGrant(bucket: ReadBucket, { keys, legacyConsumers }: BucketReading): Grant {
  const stream = keyValueStreamName(bucket.name);
  const subjects = keySubjects(bucket, keys);
  return {
    publish: [
      `${API}.STREAM.INFO.${stream}`,
      ...subjects.map((subject) => `${API}.DIRECT.GET.${stream}.${subject}`),
      // By revision, the server gives any key, so that it is for those who may read all.
      ...keys === undefined ? [`${API}.DIRECT.GET.${stream}`, `${API}.STREAM.MSG.GET.${stream}`] : [],
      ...orderedConsumerSubjects(stream, subjects).filter((subject) => !subject.startsWith(`${API}.CONSUMER.MSG.NEXT`)),
      ...legacyConsumers ? [`${API}.CONSUMER.CREATE.${stream}`, `${API}.CONSUMER.CREATE.${stream}.*`] : [],
    ],
  };
}

/** To put, create, update, delete and purge keys. */
export function bucketWriteGrant(name: string, keys?: string[]): Grant {
  return { publish: [`${API}.STREAM.INFO.${keyValueStreamName(name)}`, ...keySubjects({ name }, keys)] };
}

/** Clients ask a mirror for keys by its own name, or by that of its origin if it is in another domain. */
function keySubjects({ name, mirrorOf }: ReadBucket, keys: string[] = ['>']): string[] {
  return [name, ...mirrorOf === undefined ? [] : [mirrorOf]].flatMap((bucket) => keys.map((key) => `$KV.${bucket}.${key}`));
}
