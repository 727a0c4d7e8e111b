import * as fc from 'fast-check';
import { subject } from './generated-subjects';
import { image, newStream } from './new-stream';
import { World } from './worlds';
import { collide, covers, isSubject } from '../../../src/nats/subject';
import { assertEach, ComparisonCounts, ComparisonOptions } from '../harness/comparison';

/** Asks whether two subjects overlap, by two streams, and whether one is part of the other, by the transforms of a source; and what is a subject at all. */
export async function compareSubjects(worlds: World[], options: ComparisonOptions): Promise<ComparisonCounts> {
  const counts = new ComparisonCounts();
  await assertEach(fc.asyncProperty(subject, subject, async (a, b) => {
    const inStreams = [...[a, b].every(isSubject) ? [] : ['INVALID'], ...collide(a, b) ? ['OVERLAP'] : []];
    const inSource = [...[a, b].every((one) => one === '' || isSubject(one)) ? [] : ['INVALID'], ...covers(a, b) || covers(b, a) ? ['PART'] : []];
    await Promise.all(worlds.map(async (world) => {
      counts.add(same(world, `${a} and ${b} in two streams`, await inTwoStreams(world, a, b), inStreams));
      counts.add(same(world, `${a} and ${b} in one source`, await inOneSource(world, a, b), inSource));
    }));
  }), options);
  return counts;
}

/** Asks which messages a stream keeps. */
export async function compareMatching(worlds: World[], options: ComparisonOptions): Promise<ComparisonCounts> {
  const counts = new ComparisonCounts();
  const token = fc.constantFrom('a', 'b', 'a*', '>b');
  const kept = fc.tuple(fc.array(fc.oneof(token, fc.constant('*'), fc.constant('*')), { minLength: 1, maxLength: 3 }), fc.constantFrom('', '.>')).map(([tokens, rest]) => `a.${tokens.join('.')}${rest}`);
  const said = fc.array(token, { minLength: 1, maxLength: 4 }).map((tokens) => `a.${tokens.join('.')}`);
  await assertEach(fc.asyncProperty(kept, fc.array(said, { minLength: 3, maxLength: 3 }), async (wide, messages) => {
    await Promise.all(worlds.map(async (world) => {
      const stream = newStream({ subjects: [wide] });
      await world.create(stream, { stay: true });
      for (const narrow of messages) {
        counts.add(same(world, `${narrow} kept by ${wide}`, await world.publish(narrow) ? undefined : 'not kept', covers(wide, narrow) ? [] : ['UNMATCHED']));
      }
      await world.delete(stream.name);
    }));
  }), options);
  return counts;
}

function same({ version }: World, what: string, refusal: string | undefined, rules: string[]): string[] {
  if ((refusal !== undefined) !== (rules.length > 0)) throw new Error(`nats-server ${version}: ${refusal ?? 'accepted'}; ours: ${rules.join(', ') || 'accepted'}; ${what}`);
  return rules;
}

/** Without acknowledgements nothing else is wrong with any subject. */
async function inTwoStreams(world: World, a: string, b: string): Promise<string | undefined> {
  const [one, other] = [newStream({ name: 'ONE', subjects: [a], noAck: true }), newStream({ name: 'OTHER', subjects: [b], noAck: true })];
  const refused = await world.create(one, { stay: true });
  if (refused !== undefined) return refused;
  const answer = await world.create(other);
  await world.delete(one.name);
  return answer;
}

function inOneSource(world: World, a: string, b: string): Promise<string | undefined> {
  const subjectTransforms = [a, b].map((source) => ({ source, destination: '' }));
  return world.create(newStream({ subjects: [], sources: [image('ELSEWHERE', { subjectTransforms })] }));
}
