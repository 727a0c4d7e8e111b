import * as fc from 'fast-check';
import { Overheard } from './harness/overheard';
import { ConsumerSpec, StreamSpec } from '../../imports/jetstream.nats.io';
import { streamOfBucket } from '../../src/change/known-streams';
import { consumerOnServer, streamOnServer } from '../../src/change/server-defaults';
import { renderKeyValue, renderObjectStore } from '../../src/jetstream/bucket/render-bucket';
import { ConsumerConfig } from '../../src/jetstream/consumer/consumer-config';
import { renderConsumer } from '../../src/jetstream/consumer/render-consumer';
import { consumerToCreate, consumerToUpdate } from '../../src/jetstream/nack/consumer-requests';
import { streamToCreate, streamToUpdate } from '../../src/jetstream/nack/stream-requests';
import { originsOf } from '../../src/jetstream/rules/stream/origins';
import { renderStream } from '../../src/jetstream/stream/render-stream';
import { StreamConfig, StreamStorage } from '../../src/jetstream/stream/stream-config';
import { someConsumer, someStream } from '../jetstream/some-configs';
import { GeneratedBucket, generatedBucket } from '../server/buckets/generated-buckets';
import { edges, traps } from '../server/consumers/consumer-edges';
import { ApiRequest } from '../server/harness/jetstream-api';
import { applyConsumer } from '../server/harness/jetstream-consumer-requests';
import { createStream } from '../server/harness/jetstream-requests';
import { plain } from '../server/harness/plain';
import { streamBody } from '../server/harness/stream-body';
import { generatedStream } from '../server/streams/generated-streams';
import { keyValueChangeCases, objectStoreChangeCases } from '../server/updates/bucket-updates';
import { consumerChangeCases } from '../server/updates/consumer-updates';
import { streamChangeCases } from '../server/updates/stream-updates';
import { Manifest } from '../support';

jest.setTimeout(300_000);

/** The same cases in each run. */
const SEED = 7;

const origins: StreamConfig[] = [
  someStream({ storage: StreamStorage.MEMORY, allowDirect: true }),
  someStream({ storage: StreamStorage.MEMORY, allowDirect: true, name: 'origin', subjects: ['origin.>'] }),
  someStream({ storage: StreamStorage.MEMORY, allowDirect: true, name: 'KV_origin', subjects: ['$KV.origin.>'] }),
];
const [orders] = origins;

let overheard: Overheard;
beforeAll(async () => {
  overheard = await Overheard.start();
  for (const stream of origins) await overheard.api.must({ subject: `$JS.API.STREAM.CREATE.${stream.name}`, body: streamBody(stream) });
});
afterAll(() => overheard.close());

/** A resource, what NACK should ask the server for because of it, and what it calls it there. */
interface Expectation {
  readonly name: string;
  readonly resource: Manifest;
  readonly request: ApiRequest;
}

/** Applies resources, compares what NACK asks for with what we take it to ask for, and gives those that then are ready. */
async function asExpected(expectations: Expectation[]): Promise<Expectation[]> {
  const outcomes = await overheard.outcomesOf(new Map(expectations.map(({ name, resource }) => [name, resource])));
  const sent = expectations.filter(({ name }) => outcomes.get(name)?.request);
  expect(sent.map(({ name }) => plain(outcomes.get(name)!.request!))).toEqual(sent.map(({ request }) => plain(request)));
  expect(sent.length).toBeGreaterThan(expectations.length / 2);
  return sent.filter(({ name }) => outcomes.get(name)!.ready);
}

function resourceOf(kind: string, name: string, spec: object): Manifest {
  return JSON.parse(JSON.stringify({ apiVersion: 'jetstream.nats.io/v1beta2', kind, metadata: { name: name.toLowerCase().replace('_', '-'), namespace: 'messaging' }, spec }));
}

/** Whether NACK gets as far as asking: it loses empty texts, also where Kubernetes requires one, and then cannot write the resource any more. */
function isHeard(config: StreamConfig): boolean {
  return originsOf(config).every(({ origin: { consumer } }) => !consumer || (consumer.name !== '' && consumer.deliverSubject !== ''));
}

/** As NACK asks for a stream, or its client for that of a bucket. */
function streamRequest(verb: 'CREATE' | 'UPDATE', config: StreamConfig, pedantic: boolean): ApiRequest {
  return { subject: `$JS.API.STREAM.${verb}.${config.name}`, body: { ...streamBody(config), pedantic } };
}

function sample<T>(cases: fc.Arbitrary<T>, numRuns: number): T[] {
  return fc.sample(cases, { numRuns, seed: SEED });
}

describe('what is taken for NACK\'s request is what NACK sends', () => {
  test('for new streams', async () => {
    const specs = sample(generatedStream.filter(isHeard), 200).map((config, index) => renderStream({ ...config, name: `s${index}` }));
    await asExpected(specs.map((spec) => ofStream(spec, createStream(spec))));
  });

  test('for streams that change', async () => {
    const changes = sample(streamChangeCases, 120).map((change, index) => change.map((spec) => (
      { ...spec, name: `t${index}`, subjects: spec.subjects?.map((subject) => `t${index}.${subject}`) }
    )));
    const made = await asExpected(changes.map(([old]) => ofStream(old, streamRequest('CREATE', streamToCreate(old), true))));
    const makable = changes.filter(([{ name }]) => made.some((one) => one.name === name));
    await asExpected(makable.map(([old, now]) => ofStream(now, streamRequest('UPDATE', streamToUpdate(streamOnServer(streamToCreate(old)), now), true))));
  });

  test('for new consumers', async () => {
    const changes: Partial<ConsumerConfig>[] = [
      ...Object.entries(edges).filter(([prop]) => prop !== 'name' && prop !== 'streamName').flatMap(([prop, values]) => values.map((value) => ({ [prop]: value }))),
      ...traps,
    ];
    // NACK puts the filter into the subject of the request, where this one cannot stand.
    const configs = changes.filter(({ filterSubjects: [filter] = [] }) => filter !== '>.a').map((change, index) => someConsumer({ ...change, name: `c${index}` }));
    await asExpected(configs.map(renderConsumer).map((spec) => ofConsumer(spec, consumerToCreate(spec))));
  });

  test('for consumers that change', async () => {
    const changes = sample(consumerChangeCases(orders), 120)
      .map((change, index) => change.map((spec) => ({ ...spec, streamName: orders.name, durableName: `d${index}` })));
    const made = await asExpected(changes.map(([old]) => ofConsumer(old, consumerToCreate(old))));
    const makable = changes.filter(([{ durableName }]) => made.some(({ name }) => name === durableName));
    await asExpected(makable.map(([old, now]) => ofConsumer(now, consumerToUpdate(consumerOnServer(consumerToCreate(old), orders), now))));
  });

  test('for new buckets', async () => {
    await asExpected(sample(generatedBucket.filter(hasLimits), 150).map(({ keyValue, objectStore }, index) => keyValue
      ? ofBucket('CREATE', 'KeyValue', { ...renderKeyValue(keyValue), bucket: `k${index}` })
      : ofBucket('CREATE', 'ObjectStore', { ...renderObjectStore(objectStore!), bucket: `o${index}` })));
  });

  test.each([['KeyValue', keyValueChangeCases], ['ObjectStore', objectStoreChangeCases]] as const)('for buckets that change: %s', async (kind, cases) => {
    const changes = sample(cases as fc.Arbitrary<readonly object[]>, 60).map((change, index) => change.map((spec) => ({ ...spec, bucket: `changed${index}` })));
    const made = await asExpected(changes.map(([old]) => ofBucket('CREATE', kind, old)));
    const makable = changes.filter(([old]) => made.some(({ name }) => name === ofBucket('CREATE', kind, old).name));
    await asExpected(makable.map(([, now]) => ofBucket('UPDATE', kind, now)));
  });
});

function ofStream(spec: StreamSpec, request: ApiRequest): Expectation {
  return { name: spec.name!, resource: resourceOf('Stream', spec.name!, spec), request };
}

function ofConsumer(spec: ConsumerSpec, config: ConsumerConfig): Expectation {
  return { name: spec.durableName!, resource: resourceOf('Consumer', spec.durableName!, spec), request: applyConsumer(config) };
}

/** Negative limits are sent as they are, and mean none. */
function hasLimits({ keyValue, objectStore }: GeneratedBucket): boolean {
  return Math.min(keyValue?.maxBytes ?? 0, keyValue?.maxValueSize ?? 0, objectStore?.maxBytes ?? 0) >= -1;
}

function ofBucket(verb: 'CREATE' | 'UPDATE', kind: string, spec: { bucket: string }): Expectation {
  const resource = resourceOf(kind, spec.bucket, spec);
  const config = streamOfBucket(resource as never);
  return { name: config.name, resource, request: streamRequest(verb, config, false) };
}
