import { connect } from '@nats-io/transport-node';
import { natsServer, NATS_VERSIONS, NatsVersion } from './harness/binaries';
import { issuedSecrets } from './harness/cert-manager';
import { CertificateRequest, certificates, IssuedCertificate } from './harness/certificates';
import { eventually } from './harness/eventually';
import { Secrets, ServerPod } from './harness/pod';
import { PodNetwork } from './harness/pod-network';
import {
  CertificateAuthority, ContainerImage, NatsAuth, NatsClientCertificate, NatsCluster, NatsClusterProps, NatsRemoteGateway, NatsTls, NatsTlsCa,
  SecretKey,
} from '../../src';
import { Manifest, newChart, someAuth, someUser, synth } from '../support';

jest.setTimeout(60_000);

// Built before the clock of a test runs.
NATS_VERSIONS.forEach((version) => natsServer(version));

const passwords: Secrets = { 'nats-auth': { token: 'secret' }, 'shop-nats': { password: 'secret' }, 'edge': { password: 'secret' } };
const imagesOf = (version: NatsVersion) => ({ server: ContainerImage.of('nats', { tag: `${version}-alpine` }) });

async function routesOf(pod: ServerPod): Promise<number> {
  const { routes } = await pod.monitor('routez');
  return new Set(routes.map(({ remote_name: name }: Manifest) => name)).size;
}

describe('an authority that is renewed', () => {
  const chart = newChart();
  const tls = NatsTls.fromAuthority(new CertificateAuthority(chart, 'ca'), { verify: true });
  const manifests = synth(new NatsCluster(chart, 'nats', { auth: someAuth, tls, httpsMonitoring: false, natsBox: {} }));
  const before = issuedSecrets(manifests.all);
  const after = issuedSecrets(manifests.all, before);
  /** One after the other, as the kubelets write the new Secrets. */
  const startMixed = (version: NatsVersion, ...secrets: Secrets[]) =>
    ServerPod.startAll(manifests, (ordinal) => ({ version, secrets: { ...passwords, ...secrets[ordinal] } }));
  /** Whose certificate is of one time, and who believes by the CA of another. */
  const mixed = (certificate: Secrets, ca: Secrets): Secrets => ({ 'nats-tls': { ...certificate['nats-tls'], 'ca.crt': ca['nats-tls']['ca.crt'] } });

  function login({ server }: ServerPod, certificate: Secrets, ca: Secrets): Promise<string> {
    const { 'tls.crt': cert, 'tls.key': key } = certificate['nats-box-client-tls'];
    return connect({ servers: server.address('client'), token: 'secret', tls: { ca: ca['nats-box-client-tls']['ca.crt'], cert, key }, reconnect: false })
      .then((connection) => connection.close().then(() => 'in'), (error: Error) => error.message);
  }

  test.each(NATS_VERSIONS)('lets servers %s and their clients in with certificates and CAs of both times, all mixed', async (version) => {
    const pods = await startMixed(version, mixed(before, before), mixed(after, before), mixed(before, after));
    const counts = () => Promise.all(pods.map(routesOf));

    expect(await eventually(counts, (routes) => routes.every((count) => count === 2))).toEqual([2, 2, 2]);
    for (const pod of pods) {
      for (const certificate of [before, after]) {
        for (const ca of [before, after]) expect(await login(pod, certificate, ca)).toBe('in');
      }
    }
    expect(before['ca-key-pair']['tls.crt']).not.toBe(after['ca-key-pair']['tls.crt']);

    for (const pod of pods) expect(await pod.reload({ secrets: after })).toBe('reloaded');
    for (const pod of pods) expect(await login(pod, before, before)).toBe('in');
    expect(await counts()).toEqual([2, 2, 2]);
  });

  test('would turn away what it has signed before, had it not kept its key', async () => {
    const rotated = manifests.all.map(({ spec, ...object }) => ({ ...object, spec: spec?.isCA ? { ...spec, privateKey: { rotationPolicy: 'Always' } } : spec }));
    const replaced = issuedSecrets(rotated, before);
    const [old, ...others] = await startMixed('2.14.2', before, replaced, replaced);

    await eventually(() => routesOf(others[0]), (count) => count === 1);
    await old.server.waitForLog(/TLS route handshake error: .*(unknown authority|bad certificate|unknown certificate authority)/);
    expect(await routesOf(old)).toBe(0);
    expect(await login(old, replaced, before)).not.toBe('in');
    expect(await login(old, before, replaced)).not.toBe('in');
  });
});

describe.each(NATS_VERSIONS)('where it connects to others, nats-server %s takes over by reload', (version) => {
  const here: CertificateRequest = { ipAddresses: ['127.0.0.1'], usages: ['server', 'client'] };
  const { ca, server, otherCa, other } = certificates({
    ca: {}, server: { ...here, issuer: 'ca' }, otherCa: {}, other: { ...here, issuer: 'otherCa' },
  });
  const secretOf = ({ cert, key }: IssuedCertificate, authority: IssuedCertificate) => ({ 'tls.crt': cert, 'tls.key': key, 'ca.crt': authority.cert });
  const good = secretOf(server, ca);
  const own = { ca: NatsTlsCa.fromSecret('remote-tls'), certificate: NatsClientCertificate.fromSecret('remote-tls') };
  const stale: [what: string, secret: Secrets[string]][] = [['a certificate', secretOf(other, ca)], ['a CA', secretOf(server, otherCa)]];

  /** Two clusters of one server, of which one connects to the other with `remote-tls`. */
  async function start(known: NatsClusterProps, connecting: (far: NatsCluster) => NatsClusterProps, remote: Secrets[string]): Promise<ServerPod[]> {
    const one = (name: string, props: NatsClusterProps) =>
      new NatsCluster(newChart(), name, { auth: NatsAuth.users({ name: 'shop', ...someUser }), replicas: 1, images: imagesOf(version), ...props });
    const far = one('far', known);
    const near = one('near', connecting(far));
    const manifests = [synth(far), synth(near)];
    const network = await PodNetwork.of(manifests);
    const secrets = { ...passwords, 'far-tls': good, 'near-tls': good, 'remote-tls': remote };
    return Promise.all(manifests.map((objects) => ServerPod.start(objects, 0, { network, secrets })));
  }

  test.each(stale)('%s of a leaf node', async (_, secret) => {
    const tls = NatsTls.fromSecret('far-tls', { verify: true });
    const credentials = { user: 'edge', password: SecretKey.fromName('edge', 'password') };
    const [, leaf] = await start(
      { leafNodes: { tls, users: [credentials] } }, (cluster) => ({ leafNodes: { remotes: [{ cluster, tls: own, ...credentials }] } }), secret,
    );
    await leaf.server.waitForLog(/TLS leafnode handshake error|Leafnode connection closed/);
    expect((await leaf.monitor('leafz')).leafnodes).toBe(0);

    expect(await leaf.reload({ secrets: { 'remote-tls': good } })).toBe('reloaded');
    expect(await eventually(async () => (await leaf.monitor('leafz')).leafnodes, (count) => count === 1)).toBe(1);
  });

  test.each(stale)('%s of a gateway', async (_, secret) => {
    const [, near] = await start(
      { gateway: { tls: NatsTls.fromSecret('far-tls') } },
      (cluster) => ({ gateway: { tls: NatsTls.fromSecret('near-tls'), remotes: [NatsRemoteGateway.cluster(cluster, { tls: own })] } }),
      secret,
    );
    const outbound = async () => Object.keys((await near.monitor('gatewayz')).outbound_gateways);
    await near.server.waitForLog(/TLS gateway handshake error|Gateway connection closed/);
    expect(await outbound()).toEqual([]);

    expect(await near.reload({ secrets: { 'remote-tls': good } })).toBe('reloaded');
    expect(await eventually(outbound, (names) => names.length === 1)).toEqual(['messaging-far']);
  });
});
