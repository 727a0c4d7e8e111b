import { JetStreamApi } from './harness/jetstream-api';
import { NatsProcess } from './harness/nats-process';
import { streamBody } from './harness/stream-body';
import { KeyValueConfig } from '../../src/jetstream/bucket/bucket-config';
import { keyValueStream, objectStoreStream } from '../../src/jetstream/bucket/bucket-stream';
import { keyValueToApply, objectStoreToApply } from '../../src/jetstream/nack/bucket-requests';
import { findingsOf } from '../../src/jetstream/rules/asset-rule';
import { keyValueRules, objectStoreRules } from '../../src/jetstream/rules/bucket-rules';
import { JetStreamPlace } from '../../src/jetstream/rules/place';
import { StreamConfig, StreamOriginConfig } from '../../src/jetstream/stream/stream-config';
import { NEWEST_VERSION } from '../../src/nats/nats-version';

const place: JetStreamPlace = { version: NEWEST_VERSION, pedantic: false, stream: () => undefined };
const bucket = keyValueToApply({ bucket: 'sessions' });
const origin = (more: Partial<StreamOriginConfig>): StreamOriginConfig => ({ name: 'KV_others', subjectTransforms: [], ...more });

/** By rule: what both are asked. */
const cases: { readonly [rule: string]: Partial<KeyValueConfig>[] } = {
  'BUCKET-TTL': [{ ttl: 0 }, { ttl: 1 }, { ttl: 99 }, { ttl: 100 }, { ttl: 3_600_000 }],
  'BUCKET-LIMIT-MARKER': [{ limitMarkerTtl: 1 }, { limitMarkerTtl: 999 }, { limitMarkerTtl: 1000 }, { limitMarkerTtl: 1000, mirror: origin({}) }, { mirror: origin({}) }],
  'BUCKET-SOURCE-FILTER': [{ sources: [origin({})] }, { sources: [origin({ filterSubject: '$KV.others.a' })] }, { sources: [origin({}), origin({ name: 'KV_third' })] }],
};

let server: NatsProcess;
let api: JetStreamApi;
beforeAll(async () => {
  server = await NatsProcess.start({ version: '2.15.2', config: 'listen: "127.0.0.1:-1"\nserver_name: a\njetstream { store_dir: "store" }\n' });
  api = await JetStreamApi.connect([server]);
}, 60_000);
afterAll(async () => {
  await api?.close();
  await server?.stop();
});

async function isRefused(stream: StreamConfig): Promise<boolean> {
  const error = await api.ask({ subject: `$JS.API.STREAM.CREATE.${stream.name}`, body: streamBody(stream) });
  if (!error) await api.must({ subject: `$JS.API.STREAM.DELETE.${stream.name}`, body: {} });
  return error !== undefined;
}

describe.each(Object.entries(cases))('%s', (id, ofRule) => {
  test.each(ofRule.map((one, index) => [JSON.stringify(one), one, index] as const))('%s', async (_, fields, index) => {
    const config = { ...bucket, ...fields, bucket: `sessions-${id.toLowerCase()}-${index}` };
    const found = findingsOf(keyValueRules.filter(({ rule }) => rule.serverVerdict), config, place);
    expect(await isRefused(keyValueStream(config))).toBe(found.length > 0);
  });
  test('is met', () => {
    const found = ofRule.flatMap((fields) => findingsOf(keyValueRules, { ...bucket, ...fields }, place)).map(({ rule }) => rule.id);
    expect(found).toContain(id);
  });
});

test.each([0, 50, 100])('an object store whose objects live for %d ms', async (ttl) => {
  const config = { ...objectStoreToApply({ bucket: `invoices-${ttl}` }), ttl };
  const found = findingsOf(objectStoreRules.filter(({ rule }) => rule.serverVerdict), config, place);
  expect(await isRefused(objectStoreStream(config))).toBe(found.length > 0);
});

test('each rule of buckets that states the server\'s verdict is compared with it', () => {
  const stated = [...keyValueRules, ...objectStoreRules].map(({ rule }) => rule).filter(({ serverVerdict }) => serverVerdict).map(({ id }) => id);
  expect([...new Set(stated)].sort()).toEqual(Object.keys(cases).sort());
});
