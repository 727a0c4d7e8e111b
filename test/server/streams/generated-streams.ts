import * as fc from 'fast-check';
import { subject, transform } from './generated-subjects';
import { newStream } from './new-stream';
import {
  StreamCompression, StreamConfig, StreamDiscard, StreamOriginConfig, StreamPersistMode, StreamRetention, StreamStorage,
} from '../../../src/jetstream/stream/stream-config';

const MIB = 2 ** 20;

type Part = fc.Arbitrary<Partial<StreamConfig>>;

const names = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('NEW', 'LOOP', 'x', 'ü', '$JS', 'a:b', 'a\u000bb', 'x'.repeat(254), 'x'.repeat(255), 'ü'.repeat(127), '7') },
  { weight: 1, arbitrary: fc.constantFrom('', 'a.b', 'a b', 'a*', '>', 'a/b', 'a\\b', 'a\tb', '.', 'x'.repeat(256), 'ü'.repeat(128)) },
);
/** Times at the edges of what the server takes, in milliseconds. */
export const times = fc.constantFrom(
  0, 1, 99, 99.5, 100, 101, 999, 1000, 1001, 1500, 29_999, 30_000, 30_001, 119_999, 120_000, 120_001, 86_400_000, 31_536_000_000,
);
const windows = fc.option(times, { nil: undefined });
const limit = fc.constantFrom(-3, -2, -1, 0, 1, 2, 100);
/** Bytes at the edges of what accounts and servers take. */
export const sizes = fc.constantFrom(-2, -1, 0, 1, ...[2, 3, 4, 5, 64, 128].flatMap((mib) => [mib * MIB - 1, mib * MIB, mib * MIB + 1]));

const consumer: fc.Arbitrary<StreamOriginConfig['consumer']> = fc.record({
  name: fc.constantFrom('c', 'd', '', 'a.b', 'a/b', 'a b'),
  deliverSubject: fc.constantFrom('deliver.c', undefined, '', 'deliver.*', 'a..b', 'x>'),
});
const external: fc.Arbitrary<Partial<StreamOriginConfig>> = fc.record({
  externalApiPrefix: fc.constantFrom('$JS.hub.API', '$JS.API', 'a.*', 'a..b', undefined, '', '*x', '$JS.API.x'),
  externalDeliverPrefix: fc.constantFrom(undefined, '', 'd', 'd.>', 'o', 'a b', 'p'),
});

/** Where a stream or bucket copies from, with filters and transforms that may be none. */
export const originParts: fc.Arbitrary<Partial<StreamOriginConfig>> = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: fc.record({ filterSubject: fc.oneof(subject, fc.constantFrom('a', 'p.x', '>', '')) }) },
    { weight: 3, arbitrary: fc.array(transform, { minLength: 1, maxLength: 3 }).map((subjectTransforms) => ({ subjectTransforms })) },
    { weight: 1, arbitrary: fc.constantFrom({ startSequence: 1 }, { startSequence: 7 }, { startTime: '2026-01-31T12:00:00Z' }) },
    { weight: 2, arbitrary: external },
    { weight: 1, arbitrary: consumer.map((one) => ({ consumer: one })) },
  ), { maxLength: 2 },
).map((chosen) => Object.assign({}, ...chosen));
const originNames = fc.oneof(
  { weight: 9, arbitrary: fc.constantFrom('ORIGIN', 'PLAIN', 'COPY', 'FILTERED', 'IMAGE', 'BACK', 'BACK_IMAGE', 'BACK_FILTERED', 'NEW', 'LOOP', 'ELSEWHERE') },
  { weight: 1, arbitrary: fc.constantFrom('', 'a.b', 'a/b') },
);
const origin: fc.Arbitrary<StreamOriginConfig> = fc.tuple(originNames, originParts).map(([name, more]) => ({ name, subjectTransforms: [], ...more }));

const ofConsumer = fc.constantFrom<Partial<StreamOriginConfig>>({}, { startSequence: 5 }, { filterSubject: 'a' }, { externalApiPrefix: 'x' });
const fed: fc.Arbitrary<StreamOriginConfig> = fc.tuple(origin, fc.constantFrom('c', 'd'), ofConsumer)
  .map(([one, name, more]) => ({ ...one, filterSubject: undefined, ...more, consumer: { name, deliverSubject: `deliver.${name}` } }));
const origins = fc.oneof({ weight: 5, arbitrary: origin }, fed);

const flags = [
  'noAck', 'denyDelete', 'denyPurge', 'allowRollup', 'allowDirect', 'allowMsgTtl', 'allowMsgCounter', 'allowAtomicPublish', 'allowBatched', 'allowMsgSchedules',
] as const;

/** Placements of which a cluster can fulfil some. */
export const placements = fc.constantFrom<StreamConfig['placement']>(
  { cluster: 'three' }, { cluster: 'four' }, { cluster: '', tags: [] }, {}, { tags: ['ssd'] }, { tags: ['!Fast'] }, { cluster: 'three', tags: ['hdd', ''] },
);

const parts: { weight: number; arbitrary: Part }[] = [
  { weight: 2, arbitrary: names.map((name) => ({ name })) },
  { weight: 1, arbitrary: fc.constantFrom(4095, 4096, 4097).map((length) => ({ description: 'd'.repeat(length) })) },
  { weight: 1, arbitrary: fc.constantFrom(131_055, 131_056, 131_057).map((length) => ({ metadata: { k: 'v'.repeat(length - 1) } })) },
  { weight: 2, arbitrary: fc.constantFrom(...Object.values(StreamRetention)).map((retention) => ({ retention })) },
  { weight: 2, arbitrary: fc.constantFrom(...Object.values(StreamStorage)).map((storage) => ({ storage })) },
  { weight: 1, arbitrary: fc.constantFrom(...Object.values(StreamCompression)).map((compression) => ({ compression })) },
  { weight: 2, arbitrary: fc.constantFrom(...Object.values(StreamPersistMode)).map((persistMode) => ({ persistMode })) },
  { weight: 2, arbitrary: fc.constantFrom(1, 1, 2, 3, 4, 5, 6, 7).map((replicas) => ({ replicas })) },
  { weight: 2, arbitrary: fc.constantFrom(...Object.values(StreamDiscard)).map((discard) => ({ discard })) },
  { weight: 2, arbitrary: fc.record({ discardPerSubject: fc.boolean(), maxMsgsPerSubject: fc.option(limit, { nil: undefined }) }) },
  { weight: 1, arbitrary: fc.constantFrom('maxMsgs', 'maxConsumers', 'maxMsgsPerSubject').chain((prop) => limit.map((value) => ({ [prop]: value }))) },
  { weight: 1, arbitrary: fc.constantFrom(1, 2, 3, 4, 5).map((maxConsumers) => ({ maxConsumers })) },
  { weight: 2, arbitrary: sizes.map((maxBytes) => ({ maxBytes })) },
  { weight: 1, arbitrary: fc.constantFrom(-2, -1, 0, 1, 999, 1000, 1001, 2 ** 31 - 1).map((maxMsgSize) => ({ maxMsgSize })) },
  { weight: 4, arbitrary: fc.record({ maxAge: times, duplicateWindow: windows }) },
  { weight: 2, arbitrary: windows.map((duplicateWindow) => ({ duplicateWindow })) },
  { weight: 2, arbitrary: windows.map((subjectDeleteMarkerTtl) => ({ subjectDeleteMarkerTtl })) },
  { weight: 1, arbitrary: fc.record({ subjectDeleteMarkerTtl: windows, allowMsgTtl: fc.boolean(), allowRollup: fc.boolean() }) },
  { weight: 8, arbitrary: fc.subarray([...flags], { minLength: 1, maxLength: 3 }).map((on) => Object.fromEntries(on.map((flag) => [flag, true]))) },
  { weight: 1, arbitrary: fc.constantFrom({ sealed: true }, { mirrorDirect: true }) },
  { weight: 6, arbitrary: fc.array(subject, { minLength: 1, maxLength: 4 }).map((subjects) => ({ subjects })) },
  { weight: 1, arbitrary: fc.constant({ subjects: [] }) },
  { weight: 1, arbitrary: fc.tuple(origins, fc.array(subject, { maxLength: 1 })).map(([mirror, subjects]) => ({ mirror, subjects })) },
  { weight: 3, arbitrary: fc.tuple(origins, fc.boolean()).map(([mirror, mirrorDirect]) => ({ mirror, mirrorDirect, subjects: [] })) },
  { weight: 3, arbitrary: fc.array(origins, { minLength: 1, maxLength: 3 }).map((sources) => ({ sources })) },
  { weight: 3, arbitrary: fc.array(origins, { minLength: 1, maxLength: 3 }).map((sources) => ({ sources, subjects: [], name: 'LOOP' })) },
  { weight: 2, arbitrary: fc.tuple(origins, ofConsumer).map(([one, more]) => ({ sources: [one, { ...one, ...more }] })) },
  { weight: 3, arbitrary: transform.map((subjectTransform) => ({ subjectTransform })) },
  { weight: 3, arbitrary: transform.map((republish) => ({ republish })) },
  {
    weight: 1,
    arbitrary: fc.tuple(subject, transform).map(([one, { destination }]) => ({
      subjects: [one], republish: { source: '>', destination: '>' }, subjectTransform: { source: one, destination },
    })),
  },
  { weight: 1, arbitrary: fc.constantFrom(0, 1, 100).map((firstSequence) => ({ firstSequence })) },
  { weight: 1, arbitrary: placements.map((placement) => ({ placement })) },
  { weight: 1, arbitrary: windows.map((inactiveThreshold) => ({ consumerLimits: { inactiveThreshold } })) },
  { weight: 1, arbitrary: limit.map((maxAckPending) => ({ consumerLimits: { maxAckPending } })) },
];

/** A plain stream with some of its parts at the edges of what the server takes: what it refuses is then refused for few reasons, and much is accepted. */
export const generatedStream: fc.Arbitrary<StreamConfig> = fc.array(fc.oneof(...parts), { minLength: 1, maxLength: 4 })
  .map((chosen) => newStream(Object.assign({}, ...chosen)));
