import { compareTogether } from './joint-comparison';
import { compareStreams } from './stream-comparison';
import { compareMatching, compareSubjects } from './subject-comparison';
import { startWorlds, World, WorldName } from './worlds';
import { Comparison, ComparisonCounts, ComparisonOptions } from '../harness/comparison';

/** Streams, asked of servers of each version, alone and in clusters, with and without limits. */
export const streamComparison: Comparison = { name: 'streams', run: (options) => within(compareStreams, options) };

/** Several streams, with what they share. */
export const jointStreamComparison: Comparison = { name: 'streams together', run: (options) => within(compareTogether, options) };

/** Overlap and validity of subjects. */
export const subjectComparison: Comparison = { name: 'subjects', run: (options) => within(compareSubjects, options, 'empty') };

/** Which messages subjects match. */
export const matchingComparison: Comparison = { name: 'matching', run: (options) => within(compareMatching, options, 'empty') };

async function within(
  compare: (worlds: World[], options: ComparisonOptions) => Promise<ComparisonCounts>, options: ComparisonOptions, only?: WorldName,
): Promise<ComparisonCounts> {
  const worlds = await startWorlds();
  try {
    return await compare(only ? worlds.filter(({ name }) => name === only) : worlds, options);
  } finally {
    await Promise.all(worlds.map((world) => world.stop()));
  }
}
