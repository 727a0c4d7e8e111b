import * as fc from 'fast-check';
import { GeneratedBucket, generatedBucket, someKeyValue, someObjectStore } from './generated-buckets';
import { KeyValueConfig } from '../../../src/jetstream/bucket/bucket-config';
import { keyValueStream, objectStoreStream } from '../../../src/jetstream/bucket/bucket-stream';
import { renderKeyValue, renderObjectStore } from '../../../src/jetstream/bucket/render-bucket';
import { keyValueToApply, objectStoreToApply } from '../../../src/jetstream/nack/bucket-requests';
import { findingsOf, jointFindingsOf } from '../../../src/jetstream/rules/asset-rule';
import { bucketOriginRules, bucketStreamRules, keyValueRules, objectStoreRules } from '../../../src/jetstream/rules/bucket-rules';
import { jointStreamRules } from '../../../src/jetstream/rules/stream/joint';
import { StreamConfig, StreamOriginConfig } from '../../../src/jetstream/stream/stream-config';
import { assertEach, Comparison, ComparisonCounts, ComparisonOptions } from '../harness/comparison';
import { startWorlds, World } from '../streams/worlds';

const overlaps = jointStreamRules.filter(({ rule }) => rule.id === 'STREAMS-SUBJECT-OVERLAP');

function origin(name: string, more: Partial<StreamOriginConfig> = {}): StreamOriginConfig {
  return { name: `KV_${name}`, subjectTransforms: [], ...more };
}

/** What lies at the edges of the rules of buckets. */
const edges: { readonly [rule: string]: Partial<KeyValueConfig>[] } = {
  'BUCKET-TTL': [{ ttl: 0 }, { ttl: 1 }, { ttl: 99 }, { ttl: 100 }],
  'BUCKET-LIMIT-MARKER': [{ limitMarkerTtl: 1 }, { limitMarkerTtl: 999 }, { limitMarkerTtl: 1000 }, { limitMarkerTtl: 1000, mirror: origin('others') }, { mirror: origin('others') }],
  'BUCKET-SOURCE-FILTER': [
    { sources: [origin('others')] }, { sources: [origin('others', { filterSubject: '$KV.others.a' })] }, { sources: [origin('others'), origin('third')] },
    { sources: [origin('NEW', { filterSubject: '$KV.NEW.a', externalApiPrefix: '$JS.hub.API' })] },
  ],
  'BUCKET-DUPLICATE-WINDOW': [{ ttl: 30_000 }, { ttl: 30_001 }, {}],
};

const rare: [string, GeneratedBucket][] = [
  ...Object.values(edges).flat().flatMap((said) => ['open', 'limited-server'].map((world): [string, GeneratedBucket] => [world, {
    keyValue: someKeyValue({ ...said, ...world === 'limited-server' ? { storage: 'file' as KeyValueConfig['storage'] } : {} }),
  }])),
  ...[0, 99, 100].map((ttl): [string, GeneratedBucket] => ['open', { objectStore: someObjectStore({ ttl }) }]),
];

/** Buckets, asked of servers of each version, alone and in clusters, with and without limits. */
export const bucketComparison: Comparison = {
  name: 'buckets',
  run: async (options: ComparisonOptions) => {
    const worlds = await startWorlds();
    const counts = new ComparisonCounts();
    const names = [...new Set(worlds.map(({ name }) => name))];
    const somewhere = fc.oneof({ weight: 2 * names.length, arbitrary: fc.constant<string>('open') }, fc.constantFrom<string>(...names));
    const property = fc.asyncProperty(somewhere, generatedBucket, async (name, bucket) => {
      const answers = await Promise.all(worlds.filter((world) => world.name === name).map((world) => agreed(bucket, world)));
      for (const rules of answers) counts.add(rules);
    });
    try {
      await assertEach(property, options, rare);
      return counts;
    } finally {
      await Promise.all(worlds.map((world) => world.stop()));
    }
  },
};

/** Asks the rules and the server, and gives the rules that find something; a disagreement is an error. */
async function agreed({ keyValue, objectStore }: GeneratedBucket, world: World): Promise<string[]> {
  const place = { ...world.place, pedantic: false };
  const own = keyValue ? findingsOf(keyValueRules, keyValue, place) : findingsOf(objectStoreRules, objectStore!, place);
  const besides = ofStream(keyValue ? keyValueStream(keyValue) : objectStoreStream(objectStore!), world);
  const found = [...new Set([...own, ...besides].filter(({ rule }) => rule.serverVerdict).map(({ rule }) => rule.id))];
  const asked = keyValue
    ? keyValueStream(keyValueToApply(renderKeyValue(keyValue)))
    : objectStoreStream(objectStoreToApply(renderObjectStore(objectStore!)));
  const refusal = await world.createBucket(asked);
  if ((refusal !== undefined) !== (found.length > 0)) {
    throw new Error(`nats-server ${world.version}, ${world.name}: ${refusal ?? 'accepted'}; the rules: ${found.join(', ') || 'accepted'}; ${JSON.stringify(asked)}`);
  }
  return found;
}

/** What the rules of streams find in the stream of a bucket. */
function ofStream(stream: StreamConfig, { place, present }: World) {
  const besides = jointFindingsOf(overlaps, [...present, stream], place).filter(({ config }) => config === stream);
  return [...findingsOf([...bucketStreamRules, ...bucketOriginRules], stream, { ...place, pedantic: false }), ...besides];
}
