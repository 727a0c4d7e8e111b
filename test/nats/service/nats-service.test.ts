import { Duration } from 'cdk8s';
import { NatsAccount, NatsCluster, NatsService, NatsServiceProps, NatsUser, Rules } from '../../../src';
import { Permissions } from '../../../src/nats/auth/permissions';
import { renderPermissions } from '../../../src/nats/auth/render-permissions';
import { newChart, newCluster, someUser } from '../../support';

const warn = jest.spyOn(console, 'warn').mockImplementation();
afterEach(() => warn.mockClear());

let nats: NatsCluster;
let account: NatsAccount;
beforeEach(() => {
  nats = newCluster({ auth: undefined });
  account = nats.addAccount('SHOP');
});

const newUser = (name: string): NatsUser => account.addUser(name, { password: someUser.password });
const newService = (props: Partial<NatsServiceProps> = {}): NatsService => new NatsService(nats, 'prices', { subjects: ['prices.>'], ...props });
const rendered = ({ _granted, inboxPrefix }: NatsUser) => renderPermissions(Permissions.of({}), _granted, inboxPrefix);
const findings = (): string[] => nats.node.findAll().flatMap(({ node }) => node.validate());

test('those who ask publish to the subjects, and those who serve only to the inboxes of these', () => {
  const [shop, web, pricing, service] = [newUser('shop'), newUser('web'), newUser('pricing'), newService()];
  service.grantServe(pricing);
  service.grantRequest(shop);
  service.grantRequest(web, { subjects: ['prices.get'] });

  expect(rendered(shop)).toEqual({ publish: { allow: ['prices.>'] }, subscribe: { allow: ['_INBOX_shop.>'] } });
  expect(rendered(web)).toEqual({ publish: { allow: ['prices.get'] }, subscribe: { allow: ['_INBOX_web.>'] } });
  expect(rendered(pricing)).toEqual({ publish: { allow: ['_INBOX_shop.>', '_INBOX_web.>'] }, subscribe: { allow: ['_INBOX_pricing.>', 'prices.>'] } });
  expect(findings()).toEqual([]);
  expect(warn).not.toHaveBeenCalled();
});

test('a service of the framework serves in its queue group, is discovered by its name, and answers who discovers it', () => {
  const [ops, pricing, service] = [newUser('ops'), newUser('pricing'), newService()];
  service.grantServe(pricing, { subjects: ['prices.get'], queue: 'q', name: 'prices' });
  service.grantDiscover(ops);

  expect(rendered(pricing)).toEqual({
    publish: { allow: ['_INBOX_ops.>'] },
    subscribe: {
      allow: [
        '$SRV.INFO', '$SRV.INFO.prices', '$SRV.INFO.prices.*', '$SRV.PING', '$SRV.PING.prices', '$SRV.PING.prices.*', '$SRV.STATS', '$SRV.STATS.prices', '$SRV.STATS.prices.*',
        '_INBOX_pricing.>', 'prices.get q',
      ],
    },
  });
  expect(rendered(ops)).toMatchObject({
    publish: {
      allow: ['$SRV.INFO', '$SRV.INFO.prices', '$SRV.INFO.prices.*', '$SRV.PING', '$SRV.PING.prices', '$SRV.PING.prices.*', '$SRV.STATS', '$SRV.STATS.prices', '$SRV.STATS.prices.*'],
    },
  });
});

test.each<[string, Partial<NatsServiceProps>]>([
  ['nobody is granted to ask', {}],
  ['unknownRequesters is true', { unknownRequesters: true }],
])('where %s, those who serve get leave to answer, with a warning', (why, props) => {
  const [pricing, service] = [newUser('pricing'), newService(props)];
  service.grantServe(pricing, { responses: { maxMessages: 3, expires: Duration.seconds(5) } });
  if (props.unknownRequesters) service.grantRequest(newUser('shop'));

  expect(rendered(pricing)).toEqual({
    publish: { deny: ['>'] }, subscribe: { allow: ['_INBOX_pricing.>', 'prices.>'] }, allow_responses: { max: 3, expires: Duration.millis(5000) },
  });
  expect(findings()).toEqual([]);
  expect(warn.mock.calls).toEqual([[expect.stringContaining(`[test/nats/prices] 'pricing' may answer to whatever subject a request names, because ${why}; allowed: answers to the inboxes of known requesters; fix: name those who ask`)]]);
});

test('the warning can be acknowledged', () => {
  const service = newService();
  service.grantServe(newUser('pricing'));
  Rules.acknowledge(service, 'GRANT-RESPONSES', 'other accounts ask');

  expect(findings()).toEqual([]);
  expect(warn).not.toHaveBeenCalled();
});

describe('is refused', () => {
  test.each<[string, Partial<NatsServiceProps>, string]>([
    ['no subject', { subjects: [] }, '[test/nats/prices] subjects is empty; allowed: at least one subject [NATS-REQUEST-SERVICE]'],
    ['a text that is no subject', { subjects: ['a..b'] }, "subjects has 'a..b', which is not a subject"],
  ])('%s', (_, props, message) => expect(() => newService(props)).toThrow(message));

  test('what is not the service\'s', () => {
    const [shop, service] = [newUser('shop'), newService()];
    expect(() => service.grantRequest(shop, { subjects: ['orders.get'] })).toThrow("'orders.get' is not a subject of the service; allowed: prices.> [NATS-REQUEST-SERVICE]");
    expect(() => service.grantRequest(shop, { subjects: ['>'] })).toThrow("'>' is not a subject of the service");
    expect(() => service.grantServe(shop, { queue: 'a b' })).toThrow("the queue group is 'a b'; allowed: tokens between dots, without spaces");
    expect(() => service.grantServe(shop, { name: 'a.b' })).toThrow("the name is 'a.b'; allowed: letters, digits, _ and -");
    expect(() => service.grantServe(shop, { responses: { maxMessages: 0 } })).toThrow('allowResponses has maxMessages 0 and expires 120000 ms; allowed: a whole number of messages from 1');
  });

  test('a user of another account, with the import that it would need', () => {
    const [shop, service] = [newUser('shop'), newService()];
    service.grantRequest(shop);
    const stranger = nats.addAccount('BILLING').addUser('billing', { password: someUser.password });
    expect(() => service.grantRequest(stranger)).toThrow("[test/nats/prices] user 'billing' is of account BILLING, but the service is in account SHOP of test/nats; allowed: users of one account; "
      + 'fix: let SHOP export the subjects with exportService and BILLING import them with importService, allow the user to publish to them, and set unknownRequesters [GRANT-ACCOUNT]');
  });

  test('a user of another cluster', () => {
    const service = newService();
    service.grantRequest(newUser('shop'));
    const stranger = new NatsCluster(newChart(), 'other').addAccount('SHOP').addUser('shop', { password: someUser.password });
    expect(() => service.grantServe(stranger)).toThrow("user 'shop' is of the cluster test/other, but the service is in account SHOP of test/nats; allowed: users of one account; fix: add a user to that cluster");
  });
});
