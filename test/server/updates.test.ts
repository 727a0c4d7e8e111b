import { natsServer } from './harness/binaries';
import { bucketUpdates } from './updates/bucket-updates';
import { consumerUpdates } from './updates/consumer-updates';
import { streamUpdates } from './updates/stream-updates';

jest.setTimeout(180_000);

// Built before the clock of a test runs.
natsServer('2.15.2');

test.each([
  [streamUpdates, 3000, ['retention', 'storage', 'persistMode', 'allowMsgCounter', 'mirror', 'consumerLimits', 'discard']],
  [consumerUpdates, 3000, ['deliverPolicy', 'startSequence', 'startTime', 'ackPolicy', 'replayPolicy', 'heartbeat', 'flowControl', 'maxWaiting', 'storage', 'deliverSubject']],
  [bucketUpdates, 3000, []],
] as const)('%#: what the server refuses, and what loses messages, is said', async (comparison, numRuns, met) => {
  const seed = Math.floor(Math.random() * 2 ** 31);
  const begin = Date.now();
  const { accepted, refused, refusedByRule, lossy } = await comparison.run({ seed, numRuns });
  console.log(`${comparison.name}: seed ${seed}, ${accepted} accepted and ${refused} refused, ${lossy} with loss, in ${Date.now() - begin} ms`, refusedByRule);
  expect(accepted).toBeGreaterThan(numRuns / 10);
  expect(refused).toBeGreaterThan(numRuns / 10);
  expect(lossy).toBeGreaterThan(0);
  expect(met.filter((field) => !refusedByRule[field])).toEqual([]);
});
