import { natsServer } from './harness/binaries';
import { bucketUpdates } from './updates/bucket-updates';
import { consumerUpdates } from './updates/consumer-updates';
import { streamUpdates } from './updates/stream-updates';
import { UpdateComparison } from './updates/update-comparison';

jest.setTimeout(180_000);

// Built before the clock of a test runs.
natsServer('2.15.2');

test.each<[string, UpdateComparison, number, string[]]>([
  [streamUpdates.name, streamUpdates, 3000, ['retention', 'storage', 'persistMode', 'allowMsgCounter', 'mirror', 'consumerLimits']],
  [consumerUpdates.name, consumerUpdates, 3000, [
    'deliverPolicy', 'startSequence', 'startTime', 'ackPolicy', 'replayPolicy', 'heartbeat', 'flowControl', 'maxWaiting', 'storage', 'deliverSubject',
  ]],
  [bucketUpdates.name, bucketUpdates, 2000, ['storage', 'mirror', 'limitMarkerTtl']],
])('%s: what the server refuses, and what loses messages, is said', async (_, comparison, numRuns, met) => {
  const seed = Math.floor(Math.random() * 2 ** 31);
  const begin = Date.now();
  const { accepted, refused, refusedByRule, lossy } = await comparison.run({ seed, numRuns });
  console.log(`${comparison.name}: seed ${seed}, ${accepted} accepted and ${refused} refused, ${lossy} with loss, in ${Date.now() - begin} ms`);
  expect(accepted).toBeGreaterThan(numRuns / 10);
  expect(refused).toBeGreaterThan(numRuns / 10);
  expect(lossy).toBeGreaterThan(0);
  expect(met.filter((field) => !refusedByRule[field])).toEqual([]);
});
