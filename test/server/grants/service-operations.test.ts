import { Svcm } from '@nats-io/services';
import { all } from './async-iterables';
import { GrantedAccount, serverKinds } from './granted-account';
import { NatsService } from '../../../src';
import { NATS_VERSIONS, natsServer } from '../harness/binaries';

jest.setTimeout(30_000);
jest.spyOn(console, 'warn').mockImplementation();

// Built before the clock of a test runs.
NATS_VERSIONS.forEach((version) => natsServer(version));

describe.each(serverKinds)('nats-server $version, acknowledgements $ackFormat', (kind) => {
  const account = new GrantedAccount(kind);
  const { prices } = account;
  const unknown = new NatsService(account.chart, 'unknown', { subjects: ['ask'], unknownRequesters: true });
  const users = {
    requester: account.granted((granted) => prices.grantRequest(granted)),
    server: account.granted((granted) => prices.grantServe(granted, { queue: 'q', name: 'prices' })),
    operator: account.granted((granted) => prices.grantDiscover(granted)),
    answerer: account.granted((granted) => unknown.grantServe(granted, { responses: { maxMessages: 2 } })),
    asker: account.granted((granted) => unknown.grantRequest(granted)),
  };

  beforeAll(() => account.start());

  afterAll(() => account.stop());

  test('a service answers those who may ask, and is discovered', async () => {
    const connection = await account.connect(users.server);
    const service = await new Svcm(connection as never).add({ name: 'prices', version: '1.0.0' });
    service.addEndpoint('get', { subject: 'prices.get', handler: (_, message) => { message.respond('42'); } });
    await connection.flush();

    expect((await (await account.connect(users.requester)).request('prices.get', '', { timeout: 5000 })).string()).toBe('42');
    const discovery = new Svcm(await account.connect(users.operator) as never).client();
    for (const asked of [await discovery.ping(), await discovery.ping('prices'), await discovery.info('prices'), await discovery.stats('prices')]) {
      expect((await all(asked)).map(({ name }) => name)).toEqual(['prices']);
    }
    await service.stop();
  });

  test('a service with leave to answer answers whoever may ask, as often as it may', async () => {
    const connection = await account.connect(users.answerer);
    connection.subscribe('ask', { callback: (_, message) => { message.respond('1'); message.respond('2'); } });
    await connection.flush();

    const answers = await (await account.connect(users.asker)).requestMany('ask', '', { strategy: 'count', maxMessages: 2, maxWait: 5000 });
    expect((await all(answers)).map((answer) => answer.string())).toEqual(['1', '2']);
  });
});
