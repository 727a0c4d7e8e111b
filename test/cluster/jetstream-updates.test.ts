import { jetstreamManager, JetStreamManager } from '@nats-io/jetstream';
import { ApiObject, App, Chart, Duration, Size } from 'cdk8s';
import { ControlPlane } from './harness/control-plane';
import { Deployment } from './harness/deployment';
import { streamInWords } from './harness/described-assets';
import {
  ChangeEffect, DistChange, JetStreamController, JetStreamCrds, JetStreamStream, JetStreamTarget, KeyValueBucket, NatsCluster, NatsVersion,
  ObjectStoreBucket, Permissions, Rules, SecretKey,
} from '../../src';
import { consumerOnServer, somewhere, streamOnServer } from '../../src/change/server-defaults';
import { keyValueStream, objectStoreStream } from '../../src/jetstream/bucket/bucket-stream';
import { StreamConfig } from '../../src/jetstream/stream/stream-config';
import { changesBetween, removeFolders } from '../change/folders';
import { consumerFieldChanges, keyValueFieldChanges, objectStoreFieldChanges, streamFieldChanges } from '../jetstream/field-changes';
import { natsServer } from '../server/harness/binaries';
import { consumerBody } from '../server/harness/jetstream-consumer-requests';
import { plain } from '../server/harness/plain';
import { streamBody } from '../server/harness/stream-body';
import { applied } from '../server/updates/update-comparison';
import { Manifests } from '../support';

jest.setTimeout(300_000);

// Built before the clock of a test runs.
natsServer();

const MESSAGES = 4;

/** All assets as they are before their change, or after it. */
function versionOf(version: 'before' | 'after') {
  const app = new App();
  new JetStreamCrds(new Chart(app, 'base'), 'crds');
  const chart = new Chart(app, 'chart', { namespace: 'messaging' });
  const cluster = new NatsCluster(chart, 'nats', {
    serverTags: ['ssd'], jetStream: { fileStore: { size: Size.gibibytes(1) }, memoryStore: { maxSize: Size.mebibytes(64) } },
  });
  const account = cluster.addAccount('ORDERS');
  account.addUser('admin', { password: SecretKey.fromName('admin', 'password'), permissions: Permissions.all() });
  new JetStreamController(chart, 'nack', { cluster, syncInterval: Duration.minutes(10) });
  for (const rule of ['STREAM-SEALED', 'STREAM-CONSUMER-LIMITS-IDLE']) Rules.acknowledge(chart, rule, 'a test');
  const common = { target: JetStreamTarget.account(account), replicas: 1 };
  new JetStreamStream(chart, 'origin', { ...common, subjects: ['origin.>'] });
  new KeyValueBucket(chart, 'kv-origin', { ...common, name: 'origin' });
  const orders = new JetStreamStream(chart, 'orders', { target: common.target, subjects: ['orders.>'] });
  return {
    app,
    orders: orders._config,
    streams: streamFieldChanges.map(({ name, [version]: props }) => {
      const subjects = props.mirror ? undefined : (props.subjects ?? ['>']).map((subject) => `${name}.${subject}`);
      return new JetStreamStream(chart, name, { ...common, ...props, subjects });
    }),
    consumers: consumerFieldChanges.map(({ name, [version]: props }) => orders.addConsumer(name, props)),
    keyValues: keyValueFieldChanges.map(({ name, [version]: props }) => new KeyValueBucket(chart, `kv-${name}`, { ...common, name, ...props })),
    objectStores: objectStoreFieldChanges.map(({ name, [version]: props }) => new ObjectStoreBucket(chart, `object-${name}`, { ...common, name, ...props })),
  };
}

const [before, after] = [versionOf('before'), versionOf('after')];

/** What is said of the change of an asset, and what becomes of it. */
interface Outcome {
  readonly said: DistChange[];
  /** What the controller says, if it cannot apply the change. */
  readonly refusal?: string;
}

const servers = { ...somewhere, version: NatsVersion.V2_14 };
const outcomes = new Map<string, Outcome>();
const messages = new Map<string, number>();
let manager: JetStreamManager;

beforeAll(async () => {
  const deployment = await Deployment.of(await ControlPlane.start(), before.app, () => 'p4ss w0rd');
  await deployment.startController('nack');
  const client = await deployment.connect({ user: 'admin', pass: 'p4ss w0rd', inboxPrefix: '_INBOX_admin' });
  manager = await jetstreamManager(client);
  await deployment.ready();
  for (const { streamName, _config: { subjects: [subject], noAck } } of before.streams) {
    for (let index = 0; index < MESSAGES && subject && !noAck; index++) await client.request(subject.replace('>', 'a'), 'x'.repeat(400));
    messages.set(streamName, await messagesIn(streamName));
  }
  const changes = changesBetween(deployment.manifests.all, Manifests.ofApp(after.app).all);
  await deployment.change(after.app);
  for (const resource of deployment.resources()) {
    const { kind, metadata: { name } } = resource;
    const { status, message } = await deployment.settled(resource);
    const said = changes.filter((change) => change.kind === kind && change.name === name);
    outcomes.set(`${kind} ${name}`, { refusal: status === 'True' ? undefined : message, said });
  }
});
afterAll(removeFolders);

async function messagesIn(stream: string): Promise<number> {
  return (await manager.streams.info(stream)).state.messages;
}

/** What an asset is by what is said of its change, which is refused if that is said. */
function expected<Config extends object>({ kind, name }: ApiObject, was: Config, is: Config): Config {
  const { said, refusal } = outcomes.get(`${kind} ${name}`)!;
  const refused = said.filter(({ effect }) => effect === ChangeEffect.REFUSED);
  if (refused.length > 0) expect(refusal).toEqual(expect.any(String));
  else expect(refusal).toBeUndefined();
  return refusal === undefined ? { ...applied(was, is, said), ...partlyApplied(said) } : was;
}

/** Fields of which it is said that a part is applied, and what they then are. */
function partlyApplied(said: DistChange[]): object {
  const ignored = said.filter(({ effect }) => effect === ChangeEffect.IGNORED).map(({ field }) => field);
  const partly = said.filter(({ field, effect, after: is }) => effect !== ChangeEffect.IGNORED && ignored.includes(field) && is !== undefined);
  return Object.fromEntries(partly.map(({ field, after: is }) => [field, JSON.parse(is!)]));
}

async function expectStream(apiObject: ApiObject, was: StreamConfig, is: StreamConfig): Promise<void> {
  const wanted = expected(apiObject, streamOnServer(was, servers), streamOnServer(is, servers));
  expect(streamInWords((await manager.streams.info(is.name)).config)).toEqual(streamInWords(streamBody(wanted)));
}

const cases = <Change extends { readonly name: string }>(changes: Change[]) => changes.map(({ name }, index) => [name, index] as const);

test.each(cases(streamFieldChanges))('what is said of a stream becomes of it: %s', async (_, index) => {
  const { apiObject, streamName, _config: is } = after.streams[index];
  await expectStream(apiObject, before.streams[index]._config, is);
  const { said } = outcomes.get(`Stream ${apiObject.name}`)!;
  if (!said.some(({ effect }) => effect === ChangeEffect.LOSS)) expect(await messagesIn(streamName)).toBe(messages.get(streamName));
});

test.each(cases(consumerFieldChanges))('what is said of a consumer becomes of it: %s', async (_, index) => {
  const { apiObject, consumerName, _config: is } = after.consumers[index];
  const wanted = expected(apiObject, consumerOnServer(before.consumers[index]._config, before.orders), consumerOnServer(is, before.orders));
  expect(plain((await manager.consumers.info('orders', consumerName)).config)).toEqual(plain(consumerBody(wanted)));
});

test.each(cases(keyValueFieldChanges))('what is said of a key-value bucket becomes of it: %s', async (_, index) => {
  const { apiObject, _config: is } = after.keyValues[index];
  await expectStream(apiObject, keyValueStream(before.keyValues[index]._config), keyValueStream(is));
});

test.each(cases(objectStoreFieldChanges))('what is said of an object store becomes of it: %s', async (_, index) => {
  const { apiObject, _config: is } = after.objectStores[index];
  await expectStream(apiObject, objectStoreStream(before.objectStores[index]._config), objectStoreStream(is));
});
