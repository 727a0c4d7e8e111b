import * as fc from 'fast-check';
import { BucketConfig, KeyValueConfig, ObjectStoreConfig } from '../../../src/jetstream/bucket/bucket-config';
import { keyValueStreamName } from '../../../src/jetstream/bucket/bucket-stream';
import { keyValueToApply, objectStoreToApply } from '../../../src/jetstream/nack/bucket-requests';
import { StreamOriginConfig, StreamStorage } from '../../../src/jetstream/stream/stream-config';
import { originParts, placements, sizes, times } from '../streams/generated-streams';
import { transform } from '../streams/generated-subjects';

/** A bucket of one kind. */
export interface GeneratedBucket {
  readonly keyValue?: KeyValueConfig;
  readonly objectStore?: ObjectStoreConfig;
}

type Parts<Config> = { weight: number; arbitrary: fc.Arbitrary<Partial<Config>> }[];

const bucket = fc.constantFrom('NEW', 'LOOP', 'TAKEN', 'PLAIN_', '7', 'x'.repeat(251), 'x'.repeat(252), 'x'.repeat(253));
const lifetimes = fc.oneof({ weight: 4, arbitrary: times }, fc.constantFrom(29_999, 30_000, 30_001));

const common: Parts<BucketConfig> = [
  { weight: 2, arbitrary: bucket.map((name) => ({ bucket: name })) },
  { weight: 1, arbitrary: fc.constantFrom(4095, 4096, 4097).map((length) => ({ description: 'd'.repeat(length) })) },
  { weight: 3, arbitrary: lifetimes.map((ttl) => ({ ttl })) },
  { weight: 3, arbitrary: sizes.map((maxBytes) => ({ maxBytes })) },
  { weight: 3, arbitrary: fc.tuple(fc.constantFrom(...Object.values(StreamStorage)), sizes).map(([storage, maxBytes]) => ({ storage, maxBytes })) },
  { weight: 2, arbitrary: fc.constantFrom(...Object.values(StreamStorage)).map((storage) => ({ storage })) },
  { weight: 2, arbitrary: fc.constantFrom(1, 1, 2, 3, 4, 5, 6, 7).map((replicas) => ({ replicas })) },
  { weight: 1, arbitrary: fc.constant({ compression: true }) },
  { weight: 1, arbitrary: placements.map((placement) => ({ placement })) },
];

const origin: fc.Arbitrary<StreamOriginConfig> = fc.tuple(fc.constantFrom('PLAIN', 'IMAGE', 'BACK', 'LOOP', 'NEW', 'ELSEWHERE', 'a.b', 'a/b', ''), originParts)
  .map(([name, more]) => ({ subjectTransforms: [], ...more, name: keyValueStreamName(name), consumer: undefined }));
const origins = fc.array(origin, { minLength: 1, maxLength: 3 });

const ofKeyValue: Parts<KeyValueConfig> = [
  ...common,
  { weight: 2, arbitrary: fc.constantFrom(1, 2, 63, 64).map((history) => ({ history })) },
  { weight: 3, arbitrary: times.filter((time) => time > 0).map((limitMarkerTtl) => ({ limitMarkerTtl })) },
  { weight: 2, arbitrary: fc.constantFrom(-2, -1, 0, 1, 999, 1000, 1001, 2 ** 31 - 1).map((maxValueSize) => ({ maxValueSize })) },
  { weight: 3, arbitrary: transform.map((republish) => ({ republish })) },
  { weight: 1, arbitrary: fc.constantFrom('$KV.NEW.>', '$KV.NEW.a', '$KV.>', '$KV.other.>', 'z.>').map((destination) => ({ republish: { source: '>', destination } })) },
  { weight: 3, arbitrary: origin.map((mirror) => ({ mirror })) },
  { weight: 1, arbitrary: fc.tuple(origin, times).map(([mirror, limitMarkerTtl]) => ({ mirror, limitMarkerTtl: limitMarkerTtl || undefined })) },
  { weight: 4, arbitrary: origins.map((sources) => ({ sources })) },
  { weight: 2, arbitrary: origins.map((sources) => ({ sources, bucket: 'LOOP' })) },
  { weight: 1, arbitrary: origin.map((one) => ({ sources: [one, one] })) },
];

const ofObjectStore: Parts<ObjectStoreConfig> = [
  ...common,
  { weight: 2, arbitrary: fc.constantFrom(131_055, 131_056, 131_057).map((length) => ({ metadata: { k: 'v'.repeat(length - 1) } })) },
];

/** Plain buckets with some of their parts at the edges of what the server takes; what NACK's client refuses itself is none of them. */
export const generatedBucket: fc.Arbitrary<GeneratedBucket> = fc.oneof(
  { weight: 3, arbitrary: some(ofKeyValue).map((said): GeneratedBucket => ({ keyValue: someKeyValue(said) })) },
  { weight: 1, arbitrary: some(ofObjectStore).map((said): GeneratedBucket => ({ objectStore: someObjectStore(said) })) },
);

function some<Config>(parts: Parts<Config>): fc.Arbitrary<Partial<Config>> {
  return fc.array(fc.oneof(...parts), { minLength: 1, maxLength: 3 }).map((chosen) => Object.assign({}, ...chosen));
}

/** A key-value bucket in memory with nothing special, but for what is said. */
export function someKeyValue(said: Partial<KeyValueConfig> = {}): KeyValueConfig {
  return deletable({ ...keyValueToApply({ bucket: 'NEW' }), storage: StreamStorage.MEMORY, ...said });
}

/** An object store in memory with nothing special, but for what is said. */
export function someObjectStore(said: Partial<ObjectStoreConfig> = {}): ObjectStoreConfig {
  return deletable({ ...objectStoreToApply({ bucket: 'NEW' }), storage: StreamStorage.MEMORY, ...said });
}

/** A stream in files whose name has 255 bytes cannot be deleted. */
function deletable<Config extends BucketConfig>(config: Config): Config {
  return config.bucket.length > 250 ? { ...config, storage: StreamStorage.MEMORY } : config;
}
