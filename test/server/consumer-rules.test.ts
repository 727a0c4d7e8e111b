import { consumerComparison, replicatedComparison } from './consumers/consumer-comparison';
import { natsServer, NATS_VERSIONS } from './harness/binaries';
import { ComparisonCounts } from './harness/comparison';
import { consumerRules, jointConsumerRules } from '../../src/jetstream/rules/consumer-rules';

jest.setTimeout(180_000);

// Built before the clock of a test runs.
for (const version of NATS_VERSIONS) natsServer(version);

const verdicts = [...consumerRules, ...jointConsumerRules].map(({ rule }) => rule).filter(({ serverVerdict }) => serverVerdict).map(({ id }) => id);
const all: ComparisonCounts[] = [];

describe('rules and servers have the same verdict', () => {
  test.each([
    [consumerComparison.name, consumerComparison, 3000],
    [replicatedComparison.name, replicatedComparison, 200],
  ])('on %s', async (_, comparison, numRuns) => {
    const seed = Math.floor(Math.random() * 2 ** 31);
    const begin = Date.now();
    const counts = await comparison.run({ seed, numRuns });
    all.push(counts);
    console.log(`${comparison.name}: seed ${seed}, ${counts.accepted} accepted and ${counts.refused} refused in ${Date.now() - begin} ms`);
    expect(counts.accepted).toBeGreaterThan(numRuns / 8);
    expect(counts.refused).toBeGreaterThan(numRuns / 8);
  });

  test('and each rule alone stands for a refusal', () => {
    expect(verdicts.filter((id) => !all.some(({ refusedByRuleAlone }) => refusedByRuleAlone[id]))).toEqual([]);
  });
});
