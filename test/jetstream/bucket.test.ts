import { Duration, Size } from 'cdk8s';
import { newScene, resourcesOf, specOf } from './support';
import {
  JetStreamStream, JetStreamStreamProps, KeyValueBucket, KeyValueBucketProps, KeyValueOrigin, ObjectStoreBucket, ObjectStoreBucketProps, Rules,
  StreamOrigin, StreamStorage,
} from '../../src';
import { keyValueStream, objectStoreStream } from '../../src/jetstream/bucket/bucket-stream';
import { renderKeyValue } from '../../src/jetstream/bucket/render-bucket';
import { resolveKeyValue } from '../../src/jetstream/bucket/resolve-bucket';

function keyValue(props: Partial<KeyValueBucketProps>) {
  const { chart, target } = newScene({ serverTags: ['ssd'] });
  return new KeyValueBucket(chart, 'carts', { target, ...props });
}

function objectStore(props: Partial<ObjectStoreBucketProps>) {
  const { chart, target } = newScene({ serverTags: ['ssd'] });
  return new ObjectStoreBucket(chart, 'photos', { target, ...props });
}

const common = {
  name: 'CARTS',
  resourceName: 'all-carts',
  description: 'Carts',
  ttl: Duration.days(30),
  maxBytes: Size.mebibytes(10),
  storage: StreamStorage.FILE,
  replicas: 1,
  compression: true,
  placement: { cluster: 'nats', tags: ['ssd'] },
  preventDelete: false,
  preventUpdate: true,
};
const commonFields = {
  bucket: 'CARTS', description: 'Carts', ttl: '720h', maxBytes: 10485760, storage: 'file', replicas: 1, compression: true, placement: { cluster: 'nats', tags: ['ssd'] },
};

describe('a key-value bucket', () => {
  test('has a careful operator\'s defaults, and they are written out', () => {
    expect(specOf(keyValue({}))).toEqual({ bucket: 'carts', history: 1, ttl: '0s', storage: 'file', replicas: 3, preventDelete: true, account: 'nats-orders' });
    const { chart, target } = newScene({ replicas: 1, jetStream: { memoryStore: { maxSize: Size.gibibytes(1) } } });
    expect(specOf(new KeyValueBucket(chart, 'carts', { target }))).toMatchObject({ storage: 'memory', replicas: 1 });
  });

  test('has a field for each prop', () => {
    const all: { [prop in Exclude<keyof Required<KeyValueBucketProps>, 'target' | 'mirror'>]: KeyValueBucketProps[prop] } = {
      ...common,
      history: 5,
      limitMarkerTtl: Duration.hours(1),
      maxValueSize: Size.kibibytes(64),
      republish: { source: '$KV.CARTS.>', destination: 'carts.>' },
      sources: [
        KeyValueOrigin.named('eu', { startSequence: 7, externalApiPrefix: '$JS.eu.API', externalDeliverPrefix: 'deliver.eu' }),
        KeyValueOrigin.named('us', { startTime: '2026-08-01T00:00:00Z', subjectTransforms: [{ source: '$KV.us.a', destination: '$KV.CARTS.us' }] }),
      ],
    };
    const bucket = keyValue(all);
    expect(bucket.apiObject.name).toBe('all-carts');
    expect(specOf(bucket)).toEqual({
      ...commonFields,
      history: 5,
      limitMarkerTtl: 3_600_000_000_000,
      maxValueSize: 65536,
      republish: { source: '$KV.CARTS.>', destination: 'carts.>' },
      sources: [
        { name: 'KV_eu', optStartSeq: 7, externalApiPrefix: '$JS.eu.API', externalDeliverPrefix: 'deliver.eu' },
        { name: 'KV_us', optStartTime: '2026-08-01T00:00:00Z', subjectTransforms: [{ source: '$KV.us.a', dest: '$KV.CARTS.us' }] },
      ],
      preventDelete: false,
      preventUpdate: true,
      account: 'nats-orders',
    });
  });

  test('is a mirror of another', () => {
    const { chart, target } = newScene();
    const carts = new KeyValueBucket(chart, 'carts', { target });
    const copy = new KeyValueBucket(chart, 'copy', { target, mirror: KeyValueOrigin.bucket(carts, { filterSubject: '$KV.carts.eu.>' }) });
    expect(specOf(copy).mirror).toEqual({ name: 'KV_carts', filterSubject: '$KV.carts.eu.>' });
    const known = KeyValueBucket.fromBucketName(chart, 'known', 'LEGACY', { target });
    expect([known.bucketName, known.streamName]).toEqual(['LEGACY', 'KV_LEGACY']);
    expect(specOf(new KeyValueBucket(chart, 'legacy-copy', { target, mirror: KeyValueOrigin.bucket(known) })).mirror).toEqual({ name: 'KV_LEGACY' });
  });

  test('of another account needs the way there', () => {
    const { chart, target } = newScene();
    expect(() => new KeyValueBucket(chart, 'copy', { target, mirror: KeyValueOrigin.bucket(keyValue({})) })).toThrow(
      '[test/copy] the bucket \'carts\' (test/carts) is in another account; allowed: one of the same account; '
      + 'fix: export its API to this account, and give the prefix by which that imports it as externalApiPrefix [STREAM-ORIGIN-ACCOUNT]',
    );
  });
});

describe('an object store', () => {
  test('has a careful operator\'s defaults, and they are written out', () => {
    expect(specOf(objectStore({}))).toEqual({ bucket: 'photos', ttl: '0s', storage: 'file', replicas: 3, preventDelete: true, account: 'nats-orders' });
  });

  test('has a field for each prop', () => {
    const all: { [prop in Exclude<keyof Required<ObjectStoreBucketProps>, 'target'>]: ObjectStoreBucketProps[prop] } = { ...common, metadata: { team: 'shop' } };
    expect(specOf(objectStore(all))).toEqual({ ...commonFields, metadata: { team: 'shop' }, preventDelete: false, preventUpdate: true, account: 'nats-orders' });
  });

  test('that exists already has the name of its stream', () => {
    const { chart, target } = newScene();
    expect(ObjectStoreBucket.fromBucketName(chart, 'known', 'photos', { target }).streamName).toBe('OBJ_photos');
  });
});

describe('the stream of a bucket', () => {
  test('is one of its account\'s', () => {
    const { chart, target } = newScene();
    const bucket = new KeyValueBucket(chart, 'carts', { target });
    new ObjectStoreBucket(chart, 'photos', { target, name: 'carts' });
    expect([...target._assets.streams].map(({ config: { name } }) => name)).toEqual(['KV_carts', 'OBJ_carts']);
    expect(() => new JetStreamStream(chart, 'again', { target, name: bucket.streamName, subjects: ['x'] })).toThrow(
      '[test/again] the stream \'KV_carts\' is described twice; the other is test/carts; allowed: one of each name in an account; fix: give one of them another name [JS-DUPLICATE]',
    );
    const names = resourcesOf(chart).map(({ kind, metadata: { name } }) => `${kind} ${name}`);
    expect(names).toEqual(expect.arrayContaining(['KeyValue carts', 'ObjectStore carts']));
  });

  test('has the form that the client gives it', () => {
    const props = { history: 5, ttl: Duration.minutes(1), maxValueSize: Size.kibibytes(1), limitMarkerTtl: Duration.seconds(2), compression: true };
    const keyed = keyValueStream(keyValue(props)._config);
    expect(keyed).toMatchObject({
      name: 'KV_carts',
      subjects: ['$KV.carts.>'],
      maxMsgsPerSubject: 5,
      maxAge: 60_000,
      duplicateWindow: 60_000,
      maxMsgSize: 1024,
      discard: 'new',
      allowRollup: true,
      denyDelete: true,
      allowDirect: true,
      mirrorDirect: false,
      allowMsgTtl: true,
      subjectDeleteMarkerTtl: 2000,
      compression: 's2',
      replicas: 3,
      storage: 'file',
      sources: [],
    });
    expect(keyValueStream(keyValue({})._config)).toMatchObject({ duplicateWindow: 120_000, allowMsgTtl: false, maxAge: 0, compression: 'none' });
    const stored = objectStoreStream(objectStore({ metadata: { team: 'shop' } })._config);
    expect(stored).toMatchObject({ name: 'OBJ_photos', subjects: ['$O.photos.C.>', '$O.photos.M.>'], discard: 'new', allowRollup: true, denyDelete: false, metadata: { team: 'shop' } });
    expect(stored.duplicateWindow).toBeUndefined();
  });

  test('copies from others as the client has it copy', () => {
    const transforms = [{ source: '$KV.d.x', destination: '$KV.carts.y' }];
    const { sources } = keyValueStream(keyValue({
      sources: [
        KeyValueOrigin.named('a'), KeyValueOrigin.named('carts', { externalApiPrefix: '$JS.eu.API' }), KeyValueOrigin.named('b', { externalApiPrefix: '$JS.eu.API' }),
        KeyValueOrigin.named('d', { subjectTransforms: transforms }),
      ],
    })._config);
    expect(sources).toEqual([
      { name: 'KV_a', subjectTransforms: [{ source: '$KV.a.>', destination: '$KV.carts.>' }] },
      { name: 'KV_carts', externalApiPrefix: '$JS.eu.API', subjectTransforms: [] },
      { name: 'KV_b', externalApiPrefix: '$JS.eu.API', subjectTransforms: [{ source: '$KV.b.>', destination: '$KV.carts.>' }] },
      { name: 'KV_d', subjectTransforms: transforms },
    ]);
    const mirror = keyValueStream(keyValue({ mirror: KeyValueOrigin.named('a') })._config);
    expect(mirror).toMatchObject({ subjects: [], mirror: { name: 'KV_a' }, mirrorDirect: true, sources: [] });
  });

  test('can be read by streams, and mirrored', () => {
    const { chart, target } = newScene();
    const bucket = new KeyValueBucket(chart, 'carts', { target });
    const copy: Partial<JetStreamStreamProps> = { mirror: StreamOrigin.named(bucket.streamName) };
    expect(specOf(new JetStreamStream(chart, 'copy', { target, ...copy })).mirrorDirect).toBe(true);
  });
});

describe('what the client or the server refuses', () => {
  test.each<[string, Partial<KeyValueBucketProps>, string]>([
    ['a name with a dot', { name: 'a.b' }, 'the name of the bucket is \'a.b\'; allowed: up to 251 letters, digits, - and _ [BUCKET-NAME]'],
    ['no name', { name: '' }, 'the name of the bucket is \'\'; allowed: up to 251 letters, digits, - and _ [BUCKET-NAME]'],
    ['a long name', { name: 'a'.repeat(252) }, 'the name of the bucket has 252 characters; allowed: up to 251 letters, digits, - and _ [BUCKET-NAME]'],
    ['no history', { history: 0 }, 'history is 0; allowed: a whole number from 1 to 64 [BUCKET-HISTORY]'],
    ['a long history', { history: 65 }, 'history is 65; allowed: a whole number from 1 to 64 [BUCKET-HISTORY]'],
    ['half a value', { history: 1.5 }, 'history is 1.5; allowed: a whole number from 1 to 64 [BUCKET-HISTORY]'],
    ['a short life', { ttl: Duration.millis(99) }, 'ttl is 99ms; allowed: at least 100 ms, or zero for ever [BUCKET-TTL]'],
    ['a short marker', { limitMarkerTtl: Duration.millis(999) }, 'limitMarkerTtl is 999ms; allowed: at least 1 s [BUCKET-LIMIT-MARKER]'],
    ['markers of a mirror', { limitMarkerTtl: Duration.seconds(1), mirror: KeyValueOrigin.named('a') },
      'limitMarkerTtl is given for a mirror; allowed: a bucket that is no mirror; fix: leave it out: the markers of the origin come by themselves [BUCKET-LIMIT-MARKER]'],
    ['a mirror with sources', { mirror: KeyValueOrigin.named('a'), sources: [KeyValueOrigin.named('b')] },
      'both mirror and sources are given; allowed: one of them; fix: leave one out [BUCKET-MIRROR-SOURCES]'],
    ['a source with a filter', { sources: [KeyValueOrigin.named('a', { filterSubject: '$KV.a.x' })] },
      'the source \'a\' has filterSubject \'$KV.a.x\'; allowed: subjectTransforms; fix: give subjectTransforms: [{ source: \'$KV.a.x\', destination: ... }] [BUCKET-SOURCE-FILTER]'],
    ['too many replicas', { replicas: 5 },
      'replicas is 5, but there are 3 servers; allowed: up to 3; fix: lower replicas, or give the cluster more servers [STREAM-REPLICAS-SERVERS]'],
    ['half a replica', { replicas: 1.5 }, 'replicas is 1.5; allowed: 1, 3 or 5 [STREAM-REPLICAS-WHOLE]'],
    ['memory that the servers do not have', { storage: StreamStorage.MEMORY }, 'storage is memory, but the servers have no memory store; allowed: file'],
    ['more than the servers have', { maxBytes: Size.tebibytes(1) }, 'maxBytes of 1 TiB is more than the file store of a server; allowed: up to 15 GiB'],
    ['values for which NACK has no number', { maxValueSize: Size.gibibytes(2) }, 'maxValueSize is 2147483648; allowed: a whole number from 1 to 2147483647 [STREAM-LIMIT]'],
    ['a life of a thousand years', { ttl: Duration.days(365_000) }, 'ttl is 8760000 hours; allowed: up to 2562047 hours [STREAM-DURATION]'],
    ['a loop', { republish: { destination: '$KV.carts.>' } },
      'republish.destination is \'$KV.carts.>\', which the bucket itself keeps by \'$KV.carts.>\'; allowed: a destination outside the bucket\'s subjects'],
    ['an origin that is no bucket', { mirror: KeyValueOrigin.named('a b') }, 'mirror.name is \'a b\'; allowed: the name of a bucket: no white space, nor . * > / \\ [STREAM-MIRROR-NAME]'],
    ['a source that stands there twice', { sources: [KeyValueOrigin.named('stream'), KeyValueOrigin.named('stream')] },
      'sources[1] repeats an earlier source of \'stream\'; allowed: sources of one bucket whose filters or transforms differ; fix: leave it out [STREAM-SOURCE-TWICE]'],
  ])('%s', (_, props, message) => {
    expect(() => keyValue(props)).toThrow(`[test/carts] ${message}`);
  });

  test('because of the servers and the account', () => {
    const jetStream = { fileStore: { size: Size.gibibytes(20) }, limits: { duplicateWindow: Duration.seconds(30) } };
    const { chart, target } = newScene({ jetStream }, { jetStream: { maxBytesRequired: true } });
    expect(() => new KeyValueBucket(chart, 'carts', { target, ttl: Duration.minutes(1) })).toThrow(
      '[test/carts] the client of NACK asks for a duplicate window of 1m, longer than the limit of the servers; allowed: ttl up to 30s; '
      + 'fix: give ttl, or raise jetStream.limits.duplicateWindow of the cluster [BUCKET-DUPLICATE-WINDOW]',
    );
    expect(() => new KeyValueBucket(chart, 'short', { target, ttl: Duration.seconds(30) })).toThrow(
      '[test/short] maxBytes is left out, but the account has jetStream.maxBytesRequired; allowed: a size; fix: give maxBytes [STREAM-ACCOUNT-BYTES-REQUIRED]',
    );
    expect(() => new ObjectStoreBucket(chart, 'photos', { target, maxBytes: Size.gibibytes(1) })).not.toThrow();
  });

  test('an even number of replicas is guarded', () => {
    const bucket = keyValue({ replicas: 2 });
    expect(() => specOf(bucket)).toThrow('replicas is 2: the bucket stops when 1 of them is away, as with 1');
    Rules.acknowledge(bucket, 'STREAM-REPLICAS-EVEN', 'a test');
    expect(specOf(bucket).replicas).toBe(2);
  });

  test('of an object store', () => {
    expect(() => objectStore({ name: 'a b' })).toThrow('the name of the bucket is \'a b\'; allowed: up to 250 letters, digits, - and _ [BUCKET-NAME]');
    expect(() => objectStore({ ttl: Duration.millis(1) })).toThrow('BUCKET-TTL');
  });

  test('in memory one more character fits', () => {
    const { chart, target } = newScene({ jetStream: { memoryStore: { maxSize: Size.gibibytes(1) } } });
    const config = resolveKeyValue(chart, { target, name: 'a'.repeat(252) }, target._assets);
    expect(renderKeyValue(config).storage).toBe('memory');
    expect(() => new KeyValueBucket(chart, 'fits', { target, name: 'a'.repeat(252) })).not.toThrow();
  });
});
