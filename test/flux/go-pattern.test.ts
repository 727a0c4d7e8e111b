import { join } from 'path';
import { App } from 'cdk8s';
import * as fc from 'fast-check';
import { goPattern } from '../../src/flux/notification/go-pattern';
import { failureMessages, infoMessages } from '../../src/flux/notification/known-messages';
import { go } from '../server/harness/go';

interface Verdict {
  readonly error?: string;
  readonly found: boolean[] | null;
}

const texts = [...failureMessages, ...infoMessages, '', 'a', 'AB\nab', 'Straße ſ K', 'a1_-\t\n', 'aaa bbb', '日本語', '\u00a0x', 'x\r\ny', '😀', '([{.*+?^$|\\}])'];

/** What Go itself says, as the judge. */
function ofGo(patterns: string[]): Verdict[] {
  return JSON.parse(go(['run', join(__dirname, 'go-regexp.go')], { input: JSON.stringify({ patterns, texts }) }));
}

function ours(text: string): Verdict {
  try {
    const { finds } = goPattern(new App(), 'exclude[0]', text);
    return { found: texts.map(finds) };
  } catch (error) {
    return { error: (error as Error).message, found: null };
  }
}

/** The patterns on which we and Go differ. */
function differences(patterns: string[]): object[] {
  return ofGo(patterns).flatMap((theirs, index): object[] => {
    const our = ours(patterns[index]);
    if ((theirs.error === undefined) !== (our.error === undefined)) return [{ pattern: patterns[index], go: theirs.error ?? 'fine', ours: our.error ?? 'fine' }];
    const wrong = texts.filter((_, text) => theirs.error === undefined && theirs.found![text] !== our.found![text]);
    return wrong.length > 0 ? [{ pattern: patterns[index], wrong }] : [];
  });
}

const known = [
  // What JavaScript has and Go has not.
  'a(?=b)', 'a(?!b)', '(?<=a)b', '(?<!a)b', '(a)\\1', '(?<n>a)\\k<n>', '\\cA', '[\\b]', '\\u0041', '\\u{41}', '\\/', '\\-', '[^]', '[]', 'a{2,1}', '\\p{Script=Greek}', '\\x{110000}',
  // What Go has and JavaScript has not.
  '(?i)HEALTH', '(?s)a.*b', '(?m)^ab$', '(?U)a+', '(?i:ab)c', '(?-i)a', '\\z', '\\Aa', '\\pL+', '\\p{Greek}', '\\PL', '[[:alpha:]]+', '[[:^digit:]]', '\\Q.*\\E', '(?P<n>a)', '\\x{263a}', '\\a\\f\\v', 'a**', 'x*+',
  // What others have and Go has not.
  '(?>a)', 'a++', 'a*+', 'a?+', '\\Z', '\\G', '\\C', '\\h', '\\R', '\\X', '(?#comment)', '(?x) a', '(?|a|b)', '(?1)', '(?R)', '(?(1)a|b)', '[a&&b]', '\\K', '\\N', '(?P=n)', '(?P>n)', '\\8', '\\0', '\\123', '\\07',
  // What is broken everywhere, and limits.
  '(', ')', '[', ']', '[a', '[b-a]', '*', '+a', '?', 'a{1001}', 'a{1000}', '(a{100}){100}', '((a{100}){10}){10}', '{', '}', 'a{', 'a{1', 'a{,2}', '\\', 'a|*', '(?', '(?z)', '(?P<>a)', '(?P<1>a)', '[[:foo:]]', '[[:alpha:]', '\\pX', '\\p{Foo}', '\\x', '\\xz', '\\x{', '()', '|', 'a||b', '^*', '$+', '\\b+', '(?i)ſ', '(?i)K', '(?i)ß', '.', '(?s).', '\\s', '\\S', '\\w', '\\W', '\\d', '\\D', '\\b', '\\B', '^$', '^', '$', '日+', '😀', '[😀-😂]',
];

test('a pattern is fine if Go says so, and finds what Go finds', () => expect(differences(known)).toEqual([]));

test('a pattern that Go takes is refused in one case alone: two groups have one name', () => {
  expect(differences(['(?P<n>a)(?P<n>b)', '(?P<n>a)(?P<m>b)'])).toEqual([
    { pattern: '(?P<n>a)(?P<n>b)', go: 'fine', ours: expect.stringContaining('duplicate capture group name: `n`') },
  ]);
});

describe('generated patterns', () => {
  const atoms = fc.oneof(
    fc.constantFrom(...'abAZ019 _-/:.,\'"^$\nſß日😀', '.', '\\.', '\\d', '\\W', '\\s', '\\b', '\\B', '\\z', '\\A', '\\pL', '\\P{Lu}', '[[:alpha:]]', '[^[:space:]]', '\\Qa.\\E', '\\x41', '\\1', '\\Z', '\\/', '\\n', '\\t'),
    fc.constantFrom('[a-z]', '[^a]', '[]a]', '[^]a]', '[a-]', '[-a]', '[a\\]b]', '[\\w-]', '[\\d-z]', '[z-a]', '[a', '[.*+]', '[^\\n]', '[日-語]', '[[]', '[\\pL\\d]'),
    fc.constantFrom(...[...failureMessages, ...infoMessages].flatMap((message) => message.split(/[^A-Za-z]+/)).filter(Boolean)),
  );
  const { pattern } = fc.letrec<{ pattern: string; sequence: string; piece: string }>((tie) => ({
    pattern: fc.array(tie('sequence'), { minLength: 1, maxLength: 3 }).map((all) => all.join('|')),
    sequence: fc.array(tie('piece'), { maxLength: 4 }).map((all) => all.join('')),
    piece: fc.tuple(
      fc.oneof({ depthSize: 'small', withCrossShrink: true }, atoms, atoms, fc.tuple(
        fc.constantFrom(...Array(3).fill(['(', '(?:', '(?i:', '(?s:', '(?m:', '(?-s:', '(?i)']).flat(), '(?P<n>', '(?<m>', '(?=', '(?!', '(?>', '(?<='), tie('pattern'),
        fc.constantFrom(...Array(30).fill(')'), ''),
      ).map(([open, inside, close]) => `${open}${inside}${open === '(?i)' ? '' : close}`)),
      fc.constantFrom(...Array(12).fill(''), '*', '+', '?', '*?', '+?', '??', '{2}', '{1,3}', '{2,}', '{,2}', '{3,1}', '{2}?', '**', '++', '{', '}'),
    ).map(([atom, times]) => atom + times),
  }));
  const seed = Number(process.env.PATTERN_SEED ?? 1);
  const patterns = [...new Set(fc.sample(pattern, { numRuns: 5000, seed }))].filter((one) => one.split(/<[nm]>/).length < 3);

  test(`have the same verdict, and find the same (PATTERN_SEED=${seed})`, () => {
    const verdicts = ofGo(patterns);
    // Both sorts must be there, or nothing is compared.
    expect(verdicts.filter(({ error }) => error === undefined).length).toBeGreaterThan(800);
    expect(verdicts.filter(({ error }) => error !== undefined).length).toBeGreaterThan(400);
    expect(differences(patterns)).toEqual([]);
  });
});
