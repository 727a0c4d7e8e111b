import { request } from 'https';
import { isNamespaced } from '../../../src/core/schema/kind-scope';
import { Manifest } from '../../support';

/** What the API server answers. */
export interface KubeAnswer {
  readonly status: number;
  readonly body: Manifest;
  /** What it warns of, such as pods that Pod Security would refuse. */
  readonly warnings: string[];
}

/** The parts of a manifest that say which object it is. */
export interface ObjectName {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
}

const FIELD_MANAGER = 'cdk8s-nats-tests';

/** A client of the API server, as one user. */
export class KubeClient {
  constructor(private readonly server: { readonly url: string; readonly ca: string }, private readonly token: string) {}

  /** The same API server for another user. */
  public as(token: string): KubeClient {
    return new KubeClient(this.server, token);
  }

  /** Server-side apply, as GitOps tools do it: a field that the API does not know is refused. A dry run does all but keep it. */
  public apply(object: Manifest, { dryRun = false }: { dryRun?: boolean } = {}): Promise<KubeAnswer> {
    const query = `fieldManager=${FIELD_MANAGER}&force=true&fieldValidation=Strict${dryRun ? '&dryRun=All' : ''}`;
    return this.ask('PATCH', `${pathOf(object as unknown as ObjectName)}?${query}`, object, 'application/apply-patch+yaml');
  }

  public get(object: ObjectName): Promise<KubeAnswer> {
    return this.ask('GET', pathOf(object));
  }

  public delete(object: ObjectName): Promise<KubeAnswer> {
    return this.ask('DELETE', pathOf(object));
  }

  /** Makes an object, or with a dry run all but that. */
  public create(object: Manifest, { dryRun = false }: { dryRun?: boolean } = {}): Promise<KubeAnswer> {
    return this.ask('POST', `${collectionOf(object as unknown as ObjectName)}?fieldValidation=Strict${dryRun ? '&dryRun=All' : ''}`, object);
  }

  /** A token of a ServiceAccount, as the kubelet mounts it. */
  public async tokenOf(namespace: string, serviceAccount: string): Promise<string> {
    const path = `/api/v1/namespaces/${namespace}/serviceaccounts/${serviceAccount}/token`;
    const { status, body } = await this.ask('POST', path, { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec: { expirationSeconds: 3600 } });
    if (status !== 201) throw new Error(`no token for ${namespace}/${serviceAccount}: ${JSON.stringify(body)}`);
    return body.status.token;
  }

  /** Any request; the API server speaks JSON. */
  public ask(method: string, path: string, body?: unknown, contentType = 'application/json'): Promise<KubeAnswer> {
    return new Promise((resolve, reject) => {
      const text = body === undefined ? undefined : JSON.stringify(body);
      // Node says no length of what a DELETE has, and nobody would read it.
      const ofBody = text === undefined ? {} : { 'content-type': contentType, 'content-length': Buffer.byteLength(text) };
      const headers = { authorization: `Bearer ${this.token}`, ...ofBody };
      const asking = request(this.server.url + path, { method, headers, ca: this.server.ca, timeout: 30_000 }, (answer) => {
        let answered = '';
        answer.setEncoding('utf8').on('data', (chunk) => { answered += chunk; }).on('end', () => {
          const isJson = answer.headers['content-type']?.startsWith('application/json');
          const read = isJson ? JSON.parse(answered) : { text: answered };
          resolve({ status: answer.statusCode!, body: read, warnings: warningsIn(answer.headers.warning) });
        });
      });
      asking.on('timeout', () => asking.destroy(new Error(`${method} ${path}: no answer`))).on('error', reject);
      asking.end(text);
    });
  }
}

/** `299 - "text"`, several with commas between. */
function warningsIn(header: string | string[] | undefined): string[] {
  return [...`${header ?? ''}`.matchAll(/\d{3} \S+ "((?:[^"\\]|\\.)*)"/g)].map(([, text]) => text.replace(/\\(.)/g, '$1'));
}

function pathOf(object: ObjectName): string {
  return `${collectionOf(object)}/${object.metadata.name}`;
}

function collectionOf({ apiVersion, kind, metadata: { namespace = 'default' } }: ObjectName): string {
  const [group, version] = apiVersion.includes('/') ? apiVersion.split('/') : ['core', apiVersion];
  const api = group === 'core' ? `/api/${version}` : `/apis/${apiVersion}`;
  return `${api}${isNamespaced(group, kind) === false ? '' : `/namespaces/${namespace}`}/${pluralOf(kind)}`;
}

/** @see https://github.com/kubernetes/apimachinery/blob/master/pkg/api/meta/restmapper.go UnsafeGuessKindToResource */
function pluralOf(kind: string): string {
  const singular = kind.toLowerCase();
  if (singular === 'endpoints') return singular;
  if (singular.endsWith('s')) return `${singular}es`;
  return singular.endsWith('y') ? `${singular.slice(0, -1)}ies` : `${singular}s`;
}
