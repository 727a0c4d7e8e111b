import { image, newStream } from './new-stream';
import { NatsVersion } from '../../../src';
import { AccountLimits, JetStreamPlace } from '../../../src/jetstream/rules/place';
import { renderStream } from '../../../src/jetstream/stream/render-stream';
import { StreamConfig, StreamStorage } from '../../../src/jetstream/stream/stream-config';
import { NATS_VERSIONS, NatsVersion as Version } from '../harness/binaries';
import { eventually } from '../harness/eventually';
import { ApiRequest, JetStreamApi } from '../harness/jetstream-api';
import { createStream, deleteStream } from '../harness/jetstream-requests';
import { NatsProcess } from '../harness/nats-process';
import { startCluster } from '../harness/server-cluster';
import { streamBody } from '../harness/stream-body';

const MIB = 2 ** 20;
const START_MILLISECONDS = 60_000;

/** What the limited account may have. */
const limited: AccountLimits = {
  enabled: true,
  maxMemoryBytes: 3 * MIB,
  maxFileBytes: 4 * MIB,
  maxStreams: 3,
  maxConsumers: 3,
  maxBytesRequired: true,
  maxMemoryStreamBytes: 2 * MIB,
  maxFileStreamBytes: 5 * MIB,
};

/** Streams that are there before any is generated. */
const present: StreamConfig[] = [
  newStream({ name: 'ORIGIN', subjects: ['o.>'], maxMsgSize: 1000, allowDirect: true }),
  newStream({ name: 'PLAIN', subjects: ['p.*'], allowDirect: false }),
  newStream({ name: 'COPY', subjects: [], sources: [image('PLAIN')] }),
  newStream({ name: 'FILTERED', subjects: ['f.>'], sources: [image('PLAIN', { filterSubject: 'p.x' })] }),
  newStream({ name: 'IMAGE', subjects: [], mirror: image('ORIGIN'), mirrorDirect: true }),
  // These copy from a stream that is not there yet
  newStream({ name: 'BACK', subjects: [], sources: [image('LOOP')] }),
  newStream({ name: 'BACK_IMAGE', subjects: [], mirror: image('LOOP') }),
  newStream({ name: 'BACK_FILTERED', subjects: ['g.>'], sources: [image('LOOP', { filterSubject: 'h' })] }),
  // Streams of buckets, and one that keeps what belongs to a bucket
  newStream({ name: 'KV_PLAIN', subjects: ['$KV.PLAIN.>'], maxMsgSize: 1000, allowDirect: true }),
  newStream({ name: 'KV_IMAGE', subjects: [], mirror: image('KV_PLAIN'), mirrorDirect: true }),
  newStream({ name: 'KV_BACK', subjects: [], sources: [image('KV_LOOP')] }),
  newStream({ name: 'TAKER', subjects: ['$KV.TAKEN.a', '$O.TAKEN.C.a'] }),
];

/** Where a stream may be made: an account of this name. */
export type WorldName = 'open' | 'empty' | 'limited-account' | 'no-jetstream' | 'limited-server' | 'cluster' | 'limited-in-cluster';

/** An account of servers, and what the rules know of it. */
export interface World {
  readonly name: WorldName;
  readonly version: Version;
  readonly place: JetStreamPlace;
  readonly present: readonly StreamConfig[];
  /** The refusal of the server, in its words; undefined if it accepts. What it accepts is deleted again, unless it is to stay. */
  create(config: StreamConfig, options?: { readonly stay: boolean }): Promise<string | undefined>;
  /** The same of a bucket, whose stream is asked for by a client that is not pedantic. */
  createBucket(config: StreamConfig): Promise<string | undefined>;
  delete(name: string): Promise<void>;
  /** Whether a stream keeps a message. */
  publish(subject: string): Promise<boolean>;
  /** Ends the servers. */
  stop(): Promise<void>;
}

interface Description {
  readonly name: WorldName;
  readonly place: Omit<JetStreamPlace, 'version' | 'pedantic' | 'stream'>;
  readonly present: readonly StreamConfig[];
}

const alone = { servers: 1, clustered: false, maxMemoryBytes: 64 * MIB, maxFileBytes: 128 * MIB, maxPayloadBytes: MIB };
const open: Description = { name: 'open', place: alone, present };
const empty: Description = { name: 'empty', place: alone, present: [] };
const limitedAccount: Description = { name: 'limited-account', place: { ...alone, account: limited }, present: [] };
const withoutJetStream: Description = { name: 'no-jetstream', place: { ...alone, account: { enabled: false } }, present: [] };
const limitedServer: Description = {
  name: 'limited-server', place: { ...alone, maxMemoryBytes: 0, maxFileBytes: 2 * MIB, limits: { duplicateWindow: 30_000 } }, present: [],
};
const three = { servers: 3, clustered: true, clusterName: 'three', serverTags: ['ssd', 'Fast'], maxMemoryBytes: 64 * MIB, maxFileBytes: 128 * MIB, maxPayloadBytes: MIB };
const cluster: Description = { name: 'cluster', place: three, present };
const limitedInCluster: Description = { name: 'limited-in-cluster', place: { ...three, account: limited }, present: [] };

/** Servers of each version, alone and as a cluster, with each of the worlds in them. */
export async function startWorlds(): Promise<World[]> {
  const worlds = await Promise.all(NATS_VERSIONS.flatMap((version) => [
    startAlone(version, [open, empty, limitedAccount, withoutJetStream]),
    startAlone(version, [limitedServer]),
    startThree(version, [cluster, limitedInCluster]),
  ]));
  return worlds.flat();
}

async function startAlone(version: Version, descriptions: Description[]): Promise<World[]> {
  return worldsOf(descriptions, version, [await NatsProcess.start({ version, config: configOf(descriptions) })], 1);
}

async function startThree(version: Version, descriptions: Description[]): Promise<World[]> {
  return worldsOf(descriptions, version, await startCluster(version, configOf(descriptions)), 3);
}

async function worldsOf(descriptions: Description[], version: Version, servers: NatsProcess[], replicas: number): Promise<World[]> {
  const worlds = await Promise.all(descriptions.map((description) => worldOf(description, version, servers)));
  // The leader of a cluster places replicas when it has heard of all servers
  await eventually(() => worlds[0].create(newStream({ name: 'PROBE', storage: StreamStorage.FILE, duplicateWindow: 1000, replicas })), (refusal) => refusal === undefined, START_MILLISECONDS);
  await Promise.all(worlds.map((world) => addAll(world.present, world)));
  return worlds;
}

function configOf(descriptions: Description[]): string {
  const { maxMemoryBytes, maxFileBytes, limits, serverTags = [] } = descriptions[0].place;
  const windows = limits?.duplicateWindow ? `, limits { duplicate_window: "${limits.duplicateWindow}ms" }` : '';
  return [
    'listen: "127.0.0.1:-1"',
    `server_tags: ${JSON.stringify(serverTags)}`,
    `jetstream { store_dir: store, max_mem: ${maxMemoryBytes}, max_file: ${maxFileBytes}${windows} }`,
    `accounts { ${descriptions.map(accountOf).join('\n')}\nSYS { users: [ { user: sys, password: sys } ] } }`,
    'system_account: SYS',
  ].join('\n');
}

function accountOf({ name, place: { account } }: Description): string {
  const jetStream = account?.enabled === false ? 'disabled' : account ? limitsOf(account) : 'enabled';
  return `"${name}" { jetstream: ${jetStream}, users: [ { user: "${name}", password: "${name}" } ] }`;
}

function limitsOf(limits: AccountLimits): string {
  return `{ max_mem: ${limits.maxMemoryBytes}, max_store: ${limits.maxFileBytes}, max_streams: ${limits.maxStreams}, max_consumers: ${limits.maxConsumers}, max_bytes_required: ${limits.maxBytesRequired}`
    + `, memory_max_stream_bytes: ${limits.maxMemoryStreamBytes}, disk_max_stream_bytes: ${limits.maxFileStreamBytes} }`;
}

/** Seldom, and under load, a cluster has already taken back a stream that it has just made: then it is gone, as is wanted. */
const STREAM_NOT_FOUND = 10059;

async function worldOf({ name, place, present: streams }: Description, version: Version, servers: NatsProcess[]): Promise<World> {
  const api = await JetStreamApi.connect(servers, name);
  await api.untilAnswered();
  const byName = new Map(streams.map((stream) => [stream.name, stream]));
  const remove = (wanted: string) => api.must(deleteStream(wanted), [STREAM_NOT_FOUND]);
  const make = async (wanted: string, request: ApiRequest, { stay } = { stay: false }) => {
    const error = await api.ask(request);
    if (!error && !stay) await remove(wanted);
    return error && `${error.err_code} ${error.description}`;
  };
  return {
    name,
    version,
    present: streams,
    place: { ...place, version: version.split('.').slice(0, 2).join('.') as NatsVersion, pedantic: true, stream: (wanted) => byName.get(wanted) },
    create: (config, options) => make(config.name, createStream(renderStream(config)), options),
    createBucket: (config) => make(config.name, { subject: `$JS.API.STREAM.CREATE.${config.name}`, body: streamBody(config) }),
    delete: remove,
    publish: (subject) => api.publish(subject),
    stop: async () => {
      await api.close();
      await Promise.all(servers.map((server) => server.stop()));
    },
  };
}

async function addAll(streams: readonly StreamConfig[], world: World): Promise<void> {
  for (const stream of streams) {
    const refusal = await world.create(stream, { stay: true });
    if (refusal !== undefined) throw new Error(`${world.version} refuses ${stream.name}: ${refusal}`);
  }
}
