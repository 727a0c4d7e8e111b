import { collide, covers, hasWildcard, isLiteralSubject, isSubject, isSubjectWithQueue } from '../../src/nats/subject';

test.each(['a', 'a.b', '*', '>', 'a.*.>', 'a.b*', 'a>.b', 'ü.é', 'a\u000bb', 'a\u00a0b', '$JS.API'])('%j is a subject', (text) => {
  expect(isSubject(text)).toBe(true);
});

test.each(['', '.', 'a..b', '.a', 'a.', '>.a', 'a.>.b', 'a b', 'a\tb', 'a\nb', 'a\fb', 'a\rb', ' '])('%j is no subject', (text) => {
  expect(isSubject(text)).toBe(false);
});

test('a wildcard is a token of its own', () => {
  expect(['a', 'a*', '>b', 'a.b>'].map(hasWildcard)).toEqual([false, false, false, false]);
  expect(['*', 'a.*', '>', 'a.>'].map(hasWildcard)).toEqual([true, true, true, true]);
  expect(['a.b', 'a.*', 'a..b'].map(isLiteralSubject)).toEqual([true, false, false]);
});

test('a queue group follows its subject after any white space', () => {
  expect(['a q', 'a.* q.>', ' a  q ', 'a\u0085q', 'a'].map(isSubjectWithQueue)).toEqual([true, true, true, true, true]);
  expect(['a b c', 'a. q', ' a', ''].map(isSubjectWithQueue)).toEqual([false, false, false, false]);
});

test.each([
  ['a.*', 'a.b'], ['a.*', 'a.*'], ['>', 'a.*'], ['a.>', 'a.*.b'], ['a.>', 'a.b'], ['*.*', 'a.b'], ['>', '>'],
  // A token that begins with a * covers every literal token
  ['*x', 'y'],
])('%s covers %s', (wide, narrow) => {
  expect(covers(wide, narrow)).toBe(true);
});

test.each([
  ['a.b', 'a.*'], ['a.*', 'a'], ['a.*', 'a.>'], ['a.>', 'a'], ['*', '>'], ['a.*', 'a.b.c'], ['*x', '*'], ['x*', 'xy'],
])('%s does not cover %s', (wide, narrow) => {
  expect(covers(wide, narrow)).toBe(false);
});

test.each([
  ['a', 'a'], ['a.*', 'a.b'], ['a.>', 'a.b.c'], ['a.*', '*.b'], ['a.>', '*.b.c'], ['*.>', 'a.b.>'], ['>', 'a'],
  // Overlaps only by name
  ['x.*foo.*', 'x.bar.*'], ['*a.*', '$JS.>'], ['>a.*', 'b.*'],
])('%s and %s collide', (a, b) => {
  expect([collide(a, b), collide(b, a)]).toEqual([true, true]);
});

test.each([
  ['a', 'b'], ['a.*', 'a'], ['a.*', 'a.b.c'], ['a.*', 'b.*'], ['a.>', 'a'], ['a.*', 'a.*.>'], ['a.b.>', 'a.*'], ['x.*foo', 'x.bar'],
])('%s and %s do not collide', (a, b) => {
  expect([collide(a, b), collide(b, a)]).toEqual([false, false]);
});
