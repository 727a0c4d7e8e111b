import * as fc from 'fast-check';
import { newStream } from './new-stream';
import { verdicts } from './stream-comparison';
import { World } from './worlds';
import { findingsOf, jointFindingsOf } from '../../../src/jetstream/rules/asset-rule';
import { jointStreamRules, serverStoreRule } from '../../../src/jetstream/rules/stream/joint';
import { StreamConfig, StreamStorage } from '../../../src/jetstream/stream/stream-config';
import { assertEach, ComparisonCounts, ComparisonOptions } from '../harness/comparison';

const MIB = 2 ** 20;

/** Rules between streams. What fits into the servers of a cluster depends on where they put each stream, so that is asked of single servers. */
export const jointVerdicts = [...jointStreamRules, serverStoreRule].filter(({ rule }) => rule.serverVerdict);

const sizes = fc.constantFrom(undefined, 1, MIB - 1, MIB, MIB + 1, 2 * MIB - 1, 2 * MIB);
const small = fc.record({
  subjects: fc.array(fc.constantFrom('a', 'b', 'c', 'a.*', 'a.b', '*.b', 'c.>', 'd.e', 'f', 'g', 'h.*', 'i'), { maxLength: 2 }),
  storage: fc.constantFrom(...Object.values(StreamStorage)),
  maxBytes: sizes,
  replicas: fc.constantFrom(1, 1, 1, 2, 3),
});

/** Asks all versions about several streams, one after the other, in accounts and servers with limits. */
export async function compareTogether(worlds: World[], options: ComparisonOptions): Promise<ComparisonCounts> {
  const counts = new ComparisonCounts();
  const several = fc.array(small, { minLength: 2, maxLength: 5 });
  const world = fc.constantFrom('empty', 'limited-account', 'limited-server', 'limited-in-cluster');
  await assertEach(fc.asyncProperty(world, several, async (name, given) => {
    const streams = given.map((said, index) => newStream({ ...said, name: `S${index}` }));
    const all = await Promise.all(worlds.filter((one) => one.name === name).map((one) => agreedOnEach(one, streams)));
    for (const rules of all.flat()) counts.add(rules);
  }), options);
  return counts;
}

/** Makes the streams that are accepted, and gives of each the rules that refuse it. */
async function agreedOnEach(world: World, streams: StreamConfig[]): Promise<string[][]> {
  const accepted: StreamConfig[] = [];
  const answers: string[][] = [];
  try {
    for (const config of streams) {
      const rules = refusals(world, accepted, config);
      const refusal = await world.create(config, { stay: true });
      if (refusal === undefined) accepted.push(config);
      answers.push(rules);
      if ((refusal !== undefined) === (rules.length > 0)) continue;
      throw new Error(`nats-server ${world.version}, ${world.name}: ${refusal ?? 'accepted'}; the rules: ${rules.join(', ') || 'accepted'}; ${config.name}`);
    }
    return answers;
  } finally {
    for (const { name } of accepted) await world.delete(name);
  }
}

function refusals({ place }: World, accepted: StreamConfig[], config: StreamConfig): string[] {
  const rules = jointVerdicts.filter((rule) => rule !== serverStoreRule || !place.clustered);
  const together = jointFindingsOf(rules, [...accepted, config], place).filter((found) => found.config === config);
  return [...new Set([...findingsOf(verdicts, config, place), ...together].map(({ rule }) => rule.id))];
}
