import { Duration, Size } from 'cdk8s';
import { renderConf } from '../../../src/nats/conf/conf-writer';
import { NatsInclude } from '../../../src/nats/conf/nats-include';
import { NatsVariable } from '../../../src/nats/conf/nats-variable';

const rendered = (...lines: string[]) => `${lines.join('\n')}\n`;

describe('the text of a configuration', () => {
  test('has includes, then options, then blocks, each by key, whatever their order was', () => {
    const text = renderConf({
      port: 4222,
      cluster: { routes: ['nats://a:6222', NatsVariable.of('ROUTE')], authorization: { timeout: 2 }, name: 'orders' },
      debug: true,
      zzz: NatsInclude.file('first.conf'),
      accounts: {},
      absent: undefined,
    });

    expect(text).toBe(rendered(
      'include "first.conf"',
      'debug: true',
      'port: 4222',
      '',
      'accounts {}',
      '',
      'cluster {',
      '  name: "orders"',
      '  routes: [',
      '    "nats://a:6222"',
      '    $ROUTE',
      '  ]',
      '  authorization {',
      '    timeout: 2',
      '  }',
      '}',
    ));
  });

  test('has blocks and lists in lists, one element a line', () => {
    expect(renderConf({ users: [{ user: 'a', permissions: { publish: ['>'] } }, {}], matrix: [[1, 2], []] })).toBe(rendered(
      'matrix: [',
      '  [',
      '    1',
      '    2',
      '  ]',
      '  []',
      ']',
      'users: [',
      '  {',
      '    user: "a"',
      '    permissions {',
      '      publish: [',
      '        ">"',
      '      ]',
      '    }',
      '  }',
      '  {}',
      ']',
    ));
  });

  test('has every file of a list of includes, in its order and before the options of the block', () => {
    expect(renderConf({ authorization: { timeout: 1, include: [NatsInclude.file('b.conf'), NatsInclude.file('a.conf')] } }))
      .toBe(rendered('authorization {', '  include "b.conf"', '  include "a.conf"', '  timeout: 1', '}'));
  });

  test('has quotes around every key but a plain name, and around the word include', () => {
    expect(renderConf({ 'ORDERS': 1, 'max_payload': 2, '$SYS': 3, 'a.b': 4, '1st': 5, 'Include': 6, 'back\\slash': 7 }))
      .toBe(rendered('"$SYS": 3', '"1st": 5', '"Include": 6', 'ORDERS: 1', '"a.b": 4', '"back\\slash": 7', 'max_payload: 2'));
  });

  test.each([
    ['plain', '"plain"'],
    ['', '""'],
    ['12345678', '"12345678"'],
    ['$JS.API.>', '"$JS.API.>"'],
    ['a"b\\c', '"a\\"b\\\\c"'],
    ['line\r\nline\ttab', '"line\\r\\nline\\ttab"'],
    ['\0\x01\b\f\x1f\x7f', '"\\x00\\x01\\x08\\x0c\\x1f\\x7f"'],
    ['ä😀\u2028', '"ä😀\u2028"'],
  ])('quotes %j', (text, quoted) => {
    expect(renderConf({ key: text })).toBe(`key: ${quoted}\n`);
  });

  test.each([
    [Size.gibibytes(1.5), '1610612736'],
    [Size.kibibytes(0.0005), '0'],
    [Size.mebibytes(0.1), '104857'],
    [Size.pebibyte(2), '2251799813685248'],
    [Duration.minutes(90), '"1h30m"'],
    [Duration.millis(1500), '"1s500ms"'],
    [-1, '-1'],
    [Number.MAX_SAFE_INTEGER, '9007199254740991'],
    [false, 'false'],
    [NatsVariable.of('PASSWORD'), '$PASSWORD'],
  ])('has no unit that the server could misread: %#', (value, text) => {
    expect(renderConf({ key: value })).toBe(`key: ${text}\n`);
  });

  test('is an error for what nats.conf cannot hold, naming the option', () => {
    expect(() => renderConf({ authorization: { timeout: 0.5 } })).toThrow('nats.conf: authorization.timeout is 0.5; allowed: a whole number');
  });
});
