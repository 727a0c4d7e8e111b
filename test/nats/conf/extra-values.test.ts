import { NatsInclude } from '../../../src/nats/conf/nats-include';
import { NatsVariable } from '../../../src/nats/conf/nats-variable';

describe('a variable', () => {
  test.each(['A', '_a1', 'NATS_PASSWORD'])('may be called %s', (name) => {
    expect(NatsVariable.of(name).name).toBe(name);
  });

  test.each(['', '1A', '$A', '{A}', 'A-B', 'A B', 'A\n', 'Ä'])('cannot be called %j', (name) => {
    expect(() => NatsVariable.of(name)).toThrow(`'${name}' is not the name of a variable; allowed: letters, digits and _, not beginning with a digit; fix: give the name without $`);
  });
});

describe('an include', () => {
  test.each(['auth.conf', '../shared/auth.conf', '1.conf', 'with space.conf', 'Ä.conf'])('may name %s', (path) => {
    expect(NatsInclude.file(path).relativePath).toBe(path);
  });

  test.each(['', '/etc/nats/auth.conf', 'a"b', 'a\\b', 'a\nb', 'a\0'])('cannot name %j', (path) => {
    expect(() => NatsInclude.file(path)).toThrow(/^nats\.conf cannot include '[^]*'; allowed: a path relative to the folder of the including file.*; fix: mount the file beside nats\.conf/);
  });
});
