import { Manifest, Manifests } from './manifests';
import { isServerAsset } from './nack-objects';
import { streamOnServer } from './server-defaults';
import { keyValueStream, objectStoreStream } from '../jetstream/bucket/bucket-stream';
import { keyValueToApply, objectStoreToApply } from '../jetstream/nack/bucket-requests';
import { streamToCreate, streamToUpdate } from '../jetstream/nack/stream-requests';
import { JetStreamPlace } from '../jetstream/rules/place';
import { StreamConfig } from '../jetstream/stream/stream-config';

/** Streams, those of buckets among them, by their place. */
export type KnownStreams = ReadonlyMap<string, StreamConfig>;

/** The account in which a resource is. */
export function accountOf({ metadata, spec }: Manifest): string {
  return [metadata.namespace, spec.account, spec.jsDomain].join(' ');
}

/** Where a stream is, of the account in which a resource is. */
export function placeOf(manifest: Manifest, streamName: string): string {
  return `${accountOf(manifest)} ${streamName}`;
}

/** The stream that NACK's client asks for when it makes a bucket, or changes it. */
export function streamOfBucket({ kind, spec }: Manifest): StreamConfig {
  return kind === 'KeyValue' ? keyValueStream(keyValueToApply(spec)) : objectStoreStream(objectStoreToApply(spec));
}

/** The stream that a resource describes, as a server has it; a consumer describes none. */
export function describedStream(manifest: Manifest, place: JetStreamPlace): StreamConfig | undefined {
  if (!isServerAsset(manifest) || manifest.kind === 'Consumer') return undefined;
  return streamOnServer(manifest.kind === 'Stream' ? streamToCreate(manifest.spec) : streamOfBucket(manifest), place);
}

/** The streams that resources describe. */
export function streamsIn(manifests: Manifests, place: JetStreamPlace): KnownStreams {
  return new Map([...manifests.values()].flatMap((manifest): [string, StreamConfig][] => {
    const stream = describedStream(manifest, place);
    return stream ? [[placeOf(manifest, stream.name), stream]] : [];
  }));
}

/** The streams that are there when resources have changed: NACK leaves much of a stream as it was. */
export function streamsAfter(before: KnownStreams, manifests: Manifests, place: JetStreamPlace): KnownStreams {
  const after = new Map([...before, ...streamsIn(manifests, place)]);
  for (const manifest of manifests.values()) {
    if (!isServerAsset(manifest) || manifest.kind !== 'Stream') continue;
    const key = placeOf(manifest, manifest.spec.name);
    const old = before.get(key);
    if (old) after.set(key, manifest.spec.preventUpdate ? old : streamOnServer(streamToUpdate(old, manifest.spec), place));
  }
  return after;
}
