import { JetStreamManager } from '@nats-io/jetstream';
import { Kvm } from '@nats-io/kv';
import { Objm } from '@nats-io/obj';
import { NatsConnection } from '@nats-io/transport-node';
import { App, Chart, Duration, Size } from 'cdk8s';
import { ControlPlane } from './harness/control-plane';
import { Deployment, managerOf } from './harness/deployment';
import { describedIn, presentIn } from './harness/described-assets';
import {
  JetStreamController, JetStreamCrds, JetStreamStream, JetStreamTarget, KeyValueBucket, NatsCluster, ObjectStoreBucket, Permissions, Rules, SecretKey,
} from '../../src';
import { consumers, keyValues, objectStores, streams } from '../jetstream/cases';
import { natsServer } from '../server/harness/binaries';
import { eventually } from '../server/harness/eventually';

jest.setTimeout(120_000);

// Built before the clock of a test runs.
natsServer();

const app = new App();
new JetStreamCrds(new Chart(app, 'base'), 'crds');
const chart = new Chart(app, 'chart', { namespace: 'messaging' });
const cluster = new NatsCluster(chart, 'nats', {
  serverTags: ['ssd'], jetStream: { fileStore: { size: Size.gibibytes(1) }, memoryStore: { maxSize: Size.mebibytes(64) } },
});
const orders = cluster.addAccount('ORDERS');
orders.addUser('admin', { password: SecretKey.fromName('admin', 'password'), permissions: Permissions.all() });
new JetStreamController(chart, 'nack', { cluster, syncInterval: Duration.seconds(1) });
const target = JetStreamTarget.account(orders);
const described = new Map(streams.map(([name, props]) => [name, new JetStreamStream(chart, `stream-${name}`, { name, target, ...props })]));
for (const [stream, name, props] of consumers) described.get(stream)!.addConsumer(name, props);
const keyValueBuckets = keyValues.map(([name, props]) => new KeyValueBucket(chart, `kv-${name}`, { name, target, ...props }));
const objectStoreBuckets = objectStores.map(([name, props]) => new ObjectStoreBucket(chart, `object-${name}`, { name, target, ...props }));
Rules.acknowledge(chart, 'STREAM-CONSUMER-LIMITS-IDLE', 'a test');

let client: NatsConnection;
let manager: JetStreamManager;
beforeAll(async () => {
  const deployment = await Deployment.of(await ControlPlane.start(), app, () => 'p4ss w0rd');
  await deployment.startController('nack');
  client = await deployment.connect({ user: 'admin', pass: 'p4ss w0rd', inboxPrefix: '_INBOX_admin' });
  manager = await managerOf(client);
  await deployment.ready();
});

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

test('the account has what is described, field by field, and nothing else', async () => {
  expect(await presentIn(manager)).toEqual(describedIn(target._assets));
});

test('a client of buckets finds what is described', async () => {
  for (const { bucketName, _config: { description = '', replicas, storage, compression, ...config } } of keyValueBuckets) {
    expect(await (await new Kvm(manager.jetstream()).open(bucketName)).status()).toMatchObject({
      bucket: bucketName,
      description,
      replicas,
      storage,
      compression,
      history: config.history,
      ttl: config.ttl,
      markerTTL: config.limitMarkerTtl ?? 0,
      max_bytes: config.maxBytes ?? -1,
      maxValueSize: config.maxValueSize ?? -1,
      placement: config.placement ?? { cluster: '', tags: [] },
      republish: config.republish ? { src: config.republish.source, dest: config.republish.destination } : { src: '', dest: '' },
    });
  }
  for (const { bucketName, _config: { description = '', replicas, storage, compression, ttl, metadata } } of objectStoreBuckets) {
    expect(await (await new Objm(manager.jetstream()).open(bucketName)).status()).toMatchObject({
      bucket: bucketName, description, replicas, storage, compression, ttl: ttl * 1e6, metadata,
    });
  }
});

test('once all is made, the controller only looks', async () => {
  const asked: string[] = [];
  const subscription = client.subscribe('$JS.API.>', { callback: (_, { subject }) => { asked.push(subject); } });
  const rounds = async () => Math.min(...[...described.keys()].map((name) => asked.filter((subject) => subject === `$JS.API.STREAM.INFO.${name}`).length));
  await eventually(rounds, (count) => count > 2);
  subscription.unsubscribe();
  expect(asked.filter((subject) => !/^\$JS\.API\.(STREAM|CONSUMER)\.INFO\.|^\$JS\.API\.INFO$/.test(subject))).toEqual([]);
});

test.each([
  ['streams', [...described.values()], ['sealed']],
  ['consumers', consumers.map(([stream, name]) => ({ _config: [...target._assets.consumersOf(stream)].find(({ config }) => config.name === name)!.config })), []],
  ['key-value buckets', keyValueBuckets, []],
  ['object stores', objectStoreBuckets, []],
])('of %s, these say every field, but what only a change can say', (_, constructs: { readonly _config: object }[], unsaid: string[]) => {
  const values = new Map<string, Set<string>>();
  for (const [field, value] of constructs.flatMap(({ _config }) => Object.entries(_config))) {
    values.set(field, (values.get(field) ?? new Set()).add(JSON.stringify(value) ?? ''));
  }
  expect([...values].filter(([, ofField]) => ofField.size === 1).map(([field]) => field)).toEqual(unsaid);
});
