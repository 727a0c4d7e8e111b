import { AddressInfo, connect, createServer, Server, Socket } from 'net';
import { Manifest, Manifests } from '../../support';

const servers = new Set<Server>();
if (typeof afterAll === 'function') afterAll(() => [...servers].forEach((server) => server.close()));

/** Where the listeners of a pod are on this machine, by the names of its ports. */
export interface PodListeners {
  readonly [portName: string]: string;
}

/**
 * The names that Services give to the pods of StatefulSets, as addresses on this machine. An address stays, as a DNS name does; what stands
 * behind it may be away, or come back on another port.
 */
export class PodNetwork {
  /** The network of all pods and Services of these objects, with nothing behind the addresses yet. */
  public static async of(clusters: Manifests[], clusterDomain: string = 'cluster.local'): Promise<PodNetwork> {
    return new PodNetwork().withAll(clusters, clusterDomain);
  }

  /** `host:port` by which pods are dialed -> `host:port` on this machine. */
  public readonly addresses: { [podAddress: string]: string } = {};
  private readonly connections = new Map<string, Set<Socket>>();
  private readonly unreachable = new Set<string>();

  private constructor(private readonly pods = new Map<string, PodListeners>()) {}

  /** The same pods behind addresses of their own: the network as one of them sees it, who then may be cut off from others. */
  public async another(clusters: Manifests[], clusterDomain: string = 'cluster.local'): Promise<PodNetwork> {
    return new PodNetwork(this.pods).withAll(clusters, clusterDomain);
  }

  /** Ends all connections to a listener of a pod, and lets none through until it is joined again; both ends live on. */
  public cutOff(pod: string, portName: string): void {
    const target = `${pod}:${portName}`;
    this.unreachable.add(target);
    this.connections.get(target)?.forEach((socket) => socket.destroy());
  }

  /** Lets connections to all listeners through. */
  public join(): void {
    this.unreachable.clear();
  }

  /** Puts the listeners of a pod, or nothing, behind the pod's names and those of its Services. */
  public attach(pod: string, listeners: PodListeners | undefined): void {
    if (listeners) this.pods.set(pod, listeners);
    else this.pods.delete(pod);
  }

  private async withAll(clusters: Manifests[], clusterDomain: string): Promise<this> {
    const services = clusters.flatMap(({ all }) => all.filter(({ kind }) => kind === 'Service').map((service) => ({ service, all })));
    await Promise.all(services.map(({ service, all }) => this.add(service, all, clusterDomain)));
    return this;
  }

  private async add({ metadata: { name, namespace }, spec }: Manifest, objects: Manifest[], clusterDomain: string): Promise<void> {
    const statefulSets = objects.filter(({ kind }) => kind === 'StatefulSet');
    const pods = statefulSets.filter((set) => selects(spec.selector, set.spec.template.metadata.labels)).flatMap(podsOf);
    const domains = ['', `.${namespace}`, `.${namespace}.svc`, `.${namespace}.svc.${clusterDomain}`];
    const hosts = [{ host: name, behind: pods }, ...spec.clusterIP === 'None' ? pods.map((pod) => ({ host: `${pod}.${name}`, behind: [pod] })) : []];
    await Promise.all(spec.ports.flatMap(({ port, targetPort }: Manifest) => hosts.map(async ({ host, behind }) => {
      const address = await this.listen(() => behind.find((pod) => this.pods.get(pod)?.[targetPort] !== undefined), targetPort);
      for (const domain of domains) this.addresses[`${host}${domain}:${port}`] = address;
    })));
  }

  private listen(target: () => string | undefined, portName: string): Promise<string> {
    const server = createServer((incoming) => this.connect(incoming, target(), portName));
    servers.add(server);
    return new Promise((resolve, reject) => {
      server.once('error', reject).listen(0, '127.0.0.1', () => resolve(`127.0.0.1:${(server.address() as AddressInfo).port}`));
    });
  }

  private connect(incoming: Socket, pod: string | undefined, portName: string): void {
    const target = `${pod}:${portName}`;
    const connections = this.connections.get(target) ?? new Set<Socket>();
    this.connections.set(target, connections.add(incoming));
    incoming.once('close', () => connections.delete(incoming));
    forward(incoming, pod === undefined || this.unreachable.has(target) ? undefined : this.pods.get(pod)?.[portName]);
  }
}

function selects(selector: { [label: string]: string }, labels: { [label: string]: string }): boolean {
  return Object.entries(selector).every(([label, value]) => labels[label] === value);
}

function podsOf({ metadata: { name }, spec: { replicas } }: Manifest): string[] {
  return Array.from({ length: replicas }, (_, ordinal) => `${name}-${ordinal}`);
}

function forward(incoming: Socket, target: string | undefined): void {
  const [host, port] = target?.split(':') ?? [];
  const outgoing = port ? connect(Number(port), host) : incoming.destroy();
  for (const [from, to] of [[incoming, outgoing], [outgoing, incoming]]) {
    from.setNoDelay().pipe(to);
    // However a connection ends, it closes.
    from.on('error', () => undefined).on('close', () => to.destroy());
  }
}

/** Addresses of those who are not there: nobody listens on the first ports of the loopback interface, and each gets one of its own, as routes must differ. */
export class Nowhere {
  private readonly addresses = new Map<string, string>();

  public addressOf(address: string): string {
    const place = this.addresses.get(address) ?? `127.0.0.1:${this.addresses.size + 1}`;
    this.addresses.set(address, place);
    return place;
  }
}
