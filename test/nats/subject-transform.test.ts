import { NatsVersion } from '../../src';
import { transformMistake, TransformUse } from '../../src/nats/subject-transform';

test.each<[string, string]>([
  ['a.*', 'b.$1'], ['a.>', 'b.>'], ['', 'b.>'], ['a.*', ''], ['a.*', 'b'], ['a.*', 'b.$0'], ['a.*', 'b.{{wildcard(-1)}}'], ['a', 'b.{{partition(3)}}'], ['a', 'b.{{random(9)}}'],
  ['a.*', 'b.{{ Split( 1 ,-) }}'], ['a.*', 'b.$x'], ['a.*', 'b.{{}}'], ['a.*', 'b.$99999999999999999999'], ['a.*', 'b.{{sliceFromRight(1,-2147483648)}}'],
])('%s becomes %s', (source, destination) => {
  expect(transformMistake(source, destination, 'mapping')).toBeUndefined();
});

test.each([
  ['a.*', 'b.$2', "'$2' stands for a wildcard that 'a.*' does not have"],
  ['a', 'b.$1', "'$1' stands for a wildcard, but 'a' has none"],
  ['', 'b', "only one of '>' and 'b' ends with >"],
  ['a.>', 'b', "only one of 'a.>' and 'b' ends with >"],
  ['a.*', 'b.*', "'b.*' has a *, which is written $1, $2... in a destination"],
  ['a..b', 'c', "'a..b' is not a subject"],
  ['a', 'b..c', "'b..c' is not a subject"],
  ['a', 'b c', "'b c' has white space"],
  ['a.*', 'b.{{shuffle(1)}}', "'{{shuffle(1)}}' is not a function that nats-server knows"],
  ['a.*', 'b.{{split(1)}}', "'{{split(1)}}' does not have the arguments that nats-server wants: number text"],
  ['a.*', 'b.{{partition(2147483648,1)}}', "'{{partition(2147483648,1)}}' does not have the arguments that nats-server wants: numbers"],
  ['a.*', 'b.{{left(1,2147483648)}}', "'{{left(1,2147483648)}}' does not have the arguments that nats-server wants: number number"],
])('%s does not become %s', (source, destination, mistake) => {
  expect(transformMistake(source, destination, 'mapping')).toBe(mistake);
});

test('an import needs each wildcard, and nothing but wildcards', () => {
  expect(transformMistake('a.*.*', 'b.$2.$1', 'import')).toBeUndefined();
  expect(transformMistake('a.*.*', 'b.$2', 'import')).toBe("'b.$2' does not have each wildcard of 'a.*.*'");
  expect(transformMistake('a.*', 'b.{{partition(3,1)}}', 'import')).toBe("'{{partition(3,1)}}' cannot be used in an import");
});

test('what is republished may have white space', () => {
  expect(transformMistake('a', 'b c', 'republish')).toBeUndefined();
});

test.each<[TransformUse, NatsVersion, boolean]>([
  ['mapping', NatsVersion.V2_12, false], ['mapping', NatsVersion.V2_14, false], ['mapping', NatsVersion.V2_15, true], ['republish', NatsVersion.V2_12, true],
])('left and right in a %s of %s', (use, version, known) => {
  for (const token of ['{{left(1,2)}}', '{{Right(1,2)}}']) {
    expect(transformMistake('a.*', `b.${token}`, use, version)).toBe(
      known ? undefined : `'${token}' is a function that came with nats-server 2.15, and the servers are ${version}`,
    );
  }
});
