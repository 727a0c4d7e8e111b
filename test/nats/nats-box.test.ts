import { execFileSync } from 'child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import {
  NatsAuth, NatsBoxOptions, NatsClientCertificate, NatsClusterProps, NatsHandshakeFirst, NatsTls, NatsTlsCa, Permissions, RequiredSecrets, SecretKey,
} from '../../src';
import { Manifest, newCluster, someUser, synth } from '../support';

const key = (name: string, of = 'password') => SecretKey.fromName(name, of);

function podOf(natsBox: NatsBoxOptions, props: NatsClusterProps = {}): Manifest {
  return synth(newCluster({ ...props, natsBox })).get('Deployment', 'nats-box').spec.template.spec;
}

/** What the pod's command writes: each context, and which is the default one. Kubernetes reads `$$` as `$`. */
function written(pod: Manifest, secrets: { [path: string]: string }): { [file: string]: any } {
  const folder = mkdtempSync(join(tmpdir(), 'nats-box-'));
  try {
    for (const [path, value] of Object.entries(secrets)) {
      mkdirSync(join(folder, 'secrets', path, '..'), { recursive: true });
      writeFileSync(join(folder, 'secrets', path), value);
    }
    const script = pod.containers[0].command[2].replace(/\$\$/g, '$').replace(/\/etc\/nats-box/g, join(folder, 'secrets')).replace(/\ntrap[^]*/, '');
    execFileSync('/bin/sh', ['-ec', script], { env: { XDG_CONFIG_HOME: folder, PATH: process.env.PATH } });
    const contexts = readdirSync(join(folder, 'nats/context')).map((file) => {
      expect(statSync(join(folder, 'nats/context', file)).mode.toString(8)).toBe('100600');
      return [file, JSON.parse(readFileSync(join(folder, 'nats/context', file), 'utf8').split(join(folder, 'secrets')).join('/etc/nats-box'))];
    });
    return { ...Object.fromEntries(contexts), default: readFileSync(join(folder, 'nats/context.txt'), 'utf8') };
  } finally {
    rmSync(folder, { recursive: true });
  }
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
  expect(written(pod, { 'nats-auth/token': 'a-token\n', 'user/password': awkward })).toEqual({
    'default.json': { url, token: 'a-token' },
    'far.json': { url: 'tls://far.example.com:4222,tls://far2.example.com:4222', creds: '/etc/nats-box/far/nats.creds' },
    'nkey.json': { url, nkey: '/etc/nats-box/far/seed', jetstream_domain: 'hub' },
    'user.json': { url: 'nats://other:4222', user: 'o\'hara $(HOME) $$', inbox_prefix: '_INBOX_o', password: awkward },
    'nobody.json': { url: 'nats://open:4222' },
    'default': 'default',
  });
  // Variables would be those of every context.
  expect(pod.containers[0].env.map(({ name }: Manifest) => name)).toEqual(['HOME', 'XDG_CONFIG_HOME']);
  expect(pod.volumes).toContainEqual({ name: 'home', emptyDir: { medium: 'Memory' } });
  const mounts: { mountPath: string; readOnly?: boolean }[] = pod.containers[0].volumeMounts;
  expect(mounts.filter(({ readOnly }) => readOnly).map(({ mountPath }) => mountPath)).toEqual(['/etc/nats-box/far', '/etc/nats-box/nats-auth', '/etc/nats-box/user']);
});

test('another default context, and users of the cluster with their passwords and inbox prefixes', () => {
  const auth = NatsAuth.users({ name: 'shop', ...someUser });
  const pod = podOf({ defaultContext: 'shop', contexts: [{ name: 'shop', user: 'shop' }] }, { auth });
  expect(written(pod, { 'shop-nats/password': 'p' })).toEqual({ 'shop.json': { url, user: 'shop', inbox_prefix: '_INBOX_shop', password: 'p' }, 'default': 'shop' });
  const own = podOf({ user: 'shop', contexts: [{ name: 'far', url: 'nats://far:4222' }] }, { auth });
  expect(written(own, { 'shop-nats/password': 'p' })).toMatchObject({ 'default.json': { user: 'shop', password: 'p' }, 'default': 'default' });
});

test('contexts of the cluster have its TLS, and those of others their own', () => {
  const [ca, certificate] = [NatsTlsCa.fromSecret('far-ca'), NatsClientCertificate.fromSecret('far-tls', { certKey: 'client.pem', keyKey: 'client-key.pem' })];
  const tls = NatsTls.fromSecret('nats-tls', { verify: true, handshakeFirst: NatsHandshakeFirst.always() });
  const pod = podOf({
    certificate: NatsClientCertificate.fromSecret('box-tls'),
    contexts: [{ name: 'nkey', nkey: key('far', 'seed') }, { name: 'far', url: 'tls://far:4222', ca, certificate, tlsFirst: true }, { name: 'open', url: 'nats://open:4222' }],
  }, { tls });
  const own = { url: 'tls://nats.messaging.svc:4222', ca: '/etc/nats-certs/nats-tls/ca.crt', cert: '/etc/nats-certs/box-tls/tls.crt', key: '/etc/nats-certs/box-tls/tls.key', tls_first: true };
  expect(written(pod, { 'nats-auth/token': 't', 'far/seed': 's' })).toEqual({
    'default.json': { ...own, token: 't' },
    'nkey.json': { ...own, nkey: '/etc/nats-box/far/seed' },
    'far.json': {
      url: 'tls://far:4222', ca: '/etc/nats-certs/far-ca/ca.crt', cert: '/etc/nats-certs/far-tls/client.pem', key: '/etc/nats-certs/far-tls/client-key.pem', tls_first: true,
    },
    'open.json': { url: 'nats://open:4222' },
    'default': 'default',
  });
  const secrets: Manifest[] = pod.volumes.flatMap(({ secret }: Manifest) => secret?.items ? [secret] : []);
  expect(Object.fromEntries(secrets.map(({ secretName, items }) => [secretName, items.map((item: Manifest) => item.key)]))).toEqual({
    'nats-tls': ['ca.crt'], 'box-tls': ['tls.crt', 'tls.key'], 'far-ca': ['ca.crt'], 'far-tls': ['client-key.pem', 'client.pem'],
  });
});

test('a user whom its certificate names logs in without a password', () => {
  const auth = NatsAuth.users({ name: 'ops', certificateSubject: 'CN=ops', permissions: Permissions.all() });
  const tls = NatsTls.fromSecret('nats-tls', { verifyAndMap: true });
  const natsBox = { user: 'ops', certificate: NatsClientCertificate.fromSecret('box-tls') };
  const { env } = podOf(natsBox, { auth, tls }).containers[0];
  const context = JSON.parse(env.find(({ name }: Manifest) => name === 'NATS_BOX_CONTEXT').value);
  expect(context).toMatchObject({ inbox_prefix: '_INBOX_ops', cert: '/etc/nats-certs/box-tls/tls.crt' });
  expect(context).not.toHaveProperty('user');
  expect(env.map(({ name }: Manifest) => name)).not.toContain('NATS_PASSWORD');
});

test('a user who could not log in from the pod is refused', () => {
  const auth = NatsAuth.users({ name: 'ops', passwordHash: `$2a$11$${'a'.repeat(53)}`, permissions: Permissions.all() });
  expect(() => podOf({ user: 'ops' }, { auth })).toThrow("natsBox.user 'ops' has neither a password in a Secret nor a certificate; fix: name a user who has, or give contexts [NATS-BOX-USER]");
});

test('the Secrets are listed', () => {
  const cluster = newCluster({ natsBox: { contexts: [{ name: 'far', credentials: key('far', 'nats.creds') }] } });
  expect(RequiredSecrets.of(cluster).map(({ secretName, key: of }) => `${secretName}/${of}`)).toEqual(['far/nats.creds', 'nats-auth/token']);
});

test.each<[what: string, natsBox: NatsBoxOptions, message: string]>([
  ['a name twice', { contexts: [{ name: 'a' }, { name: 'a' }] }, "[test/nats] natsBox.contexts has 'a' twice; allowed: a name of its own for each [NATS-BOX-CONTEXT]"],
  ['a name that is no file', { contexts: [{ name: '../a' }] }, "natsBox.contexts has the name '../a'; allowed: letters, digits, ., _ and -"],
  ['a URL with credentials', { contexts: [{ name: 'a', url: 'nats://a:hunter2@b:4222' }] }, "natsBox.contexts['a'].url has a URL with credentials (not shown here)"],
  ['two kinds of credentials', { contexts: [{ name: 'a', token: key('a'), nkey: key('b') }] }, "natsBox.contexts['a'] has a token, an nkey; allowed: one kind of credentials"],
  ['a password of nobody', { contexts: [{ name: 'a', password: key('a') }] }, "natsBox.contexts['a'] has a password without a user"],
  ['a literal password', { contexts: [{ name: 'a', user: 'a', password: 'hunter2' as unknown as SecretKey }] }, "natsBox.contexts['a'].password is a string (not shown here)"],
  ['a CA in a file of the servers', { ca: NatsTlsCa.fromPath('/etc/ca.crt') }, "natsBox.ca is the path '/etc/ca.crt'; allowed: NatsTlsCa.fromSecret(...), fromConfigMap(...) or system()"],
  ['a CA of a context in a file', { contexts: [{ name: 'a', ca: NatsTlsCa.fromPath('/etc/ca.crt') }] }, "natsBox.contexts['a'].ca is the path '/etc/ca.crt'"],
  ['a default context that is not there', { defaultContext: 'b', contexts: [{ name: 'a' }] }, "natsBox.defaultContext is 'b'; allowed: default, a"],
])('%s is refused', (_, natsBox, message) => expect(() => newCluster({ natsBox })).toThrow(message));

test('a user beside contexts that say as whom it logs in is refused', () => {
  expect(() => podOf({ user: 'shop', defaultContext: 'a', contexts: [{ name: 'a' }] }, { auth: NatsAuth.users({ name: 'shop', ...someUser }) }))
    .toThrow("natsBox.user is 'shop', but contexts say as whom it logs in; fix: leave it out");
});
