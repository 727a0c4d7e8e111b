import { image } from './new-stream';
import { WorldName } from './worlds';
import { StreamConfig, StreamDiscard, StreamOriginConfig, StreamPersistMode, StreamRetention, StreamStorage } from '../../../src/jetstream/stream/stream-config';

const MIB = 2 ** 20;
const { FILE } = StreamStorage;
const { NEW } = StreamDiscard;

type Said = Partial<StreamConfig>;

/** What a rule refuses and nothing else does, and what lies next to it and is accepted. */
export interface EdgeCases {
  readonly refused: Said[];
  readonly accepted: Said[];
  /** @default 'open' */
  readonly world?: WorldName;
}

function mirroring(origin: Partial<StreamOriginConfig>, said: Said = {}): Said {
  return { subjects: [], mirror: image('ELSEWHERE', origin), ...said };
}

function sourcing(...sources: Partial<StreamOriginConfig>[]): Said {
  return { subjects: [], sources: sources.map((source) => image('ELSEWHERE', source)) };
}

function transforms(...given: [source: string, destination: string][]): Partial<StreamOriginConfig> {
  return { subjectTransforms: given.map(([source, destination]) => ({ source, destination })) };
}

const all = { source: '>', destination: 'z.>' };
const consumer = { name: 'c', deliverSubject: 'deliver.c' };

export const edgeCases: { readonly [rule: string]: EdgeCases | EdgeCases[] } = {
  'STREAM-FEATURE': { refused: [{ allowBatched: true }, mirroring({ consumer }), sourcing({ consumer })], accepted: [{ allowAtomicPublish: true }] },
  'STREAM-NAME': { refused: ['', 'a.b', 'a b', 'a\tb', 'a*', '>', 'a/b', 'a\\b'].map((name) => ({ name })), accepted: ['a-b_c', '$a', 'ü', 'a\u000bb', 'a\u00a0b'].map((name) => ({ name })) },
  'STREAM-NAME-LENGTH': { refused: [{ name: 'x'.repeat(256) }, { name: 'ü'.repeat(128) }], accepted: [{ name: 'x'.repeat(255) }, { name: 'ü'.repeat(127) }] },
  'STREAM-DESCRIPTION': { refused: [{ description: 'd'.repeat(4097) }, { description: 'ü'.repeat(2049) }], accepted: [{ description: 'd'.repeat(4096) }, { description: 'ü'.repeat(2048) }] },
  'STREAM-METADATA': {
    refused: [{ metadata: { k: 'v'.repeat(131_056) } }, { metadata: { ['ü'.repeat(40_000)]: 'ü'.repeat(25_529) } }],
    accepted: [{ metadata: { k: 'v'.repeat(131_055) } }, { metadata: { '_nats.req.level': '17', 'k': 'v'.repeat(131_055) } }],
  },
  'STREAM-REPLICAS': [{ refused: [{ replicas: 6 }], accepted: [{ replicas: 1 }] }, { world: 'cluster', refused: [{ replicas: 6 }], accepted: [{ replicas: 3 }] }],
  'STREAM-REPLICAS-ALONE': { refused: [2, 3, 5].map((replicas) => ({ replicas })), accepted: [{ replicas: 1 }] },
  'STREAM-REPLICAS-SERVERS': { world: 'cluster', refused: [4, 5].map((replicas) => ({ replicas })), accepted: [1, 2, 3].map((replicas) => ({ replicas })) },
  'STREAM-PLACEMENT-CLUSTER': { world: 'cluster', refused: [{ placement: { cluster: 'four' } }], accepted: [{ placement: { cluster: 'three' } }, { placement: { tags: [] } }] },
  'STREAM-PLACEMENT-TAGS': {
    world: 'cluster',
    refused: [['hdd'], ['ssd', 'hdd'], ['!ssd'], [''], ['! SSD']].map((tags) => ({ placement: { tags } })),
    accepted: [['ssd'], ['SSD ', 'fast'], ['!hdd', 'ssd'], ['!']].map((tags) => ({ placement: { tags } })),
  },
  'STREAM-STORE-MEMORY': { refused: [{ maxBytes: 64 * MIB + 1 }], accepted: [{ maxBytes: 64 * MIB }] },
  'STREAM-STORE-FILE': { refused: [{ storage: FILE, maxBytes: 128 * MIB + 1 }], accepted: [{ storage: FILE, maxBytes: 128 * MIB }] },
  'STREAM-ACCOUNT-JETSTREAM': { world: 'no-jetstream', refused: [{}], accepted: [] },
  'STREAM-ACCOUNT-BYTES-REQUIRED': { world: 'limited-account', refused: [{}, { maxBytes: 0 }, mirroring({})], accepted: [{ maxBytes: 1 }] },
  'STREAM-ACCOUNT-STREAM-BYTES': { world: 'limited-account', refused: [{ maxBytes: 2 * MIB + 1 }], accepted: [{ maxBytes: 2 * MIB }] },
  'STREAM-ACCOUNT-STORE': [
    { world: 'limited-account', refused: [{ storage: FILE, maxBytes: 4 * MIB + 1 }], accepted: [{ storage: FILE, maxBytes: 4 * MIB }] },
    {
      world: 'limited-in-cluster',
      refused: [{ maxBytes: MIB + 1, replicas: 3 }, { storage: FILE, maxBytes: 2 * MIB + 1, replicas: 2 }],
      accepted: [{ maxBytes: MIB, replicas: 3 }, { storage: FILE, maxBytes: 2 * MIB, replicas: 2 }],
    },
  ],
  'STREAM-ACCOUNT-CONSUMERS': { world: 'limited-account', refused: [{ maxBytes: 1, maxConsumers: 4 }], accepted: [{ maxBytes: 1, maxConsumers: 3 }] },
  'STREAM-LIMIT-NEGATIVE': {
    refused: [{ maxMsgs: -2 }, { maxBytes: -2 }, { maxMsgSize: -2 }, { maxConsumers: -2 }],
    accepted: [-1, 0, 1].flatMap((limit) => ['maxMsgs', 'maxBytes', 'maxMsgSize', 'maxConsumers', 'maxMsgsPerSubject'].map((prop) => ({ [prop]: limit }))),
  },
  'STREAM-MAX-AGE': { refused: [mirroring({}, { maxAge: 99 }), mirroring({}, { maxAge: 99.999999 })], accepted: [{ maxAge: 100, duplicateWindow: 100 }, { maxAge: 0 }] },
  'STREAM-DUPLICATE-WINDOW': { refused: [{ duplicateWindow: 99 }, { duplicateWindow: 99.999999 }], accepted: [{ duplicateWindow: 100 }, { duplicateWindow: 31_536_000_000 }] },
  'STREAM-DUPLICATE-WINDOW-AGE': {
    refused: [{ maxAge: 1000, duplicateWindow: 1001 }, mirroring({}, { maxAge: 1000, duplicateWindow: 1001 })],
    accepted: [{ maxAge: 1000, duplicateWindow: 1000 }, { maxAge: 1000.5, duplicateWindow: 1000.25 }],
  },
  'STREAM-DUPLICATE-WINDOW-SERVER': { world: 'limited-server', refused: [{ storage: FILE, duplicateWindow: 30_001 }], accepted: [{ storage: FILE, duplicateWindow: 30_000 }] },
  'STREAM-DUPLICATE-WINDOW-DEFAULT': { refused: [{ maxAge: 119_999 }, { maxAge: 100 }], accepted: [{ maxAge: 120_000 }, mirroring({}, { maxAge: 100 })] },
  'STREAM-SEALED': { refused: [{ sealed: true }], accepted: [{ denyDelete: true, denyPurge: true }] },
  'STREAM-ROLLUP-PURGE': { refused: [{ denyPurge: true, allowRollup: true }], accepted: [{ denyDelete: true, allowRollup: true }] },
  'STREAM-DISCARD-PER-SUBJECT-LIMIT': {
    refused: [{ discard: NEW, discardPerSubject: true }, { discard: NEW, discardPerSubject: true, maxMsgsPerSubject: 0 }],
    accepted: [{ discard: NEW, discardPerSubject: true, maxMsgsPerSubject: 1 }, { discardPerSubject: true, maxMsgsPerSubject: 1 }],
  },
  'STREAM-COUNTER-DISCARD': {
    refused: [{ allowMsgCounter: true, discard: NEW }, { allowMsgCounter: true, discardPerSubject: true, maxMsgsPerSubject: 1 }],
    accepted: [{ allowMsgCounter: true }],
  },
  'STREAM-COUNTER-TTL': { refused: [{ allowMsgCounter: true, allowMsgTtl: true }], accepted: [{ allowMsgTtl: true }] },
  'STREAM-COUNTER-SCHEDULES': { refused: [{ allowMsgCounter: true, allowMsgSchedules: true, allowRollup: true }], accepted: [{ allowMsgSchedules: true, allowRollup: true }] },
  'STREAM-COUNTER-RETENTION': {
    refused: [StreamRetention.INTEREST, StreamRetention.WORK_QUEUE].map((retention) => ({ allowMsgCounter: true, retention })),
    accepted: [{ retention: StreamRetention.WORK_QUEUE }],
  },
  'STREAM-MARKER': {
    refused: [{ subjectDeleteMarkerTtl: 999.999999, allowMsgTtl: true, allowRollup: true }],
    accepted: [1000, 1500].map((ttl) => ({ subjectDeleteMarkerTtl: ttl, allowMsgTtl: true, allowRollup: true })),
  },
  'STREAM-MARKER-TTL': { refused: [{ subjectDeleteMarkerTtl: 1000, allowRollup: true }], accepted: [{ allowRollup: true }] },
  'STREAM-MARKER-ROLLUP': { refused: [{ subjectDeleteMarkerTtl: 1000, allowMsgTtl: true }], accepted: [{ allowMsgTtl: true }] },
  'STREAM-SCHEDULES-DISCARD': { refused: [{ allowMsgSchedules: true, allowRollup: true, discard: NEW }], accepted: [{ allowRollup: true, discard: NEW }] },
  'STREAM-SCHEDULES-ROLLUP': { refused: [{ allowMsgSchedules: true }], accepted: [{ allowMsgSchedules: true, allowRollup: true }] },
  'STREAM-ASYNC-STORAGE': { refused: [{ persistMode: StreamPersistMode.ASYNC }], accepted: [{ persistMode: StreamPersistMode.ASYNC, storage: FILE }] },
  'STREAM-ASYNC-REPLICAS': { world: 'cluster', refused: [2, 3].map((replicas) => ({ persistMode: StreamPersistMode.ASYNC, storage: FILE, replicas })), accepted: [{ persistMode: StreamPersistMode.ASYNC, storage: FILE }] },
  'STREAM-ASYNC-ATOMIC': { refused: [{ persistMode: StreamPersistMode.ASYNC, storage: FILE, allowAtomicPublish: true }], accepted: [{ storage: FILE, allowAtomicPublish: true }] },
  'STREAM-SUBJECT': {
    refused: ['', '.', 'a..b', '.a', 'a.', 'a b', 'a\tb', 'a\nb', 'a\fb', 'a\rb', 'a.>.b', 'x..>'].map((subject) => ({ subjects: [subject] })),
    accepted: ['a\u000bb', 'a\u00a0b', 'a\u0000b', 'a*', 'a>.b', '**', '*', 'a.*.>'].map((subject) => ({ subjects: [subject] })),
  },
  'STREAM-SUBJECT-OVERLAP': {
    refused: [['a', 'a'], ['a.>', 'a.b'], ['a.*', 'a.b'], ['a.*.c', 'a.b.*'], ['x.*foo.*', 'x.bar.*'], ['b', 'a.>', 'c', 'a.*']].map((subjects) => ({ subjects })),
    accepted: [['a', 'b'], ['a.*', 'a'], ['a.>', 'a'], ['a.*', 'a.*.*'], ['x.*foo', 'x.bar'], ['a.b.*', 'a.c.*']].map((subjects) => ({ subjects })),
  },
  'STREAM-SUBJECT-ALL': { world: 'empty', refused: [{ subjects: ['>'] }], accepted: [{ subjects: ['>'], noAck: true }] },
  'STREAM-SUBJECT-ALL-REPLICAS': {
    world: 'limited-in-cluster',
    refused: [{ subjects: ['>'], maxBytes: 1, noAck: true, replicas: 3 }],
    accepted: [{ subjects: ['>'], maxBytes: 1, noAck: true }, { subjects: ['x.>'], maxBytes: 1, noAck: true, replicas: 3 }],
  },
  'STREAM-SUBJECT-API': {
    refused: ['$JS.>', '$JS.API.a', '$JSC.a', '$NRG.*', '$JS.EVENT', '$JS.*.a', '$JS.*'].map((subject) => ({ subjects: [subject] })),
    accepted: [...['$JS', '$JS.EVENT.>', '$JS.EVENT.a.*', '*', '$JSX.a'].map((subject) => ({ subjects: [subject] })), { subjects: ['$JS.API.a'], noAck: true }],
  },
  'STREAM-SUBJECT-SYSTEM': {
    refused: ['$SYS.>', '$SYS.a', '$SYS.*.a', '$SYS.ACCOUNT'].map((subject) => ({ subjects: [subject] })),
    accepted: [...['$SYS', '$SYS.ACCOUNT.>', '$SYS.ACCOUNT.a.*'].map((subject) => ({ subjects: [subject] })), { subjects: ['$SYS.a'], noAck: true }],
  },
  'STREAM-MIRROR-FIRST-SEQUENCE': { refused: [mirroring({}, { firstSequence: 1 })], accepted: [mirroring({}), { firstSequence: 1 }] },
  'STREAM-MIRROR-SUBJECTS': { refused: [mirroring({}, { subjects: ['a'] })], accepted: [mirroring({})] },
  'STREAM-MIRROR-SOURCES': { refused: [mirroring({}, { sources: [image('ELSEWHERE')] })], accepted: [sourcing({})] },
  'STREAM-MIRROR-COUNTER': { refused: [mirroring({}, { allowMsgCounter: true })], accepted: [{ ...sourcing({}), allowMsgCounter: true }] },
  'STREAM-MIRROR-ATOMIC': { refused: [mirroring({}, { allowAtomicPublish: true })], accepted: [{ ...sourcing({}), allowAtomicPublish: true }] },
  'STREAM-MIRROR-BATCHED': { refused: [mirroring({}, { allowBatched: true })], accepted: [mirroring({})] },
  'STREAM-MIRROR-SCHEDULES': { refused: [mirroring({}, { allowMsgSchedules: true, allowRollup: true })], accepted: [mirroring({}, { allowRollup: true })] },
  'STREAM-MIRROR-MARKER': {
    refused: [mirroring({}, { subjectDeleteMarkerTtl: 1000, allowMsgTtl: true, allowRollup: true })],
    accepted: [mirroring({}, { allowMsgTtl: true, allowRollup: true })],
  },
  'STREAM-MIRROR-DIRECT': { refused: [{ mirrorDirect: true }, { ...sourcing({}), mirrorDirect: true }], accepted: [mirroring({}, { mirrorDirect: true })] },
  'STREAM-MIRROR-NAME': { refused: ['', 'a.b', 'a*', 'a/b'].map((name) => mirroring({ name })), accepted: [mirroring({ name: 'a.b', externalApiPrefix: '$JS.hub.API' }), mirroring({ name: 'ü' })] },
  'STREAM-MIRROR-CONSUMER': {
    refused: [
      { consumer: { name: 'a.b', deliverSubject: 'd' } }, { consumer: { name: 'c' } }, { consumer: { name: 'c', deliverSubject: 'd.*' } }, { consumer: { name: 'c', deliverSubject: 'd..e' } },
      { consumer, startSequence: 1 }, { consumer, startTime: '2026-01-31T12:00:00Z' }, { consumer, filterSubject: 'a' },
    ].map((origin) => mirroring(origin)),
    accepted: [mirroring({ consumer: { name: '' } }), mirroring({ startSequence: 1, filterSubject: 'a' })],
  },
  'STREAM-MIRROR-FILTER': { refused: [mirroring({ filterSubject: 'a..b' }), mirroring({ filterSubject: 'a b' })], accepted: [mirroring({ filterSubject: 'a.*' })] },
  'STREAM-MIRROR-FILTER-TRANSFORMS': { refused: [mirroring({ filterSubject: 'a', ...transforms(['a', 'b']) })], accepted: [mirroring(transforms(['a', 'b']))] },
  'STREAM-MIRROR-TRANSFORM': { refused: [mirroring(transforms(['a..b', 'c'])), mirroring(transforms(['a', 'b'], ['c.*', 'd.$2']))], accepted: [mirroring(transforms(['a.*', 'b.$1'], ['', '']))] },
  'STREAM-MIRROR-TRANSFORM-OVERLAP': {
    refused: [mirroring(transforms(['a.*', 'x.$1'], ['*.b', 'y.$1'])), mirroring(transforms(['', 'x.>'], ['>', 'y.>'])), mirroring(transforms(['a', 'x'], ['a', 'y']))],
    accepted: [['a.>', 'y.>'], ['*', '$1']].map((other) => mirroring(transforms(['', 'x.>'], other as [string, string])))
      .concat(mirroring(transforms(['a.*', 'x.$1'], ['b.*', 'y.$1']))),
  },
  'STREAM-SOURCE-NAME': { refused: ['', 'a.b', 'a*', 'a/b'].map((name) => sourcing({ name })), accepted: [sourcing({ name: 'ü' })] },
  'STREAM-SOURCE-TWICE': {
    refused: [
      sourcing({}, {}), sourcing({ filterSubject: '>' }, {}), sourcing({ startSequence: 1 }, { startSequence: 2 }), sourcing(transforms(['a', 'b']), transforms(['a', 'b'])),
      sourcing({ externalApiPrefix: 'x' }, { externalApiPrefix: 'x' }), sourcing({ externalDeliverPrefix: 'x' }, { externalDeliverPrefix: 'y' }),
    ],
    accepted: [
      sourcing({ filterSubject: 'a' }, { filterSubject: 'b' }), sourcing({}, { externalApiPrefix: 'x' }), sourcing(transforms(['a', 'b']), transforms(['a', 'c'])),
      sourcing({}, { externalDeliverPrefix: 'x' }), sourcing({ name: 'A' }, { name: 'B' }),
    ],
  },
  'STREAM-SOURCE-FILTER': { refused: [sourcing({ filterSubject: 'a..b' })], accepted: [sourcing({ filterSubject: 'a.>' })] },
  'STREAM-SOURCE-FILTER-TRANSFORMS': { refused: [sourcing({ filterSubject: 'a', ...transforms(['a', 'b']) })], accepted: [sourcing(transforms(['a', 'b']))] },
  'STREAM-SOURCE-TRANSFORM': { refused: [sourcing(transforms(['a..b', 'c'])), sourcing({}, transforms(['c.*', 'd.$2']))], accepted: [sourcing(transforms(['a.*', 'b.{{partition(3,1)}}']))] },
  'STREAM-SOURCE-TRANSFORM-OVERLAP': {
    refused: [sourcing(transforms(['a.*', 'x.$1'], ['a.b', 'y'])), sourcing(transforms(['a', 'x'], ['a', 'y'])), sourcing(transforms(['a.b', 'y'], ['a.*', 'x.$1']))],
    accepted: [sourcing(transforms(['a.*', 'x.$1'], ['*.b', 'y.$1'])), sourcing(transforms(['a', 'x']), transforms(['a', 'y']))],
  },
  'STREAM-SOURCE-SCHEDULES': { refused: [{ ...sourcing({}), allowMsgSchedules: true, allowRollup: true }], accepted: [{ ...sourcing({}), allowRollup: true }] },
  'STREAM-SOURCE-CONSUMER': {
    refused: [sourcing({ consumer: { name: 'a.b', deliverSubject: 'd' } }), sourcing({}, { consumer: { name: 'c' } }), sourcing({ consumer, startSequence: 1 }), sourcing({ consumer, filterSubject: 'a' })],
    accepted: [sourcing({ startSequence: 1, filterSubject: 'a' })],
  },
  'STREAM-SOURCE-CONSUMER-TWICE': {
    refused: [sourcing({ consumer, ...transforms(['a', 'b']) }, { consumer, ...transforms(['c', 'd']) })], accepted: [sourcing(transforms(['a', 'b']), transforms(['c', 'd']))],
  },
  'STREAM-ORIGIN-DELIVER-PREFIX': { refused: [mirroring({ externalApiPrefix: 'x', externalDeliverPrefix: 'd.>' }), sourcing({ externalApiPrefix: 'x', externalDeliverPrefix: 'd e' })], accepted: [mirroring({ externalApiPrefix: 'x', externalDeliverPrefix: 'd' })] },
  'STREAM-ORIGIN-API-PREFIX': { refused: [mirroring({ externalApiPrefix: '$JS.*.API' }), sourcing({ externalApiPrefix: 'a..b' })], accepted: [mirroring({ externalApiPrefix: '$JS.hub.API' }), sourcing({ externalApiPrefix: '$JS.API.x' })] },
  'STREAM-ORIGIN-API-OWN': { refused: [mirroring({ externalApiPrefix: '$JS.API' }), sourcing({ externalApiPrefix: '$JS.API' })], accepted: [sourcing({ externalApiPrefix: '$JS' })] },
  'STREAM-TRANSFORM': {
    refused: [['a..b', 'c'], ['a.>', 'b'], ['a', 'b.>'], ['a.*', 'b.*'], ['a.*', 'b.$2'], ['a', 'b.$1'], ['a.*', 'b.{{foo(1)}}'], ['a.*', 'b.{{split(1)}}'], ['a', 'b c'], ['', 'b']].map(([source, destination]) => ({ subjectTransform: { source, destination } })),
    accepted: [['a', 'b'], ['', 'b.>'], ['a.*', 'b'], ['a.*', ''], ['a.*', 'b.{{split(1,-)}}'], ['a', 'b.{{partition(2)}}']].map(([source, destination]) => ({ subjectTransform: { source, destination } })),
  },
  'STREAM-REPUBLISH-SOURCE': { refused: [{ republish: { source: '', destination: 'z.>' } }], accepted: [{ republish: all }] },
  'STREAM-REPUBLISH-IMPLICIT': {
    refused: [{ subjects: ['a.>'], subjectTransform: { source: 'a.>', destination: 'b.>' }, republish: { source: '>', destination: '>' } }],
    accepted: [{ subjects: ['a.>'], subjectTransform: { source: 'a.>', destination: 'b.>' }, republish: { source: 'b.>', destination: 'b.>' } }],
  },
  'STREAM-REPUBLISH-CYCLE': {
    refused: [{ subjects: ['b.*'], republish: { source: 'a.*', destination: 'b.$1' } }, { republish: { source: 'b', destination: 'a' } }, { subjects: [], republish: { source: 'b', destination: 'NEW' } }],
    accepted: [{ subjects: ['b.x'], republish: { source: 'a.*', destination: 'b.$1' } }, { republish: { source: 'a', destination: 'b' } }],
  },
  'STREAM-REPUBLISH': {
    refused: [['a.>', 'z'], ['a.*', 'z.*'], ['a.*', 'z.{{foo(1)}}'], ['a..b', 'z'], ['a.*', 'z.$2']].map(([source, destination]) => ({ republish: { source, destination } })),
    accepted: [['a.*', 'z.{{left(1,2)}}'], ['a b', 'z y'], ['a', ''], ['a', '$JS.API.z']].map(([source, destination]) => ({ republish: { source, destination } })),
  },
  'STREAM-MIRROR-MSG-SIZE': { refused: [mirroring({ name: 'ORIGIN' }, { maxMsgSize: 999, mirrorDirect: true })], accepted: [mirroring({ name: 'ORIGIN' }, { maxMsgSize: 1000, mirrorDirect: true })] },
  'STREAM-SOURCE-MSG-SIZE': {
    refused: [{ ...sourcing({ name: 'ORIGIN' }), maxMsgSize: 999 }], accepted: [{ ...sourcing({ name: 'ORIGIN' }), maxMsgSize: 1000 }, { ...sourcing({ name: 'ORIGIN', externalApiPrefix: 'x' }), maxMsgSize: 1 }],
  },
  'STREAM-MIRROR-DIRECT-ORIGIN': {
    refused: [mirroring({ name: 'ORIGIN' }), mirroring({ name: 'PLAIN' }, { mirrorDirect: true })],
    accepted: [mirroring({ name: 'ORIGIN' }, { mirrorDirect: true }), mirroring({ name: 'PLAIN' }), mirroring({}, { mirrorDirect: true })],
  },
  'STREAM-ORIGIN-DELIVER-OVERLAP': {
    refused: [sourcing({ name: 'ORIGIN' }, { externalApiPrefix: 'x', externalDeliverPrefix: 'o' })], accepted: [sourcing({ name: 'PLAIN' }, { externalApiPrefix: 'x', externalDeliverPrefix: 'p' })],
  },
  'STREAM-ORIGIN-CYCLE': {
    refused: [
      sourcing({ name: 'NEW' }), mirroring({ name: 'NEW' }), { ...sourcing({ name: 'BACK' }), name: 'LOOP' }, { ...mirroring({ name: 'BACK_IMAGE' }), name: 'LOOP' },
      // A stream that is reached in two ways
      sourcing({ name: 'PLAIN' }, { name: 'COPY' }), { ...sourcing({ name: 'NEW', filterSubject: 'a' }), subjects: ['a'] },
    ],
    accepted: [
      sourcing({ name: 'COPY' }, { name: 'PLAIN' }), { ...sourcing({ name: 'NEW', filterSubject: 'b' }), subjects: ['a'] }, { ...sourcing({ name: 'BACK_FILTERED' }), name: 'LOOP' },
      sourcing({ name: 'NEW', externalApiPrefix: 'x' }), sourcing({ name: 'PLAIN' }, { name: 'FILTERED' }),
    ],
  },
};
