import * as fc from 'fast-check';
import { applied, Change, changesOf, maybe, updateComparison } from './update-comparison';
import * as nack from '../../../imports/jetstream.nats.io';
import { streamOnServer } from '../../../src/change/server-defaults';
import { streamChanges } from '../../../src/change/stream-changes';
import { ConsumerConfig } from '../../../src/jetstream/consumer/consumer-config';
import { streamToCreate, streamToUpdate } from '../../../src/jetstream/nack/stream-requests';
import { StreamConfig } from '../../../src/jetstream/stream/stream-config';
import { someConsumer, someStream } from '../../jetstream/some-configs';
import { ApiRequest, JetStreamApi } from '../harness/jetstream-api';
import { applyConsumer } from '../harness/jetstream-consumer-requests';
import { deleteStream } from '../harness/jetstream-requests';
import { streamBody } from '../harness/stream-body';

const NAME = 'stream';
const MESSAGES = 12;
const origin = someStream({ name: 'origin', subjects: ['origin.>'] });

const fields = {
  description: maybe('Kept'),
  firstSequence: maybe(1, 100),
  sealed: fc.option(fc.constant(true), { nil: undefined, freq: 5 }),
  mirrorDirect: maybe(true),
  allowBatched: maybe(true),
  placement: maybe({ tags: ['ssd'] }, { cluster: 'other' }),
  retention: maybe(...Object.values(nack.StreamSpecRetention)),
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
  consumerLimits: maybe({ maxAckPending: 10 }, { maxAckPending: 2000 }, { inactiveThreshold: '30m' }),
  metadata: maybe({ team: 'shop' }),
};
const always = { subjects: maybe(['a.>'], ['a.*'], ['a.*', 'b.>']), storage: fc.constantFrom(...Object.values(nack.StreamSpecStorage)) };

/** Consumers that are in the stream meanwhile: with the server's own limits, with little, and with much. */
const consumers = fc.constantFrom<Partial<ConsumerConfig>[]>(
  [], [], [], [{ name: 'plain' }], [{ name: 'low', maxAckPending: 5 }], [{ name: 'idle', inactiveThreshold: 3_600_000, maxAckPending: 10 }],
);

/** Streams, and what becomes of them. */
export const streamChangeCases = changesOf<nack.StreamSpec>(fields, always, 8);

interface Case {
  readonly change: Change<nack.StreamSpec>;
  readonly consumers: Partial<ConsumerConfig>[];
}

/** Changes of streams, with the consumers that they have. */
export const streamUpdates = updateComparison<Case>({
  name: 'updates of streams',
  cases: fc.record({ change: streamChangeCases, consumers }),
  prepare: [{ subject: '$JS.API.STREAM.CREATE.origin', body: streamBody(origin) }],
  update: async (api, one, servers) => {
    const [old, now] = one.change.map((spec) => ({ ...spec, name: NAME }));
    const place = { ...servers, stream: (name: string) => name === origin.name ? origin : undefined };
    const before = streamOnServer(streamToCreate(old), place);
    if (await api.ask(request('CREATE', before))) return undefined;
    try {
      const siblings = one.consumers.map((said) => someConsumer({ streamName: NAME, ...said }));
      for (const sibling of siblings) if (await api.ask(applyConsumer(sibling))) return undefined;
      const stored = await publishedTo(api, before);
      const after = streamToUpdate(before, now);
      const refusal = await api.ask(request('UPDATE', after));
      const said = streamChanges(resource(old), resource(now), siblings, place);
      const expected = streamBody(applied(before, streamOnServer(after, place), said));
      return { said, refusal, lost: stored - await api.messagesIn(NAME), expected, found: await api.configOf(NAME) };
    } finally {
      await api.must(deleteStream(NAME));
    }
  },
});

function request(verb: string, config: StreamConfig): ApiRequest {
  return { subject: `$JS.API.STREAM.${verb}.${NAME}`, body: { ...streamBody(config), pedantic: true } };
}

function resource(spec: nack.StreamSpec) {
  return { apiVersion: 'jetstream.nats.io/v1beta2', kind: 'Stream', metadata: { name: NAME }, spec };
}

/** Fills a stream, and says how many messages it holds then. */
async function publishedTo(api: JetStreamApi, { subjects, allowMsgCounter }: StreamConfig): Promise<number> {
  if (subjects.length === 0 || allowMsgCounter) return 0;
  return api.fill(NAME, subjects.some((subject) => subject.startsWith('a.')) ? 'a.x' : subjects[0], MESSAGES);
}
