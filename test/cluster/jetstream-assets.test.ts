import { jetstreamManager, JetStreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { App, Chart, Duration, Size } from 'cdk8s';
import { ControlPlane } from './harness/control-plane';
import { Deployment } from './harness/deployment';
import {
  JetStreamController, JetStreamCrds, JetStreamStream, JetStreamTarget, KeyValueBucket, NatsCluster, ObjectStoreBucket, Permissions, Rules, SecretKey,
} from '../../src';
import { keyValueStream, objectStoreStream } from '../../src/jetstream/bucket/bucket-stream';
import { consumers, keyValues, objectStores, streams } from '../jetstream/cases';
import { natsServer } from '../server/harness/binaries';

jest.setTimeout(120_000);

// Built before the clock of a test runs.
natsServer();

const app = new App();
new JetStreamCrds(new Chart(app, 'base'), 'crds');
const chart = new Chart(app, 'chart', { namespace: 'messaging' });
const cluster = new NatsCluster(chart, 'nats', {
  replicas: 1, jetStream: { fileStore: { size: Size.gibibytes(1) }, memoryStore: { maxSize: Size.mebibytes(64) } },
});
const orders = cluster.addAccount('ORDERS');
orders.addUser('admin', { password: SecretKey.fromName('admin', 'password'), permissions: Permissions.all() });
new JetStreamController(chart, 'nack', { cluster, syncInterval: Duration.seconds(1) });
const target = JetStreamTarget.account(orders);
const described = new Map(streams.map(([name, props]) => [name, new JetStreamStream(chart, `stream-${name}`, { name, target, ...props })]));
for (const [stream, name, props] of consumers) described.get(stream)!.addConsumer(name, props);
const buckets = [
  ...keyValues.map(([name, props]) => keyValueStream(new KeyValueBucket(chart, `kv-${name}`, { name, target, ...props })._config)),
  ...objectStores.map(([name, props]) => objectStoreStream(new ObjectStoreBucket(chart, `object-${name}`, { name, target, ...props })._config)),
];
Rules.acknowledge(chart, 'STREAM-CONSUMER-LIMITS-IDLE', 'a test');

let manager: JetStreamManager;
let close: () => Promise<void>;
beforeAll(async () => {
  const plane = await ControlPlane.start();
  const deployment = await Deployment.of(plane, app, () => 'p4ss w0rd');
  await deployment.startController('nack');
  const connection = await connect({ servers: deployment.server.server.clientUrl, user: 'admin', pass: 'p4ss w0rd', inboxPrefix: '_INBOX_admin' });
  close = () => connection.close();
  manager = await jetstreamManager(connection);
  await deployment.ready();
});
afterAll(() => close());

test.each(streams)('NACK makes the stream %s as it is described', async (name, _, has) => {
  expect((await manager.streams.info(name)).config).toMatchObject({ name, ...has });
});

test.each(consumers)('NACK makes, of the stream %s, the consumer %s as it is described', async (stream, name, _, has) => {
  expect((await manager.consumers.info(stream, name)).config).toMatchObject({ durable_name: name, ...has });
});

test.each(keyValues)('NACK makes the key-value bucket %s as it is described', async (bucket, _, has) => {
  expect((await manager.streams.info(`KV_${bucket}`)).config).toMatchObject(has);
});

test.each(objectStores)('NACK makes the object store %s as it is described', async (bucket, _, has) => {
  expect((await manager.streams.info(`OBJ_${bucket}`)).config).toMatchObject(has);
});

test('the streams of buckets are those that are judged', async () => {
  for (const stream of buckets) {
    const { config } = await manager.streams.info(stream.name);
    expect(config).toMatchObject({
      name: stream.name,
      storage: stream.storage,
      num_replicas: stream.replicas,
      retention: stream.retention,
      discard: stream.discard,
      max_msgs_per_subject: stream.maxMsgsPerSubject ?? -1,
      max_bytes: stream.maxBytes ?? -1,
      max_msg_size: stream.maxMsgSize ?? -1,
      max_age: stream.maxAge * 1e6,
      compression: stream.compression,
      deny_delete: stream.denyDelete,
      deny_purge: stream.denyPurge,
      allow_rollup_hdrs: stream.allowRollup,
      allow_direct: stream.allowDirect,
      mirror_direct: stream.mirrorDirect,
      ...stream.subjects.length > 0 ? { subjects: stream.subjects } : {},
      // The server gives a stream with sources no window of its own accord, but the client asks for one.
      ...stream.duplicateWindow !== undefined && !stream.mirror ? { duplicate_window: stream.duplicateWindow * 1e6 } : {},
    });
    const sources = stream.sources.map(({ name, subjectTransforms }) => (
      { name, subject_transforms: subjectTransforms.map(({ source, destination }) => ({ src: source, dest: destination })) }
    ));
    expect((config.sources ?? []).map(({ name, subject_transforms }) => ({ name, subject_transforms }))).toEqual(sources);
  }
});
