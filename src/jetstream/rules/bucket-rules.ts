import { AssetRule, assetRule, serverRule } from './asset-rule';
import { JetStreamPlace } from './place';
import { originsOf } from './stream/origins';
import { StreamRule } from './stream/stream-rule';
import { originStreamRules, ownStreamRules } from './stream-rules';
import { duration } from './words';
import { defineRule, RuleLevel } from '../../core/rule';
import { BucketConfig, KeyValueConfig, ObjectStoreConfig } from '../bucket/bucket-config';
import { keyValueBucketName, keyValueStream, keyValueStreamName, objectStoreStreamName } from '../bucket/bucket-stream';
import { inBucketWords } from '../bucket/bucket-words';
import { StreamStorage } from '../stream/stream-config';

const MAX_STREAM_NAME = 255;
const MAX_HISTORY = 64;

const BUCKET_NAME = defineRule({
  id: 'BUCKET-NAME',
  level: RuleLevel.ERROR,
  statement: 'The name of a bucket has letters, digits, - and _, and fits with its prefix into the name of a stream.',
  source: 'nats.go, the client of NACK: "invalid bucket name", "invalid object-store name"',
});

/** The name of the stream has a prefix, and of one in files not all 255 bytes can be used. */
function nameRule(streamName: (bucket: string) => string): AssetRule<BucketConfig, JetStreamPlace> {
  return {
    rule: BUCKET_NAME,
    find: ({ bucket, storage }) => {
      const longest = MAX_STREAM_NAME - streamName('').length - (storage === StreamStorage.FILE ? 1 : 0);
      if (/^[\w-]+$/.test(bucket) && bucket.length <= longest) return [];
      return [{
        what: `the name of the bucket ${bucket.length > longest ? `has ${bucket.length} characters` : `is '${bucket}'`}`,
        allowed: `up to ${longest} letters, digits, - and _`,
      }];
    },
  };
}

const ttl = serverRule<BucketConfig, JetStreamPlace>('BUCKET-TTL', 'What is in a bucket lives for ever, or at least 100 ms.', 'max age needs to be >= 100ms',
  (config) => config.ttl > 0 && config.ttl < 100 && { what: `ttl is ${duration(config.ttl)}`, allowed: 'at least 100 ms, or zero for ever' });

/** What of the rules of streams is not for buckets, whose form the client of NACK decides. */
const decidedByClient = ['STREAM-ROLLUP-DELETE', 'STREAM-DISCARD-NEW-UNLIMITED'];

/** A rule of streams, which speaks of a bucket. */
function ofBucket({ rule, find }: StreamRule): StreamRule {
  return {
    rule,
    find: (config, place) => find(config, place).map(({ what, allowed, fix }) => {
      const names = [config.name, ...originsOf(config).map(({ origin }) => origin.name)];
      const words = (text: string | undefined) => text && inBucketWords(text, names);
      return { what: inBucketWords(what, names), allowed: words(allowed), fix: words(fix) };
    }),
  };
}

/** What the stream of a bucket must keep by itself. */
export const bucketStreamRules: StreamRule[] = ownStreamRules.filter(({ rule }) => !decidedByClient.includes(rule.id)).map(ofBucket);

/** What the stream of a bucket must keep because of those from which it copies. */
export const bucketOriginRules: StreamRule[] = originStreamRules.map(ofBucket);

/** What an object store must keep, besides what its stream must. */
export const objectStoreRules: AssetRule<ObjectStoreConfig, JetStreamPlace>[] = [nameRule(objectStoreStreamName), ttl];

/** What a key-value bucket must keep, besides what its stream must. */
export const keyValueRules: AssetRule<KeyValueConfig, JetStreamPlace>[] = [
  nameRule(keyValueStreamName),
  ttl,
  assetRule({
    id: 'BUCKET-HISTORY',
    level: RuleLevel.ERROR,
    statement: 'A key-value bucket keeps 1 to 64 values of each key.',
    source: 'nats.go, the client of NACK: "history limited to a max of 64"; NACK counts to 255, and begins again',
  }, ({ history }) => !(Number.isInteger(history) && history >= 1 && history <= MAX_HISTORY) && { what: `history is ${history}`, allowed: `a whole number from 1 to ${MAX_HISTORY}` }),
  serverRule('BUCKET-LIMIT-MARKER', 'A marker of a removed key stays at least a second, and a mirror has none.',
    'subject delete marker TTL must be at least 1 second", "subject delete markers forbidden on mirrors', ({ limitMarkerTtl, mirror }) => [
      ...limitMarkerTtl !== undefined && limitMarkerTtl < 1000 ? [{ what: `limitMarkerTtl is ${duration(limitMarkerTtl)}`, allowed: 'at least 1 s' }] : [],
      ...limitMarkerTtl !== undefined && mirror ? [{ what: 'limitMarkerTtl is given for a mirror', allowed: 'a bucket that is no mirror', fix: 'leave it out: the markers of the origin come by themselves' }] : [],
    ]),
  assetRule({
    id: 'BUCKET-MIRROR-SOURCES',
    level: RuleLevel.ERROR,
    statement: 'A bucket is a mirror, or it has sources.',
    source: 'nats.go, the client of NACK, forgets the sources of a mirror (measured)',
  }, ({ mirror, sources }) => mirror && sources.length > 0 && { what: 'both mirror and sources are given', allowed: 'one of them', fix: 'leave one out' }),
  serverRule('BUCKET-DUPLICATE-WINDOW', 'A key-value bucket whose values live longer than the servers remember messages needs servers that remember them for two minutes.',
    'duplicates window can not be larger then server limit of 30s', (config, { limits }) => {
      const { duplicateWindow = 0 } = keyValueStream(config);
      return !!limits?.duplicateWindow && duplicateWindow > limits.duplicateWindow && {
        what: `the client of NACK asks for a duplicate window of ${duration(duplicateWindow)}, longer than the limit of the servers`,
        allowed: `ttl up to ${duration(limits.duplicateWindow)}`,
        fix: 'give ttl, or raise jetStream.limits.duplicateWindow of the cluster',
      };
    }),
  serverRule('BUCKET-SOURCE-FILTER', 'What is copied from a source of a bucket is said by transforms of subjects, because the client adds one.',
    'source with multiple subject transforms cannot also have a single subject filter', (config) => keyValueStream(config).sources.filter(({ filterSubject, subjectTransforms }) => filterSubject && subjectTransforms.length > 0).map((source) => ({
      what: `the source '${keyValueBucketName(source.name)}' has filterSubject '${source.filterSubject}'`,
      allowed: 'subjectTransforms',
      fix: `give subjectTransforms: [{ source: '${source.filterSubject}', destination: ... }]`,
    }))),
];
