import { Chart } from 'cdk8s';
import { defaultContext, writtenContexts } from './written-contexts';
import {
  Certificate, CertificateAuthority, CertificateProps, CertificateUsage, NatsAuth, NatsBoxOptions, NatsClientCertificate, NatsCluster,
  NatsClusterProps, NatsHandshakeFirst, NatsResolver, NatsTls, NatsTlsCa, NatsUserProps, Permissions, RequiredSecrets, SecretKey,
} from '../../../src';
import { Operator } from '../../operator';
import { Manifest, Manifests, newChart, newCluster, someUser, synth } from '../../support';

const key = (name: string, of = 'password') => SecretKey.fromName(name, of);

function podOf(natsBox: NatsBoxOptions, props: NatsClusterProps = {}): Manifest {
  return synth(newCluster({ ...props, natsBox })).get('Deployment', 'nats-box').spec.template.spec;
}

const url = 'nats://nats.messaging.svc:4222';

test('contexts of every kind, with their secrets in files', () => {
  const pod = podOf({
    contexts: [
      { name: 'far', url: 'tls://far.example.com:4222,tls://far2.example.com:4222', credentials: key('far', 'nats.creds') },
      { name: 'nkey', nkey: key('far', 'seed'), jetStreamDomain: 'hub' },
      { name: 'user', url: 'nats://other:4222', user: 'o\'hara $(HOME) $$', password: key('user'), inboxPrefix: '_INBOX_o' },
      { name: 'nobody', url: 'nats://open:4222' },
    ],
  });
  const awkward = 'a\\b"c\'d\te$f`g`$(h) ü';
  expect(writtenContexts(pod, { 'nats-auth/token': 'a-token\n', 'user/password': awkward })).toEqual({
    'default.json': { url, token: 'a-token' },
    'far.json': { url: 'tls://far.example.com:4222,tls://far2.example.com:4222', creds: '/etc/nats-box/far/nats.creds' },
    'nkey.json': { url, nkey: '/etc/nats-box/far/seed', jetstream_domain: 'hub' },
    'user.json': { url: 'nats://other:4222', user: 'o\'hara $(HOME) $$', inbox_prefix: '_INBOX_o', password: awkward },
    'nobody.json': { url: 'nats://open:4222' },
    'default': 'default',
  });
  // Variables would be those of every context.
  expect(pod.containers[0].env.map(({ name }: Manifest) => name)).toEqual(['HOME', 'XDG_CONFIG_HOME']);
  expect(pod.volumes.find(({ secret }: Manifest) => secret?.secretName === 'far').secret.items.map(({ key: of }: Manifest) => of)).toEqual(['nats.creds', 'seed']);
  expect(pod.volumes).toContainEqual({ name: 'home', emptyDir: { medium: 'Memory' } });
  const mounts: { mountPath: string; readOnly?: boolean }[] = pod.containers[0].volumeMounts;
  expect(mounts.filter(({ readOnly }) => readOnly).map(({ mountPath }) => mountPath)).toEqual(['/etc/nats-box/far', '/etc/nats-box/nats-auth', '/etc/nats-box/user']);
});

test('another default context, and users of the cluster with their passwords and inbox prefixes', () => {
  const auth = NatsAuth.users({ name: 'shop', ...someUser });
  const pod = podOf({ defaultContext: 'shop', contexts: [{ name: 'shop', user: 'shop' }] }, { auth });
  expect(writtenContexts(pod, { 'shop-nats/password': 'p' })).toEqual({ 'shop.json': { url, user: 'shop', inbox_prefix: '_INBOX_shop', password: 'p' }, 'default': 'shop' });
  const own = podOf({ user: 'shop', contexts: [{ name: 'far', url: 'nats://far:4222' }] }, { auth });
  expect(writtenContexts(own, { 'shop-nats/password': 'p' })).toMatchObject({ 'default.json': { user: 'shop', password: 'p' }, 'default': 'default' });
});

test('the context of the cluster has its token, or the password and the inbox prefix of a user', () => {
  expect(defaultContext(newCluster({ natsBox: {} }))).toEqual({ url, token: 'nats-auth/token' });
  expect(defaultContext(newCluster({ auth: NatsAuth.users({ name: 'ops', ...someUser }), natsBox: { user: 'ops' } })))
    .toEqual({ url, user: 'ops', inbox_prefix: '_INBOX_ops', password: 'shop-nats/password' });
});

test('a user whom its certificate names logs in without a password', () => {
  const auth = NatsAuth.users({ name: 'ops', certificateSubject: 'CN=ops', permissions: Permissions.all() });
  const tls = NatsTls.fromSecret('nats-tls', { verifyAndMap: true });
  const natsBox = { user: 'ops', certificate: NatsClientCertificate.fromSecret('box-tls') };
  const context = defaultContext(newCluster({ auth, tls, natsBox }));
  expect(context).toMatchObject({ inbox_prefix: '_INBOX_ops', cert: '/etc/nats-certs/box-tls/tls.crt' });
  expect(context).not.toHaveProperty('user');
  expect(context).not.toHaveProperty('password');
});

test('a user who could not log in from the pod is refused', () => {
  const auth = NatsAuth.users({ name: 'ops', passwordHash: `$2a$11$${'a'.repeat(53)}`, permissions: Permissions.all() });
  expect(() => podOf({ user: 'ops' }, { auth })).toThrow("natsBox.user 'ops' has neither a password in a Secret nor a certificate; fix: name a user who has, or give contexts [NATS-BOX-USER]");
});

describe('a certificate of the app that the servers map to a user', () => {
  const permissions = Permissions.all();
  const users: NatsUserProps[] = [
    { name: 'ops', certificateSubject: 'CN=ops', permissions },
    { name: 'mail', certificateSubject: 'ops@example.com', permissions },
    { name: 'company', certificateSubject: 'CN=ops,O=Example', permissions },
    { name: 'shop', ...someUser },
  ];
  /** A cluster that makes certificates, with this nats-box. */
  function synthWith(natsBox: NatsBoxOptions | ((chart: Chart, ca: CertificateAuthority) => NatsBoxOptions)): () => unknown {
    const chart = newChart();
    const ca = new CertificateAuthority(chart, 'ca');
    const box = typeof natsBox === 'function' ? natsBox(chart, ca) : natsBox;
    new NatsCluster(chart, 'nats', { auth: NatsAuth.users(...users), tls: NatsTls.fromAuthority(ca, { verifyAndMap: true }), httpsMonitoring: false, natsBox: box });
    return () => Manifests.of(chart);
  }
  const shown = (props: Partial<CertificateProps>) => (chart: Chart, { issuer }: CertificateAuthority) => {
    new Certificate(chart, 'box', { issuer, usages: [CertificateUsage.CLIENT_AUTH], ...props });
    return NatsClientCertificate.fromSecret('box');
  };

  test.each<[what: string, natsBox: Parameters<typeof synthWith>[0]]>([
    ['its own, with the common name of the user', { user: 'ops' }],
    ['its own, with the name of a user who has a password besides', { user: 'shop' }],
    ['an e-mail address', (...made) => ({ user: 'mail', certificate: shown({ emailAddresses: ['ops@example.com'], commonName: 'ops' })(...made) })],
    ['a subject in another order', (...made) => ({ user: 'company', certificate: shown({ literalSubject: 'O=Example, CN=ops' })(...made) })],
    ['a subject with an organization', (...made) => ({ user: 'company', certificate: shown({ commonName: 'ops', subject: { organizations: ['Example'] } })(...made) })],
    ['one that is not of the app', { user: 'mail', certificate: NatsClientCertificate.fromSecret('foreign') }],
    ['one of a context of its own', (...made) => ({ user: 'ops', contexts: [{ name: 'mail', user: 'mail', certificate: shown({ emailAddresses: ['ops@example.com'] })(...made) }] })],
  ])('names it: %s', (_, natsBox) => expect(synthWith(natsBox)).not.toThrow());

  test.each<[what: string, natsBox: Parameters<typeof synthWith>[0], message: string]>([
    ['its own where the user has an address', { user: 'mail' },
      "[test/nats] natsBox logs in as 'ops@example.com' in its context 'default', and its certificate test/nats/certificates/client-box is that of mail, CN=mail; "
      + "allowed: a certificate with the name 'ops@example.com', before those of other users; fix: give certificate: NatsClientCertificate.fromCertificate(...) of one with this name, "
      + 'as certificates.addClient of the cluster makes it [NATS-BOX-USER]'],
    ['a subject without the organization', { user: 'company' }, "natsBox logs in as 'CN=ops,O=Example' in its context 'default', and its certificate test/nats/certificates/client-box is that of company, CN=company"],
    ['somebody else before', (...made) => ({ user: 'ops', certificate: shown({ commonName: 'ops', emailAddresses: ['ops@example.com'] })(...made) }),
      "natsBox logs in as 'CN=ops' in its context 'default', and its certificate test/box is that of ops@example.com, CN=ops"],
    ['that of the nats-box in a context of another user', { user: 'ops', contexts: [{ name: 'mail', user: 'mail' }] }, "natsBox logs in as 'ops@example.com' in its context 'mail', and its certificate test/nats/certificates/client-box is that of ops, CN=ops"],
  ])('does not: %s', (_, natsBox, message) => expect(synthWith(natsBox)).toThrow(message));
});

test('the Secrets are listed', () => {
  const cluster = newCluster({ natsBox: { contexts: [{ name: 'far', credentials: key('far', 'nats.creds') }] } });
  expect(RequiredSecrets.of(cluster).map(({ secretName, key: of }) => `${secretName}/${of}`)).toEqual(['far/nats.creds', 'nats-auth/token']);
});

test('a context of the cluster believes its servers as the nats-box does, and one elsewhere what is said', () => {
  const certificate = NatsClientCertificate.fromSecret('box-tls');
  const tls = NatsTls.fromSecret('nats-tls', { verify: true, handshakeFirst: NatsHandshakeFirst.always() });
  const pod = podOf({
    certificate,
    contexts: [
      { name: 'sys', user: 'sys', password: key('sys') },
      { name: 'other', certificate: NatsClientCertificate.fromSecret('other-tls') },
      { name: 'far', url: 'tls://far:4222', ca: NatsTlsCa.fromConfigMap('bundle', 'ca.pem'), tlsFirst: true },
      { name: 'public', url: 'tls://public:4222' },
    ],
  }, { tls });
  const own = { url: 'tls://nats.messaging.svc:4222', ca: '/etc/nats-certs/nats-tls/ca.crt', tls_first: true };
  const shown = (secret: string) => ({ cert: `/etc/nats-certs/${secret}/tls.crt`, key: `/etc/nats-certs/${secret}/tls.key` });
  expect(writtenContexts(pod)).toEqual({
    'default.json': { ...own, ...shown('box-tls'), token: 'nats-auth/token' },
    'sys.json': { ...own, ...shown('box-tls'), user: 'sys', password: 'sys/password' },
    'other.json': { ...own, ...shown('other-tls') },
    'far.json': { url: 'tls://far:4222', ca: '/etc/nats-ca-certs/bundle/ca.pem', tls_first: true },
    'public.json': { url: 'tls://public:4222' },
    'default': 'default',
  });
  const sources = pod.volumes.slice(2).map(({ configMap, secret }: Manifest) => configMap?.name ?? secret.secretName);
  expect(sources).toEqual(['bundle', 'box-tls', 'nats-tls', 'other-tls', 'nats-auth', 'sys']);
});

test('a context without a certificate where the servers verify those of clients, and a nats-box without credentials of an operator, fail the synth', async () => {
  const tls = NatsTls.fromSecret('nats-tls', { verify: true });
  const contexts = [{ name: 'default', certificate: NatsClientCertificate.fromSecret('box-tls') }, { name: 'bare' }, { name: 'far', url: 'nats://far:4222' }];
  expect(() => podOf({ contexts }, { tls })).toThrow("[test/nats] natsBox has no certificate for its context 'bare', but the servers verify certificates of clients");
  expect(() => podOf({ contexts: contexts.slice(0, 1) }, { tls })).not.toThrow();
  const auth = NatsAuth.operator({ operators: [(await Operator.create()).jwt], resolver: NatsResolver.url('http://resolver.auth.svc') });
  expect(() => podOf({}, { auth })).toThrow("natsBox has no credentials, and the servers are in operator mode; fix: give contexts: [{ name: 'default', credentials");
  expect(() => podOf({ contexts: [{ name: 'default', credentials: key('sys', 'nats.creds') }] }, { auth })).not.toThrow();
});

test.each<[what: string, natsBox: NatsBoxOptions, message: string]>([
  ['a CA that its pod has not', { ca: NatsTlsCa.fromPath('/ca.crt') }, "natsBox.ca is the path '/ca.crt'; allowed: NatsTlsCa.fromSecret(...), fromConfigMap(...) or system() [NATS-BOX-CONTEXT]"],
  ['a CA of a context that its pod has not', { contexts: [{ name: 'a', ca: NatsTlsCa.fromPath('/ca.crt') }] }, "natsBox.contexts['a'].ca is the path '/ca.crt'"],
  ['a name twice', { contexts: [{ name: 'a' }, { name: 'a' }] }, "[test/nats] natsBox.contexts has 'a' twice; allowed: a name of its own for each [NATS-BOX-CONTEXT]"],
  ['a name that is no file', { contexts: [{ name: '../a' }] }, "natsBox.contexts has the name '../a'; allowed: letters, digits, ., _ and -"],
  ['a URL with credentials', { contexts: [{ name: 'a', url: 'nats://a:hunter2@b:4222' }] }, "natsBox.contexts['a'].url has a URL with credentials (not shown here)"],
  ['two kinds of credentials', { contexts: [{ name: 'a', token: key('a'), nkey: key('b') }] }, "natsBox.contexts['a'] has a token, an nkey; allowed: one kind of credentials"],
  ['a password of nobody', { contexts: [{ name: 'a', password: key('a') }] }, "natsBox.contexts['a'] has a password without a user"],
  ['a literal password', { contexts: [{ name: 'a', user: 'a', password: 'hunter2' as unknown as SecretKey }] }, "natsBox.contexts['a'].password is a string (not shown here)"],
  ['a default context that is not there', { defaultContext: 'b', contexts: [{ name: 'a' }] }, "natsBox.defaultContext is 'b'; allowed: default, a"],
])('%s is refused', (_, natsBox, message) => expect(() => newCluster({ natsBox })).toThrow(message));

test('a user beside contexts that say as whom it logs in is refused', () => {
  expect(() => podOf({ user: 'shop', defaultContext: 'a', contexts: [{ name: 'a' }] }, { auth: NatsAuth.users({ name: 'shop', ...someUser }) }))
    .toThrow("natsBox.user is 'shop', but contexts say as whom it logs in; fix: leave it out");
});
