import * as fc from 'fast-check';
import { Change, changesOf, maybe, updateComparison } from './update-comparison';
import * as nack from '../../../imports/jetstream.nats.io';
import { bucketChanges } from '../../../src/change/bucket-changes';
import { streamOfBucket } from '../../../src/change/known-streams';
import { streamOnServer } from '../../../src/change/server-defaults';
import { StreamConfig } from '../../../src/jetstream/stream/stream-config';
import { someStream } from '../../jetstream/some-configs';
import { ApiRequest } from '../harness/jetstream-api';
import { deleteStream } from '../harness/jetstream-requests';
import { streamBody } from '../harness/stream-body';

const MESSAGES = 12;
const origin = someStream({ name: 'KV_origin', subjects: ['$KV.origin.>'], allowDirect: true });

const common = {
  description: maybe('Kept'),
  ttl: maybe('0s', '100ms', '1m', '1h'),
  maxBytes: maybe(400, 100_000),
  replicas: maybe(1),
  compression: maybe(true),
  placement: maybe({ tags: ['ssd'] }),
};
const always = { storage: fc.constantFrom('file', 'memory') };

/** Key-value buckets, and what becomes of them. */
export const keyValueChangeCases = changesOf<nack.KeyValueSpec>({
  ...common,
  history: maybe(1, 5, 64),
  limitMarkerTtl: maybe(1e9, 5e9),
  maxValueSize: maybe(10, 1000),
  republish: maybe({ source: '$KV.bucket.>', destination: 'copies.>' }, { source: '>', destination: 'others.>' }, { source: '>', destination: '$KV.bucket.>' }),
  mirror: fc.option(fc.constantFrom({ name: 'origin' }, { name: 'KV_origin' }, { name: 'origin', filterSubject: '$KV.origin.a' }), { nil: undefined, freq: 2 }),
  sources: maybe<unknown>([{ name: 'origin' }], [{ name: 'KV_origin', subjectTransforms: [{ source: '$KV.origin.a', dest: '$KV.bucket.a' }] }]),
}, always, 5);

/** Object stores, and what becomes of them. */
export const objectStoreChangeCases = changesOf<nack.ObjectStoreSpec>({ ...common, metadata: maybe({ team: 'shop' }, { team: 'stock' }) }, always, 5);

interface Case {
  readonly kind: string;
  readonly change: Change<nack.KeyValueSpec | nack.ObjectStoreSpec>;
}

/** Changes of key-value buckets and object stores. */
export const bucketUpdates = updateComparison<Case>({
  name: 'updates of buckets',
  cases: fc.oneof(
    { weight: 3, arbitrary: fc.record({ kind: fc.constant('KeyValue'), change: keyValueChangeCases }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('ObjectStore'), change: objectStoreChangeCases }) },
  ),
  prepare: [{ subject: '$JS.API.STREAM.CREATE.KV_origin', body: streamBody(origin) }],
  update: async (api, { kind, change }, servers) => {
    const place = { ...servers, stream: (name: string) => name === origin.name ? origin : undefined };
    const [old, now] = change.map((spec) => ({ apiVersion: 'jetstream.nats.io/v1beta2', kind, metadata: { name: 'bucket' }, spec: { ...spec, bucket: 'bucket' } }));
    const [before, after] = [old, now].map(streamOfBucket);
    if (await api.ask(request('CREATE', before))) return undefined;
    try {
      const stored = before.mirror ? 0 : await api.fill(before.name, before.subjects[0].replace('>', 'a'), MESSAGES);
      const refusal = await api.ask(request('UPDATE', after));
      const lost = stored - await api.messagesIn(before.name);
      const said = bucketChanges(old, now, place);
      return { said, refusal, lost, expected: streamBody(streamOnServer(after, place)), found: await api.configOf(before.name) };
    } finally {
      await api.must(deleteStream(before.name));
    }
  },
});

/** As NACK's client asks, which is not pedantic. */
function request(verb: string, config: StreamConfig): ApiRequest {
  return { subject: `$JS.API.STREAM.${verb}.${config.name}`, body: streamBody(config) };
}
