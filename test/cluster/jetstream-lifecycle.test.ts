import { JetStreamManager } from '@nats-io/jetstream';
import { App, Chart, Duration, Size, Testing } from 'cdk8s';
import { ControlPlane } from './harness/control-plane';
import { Deployment, managerOf } from './harness/deployment';
import { Scene, scenarios } from './lifecycle-scenarios';
import {
  ChangeEffect, JetStreamAccount, JetStreamController, JetStreamCredentials, JetStreamCrds, JetStreamTarget, NatsCluster, Permissions, SecretKey,
} from '../../src';
import { changesBetween, removeFolders } from '../change/folders';
import { natsServer } from '../server/harness/binaries';
import { eventually } from '../server/harness/eventually';

jest.setTimeout(120_000);

// Built before the clock of a test runs.
natsServer();

/** An app with the assets of all scenarios, and the chart of each. */
function versionOf(version: 'before' | 'after', namespace: string): { app: App; charts: Chart[] } {
  const app = new App();
  new JetStreamCrds(new Chart(app, 'base'), 'crds');
  const servers = new Chart(app, 'servers', { namespace });
  const cluster = new NatsCluster(servers, 'nats', { replicas: 1, jetStream: { fileStore: { size: Size.gibibytes(1) } } });
  const [orders, sales] = ['orders', 'sales'].map((name) => {
    const account = cluster.addAccount(name.toUpperCase());
    account.addUser(name, { password: SecretKey.fromName(name, 'password'), permissions: Permissions.all() });
    return JetStreamTarget.account(account);
  });
  new JetStreamController(servers, 'nack', { cluster, syncInterval: Duration.seconds(1) });
  const connection = (name: string, user: string) => new JetStreamAccount(servers, name, { cluster, credentials: JetStreamCredentials.user(user) });
  const moving = JetStreamTarget.connection(connection('moving', version === 'before' ? 'orders' : 'sales'));
  // Because of this the Secret of its user is there before anything moves.
  connection('settled', 'sales');
  for (const target of [orders, sales]) target._connectionFor(servers);
  const charts = scenarios.map(({ [version]: describe }, index) => {
    const chart = new Chart(app, `scenario-${index}`, { namespace });
    describe({ chart, orders, sales, moving } satisfies Scene);
    return chart;
  });
  return { app, charts };
}

let plane: ControlPlane;
beforeAll(async () => { plane = await ControlPlane.start(); });
afterAll(removeFolders);

describe.each(['at work', 'away'])('while the controller is %s', (place) => {
  const [before, after] = [versionOf('before', place.replace(' ', '-')), versionOf('after', place.replace(' ', '-'))];
  const managers: { [account: string]: JetStreamManager } = {};
  let deployment: Deployment;

  beforeAll(async () => {
    deployment = await Deployment.of(plane, before.app, (secretName) => secretName);
    const { process } = await deployment.startController('nack');
    await deployment.ready();
    for (const name of ['orders', 'sales']) {
      const client = await deployment.connect({ user: name, pass: name, inboxPrefix: `_INBOX_${name}` });
      managers[name.toUpperCase()] = await managerOf(client);
      for await (const { config: { subjects: [subject] } } of managers[name.toUpperCase()].streams.list()) {
        for (const message of ['1', '2']) if (!subject.startsWith('$')) await client.request(subject.replace('>', 'a'), message);
      }
    }
    if (place === 'away') await process.stop();
    const gone = await deployment.replace(after.app);
    if (place === 'away') await deployment.startController('nack');
    await deployment.gone(gone);
  });

  async function found(asset: string): Promise<number | boolean | undefined> {
    const [, account, stream, consumer] = /^(\S+) (\S+)(?: > (\S+))?$/.exec(asset)!;
    const { [account]: manager } = managers;
    if (consumer !== undefined) return manager.consumers.info(stream, consumer).then(() => true, () => undefined);
    return manager.streams.info(stream).then(({ state }) => state.messages, () => undefined);
  }

  test.each(scenarios.map((scenario, index) => [scenario.name, scenario, index] as const))('%s', async (_, { said, found: wanted }, index) => {
    const [old, now] = [before, after].map(({ charts }) => Testing.synth(charts[index]));
    const changes = changesBetween(old, now);
    expect(changes.map(({ effect }) => effect)).toEqual(said);
    for (const resource of now) {
      const { kind, metadata: { name } } = resource;
      const isRefused = changes.some((change) => change.kind === kind && change.name === name && change.effect === ChangeEffect.REFUSED);
      await eventually(() => deployment.conditionOf(resource), ({ type, status }) => type === 'Ready' && status === (isRefused ? 'False' : 'True'));
    }
    const state = async () => Object.fromEntries(await Promise.all(Object.keys(wanted).map(async (asset) => [asset, await found(asset)])));
    expect(await eventually(state, (is) => JSON.stringify(is) === JSON.stringify(wanted)).catch(state)).toEqual(wanted);
  });
});

test('a connection that leads elsewhere is told beforehand', () => {
  const [old, now] = (['before', 'after'] as const).map((version) => Testing.synth(versionOf(version, 'messaging').app.charts.find(({ node }) => node.id === 'servers')!));
  expect(changesBetween(old, now)).toMatchObject([{ kind: 'Account', name: 'moving', field: 'user', effect: ChangeEffect.CAUTION }]);
});
