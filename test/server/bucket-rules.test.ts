import { bucketComparison } from './buckets/bucket-comparison';
import { natsServer, NATS_VERSIONS } from './harness/binaries';
import { keyValueRules, objectStoreRules } from '../../src/jetstream/rules/bucket-rules';

jest.setTimeout(180_000);

// Built before the clock of a test runs.
for (const version of NATS_VERSIONS) natsServer(version);

const NUM_RUNS = 2000;

test('servers of all versions agree with the rules on buckets', async () => {
  const seed = Math.floor(Math.random() * 2 ** 31);
  const begin = Date.now();
  const { accepted, refused, refusedByRule } = await bucketComparison.run({ seed, numRuns: NUM_RUNS });
  console.log(`buckets: seed ${seed}, ${NUM_RUNS} cases, ${accepted} answers accept and ${refused} refuse, ${Date.now() - begin} ms`);
  expect(accepted).toBeGreaterThan(NUM_RUNS);
  expect(refused).toBeGreaterThan(NUM_RUNS / 2);
  const stated = [...keyValueRules, ...objectStoreRules].map(({ rule }) => rule).filter(({ serverVerdict }) => serverVerdict).map(({ id }) => id);
  expect(stated.filter((rule) => !refusedByRule[rule])).toEqual([]);
});
