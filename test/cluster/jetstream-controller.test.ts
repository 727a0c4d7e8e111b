import { JetStreamManager } from '@nats-io/jetstream';
import { createUser } from '@nats-io/nkeys';
import { credsAuthenticator } from '@nats-io/transport-node';
import { ApiObject, App, Chart, Duration, Size } from 'cdk8s';
import { ControlPlane } from './harness/control-plane';
import { Deployment } from './harness/deployment';
import {
  CertificateAuthority, JetStreamAccount, JetStreamController, JetStreamControllerOptions, JetStreamCredentials, JetStreamCrds, JetStreamStream,
  JetStreamTarget, KeyValueBucket, NatsAccount, NatsAuth, NatsClientCertificate, NatsCluster, NatsClusterProps, NatsResolver, NatsTls,
  ObjectStoreBucket, Permissions, Rules, SecretKey,
} from '../../src';
import { Operator } from '../operator';
import { natsServer } from '../server/harness/binaries';
import { eventually } from '../server/harness/eventually';
import { Manifest } from '../support';

jest.setTimeout(90_000);

// Built before the clock of a test runs.
natsServer();

const PASSWORD = 'p4ss w0rd';
const passwords = () => PASSWORD;

let plane: ControlPlane;
beforeAll(async () => { plane = await ControlPlane.start(); });

/** An app with the definitions of the resources, and a chart. */
function newApp(namespace: string): { app: App; chart: Chart } {
  const app = new App();
  new JetStreamCrds(new Chart(app, 'base'), 'crds');
  return { app, chart: new Chart(app, 'chart', { namespace }) };
}

/** An account ORDERS of a server in a namespace of its own, with a controller. */
class Scene {
  public readonly app: App;
  public readonly chart: Chart;
  public readonly cluster: NatsCluster;
  public readonly orders: NatsAccount;
  public readonly target: JetStreamTarget;

  constructor(namespace: string, options: JetStreamControllerOptions = {}, clusterOf: (chart: Chart) => NatsClusterProps = () => ({})) {
    ({ app: this.app, chart: this.chart } = newApp(namespace));
    this.cluster = new NatsCluster(this.chart, 'nats', { replicas: 1, jetStream: { fileStore: { size: Size.gibibytes(1) } }, ...clusterOf(this.chart) });
    this.orders = this.cluster.addAccount('ORDERS');
    this.orders.addUser('admin', { password: SecretKey.fromName('admin', 'password'), permissions: Permissions.all() });
    this.target = JetStreamTarget.account(this.orders);
    new JetStreamController(this.chart, 'nack', { cluster: this.cluster, syncInterval: Duration.seconds(1), ...options });
  }

  public addStream(id: string, chart: Chart = this.chart): JetStreamStream {
    return new JetStreamStream(chart, id, { target: this.target, subjects: [`${id}.>`] });
  }
}

/** What the account has, as an administrator sees it. */
function managerOf(deployment: Deployment): Promise<JetStreamManager> {
  return deployment.manager({ user: 'admin', pass: PASSWORD, inboxPrefix: '_INBOX_admin' });
}

async function streamNames(manager: JetStreamManager): Promise<string[]> {
  return (await manager.streams.list().next()).map(({ config }) => config.name).sort();
}

/** A stream as NACK's resource, which names no account. */
function rawStream(chart: Chart, name: string): ApiObject {
  return new ApiObject(chart, `stream-${name}`, {
    apiVersion: 'jetstream.nats.io/v1beta2', kind: 'Stream', metadata: { name }, spec: { name, subjects: [`${name}.>`], storage: 'file', maxAge: '0s' },
  });
}

describe('a controller of one namespace', () => {
  const scene = new Scene('messaging');
  const stream = new JetStreamStream(scene.chart, 'orders', {
    target: scene.target,
    subjects: ['orders.>'],
    maxAge: Duration.days(7),
    maxBytes: Size.mebibytes(1),
    denyPurge: true,
    metadata: { team: 'shop' },
    preventDelete: false,
  });
  stream.addConsumer('billing', { filterSubjects: ['orders.paid'], ackWait: Duration.seconds(45), maxDeliver: 5 });
  new JetStreamStream(scene.chart, 'kept', { target: scene.target, subjects: ['kept.>'] });
  new KeyValueBucket(scene.chart, 'settings', { target: scene.target, history: 5, ttl: Duration.hours(1), preventDelete: false });
  new ObjectStoreBucket(scene.chart, 'files', { target: scene.target, maxBytes: Size.mebibytes(2), preventDelete: false });
  let deployment: Deployment;
  let manager: JetStreamManager;
  let user: string;
  let log: () => string;

  beforeAll(async () => {
    deployment = await Deployment.of(plane, scene.app, passwords);
    const pod = await deployment.startController('nack');
    ({ user } = pod);
    log = () => pod.process.log;
    manager = await managerOf(deployment);
    await deployment.ready();
  });

  test('makes streams, consumers and buckets in the account, as they are described', async () => {
    expect(await streamNames(manager)).toEqual(['KV_settings', 'OBJ_files', 'kept', 'orders']);
    expect((await manager.streams.info('orders')).config).toMatchObject({
      subjects: ['orders.>'], storage: 'file', num_replicas: 1, max_age: 7 * 24 * 3600 * 1e9, max_bytes: 2 ** 20, deny_purge: true, metadata: expect.objectContaining({ team: 'shop' }),
    });
    expect((await manager.consumers.info('orders', 'billing')).config).toMatchObject({
      durable_name: 'billing', filter_subject: 'orders.paid', ack_policy: 'explicit', ack_wait: 45e9, max_deliver: 5,
    });
    expect((await manager.streams.info('KV_settings')).config).toMatchObject({ max_msgs_per_subject: 5, max_age: 3600 * 1e9, storage: 'file' });
    expect((await manager.streams.info('OBJ_files')).config).toMatchObject({ max_bytes: 2 * 2 ** 20, storage: 'file' });
  });

  test('mends what somebody else changes, within the interval', async () => {
    await manager.streams.delete('OBJ_files');
    await manager.streams.update('orders', { max_bytes: 2 ** 19 });
    const bytes = async () => (await manager.streams.info('orders')).config.max_bytes;
    expect(await eventually(bytes, (found) => found === 2 ** 20)).toBe(2 ** 20);
    expect(await eventually(() => streamNames(manager), (names) => names.includes('OBJ_files'))).toContain('OBJ_files');
  });

  test('deletes what is no longer described, unless that is prevented', async () => {
    for (const kind of ['Consumer', 'Stream', 'KeyValue', 'ObjectStore', 'Account']) {
      for (const resource of deployment.resources().filter((candidate) => candidate.kind === kind)) await deployment.delete(resource);
    }
    expect(await streamNames(manager)).toEqual(['kept']);
  });

  test('asks Kubernetes for nothing but what its Role allows, and all that is needed for that', () => {
    const granted = new Set(deployment.manifests.get('Role', 'nack').rules.flatMap(({ resources, verbs }: Manifest) =>
      resources.flatMap((resource: string) => verbs.map((verb: string) => `${verb} ${resource}`))));
    const asked = plane.requestsOf(user);
    const kinds = ['accounts', 'consumers', 'keyvalues', 'objectstores', 'streams'];
    const verbs = [...new Set(asked.map(({ verb, resource }) => `${verb} ${resource}`))].sort();
    expect(verbs).toEqual([...kinds.flatMap((kind) => [`update ${kind}`, `update ${kind}/status`, `watch ${kind}`]), 'watch secrets'].sort());
    expect(verbs.filter((verb) => !granted.has(verb))).toEqual([]);
    expect(asked.filter(({ namespace, status }) => namespace !== 'messaging' || status === 403)).toEqual([]);
    expect(log()).not.toContain('forbidden');
  });

  test('logs no secret', () => {
    expect(log()).toContain('Creating Stream');
    expect(log()).not.toContain(PASSWORD);
  });

  test('may do nothing else, and nothing elsewhere', async () => {
    const client = plane.client.as(await plane.client.tokenOf('messaging', 'nack'));
    const status = async (method: string, path: string) => (await client.ask(method, path, method === 'POST' ? {} : undefined)).status;
    expect(await status('GET', '/apis/jetstream.nats.io/v1beta2/namespaces/messaging/streams')).toBe(200);
    for (const path of [
      '/apis/jetstream.nats.io/v1beta2/streams', '/apis/jetstream.nats.io/v1beta2/namespaces/default/streams', '/api/v1/secrets', '/api/v1/namespaces/default/secrets',
      '/api/v1/namespaces/messaging/configmaps', '/api/v1/namespaces/messaging/pods',
    ]) expect([path, await status('GET', path)]).toEqual([path, 403]);
    for (const path of ['/apis/jetstream.nats.io/v1beta2/namespaces/messaging/streams', '/api/v1/namespaces/messaging/secrets', '/api/v1/namespaces/messaging/pods']) {
      expect([path, await status('POST', path)]).toEqual([path, 403]);
    }
    expect(await status('DELETE', '/apis/jetstream.nats.io/v1beta2/namespaces/messaging/streams/orders')).toBe(403);
  });
});

describe('TLS, with certificates that the cluster makes and asks for', () => {
  const secure = (namespace: string, options: JetStreamControllerOptions = {}) => {
    const scene = new Scene(namespace, options, (chart) => ({ tls: NatsTls.fromAuthority(new CertificateAuthority(chart, 'ca'), { verify: true }) }));
    scene.cluster.certificates!.addClient('admin', { secretName: 'admin-tls' });
    return scene;
  };

  test('is that of the connection to an account', async () => {
    const scene = secure('tls');
    scene.addStream('orders');
    const deployment = await Deployment.of(plane, scene.app, passwords);
    await deployment.startController('nack');
    await deployment.ready();
    expect(await streamNames(await managerOf(deployment))).toEqual(['orders']);
  });

  test('is that of the controller, which logs in with an nkey, for what names no account', async () => {
    const nkey = createUser();
    const seed = Buffer.from(nkey.getSeed()).toString();
    const scene = secure('own', { nkey: SecretKey.fromName('nack-login', 'seed'), certificate: NatsClientCertificate.fromSecret('nats-nack-client-tls') });
    scene.orders.addUser('nack', { nkey: nkey.getPublicKey(), permissions: Permissions.all() });
    scene.cluster.certificates!.addClient('nack');
    rawStream(scene.chart, 'orders');
    const deployment = await Deployment.of(plane, scene.app, (secretName) => secretName === 'nack-login' ? seed : PASSWORD);
    const { process } = await deployment.startController('nack');
    await deployment.ready();
    expect(await streamNames(await managerOf(deployment))).toEqual(['orders']);
    expect(process.log).not.toContain(seed);
  });
});

test('in operator mode a file of credentials lets it in, as its own and as that of an account', async () => {
  const operator = await Operator.withSystemAccount();
  const account = await operator.account('ORDERS', { limits: { disk_storage: -1, mem_storage: -1, streams: -1, consumer: -1 } as never });
  const { creds } = await account.user('nack');
  const { app, chart } = newApp('operated');
  const secret = SecretKey.fromName('nack-creds', 'nack.creds');
  const auth = NatsAuth.operator({ operators: [operator.jwt], resolver: NatsResolver.memory(), preload: [account.jwt, operator.system.jwt] });
  const cluster = new NatsCluster(chart, 'nats', { replicas: 1, jetStream: { fileStore: { size: Size.gibibytes(1) } }, auth });
  new JetStreamController(chart, 'nack', { cluster, credentials: secret });
  const connection = new JetStreamAccount(chart, 'orders-account', { cluster, credentials: JetStreamCredentials.creds(secret) });
  new JetStreamStream(chart, 'orders', { target: JetStreamTarget.connection(connection), subjects: ['orders.>'] });
  rawStream(chart, 'raw');

  const deployment = await Deployment.of(plane, app, (secretName) => secretName === secret.secretName ? Buffer.from(creds).toString() : PASSWORD);
  const { process } = await deployment.startController('nack');
  await deployment.ready();

  expect(await streamNames(await deployment.manager({ authenticator: credsAuthenticator(creds) }))).toEqual(['orders', 'raw']);
  expect(process.log).not.toMatch(/-----BEGIN|eyJ/);
});

test('controllers of the same name in two namespaces do not see each other', async () => {
  const scenes = ['one', 'two'].map((namespace) => new Scene(namespace));
  const deployments: Deployment[] = [];
  for (const scene of scenes) {
    scene.addStream(`orders-${scene.chart.namespace}`);
    deployments.push(await Deployment.of(plane, scene.app, passwords));
  }
  const pods = await Promise.all(deployments.map((deployment) => deployment.startController('nack')));
  await Promise.all(deployments.map((deployment) => deployment.ready()));
  expect(await Promise.all(deployments.map(async (deployment) => streamNames(await managerOf(deployment))))).toEqual([['orders-one'], ['orders-two']]);
  const seen = pods.map(({ user }) => [...new Set(plane.requestsOf(user).map(({ namespace }) => namespace))]);
  expect(seen).toEqual([['one'], ['two']]);
});

test('a controller may be elsewhere than what it watches', async () => {
  const scene = new Scene('apart', { watchNamespace: 'apart-orders' });
  scene.addStream('orders', new Chart(scene.app, 'orders', { namespace: 'apart-orders' }));
  const deployment = await Deployment.of(plane, scene.app, passwords);
  const { user } = await deployment.startController('nack');
  await deployment.ready();
  expect(await streamNames(await managerOf(deployment))).toEqual(['orders']);
  expect(user).toBe('system:serviceaccount:apart:nack');
  expect(new Set(plane.requestsOf(user).map(({ namespace }) => namespace))).toEqual(new Set(['apart-orders']));
});

test('a controller that only looks makes nothing, and calls it ready', async () => {
  const scene = new Scene('read-only', { readOnly: true });
  scene.addStream('orders');
  const deployment = await Deployment.of(plane, scene.app, passwords);
  const { process } = await deployment.startController('nack');
  await deployment.ready();
  expect(process.log).toContain('Running in read-only mode');
  expect(await streamNames(await managerOf(deployment))).toEqual([]);
});

test('a controller of all namespaces makes what is in any of them', async () => {
  const scene = new Scene('everywhere', { clusterWide: true });
  Rules.acknowledge(scene.chart, 'JS-CONTROLLER-ALL-SECRETS', 'a test');
  scene.addStream('here');
  scene.addStream('there', new Chart(scene.app, 'there', { namespace: 'everywhere-else' }));
  const deployment = await Deployment.of(plane, scene.app, passwords);
  const { user } = await deployment.startController('nack');
  await deployment.ready();
  expect(await streamNames(await managerOf(deployment))).toEqual(['here', 'there']);
  expect(plane.requestsOf(user).filter(({ status }) => status === 403)).toEqual([]);
});
