import * as fc from 'fast-check';
import { generatedStream } from './generated-streams';
import { World } from './worlds';
import { findingsOf, jointFindingsOf } from '../../../src/jetstream/rules/asset-rule';
import { jointStreamRules } from '../../../src/jetstream/rules/stream/joint';
import { streamRules } from '../../../src/jetstream/rules/stream-rules';
import { StreamConfig } from '../../../src/jetstream/stream/stream-config';
import { assertEach, ComparisonCounts, ComparisonOptions } from '../harness/comparison';

/** The rules that state the server's verdict. */
export const verdicts = streamRules.filter(({ rule }) => rule.serverVerdict);

/** Of the rules between streams, the one that does not depend on what others take. */
const overlaps = jointStreamRules.filter(({ rule }) => rule.id === 'STREAMS-SUBJECT-OVERLAP');

/** Ids of the rules that find something. */
function refusals(config: StreamConfig, { place, present }: World): string[] {
  const besides = jointFindingsOf(overlaps, [...present, config], place).filter((found) => found.config === config);
  return [...new Set([...findingsOf(verdicts, config, place), ...besides].map(({ rule }) => rule.id))];
}

/** Asks the rules and the server, and gives the rules that find something; a disagreement is an error. */
export async function agreed(config: StreamConfig, world: World): Promise<string[]> {
  const rules = refusals(config, world);
  const refusal = await world.create(config);
  if ((refusal !== undefined) !== (rules.length > 0)) {
    throw new Error(`nats-server ${world.version}, ${world.name}: ${refusal ?? 'accepted'}; the rules: ${rules.join(', ') || 'accepted'}; ${JSON.stringify(config)}`);
  }
  return rules;
}

/** Asks all versions about generated streams. */
export async function compareStreams(worlds: World[], options: ComparisonOptions): Promise<ComparisonCounts> {
  const counts = new ComparisonCounts();
  const names = [...new Set(worlds.map(({ name }) => name))];
  const somewhere = fc.oneof({ weight: 2 * names.length, arbitrary: fc.constant(names[0]) }, fc.constantFrom(...names));
  await assertEach(fc.asyncProperty(somewhere, generatedStream, async (name, config) => {
    const answers = await Promise.all(worlds.filter((world) => world.name === name).map((world) => agreed(config, world)));
    for (const rules of answers) counts.add(rules);
  }), options);
  return counts;
}
