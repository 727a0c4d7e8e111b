import { nkeys } from '@nats-io/transport-node';
import { NatsVersion } from './harness/binaries';
import {
  NatsAccountProps, NatsAuth, NatsClusterProps, NatsExport, NatsImport, NatsMapping, NatsMappingDestination, Permissions, StreamExportOptions,
} from '../../src';

/** One thing said to our construct and, in its own words, to the server. */
export interface Case {
  readonly props: NatsClusterProps;
  readonly config: string;
  /** The first server that refuses what the older ones let through, and the construct does not. */
  readonly refusedSince?: NatsVersion;
}

const passwordHash = '$2a$11$3kIDaCxw.Glsl1.u5nKa6eUnNDLV5HV9tIuUp7EHhMt6Nm9myW1aS';
const permissions = Permissions.all();
const json = JSON.stringify;

type Kind = 'stream' | 'service';
type Exported = [account: string, kind: Kind, subject: string, options?: StreamExportOptions];
type Imported = [importer: string, kind: Kind, exporter: string, subject: string, options?: { to?: string; prefix?: string }];

/** Accounts A to D with a user each, which trade with each other. */
function trade(exports: Exported[], imports: Imported[]): Case {
  const names = ['A', 'B', 'C', 'D'];
  const accounts = names.map((name): NatsAccountProps => ({
    name,
    users: [{ name: `user-${name}`, passwordHash, permissions }],
    exports: exports.filter(([account]) => account === name).map(([, kind, subject, options]) => NatsExport[kind](subject, options)),
    imports: imports.filter(([importer]) => importer === name)
      .map(([, kind, exporter, subject, options]) => NatsImport[kind](exporter, subject, options)),
  }));
  const blocks = names.map((name) => [
    name,
    {
      users: [{ user: name, password: 'x' }],
      exports: exports.filter(([account]) => account === name).map(([, kind, subject, options]) => (
        { [kind]: subject, accounts: options?.accounts, account_token_position: options?.accountTokenPosition }
      )),
      imports: imports.filter(([importer]) => importer === name)
        .map(([, kind, account, subject, options]) => ({ [kind]: { account, subject }, ...options })),
    },
  ]);
  // The language of nats.conf has JSON in it.
  return { props: { accounts, auth: undefined }, config: `accounts: ${json(Object.fromEntries(blocks))}` };
}

const kinds: Kind[] = ['stream', 'service'];
const widths: [exported: string, imported: string][] = [
  ['a', 'a'], ['a', 'b'], ['a.*', 'a.b'], ['a.b', 'a.*'], ['a.>', 'a.*'], ['a.>', 'a.>'], ['a.*', 'a.>'], ['a.>', 'a'], ['>', 'a.*.c'], ['*.*', 'a.*'], ['*', 'a.b'],
];
const destinations: [subject: string, to: string][] = [
  ['a', 'b'], ['a.*', 'b.*'], ['a.*', 'b'], ['a.*', 'b.$1'], ['a.*', 'b.$2'], ['a.*.*', 'b.$2.$1'], ['a.*.*', 'b.$1'], ['a.*.*', 'b.*.*.c'], ['a.>', 'b.>'], ['a.>', 'b'],
  ['a.*', 'b.>'], ['a.*', 'b.{{wildcard(1)}}'], ['a.*', 'b.{{partition(3,1)}}'], ['a.*', '*.b'], ['a.*.c', 'a.*.c'],
];
const positions: [exported: string, position: number, imported: string][] = [
  ['a.*', 2, 'a.B'], ['a.*', 2, 'a.C'], ['a.*', 2, 'a.*'], ['*.a.>', 1, 'B.a.x'], ['*.a.>', 1, 'B.a.>'], ['*.a.>', 1, 'x.a.b'], ['a.*.*', 3, 'a.*.B'],
];

const imports: Case[] = [
  ...kinds.flatMap((kind) => widths.map(([exported, imported]) => trade([['A', kind, exported]], [['B', kind, 'A', imported]]))),
  ...kinds.flatMap((kind) => destinations.map(([subject, to]) => trade([['A', kind, subject]], [['B', kind, 'A', subject, { to }]]))),
  ...kinds.flatMap((kind) => positions.map(([subject, accountTokenPosition, imported]) =>
    trade([['A', kind, subject, { accountTokenPosition }]], [['B', kind, 'A', imported]]))),
  ...kinds.flatMap((kind) => [['B'], ['C'], ['C', 'B']].map((accounts) => trade([['A', kind, 'a.*', { accounts }]], [['B', kind, 'A', 'a.b']]))),
  trade([['A', 'stream', 'a']], [['B', 'service', 'A', 'a']]),
  trade([['A', 'service', 'a']], [['B', 'stream', 'A', 'a']]),
  trade([['A', 'stream', 'a']], [['B', 'stream', 'A', 'a', { prefix: 'from.a' }]]),
  trade([['A', 'stream', 'a.>']], [['B', 'stream', 'A', 'a.>', { prefix: 'from.' }]]),
  trade([['A', 'stream', 'a.*']], [['B', 'stream', 'A', 'a.*', { prefix: 'from' }]]),
  // Twice
  trade([['A', 'stream', 'a.*']], [['B', 'stream', 'A', 'a.*'], ['B', 'stream', 'A', 'a.*', { to: 'b.*' }]]),
  trade([['A', 'stream', 'a.*']], [['B', 'stream', 'A', 'a.b'], ['B', 'stream', 'A', 'a.c', { to: 'a.b' }]]),
  trade([['A', 'service', 'a.*']], [['B', 'service', 'A', 'a.b'], ['B', 'service', 'A', 'a.c', { to: 'a.b' }]]),
  trade([['A', 'service', 'a']], [['B', 'service', 'A', 'a'], ['B', 'service', 'A', 'a', { to: 'b' }]]),
  trade([['A', 'service', 'a'], ['C', 'service', 'a']], [['B', 'service', 'A', 'a'], ['B', 'service', 'C', 'a']]),
  // Cycles
  ...kinds.flatMap((kind) => [
    trade([['A', kind, 'a'], ['B', kind, 'a']], [['A', kind, 'B', 'a'], ['B', kind, 'A', 'a']]),
    trade([['A', kind, 'a'], ['B', kind, 'b']], [['A', kind, 'B', 'b'], ['B', kind, 'A', 'a']]),
    trade([['A', kind, 'a'], ['B', kind, 'b']], [['A', kind, 'B', 'b', { to: 'a' }], ['B', kind, 'A', 'a', { to: 'b' }]]),
    trade([['A', kind, 'a.>'], ['B', kind, 'a.>'], ['C', kind, 'a.>']], [['A', kind, 'B', 'a.>'], ['B', kind, 'C', 'a.>'], ['C', kind, 'A', 'a.>']]),
    trade([['B', kind, 'a.>'], ['C', kind, 'a.>']], [['A', kind, 'B', 'a.x'], ['B', kind, 'C', 'a.>']]),
    trade([['A', kind, 'a.*'], ['B', kind, 'a.*']], [['A', kind, 'B', 'a.x'], ['B', kind, 'A', 'a.y']]),
  ]),
];

function mapping(source: string, destination: string): Case {
  return inAccount([NatsMapping.to(source, destination)], `${json(source)}: ${json(destination)}`);
}

function weighted(source: string, to: NatsMappingDestination[]): Case {
  const entries = to.map(({ subject, weight, cluster }) => `{ destination: ${json(subject)}, weight: ${weight}${cluster ? `, cluster: ${cluster}` : ''} }`);
  return inAccount([NatsMapping.weighted(source, to)], `${json(source)}: [ ${entries.join(', ')} ]`);
}

function inAccount(mappings: NatsMapping[], config: string): Case {
  return {
    props: { auth: undefined, accounts: [{ name: 'A', users: [{ name: 'shop', passwordHash, permissions }], mappings }] },
    config: `accounts { A { users: [ { user: shop, password: x } ], mappings { ${config} } } }`,
  };
}

const functions = [
  '$1', '$2', '$0', '$x', '{{wildcard(1)}}', '{{Wildcard( 1 )}}', '{{wildcard(3)}}', '{{wildcard()}}', '{{wildcard(1,2)}}', '{{wildcard(a)}}', '{{partition(3)}}', '{{partition(3,1,2)}}',
  '{{partition(3,3)}}', '{{partition(a)}}', '{{splitFromLeft(1,2)}}', '{{splitFromRight(1)}}', '{{SliceFromLeft(2,1)}}', '{{sliceFromRight(1,x)}}', '{{split(1,-)}}', '{{split(1)}}',
  '{{left(1,2)}}', '{{right(9,2)}}', '{{random(5)}}', '{{random(1,2)}}', '{{unknown(1)}}', '{{}}', '{{WILDCARD(1)}}', 'x{{wildcard(1)}}', 'a b',
];
const mappings: Case[] = [
  ...functions.flatMap((token) => [mapping('a.*.*', `b.${token}`), mapping('a', `b.${token}`)]),
  ...([['a', 'b'], ['a.*', 'b'], ['a', 'b.*'], ['a.*', 'b.*'], ['a.>', 'b.>'], ['a.>', 'b'], ['a', 'b.>'], ['a..b', 'c'], ['a', 'b..c'], ['a', '.'], ['a.*.>', 'b.$1.>'], ['a', '>.b']] as const)
    .map(([source, destination]) => mapping(source, destination)),
  ...[[50, 50], [60, 50], [100, 1], [0, 0], [101], [-1], [10, 20, 70], [10, 20, 71]].map((weights) =>
    weighted('a', weights.map((weight, index) => ({ subject: `b${index}`, weight })))),
  weighted('a', [{ subject: 'b', weight: 100 }, { subject: 'c', weight: 100, cluster: 'EU' }]),
  weighted('a', [{ subject: 'b', weight: 100 }, { subject: 'c', weight: 60, cluster: 'EU' }, { subject: 'd', weight: 60, cluster: 'EU' }]),
  weighted('a', [{ subject: 'b', weight: 10 }, { subject: 'b', weight: 10 }]),
  weighted('a', [{ subject: 'b', weight: 10 }, { subject: 'b', weight: 10, cluster: 'EU' }]),
  weighted('a', [{ subject: 'a', weight: 10 }, { subject: 'b', weight: 10 }]),
];

function nkey(key: string): Case {
  return { props: { auth: NatsAuth.users({ name: 'shop', nkey: key, permissions }) }, config: `authorization { users: [ { nkey: ${json(key)} } ] }` };
}

const userKey = nkeys.createUser().getPublicKey();

function noAuthUser(name: string): Case {
  return {
    props: { auth: undefined, authOptions: { noAuthUser: name }, accounts: [{ name: 'A', users: [{ name: 'shop', passwordHash, permissions }] }] },
    config: `no_auth_user: ${json(name)}\naccounts { A { users: [ { user: shop, password: x } ] } }`,
  };
}

/** By each rule about accounts that states the server's verdict: what both are asked. */
export const accountCases: { [rule: string]: Case[] } = {
  'NATS-IMPORT': imports,
  'NATS-MAPPING': mappings,
  'NATS-NKEY': [
    userKey, nkeys.createAccount().getPublicKey(), nkeys.createCurve().getPublicKey(), userKey.toLowerCase(), userKey.slice(0, -1),
    `U${userKey[1] === 'A' ? 'B' : 'A'}${userKey.slice(2)}`, 'U', `${userKey.slice(0, -1)}${userKey.endsWith('A') ? 'B' : 'A'}`,
  ].map(nkey),
  'NATS-NO-AUTH-USER': ['shop', 'Shop', 'ops', 'A'].map(noAuthUser),
};
