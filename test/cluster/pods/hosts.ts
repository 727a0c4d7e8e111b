import { mkdirSync, readFileSync, writeFileSync } from 'fs';
import { join } from 'path';
import { Manifest } from '../../support';
import { KubeClient } from '../harness/kube-client';

const DOMAIN = 'cluster.local';

/** The names of Services and of their pods, as DNS gives them, in a file of hosts for each namespace. A Service has the addresses of its pods, for there is no kube-proxy. */
export class Hosts {
  /** @param folders where the folders of all pods are */
  constructor(private readonly client: KubeClient, private readonly apiServer: string, private readonly folders: string) {}

  /** The file for the pods of a namespace; it is there after the next `refresh`. */
  public fileOf(namespace: string): string {
    const folder = join(this.folders, 'hosts');
    mkdirSync(folder, { recursive: true });
    const file = join(folder, namespace);
    writeFileSync(file, '', { flag: 'a' });
    return file;
  }

  /** Brings the files of some namespaces to what the API server says. */
  public async refresh(namespaces: Iterable<string>): Promise<void> {
    const { body } = await this.client.ask('GET', '/apis/discovery.k8s.io/v1/endpointslices');
    const names: { namespace: string; name: string; address: string }[] = body.items.flatMap(({ metadata, endpoints }: Manifest) => {
      const service = metadata.labels['kubernetes.io/service-name'];
      return (endpoints ?? []).filter(({ conditions }: Manifest) => conditions.ready).flatMap(({ addresses, hostname }: Manifest) =>
        addresses.flatMap((address: string) => [service, ...hostname ? [`${hostname}.${service}`] : []].map((name) => ({ namespace: metadata.namespace, name, address }))));
    });
    for (const own of namespaces) {
      const lines = names.map(({ namespace, name, address }) => {
        const full = [`${name}.${namespace}`, `${name}.${namespace}.svc`, `${name}.${namespace}.svc.${DOMAIN}`];
        return `${address} ${[...full, ...namespace === own ? [name] : []].join(' ')}`;
      });
      const text = ['127.0.0.1 localhost', `${this.apiServer} kubernetes.default.svc`, ...lines.sort(), ''].join('\n');
      // In place, because the pods see this very file.
      if (readFileSync(this.fileOf(own), 'utf8') !== text) writeFileSync(this.fileOf(own), text);
    }
  }
}
