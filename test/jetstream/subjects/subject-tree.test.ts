import * as fc from 'fast-check';
import { collisions, SubjectTree } from '../../../src/jetstream/subjects/subject-tree';
import { collide, covers } from '../../../src/nats/subject';

/** Few tokens, so that subjects meet; among them those that begin with a wildcard without being one. */
const token = fc.constantFrom('a', 'b', 'c', '*', '*', '*x', '>x');
const subject = fc.tuple(fc.array(token, { maxLength: 3 }), fc.constantFrom('a', 'b', '*', '*x', '>'))
  .map(([tokens, last]) => [...tokens, last].join('.'));
const owned = fc.record({ subject, owner: fc.nat(6) });

function ofOwners(...subjects: string[][]) {
  return subjects.flatMap((ones, owner) => ones.map((one) => ({ subject: one, owner })));
}

function named(found: ReturnType<typeof collisions>) {
  return found.map(({ subject: later, earlier }) => `${later.owner} ${later.subject}, ${earlier.owner} ${earlier.subject}`);
}

test('finds the same subjects as comparing each with each', () => {
  fc.assert(fc.property(fc.array(owned, { maxLength: 20 }), (subjects) => {
    const found = collisions(subjects);
    for (const { subject: later, earlier } of found) {
      expect(earlier.owner).toBeLessThan(later.owner);
      expect(collide(later.subject, earlier.subject)).toBe(true);
    }
    const expected = subjects.filter((one) => subjects.some((other) => other.owner < one.owner && collide(other.subject, one.subject)));
    expect(new Set(found.map((one) => one.subject))).toEqual(new Set(expected));
    expect(found).toHaveLength(expected.length);
  }), { numRuns: 3000 });
});

test.each([['few', 0], ['many', 25]])('of %s subjects, tells what meets and what covers one as the comparison of two does', (_, more) => {
  const others = Array.from({ length: more }, (__, index) => `other-${index}.a`);
  fc.assert(fc.property(fc.array(subject, { maxLength: 12 }).map((ones) => [...ones, ...others]), subject, (subjects, one) => {
    const tree = new SubjectTree(subjects);
    const meeting = tree.colliding(one);
    expect(meeting !== undefined).toBe(subjects.some((other) => collide(other, one)));
    if (meeting !== undefined) expect(collide(meeting, one)).toBe(true);
    expect(tree.covering(one).sort()).toEqual(subjects.filter((other) => covers(other, one)).sort());
    expect(tree.colliding(one)).toBe(meeting);
  }), { numRuns: 2000 });
});

test('the later of two owners has the collision, whatever the order of the list', () => {
  const subjects = ofOwners(['orders.*', 'orders.paid'], ['bills.>'], ['orders.paid', 'bills.new', 'other']);
  const expected = ['2 bills.new, 1 bills.>', '2 orders.paid, 0 orders.paid'];
  expect(named(collisions(subjects))).toEqual(expected);
  expect(named(collisions([...subjects].reverse()))).toEqual(expected);
});

test('subjects of one owner may collide, and > needs a token', () => {
  expect(collisions(ofOwners(['a.>', 'a.b', '>'], []))).toEqual([]);
  expect(collisions(ofOwners(['a.>'], ['a']))).toEqual([]);
});

describe('time grows with the number of subjects', () => {
  const count = 20_000;
  const numbers = [...Array(count).keys()];

  test.each<[string, string[][], number]>([
    ['with prefixes of their own', numbers.map((n) => [`s${n}.>`, `t${n}.*.x`]), 0],
    ['with wildcards before and names after the dot', numbers.map((n) => n % 2 ? [`*.y${n}`] : [`a${n}.x`]), 0],
    ['where all collide', numbers.map(() => ['>']), count - 1],
    ['where half of them collide with the other half', numbers.map((n) => n % 2 ? [`*.y${n}`] : [`a${n}.>`]), count - 1],
  ])('%s', (_, subjects, expected) => {
    const begin = performance.now();
    expect(collisions(ofOwners(...subjects))).toHaveLength(expected);
    // Each with each takes minutes.
    expect(performance.now() - begin).toBeLessThan(5000);
  });
});
