import * as fc from 'fast-check';

const plain = ['a', 'b', 'c'];
const wild = ['*', '>'];
/** What looks like a wildcard and is none, or is one in some comparisons. */
const odd = ['*x', 'x*', '>x', 'x>', '**', '>>', 'ü', '\u000b', '\u00a0', '$', 'X'];
const reserved = ['$JS', '$JSC', '$NRG', '$SYS', 'EVENT', 'ACCOUNT', 'API'];
/** Streams that are there have subjects with these. */
const taken = ['o', 'p', 'f', 'h'];
const wrong = ['', ' ', 'a b', '\t', 'a\tb', '\n', '\f', '\r'];

const token = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(...plain) },
  { weight: 4, arbitrary: fc.constantFrom(...wild) },
  { weight: 2, arbitrary: fc.constantFrom(...odd) },
  { weight: 1, arbitrary: fc.constantFrom(...reserved) },
  { weight: 1, arbitrary: fc.constantFrom(...taken) },
);

/** Tokens as the server may take them; a > may stand where it must not. */
export const subject: fc.Arbitrary<string> = fc.oneof(
  { weight: 12, arbitrary: fc.array(token, { minLength: 1, maxLength: 4 }).map((tokens) => tokens.join('.')) },
  { weight: 2, arbitrary: fc.tuple(fc.constantFrom(...reserved), fc.array(token, { maxLength: 2 })).map(([first, rest]) => [first, ...rest].join('.')) },
  { weight: 1, arbitrary: fc.constantFrom('$JS.EVENT.>', '$JS.EVENT.a.*', '$SYS.ACCOUNT.>', '$SYS.ACCOUNT.*.b', '$JS.EVENT', '*.EVENT.a', '*x.*', '>') },
  { weight: 1, arbitrary: fc.array(fc.oneof(token, fc.constantFrom(...wrong)), { minLength: 1, maxLength: 3 }).map((tokens) => tokens.join('.')) },
);

const calls = [
  '$1', '$2', '$0', '$-1', '$x', '$', '{{wildcard(1)}}', '{{Wildcard( 2 )}}', '{{wildcard(3)}}', '{{wildcard()}}', '{{wildcard(1,2)}}', '{{wildcard(a)}}', '{{partition(3)}}',
  '{{partition(3,1,2)}}', '{{partition(3,3)}}', '{{partition(a)}}', '{{partition(2147483648)}}', '{{partition()}}', '{{splitFromLeft(1,2)}}', '{{splitfromright(1)}}',
  '{{SliceFromLeft(2,1)}}', '{{sliceFromRight(1,x)}}', '{{sliceFromRight(1,-2147483649)}}', '{{split(1,-)}}', '{{split(1)}}', '{{split(1, a b)}}', '{{left(1,2)}}', '{{Right(1,9)}}',
  '{{left(1)}}', '{{random(5)}}', '{{random(1,2)}}', '{{unknown(1)}}', '{{}}', '{{x}}', '{{WILDCARD(1)}}', 'x{{wildcard(1)}}', '{{ x {{wildcard(1)}}', '{{wildcard(1)}}}}',
  '{{wildcard(99999999999999999999)}}', '$99999999999999999999',
];

/** What a transform leads from and to, and which belongs together more often than by chance. */
export const transform: fc.Arbitrary<{ source: string; destination: string }> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ source: fc.oneof({ weight: 9, arbitrary: subject }, fc.constant('')), destination: fc.oneof({ weight: 9, arbitrary: destination() }, fc.constant('')) }) },
  { weight: 3, arbitrary: fc.tuple(fc.constantFrom('a.*', 'a.*.*', 'b.*.>', 'a.>', 'a', '>', '*'), destination()).map(([source, to]) => ({ source, destination: to })) },
  { weight: 2, arbitrary: fc.constantFrom('a.>', 'b.>', '*.>', '>', '').map((source) => ({ source, destination: 'z.>' })) },
);

function destination(): fc.Arbitrary<string> {
  const part = fc.oneof({ weight: 4, arbitrary: fc.constantFrom('z', 'y', 'a') }, { weight: 4, arbitrary: fc.constantFrom(...calls) }, fc.constantFrom('>', '*', 'a b', ''));
  return fc.array(part, { minLength: 1, maxLength: 3 }).map((tokens) => tokens.join('.'));
}
