import { leaderKilled } from './faults/servers';
import { trial } from './faults/trial';
import { RunningPlatform } from './running-platform';
import { staging } from '../../../src/environments';

jest.setTimeout(300_000);

let platform: RunningPlatform;
beforeAll(async () => {
  platform = await RunningPlatform.start(staging(), { admin: 'ops' });
});
afterAll(() => platform?.stop());

test('staging runs: its three servers have all streams and buckets in memory, which the controller has made', async () => {
  await platform.assetsMade();
  const { streams } = await platform.manager();
  const configs = (await streams.list().next()).map(({ config: { name, storage, num_replicas: replicas } }) => [name, storage, replicas]).sort();

  expect(configs).toEqual(['KV_carts', 'OBJ_invoices', 'deliveries', 'orders', 'orders-archive', 'parcels'].map((name) => [name, 'memory', 3]));
});

test('what two servers have in memory, the third one gets back when it was killed', async () => {
  expect(await trial(platform, leaderKilled)).toMatchObject({ lost: [], storedTwice: [] });
});
