import { isDeepStrictEqual } from 'util';
import { JetStreamManager } from '@nats-io/jetstream';
import { NatsConnection } from '@nats-io/transport-node';
import { changingAssets, ChangingAsset, saidOf, versionOf } from './changing-assets';
import { ControlPlane } from './harness/control-plane';
import { Deployment, managerOf } from './harness/deployment';
import { DistChange } from '../../src';
import { changesBetween, removeFolders } from '../change/folders';
import { natsServer } from '../server/harness/binaries';
import { eventually } from '../server/harness/eventually';
import { Manifests } from '../support';

jest.setTimeout(120_000);

// Built before the clock of a test runs.
natsServer();

/** Until the controller has looked at everything. */
const ROUND_MILLISECONDS = 60_000;

const [described, byHand] = [versionOf('before'), versionOf('after')];
/** Without buckets that are moved: servers that are to move a stream of one replica back at once may leave it without a leader for longer than a test waits. */
const assets = changingAssets(byHand, described).filter(({ title }) => !/^(key-value bucket|object store) placement/.test(title));
const changed = new Set<ChangingAsset>();
let said: DistChange[];
let manager: JetStreamManager;

beforeAll(async () => {
  const deployment = await Deployment.of(await ControlPlane.start(), described.app, () => 'p4ss w0rd');
  const { process } = await deployment.startController('nack');
  const client = await deployment.connect({ user: 'admin', pass: 'p4ss w0rd', inboxPrefix: '_INBOX_admin' });
  manager = await managerOf(client);
  await deployment.ready();
  await process.stop();
  said = changesBetween(Manifests.ofApp(byHand.app).all, deployment.manifests.all);
  for (const asset of assets) if (await changes(client, asset)) changed.add(asset);
  const asked = new Set<string>();
  client.subscribe('$JS.API.*.INFO.>', { callback: (_, { subject }) => { asked.add(subject); } });
  await deployment.startController('nack');
  await eventually(async () => asked.size, (count) => count > assets.length, ROUND_MILLISECONDS);
});
afterAll(removeFolders);

/** Changes an asset by hand, and tells whether the server has done it. */
async function changes(client: NatsConnection, { byHand: request, found, was }: ChangingAsset): Promise<boolean> {
  const { subject, body } = request();
  await client.request(subject, JSON.stringify(body));
  return isDeepStrictEqual(await found(manager), was);
}

const cases = assets.map((asset) => [asset.title, asset] as const);

test.each(cases)('a controller that comes back makes what a diff says of the %s, which was changed by hand', async (_, asset) => {
  if (!changed.has(asset)) return;
  const wanted = asset.expected(saidOf(asset.resource, said));
  const found = () => asset.found(manager);
  expect(await eventually(found, (is) => isDeepStrictEqual(is, wanted)).catch(found)).toEqual(wanted);
});

test('what stays as somebody has made it by hand, because NACK never clears it, is what the docstrings say, and what the server does not take back', () => {
  const kept = [...changed].filter(({ resource, expected, is }) => !isDeepStrictEqual(expected(saidOf(resource, said)), is)).map(({ title }) => title.replace(/-\d+$/, ''));
  const of = (kind: string) => [...new Set(kept)].filter((title) => title.startsWith(kind)).map((title) => title.slice(kind.length + 1)).sort();
  expect(of('stream')).toEqual([
    'allowAtomicPublish', 'allowMsgSchedules', 'allowMsgTtl', 'consumerLimits', 'denyDelete', 'denyPurge', 'discardPerSubject', 'firstSequence', 'maxMsgsPerSubject', 'mirror', 'noAck', 'placement',
    'republish', 'sealed', 'sources', 'subjectDeleteMarkerTtl', 'subjectTransform',
  ]);
  expect(of('consumer')).toEqual([
    'backoff', 'filterSubjects', 'headersOnly', 'inactiveThreshold', 'maxRequestExpires', 'memStorage', 'priority', 'sampleFrequency',
  ]);
  expect(of('key-value bucket')).toEqual(['limitMarkerTtl', 'mirror']);
  expect(of('object store')).toEqual([]);
});
