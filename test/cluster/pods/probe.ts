import { get as getHttp } from 'http';
import { get as getHttps } from 'https';
import { Manifest } from '../../support';

/** Whether a container answers a probe as kubelet asks it: from the node, without a look at the certificate. */
export function probe({ httpGet, timeoutSeconds = 1 }: Manifest, container: Manifest, address: string): Promise<boolean> {
  if (!httpGet) throw new Error(`the probe of ${container.name} is none of HTTP`);
  const port = typeof httpGet.port === 'number' ? httpGet.port : container.ports.find(({ name }: Manifest) => name === httpGet.port).containerPort;
  const options = { host: address, port, path: httpGet.path, timeout: timeoutSeconds * 1000 };
  return new Promise((resolve) => {
    const asking = httpGet.scheme === 'HTTPS' ? getHttps({ ...options, rejectUnauthorized: false }) : getHttp(options);
    asking.on('response', (answer) => {
      answer.resume();
      resolve(answer.statusCode! >= 200 && answer.statusCode! < 400);
    });
    asking.on('timeout', () => asking.destroy(new Error('no answer'))).on('error', () => resolve(false));
  });
}
