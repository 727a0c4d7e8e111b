import * as fc from 'fast-check';
import { applied, Change, changesOf, maybe, updateComparison } from './update-comparison';
import * as nack from '../../../imports/jetstream.nats.io';
import { consumerChanges } from '../../../src/change/consumer-changes';
import { consumerOnServer } from '../../../src/change/server-defaults';
import { consumerToCreate, consumerToUpdate } from '../../../src/jetstream/nack/consumer-requests';
import { StreamConfig, StreamRetention, StreamStorage } from '../../../src/jetstream/stream/stream-config';
import { someConsumer } from '../../jetstream/some-configs';
import { applyConsumer, consumerBody } from '../harness/jetstream-consumer-requests';
import { deleteStream } from '../harness/jetstream-requests';
import { streamBody } from '../harness/stream-body';
import { newStream } from '../streams/new-stream';

const NAME = 'worker';
const MESSAGES = 4;
const memory = { subjects: ['a.>'], storage: StreamStorage.MEMORY };

/** Streams of each kind that what is said tells apart. */
const streams: StreamConfig[] = [
  newStream({ ...memory, name: 'LIMITS' }),
  newStream({ ...memory, name: 'INTEREST', retention: StreamRetention.INTEREST }),
  newStream({ ...memory, name: 'QUEUE', retention: StreamRetention.WORK_QUEUE }),
  newStream({ ...memory, name: 'CAPPED', consumerLimits: { maxAckPending: 50, inactiveThreshold: 3_600_000 } }),
];

const common = {
  description: maybe('Works'),
  deliverPolicy: fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, fc.constantFrom(...Object.values(nack.ConsumerSpecDeliverPolicy))),
  optStartSeq: fc.constantFrom(1, 5),
  optStartTime: fc.constantFrom('2026-08-01T00:00:00Z', '2026-09-01T00:00:00Z'),
  ackWait: maybe('1s', '1m'),
  maxDeliver: maybe(-1, 1, 3),
  backoff: maybe(['1s'], ['1s', '2s']),
  filterSubjects: maybe(['a.x'], ['a.x', 'a.y'], ['a.*']),
  replayPolicy: maybe(...Object.values(nack.ConsumerSpecReplayPolicy)),
  sampleFreq: maybe('30', '100%'),
  headersOnly: maybe(true),
  pauseUntil: maybe('2126-01-01T00:00:00Z', '2127-01-01T00:00:00Z'),
  memStorage: maybe(true),
  replicas: maybe(1),
  metadata: maybe({ team: 'shop' }),
};
const pull = {
  ...common,
  deliverSubject: fc.option(fc.constant('to.me'), { nil: undefined, freq: 9 }),
  maxWaiting: maybe(10, 512),
  maxRequestBatch: maybe(10),
  maxRequestExpires: maybe('1s'),
  maxRequestMaxBytes: maybe(1000),
  priorityPolicy: maybe('pinned_client', 'overflow', 'prioritized'),
  priorityGroups: maybe(['a'], ['b']),
  pinnedTtl: maybe('1m'),
};
const push = {
  ...common,
  deliverGroup: maybe('group'),
  heartbeatInterval: maybe('1s', '5s'),
  rateLimitBps: maybe(1_000_000),
  maxWaiting: maybe(10),
};

/** Consumers of a stream, mostly of the kind that pulls and acknowledges explicitly, and what becomes of them. */
export function consumerChangeCases({ consumerLimits }: StreamConfig): fc.Arbitrary<Change<nack.ConsumerSpec>> {
  const policies = fc.oneof({ weight: 4, arbitrary: fc.constant('explicit') }, fc.constantFrom(...Object.values(nack.ConsumerSpecAckPolicy)));
  const limited = { maxAckPending: maybe(10, 100), inactiveThreshold: maybe('10m', '2h') };
  const [fields, always] = consumerLimits
    ? [{}, { ackPolicy: policies, maxAckPending: fc.constantFrom(10, 10, 100), inactiveThreshold: fc.constantFrom('10m', '10m', '2h') }]
    : [limited, { ackPolicy: policies }];
  const deliverSubject = fc.option(fc.constantFrom('to.me', 'to.others'), { nil: undefined, freq: 9 });
  return fc.oneof(
    { weight: 2, arbitrary: changesOf<nack.ConsumerSpec>({ ...pull, ...fields }, always, 5) },
    { weight: 1, arbitrary: changesOf<nack.ConsumerSpec>({ ...push, ...fields }, { ...always, deliverSubject, flowControl: maybe(true), heartbeatInterval: fc.constantFrom('1s', '1s', '5s') }, 5) },
  );
}

interface Case {
  readonly stream: StreamConfig;
  readonly change: Change<nack.ConsumerSpec>;
  /** What another consumer of the stream gets, if there is one. */
  readonly sibling?: string[];
}

const pushed = { ackPolicy: 'explicit', deliverSubject: 'to.me', heartbeatInterval: '1s' };
const sequence = { ackPolicy: 'explicit', deliverPolicy: 'byStartSequence' };
const time = { ackPolicy: 'explicit', deliverPolicy: 'byStartTime' };

/** What needs several fields, and chance rarely makes. */
const rare = [
  [pushed, { ...pushed, flowControl: true }],
  [pushed, { ...pushed, heartbeatInterval: '5s' }],
  [{ ...sequence, optStartSeq: 1 }, { ...sequence, optStartSeq: 5 }],
  [{ ...time, optStartTime: '2026-08-01T00:00:00Z' }, { ...time, optStartTime: '2026-09-01T00:00:00Z' }],
] as unknown as Change<nack.ConsumerSpec>[];

/** Changes of consumers, in streams of each kind. */
export const consumerUpdates = updateComparison<Case>({
  name: 'updates of consumers',
  cases: fc.constantFrom(...streams).chain((stream) => fc.record({
    stream: fc.constant(stream), change: consumerChangeCases(stream), sibling: maybe(['a.z'], ['a.x'], []),
  })),
  rare: rare.map((change) => ({ stream: streams[0], change })),
  update: async (api, { stream, change, sibling }, servers) => {
    const place = { ...servers, stream: () => stream, origin: stream };
    await api.must({ subject: `$JS.API.STREAM.CREATE.${stream.name}`, body: streamBody(stream) });
    try {
      const [old, now] = change.map((spec) => ({ ...spec, streamName: stream.name, durableName: NAME }));
      const siblings = sibling ? [someConsumer({ name: 'sibling', streamName: stream.name, filterSubjects: sibling, ...stream.consumerLimits })] : [];
      for (const one of siblings) await api.must(applyConsumer(one));
      const created = consumerToCreate(old);
      if (await api.ask(applyConsumer(created))) return undefined;
      await api.fill(stream.name, 'a.x', MESSAGES);
      const stored = await api.fill(stream.name, 'a.y', MESSAGES);
      const before = consumerOnServer(created, stream);
      const after = consumerToUpdate(before, now);
      const refusal = await api.ask(applyConsumer(after));
      const said = consumerChanges(resource(old), resource(now), siblings, place);
      const expected = consumerBody(applied(before, consumerOnServer(after, stream), said));
      return { said, refusal, lost: stored - await api.messagesIn(stream.name), expected, found: await api.configOf(stream.name, NAME) };
    } finally {
      await api.must(deleteStream(stream.name));
    }
  },
});

function resource(spec: nack.ConsumerSpec) {
  return { apiVersion: 'jetstream.nats.io/v1beta2', kind: 'Consumer', metadata: { name: NAME }, spec };
}
