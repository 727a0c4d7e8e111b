import { known, mirroring, mistakes, sourcing } from './stream-mistakes';
import { findingsOf } from '../../../src/jetstream/rules/asset-rule';
import { JetStreamPlace } from '../../../src/jetstream/rules/place';
import { streamRules } from '../../../src/jetstream/rules/stream-rules';
import { StreamConfig, StreamDiscard, StreamPersistMode, StreamStorage } from '../../../src/jetstream/stream/stream-config';
import { NatsVersion } from '../../../src/nats/nats-version';
import { someStream } from '../some-configs';

const place: JetStreamPlace = { version: NatsVersion.V2_15, pedantic: true, stream: () => undefined };

/** What the rules find, with the id of the rule. */
function found(config: Partial<StreamConfig>, there: Partial<JetStreamPlace> = {}): [rule: string, says: string][] {
  return findingsOf(streamRules, someStream(config), { ...place, ...there }).map(({ rule, mistake }) => [rule.id, rule.text(mistake)]);
}

test('each rule has a mistake', () => {
  expect(Object.keys(mistakes).sort()).toEqual(streamRules.map(({ rule }) => rule.id).sort());
});

describe.each(Object.entries(mistakes))('%s', (id, ofRule) => {
  test.each(ofRule.map(([config, there, ...says]) => [says.join('; '), config, there, says] as const))('%s', (_, config, there, says) => {
    expect(found(config, there).filter(([rule]) => rule === id).map(([, text]) => text)).toEqual(says.map((text) => `${text} [${id}]`));
  });
});

test.each<[string, Partial<StreamConfig>, Partial<JetStreamPlace>]>([
  ['a plain stream', {}, {}],
  ['a short life', { maxAge: 100, duplicateWindow: 100 }, {}],
  ['a short life of a mirror, which finds no duplicates', mirroring({}, { maxAge: 100 }), {}],
  ['a short life of a stream of sources', { ...sourcing({}), maxAge: 100 }, {}],
  ['subjects that cross no other', { subjects: ['a.*', 'a.*.b', 'b', 'a'] }, {}],
  ['what JetStream tells of itself', { subjects: ['$JS.EVENT.ADVISORY.>', '$SYS.ACCOUNT.*.CONNECT'] }, {}],
  ['a stream that refuses new messages per subject', { discard: StreamDiscard.NEW, discardPerSubject: true, maxMsgsPerSubject: 1 }, {}],
  ['answers before the message is written', { persistMode: StreamPersistMode.ASYNC, allowBatched: true }, {}],
  ['three copies on three servers', { replicas: 3, placement: { cluster: 'eu', tags: ['SSD', '!hdd'] } }, { clustered: true, servers: 3, clusterName: 'eu', serverTags: ['ssd'] }],
  ['five copies, and another cluster, in a super cluster', { replicas: 5, placement: { cluster: 'us', tags: ['x'] } }, { clustered: true, superCluster: true, servers: 3, clusterName: 'eu', serverTags: [] }],
  ['what fills the store', { storage: StreamStorage.MEMORY, maxBytes: 1024 }, { maxMemoryBytes: 1024 }],
  ['sources of which the nearer come later', sourcing({ name: 'B' }, { name: 'A' }), known({ name: 'A' }, { name: 'B', sources: [{ name: 'A', subjectTransforms: [] }] })],
  ['two filters of one source', sourcing({ filterSubject: 'a' }, { filterSubject: 'b' }), {}],
  ['a mirror of another account', mirroring({ externalApiPrefix: '$JS.hub.API', externalDeliverPrefix: 'from.hub' }), {}],
  ['republishing by the wildcards of the source', { republish: { source: 'orders.*', destination: 'told.$1' } }, {}],
  ['a leap day', mirroring({ startTime: '2028-02-29T23:59:59.5+01:00' }), {}],
])('nothing is found in %s', (_, config, there) => {
  expect(found(config, there)).toEqual([]);
});

test.each<[string, Partial<StreamConfig>]>([
  ['a window', { maxAge: 60_000 }],
  ['time to live, and rollups', { subjectDeleteMarkerTtl: 1000 }],
  ['rollups', { allowMsgSchedules: true }],
  ['a source', { republish: { source: '', destination: 'told.>' } }],
])('a server that is not pedantic chooses %s itself', (_, config) => {
  expect(found(config)).not.toEqual([]);
  expect(found(config, { pedantic: false })).toEqual([]);
});

test.each<[NatsVersion, Partial<StreamConfig>, string[]]>([
  [NatsVersion.V2_12, { allowMsgCounter: true, allowMsgSchedules: true, allowRollup: true }, []],
  [NatsVersion.V2_14, { allowMsgCounter: true, allowMsgSchedules: true, allowRollup: true }, ['STREAM-COUNTER-SCHEDULES']],
  [NatsVersion.V2_12, { ...sourcing({}), maxAge: 100 }, ['STREAM-DUPLICATE-WINDOW-DEFAULT']],
  [NatsVersion.V2_14, { ...sourcing({}), maxAge: 100 }, []],
  [NatsVersion.V2_14, { subjectTransform: { source: 'orders.*', destination: 'a.{{left(1,2)}}' } }, ['STREAM-TRANSFORM']],
  [NatsVersion.V2_15, { subjectTransform: { source: 'orders.*', destination: 'a.{{left(1,2)}}' } }, []],
])('nats-server %s is asked for no more than it knows: %j', (version, config, rules) => {
  expect(found(config, { version }).map(([rule]) => rule)).toEqual(rules);
});

test('streams with many subjects are judged in a time that grows with their number', () => {
  const subjects = [...Array(10_000).keys()].map((index) => `o.${index}.*`);
  const begin = performance.now();
  expect(found({ subjects })).toEqual([]);
  expect(performance.now() - begin).toBeLessThan(5000);
});
