import * as fc from 'fast-check';
import { ConsumerCase, consumerCase, rareCases, rareReplicatedCases, replicatedCase } from './consumer-cases';
import { ConsumerJudge, Court } from './consumer-judges';
import { ConsumerConfig } from '../../../src/jetstream/consumer/consumer-config';
import { findingsOf, jointFindingsOf } from '../../../src/jetstream/rules/asset-rule';
import { consumerRules, jointConsumerRules } from '../../../src/jetstream/rules/consumer-rules';
import { NATS_VERSIONS } from '../harness/binaries';
import { assertEach, Comparison, ComparisonCounts, ComparisonOptions } from '../harness/comparison';
import { ApiError } from '../harness/jetstream-api';
import { createConsumer, deleteConsumer } from '../harness/jetstream-consumer-requests';

/** Consumers, asked of single servers of each version. */
export const consumerComparison: Comparison = {
  name: 'consumers',
  run: (options) => compareIn(() => Promise.all(NATS_VERSIONS.map((version) => Court.ofSingleServers(version))), consumerCase, rareCases, options),
};

/** Consumers with replicas, asked of a cluster of the newest version. */
export const replicatedComparison: Comparison = {
  name: 'consumers of a cluster',
  run: (options) => compareIn(async () => [await Court.ofCluster('2.15.2')], replicatedCase, rareReplicatedCases, options),
};

async function compareIn(
  open: () => Promise<Court[]>, cases: fc.Arbitrary<ConsumerCase>, rare: readonly ConsumerCase[], options: ComparisonOptions,
): Promise<ComparisonCounts> {
  const courts = await open();
  const judges = courts.flatMap((court) => court.judges);
  const counts = new ComparisonCounts();
  const property = fc.asyncProperty(cases, async (one) => {
    await Promise.all(judges.filter(({ site }) => site === one.site).map(async (judge) => counts.add(await agreed(judge, one))));
  });
  try {
    await assertEach(property, options, rare.map((one): [one: ConsumerCase] => [one]));
    return counts;
  } finally {
    await Promise.all(courts.map((court) => court.close()));
  }
}

/** The rules that refuse a consumer, as the server does; a disagreement is an error. */
async function agreed(judge: ConsumerJudge, one: ConsumerCase): Promise<string[]> {
  const rules = ours(judge, one);
  const error = await (judge.site === 'cluster' ? theirsInCluster : theirs)(judge, one);
  if ((rules.length > 0) !== (error !== undefined)) {
    throw new Error(`nats-server ${judge.version}: ${error ? `${error.err_code} ${error.description}` : 'accepted'}; the rules: ${rules.join(', ') || 'accepted'}`);
  }
  return rules;
}

/** The rules that state the server's verdict and find something. */
function ours(judge: ConsumerJudge, { consumer, siblings, pedantic }: ConsumerCase): string[] {
  const place = judge.placeOf(consumer.streamName, pedantic);
  const together = jointFindingsOf(jointConsumerRules, [...siblings, consumer], place).filter(({ config }) => config === consumer);
  const rules = [...findingsOf(consumerRules, consumer, place), ...together].map(({ rule }) => rule);
  return [...new Set(rules.filter(({ serverVerdict }) => serverVerdict).map(({ id }) => id))];
}

/** Makes the siblings and the consumer, and leaves nothing behind. */
async function theirs({ api }: ConsumerJudge, { consumer, siblings, pedantic }: ConsumerCase): Promise<ApiError | undefined> {
  await Promise.all(siblings.map((sibling) => api.must(createConsumer(sibling, false))));
  const error = await api.ask(createConsumer(consumer, pedantic));
  await Promise.all((error ? siblings : [...siblings, consumer]).map((one) => api.must(deleteConsumer(one))));
  return error;
}

/** The same in a stream of its own: a server of a cluster may have a consumer for a while that another has deleted. */
async function theirsInCluster(judge: ConsumerJudge, { consumer, siblings, pedantic }: ConsumerCase): Promise<ApiError | undefined> {
  const stream = await judge.addStreamLike(consumer.streamName);
  const inStream = (config: ConsumerConfig) => ({ ...config, streamName: stream ?? config.streamName });
  for (const sibling of siblings) await judge.api.must(createConsumer(inStream(sibling), false));
  const error = await judge.api.ask(createConsumer(inStream(consumer), pedantic));
  if (stream) await judge.api.must({ subject: `$JS.API.STREAM.DELETE.${stream}`, body: {} });
  return error;
}
