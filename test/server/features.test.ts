import { connect as connectTcp } from 'net';
import { connect as connectTls } from 'tls';
import { Duration } from 'cdk8s';
import { natsServer, NATS_VERSIONS } from './harness/binaries';
import { certificates } from './harness/certificates';
import { changed } from './harness/change-config';
import { exchange } from './harness/conversation';
import { NatsProcess } from './harness/nats-process';
import { ServerPod } from './harness/pod';
import { ContainerImage, NatsTls, NatsVersion } from '../../src';
import { ConfValue } from '../../src/nats/conf/conf-value';
import { renderConf } from '../../src/nats/conf/conf-writer';
import { FEATURES } from '../../src/nats/config/features';
import { isSince } from '../../src/nats/nats-version';
import { newCluster, synth } from '../support';

jest.setTimeout(60_000);

// Built before the clock of a test runs.
NATS_VERSIONS.forEach((version) => natsServer(version));

/** Values of the options that not all versions know, besides those that are new themselves. */
const newer: { [option: string]: ConfValue } = {
  'feature_flags': { js_ack_fc_v2: true },
  'jetstream.info_queue_limit': 100,
  'jetstream.limits.default_max_consumers': 10,
  'jetstream.max_concurrent_io': 8,
  'leafnodes.dial_timeout': Duration.seconds(1),
  'leafnodes.remotes.*.dial_timeout': Duration.seconds(1),
  'leafnodes.remotes.*.ignore_discovered_servers': true,
  'leafnodes.remotes.*.proxy.tls': { insecure: true },
};

describe('the table of features', () => {
  const base = {
    host: '127.0.0.1', port: -1, server_name: 'a', jetstream: { store_dir: 'store' }, leafnodes: { remotes: [{ urls: ['ws://127.0.0.1:1'], proxy: { url: 'https://127.0.0.1:1' } }] },
  };

  // What is heeded beside another option is a matter of what the server does, and not of whether it starts.
  const refused = FEATURES.filter(({ beside }) => beside === undefined).flatMap((feature) =>
    NATS_VERSIONS.map((version) => ({ ...feature, version, what: feature.value ?? feature.option })));

  test.each(refused)('says whether $what is known to $version', async ({ option, value, since, version }) => {
    const change = value === undefined ? { [option]: newer[option] } : { [`tls.${option}`]: [value] };
    const server = NatsProcess.spawn({ version, config: renderConf(changed(base, change)) });
    const started = await server.ready().then(() => true, () => false);
    if (!started) expect(server.log).toMatch(/unknown field|unrecognized curve preference/);
    expect(started).toBe(isSince(version.slice(0, 4) as NatsVersion, since));
    await server.stop();
  });
});

describe.each(NATS_VERSIONS)('nats-server %s knows a client\'s address by the PROXY protocol', (version) => {
  const { ca, server: { cert, key } } = certificates({ ca: {}, server: { issuer: 'ca', ipAddresses: ['127.0.0.1'], usages: ['server'] } });
  const secrets = { 'nats-auth': { token: 'secret' }, 'nats-tls': { 'ca.crt': ca.cert, 'tls.crt': cert, 'tls.key': key } };
  const hello = `CONNECT ${JSON.stringify({ auth_token: 'secret', verbose: false })}\r\nPING\r\n`;
  const header = 'PROXY TCP4 203.0.113.7 127.0.0.1 4000 4222\r\n';
  const images = { server: ContainerImage.of('nats', { tag: `${version}-alpine` }) };

  /** The addresses of those who are connected once a client has said its address and got an answer. */
  async function addresses(tls: boolean): Promise<string[]> {
    const props = { replicas: 1, proxyProtocol: true, tls: tls ? NatsTls.fromSecret('nats-tls') : undefined };
    // The construct refuses what 2.12 does not heed; the configuration is the same for all.
    const pod = await ServerPod.start(synth(newCluster(props)), 0, { version, secrets });
    const [host, port] = pod.server.address('client').split(':');
    const { socket: plain } = await exchange(connectTcp(Number(port), host), header, (bytes) => /INFO .*\r\n/.test(bytes.toString()));
    const socket = tls ? connectTls({ socket: plain.removeAllListeners(), host, ca: ca.cert }) : plain;
    // A PONG says that the server has read the header.
    await exchange(socket, hello, (bytes) => bytes.includes('PONG'));
    const { connections } = await pod.monitor('connz');
    socket.destroy();
    return connections.map(({ ip, port: from }: { ip: string; port: number }) => `${ip}:${from}`);
  }

  test('in clear', async () => expect(await addresses(false)).toEqual(['203.0.113.7:4000']));

  test('beside TLS where the construct says so', async () => {
    const known = await addresses(true).then(([address]) => address === '203.0.113.7:4000', () => false);
    const make = () => newCluster({ replicas: 1, proxyProtocol: true, tls: NatsTls.fromSecret('nats-tls'), images });
    if (known) expect(make).not.toThrow();
    else expect(make).toThrow('[NATS-FEATURE]');
    expect(known).toBe(version !== '2.12.6');
  });

  test('but serves who comes without it', async () => {
    const pod = await ServerPod.start(synth(newCluster({ replicas: 1, proxyProtocol: true, images })), 0, { version, secrets });
    const [host, port] = pod.server.address('client').split(':');
    const { socket } = await exchange(connectTcp(Number(port), host), hello, (bytes) => bytes.includes('PONG'));
    socket.destroy();
  });
});
