import { foreignStream, LIMITS, replicatedStreams, Site, streams } from './consumer-cases';
import { ConsumerPlace, JetStreamPlace } from '../../../src/jetstream/rules/place';
import { StreamConfig } from '../../../src/jetstream/stream/stream-config';
import { NatsVersion } from '../../../src/nats/nats-version';
import { NatsVersion as ServerVersion } from '../harness/binaries';
import { eventually } from '../harness/eventually';
import { ApiError, ApiRequest, JetStreamApi } from '../harness/jetstream-api';
import { NatsProcess } from '../harness/nats-process';
import { startCluster } from '../harness/server-cluster';

const { maxAckPending, maxRequestBatch, defaultMaxConsumers, accountMaxAckPending, accountMaxConsumers } = LIMITS;
const LISTEN = 'listen: "127.0.0.1:-1"';
const STORE = 'store_dir: store, max_mem: 1G, max_file: 1G';
/** A cluster that has just started takes servers of which it has not heard for offline. */
const SETTLE_MILLISECONDS = 60_000;

/** An account of running servers, with the streams of the cases, and what our rules know of it. */
export class ConsumerJudge {
  public static async start(
    version: ServerVersion, site: Site, api: JetStreamApi, known: readonly StreamConfig[], place: Partial<JetStreamPlace> = {},
  ): Promise<ConsumerJudge> {
    const isMade = (error: ApiError | undefined) => error === undefined;
    for (const stream of [...known, foreignStream]) await eventually(() => api.ask(createStream(stream)), isMade, SETTLE_MILLISECONDS);
    const byName = new Map(known.map((stream) => [stream.name, stream]));
    return new ConsumerJudge(version, site, api, { servers: 1, clustered: false, ...place, stream: (name) => byName.get(name) });
  }

  private added = 0;

  private constructor(
    public readonly version: ServerVersion, public readonly site: Site, public readonly api: JetStreamApi,
    private readonly place: Omit<JetStreamPlace, 'pedantic' | 'version'>,
  ) {}

  /** Adds a stream like one that is there, but for its name, and without subjects of its own. */
  public async addStreamLike(streamName: string): Promise<string | undefined> {
    const stream = this.place.stream(streamName);
    if (!stream) return undefined;
    const name = `${streamName}_${this.added += 1}`;
    await this.api.must(createStream({ ...stream, name, subjects: [] }));
    return name;
  }

  /** Where consumers of a stream are judged. */
  public placeOf(streamName: string, pedantic: boolean): ConsumerPlace {
    return { ...this.place, version: this.version.slice(0, this.version.lastIndexOf('.')) as NatsVersion, pedantic, origin: this.place.stream(streamName) };
  }
}

/** Servers, and the judges that ask them. */
export class Court {
  /** A server with an account that has no limits and one that has, and a server that has limits itself. */
  public static async ofSingleServers(version: ServerVersion): Promise<Court> {
    const open = await NatsProcess.start({
      version,
      config: `${LISTEN}
        jetstream { ${STORE} }
        accounts {
          OPEN { jetstream: enabled, users: [ { user: open, password: open } ] }
          LIMITED { jetstream { max_consumers: ${accountMaxConsumers}, max_ack_pending: ${accountMaxAckPending} }, users: [ { user: limited, password: limited } ] }
        }`,
    });
    const isNewest = version === '2.15.2';
    const limited = await NatsProcess.start({
      version,
      config: `${LISTEN}
        jetstream { ${STORE}, limits {
          max_ack_pending: ${maxAckPending}, max_request_batch: ${maxRequestBatch}
          ${isNewest ? `default_max_consumers: ${defaultMaxConsumers}` : ''}
        } }`,
    });
    return new Court([open, limited], await Promise.all([
      ConsumerJudge.start(version, 'open', await JetStreamApi.connect([open], 'open'), streams),
      ConsumerJudge.start(version, 'limited account', await JetStreamApi.connect([open], 'limited'), streams, {
        account: { enabled: true, maxConsumers: accountMaxConsumers, maxAckPending: accountMaxAckPending },
      }),
      ConsumerJudge.start(version, 'limited servers', await JetStreamApi.connect([limited]), streams, {
        limits: { maxAckPending, maxRequestBatch, defaultMaxConsumers: isNewest ? defaultMaxConsumers : undefined },
      }),
    ]));
  }

  public static async ofCluster(version: ServerVersion): Promise<Court> {
    const servers = await startCluster(version, `${LISTEN}\njetstream { ${STORE} }`);
    const api = await JetStreamApi.connect(servers);
    return new Court(servers, [await ConsumerJudge.start(version, 'cluster', api, replicatedStreams, { servers: 3, clustered: true })]);
  }

  private constructor(private readonly servers: readonly NatsProcess[], public readonly judges: readonly ConsumerJudge[]) {}

  public async close(): Promise<void> {
    await Promise.all(this.judges.map(({ api }) => api.close()));
    await Promise.all(this.servers.map((server) => server.stop()));
  }
}

/** What the rules of consumers look at in a stream. */
function createStream({ name, subjects, retention, storage, replicas, maxConsumers, consumerLimits = {} }: StreamConfig): ApiRequest {
  return {
    subject: `$JS.API.STREAM.CREATE.${name}`,
    body: {
      name,
      subjects,
      retention,
      storage,
      num_replicas: replicas,
      max_consumers: maxConsumers,
      consumer_limits: { max_ack_pending: consumerLimits.maxAckPending, inactive_threshold: (consumerLimits.inactiveThreshold ?? 0) * 1e6 },
    },
  };
}
