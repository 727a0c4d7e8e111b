/**
 * Compares the rules of JetStream, and what is said of changes, with real servers for as long as is wanted: `npm run fuzz -- --minutes 10`, with
 * `--seed 7` the same cases again.
 */
import { parseArgs } from 'node:util';
import { bucketComparison } from '../../test/server/buckets/bucket-comparison';
import { consumerComparison, replicatedComparison } from '../../test/server/consumers/consumer-comparison';
import { Comparison, ComparisonCounts } from '../../test/server/harness/comparison';
import { jointStreamComparison, matchingComparison, streamComparison, subjectComparison } from '../../test/server/streams/comparisons';
import { bucketUpdates } from '../../test/server/updates/bucket-updates';
import { consumerUpdates } from '../../test/server/updates/consumer-updates';
import { streamUpdates } from '../../test/server/updates/stream-updates';

const comparisons: Comparison[] = [
  streamComparison, jointStreamComparison, subjectComparison, matchingComparison, consumerComparison, replicatedComparison, bucketComparison,
  streamUpdates, consumerUpdates, bucketUpdates,
];

const { values: options } = parseArgs({
  options: {
    minutes: { type: 'string', default: '1' },
    seed: { type: 'string', default: `${Math.floor(Math.random() * 2 ** 31)}` },
    only: { type: 'string', multiple: true, default: comparisons.map(({ name }) => name) },
  },
});

async function main(): Promise<void> {
  const seed = Number(options.seed);
  if (!Number.isInteger(seed)) throw new Error(`--seed is ${options.seed}, which is no whole number`);
  const milliseconds = Number(options.minutes) * 60_000;
  if (!(milliseconds > 0)) throw new Error(`--minutes is ${options.minutes}, which is no time`);
  const unknown = options.only.find((wanted) => !comparisons.some(({ name }) => name === wanted));
  if (unknown !== undefined) throw new Error(`--only ${unknown} is none of ${comparisons.map(({ name }) => name).join(', ')}`);
  const chosen = comparisons.filter(({ name }) => options.only.includes(name));
  console.log(`seed ${seed}`);
  for (const comparison of chosen) report(comparison.name, await comparison.run({ seed, until: Date.now() + milliseconds / chosen.length }));
}

function report(name: string, { accepted, refused, refusedByRule, refusedByRuleAlone }: ComparisonCounts): void {
  console.log(`\n${name}: ${accepted + refused} answers alike; ${accepted} accept, ${refused} refuse`);
  for (const rule of Object.keys(refusedByRule).sort()) {
    console.log(`  ${rule.padEnd(36)} ${String(refusedByRule[rule]).padStart(7)} refused, ${String(refusedByRuleAlone[rule] ?? 0).padStart(6)} by this rule alone`);
  }
}

main().catch((error: Error) => {
  console.error(error.message);
  if (error.cause instanceof Error) console.error(error.cause.message);
  process.exitCode = 1;
});
