import { Duration, Size } from 'cdk8s';
import {
  NatsAccountOptions, NatsAccountProps, NatsAuth, NatsCluster, NatsClusterProps, NatsExport, NatsImport, NatsMapping, NatsMappingDestination,
  Permissions, Rules, ServiceExportOptions, StreamExportOptions,
} from '../../../src';
import { newChart, newCluster, someUser, synth } from '../../support';

const permissions = Permissions.all();
const passwordHash = '$2a$11$3kIDaCxw.Glsl1.u5nKa6eUnNDLV5HV9tIuUp7EHhMt6Nm9myW1aS';
const user = (name: string) => ({ name, passwordHash, permissions });

const stream = (subject: string, options?: StreamExportOptions): NatsAccountOptions => ({ exports: [NatsExport.stream(subject, options)] });
const service = (subject: string, options?: ServiceExportOptions): NatsAccountOptions => ({ exports: [NatsExport.service(subject, options)] });
const map = (...mappings: NatsMapping[]): NatsAccountOptions => ({ mappings });
const weights = (...destinations: NatsMappingDestination[]): NatsAccountOptions => map(NatsMapping.weighted('a.*', destinations));
const to = (subject: string, weight: number, cluster?: string): NatsMappingDestination => ({ subject, weight, cluster });
const A = '[test/nats/account-A] ';

describe('what throws where it is given', () => {
  test.each<[what: string, options: NatsAccountOptions, message: string, props?: NatsClusterProps]>([
    ['an export of no subject', stream('a..b'), `${A}the export of stream 'a..b' has no subject; allowed: tokens without spaces between dots, * for one token, > at the end [NATS-EXPORT]`],
    ['an export for nobody', service('a', { accounts: [] }), `${A}the export of service 'a' has an empty list of accounts, which nats-server reads as all; allowed: names of accounts, or no list for all`],
    ['a position without a wildcard', stream('a.b', { accountTokenPosition: 2 }), "the export of stream 'a.b' has accountTokenPosition 2; allowed: the position of a * in the subject, counted from 1"],
    ['a position of >', stream('a.>', { accountTokenPosition: 2 }), 'has accountTokenPosition 2; allowed'],
    ['a position beyond the subject', service('a.*', { accountTokenPosition: 3 }), 'has accountTokenPosition 3; allowed'],
    ['accounts by list and by position', stream('a.*', { accountTokenPosition: 2, accounts: ['B'] }),
      "the export of stream 'a.*' has both accounts and accountTokenPosition, of which nats-server ignores the first; allowed: one of them"],
    ['no time to respond', service('a', { responseThreshold: Duration.millis(0) }), "the export of service 'a' has a responseThreshold of no time; allowed: a time longer than zero"],
    ['latency of many responses', service('a', { responseType: 'stream' as never, latency: { subject: 'l' } }), 'has a latency and the response type stream; allowed: a latency for single responses only'],
    ['latency to a wildcard', service('a', { latency: { subject: 'l.*' } }), "measures latency to 'l.*'; allowed: a subject without wildcards"],
    ['latency of nothing', service('a', { latency: { subject: 'l', sampling: 0 } }), 'samples 0 percent; allowed: a whole number from 1 to 100, or sampleByHeader'],
    ['latency by percentage and header', service('a', { latency: { subject: 'l', sampling: 5, sampleByHeader: true } }), 'samples 5 percent and by header; allowed'],
    ['an export twice', { exports: [NatsExport.stream('a'), NatsExport.service('a'), NatsExport.stream('a')] },
      `${A}the export of stream 'a' stands there twice; allowed: each export once; fix: put all accounts into one export [NATS-EXPORT]`],

    ['an import from oneself', { imports: [NatsImport.stream('A', 'a')] }, `${A}the import of stream 'a' from A is from the account itself; allowed: another account [NATS-IMPORT-SUBJECT]`],
    ['an import of no subject', { imports: [NatsImport.service('B', 'a b')] }, "the import of service 'a b' from B has no subject; allowed: tokens without spaces between dots"],
    ['an import with two places', { imports: [NatsImport.stream('B', 'a', { to: 'b', prefix: 'c' })] }, "the import of stream 'a' from B has both to and prefix; allowed: one of them"],
    ['an import to no subject', { imports: [NatsImport.stream('B', 'a', { to: '' })] }, "the import of stream 'a' from B has to ''; allowed: a subject"],
    ['an import below a wildcard', { imports: [NatsImport.stream('B', 'a', { prefix: 'b.*' })] }, "the import of stream 'a' from B has prefix 'b.*'; allowed: a subject without wildcards"],

    ['a mapping of no subject', map(NatsMapping.to('a b', 'c')), `${A}the mapping of 'a b' is not of a subject; allowed: tokens without spaces between dots, * for one token, > at the end [NATS-MAPPING]`],
    ['a mapping to nothing', map(NatsMapping.weighted('a', [])), `${A}the mapping of 'a' has no destination; allowed: at least one subject [NATS-MAPPING-SOURCE]`],
    ['a mapping to an empty text', map(NatsMapping.to('a', '')), "the mapping of 'a' has no destination"],
    ['two mappings of one subject', map(NatsMapping.to('a', 'b'), NatsMapping.to('a', 'c')), `${A}'a' is mapped twice; allowed: one mapping for each subject; fix: use NatsMapping.weighted [NATS-MAPPING-SOURCE]`],
    ['a mapping with a star', map(NatsMapping.to('a.*', 'b.*')), "the mapping of 'a.*' is impossible: 'b.*' has a *, which is written $1, $2... in a destination; allowed: a subject with $1, $2..."],
    ['a mapping with a wildcard too many', map(NatsMapping.to('a.*', 'b.$2')), "the mapping of 'a.*' is impossible: '$2' stands for a wildcard that 'a.*' does not have"],
    ['a mapping of a wildcard that is not there', map(NatsMapping.to('a', 'b.$1')), "'$1' stands for a wildcard, but 'a' has none"],
    ['a mapping that loses its end', map(NatsMapping.to('a.>', 'b')), "only one of 'a.>' and 'b' ends with >"],
    ['a mapping to no subject', map(NatsMapping.to('a', 'b..c')), "'b..c' is not a subject"],
    ['an unknown function', map(NatsMapping.to('a.*', 'b.{{hash(1)}}')), "'{{hash(1)}}' is not a function that nats-server knows"],
    ['a function with too few numbers', map(NatsMapping.to('a.*', 'b.{{splitFromLeft(1)}}')), "'{{splitFromLeft(1)}}' does not have the arguments that nats-server wants: number number"],
    ['a function that the servers do not know yet', map(NatsMapping.to('a.*', 'b.{{left(1,2)}}')),
      "the mapping of 'a.*' is impossible: '{{left(1,2)}}' is a function that came with nats-server 2.15, and the servers are 2.14; allowed"],
    ['a weight above 100', weights(to('b.$1', 101)), "the mapping of 'a.*' has weight 101; allowed: a whole number from 0 to 100"],
    ['half a percent', weights(to('b.$1', 0.5)), 'has weight 0.5; allowed: a whole number'],
    ['more than all', weights(to('b.$1', 60), to('c.$1', 41)), "the mapping of 'a.*' has weights of 101 in all; allowed: up to 100"],
    ['more than all of a cluster', weights(to('b.$1', 60), to('c.$1', 60, 'EU'), to('d.$1', 41, 'EU')), 'has weights of 101 in all in cluster EU; allowed: up to 100'],
    ['a destination twice', weights(to('b.$1', 10), to('b.$1', 10, 'EU')), "the mapping of 'a.*' has 'b.$1' twice; allowed: each destination once"],

    ['a payload that the server cannot count', { limits: { maxPayload: Size.gibibytes(5) } }, `${A}limits.maxPayload is 5368709120; allowed: a whole number from 0 to 2147483647; fix: leave it out for no limit [NATS-ACCOUNT-LIMIT]`],
    ['-1 for no limit', { limits: { maxConnections: -1 } }, 'limits.maxConnections is -1; allowed: a whole number from 0 to 2147483647; fix: leave it out for no limit'],
    ['half a subscription', { limits: { maxSubscriptions: 0.5 } }, 'limits.maxSubscriptions is 0.5; allowed'],
    ['too many leaf nodes', { limits: { maxLeafNodes: 2 ** 31 } }, 'limits.maxLeafNodes is 2147483648; allowed'],
    ['traces to a wildcard', { messageTrace: { destination: 'traces.>' } }, `${A}messageTrace sends 100 percent to 'traces.>'; allowed: a whole number from 1 to 100, to a subject without wildcards [NATS-MESSAGE-TRACE]`],
    ['no traces', { messageTrace: { destination: 'traces', sampling: 0 } }, "messageTrace sends 0 percent to 'traces'"],

    ['JetStream where the servers have none', { jetStream: {} }, `${A}jetStream is given, but the servers have none; fix: give jetStream to the cluster, or leave it out here [NATS-ACCOUNT-JETSTREAM]`],
    ['no streams, which is read as any number', { jetStream: { maxStreams: 0 } },
      `${A}jetStream.maxStreams is 0; allowed: a whole number from 1 to 2147483647; nats-server reads 0 as unlimited; fix: leave it out for no limit [NATS-ACCOUNT-LIMIT]`, { jetStream: {} }],
    ['half a consumer', { jetStream: { maxConsumers: 1.5 } }, 'jetStream.maxConsumers is 1.5; allowed', { jetStream: {} }],
    ['no acknowledgement pending', { jetStream: { maxAckPending: 0 } }, 'jetStream.maxAckPending is 0; allowed', { jetStream: {} }],
    ['streams of no size', { jetStream: { maxStorageStreamSize: Size.kibibytes(0) } }, 'jetStream.maxStorageStreamSize is 0 bytes; allowed: at least a byte', { jetStream: {} }],
    ['more storage than all servers', { jetStream: { maxStorage: Size.gibibytes(25) } },
      `${A}jetStream.maxStorage is 25 GiB, but the stores of all 3 servers have 22.5 GiB; allowed: up to 22.5 GiB; fix: lower it, or raise jetStream.fileStore of the cluster [NATS-ACCOUNT-STORE]`,
      { jetStream: {} }],
    ['more storage than the server', { jetStream: { maxStorage: Size.gibibytes(8) } }, 'jetStream.maxStorage is 8 GiB, but the stores of the server have 7.5 GiB; allowed: up to 7.5 GiB', { jetStream: {}, replicas: 1 }],
    ['memory where the servers give none', { jetStream: { maxMemory: Size.mebibytes(1) } },
      'jetStream.maxMemory is 1 MiB, but the stores of all 3 servers have 0 B; allowed: up to 0 B; fix: lower it, or raise jetStream.memoryStore.maxSize of the cluster', { jetStream: {} }],

    ['default permissions of no subject', { defaultPermissions: Permissions.of({ publish: { allow: ['a b'] } }) }, `${A}permissions.publish.allow has 'a b', which is not a subject`],
    ['JetStream in the system account', { system: true, jetStream: {} }, `${A}the system account 'A' has jetStream; allowed: an account of its own for streams; fix: leave jetStream out [NATS-SYSTEM-ACCOUNT]`, { jetStream: {} }],
  ])('%s', (_, options, message, props = {}) => {
    expect(() => newCluster({ auth: undefined, ...props, accounts: [{ name: 'A', users: [user('a')], ...options }] })).toThrow(message);
  });

  test.each<[what: string, make: () => unknown, message: string]>([
    ['an account twice', () => newCluster({ auth: undefined, accounts: [{ name: 'A' }, { name: 'A' }] }), "[test/nats] there are two accounts named 'A'; fix: rename one of them [NATS-ACCOUNT-NAME]"],
    ['the server\'s own account', () => newCluster({ auth: undefined }).addAccount('$G'),
      "the account name '$G' is reserved; allowed: letters, digits, _ and -; fix: add its users with addUser of the cluster [NATS-ACCOUNT-NAME]"],
    ['the system account as another', () => newCluster({ auth: undefined }).addAccount('$SYS'), "the account name '$SYS' is reserved; allowed: letters, digits, _ and -; fix: use systemAccount of the cluster"],
    ['an account with a dot', () => newCluster({ auth: undefined }).addAccount('a.b'), "the account name 'a.b' is invalid; allowed: letters, digits, _ and - [NATS-ACCOUNT-NAME]"],
    ['a user of two accounts', () => newCluster({ auth: undefined, accounts: [{ name: 'A', users: [user('shop')] }, { name: 'B', users: [user('shop')] }] }),
      "[test/nats/account-B] there are two users named 'shop'; the other is test/nats/account-A/user-shop; allowed: names that differ in all accounts; fix: rename one of them [NATS-USER-NAME]"],
    ['a second system account', () => newCluster({ auth: undefined, accounts: [{ name: 'A', system: true }, { name: 'B', system: true }] }),
      "[test/nats] account 'B' is a second system account, beside 'A'; allowed: one system account; fix: use systemAccount of the cluster [NATS-SYSTEM-ACCOUNT]"],
    ['an account beside a token', () => newCluster().addAccount('A'),
      "[test/nats] account 'A' is added to a cluster whose auth is NatsAuth.token(...); allowed: a token, users and accounts, an operator, or an included block; fix: leave auth out or give auth: NatsAuth.users(...) [NATS-AUTH-MIXED]"],
    ['an account where nobody logs in', () => newCluster({ auth: NatsAuth.none() }).addAccount('A'), "account 'A' is added to a cluster whose auth is NatsAuth.none(...)"],
    ['an import from another cluster', () => {
      const chart = newChart();
      const other = new NatsCluster(chart, 'other').addAccount('A');
      new NatsCluster(chart, 'nats').addAccount('B').importStream(other, 'a');
    }, "[test/nats/account-B] the import of 'a' is from test/other/account-A, an account of another cluster; allowed: an account of the same cluster [NATS-IMPORT-SUBJECT]"],
    ['two mappings outside of accounts', () => newCluster({ mappings: [NatsMapping.to('a', 'b'), NatsMapping.to('a', 'c')] }), "[test/nats] 'a' is mapped twice"],
  ])('%s', (_, make, message) => expect(make).toThrow(message));
});

describe('what the synth refuses', () => {
  const accounts = (...others: Partial<NatsAccountProps>[]): NatsAccountProps[] => {
    const names = ['A', 'B', 'C'];
    return names.map((name, index) => ({ name, users: [user(`user-${name}`)], ...others[index] }));
  };
  const trade = (exported: NatsExport, imported: NatsImport) => accounts({ exports: [exported] }, { imports: [imported] });
  const B = '[test/nats/account-B] ';

  test.each<[what: string, accounts: NatsAccountProps[], message: string, props?: NatsClusterProps]>([
    ['an import from nobody', accounts({}, { imports: [NatsImport.stream('X', 'a')] }), `${B}the import of stream 'a' from X is from an account that is not there; allowed: A, B, C; fix: add the account [NATS-IMPORT]`],
    ['an import without any export', accounts({}, { imports: [NatsImport.stream('A', 'a')] }),
      `${B}the import of stream 'a' from A has no export that is as wide; allowed: nothing: A exports nothing; fix: export it from A [NATS-IMPORT]`],
    ['an import that is wider than its export', trade(NatsExport.stream('a.b'), NatsImport.stream('A', 'a.*')), "the import of stream 'a.*' from A has no export that is as wide; allowed: stream 'a.b'; fix: export it from A"],
    ['an import of another kind', trade(NatsExport.service('a'), NatsImport.stream('A', 'a')), "the import of stream 'a' from A has no export that is as wide; allowed: service 'a'"],
    ['an import that is for others', trade(NatsExport.service('a', { accounts: ['C'] }), NatsImport.service('A', 'a')),
      `${B}the import of service 'a' from A is not for B; allowed: accounts C; fix: add B to the accounts of the export, or import its own subject [NATS-IMPORT]`],
    ['an import of another\'s subject', trade(NatsExport.stream('a.*', { accountTokenPosition: 2 }), NatsImport.stream('A', 'a.C')),
      "the import of stream 'a.C' from A is not for B; allowed: the name of the account as token 2 of the subject"],
    ['an import twice', accounts({ exports: [NatsExport.service('a.*')] }, { imports: [NatsImport.service('A', 'a.b'), NatsImport.service('A', 'a.c', { to: 'a.b' })] }),
      "the import of service 'a.c' from A stands there twice; allowed: each import once; fix: leave one out"],
    ['an import that comes back', accounts({ exports: [NatsExport.service('a')], imports: [NatsImport.service('B', 'b', { to: 'a' })] }, { exports: [NatsExport.service('b')], imports: [NatsImport.service('A', 'a', { to: 'b' })] }),
      `${B}the import of service 'a' from A comes back to B; allowed: imports without a cycle; fix: leave out one of the imports on the way [NATS-IMPORT]`],
    ['an import that loses a wildcard', trade(NatsExport.stream('a.*.*'), NatsImport.stream('A', 'a.*.*', { to: 'b.$1' })),
      "the import of stream 'a.*.*' from A cannot become 'b.$1': 'b.$1' does not have each wildcard of 'a.*.*'; allowed: each wildcard of the imported subject, as * or as $1, $2..., and > where it has >"],
    ['an import with a function', trade(NatsExport.service('a.*'), NatsImport.service('A', 'a.*', { to: 'b.{{partition(3,1)}}' })), "'{{partition(3,1)}}' cannot be used in an import"],
    ['an export for an account that is not there', accounts(stream('a', { accounts: ['B', 'X'] })), `${A}the export of stream 'a' is for 'X', an account that is not there; allowed: A, B, C; fix: add the account [NATS-EXPORT]`],
    ['latency that is measured itself', accounts({ exports: [NatsExport.service('a.*'), NatsExport.service('b', { latency: { subject: 'a.l' } })] }),
      `${A}the export of service 'b' measures latency to 'a.l', which is itself exported as a service; allowed: a subject that is not exported as a service [NATS-EXPORT]`],
    ['an account without users', accounts({ users: [] }), `${A}account 'A' has no users; allowed: at least one user; fix: add one with addUser; or, if it is wanted, Rules.acknowledge(<this construct>, 'NATS-ACCOUNT-USERS', '<why>')`],
    ['accounts that together have more than a server', accounts({ jetStream: { maxStorage: Size.gibibytes(4) } }, { jetStream: { maxStorage: Size.gibibytes(4) } }),
      '[test/nats] jetStream.maxStorage of all accounts is 8 GiB together, but the servers have 7.5 GiB; allowed: up to 7.5 GiB together; fix: lower some, or raise jetStream.fileStore of the cluster [NATS-ACCOUNT-STORE]',
      { jetStream: {}, replicas: 1 }],
    ['a user to whom nobody is mapped', accounts(), "[test/nats] authOptions.noAuthUser is 'user-D'; allowed: user-A, user-B, user-C; fix: name one of the users [NATS-NO-AUTH-USER]", { authOptions: { noAuthUser: 'user-D' } }],
    ['users outside of accounts where there is JetStream', accounts(),
      "[test/nats] users 'shop' are outside of all accounts, where JetStream is off because there are accounts (A, B, C); allowed: users in accounts; fix: add them to an account", { auth: NatsAuth.users({ name: 'shop', ...someUser }), jetStream: {} }],
  ])('%s', (_, given, message, props = {}) => {
    expect(() => synth(newCluster({ auth: undefined, ...props, accounts: given }))).toThrow(message);
  });

  test('a system account alone, beside which everyone gets in', () => {
    const cluster = newCluster({ auth: undefined });
    cluster.systemAccount.addUser('ops', someUser);
    expect(() => synth(cluster)).toThrow('[test/nats] auth names no users, so that the server would let everyone in; allowed: NatsAuth.users(...)');
  });

  test('all mistakes at once', () => {
    const given = accounts({ users: [] }, { imports: [NatsImport.stream('A', 'a'), NatsImport.stream('X', 'a')] });
    expect(() => synth(newCluster({ auth: undefined, accounts: given }))).toThrow(/NATS-ACCOUNT-USERS[^]*from A has no export[^]*from X is from an account/);
  });
});

describe('what the synth lets pass', () => {
  test('an import whose export comes later', () => {
    const cluster = newCluster({ auth: undefined });
    const exporter = cluster.addAccount('A', { users: [user('a')] });
    const importer = cluster.addAccount('B', { users: [user('b')] });
    importer.importService(exporter, 'late');
    expect(() => synth(cluster)).toThrow('from A has no export that is as wide');

    exporter.exportService('late', { accounts: ['B', 'C'] });
    expect(() => synth(cluster)).toThrow("is for 'C', an account that is not there");

    cluster.addAccount('C', { users: [user('c')] });
    synth(cluster);
  });

  test('an account without users that is acknowledged', () => {
    const cluster = newCluster({ auth: undefined, accounts: [{ name: 'A', users: [user('a')] }] });
    Rules.acknowledge(cluster.addAccount('EDGE'), 'NATS-ACCOUNT-USERS', 'only leaf nodes are in it');
    synth(cluster);
  });

  test('accounts of a cluster that are promised more than there is, with a warning', () => {
    const warn = jest.spyOn(console, 'warn').mockImplementation();
    const half = { jetStream: { maxStorage: Size.gibibytes(20) } };
    synth(newCluster({ auth: undefined, jetStream: {}, accounts: [{ name: 'A', users: [user('a')], ...half }, { name: 'B', users: [user('b')], ...half }] }));

    expect(warn.mock.calls.flat().join()).toContain('[test/nats] jetStream.maxStorage of all accounts is 40 GiB together, but the servers have 22.5 GiB');
    warn.mockRestore();
  });
});
