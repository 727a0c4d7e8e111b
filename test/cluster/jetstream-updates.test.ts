import { JetStreamManager } from '@nats-io/jetstream';
import { changingAssets, isRefused, saidOf, versionOf } from './changing-assets';
import { ControlPlane } from './harness/control-plane';
import { Deployment, managerOf } from './harness/deployment';
import { ChangeEffect, DistChange } from '../../src';
import { changesBetween, removeFolders } from '../change/folders';
import { natsServer } from '../server/harness/binaries';
import { Manifest, Manifests } from '../support';

jest.setTimeout(120_000);

// Built before the clock of a test runs.
natsServer();

const MESSAGES = 4;

const [before, after] = [versionOf('before'), versionOf('after')];
const messages = new Map<string, number>();
let changes: DistChange[];
let deployment: Deployment;
let manager: JetStreamManager;

beforeAll(async () => {
  deployment = await Deployment.of(await ControlPlane.start(), before.app, () => 'p4ss w0rd');
  await deployment.startController('nack');
  const client = await deployment.connect({ user: 'admin', pass: 'p4ss w0rd', inboxPrefix: '_INBOX_admin' });
  manager = await managerOf(client);
  await deployment.ready();
  for (const { streamName, _config: { subjects: [subject], noAck } } of before.streams) {
    for (let index = 0; index < MESSAGES && subject && !noAck; index++) await client.request(subject.replace('>', 'a'), 'x'.repeat(400));
    messages.set(streamName, await messagesIn(streamName));
  }
  changes = changesBetween(deployment.manifests.all, Manifests.ofApp(after.app).all);
  await deployment.change(after.app);
});
afterAll(removeFolders);

async function messagesIn(stream: string): Promise<number> {
  return (await manager.streams.info(stream)).state.messages;
}

test.each(changingAssets(before, after).map((asset) => [asset.title, asset] as const))('what is said of a change becomes of the %s', async (_, { resource, expected, found }) => {
  const said = saidOf(resource, changes);
  const { status, message }: Manifest = await deployment.settled(resource.toJson());
  expect([status, message]).toEqual([isRefused(said) ? 'False' : 'True', expect.any(String)]);
  expect(await found(manager)).toEqual(expected(said));
});

test.each(after.streams.map(({ streamName, apiObject }) => [streamName, apiObject] as const))('unless it is said, the stream %s loses no message', async (name, resource) => {
  await deployment.settled(resource.toJson());
  if (!saidOf(resource, changes).some(({ effect }) => effect === ChangeEffect.LOSS)) expect(await messagesIn(name)).toBe(messages.get(name));
});
