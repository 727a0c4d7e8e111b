import { X509Certificate } from 'crypto';
import { connect, NatsConnection } from '@nats-io/transport-node';
import { natsServer } from './harness/binaries';
import { issuedSecrets } from './harness/cert-manager';
import { certificates, IssuedCertificate, refusedHosts } from './harness/certificates';
import { eventually } from './harness/eventually';
import { NatsProcess } from './harness/nats-process';
import { Secrets, ServerPod } from './harness/pod';
import { shownCertificate } from './harness/shown-certificate';
import { CertificateAuthority, NatsAuth, NatsBoxOptions, NatsCluster, NatsTls, Permissions } from '../../src';
import { confOf, newChart, newCluster, someAuth, synth } from '../support';

jest.setTimeout(60_000);

// Built before the clock of a test runs.
natsServer();

const here = { dnsNames: ['localhost'], ipAddresses: ['127.0.0.1'] };
const issued = certificates({
  ca: {},
  server: { issuer: 'ca', ...here, usages: ['server', 'client'] },
  renewed: { issuer: 'ca', ...here, usages: ['server', 'client'] },
  withoutClientUsage: { issuer: 'ca', ...here, usages: ['server'] },
  elsewhere: { issuer: 'ca', dnsNames: ['elsewhere.example.com'], usages: ['server', 'client'] },
  client: { issuer: 'ca', usages: ['client'] },
});

const cluster = newCluster({ tls: NatsTls.fromSecret('nats-tls', { verify: true }), routes: { tls: NatsTls.fromSecret('routes-tls') } });
const secretOf = ({ cert, key }: IssuedCertificate) => ({ 'tls.crt': cert, 'tls.key': key, 'ca.crt': issued.ca.cert });
const secretsOf = (client: IssuedCertificate, routes: IssuedCertificate): Secrets => ({ 'nats-tls': secretOf(client), 'routes-tls': secretOf(routes) });
const nobody = { 'nats-auth': { token: 'secret' } };
const clientTls = { ca: issued.ca.cert, cert: issued.client.cert, key: issued.client.key };

async function start(made: NatsCluster, secrets: Secrets): Promise<NatsProcess[]> {
  return (await ServerPod.startAll(synth(made), { secrets: { ...nobody, ...secrets } })).map(({ server }) => server);
}

function clientOf(server: NatsProcess): Promise<NatsConnection> {
  return connect({ servers: server.address('client'), token: 'secret', tls: clientTls, reconnect: false });
}

async function routesOf(server: NatsProcess): Promise<number> {
  const routez = await fetch(`${server.monitorUrl}/routez`).then((response) => response.json()) as { routes: { remote_name: string }[] };
  return new Set(routez.routes.map(({ remote_name }) => remote_name)).size;
}

/** The fingerprint of the certificate that the server shows a client now. */
async function servedBy(server: NatsProcess): Promise<string> {
  return (await shownCertificate(server.address('client'), clientTls)).fingerprint256;
}

test('three servers with mutual TLS on their routes form a cluster and serve clients', async () => {
  const servers = await start(cluster, secretsOf(issued.server, issued.server));
  await Promise.all(servers.map((server) => server.waitForLog(/Route connection created/)));
  const [asking, answering] = await Promise.all([clientOf(servers[0]), clientOf(servers[2])]);

  answering.subscribe('greeting', { callback: (_, request) => { request.respond('hello'); } });
  await answering.flush();
  // A subscription takes a moment to reach the other servers.
  const reply = await eventually(() => asking.request('greeting').then((message) => message.string(), (error: Error) => error.message), (answer) => answer === 'hello');

  expect(reply).toBe('hello');
  const counts = await eventually(() => Promise.all(servers.map(routesOf)), (routes) => routes.every((count) => count === 2));
  expect(counts).toEqual([2, 2, 2]);
  await Promise.all([asking.close(), answering.close()]);
});

test.each([
  ['a certificate without client usage', issued.withoutClientUsage, /tls: failed to verify certificate: x509: certificate specifies an incompatible key usage/],
  ['a certificate for another host', issued.elsewhere, /x509: cannot validate certificate for 127.0.0.1/],
])('servers refuse %s on their routes', async (_, certificate, refusal) => {
  const servers = await start(cluster, secretsOf(issued.server, certificate));

  await Promise.all(servers.map((server) => server.waitForLog(refusal)));

  expect(await Promise.all(servers.map(routesOf))).toEqual([0, 0, 0]);
});

test.each([
  ['short', {}],
  ['fully qualified', { fullyQualified: true }],
  ['of another domain', { fullyQualified: true, clusterDomain: 'k8s.example.com' }],
])('the certificate that a cluster asks for is one for each host in its routes, %s', (_, routes) => {
  const chart = newChart();
  const made = new NatsCluster(chart, 'nats', { auth: someAuth, routes, tls: NatsTls.fromAuthority(new CertificateAuthority(chart, 'ca')) });
  const hosts = [...confOf(made).matchAll(/tls:\/\/([^:"]+):6222/g)].map(([, host]) => host);
  const { 'tls.crt': cert } = issuedSecrets(synth(made).all)['nats-tls'];

  expect(hosts).toHaveLength(3);
  expect(refusedHosts({ cert }, [...hosts, 'nats-0.elsewhere'])).toEqual(['nats-0.elsewhere']);
});

test('the certificates that a cluster asks for let its servers and clients in', async () => {
  const chart = newChart();
  const tls = NatsTls.fromAuthority(new CertificateAuthority(chart, 'ca'), { verify: true });
  const made = new NatsCluster(chart, 'nats', { auth: someAuth, tls, httpsMonitoring: false, natsBox: {} });
  const secrets = issuedSecrets(synth(made).all);

  const servers = await start(made, secrets);
  const { 'ca.crt': ca, 'tls.crt': cert, 'tls.key': key } = secrets['nats-box-client-tls'];
  const connection = await connect({ servers: servers[0].address('client'), token: 'secret', tls: { ca, cert, key }, reconnect: false });

  await connection.flush();
  const counts = await eventually(() => Promise.all(servers.map(routesOf)), (routes) => routes.every((count) => count === 2));
  expect(counts).toEqual([2, 2, 2]);
  await connection.close();
});

test('the certificate that a cluster makes for a nats-box is mapped to the user whom it names, and who has another name is refused, by the construct too', async () => {
  const clusterOf = (certificateSubject: string, natsBox?: NatsBoxOptions) => {
    const chart = newChart();
    const tls = NatsTls.fromAuthority(new CertificateAuthority(chart, 'ca'), { verifyAndMap: true });
    const auth = NatsAuth.users({ name: 'ops', certificateSubject, permissions: Permissions.all() });
    return new NatsCluster(chart, 'nats', { auth, tls, replicas: 1, httpsMonitoring: false, natsBox });
  };
  const secrets = issuedSecrets(synth(clusterOf('CN=ops', { user: 'ops' })).all);
  const { 'ca.crt': ca, 'tls.crt': cert, 'tls.key': key } = secrets['nats-box-client-tls'];
  const login = async (certificateSubject: string) => {
    const [server] = await start(clusterOf(certificateSubject), secrets);
    const options = { servers: server.address('client'), tls: { ca, cert, key }, reconnect: false };
    return connect(options).then((connection) => connection.close().then(() => 'in'), (error: Error) => error.message);
  };

  expect(await login('CN=ops')).toBe('in');
  expect(await login('ops@example.com')).toMatch(/Authorization Violation/);
  expect(() => synth(clusterOf('ops@example.com', { user: 'ops' }))).toThrow('[NATS-BOX-USER]');
});

/** A client that leaves and comes back over and over, until it is stopped, and knows how often it has come back. */
class ReconnectingClient {
  public comebacks = 0;
  /** Why it gave up. */
  public failure?: string;
  private stopped = false;

  constructor(private readonly connection: NatsConnection) {
    void connection.closed().then((error) => { if (!this.stopped) this.failure = `${error ?? 'closed'}`; });
    void this.comeBackAgainAndAgain();
  }

  public stop(): Promise<void> {
    this.stopped = true;
    return this.connection.close();
  }

  private async comeBackAgainAndAgain(): Promise<void> {
    await this.connection.reconnect();
    for await (const { type } of this.connection.status()) {
      if (type !== 'reconnect') continue;
      this.comebacks++;
      if (!this.stopped) await this.connection.reconnect();
    }
  }
}

test('while certificates are renewed, no client that reconnects fails', async () => {
  const [pod, ...others] = await ServerPod.startAll(synth(cluster), { secrets: { ...nobody, ...secretsOf(issued.server, issued.server) } });
  const options = {
    servers: pod.server.address('client'),
    token: 'secret',
    tls: clientTls,
    reconnectTimeWait: 10,
    maxReconnectAttempts: -1,
    // A reload refuses whoever has not yet said who it is. The JavaScript client would give up at the second time in its life.
    ignoreAuthErrorAbort: true,
  };
  const clients = (await Promise.all(Array.from({ length: 8 }, () => connect(options)))).map((connection) => new ReconnectingClient(connection));
  const allCameBack = async (times: number) => {
    const before = clients.map(({ comebacks }) => comebacks);
    await eventually(async () => clients.map(({ comebacks, failure }, index) => failure ?? comebacks - before[index]),
      (answers) => answers.every((answer) => typeof answer === 'string' || answer >= times));
  };

  for (const certificate of [issued.renewed, issued.server, issued.renewed]) {
    await allCameBack(3);
    expect(await pod.reload({ secrets: secretsOf(certificate, certificate) })).toBe('reloaded');
    expect(await servedBy(pod.server)).toBe(new X509Certificate(certificate.cert).fingerprint256);
  }
  await allCameBack(3);
  await Promise.all(clients.map((client) => client.stop()));

  expect(clients.map(({ failure }) => failure)).toEqual(clients.map(() => undefined));
  expect(await routesOf(pod.server)).toBe(others.length);
});
