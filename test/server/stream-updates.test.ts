import { connect, NatsConnection } from '@nats-io/transport-node';
import * as fc from 'fast-check';
import { NatsProcess } from './harness/nats-process';
import { streamBody } from './harness/stream-body';
import * as nack from '../../imports/jetstream.nats.io';
import { ChangeEffect } from '../../src';
import { configChanges, onServer } from '../../src/change/stream-changes';
import { streamToCreate, streamToUpdate } from '../../src/jetstream/nack/stream-requests';
import { StreamConfig } from '../../src/jetstream/stream/stream-config';

const CASES = 1500;
/** The same cases in each run, so that a change of the code alone makes this fail. */
const SEED = 20261126;
const MESSAGES = 12;

let server: NatsProcess;
let client: NatsConnection;

beforeAll(async () => {
  server = await NatsProcess.start({ version: '2.15.2', config: 'listen: "127.0.0.1:-1"\nserver_name: a\njetstream { store_dir: "store" }\n' });
  client = await connect({ servers: server.clientUrl });
  await api('STREAM.CREATE.origin', { name: 'origin', subjects: ['origin.>'] });
}, 60_000);
afterAll(async () => {
  await client?.close();
  await server?.stop();
});

async function api(subject: string, body: object = {}): Promise<{ error?: { description: string }; state?: { messages: number } }> {
  return (await client.request(`$JS.API.${subject}`, JSON.stringify(body), { timeout: 10_000 })).json();
}

const maybe = <T>(...values: T[]) => fc.constantFrom<T | undefined>(undefined, ...values);
/** Fields of a resource, few values each, so that two of them often differ in one and agree in the others. */
const fields = {
  subjects: maybe(['a.>'], ['a.*'], ['a.*', 'b.>']),
  retention: maybe(...Object.values(nack.StreamSpecRetention)),
  storage: fc.constantFrom(nack.StreamSpecStorage.FILE, nack.StreamSpecStorage.MEMORY),
  discard: maybe(...Object.values(nack.StreamSpecDiscard)),
  discardPerSubject: maybe(true),
  maxMsgs: maybe(5, 100),
  maxMsgsPerSubject: maybe(1, 10),
  maxBytes: maybe(400, 100_000),
  maxMsgSize: maybe(1000),
  maxConsumers: maybe(2),
  maxAge: maybe('0s', '100ms', '1h'),
  duplicateWindow: maybe('100ms', '1m'),
  noAck: maybe(true),
  denyDelete: maybe(true),
  denyPurge: maybe(true),
  allowRollup: maybe(true),
  allowDirect: maybe(true),
  allowMsgTtl: maybe(true),
  subjectDeleteMarkerTtl: maybe('1s'),
  allowMsgCounter: maybe(true),
  allowAtomicPublish: maybe(true),
  allowMsgSchedules: maybe(true),
  persistMode: maybe('async', 'default'),
  compression: maybe(nack.StreamSpecCompression.S2, nack.StreamSpecCompression.NONE),
  sources: maybe([{ name: 'origin' }], [{ name: 'origin', filterSubject: 'origin.a' }]),
  mirror: fc.option(fc.constantFrom({ name: 'origin' }, { name: 'origin', filterSubject: 'origin.a' }), { nil: undefined, freq: 10 }),
  subjectTransform: maybe({ source: 'a.>', dest: 'c.>' }),
  republish: maybe({ source: '>', destination: 'copies.>' }),
  consumerLimits: maybe({ maxAckPending: 10 }),
  metadata: maybe({ team: 'shop' }),
};

/** A resource, and the same with some fields changed: most fields are left out, because else the server refuses nearly all. */
const cases = fc.record({
  before: fc.record(fields, { requiredKeys: ['storage'] }),
  after: fc.record(fields, { requiredKeys: [] }),
  said: fc.subarray(Object.keys(fields), { maxLength: 8 }),
  changed: fc.subarray(Object.keys(fields), { minLength: 1, maxLength: 3 }),
}).map(({ before, after, said, changed }) => {
  const pick = (from: object, keys: string[]) => Object.fromEntries(Object.entries(from).filter(([key]) => keys.includes(key)));
  const old: nack.StreamSpec = { ...pick(before, ['subjects', ...said]), storage: before.storage, name: 'stream' };
  const kept = Object.keys(old).filter((key) => key === 'storage' || !changed.includes(key));
  return [old, { ...pick(old, kept), ...pick(after, changed) } as nack.StreamSpec] as const;
});

/** What we say of an update, and what the server does. */
async function compare(old: nack.StreamSpec, now: nack.StreamSpec): Promise<'skipped' | 'accepted' | 'refused'> {
  const before = onServer(streamToCreate(old));
  if ((await api('STREAM.CREATE.stream', { ...streamBody(before), pedantic: true })).error) return 'skipped';
  try {
    const stored = await publish(before);
    const after = streamToUpdate(before, now);
    const { error } = await api('STREAM.UPDATE.stream', { ...streamBody(after), pedantic: true });
    const changes = configChanges(before, onServer(after), onServer(streamToCreate(now)));
    const refusals = changes.filter(({ effect }) => effect === ChangeEffect.REFUSED);
    const why = error?.description ?? refusals;
    expect({ refused: refusals.length > 0, why }).toEqual({ refused: error !== undefined, why: error?.description ?? [] });
    if (error) return 'refused';
    const left = (await api('STREAM.INFO.stream')).state!.messages;
    if (left < stored) expect(changes.map(({ effect }) => effect)).toContain(ChangeEffect.LOSS);
    return 'accepted';
  } finally {
    await api('STREAM.DELETE.stream');
  }
}

/** Fills a stream, and says how many messages it holds then. */
async function publish({ subjects, allowMsgCounter }: StreamConfig): Promise<number> {
  if (subjects.length === 0 || allowMsgCounter) return 0;
  const subject = subjects.includes('a.>') || subjects.includes('a.*') ? 'a.x' : subjects[0];
  for (let index = 0; index < MESSAGES; index++) client.publish(subject, 'x'.repeat(20));
  await client.flush();
  return (await api('STREAM.INFO.stream')).state!.messages;
}

test('what the server refuses, and what loses messages, is said of each change of a stream', async () => {
  const counts = { skipped: 0, accepted: 0, refused: 0 };
  await fc.assert(fc.asyncProperty(cases, async ([old, now]) => { counts[await compare(old, now)] += 1; }), { numRuns: CASES, seed: SEED });
  console.info(`updates of streams: ${counts.accepted} accepted, ${counts.refused} refused, ${counts.skipped} skipped`);
  expect(counts.accepted).toBeGreaterThan(CASES / 10);
  expect(counts.refused).toBeGreaterThan(CASES / 10);
}, 240_000);
