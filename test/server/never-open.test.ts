import { natsServer, NATS_VERSIONS, NatsVersion } from './harness/binaries';
import { Secrets, ServerPod } from './harness/pod';
import { Credentials, TextClient } from './harness/text-client';
import { NatsAuth, NatsClusterProps, Permissions, SecretKey } from '../../src';
import { newCluster, synth } from '../support';

jest.setTimeout(60_000);

// Built before the clock of a test runs.
NATS_VERSIONS.forEach((version) => natsServer(version));

const permissions = Permissions.all();
const VIOLATION = '-ERR \'Authorization Violation\'';

const unharmed: { [title: string]: string } = {
  'letters': 'secret',
  'a variable of the shell': '$HOME',
  'a variable of the configuration': '$SERVER_NAME',
  'a reference of Kubernetes': '$(POD_NAME)',
  'a reference of Kubernetes that is escaped': '$$(POD_NAME)',
  'two dollars': '$$',
  'a command of the shell': '`id` $(id) ; exit 1',
  'a double quote': 'a"b',
  'double quotes around it': '"secret"',
  'backslashes': 'a\\b\\n\\x41\\',
  'spaces around it': '  a b  ',
  'a space alone': ' ',
  'a tab': 'a\tb',
  'a newline within': 'a\nb',
  'a hash sign': '#a # b',
  'two slashes': '//a',
  'brackets': '{ [ ( ) ] }',
  'signs of the language': 'a: b, c = d; e',
  'a word of the language': 'include "x"',
  'digits alone': '12345678',
  'a boolean': 'true',
  'a size': '5k',
  'a number with an exponent': '1e5',
  'a negative number': '-1',
  'a date': '2024-01-02T00:00:00Z',
  'a pattern of the shell': '*',
  'letters of the world': 'пароль 密码 😀',
  'long': 'x'.repeat(3000),
};

/** What the server makes of the hash is the password that it is made of. */
const HASHED = 'a secret';
const HASH = '04$abcdefghijklmnopqrstuuptX35pdqP/yflhzg5TSsMy0N7LlPqh2';

const refused: [value: string, reason: string][] = [
  ['', 'is empty'],
  ['secret\n', 'ends with a newline'],
  ['secret\r\n', 'ends with a newline'],
  ['\n', 'ends with a newline'],
  ['it\'s secret', 'contains a single quote'],
  ['\'secret\'', 'contains a single quote'],
];

function pod(props: NatsClusterProps, secrets: Secrets, version?: NatsVersion): ServerPod {
  return ServerPod.launch(synth(newCluster({ replicas: 1, ...props })), 0, { secrets, version });
}

async function login(to: ServerPod, credentials: Credentials): Promise<void> {
  (await TextClient.connect(to.server.clientUrl, credentials)).close();
}

async function expectRefused(to: ServerPod, ...all: Credentials[]): Promise<void> {
  for (const credentials of all) await expect(login(to, credentials)).rejects.toThrow(VIOLATION);
}

/** The process ends by itself, with nothing of the server in its log. */
async function expectNotStarted({ server }: ServerPod, reason: string): Promise<void> {
  await expect(server.ready()).rejects.toThrow('nats-server exited with 1');
  expect(server.log).toBe(`nats-server is not started: ${reason}\n`);
}

describe('a token', () => {
  const token = (value: string) => pod({ auth: NatsAuth.token(SecretKey.fromName('nats-auth', 'token')) }, { 'nats-auth': { token: value } });

  test.each(Object.entries(unharmed))('that is %s is the token with which clients log in', async (_, value) => {
    const started = token(value);
    await started.ready();

    await login(started, { auth_token: value });
    await expectRefused(started, {}, { auth_token: '' }, { auth_token: 'wrong' }, { auth_token: `${value} ` }, { auth_token: `'${value}'` }, { user: value }, { user: 'a', pass: value });
    await started.delete();
  });

  test.each(['$2a$', '$2b$', '$2y$'])('that is a bcrypt hash beginning with %s lets in who knows what was hashed', async (prefix) => {
    const started = token(prefix + HASH);
    await started.ready();

    await login(started, { auth_token: HASHED });
    await expectRefused(started, {}, { auth_token: '' }, { auth_token: prefix + HASH });
    await started.delete();
  });

  test.each(refused)('that is %j keeps the server from starting', async (value, reason) => {
    await expectNotStarted(token(value), `key token of Secret nats-auth ${reason}`);
  });
});

describe.each(NATS_VERSIONS)('on nats-server %s a user\'s password', (version) => {
  const values = { ...unharmed, ...Object.fromEntries(['$2a$', '$2b$', '$2y$'].map((prefix) => [`a bcrypt hash with ${prefix}`, prefix + HASH])) };
  const titles = Object.keys(values);
  const userOf = (title: string) => `user-${titles.indexOf(title)}`;
  let all: ServerPod;

  beforeAll(async () => {
    const users = titles.map((title) => ({ name: userOf(title), password: SecretKey.fromName('users', userOf(title)), permissions }));
    const users0 = Object.fromEntries(titles.map((title) => [userOf(title), values[title]]));
    all = pod({ auth: NatsAuth.users(...users) }, { users: users0 }, version);
    await all.ready();
  });

  test.each(Object.entries(values))('that is %s is the password with which the user logs in', async (title, value) => {
    const user = userOf(title);
    const pass = value.endsWith(HASH) ? HASHED : value;

    await login(all, { user, pass });
    await expectRefused(all, { user }, { user, pass: '' }, { user, pass: 'wrong' }, { user, pass: `${value} ` }, { user, pass: `'${value}'` }, { auth_token: pass }, { pass });
  });

  test('lets nobody in without a name', () => expectRefused(all, {}, { user: '' }, { user: '', pass: '' }, { user: 'nobody', pass: '' }));

  test.each(refused)('that is %j keeps the server from starting, whoever else has a good one', async (value, reason) => {
    const users = ['auditor', 'shop', 'zoe'].map((name) => ({ name, password: SecretKey.fromName(`${name}-nats`, 'password'), permissions }));
    const secrets = { 'auditor-nats': { password: 'good' }, 'shop-nats': { password: value }, 'zoe-nats': { password: 'good' } };

    await expectNotStarted(pod({ auth: NatsAuth.users(...users) }, secrets), `key password of Secret shop-nats ${reason}`);
  });
});

test.each<[string, NatsClusterProps]>([
  ['a key of JetStream\'s encryption', { jetStream: { encryption: { key: SecretKey.fromName('js', 'key') } } }],
  ['a secret of an option that has no prop', { extraConfig: { accounts: { SYS: { users: [{ user: 'sys', password: SecretKey.fromName('js', 'key') }] } } }, auth: undefined }],
])('%s that is empty keeps the server from starting', async (_, props) => {
  await expectNotStarted(pod(props, { 'nats-auth': { token: 'good' }, 'js': { key: '' } }), 'key key of Secret js is empty');
});

test('a zone that is not known keeps the server from starting', async () => {
  await expectNotStarted(pod({ zoneTag: true }, { 'nats-auth': { token: 'good' } }),
    'the pod label topology.kubernetes.io/zone, which Kubernetes sets from 1.35, is empty');
});

describe.each(NATS_VERSIONS)('on nats-server %s a password in a file', (version) => {
  const user = 'shop-1';
  const props = { auth: NatsAuth.users({ name: user, passwordInclude: SecretKey.fromName('shop', 'nats.conf'), permissions }) };
  const file = (content: string) => ({ shop: { 'nats.conf': content } });
  const line = (password: string) => file(`password_shop_1: "${password}"\n`);

  test('is the password with which the user logs in, whatever is in it', async () => {
    const started = pod(props, line('it\'s \\"$a\\" \\\\ #{1}'), version);
    await started.ready();

    await login(started, { user, pass: 'it\'s "$a" \\ #{1}' });
    await expectRefused(started, {}, { user }, { user, pass: '' });
  });

  test('changes by reload', async () => {
    const started = pod(props, line('old'), version);
    await started.ready();
    const process = started.server;

    expect(await started.reload({ secrets: line('new') })).toBe('reloaded');
    await login(started, { user, pass: 'new' });
    await expectRefused(started, { user, pass: 'old' }, { user }, {});
    expect(started.server).toBe(process);
  });

  test.each([['is emptied', ''], ['loses its line', '# soon\n'], ['breaks', 'password_shop_1: "new']])('stays as it was when the file %s', async (_, content) => {
    const started = pod(props, line('old'), version);
    await started.ready();

    expect(await started.reload({ secrets: file(content) })).not.toBe('reloaded');
    await login(started, { user, pass: 'old' });
    await expectRefused(started, { user }, { user, pass: '' }, {});
  });

  test.each([
    ['is empty', '', /key nats\.conf of Secret shop does not define password_shop_1 as a text that is not empty/],
    ['has the line of another user', 'password_shop: "secret"\n', /does not define password_shop_1/],
    ['has an empty password', 'password_shop_1: ""\n', /does not define password_shop_1/],
    ['has an empty password in single quotes', "  password_shop_1 = ''\n", /does not define password_shop_1/],
    ['has a number', 'password_shop_1: 12345678\n', /interface conversion/],
  ])('keeps the server from starting when the file %s', async (_, content, message) => {
    const { server } = pod(props, file(content), version);

    await expect(server.ready()).rejects.toThrow('nats-server exited with 1');
    expect(server.log).toMatch(message);
    expect(server.log).not.toMatch(/Listening|secret|12345678/);
  });
});
