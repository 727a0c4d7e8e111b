import { generateKeyPairSync, randomBytes } from 'crypto';
import { readFileSync } from 'fs';
import { join } from 'path';
import { etcd, kubeApiServer } from './binaries';
import { KubeClient } from './kube-client';
import { crdsOfGroup } from '../../../src/core/schema/crd-catalog';
import { certificates } from '../../server/harness/certificates';
import { eventually } from '../../server/harness/eventually';
import { freePorts } from '../../server/harness/free-ports';
import { LoggedProcess, LoggedProcessOptions } from '../../server/harness/logged-process';
import { Manifest } from '../../support';

// Built before the clock of a test runs.
etcd();
kubeApiServer();

const START_MILLISECONDS = 120_000;

/** What somebody has asked of the API server. */
export interface AuditedRequest {
  readonly user: string;
  readonly verb: string;
  /** With the subresource, such as `streams/status`. */
  readonly resource: string;
  readonly namespace?: string;
  /** Status of the answer. */
  readonly status: number;
}

/** An API server with its etcd: it judges and keeps objects, and nothing acts on them. */
export class ControlPlane {
  /** @param address where the API server listens */
  public static async start(address: string = '127.0.0.1'): Promise<ControlPlane> {
    const [etcdPort, peerPort, port] = await freePorts(3);
    const plane = new ControlPlane(etcdPort, peerPort, address, port);
    await plane.ready();
    return plane;
  }

  public readonly url: string;
  /** Certificate of the authority by which the API server is believed, as PEM. */
  public readonly ca: string;
  /** A client who may do everything. */
  public readonly client: KubeClient;
  /** A kubeconfig for the same. */
  public readonly adminKubeconfig: string;
  /** With which tokens of ServiceAccounts are signed, as PEM. */
  public readonly serviceAccountKey: string;
  private readonly etcd: LoggedProcess;
  private readonly apiServerOptions: LoggedProcessOptions;
  private apiServer: LoggedProcess;

  private constructor(etcdPort: number, peerPort: number, address: string, public readonly port: number) {
    const issued = certificates({ ca: {}, server: { issuer: 'ca', dnsNames: ['localhost'], ipAddresses: [address], usages: ['server'] } });
    const serviceAccounts = generateKeyPairSync('ec', { namedCurve: 'prime256v1', publicKeyEncoding: { type: 'spki', format: 'pem' }, privateKeyEncoding: { type: 'sec1', format: 'pem' } });
    const token = randomBytes(16).toString('hex');
    const [client, peer] = [etcdPort, peerPort].map((one) => `http://127.0.0.1:${one}`);
    this.etcd = new LoggedProcess({
      name: 'etcd',
      command: [
        etcd(), '--data-dir=data', `--listen-client-urls=${client}`, `--advertise-client-urls=${client}`, `--listen-peer-urls=${peer}`,
        `--initial-advertise-peer-urls=${peer}`, `--initial-cluster=default=${peer}`, '--log-level=warn', '--unsafe-no-fsync',
      ],
      env: {},
    });
    this.apiServerOptions = {
      name: 'kube-apiserver',
      command: [
        kubeApiServer(), `--etcd-servers=${client}`, `--bind-address=${address}`, `--advertise-address=${address}`, `--secure-port=${port}`,
        '--endpoint-reconciler-type=none', '--service-cluster-ip-range=10.96.0.0/16', '--tls-cert-file=server.crt', '--tls-private-key-file=server.key',
        '--token-auth-file=tokens.csv', '--authorization-mode=RBAC', '--service-account-issuer=https://kubernetes.default.svc',
        '--service-account-key-file=sa.pub', '--service-account-signing-key-file=sa.key', '--audit-policy-file=audit.json', '--audit-log-path=audit.log',
      ],
      env: {},
      files: {
        'server.crt': issued.server.cert,
        'server.key': issued.server.key,
        'sa.pub': serviceAccounts.publicKey,
        'sa.key': serviceAccounts.privateKey,
        'tokens.csv': `${token},admin,admin,"system:masters"\n`,
        'audit.json': JSON.stringify({ apiVersion: 'audit.k8s.io/v1', kind: 'Policy', omitStages: ['RequestReceived'], rules: [{ level: 'Metadata' }] }),
      },
    };
    this.apiServer = new LoggedProcess(this.apiServerOptions);
    this.url = `https://${address}:${port}`;
    this.ca = issued.ca.cert;
    this.client = new KubeClient({ url: this.url, ca: this.ca }, token);
    this.adminKubeconfig = this.kubeconfig(token);
    this.serviceAccountKey = serviceAccounts.privateKey;
  }

  /** A kubeconfig for whoever has a token. */
  public kubeconfig(token: string): string {
    return JSON.stringify({
      'apiVersion': 'v1',
      'kind': 'Config',
      'clusters': [{ name: 'c', cluster: { 'server': this.url, 'certificate-authority-data': Buffer.from(this.ca).toString('base64') } }],
      'users': [{ name: 'u', user: { token } }],
      'contexts': [{ name: 'c', context: { cluster: 'c', user: 'u' } }],
      'current-context': 'c',
    });
  }

  /** Applies objects in their order; one that is refused throws. */
  public async apply(objects: Manifest[]): Promise<void> {
    for (const object of objects) {
      const { status, body } = await this.client.apply(object);
      if (status >= 300) throw new Error(`${object.kind} ${object.metadata.name} is refused: ${body.message}`);
    }
  }

  /** Applies the objects of a layer as a GitOps tool does: definitions first, and the rest when they are served. */
  public async applyLayer(objects: Manifest[]): Promise<void> {
    const definitions = objects.filter(({ kind }) => kind === 'CustomResourceDefinition');
    await this.apply(definitions);
    await this.established(definitions);
    await this.apply(objects.filter((object) => !definitions.includes(object)));
  }

  /** Installs the definitions of API groups, as imports/ has them, and waits until the API server serves them. */
  public async define(...groups: string[]): Promise<void> {
    await this.applyLayer(groups.flatMap((group) => crdsOfGroup(group)!) as unknown as Manifest[]);
  }

  /** Installs what must be there before a platform is: the definitions of cert-manager, Prometheus' operator and Flux, and the namespace of Flux. */
  public async prepare(): Promise<void> {
    await this.define('cert-manager.io', 'monitoring.coreos.com', 'kustomize.toolkit.fluxcd.io', 'notification.toolkit.fluxcd.io');
    await this.apply([{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'flux-system' } }]);
  }

  /** Waits until the API server serves what definitions define. */
  public async established(definitions: Manifest[]): Promise<void> {
    await Promise.all(definitions.map((definition) => eventually(
      async () => (await this.client.get(definition as never)).body.status?.conditions ?? [],
      (conditions: Manifest[]) => conditions.some(({ type, status }) => type === 'Established' && status === 'True'),
    )));
  }

  /** What a user has asked so far, each request once for each status. */
  public requestsOf(user: string): AuditedRequest[] {
    const lines = readFileSync(join(this.apiServer.folder, 'audit.log'), 'utf8').split('\n').filter(Boolean);
    const requests = lines.map((line) => JSON.parse(line)).filter((event) => event.user.username === user && event.objectRef).map((event) => ({
      user,
      verb: event.verb,
      resource: [event.objectRef.resource, event.objectRef.subresource].filter(Boolean).join('/'),
      namespace: event.objectRef.namespace,
      status: event.responseStatus?.code,
    }));
    return [...new Map(requests.map((request) => [JSON.stringify(request), request])).values()];
  }

  /** Kills the API server alone. What it has acknowledged is in etcd. */
  public async killApiServer(): Promise<void> {
    this.apiServer.kill();
    await this.apiServer.exit;
  }

  /** Starts the API server anew, where it was. */
  public async startApiServer(): Promise<void> {
    this.apiServer = new LoggedProcess(this.apiServerOptions);
    await this.ready();
  }

  /** Ends it at once. */
  public async stop(): Promise<void> {
    for (const process of [this.apiServer, this.etcd]) process.kill();
    await Promise.all([this.apiServer.exit, this.etcd.exit]);
  }

  private async ready(): Promise<void> {
    const stopped = this.apiServer.exit.then(({ code }) => { throw new Error(`kube-apiserver exited with ${code}:\n${this.apiServer.log.slice(-2000)}`); });
    const answers = eventually(() => this.client.ask('GET', '/readyz').then(({ status }) => status, () => 0), (status) => status === 200, START_MILLISECONDS);
    // Whoever stops it later does not need to hear of it.
    stopped.catch(() => {});
    await Promise.race([answers, stopped]);
  }
}
