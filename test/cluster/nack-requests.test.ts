import { connect, NatsConnection } from '@nats-io/transport-node';
import { ControlPlane } from './harness/control-plane';
import { ControllerPod } from './harness/controller-pod';
import { JetStreamController, JetStreamCrds, NatsCluster } from '../../src';
import { ConsumerConfig } from '../../src/jetstream/consumer/consumer-config';
import { renderConsumer } from '../../src/jetstream/consumer/render-consumer';
import { someConsumer } from '../jetstream/some-configs';
import { edges, traps } from '../server/consumers/consumer-edges';
import { eventually } from '../server/harness/eventually';
import { ApiRequest, JetStreamApi } from '../server/harness/jetstream-api';
import { createConsumer } from '../server/harness/jetstream-consumer-requests';
import { NatsProcess } from '../server/harness/nats-process';
import { Manifest, Manifests, newChart } from '../support';

jest.setTimeout(240_000);

/** NACK asks the API server 20 times a second at most, three times for each resource that is new. */
const OUTCOME_MILLISECONDS = 180_000;

/** What NACK does with a resource. */
interface Outcome {
  /** What it has asked the server for, when the resource was new. */
  readonly request?: ApiRequest;
  /** What it says of the resource. */
  readonly message: string;
}

/** NACK and a server, and a listener between them. */
class Overheard {
  public static async start(): Promise<Overheard> {
    const plane = await ControlPlane.start();
    const chart = newChart();
    new JetStreamCrds(chart, 'crds');
    new JetStreamController(chart, 'nack', { cluster: NatsCluster.fromUrl(chart, 'nats', 'nats://nats:4222') });
    const manifests = Manifests.of(chart);
    await plane.apply([{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'messaging' } }, ...manifests.all]);
    await plane.established(manifests.all.filter(({ kind }) => kind === 'CustomResourceDefinition'));
    const server = await NatsProcess.start({ version: '2.15.2', config: 'listen: "127.0.0.1:-1"\njetstream { store_dir: store, max_mem: 1G, max_file: 1G }' });
    const listener = await connect({ servers: server.clientUrl });
    const overheard = new Overheard(plane, listener, await JetStreamApi.connect([server]));
    await ControllerPod.start(plane, manifests, 'nack', { addresses: { 'nats:4222': server.address('client') } });
    return overheard;
  }

  private readonly requests = new Map<string, ApiRequest>();

  private constructor(private readonly plane: ControlPlane, private readonly listener: NatsConnection, public readonly api: JetStreamApi) {
    for (const subject of ['$JS.API.STREAM.CREATE.>', '$JS.API.CONSUMER.CREATE.>']) {
      listener.subscribe(subject, { callback: (_, message) => this.hear({ subject: message.subject, body: message.json() }) });
    }
  }

  /** What NACK does with resources, by their names; what Kubernetes refuses is left out. */
  public async outcomesOf(resources: Manifest[]): Promise<Map<string, Outcome>> {
    const outcomes = new Map<string, Outcome>();
    const accepted: Manifest[] = [];
    for (const resource of resources) if ((await this.plane.client.apply(resource)).status < 300) accepted.push(resource);
    for (const resource of accepted) {
      const { message } = await eventually(
        async () => (await this.plane.client.get(resource as never)).body.status?.conditions?.[0] ?? {}, ({ status }) => ['True', 'False'].includes(status), OUTCOME_MILLISECONDS,
      );
      outcomes.set(resource.metadata.name, { request: this.requests.get(resource.metadata.name), message });
    }
    return outcomes;
  }

  public async close(): Promise<void> {
    await Promise.all([this.listener.close(), this.api.close()]);
  }

  /** The first request counts: a refused one is repeated. */
  private hear(request: ApiRequest): void {
    const { config = {}, name = config.durable_name } = request.body as { config?: { durable_name?: string }; name?: string };
    if (name !== undefined && !this.requests.has(name)) this.requests.set(name, request);
  }
}

let overheard: Overheard;
beforeAll(async () => { overheard = await Overheard.start(); });
afterAll(() => overheard.close());

function resourceOf(kind: string, name: string, spec: object): Manifest {
  return JSON.parse(JSON.stringify({ apiVersion: 'jetstream.nats.io/v1beta2', kind, metadata: { name, namespace: 'messaging' }, spec }));
}

test('consumers: what is taken for NACK\'s request is what NACK sends', async () => {
  await overheard.api.must({ subject: '$JS.API.STREAM.CREATE.ORDERS', body: { name: 'ORDERS', subjects: ['orders.>'], storage: 'memory' } });
  const changes: Partial<ConsumerConfig>[] = [
    ...Object.entries(edges).filter(([prop]) => prop !== 'name' && prop !== 'streamName').flatMap(([prop, values]) => values.map((value) => ({ [prop]: value }))),
    ...traps,
  ];
  const configs = changes.map((change, index) => someConsumer({ ...change, name: `c${index}` }));

  const outcomes = await overheard.outcomesOf(configs.map((config) => resourceOf('Consumer', config.name, renderConsumer(config))));

  const sent = configs.filter(({ name, filterSubjects }) => outcomes.get(name)?.request && filterSubjects[0] !== UNSENDABLE);
  const requests = sent.map(({ name }) => outcomes.get(name)!.request!);
  expect(requests.map(withoutDefaults)).toEqual(sent.map((config) => withoutDefaults(createConsumer(config))));
  expect(sent.length).toBeGreaterThan(250);
});

/** A filter that NACK puts into the subject of the request, where it cannot stand. */
const UNSENDABLE = '>.a';

/** NACK says that there is no limit of deliveries; without the field there is none either. */
function withoutDefaults({ subject, body }: ApiRequest): unknown {
  return JSON.parse(JSON.stringify({ subject, body }, (key, value) => key === 'max_deliver' && value === -1 ? undefined : value));
}
