import { connect, NodeConnectionOptions, credsAuthenticator, NatsConnection } from '@nats-io/transport-node';
import { App, Chart } from 'cdk8s';
import { natsServer, NATS_VERSIONS } from './harness/binaries';
import { issuedSecrets } from './harness/cert-manager';
import { certificates, refusedHosts } from './harness/certificates';
import { eventually } from './harness/eventually';
import { PodOptions, Secrets, ServerPod } from './harness/pod';
import { PodNetwork } from './harness/pod-network';
import {
  CertificateAuthority, NatsAuth, NatsClientCertificate, NatsCluster, NatsClusterProps, NatsRemoteGateway, NatsResolver, NatsTls, NatsTlsCa, Rules,
  SecretKey,
} from '../../src';
import { Operator } from '../operator';
import { confOf, Manifests, someUser, synth } from '../support';

jest.setTimeout(60_000);

// Built before the clock of a test runs.
NATS_VERSIONS.forEach((version) => natsServer(version));

beforeEach(() => jest.spyOn(console, 'warn').mockImplementation());
afterEach(() => jest.restoreAllMocks());

const { stranger, strangerCa } = certificates({ strangerCa: {}, stranger: { issuer: 'strangerCa', usages: ['client'] } });
const strangers = { 'tls.crt': stranger.cert, 'tls.key': stranger.key, 'ca.crt': strangerCa.cert };
const login = { user: 'shop', pass: 'shop' };
const passwords: Secrets = { 'shop-nats': { password: 'shop' }, 'servers': { password: 'pass-word_1.~' } };
const password = SecretKey.fromName('servers', 'password');
const credentials = { user: 'server', password };

/** Clusters of one server, each in a chart of its own, with the certificates that cert-manager would make for them. */
class Clusters {
  public readonly chart: Chart;
  private readonly app = new App();
  private readonly clusters: NatsCluster[] = [];
  private issued?: Secrets;

  constructor() {
    this.chart = new Chart(this.app, 'certificates', { namespace: 'messaging' });
  }

  public add(name: string, props: NatsClusterProps): NatsCluster {
    const chart = new Chart(this.app, name, { namespace: 'messaging' });
    const cluster = new NatsCluster(chart, name, { auth: NatsAuth.users({ name: 'shop', ...someUser }), replicas: 1, ...props });
    this.clusters.push(cluster);
    return cluster;
  }

  /** Starts all of them, in one network. */
  public async start(options: PodOptions = {}): Promise<ServerPod[]> {
    const manifests = this.clusters.map(synth);
    const secrets = { ...passwords, ...this.certificates(), ...options.secrets };
    const network = await PodNetwork.of(manifests);
    return Promise.all(manifests.map((objects) => ServerPod.start(objects, 0, { network, ...options, secrets })));
  }

  /** What cert-manager writes, once. */
  public certificates(): Secrets {
    const charts = [this.chart, ...this.clusters.map((cluster) => Chart.of(cluster))];
    return this.issued ??= issuedSecrets(charts.flatMap((chart) => Manifests.of(chart).all));
  }
}

/** Answers on one server, and asks on the other until interest has travelled there. */
async function answerThrough(answering: ServerPod, asking: ServerPod, options: NodeConnectionOptions = {}): Promise<string> {
  const [responder, client] = await Promise.all([answering, asking].map((pod) => clientOf(pod, options)));
  responder.subscribe('where', { callback: (_, message) => { message.respond('from there'); } });
  await responder.flush();
  return eventually(() => client.request('where').then((message) => message.string(), (error: Error) => error.message), (answer) => answer === 'from there');
}

const open = new Set<NatsConnection>();
afterEach(() => Promise.all([...open].map((connection) => connection.close())));

async function clientOf({ server }: ServerPod, options: NodeConnectionOptions = {}): Promise<NatsConnection> {
  const connection = await connect({ servers: server.clientUrl, ...login, ...options });
  open.add(connection);
  return connection;
}

describe.each(NATS_VERSIONS)('on nats-server %s two clusters join by gateways', (version) => {
  const joined = (pods: ServerPod[]) => Promise.all(pods.map(({ server }) => server.waitForLog(/Outbound gateway connection to "messaging-\w+" .* registered/)));

  test('with a password, and pass a request', async () => {
    const clusters = new Clusters();
    const west = clusters.add('west', { gateway: { authorization: credentials } });
    clusters.add('east', { gateway: { authorization: credentials, rejectUnknownCluster: true, remotes: [NatsRemoteGateway.cluster(west)] } });

    const [westPod, eastPod] = await clusters.start({ version });

    await joined([westPod, eastPod]);
    expect(await answerThrough(westPod, eastPod)).toBe('from there');
  });

  test('with certificates of one authority, each for the name by which the other dials it', async () => {
    const clusters = new Clusters();
    const ca = new CertificateAuthority(clusters.chart, 'ca', { clusterWide: true });
    const withTls = (remotes: NatsRemoteGateway[]) => ({ gateway: { tls: NatsTls.fromAuthority(ca), rejectUnknownCluster: true, remotes } });
    const west = clusters.add('west', withTls([]));
    const east = clusters.add('east', withTls([NatsRemoteGateway.cluster(west)]));

    const pods = await clusters.start({ version });

    await joined(pods);
    expect(await answerThrough(pods[1], pods[0])).toBe('from there');
    const dialed = [west, east].map((cluster) => /tls:\/\/(\w+)-headless[^:"]+/.exec(confOf(cluster))!);
    for (const [url, name] of dialed) expect(refusedHosts({ cert: clusters.certificates()[`${name}-gateway-tls`]['tls.crt'] }, [url.replace('tls://', '')])).toEqual([]);
    expect(dialed.map(([, name]) => name)).toEqual(['east', 'west']);
  });

  test('not where only one of them speaks TLS', async () => {
    const clusters = new Clusters();
    const west = clusters.add('west', { gateway: {} });
    clusters.add('east', { gateway: { tls: NatsTls.fromAuthority(new CertificateAuthority(clusters.chart, 'ca')), remotes: [NatsRemoteGateway.urls('messaging-west', [west.gatewayUrl!])] } });

    const [westPod, eastPod] = await clusters.start({ version });

    await eastPod.server.waitForLog(/TLS gateway handshake error/);
    expect(await Promise.all([westPod, eastPod].map((pod) => pod.monitor('gatewayz')))).toMatchObject([{ outbound_gateways: {} }, { outbound_gateways: {} }]);
  });

  test('not where each believes an authority of its own', async () => {
    const clusters = new Clusters();
    const ca = new CertificateAuthority(clusters.chart, 'ca');
    const west = clusters.add('west', { gateway: { tls: NatsTls.fromAuthority(ca) } });
    clusters.add('east', { gateway: { tls: NatsTls.fromSecret('strangers'), remotes: [NatsRemoteGateway.cluster(west)] } });

    const [westPod] = await clusters.start({ version, secrets: { strangers } });

    await westPod.server.waitForLog(/TLS gateway handshake error/);
    expect((await westPod.monitor('gatewayz')).inbound_gateways).toEqual({});
  });
});

describe.each(NATS_VERSIONS)('on nats-server %s a leaf node joins its hub', (version) => {
  test('with a password, and passes a request', async () => {
    const clusters = new Clusters();
    const hub = clusters.add('hub', { leafNodes: { users: [{ user: 'edge', password }] } });
    clusters.add('leaf', { leafNodes: { remotes: [{ cluster: hub, user: 'edge', password }] } });

    const [hubPod, leafPod] = await clusters.start({ version });

    await leafPod.server.waitForLog(/Leafnode connection created/);
    expect(await answerThrough(hubPod, leafPod)).toBe('from there');
  });

  test('in operator mode, with credentials, certificates on both sides, subjects that are denied, and a JetStream domain of its own', async () => {
    const operator = await Operator.withSystemAccount();
    const account = await operator.account('ORDERS', { limits: { mem_storage: -1, disk_storage: -1 } as never });
    const { creds } = await account.user('edge');
    const clusters = new Clusters();
    const ca = new CertificateAuthority(clusters.chart, 'ca');
    const hub = clusters.add('hub', {
      auth: NatsAuth.operator({ operators: [operator.jwt], resolver: NatsResolver.memory(), preload: [operator.system.jwt, account.jwt] }),
      jetStream: { domain: 'hub' },
      leafNodes: { tls: NatsTls.fromAuthority(ca, { verify: true }) },
    });
    const leaf = clusters.add('leaf', {
      jetStream: { domain: 'edge' },
      tls: NatsTls.fromAuthority(ca),
      httpsMonitoring: false,
      leafNodes: { remotes: [{ cluster: hub, credentials: SecretKey.fromName('hub-creds', 'nats.creds'), denyImports: ['hub.only.>'], denyExports: ['edge.only.>'] }] },
    });
    Rules.acknowledge(leaf, 'NATS-LISTENER-CLOSED', 'a test');
    const text = Buffer.from(creds).toString();

    const [hubPod, leafPod] = await clusters.start({ version, secrets: { 'hub-creds': { 'nats.creds': text } } });
    await leafPod.server.waitForLog(/Leafnode connection created/);
    const tls = { ca: clusters.certificates()['leaf-tls']['ca.crt'] };
    const atHub = await clientOf(hubPod, { user: undefined, pass: undefined, authenticator: credsAuthenticator(creds) });
    const atLeaf = await clientOf(leafPod, { tls });

    // What each side hears of what the other says; the last message is one that may pass.
    const heard = async (listening: NatsConnection, saying: NatsConnection, denied: string, passing: string) => {
      const subjects: string[] = [];
      listening.subscribe('>', { callback: (_, { subject }) => { subjects.push(subject); } });
      await listening.flush();
      await eventually(async () => {
        saying.publish(denied);
        saying.publish(passing);
        await saying.flush();
        return subjects;
      }, (found) => found.includes(passing));
      return [...new Set(subjects)].filter((subject) => !subject.startsWith('_') && !subject.startsWith('$'));
    };
    expect(await heard(atHub, atLeaf, 'edge.only.a', 'orders.a')).toEqual(['orders.a']);
    expect(await heard(atLeaf, atHub, 'hub.only.a', 'orders.b')).toEqual(['orders.b']);
    // Each domain is reached from the other side by its name.
    const domains = await Promise.all([['$JS.hub.API.INFO', atLeaf], ['$JS.API.INFO', atLeaf], ['$JS.edge.API.INFO', atHub]].map(async ([subject, client]) =>
      (await (client as NatsConnection).request(subject as string)).json<{ domain: string }>().domain));
    expect(domains).toEqual(['hub', 'edge', 'edge']);
  });

  test.each([
    ['not with a certificate of another authority', {}, 0, /TLS leafnode handshake error: tls: client didn't provide a certificate/],
    ['not where it believes another authority', { ca: NatsTlsCa.fromSecret('strangers') }, 1, /TLS leafnode handshake error: .*certificate signed by unknown authority/],
  ])('%s', async (_, tls, refusing, refusal) => {
    const clusters = new Clusters();
    const ca = new CertificateAuthority(clusters.chart, 'ca');
    const hub = clusters.add('hub', { leafNodes: { tls: NatsTls.fromAuthority(ca, { verify: true }) } });
    clusters.add('leaf', { leafNodes: { remotes: [{ cluster: hub, tls: { ...tls, certificate: NatsClientCertificate.fromSecret('strangers') } }] } });

    const pods = await clusters.start({ version, secrets: { strangers } });

    await pods[refusing].server.waitForLog(refusal);
    expect((await pods[1].monitor('leafz')).leafnodes).toBe(0);
  });
});
