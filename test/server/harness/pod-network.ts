import { AddressInfo, connect, createServer, Server, Socket } from 'net';
import { Manifest } from '../../support';

const servers = new Set<Server>();
if (typeof afterAll === 'function') afterAll(() => [...servers].forEach((server) => server.close()));

/**
 * The addresses that a headless Service gives to the pods of a StatefulSet. An address stays, as a pod's DNS name does; what stands
 * behind it may be away, or come back on another port.
 */
export class PodNetwork {
  /** The network of a StatefulSet's pods, with nothing behind the addresses yet. */
  public static async of(statefulSet: Manifest, service: Manifest, clusterDomain: string = 'cluster.local'): Promise<PodNetwork> {
    if (service.spec.clusterIP !== 'None' || !service.spec.publishNotReadyAddresses) {
      throw new Error(`Service ${service.metadata.name} gives no addresses to pods that are not ready`);
    }
    const network = new PodNetwork();
    const routes = service.spec.ports.find(({ name }: { name: string }) => name === 'cluster');
    for (let ordinal = 0; routes && ordinal < statefulSet.spec.replicas; ordinal++) {
      const pod = `${statefulSet.metadata.name}-${ordinal}`;
      const address = await network.listen(pod);
      const { name, namespace } = service.metadata;
      const domains = ['', `.${namespace}`, `.${namespace}.svc`, `.${namespace}.svc.${clusterDomain}`];
      for (const domain of domains) network.addresses[`${pod}.${name}${domain}:${routes.port}`] = address;
    }
    return network;
  }

  /** `host:port` by which pods dial each other's route listeners -> `host:port` on this machine. */
  public readonly addresses: { [podAddress: string]: string } = {};
  private readonly listeners = new Map<string, string>();

  private constructor() {}

  /** Puts the route listener of a pod, or nothing, behind the pod's address. */
  public attach(pod: string, listener: string | undefined): void {
    if (listener) this.listeners.set(pod, listener);
    else this.listeners.delete(pod);
  }

  private listen(pod: string): Promise<string> {
    const server = createServer((incoming) => this.forward(pod, incoming));
    servers.add(server);
    return new Promise((resolve, reject) => {
      server.once('error', reject).listen(0, '127.0.0.1', () => resolve(`127.0.0.1:${(server.address() as AddressInfo).port}`));
    });
  }

  private forward(pod: string, incoming: Socket): void {
    const [host, port] = this.listeners.get(pod)?.split(':') ?? [];
    const outgoing = port ? connect(Number(port), host) : incoming.destroy();
    for (const [from, to] of [[incoming, outgoing], [outgoing, incoming]]) {
      from.setNoDelay().pipe(to);
      // However a connection ends, it closes.
      from.on('error', () => undefined).on('close', () => to.destroy());
    }
  }
}
