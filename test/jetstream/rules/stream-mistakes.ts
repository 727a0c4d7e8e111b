import { JetStreamPlace } from '../../../src/jetstream/rules/place';
import {
  StreamConfig, StreamDiscard, StreamOriginConfig, StreamPersistMode, StreamRetention, StreamStorage,
} from '../../../src/jetstream/stream/stream-config';
import { NatsVersion } from '../../../src/nats/nats-version';
import { someStream } from '../some-configs';

function origin(more: Partial<StreamOriginConfig> = {}): StreamOriginConfig {
  return { name: 'INVOICES', subjectTransforms: [], ...more };
}

/** A mirror of a stream. */
export function mirroring(more: Partial<StreamOriginConfig>, config: Partial<StreamConfig> = {}): Partial<StreamConfig> {
  return { subjects: [], mirror: origin(more), ...config };
}

/** A stream with sources. */
export function sourcing(...more: Partial<StreamOriginConfig>[]): Partial<StreamConfig> {
  return { sources: more.map(origin) };
}

/** A place where these streams are known. */
export function known(...streams: Partial<StreamConfig>[]): Partial<JetStreamPlace> {
  const all = streams.map(someStream);
  return { stream: (name) => all.find((one) => one.name === name) };
}

const alone = { clustered: false, servers: 1 };
const three = { clustered: true, servers: 3, clusterName: 'eu', serverTags: ['ssd'] };

/** By rule: what breaks it, and what it says. */
export const mistakes: { readonly [rule: string]: readonly [config: Partial<StreamConfig>, there: Partial<JetStreamPlace>, ...says: string[]][] } = {
  'STREAM-FEATURE': [
    [{ allowBatched: true }, { version: NatsVersion.V2_12 }, 'allowBatched came with nats-server 2.14, and the servers are 2.12; allowed: nats-server 2.14 or later; fix: leave it out, or give images.server of the cluster a tag of 2.14'],
    [sourcing({ consumer: { name: 'c', deliverSubject: 'd' } }), { version: NatsVersion.V2_12 }, 'sources[0].consumer came with nats-server 2.14, and the servers are 2.12; allowed: nats-server 2.14 or later; fix: leave it out, or give images.server of the cluster a tag of 2.14'],
  ],
  'STREAM-NAME': [
    [{ name: 'a.b' }, {}, "the name of the stream is 'a.b'; allowed: letters, digits, - and _; no white space, nor . * > / \\; fix: call it 'a_b'; its subjects may have dots"],
    [{ name: '' }, {}, 'the name of the stream is empty; allowed: letters, digits, - and _; no white space, nor . * > / \\'],
  ],
  'STREAM-NAME-LENGTH': [[{ name: 'ü'.repeat(128) }, {}, 'the name of the stream has 256 bytes; allowed: up to 254; fix: shorten it']],
  'STREAM-NAME-UNDELETABLE': [[{ name: 'x'.repeat(255) }, {}, 'the name of the stream has 255 bytes; allowed: up to 254; fix: shorten it']],
  'STREAM-NAME-CONTROL': [
    [{ name: 'a\0b' }, {}, 'the name of the stream is "a\\u0000b", with a control character; allowed: characters that can be seen; fix: leave it out'],
  ],
  'STREAM-NAME-DIGITS': [
    [{ name: '2026' }, {}, "the name of the stream is '2026'; allowed: a name with a letter; fix: call it 'S2026'"],
  ],
  'STREAM-DESCRIPTION': [[{ description: 'd'.repeat(4097) }, {}, 'description has 4097 bytes; allowed: up to 4096; fix: shorten it']],
  'STREAM-METADATA': [
    [{ metadata: { k: 'v'.repeat(131_056) } }, {}, 'metadata has 131057 bytes; allowed: up to 131056, keys and values together; fix: keep it elsewhere'],
  ],
  'STREAM-METADATA-KEY': [
    [{ metadata: { '': 'v', '_nats.ver': 'v' } }, {}, "metadata has the key ''; allowed: keys that are not empty and do not begin with _nats.; fix: rename it", "metadata has the key '_nats.ver'; allowed: keys that are not empty and do not begin with _nats.; fix: rename it"],
  ],
  'STREAM-ANNOTATION-SIZE': [
    [{ subjects: [...Array(20000).keys()].map((index) => `orders.${index}`) }, {}, "subjects, description and metadata have 288890 bytes, of which NACK keeps a copy in an annotation; allowed: up to 260096; fix: use wildcards, such as 'orders.>' for all orders"],
  ],
  'STREAM-REPLICAS-WHOLE': [
    [{ replicas: 0 }, {}, 'replicas is 0; allowed: 1, 3 or 5'],
    [{ replicas: 1.5 }, {}, 'replicas is 1.5; allowed: 1, 3 or 5'],
  ],
  'STREAM-REPLICAS': [[{ replicas: 6 }, {}, 'replicas is 6; allowed: 1, 3 or 5; fix: use 3, or 5 to survive two servers at once']],
  'STREAM-REPLICAS-ALONE': [
    [{ replicas: 3 }, alone, 'replicas is 3, but there is a single server; allowed: 1; fix: leave replicas out, or give the cluster three servers'],
  ],
  'STREAM-REPLICAS-SERVERS': [
    [{ replicas: 5 }, three, 'replicas is 5, but there are 3 servers; allowed: up to 3; fix: lower replicas, or give the cluster more servers'],
  ],
  'STREAM-REPLICAS-EVEN': [
    [{ replicas: 2 }, {}, 'replicas is 2: the stream stops when 1 of them is away, as with 1; allowed: 1, 3 or 5; fix: use 3, or 1 for less disk'],
    [{ replicas: 4 }, {}, 'replicas is 4: the stream stops when 2 of them are away, as with 3; allowed: 1, 3 or 5; fix: use 5, or 3 for less disk'],
  ],
  'STREAM-PLACEMENT-CLUSTER': [
    [{ placement: { cluster: 'us' } }, three, "placement.cluster is 'us', but the cluster is 'eu'; allowed: 'eu'; fix: leave placement.cluster out"],
  ],
  'STREAM-PLACEMENT-TAGS': [
    [{ placement: { tags: ['hdd'] } }, three, "placement.tags has 'hdd', which no server fits; allowed: tags of the servers: ssd; fix: leave it out, or give serverTags to the cluster"],
    [{ placement: { tags: ['!SSD'] } }, three, "placement.tags has '!SSD', which no server fits; allowed: tags of the servers: ssd; fix: leave it out"],
    [{ placement: { tags: ['ssd'] } }, { ...three, serverTags: [] }, "placement.tags has 'ssd', which no server fits; allowed: none: the servers have no tags; fix: leave it out, or give serverTags to the cluster"],
  ],
  'STREAM-PLACEMENT-ALONE': [
    [{ placement: { tags: ['ssd'] } }, alone, 'placement is given, but there is a single server, which does not look at it; fix: leave it out'],
  ],
  'STREAM-STORE-MEMORY': [
    [{ storage: StreamStorage.MEMORY }, { maxMemoryBytes: 0 }, 'storage is memory, but the servers have no memory store; allowed: file; fix: use StreamStorage.FILE, or give jetStream of the cluster a memoryStore'],
    [{ storage: StreamStorage.MEMORY, maxBytes: 2048 }, { maxMemoryBytes: 1024 }, 'maxBytes of 2 KiB is more than the memory store of a server; allowed: up to 1 KiB; fix: lower maxBytes, or raise memoryStore of the cluster'],
  ],
  'STREAM-STORE-FILE': [
    [{}, { maxFileBytes: 0 }, 'storage is file, but the servers have no file store; allowed: memory; fix: use StreamStorage.MEMORY, or give jetStream of the cluster a fileStore'],
    [{ maxBytes: 2048 }, { maxFileBytes: 1024 }, 'maxBytes of 2 KiB is more than the file store of a server; allowed: up to 1 KiB; fix: lower maxBytes, or raise fileStore of the cluster'],
  ],
  'STREAM-ACCOUNT-JETSTREAM': [
    [{}, { account: { enabled: false } }, 'the account of the stream has no JetStream; fix: give the account jetStream: {}'],
  ],
  'STREAM-ACCOUNT-BYTES-REQUIRED': [
    [{}, { account: { enabled: true, maxBytesRequired: true } }, 'maxBytes is left out, but the account has jetStream.maxBytesRequired; allowed: a size; fix: give maxBytes'],
  ],
  'STREAM-ACCOUNT-STREAM-BYTES': [
    [{ maxBytes: 2048 }, { account: { enabled: true, maxFileStreamBytes: 1024 } }, 'maxBytes of 2 KiB is more than a stream of the account may have; allowed: up to 1 KiB; fix: lower maxBytes, or raise jetStream.maxStorageStreamSize of the account'],
    [{ storage: StreamStorage.MEMORY, maxBytes: 2048 }, { account: { enabled: true, maxMemoryStreamBytes: 1024 } }, 'maxBytes of 2 KiB is more than a stream of the account may have; allowed: up to 1 KiB; fix: lower maxBytes, or raise jetStream.maxMemoryStreamSize of the account'],
  ],
  'STREAM-ACCOUNT-STORE': [
    [{ maxBytes: 1024, replicas: 3 }, { account: { enabled: true, maxFileBytes: 3071 } }, 'maxBytes of 1 KiB, 3 times, is more than the account may take in files; allowed: up to 3 KiB, replicas included; fix: lower maxBytes, or raise jetStream.maxStorage of the account'],
    [{ storage: StreamStorage.MEMORY }, { account: { enabled: true, maxMemoryBytes: 0 } }, 'the stream is in memory, of which the account may take nothing; fix: use another storage, or raise jetStream.maxMemory of the account'],
  ],
  'STREAM-ACCOUNT-CONSUMERS': [
    [{ maxConsumers: 4 }, { account: { enabled: true, maxConsumers: 3 } }, 'maxConsumers is 4, but a stream of the account may have 3 consumers; allowed: up to 3; fix: lower maxConsumers, or raise jetStream.maxConsumers of the account'],
  ],
  'STREAM-LIMIT-NEGATIVE': [
    [{ maxMsgs: -2 }, {}, 'maxMsgs is -2; allowed: a whole number from 1; fix: leave it out where there is no limit'],
  ],
  'STREAM-LIMIT': [
    [{ maxBytes: 0 }, {}, 'maxBytes is 0; allowed: a whole number from 1 to 9007199254740991; fix: leave it out where there is no limit'],
    [{ maxMsgSize: 2 ** 31 }, {}, 'maxMsgSize is 2147483648; allowed: a whole number from 1 to 2147483647'],
    [{ maxMsgsPerSubject: 1.5 }, {}, 'maxMsgsPerSubject is 1.5; allowed: a whole number from 1 to 9007199254740991'],
    [{ consumerLimits: { maxAckPending: -1 } }, {}, 'consumerLimits.maxAckPending is -1; allowed: a whole number from 1 to 9007199254740991; fix: leave it out where there is no limit'],
  ],
  'STREAM-MSG-SIZE-PAYLOAD': [
    [{ maxMsgSize: 2 ** 21 }, { maxPayloadBytes: 2 ** 20 }, 'maxMsgSize is 2 MiB, but the servers take messages of up to 1 MiB; allowed: up to 1 MiB; fix: lower it, or raise maxPayload of the cluster'],
  ],
  'STREAM-DISCARD-NEW-UNLIMITED': [
    [{ discard: StreamDiscard.NEW }, {}, 'discard is new, but the stream is never full: it has neither maxMsgs nor maxBytes; fix: give one of them, or leave discard out'],
  ],
  'STREAM-MAX-AGE': [[{ maxAge: 99 }, {}, 'maxAge is 99ms; allowed: at least 100ms, or 0s to keep messages for ever']],
  'STREAM-DUPLICATE-WINDOW': [[{ duplicateWindow: 99.5 }, {}, 'duplicateWindow is 99.5ms; allowed: at least 100ms']],
  'STREAM-DUPLICATE-WINDOW-ZERO': [
    [{ duplicateWindow: 0 }, {}, 'duplicateWindow is 0s, which the server takes for 2m; allowed: at least 100ms; fix: leave it out, or give 100ms'],
  ],
  'STREAM-DUPLICATE-WINDOW-AGE': [
    [{ maxAge: 60000, duplicateWindow: 90000 }, {}, 'duplicateWindow is 1m30s, longer than maxAge of 1m; allowed: up to 1m; fix: lower it, or leave it out'],
  ],
  'STREAM-DUPLICATE-WINDOW-SERVER': [
    [{ duplicateWindow: 120000 }, { limits: { duplicateWindow: 30000 } }, 'duplicateWindow is 2m, longer than the limit of the servers; allowed: up to 30s; fix: lower it, or raise jetStream.limits.duplicateWindow of the cluster'],
  ],
  'STREAM-DUPLICATE-WINDOW-DEFAULT': [
    [{ maxAge: 60000 }, {}, 'duplicateWindow is left out, and its default of 2m is longer than maxAge, 1m; allowed: up to 1m; fix: give duplicateWindow: Duration.millis(60000)'],
    [{ maxAge: 60000 }, { limits: { duplicateWindow: 30000 } }, 'duplicateWindow is left out, and its default of 2m is longer than the limit of the servers, 30s; allowed: up to 30s; fix: give duplicateWindow: Duration.millis(30000)'],
  ],
  'STREAM-DURATION': [[{ maxAge: 1e13 }, {}, 'maxAge is 2777777.777777778 hours; allowed: up to 2562047 hours']],
  'STREAM-CONSUMER-LIMITS': [
    [{ consumerLimits: { inactiveThreshold: 0 } }, {}, 'consumerLimits.inactiveThreshold is 0s; allowed: more than 0s; fix: leave it out'],
  ],
  'STREAM-CONSUMER-LIMITS-IDLE': [
    [{ consumerLimits: { inactiveThreshold: 3600000 } }, {}, 'consumerLimits.inactiveThreshold is 1h: durable consumers that nobody asks for so long are deleted; fix: leave it out, and give inactiveThreshold to those consumers that are temporary'],
  ],
  'STREAM-SEALED': [
    [{ sealed: true }, {}, 'sealed is true; allowed: false until the stream is there and has its messages; fix: deploy the stream first, and seal it later'],
  ],
  'STREAM-SEALED-LOST': [
    [{ sealed: true, allowMsgSchedules: true }, {}, 'sealed is true, beside allowMsgSchedules; allowed: one of them; fix: leave it unsealed, and set denyDelete and denyPurge'],
    [{ sealed: true, subjectDeleteMarkerTtl: 60_000 }, {}, 'sealed is true, beside subjectDeleteMarkerTtl; allowed: one of them; fix: leave it unsealed, and set denyDelete and denyPurge'],
    [{ sealed: true, allowMsgCounter: true }, {}, 'sealed is true, beside allowMsgCounter; allowed: one of them; fix: leave it unsealed, and set denyDelete and denyPurge'],
  ],
  'STREAM-ROLLUP-PURGE': [
    [{ denyPurge: true, allowRollup: true }, {}, 'denyPurge and allowRollup are both true; allowed: one of them; fix: leave denyPurge out if publishers roll up'],
  ],
  'STREAM-ROLLUP-DELETE': [
    [{ denyDelete: true, allowRollup: true }, {}, 'denyDelete is true, but allowRollup lets every publisher delete all messages; fix: leave allowRollup out'],
  ],
  'STREAM-DISCARD-PER-SUBJECT': [
    [{ discardPerSubject: true, maxMsgsPerSubject: 1 }, {}, 'discardPerSubject is true, and discard is old; allowed: StreamDiscard.NEW; fix: give discard: StreamDiscard.NEW, or leave discardPerSubject out'],
  ],
  'STREAM-DISCARD-PER-SUBJECT-LIMIT': [
    [{ discard: StreamDiscard.NEW, discardPerSubject: true }, {}, 'discardPerSubject is true, but no subject is ever full; allowed: maxMsgsPerSubject from 1; fix: give maxMsgsPerSubject'],
  ],
  'STREAM-COUNTER-MARKER': [
    [{ allowMsgCounter: true, subjectDeleteMarkerTtl: 1000 }, {}, 'allowMsgCounter is true, and subjectDeleteMarkerTtl is given; allowed: one of them; fix: leave subjectDeleteMarkerTtl out'],
  ],
  'STREAM-COUNTER-DISCARD': [
    [{ allowMsgCounter: true, discard: StreamDiscard.NEW }, {}, 'allowMsgCounter is true, and discard is new; allowed: StreamDiscard.OLD; fix: leave discard out'],
  ],
  'STREAM-COUNTER-TTL': [
    [{ allowMsgCounter: true, allowMsgTtl: true }, {}, 'allowMsgCounter and allowMsgTtl are both true; allowed: one of them; fix: leave allowMsgTtl out'],
  ],
  'STREAM-COUNTER-SCHEDULES': [
    [{ allowMsgCounter: true, allowMsgSchedules: true, allowRollup: true }, {}, 'allowMsgCounter and allowMsgSchedules are both true; allowed: one of them; fix: leave allowMsgSchedules out'],
  ],
  'STREAM-COUNTER-RETENTION': [
    [{ allowMsgCounter: true, retention: StreamRetention.WORK_QUEUE }, {}, 'allowMsgCounter is true, and retention is workqueue; allowed: StreamRetention.LIMITS; fix: leave retention out'],
  ],
  'STREAM-MARKER': [[{ subjectDeleteMarkerTtl: 999 }, {}, 'subjectDeleteMarkerTtl is 999ms; allowed: at least 1s']],
  'STREAM-MARKER-TTL': [
    [{ subjectDeleteMarkerTtl: 1000, allowRollup: true }, {}, 'subjectDeleteMarkerTtl is given without allowMsgTtl; fix: give allowMsgTtl: true'],
  ],
  'STREAM-MARKER-ROLLUP': [
    [{ subjectDeleteMarkerTtl: 1000, allowMsgTtl: true }, {}, 'subjectDeleteMarkerTtl is given without allowRollup; fix: give allowRollup: true'],
  ],
  'STREAM-SCHEDULES-DISCARD': [
    [{ allowMsgSchedules: true, allowRollup: true, discard: StreamDiscard.NEW, maxMsgs: 1 }, {}, 'allowMsgSchedules is true, and discard is new; allowed: StreamDiscard.OLD; fix: leave discard out'],
  ],
  'STREAM-SCHEDULES-ROLLUP': [
    [{ allowMsgSchedules: true }, {}, 'allowMsgSchedules is true without allowRollup; fix: give allowRollup: true'],
  ],
  'STREAM-ASYNC-STORAGE': [
    [{ persistMode: StreamPersistMode.ASYNC, storage: StreamStorage.MEMORY }, {}, 'persistMode is async, and storage is memory; allowed: StreamStorage.FILE; fix: leave persistMode out'],
  ],
  'STREAM-ASYNC-REPLICAS': [
    [{ persistMode: StreamPersistMode.ASYNC, replicas: 3 }, {}, 'persistMode is async, and replicas is 3; allowed: 1; fix: leave persistMode out'],
  ],
  'STREAM-ASYNC-ATOMIC': [
    [{ persistMode: StreamPersistMode.ASYNC, allowAtomicPublish: true }, {}, 'persistMode is async, and allowAtomicPublish is true; allowed: one of them; fix: leave persistMode out'],
  ],
  'STREAM-NO-ACK': [
    [{ noAck: true, replicas: 3 }, {}, 'noAck is true, and replicas is 3: nobody learns of messages that were lost while the leader changed; fix: leave noAck out'],
    [{ noAck: true, discard: StreamDiscard.NEW, maxMsgs: 1 }, {}, 'noAck is true, and discard is new: nobody learns of refused messages; fix: leave noAck out'],
  ],
  'STREAM-SUBJECT': [
    [{ subjects: ['a..b'] }, {}, 'subjects has "a..b", which is no subject; allowed: tokens without white space between dots, * for one token, > at the end for all that follow; fix: mend it'],
    [{ subjects: [' a'] }, {}, 'subjects has " a", which is no subject; allowed: tokens without white space between dots, * for one token, > at the end for all that follow; fix: mend it'],
  ],
  'STREAM-SUBJECT-OVERLAP': [
    [{ subjects: ['a.>', 'a.b'] }, {}, "subjects has 'a.>' and 'a.b', which overlap; allowed: subjects that do not overlap; fix: leave the narrower one out"],
  ],
  'STREAM-SUBJECT-ALL': [
    [{ subjects: ['>'] }, {}, "subjects has '>', and publishers are answered; allowed: the subjects that belong to the stream, such as 'orders.>'; fix: name the subjects"],
  ],
  'STREAM-SUBJECT-ALL-REPLICAS': [
    [{ subjects: ['>'], noAck: true, replicas: 3 }, {}, "subjects has '>', and replicas is 3; allowed: 1; fix: name the subjects"],
  ],
  'STREAM-SUBJECT-API': [
    [{ subjects: ['$JS.>'] }, {}, "subjects has '$JS.>', which reaches the subjects of JetStream, $JS.>; allowed: subjects outside $JS, $JSC and $NRG, or inside $JS.EVENT.>; fix: let the first token be a word"],
    [{ subjects: ['*.paid'] }, {}, "subjects has '*.paid', which reaches the subjects of JetStream, $JS.>; allowed: subjects outside $JS, $JSC and $NRG, or inside $JS.EVENT.>; fix: let the first token be a word"],
  ],
  'STREAM-SUBJECT-SYSTEM': [
    [{ subjects: ['$SYS.a'] }, {}, "subjects has '$SYS.a', which reaches the subjects of the servers, $SYS.>; allowed: subjects outside $SYS, or inside $SYS.ACCOUNT.>; fix: let the first token be a word"],
  ],
  'STREAM-SUBJECT-RESERVED': [
    [{ subjects: ['_INBOX.>'] }, {}, "subjects has '_INBOX.>', which is one of those by which clients and servers work; allowed: subjects of your own; fix: name the subjects that belong to the stream"],
    [{ subjects: ['>'], noAck: true }, {}, "subjects has '>', which reaches all those by which clients and servers work; allowed: subjects of your own; fix: name the subjects that belong to the stream"],
    [{ subjects: ['$JS'] }, {}, "subjects has '$JS', which is one of those by which clients and servers work; allowed: subjects of your own; fix: name the subjects that belong to the stream"],
  ],
  'STREAM-MIRROR-FIRST-SEQUENCE': [
    [mirroring({}, { firstSequence: 1 }), {}, 'mirror and firstSequence are both given; allowed: one of them; fix: leave firstSequence out: a mirror is what its origin is'],
  ],
  'STREAM-MIRROR-SUBJECTS': [
    [mirroring({}, { subjects: ['a'] }), {}, 'mirror and subjects are both given; allowed: one of them; fix: leave subjects out: a mirror is what its origin is'],
  ],
  'STREAM-MIRROR-SOURCES': [
    [mirroring({}, sourcing({ name: 'BILLS' })), {}, 'mirror and sources are both given; allowed: one of them; fix: leave sources out: a mirror is what its origin is'],
  ],
  'STREAM-MIRROR-COUNTER': [
    [mirroring({}, { allowMsgCounter: true }), {}, 'mirror and allowMsgCounter are both given; allowed: one of them; fix: leave allowMsgCounter out: a mirror is what its origin is'],
  ],
  'STREAM-MIRROR-ATOMIC': [
    [mirroring({}, { allowAtomicPublish: true }), {}, 'mirror and allowAtomicPublish are both given; allowed: one of them; fix: leave allowAtomicPublish out: a mirror is what its origin is'],
  ],
  'STREAM-MIRROR-BATCHED': [
    [mirroring({}, { allowBatched: true }), {}, 'mirror and allowBatched are both given; allowed: one of them; fix: leave allowBatched out: a mirror is what its origin is'],
  ],
  'STREAM-MIRROR-SCHEDULES': [
    [mirroring({}, { allowMsgSchedules: true, allowRollup: true }), {}, 'mirror and allowMsgSchedules are both given; allowed: one of them; fix: leave allowMsgSchedules out: a mirror is what its origin is'],
  ],
  'STREAM-MIRROR-MARKER': [
    [mirroring({}, { subjectDeleteMarkerTtl: 1000, allowMsgTtl: true, allowRollup: true }), {}, 'mirror and subjectDeleteMarkerTtl are both given; allowed: one of them; fix: leave subjectDeleteMarkerTtl out: a mirror is what its origin is'],
  ],
  'STREAM-MIRROR-DIRECT': [
    [{ mirrorDirect: true }, {}, 'mirrorDirect is true, but the stream is no mirror; fix: leave it out, or give allowDirect: true'],
  ],
  'STREAM-MIRROR-NAME': [
    [mirroring({ name: 'a.b' }), {}, "mirror.name is 'a.b'; allowed: the name of a stream: no white space, nor . * > / \\"],
  ],
  'STREAM-MIRROR-CONSUMER': [
    [mirroring({ consumer: { name: 'a.b', deliverSubject: 'd' } }), {}, "mirror.consumer.name is 'a.b'; allowed: the name of a consumer"],
    [mirroring({ consumer: { name: 'c', deliverSubject: 'd.*' } }), {}, "mirror.consumer.deliverSubject is 'd.*'; allowed: the subject to which the consumer delivers, without wildcards"],
    [mirroring({ consumer: { name: 'c', deliverSubject: 'd' }, filterSubject: 'a' }), {}, 'mirror has a consumer and filterSubject; allowed: one of them; fix: leave filterSubject out: it belongs to the consumer'],
  ],
  'STREAM-MIRROR-FILTER': [[mirroring({ filterSubject: 'a..b' }), {}, "mirror.filterSubject is 'a..b'; allowed: a subject"]],
  'STREAM-MIRROR-FILTER-TRANSFORMS': [
    [mirroring({ filterSubject: 'a', subjectTransforms: [{ source: 'a', destination: 'b' }] }), {}, 'mirror has filterSubject and subjectTransforms; allowed: one of them; fix: put the filter into source of a transform'],
  ],
  'STREAM-MIRROR-TRANSFORM': [
    [mirroring({ subjectTransforms: [{ source: 'a', destination: 'b' }, { source: 'c.*', destination: 'd.$2' }] }), {}, "mirror.subjectTransforms[1] is impossible: '$2' stands for a wildcard that 'c.*' does not have; allowed: $1, $2... or functions for the wildcards of the source, and > where the source has it"],
  ],
  'STREAM-MIRROR-TRANSFORM-OVERLAP': [
    [mirroring({ subjectTransforms: [{ source: 'a.*', destination: 'b.$1' }, { source: '*.c', destination: 'd.$1' }] }), {}, "mirror.subjectTransforms has the sources 'a.*' and '*.c', which overlap; allowed: sources that do not overlap"],
  ],
  'STREAM-SOURCE-NAME': [
    [sourcing({ name: '' }), {}, "sources[0].name is ''; allowed: the name of a stream: no white space, nor . * > / \\"],
  ],
  'STREAM-SOURCE-TWICE': [
    [sourcing({}, { startSequence: 2 }), {}, "sources[1] repeats an earlier source of 'INVOICES'; allowed: sources of one stream whose filters or transforms differ; fix: leave it out"],
  ],
  'STREAM-SOURCE-OVERLAP': [
    [sourcing({ filterSubject: 'a.>' }, { filterSubject: 'a.b' }), {}, "sources[1] and sources[0] both copy from 'INVOICES', and their filters overlap; fix: let each message match one"],
  ],
  'STREAM-SOURCE-FILTER': [[sourcing({ filterSubject: 'a..b' }), {}, "sources[0].filterSubject is 'a..b'; allowed: a subject"]],
  'STREAM-SOURCE-FILTER-TRANSFORMS': [
    [sourcing({ filterSubject: 'a', subjectTransforms: [{ source: 'a', destination: 'b' }] }), {}, 'sources[0] has filterSubject and subjectTransforms; allowed: one of them; fix: put the filter into source of a transform'],
  ],
  'STREAM-SOURCE-TRANSFORM': [
    [sourcing({ subjectTransforms: [{ source: 'a..b', destination: 'b' }] }), {}, "sources[0].subjectTransforms[0] is impossible: 'a..b' is no subject; allowed: $1, $2... or functions for the wildcards of the source, and > where the source has it"],
    [sourcing({ subjectTransforms: [{ source: 'a.*', destination: 'b.{{left(1,2)}}' }] }), { version: NatsVersion.V2_14 }, "sources[0].subjectTransforms[0] is impossible: '{{left(1,2)}}' is a function that came with nats-server 2.15, and the servers are 2.14; allowed: $1, $2... or functions for the wildcards of the source, and > where the source has it"],
  ],
  'STREAM-SOURCE-TRANSFORM-OVERLAP': [
    [sourcing({ subjectTransforms: [{ source: 'a.*', destination: 'b.$1' }, { source: 'a.b', destination: 'c' }] }), {}, "sources[0].subjectTransforms has the source 'a.b', which is part of 'a.*'; allowed: sources of which none is part of another"],
  ],
  'STREAM-SOURCE-SCHEDULES': [
    [{ ...sourcing({}), allowMsgSchedules: true, allowRollup: true }, {}, 'sources and allowMsgSchedules are both given; allowed: one of them; fix: leave allowMsgSchedules out'],
  ],
  'STREAM-SOURCE-CONSUMER': [
    [sourcing({ consumer: { name: 'c' } }), {}, "sources[0].consumer.deliverSubject is ''; allowed: the subject to which the consumer delivers, without wildcards"],
  ],
  'STREAM-SOURCE-CONSUMER-TWICE': [
    [sourcing({ consumer: { name: 'c', deliverSubject: 'd' }, subjectTransforms: [{ source: 'a', destination: 'b' }] }, { consumer: { name: 'c', deliverSubject: 'd' }, subjectTransforms: [{ source: 'c', destination: 'b' }] }), {}, "sources[1].consumer is 'c', which serves another source already; allowed: a consumer for each source"],
  ],
  'STREAM-ORIGIN-DELIVER-PREFIX': [
    [mirroring({ externalApiPrefix: 'x', externalDeliverPrefix: 'd.>' }), {}, "mirror.externalDeliverPrefix is 'd.>'; allowed: a subject without wildcards"],
  ],
  'STREAM-ORIGIN-API-PREFIX': [
    [sourcing({ externalApiPrefix: '$JS.*.API' }), {}, "sources[0].externalApiPrefix is '$JS.*.API'; allowed: a subject without wildcards, such as '$JS.hub.API'"],
  ],
  'STREAM-ORIGIN-API-OWN': [
    [mirroring({ externalApiPrefix: '$JS.API' }), {}, "mirror.externalApiPrefix is '$JS.API', the API of the own account; allowed: the prefix of another; fix: leave it out for a stream of the same account"],
  ],
  'STREAM-ORIGIN-EXTERNAL': [
    [mirroring({ externalDeliverPrefix: 'd' }), {}, "mirror has externalDeliverPrefix without externalApiPrefix; fix: give externalApiPrefix, such as '$JS.hub.API'"],
    [mirroring({ name: '', externalApiPrefix: 'x' }), {}, "mirror.name is ''; allowed: the name of a stream"],
  ],
  'STREAM-ORIGIN-PATH': [
    [sourcing({ name: 'a/b' }), { version: NatsVersion.V2_12 }, "sources[0].name is 'a/b'; allowed: the name of a stream: no white space, nor . * > / \\"],
  ],
  'STREAM-ORIGIN-START': [
    [mirroring({ startSequence: 0 }), {}, 'mirror.startSequence is 0; allowed: a whole number from 1'],
    [mirroring({ startTime: '2026-02-30T00:00:00Z' }), {}, "mirror.startTime is '2026-02-30T00:00:00Z'; allowed: RFC 3339, such as '2026-01-31T12:00:00Z'"],
    [sourcing({ startSequence: 1, startTime: '2026-01-31T12:00:00+01:00' }), {}, 'sources[0] has startSequence and startTime; allowed: one of them'],
  ],
  'STREAM-ORIGIN-CONSUMER-NAME': [
    [sourcing({ consumer: { name: '' } }), {}, 'sources[0].consumer.name is empty; allowed: the name of a consumer'],
  ],
  'STREAM-TRANSFORM': [
    [{ subjectTransform: { source: 'a.*', destination: 'b.*' } }, {}, "subjectTransform is impossible: 'b.*' has a *, which is written $1, $2... in a destination; allowed: $1, $2... or functions for the wildcards of the source, and > where the source has it"],
  ],
  'STREAM-REPUBLISH-SOURCE': [
    [{ republish: { source: '', destination: 'z.>' } }, {}, "republish.source is empty; allowed: a subject; fix: give source: '>' to republish all"],
  ],
  'STREAM-REPUBLISH-IMPLICIT': [
    [{ subjectTransform: { source: 'orders.>', destination: 'all.orders.>' }, republish: { source: '>', destination: '>' } }, {}, "republish leads from > to >, which stands for subjectTransform; allowed: both said; fix: give source and destination 'all.orders.>'"],
  ],
  'STREAM-REPUBLISH-CYCLE': [
    [{ republish: { source: '>', destination: 'orders.>' } }, {}, "republish.destination is 'orders.>', which the stream itself keeps by 'orders.>'; allowed: a destination outside the stream's subjects; fix: put a token before it"],
  ],
  'STREAM-REPUBLISH-LOOP': [
    [{ subjects: ['a.*', 'b.x'], republish: { source: 'a.*', destination: 'b.$1' } }, {}, "republish.destination is 'b.$1', which may become 'b.x' of the stream itself; allowed: a destination outside the stream's subjects; fix: put a token before it"],
  ],
  'STREAM-REPUBLISH': [
    [{ republish: { source: 'orders.>', destination: 'z' } }, {}, "republish is impossible: only one of 'orders.>' and 'z' ends with >; allowed: $1, $2... or functions for the wildcards of the source, and > where the source has it"],
  ],
  'STREAM-REPUBLISH-UNSEEN': [
    [{ republish: { source: 'orders.a', destination: 'z y' } }, {}, "republish.destination is 'z y'; allowed: a subject, without white space"],
  ],
  'STREAM-MIRROR-MSG-SIZE': [
    [mirroring({}, { maxMsgSize: 1024 }), known({ name: 'INVOICES', maxMsgSize: 2048 }), "maxMsgSize is 1 KiB, but mirror 'INVOICES' has messages of up to 2 KiB; allowed: at least 2 KiB; fix: leave it out, or raise it"],
  ],
  'STREAM-SOURCE-MSG-SIZE': [
    [{ ...sourcing({}), maxMsgSize: 1024 }, known({ name: 'INVOICES', maxMsgSize: 2048 }), "maxMsgSize is 1 KiB, but sources[0] 'INVOICES' has messages of up to 2 KiB; allowed: at least 2 KiB; fix: leave it out, or raise it"],
  ],
  'STREAM-MIRROR-DIRECT-ORIGIN': [
    [mirroring({}), known({ name: 'INVOICES', allowDirect: true }), "mirrorDirect is false, but allowDirect of 'INVOICES' is true; allowed: the same; fix: give mirrorDirect: true"],
  ],
  'STREAM-ORIGIN-DELIVER-OVERLAP': [
    [sourcing({}, { name: 'B', externalApiPrefix: 'x', externalDeliverPrefix: 'inv' }), known({ name: 'INVOICES', subjects: ['inv.>'] }), "externalDeliverPrefix 'inv' leads back into 'inv.>', which another of the origins keeps; allowed: a prefix outside these subjects"],
  ],
  'STREAM-ORIGIN-CYCLE': [
    [mirroring({ name: 'ORDERS' }), {}, 'the stream copies from itself, or from one that copies from it; allowed: streams of which none leads back; fix: leave out the one that does'],
    [sourcing({}), known({ name: 'INVOICES', sources: [origin({ name: 'ORDERS' })] }), 'the stream copies from itself, or from one that copies from it; allowed: streams of which none leads back; fix: leave out the one that does'],
    [sourcing({ name: 'A' }, { name: 'B' }), known({ name: 'A' }, { name: 'B', sources: [origin({ name: 'A' })] }), "the stream copies from 'A' in two ways, which the server takes for a cycle; allowed: 'A' after those that copy from it; fix: name 'A' later in sources, or leave it out"],
  ],
};
