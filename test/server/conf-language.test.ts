import { execFileSync } from 'child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { dirname, join } from 'path';
import { Duration, Size } from 'cdk8s';
import { confJson } from './harness/binaries';
import { ConfBlock } from '../../src/nats/conf/conf-value';
import { renderConf } from '../../src/nats/conf/conf-writer';
import { NatsInclude } from '../../src/nats/conf/nats-include';
import { NatsVariable } from '../../src/nats/conf/nats-variable';

// Built before the clock of a test runs.
const parser = confJson();
const SEED = Number(process.env.SEED ?? 20_240_601);
const STRINGS = 4000;

describe(`what nats-server reads from the configuration that we write (SEED=${SEED})`, () => {
  test('is every string as it was: at top level, in a block, and in lists', () => {
    const strings = randomStrings(STRINGS);
    const block = Object.fromEntries(strings.map((text, index) => [`key_${index}`, text]));
    const config = { ...block, block, list: strings, lists: [strings.slice(0, 100), [strings.slice(100, 200)]] };

    expect(parsed(config)).toEqual(config);
  });

  test('is every string in a block of a list', () => {
    const users = randomStrings(STRINGS).map((password, index) => ({ user: `user ${index}`, password }));

    expect(parsed({ users })).toEqual({ users });
  });

  test('is each ASCII character alone and between others', () => {
    const characters = Array.from({ length: 128 }, (_, code) => String.fromCharCode(code));
    const list = characters.flatMap((character) => [character, `a${character}`, `${character}a`, `a${character}1`, `${character}${character}`]);

    expect(parsed({ list })).toEqual({ list });
  });

  test('is text where text looks like another value, and nothing where it looks like the language', () => {
    const list = ['', ' ', 'true', 'off', '123', '-5', '1.5', '5k', '5kbb', '30s', '1e5', '7-a', '2024-01-02T00:00:00Z', '$HOME', '${HOME}', '$$', '$2b$11$abc', 'null',
      '# no comment', '// none', 'include "x"', '{ }', '[ ]', '( )', '"', '\\"', '\\n', '\\x41', '\'', 'a,b;c', 'a: b', '\uFEFF', '\u2028', '😀'];

    expect(parsed({ list, ...list })).toEqual({ list, ...list });
  });

  test('is every key that has no double quote and no NUL', () => {
    const special = ['include', 'INCLUDE', 'true', '123', '$SYS', '#', '}', 'a.b', 'a-b', 'Ä'];
    const keys = [...special, ...randomStrings(STRINGS).map((text) => text.replace(/["\0]/g, ''))];
    const config = {
      texts: Object.fromEntries(keys.map((key) => [key, key])),
      blocks: Object.fromEntries(keys.map((key) => [key, { [key]: [key] }])),
    };

    expect(parsed(config)).toEqual(config);
  });

  test('is every number and boolean, wherever it stands', () => {
    const random = generator(SEED);
    const numbers = Array.from({ length: 500 }, () => Math.floor((random() * 2 - 1) * 10 ** (random() * 15)));
    const list = [0, -1, 65535, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER, ...numbers, true, false];
    const config = { list, last: { list: [1] }, ...Object.fromEntries(list.map((value, index) => [`key_${index}`, value])) };

    expect(parsed(config)).toEqual(config);
  });

  test('is a size in bytes and a duration as Go writes it', () => {
    const sizes = { size: Size.gibibytes(1.5), sizes: [Size.kibibytes(8), Size.tebibytes(2)] };
    const waits = { wait: Duration.minutes(90), waits: [Duration.days(2)] };

    expect(parsed({ ...sizes, ...waits })).toEqual({ size: 1610612736, sizes: [8192, 2199023255552], wait: '1h30m', waits: ['48h'] });
  });

  test('is empty where it is empty', () => {
    const config = { block: {}, list: [], nested: { block: {}, list: [[], {}] } };

    expect(parsed({ ...config, absent: undefined })).toEqual(config);
  });

  test('is the environment\'s text for a variable, which it reads as configuration', () => {
    const config = { bare: NatsVariable.of('NUMBER'), block: { quoted: NatsVariable.of('QUOTED') }, list: [NatsVariable.of('QUOTED'), NatsVariable.of('LIST')] };

    expect(parsed(config, {}, { NUMBER: '12345678', QUOTED: '\'12345678\'', LIST: '[ "a" ]' }))
      .toEqual({ bare: 12345678, block: { quoted: '12345678' }, list: ['12345678', ['a']] });
  });

  test('is an included file\'s options, over which those of the including block win', () => {
    const config = {
      port: 4222,
      include: NatsInclude.file('top.conf'),
      authorization: { include: [NatsInclude.file('auth/users.conf'), NatsInclude.file('auth/timeout it.conf')], timeout: 2 },
    };
    const files = {
      'top.conf': renderConf({ port: 1, debug: true }),
      'auth/users.conf': renderConf({ users: [{ user: 'shop' }] }),
      'auth/timeout it.conf': renderConf({ timeout: 9, token: 'x' }),
    };

    expect(parsed(config, files)).toEqual({ port: 4222, debug: true, authorization: { users: [{ user: 'shop' }], token: 'x', timeout: 2 } });
  });
});

/** What nats-server's parser makes of the configuration. */
function parsed(config: ConfBlock, files: { [path: string]: string } = {}, env: { [name: string]: string } = {}): unknown {
  const folder = mkdtempSync(join(tmpdir(), 'conf-'));
  try {
    for (const [path, text] of Object.entries({ 'nats.conf': renderConf(config), ...files })) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    return JSON.parse(execFileSync(parser, [join(folder, 'nats.conf')], { env, encoding: 'utf8', maxBuffer: 2 ** 28, stdio: 'pipe' }));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Half of them are made of the characters that the language gives a meaning. */
function randomStrings(count: number): string[] {
  const random = generator(SEED);
  const special = [...'"\'\\$#/{}[](),;:=\n\r\t\0\x7f\x1b aA0.-_>*'];
  const character = () => {
    if (random() < 0.5) return special[Math.floor(random() * special.length)];
    const code = Math.floor(random() * (random() < 0.7 ? 0x100 : 0x110000));
    // Half of a surrogate pair is no text.
    return String.fromCodePoint(code >= 0xd800 && code <= 0xdfff ? code - 0x1000 : code);
  };
  return Array.from({ length: count }, () => Array.from({ length: Math.floor(random() * 12) }, character).join(''));
}

/** Lehmer's generator with the multiplier of Park and Miller: the same numbers for the same seed. */
function generator(seed: number): () => number {
  const modulus = 2 ** 31 - 1;
  let state = seed % modulus || 1;
  return () => {
    state = state * 48_271 % modulus;
    return state / modulus;
  };
}
