import { jetstreamManager, JetStreamManager } from '@nats-io/jetstream';
import { connect, ConnectionOptions, NatsConnection } from '@nats-io/transport-node';
import { App } from 'cdk8s';
import { ControlPlane } from './control-plane';
import { ControllerPod, dialedHere } from './controller-pod';
import { surroundingsOf } from '../../server/harness/app-manifests';
import { eventually } from '../../server/harness/eventually';
import { Secrets, ServerPod } from '../../server/harness/pod';
import { Manifest, Manifests } from '../../support';

const WAIT_MILLISECONDS = 30_000;

const connections: NatsConnection[] = [];
afterAll(() => Promise.all(connections.map((connection) => connection.close())));

/** An app with one cluster, at work: its servers run, the API server has its objects and Secrets, and its controllers can be started. */
export class Deployment {
  public static async of(plane: ControlPlane, app: App, valueOf?: (secretName: string) => string): Promise<Deployment> {
    const { manifests, secrets } = surroundingsOf(app, valueOf);
    const [server] = await ServerPod.startAll(manifests, { secrets });
    const deployment = new Deployment(plane, manifests, secrets, server);
    await plane.apply(deployment.namespaces().map((name) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } })));
    for (const namespace of deployment.namespaces()) await plane.apply(Object.entries(secrets).map(([name, data]) => secret(namespace, name, data)));
    await deployment.apply(manifests.all.filter((object) => !isOfOtherControllers(object)));
    return deployment;
  }

  private constructor(
    private readonly plane: ControlPlane, public manifests: Manifests, public readonly secrets: Secrets, public readonly server: ServerPod,
  ) {}

  /** Starts a controller as its Deployment says. */
  public startController(name: string): Promise<ControllerPod> {
    return ControllerPod.start(this.plane, this.manifests, name, { secrets: this.secrets, addresses: this.addresses() });
  }

  /** A client, which is closed when the tests end. */
  public async connect(login: ConnectionOptions): Promise<NatsConnection> {
    const { 'nats-tls': tls, 'admin-tls': own } = this.secrets;
    const connection = await connect({ servers: this.server.server.clientUrl, tls: tls && { ca: tls['ca.crt'], cert: own?.['tls.crt'], key: own?.['tls.key'] }, ...login });
    connections.push(connection);
    return connection;
  }

  /** What an account has, as one of its users sees it. */
  public async manager(login: ConnectionOptions): Promise<JetStreamManager> {
    return managerOf(await this.connect(login));
  }

  /** The custom resources of NACK. */
  public resources(): Manifest[] {
    return this.manifests.all.filter(({ apiVersion }) => apiVersion.startsWith('jetstream.nats.io/'));
  }

  /** Applies the resources of NACK as another version of the app has them, and leaves the rest as it is. */
  public async change(app: App): Promise<void> {
    this.manifests = Manifests.ofApp(app);
    await this.apply(this.resources());
  }

  /** Applies another version of the resources of NACK, and deletes what it does not have, as GitOps tools do; gives what it has deleted. */
  public async replace(app: App): Promise<Manifest[]> {
    const before = this.resources();
    await this.change(app);
    const names = new Set(this.resources().map(nameOf));
    const deleted = before.filter((resource) => !names.has(nameOf(resource)));
    for (const resource of deleted) await this.plane.client.delete(resource as never);
    return deleted;
  }

  /** Waits until the controller has let resources go that are deleted. */
  public async gone(resources: Manifest[]): Promise<void> {
    for (const resource of resources) {
      await eventually(() => this.plane.client.get(resource as never), ({ status }) => status === 404, WAIT_MILLISECONDS);
    }
  }

  /** Waits until the controller has looked at the newest version of a resource, and gives what it says of it. */
  public async settled(resource: Manifest): Promise<Manifest> {
    const isSettled = ({ metadata, status: { observedGeneration, conditions: [{ status }] } }: Manifest) => (
      status === 'False' || (status === 'True' && observedGeneration === metadata.generation)
    );
    return (await eventually(async () => (await this.plane.client.get(resource as never)).body, isSettled, WAIT_MILLISECONDS)).status.conditions[0];
  }

  /** Waits until each of these resources is ready; one that is not throws, with what the controller says of it. */
  public async ready(resources: Manifest[] = this.resources()): Promise<void> {
    for (const resource of resources) {
      await eventually(() => this.conditionOf(resource), ({ type, status }) => type === 'Ready' && status === 'True', WAIT_MILLISECONDS);
    }
  }

  /** What the controller says of a resource. */
  public async conditionOf(resource: Manifest): Promise<Manifest> {
    const { body } = await this.plane.client.get(resource as never);
    return body.status?.conditions?.[0] ?? {};
  }

  /** Deletes a resource, and waits until the controller has let it go. */
  public async delete(resource: Manifest): Promise<void> {
    await this.plane.client.delete(resource as never);
    await this.gone([resource]);
  }

  private apply(objects: Manifest[]): Promise<void> {
    return this.plane.applyLayer(objects.map((object) => JSON.parse(dialedHere(JSON.stringify(object), this.addresses()))));
  }

  private namespaces(): string[] {
    return [...new Set(this.manifests.all.flatMap(({ metadata }) => metadata.namespace ?? []))].sort();
  }

  /** Each Service that clients dial leads to the first server. */
  private addresses(): { [address: string]: string } {
    const dialed = this.manifests.all.filter(({ kind, spec }) => kind === 'Service' && spec.clusterIP !== 'None');
    return Object.fromEntries(dialed.map(({ metadata: { name, namespace } }) => [`${name}.${namespace}.svc:4222`, this.server.server.address('client')]));
  }
}

/** JetStream of the account of a client, which may take its time. */
export function managerOf(client: NatsConnection): Promise<JetStreamManager> {
  return jetstreamManager(client, { timeout: WAIT_MILLISECONDS });
}

function nameOf({ kind, metadata: { namespace, name } }: Manifest): string {
  return [kind, namespace, name].join(' ');
}

/** Their definitions are not there. */
function isOfOtherControllers({ apiVersion }: Manifest): boolean {
  return /^cert-manager\.io\/|\.fluxcd\.io\//.test(apiVersion);
}

function secret(namespace: string, name: string, data: { readonly [key: string]: string }): Manifest {
  return { apiVersion: 'v1', kind: 'Secret', metadata: { name, namespace }, stringData: data };
}
