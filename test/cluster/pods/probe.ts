import { httpGet } from '../../server/harness/http-get';
import { Manifest } from '../../support';

/** Whether a container answers a probe as kubelet asks it, from the node. */
export async function probe({ httpGet: asked, timeoutSeconds = 1 }: Manifest, container: Manifest, address: string): Promise<boolean> {
  if (!asked) throw new Error(`the probe of ${container.name} is none of HTTP`);
  const port = typeof asked.port === 'number' ? asked.port : container.ports.find(({ name }: Manifest) => name === asked.port).containerPort;
  const url = `${(asked.scheme ?? 'HTTP').toLowerCase()}://${address}:${port}${asked.path}`;
  return httpGet(url, timeoutSeconds * 1000).then(({ status }) => status >= 200 && status < 400, () => false);
}
