import { Chart } from 'cdk8s';
import {
  AckPolicy, JetStreamAccount, JetStreamCredentials, JetStreamStream, JetStreamStreamProps, JetStreamTarget, NatsCluster, NatsUser, Rules, SecretKey,
  StreamOrigin, StreamRetention,
} from '../../../src';
import { newScene, Scene, somePassword } from '../support';

const warn = jest.spyOn(console, 'warn').mockImplementation();
afterEach(() => warn.mockClear());

let scene: Scene;
let user: NatsUser;
beforeEach(() => {
  scene = newScene({ jetStream: { domain: 'hub' } });
  user = newUser('reader');
});

function newUser(name: string, account: string = 'ORDERS'): NatsUser {
  const { cluster } = scene;
  const present = cluster.node.tryFindChild(`account-${account}`) as ReturnType<NatsCluster['addAccount']> | undefined;
  return (present ?? cluster.addAccount(account)).addUser(name, { password: somePassword });
}

const newStream = (props: Partial<JetStreamStreamProps> = {}): JetStreamStream =>
  new JetStreamStream(scene.chart, 'stream', { target: scene.target, name: 'ORDERS', subjects: ['orders.>'], ...props });
const published = ({ _granted }: NatsUser) => _granted.flatMap(({ publish = [] }) => publish);
const findings = (): string[] => scene.chart.node.findAll().flatMap(({ node }) => node.validate());
const warnings = () => warn.mock.calls.map(([text]) => text);

describe('grantPublish', () => {
  test('is about the subjects of the stream, or some of them', () => {
    newStream().grantPublish(user);
    expect(published(user)).toEqual(['orders.>']);
    const other = newUser('other');
    new JetStreamStream(scene.chart, 'named', { target: scene.target, name: 'LEDGER', subjects: ['a.*', 'b'] }).grantPublish(other, { subjects: ['a.x', 'b'] });
    expect(published(other)).toEqual(['a.x', 'b']);
    expect(findings()).toEqual([]);
    expect(warn).not.toHaveBeenCalled();
  });

  test('names the subjects of a stream that exists already', () => {
    const stream = JetStreamStream.fromStreamName(scene.chart, 'existing', 'OLD', { target: scene.target });
    expect(() => stream.grantPublish(user)).toThrow('[test/existing] subjects is not given, and this app does not know those of the stream; fix: give subjects [GRANT-SUBJECT]');
    stream.grantPublish(user, { subjects: ['old.>'] });
    expect(published(user)).toEqual(['old.>']);
  });

  test.each<[string, string[], Partial<JetStreamStreamProps>, string]>([
    ['a text that is no subject', ['orders..a'], {}, "[test/stream] subjects has 'orders..a', which is not a subject; allowed: tokens without spaces between dots"],
    ['no subjects', [], {}, 'subjects is empty; allowed: at least one subject, or no list for all [GRANT-SUBJECT]'],
    ['a subject that the stream does not store', ['billing.a'], {}, "subjects has 'billing.a'; allowed: subjects of the stream: orders.> [GRANT-SUBJECT]"],
    ['more than the stream stores', ['>'], {}, "subjects has '>'; allowed: subjects of the stream: orders.>"],
    ['what servers use', ['$JS.API.>'], { subjects: ['>'], noAck: true, replicas: 1 }, "'$JS.API.>' has subjects of the servers, such as JetStream's API; allowed: subjects that do not meet $JS.>, $JSC.>, $NRG.>, $SYS.>; fix: give subjects"],
    ['everything', ['>'], { subjects: ['>'], noAck: true, replicas: 1 }, "'>' has subjects of the servers"],
  ])('refuses %s', (_, subjects, props, message) => expect(() => newStream(props).grantPublish(user, { subjects })).toThrow(message));

  test('refuses a stream that only copies', () => {
    const origin = JetStreamStream.fromStreamName(scene.chart, 'origin', 'ORIGIN', { target: scene.target, allowDirect: true });
    expect(() => newStream({ subjects: undefined, mirror: StreamOrigin.stream(origin) }).grantPublish(user))
      .toThrow('the stream only copies ORIGIN, and stores nothing that is published; fix: grant it on the origin [GRANT-NOTHING]');
  });

  test('warns where a publisher can remove everything, or publish to more by a schedule', () => {
    const stream = newStream({ allowRollup: true, allowMsgSchedules: true });
    stream.grantPublish(user, { subjects: ['orders.new'] });
    stream.grantPublish(newUser('all'));
    expect(findings()).toEqual([]);
    expect(warnings()).toEqual([
      expect.stringContaining("warning: [test/stream] 'all', 'reader' may publish to stream 'ORDERS', and with allowRollup remove all its messages with one; allowed: publishers who may remove all messages; fix: leave allowRollup out"),
      expect.stringContaining("warning: [test/stream] 'reader' may publish to some subjects of stream 'ORDERS', and with allowMsgSchedules, by a schedule, to all; allowed: publishers to all subjects of the stream"),
    ]);
    warn.mockClear();
    for (const id of ['GRANT-ROLLUP', 'GRANT-SCHEDULES']) Rules.acknowledge(stream, id, 'it is theirs');
    Rules.strict(scene.chart);
    expect(findings()).toEqual([]);
  });
});

describe('grantRead', () => {
  const info = '$JS.API.STREAM.INFO.ORDERS';

  test('gives single messages, and ordered consumers where asked', () => {
    newStream().grantRead(user);
    expect(published(user)).toEqual([info, '$JS.API.DIRECT.GET.ORDERS.>', '$JS.API.DIRECT.GET.ORDERS']);
    const ordered = newUser('ordered');
    JetStreamStream.fromStreamName(scene.chart, 'existing', 'OLD', { target: scene.target }).grantRead(ordered, { filterSubjects: ['a'], orderedConsumers: true });
    expect(published(ordered)).toEqual([
      '$JS.API.STREAM.INFO.OLD', '$JS.API.DIRECT.GET.OLD.a', '$JS.API.CONSUMER.CREATE.OLD.*.a', '$JS.API.CONSUMER.MSG.NEXT.OLD.*', '$JS.API.CONSUMER.INFO.OLD.*', '$JS.FC.OLD.*.*', '$JS.FC.*.*.OLD.*.*',
    ]);
    const legacy = newUser('legacy');
    JetStreamStream.fromStreamName(scene.chart, 'another', 'OLD', { target: scene.target, allowDirect: true }).grantRead(legacy, { legacyConsumers: true });
    expect(published(legacy)).toEqual(expect.arrayContaining(['$JS.API.CONSUMER.CREATE.OLD', '$JS.API.CONSUMER.CREATE.OLD.*', '$JS.API.CONSUMER.MSG.NEXT.OLD.*']));
    expect(findings()).toEqual([]);
    expect(warn).not.toHaveBeenCalled();
  });

  test('gives single messages by both ways where it is not known which one the stream has', () => {
    JetStreamStream.fromStreamName(scene.chart, 'existing', 'OLD', { target: scene.target }).grantRead(user);
    expect(published(user)).toEqual(['$JS.API.STREAM.INFO.OLD', '$JS.API.DIRECT.GET.OLD.>', '$JS.API.DIRECT.GET.OLD', '$JS.API.STREAM.MSG.GET.OLD']);
  });

  test.each<[string, Partial<JetStreamStreamProps>, Parameters<JetStreamStream['grantRead']>[1], string]>([
    ['a filter beside the stream', {}, { filterSubjects: ['billing.>'] }, "filterSubjects has 'billing.>'; allowed: subjects that the stream stores: orders.> [GRANT-SUBJECT]"],
    ['no filter in a list of filters', {}, { filterSubjects: [] }, 'filterSubjects is empty; allowed: at least one subject, or no list for all'],
    ['ordered consumers of a work queue', { retention: StreamRetention.WORK_QUEUE }, { orderedConsumers: true },
      'ordered consumers do not acknowledge, and a work queue wants acknowledgements; allowed: single messages; fix: add a consumer and use its grantConsume [GRANT-NOTHING]'],
    ['single messages of some subjects without direct access', { allowDirect: false }, { filterSubjects: ['orders.a'] },
      'filterSubjects is given for a stream without allowDirect, which gives single messages only to those who may read all; allowed: allowDirect on the stream, orderedConsumers, or no filterSubjects'],
  ])('refuses %s', (_, props, options, message) => expect(() => newStream(props).grantRead(user, options)).toThrow(message));

  test('warns where ordered consumers meet durable ones, however late these come', () => {
    const stream = newStream();
    stream.grantRead(user, { orderedConsumers: true });
    stream.grantRead(newUser('single'));
    stream.addConsumer('work');
    stream.addConsumer('audit');
    expect(findings()).toEqual([]);
    expect(warnings()).toEqual([expect.stringContaining(
      "[test/stream] 'reader' may make ordered consumers of stream 'ORDERS', and so change its consumers audit, work and take what they would deliver; "
      + 'allowed: ordered consumers of a stream without others; fix: give the user a consumer of its own with addConsumer and grantConsume, or let it read a mirror',
    )]);
  });

  test('warns where a filter lets through more than it says', () => {
    const stream = newStream();
    stream.grantRead(user, { filterSubjects: ['orders.*', 'orders.*.paid'] });
    stream.grantRead(newUser('legacy'), { filterSubjects: ['orders.a'], legacyConsumers: true });
    expect(findings()).toEqual([]);
    expect(warnings()).toEqual([
      expect.stringContaining("user 'reader' may read what orders.> matches, not only 'orders.*'; allowed: filterSubjects whose last token is not *; fix: write orders.>, or name the tokens"),
      expect.stringContaining("user 'legacy' may read all, not only filterSubjects orders.a, because of legacyConsumers; allowed: one of filterSubjects and legacyConsumers"),
    ]);
  });
});

test('grantManage is about the one stream', () => {
  newStream().grantManage(user);
  expect(published(user)).toContain('$JS.API.STREAM.UPDATE.ORDERS');
  expect(published(user).filter((subject) => !/^\$JS\.API\.[A-Z.]+\.ORDERS(\.[*>])?$/.test(subject))).toEqual([]);
});

describe('grantConsume', () => {
  test('is about the one consumer', () => {
    newStream().addConsumer('work').grantConsume(user);
    expect(published(user)).toEqual(['$JS.API.CONSUMER.INFO.ORDERS.work', '$JS.API.CONSUMER.MSG.NEXT.ORDERS.work', '$JS.ACK.ORDERS.work.*.*.*.*.*', '$JS.ACK.*.*.ORDERS.work.*.*.*.*.>']);
  });

  test('of a push consumer lets the user subscribe, in its group only', () => {
    newStream().addConsumer('push', { ackPolicy: AckPolicy.NONE, push: { deliverSubject: 'deliver.push', deliverGroup: 'workers' } }).grantConsume(user);
    expect(user._granted).toEqual([{ publish: ['$JS.API.CONSUMER.INFO.ORDERS.push'], subscribe: ['deliver.push workers'] }]);
  });
});

describe('a user', () => {
  const refusal = (target: JetStreamTarget, stranger: NatsUser, domain?: string) => {
    const stream = new JetStreamStream(scene.chart, 'target', { target, name: 'TARGET', subjects: ['target.>'] });
    try {
      stream.addConsumer('work').grantConsume(stranger, { domain });
    } catch (error) {
      return (error as Error).message;
    }
    return undefined;
  };

  test('of another account is refused, with the imports that it would need', () => {
    expect(refusal(scene.target, newUser('billing', 'BILLING'))).toBe(
      "[test/target/work] user 'billing' is in account BILLING of test/nats, but this is in account ORDERS; allowed: a user of account ORDERS; fix: add a user to ORDERS; or let it export, and BILLING import, "
      + 'as services $JS.API.CONSUMER.INFO.TARGET.work, $JS.API.CONSUMER.MSG.NEXT.TARGET.work (with NatsResponseType.STREAM), $JS.ACK.TARGET.work.*.*.*.*.*, $JS.ACK.*.*.TARGET.work.*.*.*.*.>, '
      + 'with a prefix of its own in place of $JS.API, and give the user Permissions.of({...}) for these [GRANT-ACCOUNT]',
    );
  });

  test('of another account is refused what it would have to import as a stream', () => {
    const consumer = newStream().addConsumer('push', { ackPolicy: AckPolicy.NONE, push: { deliverSubject: 'deliver.push', deliverGroup: 'workers' } });
    expect(() => consumer.grantConsume(newUser('billing', 'BILLING'))).toThrow('as services $JS.API.CONSUMER.INFO.ORDERS.push and as streams deliver.push, with a prefix');
  });

  test('of another cluster is refused, unless it names the domain', () => {
    const edge = new NatsCluster(new Chart(scene.chart, 'edge'), 'edge').addUser('edge', { password: somePassword });
    expect(refusal(scene.target, edge)).toBe(
      "[test/target/work] user 'edge' is in account $G of test/edge/edge, but this is in another cluster, test/nats; allowed: a user of account ORDERS, or one whose servers are leaf nodes of the other cluster; "
      + 'fix: add a user to that account, or give domain [GRANT-ACCOUNT]',
    );
    newStream().addConsumer('work').grantConsume(edge, { domain: 'hub' });
    expect(published(edge)).toEqual(['$JS.hub.API.CONSUMER.INFO.ORDERS.work', '$JS.hub.API.CONSUMER.MSG.NEXT.ORDERS.work', '$JS.ACK.ORDERS.work.*.*.*.*.*', '$JS.ACK.*.*.ORDERS.work.*.*.*.*.>']);
  });

  test('of the same account may name the domain or not', () => {
    newStream().grantRead(user, { filterSubjects: ['orders.a'], domain: 'hub' });
    expect(published(user)).toEqual(['$JS.API.STREAM.INFO.ORDERS', '$JS.API.DIRECT.GET.ORDERS.orders.a', '$JS.hub.API.STREAM.INFO.ORDERS', '$JS.hub.API.DIRECT.GET.ORDERS.orders.a']);
  });

  test('names the domain of the servers', () => {
    expect(refusal(scene.target, user, 'edge')).toBe("[test/target/work] domain is 'edge'; allowed: hub [GRANT-DOMAIN]");
    const { chart } = scene;
    const plain = new NatsCluster(chart, 'plain', { jetStream: {} }).addAccount('A');
    expect(() => new JetStreamStream(chart, 'there', { target: JetStreamTarget.account(plain), subjects: ['a'] }).grantRead(user, { domain: 'hub' }))
      .toThrow("[test/there] domain is 'hub'; allowed: no domain: test/plain has none; fix: give jetStream.domain to the cluster [GRANT-DOMAIN]");
  });

  test('is refused what is in an account that this app does not know, unless it names a domain that can be one', () => {
    const cluster = NatsCluster.fromUrl(scene.chart, 'far', 'nats://far:4222');
    const connection = new JetStreamAccount(scene.chart, 'connection', { cluster, credentials: JetStreamCredentials.creds(SecretKey.fromName('far', 'creds')) });
    expect(refusal(JetStreamTarget.connection(connection), user)).toContain(
      "user 'reader' is in account ORDERS of test/nats, but this is in an account of which this app does not know the users; allowed: a user whose servers are leaf nodes of the others; "
      + 'fix: give domain, or give the stream target: JetStreamTarget.account(<account>) [GRANT-ACCOUNT]',
    );
    const stream = JetStreamStream.fromStreamName(scene.chart, 'existing', 'FAR', { target: JetStreamTarget.connection(connection) });
    expect(() => stream.grantPublish(user, { subjects: ['a'], domain: 'a.b' })).toThrow("domain is 'a.b'; allowed: a text without dots, wildcards and spaces [GRANT-DOMAIN]");
    stream.grantRead(user, { filterSubjects: ['a'], domain: 'far' });
    expect(published(user)).toEqual(['$JS.far.API.STREAM.INFO.FAR', '$JS.far.API.DIRECT.GET.FAR.a']);
  });
});
