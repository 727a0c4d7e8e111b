import { Duration, Size } from 'cdk8s';
import { newPlainScene, Scene, warningsOf } from './support';
import { JetStreamStream, JetStreamStreamProps, KeyValueBucket, NatsAccountOptions, ObjectStoreBucket, Rules, StreamRetention, StreamStorage } from '../../src';

function sceneWith(streams: Partial<JetStreamStreamProps>[], account?: NatsAccountOptions): Scene {
  const scene = newPlainScene({ jetStream: { fileStore: { size: Size.gibibytes(20) }, memoryStore: { maxSize: Size.mebibytes(64) } } }, account);
  streams.forEach((props, index) => new JetStreamStream(scene.chart, `s${index}`, { target: scene.target, ...props }));
  return scene;
}

test('streams without any limit are told once for an account', () => {
  const scene = sceneWith([{}, { maxAge: Duration.days(1) }, { storage: StreamStorage.MEMORY }]);
  new ObjectStoreBucket(scene.chart, 'photos', { target: scene.target });
  const [warning, ...others] = warningsOf(scene);
  expect(warning).toContain(
    "warning: [test/nats/account-ORDERS] streams without any limit: 's0', 's2', 'OBJ_photos'; "
    + 'fix: give each maxAge or ttl, maxBytes or maxMsgs, or the account jetStream.maxStorage and maxMemory',
  );
  expect(others).toEqual([]);
});

test('of many, the first are named', () => {
  expect(warningsOf(sceneWith(Array(8).fill({})))[0]).toContain("streams without any limit: 's0', 's1', 's2', 's3', 's4' and 3 more; fix");
});

test.each<[string, Partial<JetStreamStreamProps>]>([
  ['an age', { maxAge: Duration.days(1) }],
  ['a size', { maxBytes: Size.mebibytes(1) }],
  ['a number of messages', { maxMsgs: 5 }],
  ['a number of messages of each subject', { maxMsgsPerSubject: 5 }],
  ['consumers who empty it', { retention: StreamRetention.WORK_QUEUE }],
])('%s is a limit', (_, props) => expect(warningsOf(sceneWith([props]))).toEqual([]));

test('what the account may take is a limit, where the stream is stored', () => {
  const account = { jetStream: { maxStorage: Size.gibibytes(1) } };
  expect(warningsOf(sceneWith([{}], account))).toEqual([]);
  expect(warningsOf(sceneWith([{ storage: StreamStorage.MEMORY }], account))[0]).toContain("streams without any limit: 's0'");
});

test('keys have so many values, and what is wanted is not told', () => {
  const scene = sceneWith([{}]);
  new KeyValueBucket(scene.chart, 'carts', { target: scene.target });
  Rules.acknowledge(scene.chart, 'STREAMS-UNLIMITED', 'a test');
  expect(warningsOf(scene)).toEqual([]);
});
