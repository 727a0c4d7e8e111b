import { StreamSpec, StreamSpecStorage } from '../../../imports/jetstream.nats.io';
import { streamToCreate } from '../../../src/jetstream/nack/stream-requests';
import { jointFindingsOf } from '../../../src/jetstream/rules/asset-rule';
import { JetStreamPlace } from '../../../src/jetstream/rules/place';
import { jointStreamRules, serverStoreRule } from '../../../src/jetstream/rules/stream/joint';
import { NatsVersion } from '../../../src/nats/nats-version';

const anywhere: JetStreamPlace = { version: NatsVersion.V2_14, pedantic: true, stream: () => undefined };

/** The messages about streams, by the stream. */
function found(specs: StreamSpec[], place: Partial<JetStreamPlace> = {}): [stream: string, message: string][] {
  const streams = specs.map(streamToCreate);
  const findings = jointFindingsOf([...jointStreamRules, serverStoreRule], streams, { ...anywhere, ...place });
  return findings.map(({ rule, config, mistake }) => [config.name, rule.text(mistake)]);
}

test('two streams of one account do not share a subject', () => {
  expect(found([{ name: 'orders', subjects: ['orders.>'] }, { name: 'paid', subjects: ['payments', 'orders.*.paid'] }])).toEqual([['paid',
    'the subject \'orders.*.paid\' of stream \'paid\' meets \'orders.>\' of stream \'orders\'; allowed: subjects that no message can be published to of two streams; '
    + 'fix: narrow one of them, or let one stream be a source of the other [STREAMS-SUBJECT-OVERLAP]']]);
});

test('a stream without subjects has its name', () => {
  expect(found([{ name: 'orders' }, { name: 'all', subjects: ['*'] }])).toEqual([['all', expect.stringContaining('\'*\' of stream \'all\' meets \'orders\'')]]);
});

test('mirrors, and streams of sources only, have no subjects', () => {
  expect(found([{ name: 'orders' }, { name: 'copy', mirror: { name: 'orders' } }, { name: 'sum', sources: [{ name: 'orders' }] }])).toEqual([]);
});

test('a stream is told about its first collision only', () => {
  const many = Array.from({ length: 20 }, (_, index) => ({ name: `s${index}`, subjects: [`a.${index}`] }));
  expect(found([...many, { name: 'all', subjects: ['a.*'] }])).toHaveLength(1);
});

test('an account has no more streams than it may', () => {
  expect(found([{ name: 'a' }, { name: 'b' }, { name: 'c' }], { account: { enabled: true, maxStreams: 2 } })).toEqual([
    ['c', 'there are 3 streams and buckets in the account; allowed: up to 2; fix: raise jetStream.maxStreams of the account [STREAMS-ACCOUNT-COUNT]'],
  ]);
});

test('the streams of an account fit together, replicas included', () => {
  const file = { storage: StreamSpecStorage.FILE, maxBytes: 1024, replicas: 3 };
  const place = { clustered: true, servers: 3, account: { enabled: true, maxFileBytes: 6 * 1024 } };
  expect(found([{ name: 'a', ...file }, { name: 'b', ...file }], place)).toEqual([]);
  expect(found([{ name: 'a', ...file }, { name: 'b', ...file }, { name: 'c', ...file }], place)).toEqual([['c',
    'with stream \'c\' the maxBytes of all streams of the account in files are 9 KiB, replicas included; allowed: up to 6 KiB; fix: lower maxBytes, or raise '
    + 'jetStream.maxStorage of the account [STREAMS-ACCOUNT-STORE]']]);
});

test('the streams fit together into the stores of all servers', () => {
  const memory = { storage: StreamSpecStorage.MEMORY, maxBytes: 1024, replicas: 1 };
  const place = { clustered: true, servers: 3, maxMemoryBytes: 1024, maxFileBytes: 0 };
  const streams = ['a', 'b', 'c', 'd'].map((name) => ({ name, ...memory }));
  expect(found(streams.slice(0, 3), place)).toEqual([]);
  expect(found(streams, place)).toEqual([['d', expect.stringContaining('all streams of all accounts in memory are 4 KiB, replicas included; allowed: up to 3 KiB; fix: lower maxBytes, or raise memoryStore')]]);
});

test('a stream without maxBytes needs a byte that is free', () => {
  const full = [{ name: 'a', storage: StreamSpecStorage.FILE, maxBytes: 1024 }, { name: 'b', storage: StreamSpecStorage.FILE }];
  expect(found(full, { servers: 1, maxFileBytes: 1024 })).toEqual([['b', expect.stringContaining('[STREAMS-SERVER-STORE]')]]);
  expect(found(full, { servers: 1, maxFileBytes: 1025 })).toEqual([]);
});

describe('what streams republish', () => {
  function republishing(name: string, subject: string, source: string, destination: string): StreamSpec {
    return { name, subjects: [subject], republish: { source, destination } };
  }

  test.each([
    ['to each other', [republishing('a', 'a.>', '>', 'b.>'), republishing('b', 'b.>', '>', 'a.>')], 'from \'b\' to \'a\' to \'b\''],
    [
      'in a ring, by wildcards',
      [republishing('a', 'a.*', 'a.*', 'b.$1'), republishing('b', 'b.*', 'b.*', 'c.$1'), republishing('c', 'c.x', '>', 'a.>')],
      'from \'c\' to \'a\' to \'b\' to \'c\'',
    ],
  ])('does not come back %s', (_, streams, way) => {
    expect(found(streams)).toEqual([[streams.at(-1)!.name!,
      `what is republished goes round, ${way}; allowed: republishing that ends; fix: let one of them republish to other subjects [STREAMS-REPUBLISH-LOOP]`]]);
  });

  test('may go on to other streams, and end', () => {
    const chain = Array.from({ length: 100 }, (_, index) => republishing(`s${index}`, `s${index}.>`, '>', `s${index + 1}.>`));
    expect(found(chain)).toEqual([]);
    expect(found([republishing('a', 'a.>', '>', 'b.>'), republishing('b', 'b.>', 'b.x', 'a.x')])).toHaveLength(1);
    expect(found([republishing('a', 'a.>', '>', 'b.>'), republishing('b', 'b.>', 'c.x', 'a.x')])).toEqual([]);
  });
});
