import { connect, NatsConnection } from '@nats-io/transport-node';
import { ControlPlane } from './control-plane';
import { ControllerPod } from './controller-pod';
import { JetStreamController, JetStreamCrds, NatsCluster } from '../../../src';
import { eventually } from '../../server/harness/eventually';
import { ApiRequest, JetStreamApi } from '../../server/harness/jetstream-api';
import { NatsProcess } from '../../server/harness/nats-process';
import { Manifest, Manifests, newChart } from '../../support';

/** NACK asks the API server 20 times a second at most, three times for each resource that is new. */
const OUTCOME_MILLISECONDS = 180_000;

/** What NACK does with a resource. */
export interface Outcome {
  /** What it has asked the server for. */
  readonly request?: ApiRequest;
  /** Whether the server does it. */
  readonly ready: boolean;
}

/** NACK and a server, and a listener between them. */
export class Overheard {
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
    for (const subject of ['$JS.API.STREAM.CREATE.>', '$JS.API.STREAM.UPDATE.>', '$JS.API.CONSUMER.CREATE.>']) {
      listener.subscribe(subject, { callback: (_, message) => this.hear({ subject: message.subject, body: message.json() }) });
    }
  }

  /** What NACK does with resources that are new, or changed, by what it calls them on the server; what Kubernetes refuses is left out. */
  public async outcomesOf(resources: Map<string, Manifest>): Promise<Map<string, Outcome>> {
    this.requests.clear();
    const outcomes = new Map<string, Outcome>();
    const accepted: [string, Manifest][] = [];
    for (const [name, resource] of resources) if ((await this.plane.client.apply(resource)).status < 300) accepted.push([name, resource]);
    for (const [name, resource] of accepted) {
      const { status } = await eventually(() => this.conditionOf(resource), ({ settled }) => settled, OUTCOME_MILLISECONDS);
      outcomes.set(name, { request: this.requests.get(name), ready: status === 'True' });
    }
    return outcomes;
  }

  public async close(): Promise<void> {
    await Promise.all([this.listener.close(), this.api.close()]);
  }

  /** A resource that was ready before it changed is so until NACK has looked at it again. */
  private async conditionOf(resource: Manifest): Promise<{ readonly status?: string; readonly settled: boolean }> {
    const { metadata, status: { observedGeneration, conditions = [] } = {} }: Manifest = (await this.plane.client.get(resource as never)).body;
    const [{ status } = { status: undefined }] = conditions;
    return { status, settled: status === 'False' || (status === 'True' && observedGeneration === metadata.generation) };
  }

  /** The first request counts: a refused one is repeated. */
  private hear(request: ApiRequest): void {
    const { config = {}, name = config.durable_name } = request.body as { config?: { durable_name?: string }; name?: string };
    if (name !== undefined && !this.requests.has(name)) this.requests.set(name, request);
  }
}
