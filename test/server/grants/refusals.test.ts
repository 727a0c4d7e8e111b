import { alternatives, examples } from './examples';
import { GrantedAccount } from './granted-account';
import { publishProbes, subscribeProbes } from './probes';
import { NATS_VERSIONS, natsServer } from '../harness/binaries';

jest.setTimeout(60_000);
jest.spyOn(console, 'warn').mockImplementation();

// Built before the clock of a test runs.
NATS_VERSIONS.forEach((version) => natsServer(version));

const publishing = publishProbes();
const ownInboxes = subscribeProbes.filter((subject) => subject.startsWith('_INBOX_me.'));

/** Which subjects the server lets a user publish or subscribe to, asked one by one: the server answers a ping after whatever it refuses. */
async function openOf(account: GrantedAccount, user: ReturnType<GrantedAccount['user']>): Promise<{ publish: string[]; subscribe: string[] }> {
  const session = await account.connectRaw(user);
  const isOpen = async (verb: string, line: string, subject: string) => {
    const answers = (await session.say(line)).filter((answer) => /^-ERR/.test(answer));
    const refusal = `-ERR 'Permissions Violation for ${verb} to "${subject.split(' ')[0]}"`;
    if (answers.length > 1 || answers.some((answer) => !answer.startsWith(refusal))) throw new Error(`to ${line} the server says ${answers.join(', ')}`);
    return answers.length === 0;
  };
  const open = { publish: [] as string[], subscribe: [] as string[] };
  for (const subject of publishing) if (await isOpen('Publish', `PUB ${subject} 0\r\n`, subject)) open.publish.push(subject);
  for (const subject of subscribeProbes) if (await isOpen('Subscription', `SUB ${subject} 1`, subject)) open.subscribe.push(subject);
  session.close();
  return open;
}

test('the probes are many', () => {
  expect(publishing.length).toBeGreaterThan(400);
  expect(new Set(subscribeProbes).size).toBe(subscribeProbes.length);
});

describe.each(NATS_VERSIONS)('nats-server %s', (version) => {
  test.each(examples)('$title opens what it names, and nothing else', async ({ grant, publish, subscribe = [] }) => {
    const account = new GrantedAccount({ version, ackFormat: 'v1' });
    const user = account.user('me');
    grant(account, user);
    await account.start();

    const open = await openOf(account, user);
    await account.stop();

    const expected = publish.flatMap(alternatives);
    expect(expected.filter((subject) => !publishing.includes(subject))).toEqual([]);
    expect(open.publish.sort()).toEqual(expected.sort());
    expect(open.subscribe.sort()).toEqual([...subscribe, ...ownInboxes].sort());
  });
});
