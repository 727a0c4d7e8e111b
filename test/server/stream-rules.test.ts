import { natsServer, NATS_VERSIONS } from './harness/binaries';
import { ComparisonCounts, ComparisonOptions } from './harness/comparison';
import { edgeCases } from './streams/edge-cases';
import { compareTogether, jointVerdicts } from './streams/joint-comparison';
import { newStream } from './streams/new-stream';
import { agreed, compareStreams, verdicts } from './streams/stream-comparison';
import { compareMatching, compareSubjects } from './streams/subject-comparison';
import { startWorlds, World } from './streams/worlds';

jest.setTimeout(180_000);

// Built before the clock of a test runs.
for (const version of NATS_VERSIONS) natsServer(version);

let worlds: World[];

beforeAll(async () => { worlds = await startWorlds(); });
afterAll(() => Promise.all(worlds.map((world) => world.stop())));

test('each rule that states the verdict of the server has cases at its edge', () => {
  expect(Object.keys(edgeCases).sort()).toEqual(verdicts.map(({ rule }) => rule.id).sort());
});

const edges = Object.entries(edgeCases).flatMap(([rule, given]) => [given].flat().map((cases) => ({ rule, world: 'open', ...cases })));

describe.each(edges)('$rule, $world', ({ rule, world, refused, accepted }) => {
  const everywhere = (said: typeof refused[number]) => {
    const there = worlds.filter(({ name }) => name === world);
    return Promise.all(there.map((one) => agreed(newStream(said), one)));
  };

  test('is the only reason of a refusal', async () => {
    for (const said of refused) {
      const found = await everywhere(said);
      // What came later than the oldest server, that one refuses for another reason
      expect([...found, JSON.stringify(said)]).toContainEqual([rule]);
    }
  });

  test('accepts what lies beside it', async () => {
    for (const said of accepted) {
      const newest = (await everywhere(said)).pop();
      expect([newest, JSON.stringify(said)]).toEqual([[], JSON.stringify(said)]);
    }
  });
});

describe('servers of all versions agree with the rules', () => {
  const inEmpty = (compare: typeof compareSubjects) => (options: ComparisonOptions) => compare(worlds.filter(({ name }) => name === 'empty'), options);

  test.each<[string, (options: ComparisonOptions) => Promise<ComparisonCounts>, number, string[]]>([
    ['on streams', (options) => compareStreams(worlds, options), 3000, []],
    ['on several streams', (options) => compareTogether(worlds, options), 150, jointVerdicts.map(({ rule }) => rule.id)],
    ['on the overlap of subjects', inEmpty(compareSubjects), 500, ['INVALID', 'OVERLAP', 'PART']],
    ['on the messages that subjects match', inEmpty(compareMatching), 200, ['UNMATCHED']],
  ])('%s', async (what, compare, numRuns, met) => {
    const seed = Math.floor(Math.random() * 2 ** 31);
    const begin = Date.now();
    const counts = await compare({ seed, numRuns });
    console.log(`${what}: seed ${seed}, ${numRuns} cases, ${counts.accepted} answers accept and ${counts.refused} refuse, ${Date.now() - begin} ms`);
    expect(counts.accepted).toBeGreaterThan(numRuns / 2);
    expect(met.filter((rule) => !counts.refusedByRule[rule])).toEqual([]);
  });
});
