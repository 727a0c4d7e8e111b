import { NATS_VERSIONS, natsServer, NatsVersion } from './harness/binaries';
import { bucketUpdates } from './updates/bucket-updates';
import { consumerUpdates } from './updates/consumer-updates';
import { streamUpdates } from './updates/stream-updates';
import { UpdateComparison } from './updates/update-comparison';

jest.setTimeout(180_000);

// Built before the clock of a test runs.
for (const version of NATS_VERSIONS) natsServer(version);

const [oldest, middle, newest] = NATS_VERSIONS;

test.each<[string, NatsVersion, UpdateComparison, number, string[]]>([
  [streamUpdates.name, newest, streamUpdates, 2000, ['retention', 'storage', 'persistMode', 'allowMsgCounter', 'mirror', 'consumerLimits']],
  [consumerUpdates.name, newest, consumerUpdates, 2000, [
    'deliverPolicy', 'startSequence', 'startTime', 'ackPolicy', 'replayPolicy', 'heartbeat', 'flowControl', 'maxWaiting', 'storage', 'deliverSubject',
  ]],
  [bucketUpdates.name, newest, bucketUpdates, 1000, ['storage', 'mirror', 'limitMarkerTtl']],
  ...[oldest, middle].flatMap((version): [string, NatsVersion, UpdateComparison, number, string[]][] => [
    [streamUpdates.name, version, streamUpdates, 1000, ['retention', 'storage', 'consumerLimits']],
    [consumerUpdates.name, version, consumerUpdates, 1000, ['deliverPolicy', 'ackPolicy', 'maxWaiting', 'deliverSubject']],
    [bucketUpdates.name, version, bucketUpdates, 500, ['storage']],
  ]),
])('%s of nats-server %s: what it refuses, what loses messages, and what is there then, is said', async (_, version, comparison, numRuns, met) => {
  const seed = Math.floor(Math.random() * 2 ** 31);
  const begin = Date.now();
  const { accepted, refused, refusedByRule, lossy } = await comparison.run({ seed, numRuns, version });
  console.log(`${comparison.name} of ${version}: seed ${seed}, ${accepted} accepted and ${refused} refused, ${lossy} with loss, in ${Date.now() - begin} ms`);
  expect(accepted).toBeGreaterThan(numRuns / 10);
  expect(refused).toBeGreaterThan(numRuns / 10);
  expect(lossy).toBeGreaterThan(0);
  expect(met.filter((field) => !refusedByRule[field])).toEqual([]);
});
