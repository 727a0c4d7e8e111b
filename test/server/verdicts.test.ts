import { Duration } from 'cdk8s';
import { accountCases, Case } from './account-verdicts';
import { NATS_VERSIONS, NatsVersion } from './harness/binaries';
import { NatsProcess } from './harness/nats-process';
import { ContainerImage, NatsAuth, NatsPeer, NatsTls, NatsTlsCipherSuite, NatsTlsOptions, Permissions, Rules, SecretKey } from '../../src';
import { keyValueRules, objectStoreRules } from '../../src/jetstream/rules/bucket-rules';
import { consumerRules, jointConsumerRules } from '../../src/jetstream/rules/consumer-rules';
import { jointStreamRules, serverStoreRule } from '../../src/jetstream/rules/stream/joint';
import { streamRules } from '../../src/jetstream/rules/stream-rules';
import { newCluster, synth } from '../support';

const BCRYPT = '$2a$11$3kIDaCxw.Glsl1.u5nKa6eUnNDLV5HV9tIuUp7EHhMt6Nm9myW1aS';
const passwordHash = BCRYPT;
const permissions = Permissions.all();

function subject(side: 'publish' | 'subscribe', text: string): Case {
  return {
    props: { auth: NatsAuth.users({ name: 'shop', passwordHash, permissions: Permissions.of({ [side]: { allow: [text] } }) }) },
    config: `authorization { users: [ { user: shop, password: "x", permissions { ${side}: [ ${JSON.stringify(text)} ] } } ] }`,
  };
}

function lameDuck(duration: number, grace: number): Case {
  return {
    props: { lameDuck: { duration: Duration.seconds(duration), gracePeriod: Duration.seconds(grace) } },
    config: `lame_duck_duration: "${duration}s"\nlame_duck_grace_period: "${grace}s"`,
  };
}

function clusterName(name: string): Case {
  return { props: { clusterName: name }, config: `cluster { name: ${JSON.stringify(name)}, listen: "127.0.0.1:-1" }` };
}

function remotes(...given: { urls: string[]; account?: string }[]): Case {
  return { props: { leafNodes: { remotes: given } }, config: `leafnodes { remotes: ${JSON.stringify(given)} }` };
}

const MQTT = 'mqtt { listen: "127.0.0.1:-1" }';
const peers = [NatsPeer.pods()];
const [hub, otherHub] = ['nats://127.0.0.1:1', 'nats://127.0.0.1:2'];
/** The server starts without the certificate, so that only the options are judged. */
function tls(options: NatsTlsOptions, config: string): Case {
  return { props: { tls: NatsTls.fromSecret('nats-tls', options) }, config: `tls { ${config} }` };
}

function pins(...pinnedCertificates: string[]): Case {
  return tls({ pinnedCertificates }, `pinned_certs: [ ${pinnedCertificates.map((pin) => JSON.stringify(pin)).join(', ')} ]`);
}

function ciphers(...cipherSuites: NatsTlsCipherSuite[]): Case {
  return tls({ cipherSuites }, `cipher_suites: [ ${cipherSuites.join(', ')} ]`);
}

const insecureSuites = [
  NatsTlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256, NatsTlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256,
  NatsTlsCipherSuite.TLS_ECDHE_RSA_WITH_3DES_EDE_CBC_SHA, NatsTlsCipherSuite.TLS_RSA_WITH_AES_128_GCM_SHA256,
  NatsTlsCipherSuite.TLS_RSA_WITH_AES_256_GCM_SHA384, NatsTlsCipherSuite.TLS_RSA_WITH_AES_128_CBC_SHA256,
  NatsTlsCipherSuite.TLS_RSA_WITH_AES_128_CBC_SHA, NatsTlsCipherSuite.TLS_RSA_WITH_AES_256_CBC_SHA, NatsTlsCipherSuite.TLS_RSA_WITH_3DES_EDE_CBC_SHA,
];
const secureSuites = Object.values(NatsTlsCipherSuite).filter((suite) => !insecureSuites.includes(suite));

const subjects = ['a', 'a.b', '*', '>', 'a.*', 'a.>', 'a.*.b', '*.>', '$JS.API.>', 'a-b_c', 'a.b*', 'a>', 'ü.é', '.', '', 'a.', '.a', 'a..b', '>.a', 'a.>.b', 'a b c', ' a', 'a ', ' '];
const queues = ['a q', 'a.* q.>', 'a >', 'a q.r', 'a  q', ' a q '];

/** By each rule that states the server's verdict: what both are asked. */
const cases: { [rule: string]: Case[] } = {
  ...accountCases,
  'NATS-SUBJECT': [
    ...subjects.flatMap((text) => [subject('publish', text), subject('subscribe', text)]),
    { ...subject('publish', 'a\tb'), refusedSince: '2.15.2' },
    subject('subscribe', 'a\tb'),
    ...queues.map((text) => subject('subscribe', text)),
  ],
  'NATS-LAME-DUCK': [[30, 10], [29, 10], [30, 29], [30, 30], [30, 0], [60, 59], [60, 61]].map(([duration, grace]) => lameDuck(duration, grace)),
  'NATS-CLUSTER-NAME': [...['a', 'a b', 'A-b_c.d', ' a', 'ü', '__'].map(clusterName), { ...clusterName('_'), refusedSince: '2.15.2' }],
  'NATS-MQTT-JETSTREAM': [
    { props: { replicas: 1, mqtt: { peers } }, config: MQTT },
    { props: { replicas: 1, mqtt: { peers }, jetStream: {} }, config: `${MQTT}\njetstream { store_dir: "store" }` },
    { props: { replicas: 1, mqtt: { peers }, leafNodes: { peers } }, config: `${MQTT}\nleafnodes { listen: "127.0.0.1:-1" }` },
    { props: { mqtt: { peers } }, config: `${MQTT}\ncluster { name: a, listen: "127.0.0.1:-1" }` },
  ],
  'NATS-LEAF-REMOTE-DUPLICATE': [
    { ...remotes({ urls: [hub] }, { urls: [hub] }), refusedSince: '2.14.2' },
    { ...remotes({ urls: [hub] }, { urls: [hub], account: '$G' }), refusedSince: '2.14.2' },
    remotes({ urls: [hub] }, { urls: [hub], account: '$SYS' }),
    remotes({ urls: [hub] }, { urls: [hub, otherHub] }),
    remotes({ urls: [hub, otherHub] }, { urls: [otherHub, hub] }),
  ],
  'NATS-AUTH-MIXED': [
    { props: { auth: NatsAuth.token(SecretKey.fromName('nats-auth', 'token')) }, config: 'authorization { token: "x" }' },
    { props: { auth: NatsAuth.users({ name: 'shop', passwordHash, permissions }) }, config: 'authorization { users: [ { user: shop, password: "x" } ] }' },
  ],
  'NATS-TLS-CIPHERS': [ciphers(), ciphers(...secureSuites), ...insecureSuites.map((suite) => ciphers(suite)), ciphers(secureSuites[0], insecureSuites[0])],
  'NATS-TLS-KNOWN-URLS': [
    tls({ verifyCertAndCheckKnownUrls: true }, 'verify_cert_and_check_known_urls: true'),
    tls({ verifyCertAndCheckKnownUrls: false }, 'verify_cert_and_check_known_urls: false'),
    {
      props: { routes: { tls: NatsTls.fromSecret('routes-tls', { verifyCertAndCheckKnownUrls: true }) } },
      config: 'cluster { listen: "127.0.0.1:-1", tls { verify_cert_and_check_known_urls: true } }',
    },
  ],
  'NATS-TLS-PINNED': [pins('a'.repeat(64)), pins('A1'.repeat(32), 'b'.repeat(64)), pins('a'.repeat(63)), pins('a'.repeat(65)), pins('g'.repeat(64)), pins('a'.repeat(64), ''), pins(`${'a1:'.repeat(31)}a1`)],
};

function refusedByUs({ props }: Case, version: NatsVersion): boolean {
  try {
    synth(newCluster({ images: { server: ContainerImage.of('nats', { tag: `${version}-alpine` }) }, ...props }));
    return false;
  } catch {
    return true;
  }
}

function isBefore(version: NatsVersion, since: NatsVersion | undefined): boolean {
  return since !== undefined && NATS_VERSIONS.indexOf(version) < NATS_VERSIONS.indexOf(since);
}

async function refusedByServer(config: string, version: NatsVersion): Promise<boolean> {
  const server = NatsProcess.spawn({ config: `listen: "127.0.0.1:-1"\nserver_name: a\n${config}\n`, version });
  const started = server.ready().then(() => true, () => false);
  const refused = !await started;
  await server.stop();
  return refused;
}

beforeEach(() => jest.spyOn(console, 'warn').mockImplementation());
afterEach(() => jest.restoreAllMocks());

/** What concerns streams, consumers and buckets is compared in tests of their own, which hold that each of these rules is met. */
const elsewhere = new Set([
  ...streamRules, ...jointStreamRules, serverStoreRule, ...consumerRules, ...jointConsumerRules, ...keyValueRules, ...objectStoreRules,
].map(({ rule }) => rule.id));

test('every rule that states the server\'s verdict is compared with it', () => {
  const compared = Rules.all().filter(({ id, serverVerdict }) => serverVerdict && !elsewhere.has(id)).map(({ id }) => id);
  expect(Object.keys(cases).sort()).toEqual(compared);
});

describe.each(NATS_VERSIONS)('on nats-server %s', (version) => {
  describe.each(Object.entries(cases))('%s', (_, ofRule) => {
    test.each(ofRule.map((one): [string, Case] => [one.config, one]))('%s', async (config, one) => {
      const server = await refusedByServer(config, version);
      const lenient = isBefore(version, one.refusedSince);

      expect({ ours: refusedByUs(one, version), server }).toEqual(lenient ? { ours: true, server: false } : { ours: server, server });
    });
  });
});

test('a token and users, said both, are refused by both', async () => {
  const cluster = newCluster({ auth: NatsAuth.token(SecretKey.fromName('nats-auth', 'token')) });
  expect(() => cluster.addUser('shop', { passwordHash, permissions })).toThrow('[NATS-AUTH-MIXED]');
  const both = 'authorization { token: "x", users: [ { user: shop, password: "x" } ] }';
  for (const version of NATS_VERSIONS) expect(await refusedByServer(both, version)).toBe(true);
});
