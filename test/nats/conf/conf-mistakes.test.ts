import { Duration, Size } from 'cdk8s';
import { describeMistake } from '../../../src/core/mistake';
import { confMistakes } from '../../../src/nats/conf/conf-mistakes';
import { ConfBlock } from '../../../src/nats/conf/conf-value';
import { NatsInclude } from '../../../src/nats/conf/nats-include';
import { NatsVariable } from '../../../src/nats/conf/nats-variable';

const file = NatsInclude.file('a.conf');
const mistakesIn = (config: unknown) => confMistakes(config as ConfBlock).map(describeMistake);

describe('a configuration', () => {
  test('may hold every kind of value', () => {
    const values = ['', 0, true, Size.tebibytes(1), Duration.days(100), NatsVariable.of('A'), file, [file, file], [], {}, undefined, { a: [{ b: [1, 'x'] }] }];

    expect(mistakesIn({ ...values })).toEqual([]);
  });

  test.each([
    [{ a: 1.5 }, 'a is 1.5; allowed: a whole number; a Duration or a Size for what has a unit'],
    [{ a: NaN }, 'a is NaN; allowed: a whole number'],
    [{ a: 2 ** 53 }, 'a is 9007199254740992; allowed: a whole number'],
    [{ a: Size.pebibyte(8) }, 'a is 8Pi; allowed: at most 9007199254740991 bytes'],
    [{ a: Duration.millis(0.5) }, 'a is 0.5 milliseconds; allowed: a whole number of milliseconds, at most 9223372036854'],
    [{ a: Duration.days(200_000) }, 'a is 17280000000000 milliseconds; allowed: a whole number of milliseconds'],
    [{ a: null }, 'a is null; allowed: a text, whole number'],
    [{ a: new Date(0) }, 'a is of type object; allowed: a text'],
    [{ a: () => 1 }, 'a is of type function; allowed: a text'],
    [{ a: 10n }, 'a is of type bigint; allowed: a text'],
    [{ a: [undefined] }, 'a.0 is undefined; allowed: a text'],
    [{ a: 'half of \ud83d' }, 'a is no Unicode text; allowed: text without lone surrogates'],
    [{ a: [1, file] }, 'a.1 is an include among other values; allowed: includes alone; fix: give the includes a key of their own'],
    [{ a: { 'b"c': 1 } }, 'the key "b\\"c" in a cannot be written; allowed: any text without double quotes and NUL'],
    [{ 'a\0': 1 }, 'the key "a\\u0000" cannot be written'],
  ])('cannot hold %#', (config, mistake) => {
    expect(mistakesIn(config)).toEqual([expect.stringContaining(mistake)]);
  });

  test('tells all mistakes, with their paths', () => {
    expect(mistakesIn({ accounts: { ORDERS: { limits: { subs: 0.1 } } }, list: [{ x: null }, 0.2] }).map((text) => text.split(' ')[0]))
      .toEqual(['accounts.ORDERS.limits.subs', 'list.0.x', 'list.1']);
  });
});
