import { JetStreamManager } from '@nats-io/jetstream';
import { ApiObject, App, Chart, Duration, Size } from 'cdk8s';
import { streamInWords } from './harness/described-assets';
import {
  ChangeEffect, DistChange, JetStreamController, JetStreamCrds, JetStreamStream, JetStreamTarget, KeyValueBucket, NatsCluster, NatsVersion,
  ObjectStoreBucket, Permissions, Rules, SecretKey,
} from '../../src';
import { consumerOnServer, somewhere, streamOnServer } from '../../src/change/server-defaults';
import { keyValueStream, objectStoreStream } from '../../src/jetstream/bucket/bucket-stream';
import { StreamConfig } from '../../src/jetstream/stream/stream-config';
import { consumerFieldChanges, keyValueFieldChanges, objectStoreFieldChanges, streamFieldChanges } from '../jetstream/field-changes';
import { ApiRequest } from '../server/harness/jetstream-api';
import { applyConsumer, consumerBody } from '../server/harness/jetstream-consumer-requests';
import { plain } from '../server/harness/plain';
import { streamBody } from '../server/harness/stream-body';
import { applied } from '../server/updates/update-comparison';

/** All assets of which a field changes, as they are before, or after. */
export function versionOf(version: 'before' | 'after') {
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

type Version = ReturnType<typeof versionOf>;

/** An asset of which a field changes. */
export interface ChangingAsset {
  readonly title: string;
  readonly resource: ApiObject;
  /** What it is before, and what it is described as afterwards, in the words of the server. */
  readonly was: unknown;
  readonly is: unknown;
  /** What it is afterwards by what is said of its change. */
  expected(said: readonly DistChange[]): unknown;
  found(manager: JetStreamManager): Promise<unknown>;
  /** How somebody makes it by hand what it is before. */
  byHand(): ApiRequest;
}

const servers = { ...somewhere, version: NatsVersion.V2_14 };

/** All assets, which change from one version to another. */
export function changingAssets(was: Version, is: Version): ChangingAsset[] {
  return [
    ...is.streams.map(({ apiObject, _config }, index) => streamAsset(`stream ${streamFieldChanges[index].name}`, apiObject, was.streams[index]._config, _config)),
    ...is.consumers.map(({ apiObject, consumerName, _config }, index): ChangingAsset => {
      const [before, after] = [was.consumers[index]._config, _config].map((config) => consumerOnServer(config, is.orders));
      return {
        title: `consumer ${consumerName}`,
        resource: apiObject,
        was: plain(consumerBody(before)),
        is: plain(consumerBody(after)),
        expected: (said) => plain(consumerBody(becoming(before, after, said))),
        found: async (manager) => plain((await manager.consumers.info('orders', consumerName)).config),
        byHand: () => applyConsumer(before, false),
      };
    }),
    ...is.keyValues.map(({ apiObject, bucketName, _config }, index) => (
      streamAsset(`key-value bucket ${bucketName}`, apiObject, keyValueStream(was.keyValues[index]._config), keyValueStream(_config))
    )),
    ...is.objectStores.map(({ apiObject, bucketName, _config }, index) => (
      streamAsset(`object store ${bucketName}`, apiObject, objectStoreStream(was.objectStores[index]._config), objectStoreStream(_config))
    )),
  ];
}

function streamAsset(title: string, resource: ApiObject, was: StreamConfig, is: StreamConfig): ChangingAsset {
  const [before, after] = [was, is].map((config) => streamOnServer(config, servers));
  return {
    title,
    resource,
    was: streamInWords(streamBody(before)),
    is: streamInWords(streamBody(after)),
    expected: (said) => streamInWords(streamBody(becoming(before, after, said))),
    found: async (manager) => streamInWords((await manager.streams.info(is.name)).config),
    byHand: () => ({ subject: `$JS.API.STREAM.UPDATE.${is.name}`, body: streamBody(before) }),
  };
}

/** What a change leads to, by what is said of it: nothing, where a part of it is refused. */
function becoming<Config extends object>(was: Config, is: Config, said: readonly DistChange[]): Config {
  return isRefused(said) ? was : { ...applied(was, is, said), ...partlyApplied(said) };
}

export function isRefused(said: readonly DistChange[]): boolean {
  return said.some(({ effect }) => effect === ChangeEffect.REFUSED);
}

/** Fields of which it is said that a part is applied, and what they then are. */
function partlyApplied(said: readonly DistChange[]): object {
  const ignored = said.filter(({ effect }) => effect === ChangeEffect.IGNORED).map(({ field }) => field);
  const partly = said.filter(({ field, effect, after }) => effect !== ChangeEffect.IGNORED && ignored.includes(field) && after !== undefined);
  return Object.fromEntries(partly.map(({ field, after }) => [field, JSON.parse(after!)]));
}

/** What is said of the change of one object. */
export function saidOf({ kind, name }: ApiObject, changes: readonly DistChange[]): DistChange[] {
  return changes.filter((change) => change.kind === kind && change.name === name);
}
