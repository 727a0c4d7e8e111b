import { App, Chart, Testing } from 'cdk8s';
import { newScene, resourcesOf, somePassword, specOf } from './support';
import {
  CertificateAuthority, JetStreamAccount, JetStreamAccountProps, JetStreamController, JetStreamCredentials, JetStreamStream, JetStreamTarget,
  NatsAuth, NatsCluster, NatsClusterProps, NatsHandshakeFirst, NatsResolver, NatsTls, NatsTlsCa, Permissions, RequiredSecrets, Rules, SecretKey,
} from '../../src';
import { ACCOUNT_JWTS, OPERATOR_JWTS } from '../server/operator-jwts';
import { Manifest, newChart, newCluster } from '../support';

const accountsOf = (chart: Chart): Manifest[] => resourcesOf(chart).filter(({ kind }) => kind === 'Account');
const accountOf = (chart: Chart): Manifest => accountsOf(chart)[0];
const requiredOf = (chart: Chart) => RequiredSecrets.of(chart.node.root as App).map(({ namespace, secretName, key, value }) => `${namespace}/${secretName} ${key}: ${value}`);
const confOf = (cluster: NatsCluster): string => Testing.synth(Chart.of(cluster)).find(({ kind }) => kind === 'ConfigMap').data['nats.conf'];

/** A cluster without accounts, of which a stream is made. */
function clusterScene(props: NatsClusterProps) {
  const cluster = newCluster({ jetStream: {}, ...props });
  const chart = Chart.of(cluster);
  JetStreamController.external(chart);
  const stream = () => new JetStreamStream(chart, 'orders', { target: JetStreamTarget.cluster(cluster) });
  return { cluster, chart, stream };
}

/** What the synth of an app finds. */
const findingsOf = (chart: Chart) => chart.node.root.node.findAll().flatMap(({ node }) => node.validate());

describe('an account of a cluster', () => {
  test('gets a connection and a user who may manage streams, and nothing else', () => {
    const { chart, cluster, target } = newScene();
    const stream = new JetStreamStream(chart, 'orders', { target });
    expect(specOf(stream).account).toBe('nats-orders');
    expect(accountOf(chart)).toEqual({
      apiVersion: 'jetstream.nats.io/v1beta2',
      kind: 'Account',
      metadata: { name: 'nats-orders', namespace: 'messaging' },
      spec: {
        servers: ['nats://nats.messaging.svc:4222'],
        user: { secret: { name: 'nats-orders-nack' }, user: 'username', password: 'password' },
      },
    });
    expect(confOf(cluster).replace(/\s+/g, ' ')).toContain(
      'user: "nack-ORDERS" permissions { publish { allow: [ "$JS.API.CONSUMER.CREATE.*.>" "$JS.API.CONSUMER.DELETE.*.*" "$JS.API.CONSUMER.INFO.*.*" "$JS.API.INFO" '
      + '"$JS.API.STREAM.CREATE.*" "$JS.API.STREAM.DELETE.*" "$JS.API.STREAM.INFO.*" "$JS.API.STREAM.UPDATE.*" ] } subscribe { allow: [ "_INBOX.>" ] } }',
    );
    expect(requiredOf(chart)).toEqual([
      'messaging/nats-orders-nack password: not empty, no single quote, no newline at the end',
      'messaging/nats-orders-nack username: exactly: nack-ORDERS',
      'messaging/shop-nats password: not empty, no single quote, no newline at the end',
    ]);
  });

  test('has one connection in each namespace with streams, and one user', () => {
    const { chart, target } = newScene();
    const other = new Chart(chart.node.root as App, 'shop', { namespace: 'shop' });
    const again = new Chart(chart.node.root as App, 'shop-too', { namespace: 'shop' });
    new JetStreamStream(chart, 'orders', { target }).addConsumer('billing');
    for (const name of ['returns', 'refunds']) new JetStreamStream(other, name, { target });
    expect(specOf(new JetStreamStream(again, 'gifts', { target })).account).toBe('messaging-nats-orders');
    expect([chart, other, again].map((each) => accountsOf(each).map(({ metadata: { name, namespace } }) => `${namespace}/${name}`))).toEqual([
      ['messaging/nats-orders'], ['shop/messaging-nats-orders'], [],
    ]);
    expect(requiredOf(chart)).toEqual([
      expect.stringMatching(/^messaging\/nats-orders-nack password/), 'messaging/nats-orders-nack username: exactly: nack-ORDERS', expect.stringMatching(/^messaging\/shop-nats/),
      expect.stringMatching(/^shop\/nats-orders-nack password/), 'shop/nats-orders-nack username: exactly: nack-ORDERS',
    ]);
  });

  test('whose name differs from another in case alone would share its Secret', () => {
    const { chart, cluster, target } = newScene();
    new JetStreamStream(chart, 'orders', { target });
    const other = JetStreamTarget.account(cluster.addAccount('orders'));
    const elsewhere = new Chart(chart.node.root as App, 'shop', { namespace: 'shop' });
    expect(() => new JetStreamStream(elsewhere, 'orders', { target: other })).toThrow(
      '[test/nats] the Secret \'nats-orders-nack\' would have the passwords of both nack-ORDERS and nack-orders; allowed: accounts whose names differ in more than case, - and _; '
      + 'fix: rename one of the accounts, or give its streams a JetStreamAccount with credentials [JS-CONNECTION]',
    );
  });

  test('may be told how NACK logs in', () => {
    const { chart, cluster } = newScene();
    const account = cluster.addAccount('RETURNS');
    account.addUser('manager', { password: SecretKey.fromName('manager', 'password'), permissions: Permissions.all() });
    const connection = new JetStreamAccount(chart, 'returns', { account, credentials: JetStreamCredentials.user('manager') });
    expect(specOf(new JetStreamStream(chart, 'stream', { target: JetStreamTarget.connection(connection) })).account).toBe('returns');
    expect(specOf(connection).user).toEqual({ secret: { name: 'manager' }, user: 'username', password: 'password' });
    expect(confOf(cluster)).not.toContain('nack');
  });

  test('is one account, whether it is named or reached by a connection', () => {
    const { chart, cluster } = newScene();
    const account = cluster.addAccount('RETURNS');
    const connection = new JetStreamAccount(chart, 'returns', { account });
    new JetStreamStream(chart, 'a', { target: JetStreamTarget.connection(connection), name: 'returns' });
    expect(() => new JetStreamStream(chart, 'b', { target: JetStreamTarget.account(account), name: 'returns' })).toThrow('JS-DUPLICATE');
  });
});

describe('a cluster without accounts', () => {
  test('gets a user beside its own', () => {
    const { chart, cluster, stream } = clusterScene({ auth: NatsAuth.users({ name: 'shop', password: somePassword, permissions: Permissions.all() }) });
    expect(specOf(stream()).account).toBe('nats');
    expect(accountOf(chart).spec).toEqual({
      servers: ['nats://nats.messaging.svc:4222'], user: { secret: { name: 'nats-nack' }, user: 'username', password: 'password' },
    });
    expect(confOf(cluster)).toContain('user: "nack"');
    expect(requiredOf(chart)).toContain('messaging/nats-nack username: exactly: nack');
  });

  test('with a token is managed with the token', () => {
    const { chart, stream } = clusterScene({ auth: NatsAuth.token(SecretKey.fromName('nats-auth', 'token')) });
    stream();
    expect(accountOf(chart).spec).toEqual({ servers: ['nats://nats.messaging.svc:4222'], token: { secret: { name: 'nats-auth' }, token: 'token' } });
  });

  test('without authentication needs no credentials', () => {
    const { chart, cluster, stream } = clusterScene({ auth: NatsAuth.none() });
    Rules.acknowledge(cluster, 'NATS-AUTH-NONE', 'a test');
    stream();
    expect(accountOf(chart).spec).toEqual({ servers: ['nats://nats.messaging.svc:4222'] });
  });

  test('that exists already is reached by its URLs', () => {
    const chart = newChart();
    JetStreamController.external(chart);
    const cluster = NatsCluster.fromUrl(chart, 'legacy', 'nats://a.example.com:4222, nats://b.example.com:4222', { serverCount: 3 });
    expect(specOf(new JetStreamStream(chart, 'orders', { target: JetStreamTarget.cluster(cluster) }))).toMatchObject({ account: 'legacy', replicas: 3 });
    expect(accountOf(chart).spec).toEqual({ servers: ['nats://a.example.com:4222', 'nats://b.example.com:4222'] });
    const unknown = NatsCluster.fromUrl(chart, 'unknown', 'nats://c.example.com:4222');
    expect(specOf(new JetStreamStream(chart, 'returns', { target: JetStreamTarget.cluster(unknown) })).replicas).toBe(1);
  });

  test.each([
    ['NatsAuth.include(...)', { auth: NatsAuth.include(SecretKey.fromName('nats-auth', 'block')) }],
    ['in extraConfig', { auth: undefined, extraConfig: { accounts: { SHOP: { jetstream: true, users: [{ user: 'shop', password: SecretKey.fromName('shop', 'password') }] } } } }],
  ])('whose users are not known needs a connection (%s)', (auth, props) => {
    const { chart, cluster, stream } = clusterScene(props);
    expect(stream).toThrow(
      `[test/jetstream-account-nats] the users of test/nats are not known here (auth is ${auth}); allowed: a JetStreamAccount with credentials; fix: give the streams `
      + 'target: JetStreamTarget.connection(new JetStreamAccount(..., { cluster, credentials: JetStreamCredentials.creds(SecretKey.fromName(...)) })) [JS-CONNECTION]',
    );
    const connection = new JetStreamAccount(chart, 'connection', { cluster, credentials: JetStreamCredentials.creds(SecretKey.fromName('nack', 'nack.creds')) });
    expect(specOf(new JetStreamStream(chart, 'returns', { target: JetStreamTarget.connection(connection) }))).toMatchObject({ account: 'connection', replicas: 3 });
  });
});

describe('the name of the account to which credentials lead', () => {
  const [[systemAccount, jwt]] = Object.entries(ACCOUNT_JWTS[0]);
  const credentials = JetStreamCredentials.creds(SecretKey.fromName('nack', 'nack.creds'));
  const operated = (resolver: NatsResolver) => newCluster({
    jetStream: {}, auth: NatsAuth.operator({ operators: [OPERATOR_JWTS.operator], systemAccount, resolver, preload: [jwt] }),
  });
  const connect = (cluster: NatsCluster, props: Partial<JetStreamAccountProps>) => new JetStreamAccount(Chart.of(cluster), 'orders', { cluster, credentials, ...props });

  test('may be any where the servers learn of accounts', () => {
    expect(() => connect(operated(NatsResolver.full()), { accountName: 'ORDERS' })).not.toThrow();
    expect(() => connect(newCluster({ jetStream: {}, auth: NatsAuth.include(SecretKey.fromName('nats-auth', 'block')) }), { accountName: 'ORDERS' })).not.toThrow();
  });

  test('is one of the accounts that a memory resolver has', () => {
    const cluster = operated(NatsResolver.memory());
    const [{ name }] = cluster._deployed().auth.operator!.accounts;
    expect(() => connect(cluster, { accountName: 'ODRERS' })).toThrow(`[test/orders] accountName is 'ODRERS', and no JWT of preload has this name; allowed: ${name} [JS-CONNECTION]`);
    expect(() => connect(operated(NatsResolver.memory()), { accountName: name })).not.toThrow();
  });

  test('is not said twice, or of nobody', () => {
    const { chart, cluster } = newScene();
    expect(() => new JetStreamAccount(chart, 'a', { account: cluster.addAccount('RETURNS'), accountName: 'ORDERS' })).toThrow("[test/a] accountName is 'ORDERS', and account is given; allowed: it with credentials; fix: leave it out [JS-CONNECTION]");
    expect(() => connect(newCluster({ jetStream: {} }), { credentials: undefined, accountName: 'ORDERS' })).toThrow("accountName is 'ORDERS', and no credentials lead to an account;");
  });
});

describe('a connection', () => {
  const legacy = () => {
    const chart = newChart();
    JetStreamController.external(chart);
    return { chart, cluster: NatsCluster.fromUrl(chart, 'legacy', 'tls://nats.example.com:4222') };
  };

  test.each([
    ['user', JetStreamCredentials.user('nack', { usernameKey: 'user', passwordKey: 'pass' }), { secret: { name: 'nack' }, user: 'user', password: 'pass' }, ['pass', 'user']],
    ['token', JetStreamCredentials.token(SecretKey.fromName('nack', 'token')), { secret: { name: 'nack' }, token: 'token' }, ['token']],
    ['creds', JetStreamCredentials.creds(SecretKey.fromName('nack', 'nack.creds')), { secret: { name: 'nack' }, file: 'nack.creds' }, ['nack.creds']],
    ['nkey', JetStreamCredentials.nkey(SecretKey.fromName('nack', 'nack.nk')), { secret: { name: 'nack' }, seed: 'nack.nk' }, ['nack.nk']],
  ] as const)('logs in with %s', (field, credentials, rendered, keys) => {
    const { chart, cluster } = legacy();
    const connection = new JetStreamAccount(chart, 'nack', { cluster, credentials });
    expect(specOf(connection)).toEqual({ servers: ['tls://nats.example.com:4222'], [field]: rendered });
    expect(requiredOf(chart).map((line) => line.replace(/:.*/, ''))).toEqual(keys.map((key) => `messaging/nack ${key}`));
  });

  test('has TLS, and a domain, and whatever its resources say themselves', () => {
    const { chart, cluster } = legacy();
    const connection = new JetStreamAccount(chart, 'connection', {
      name: 'far', cluster, tls: { secretName: 'far-tls', caKey: 'ca.pem', certKey: 'cert.pem', keyKey: 'key.pem' }, tlsFirst: true, domain: 'hub',
    });
    const stream = new JetStreamStream(chart, 'orders', { target: JetStreamTarget.connection(connection) });
    expect(specOf(connection)).toEqual({ servers: ['tls://nats.example.com:4222'], tls: { secret: { name: 'far-tls' }, ca: 'ca.pem', cert: 'cert.pem', key: 'key.pem' } });
    for (const resource of [stream, stream.addConsumer('billing')]) expect(specOf(resource)).toMatchObject({ account: 'far', tlsFirst: true, jsDomain: 'hub' });
    expect(requiredOf(chart).map((line) => line.replace(/:.*/, ''))).toEqual(['messaging/far-tls ca.pem', 'messaging/far-tls cert.pem', 'messaging/far-tls key.pem']);
  });

  test('is used in its own namespace', () => {
    const { chart, cluster } = legacy();
    const connection = new JetStreamAccount(chart, 'far', { cluster });
    const other = new Chart(chart.node.root as App, 'shop', { namespace: 'shop' });
    expect(() => new JetStreamStream(other, 'orders', { target: JetStreamTarget.connection(connection) })).toThrow(
      '[shop/orders] the connection test/far is in namespace \'messaging\', and this is in namespace \'shop\'; allowed: a connection in the same namespace, where alone '
      + 'NACK looks for it; fix: make a JetStreamAccount in a chart of this namespace [JS-CONNECTION]',
    );
  });

  test('leads to an account or to a cluster', () => {
    const { chart, cluster } = legacy();
    const account = newCluster({ auth: undefined, jetStream: {} }).addAccount('ORDERS');
    expect(() => new JetStreamAccount(chart, 'a', {})).toThrow('[test/a] neither account nor cluster is given; allowed: exactly one of them [JS-CONNECTION]');
    expect(() => new JetStreamAccount(chart, 'b', { account, cluster })).toThrow('[test/b] both account and cluster are given; allowed: exactly one of them [JS-CONNECTION]');
  });

  test('has a certificate with its key', () => {
    const { chart, cluster } = legacy();
    expect(() => new JetStreamAccount(chart, 'a', { cluster, tls: { secretName: 'a', certKey: 'tls.crt' } })).toThrow('[test/a] tls has certKey without keyKey; allowed: both or none');
    expect(() => new JetStreamAccount(chart, 'b', { cluster, tls: { secretName: 'b', keyKey: 'tls.key' } })).toThrow('[test/b] tls has keyKey without certKey; allowed: both or none');
  });
});

describe('TLS of the cluster', () => {
  test('NACK believes the servers by the CA that is there', () => {
    const { chart, target } = newScene({ tls: NatsTls.fromSecret('nats-tls') });
    new JetStreamStream(chart, 'orders', { target });
    expect(accountOf(chart).spec).toMatchObject({ servers: ['tls://nats.messaging.svc:4222'], tls: { secret: { name: 'nats-tls' }, ca: 'ca.crt' } });
  });

  test('NACK believes public authorities without a Secret', () => {
    const { chart, target } = newScene({ replicas: 1, tls: NatsTls.fromSecret('nats-tls', { ca: NatsTlsCa.system() }) });
    new JetStreamStream(chart, 'orders', { target });
    expect(accountOf(chart).spec.tls).toBeUndefined();
  });

  test('in another namespace, or from a ConfigMap, the CA has to be put into a Secret', () => {
    const { chart, target } = newScene({ tls: NatsTls.fromSecret('nats-tls') });
    const other = new Chart(chart.node.root as App, 'shop', { namespace: 'shop' });
    new JetStreamStream(other, 'orders', { target });
    expect(accountOf(other).spec.tls).toEqual({ secret: { name: 'messaging-nats-orders-tls' }, ca: 'ca.crt' });
    expect(requiredOf(chart)).toContain('shop/messaging-nats-orders-tls ca.crt: the certificate of the authority of the servers, as PEM');
    const bundled = newScene({ tls: NatsTls.fromSecret('nats-tls', { ca: NatsTlsCa.fromConfigMap('trust') }) });
    new JetStreamStream(bundled.chart, 'orders', { target: bundled.target });
    expect(accountOf(bundled.chart).spec.tls).toEqual({ secret: { name: 'nats-orders-tls' }, ca: 'ca.crt' });
  });

  test('where the servers verify clients, the issuer of the cluster makes a certificate for NACK', () => {
    const chart = newChart();
    const authority = new CertificateAuthority(chart, 'ca', { clusterWide: true });
    const cluster = new NatsCluster(chart, 'nats', { jetStream: {}, tls: NatsTls.fromAuthority(authority, { verify: true }) });
    const target = JetStreamTarget.account(cluster.addAccount('ORDERS'));
    const other = new Chart(chart.node.root as App, 'shop', { namespace: 'shop' });
    JetStreamController.external(chart);
    new JetStreamStream(chart, 'orders', { target });
    new JetStreamStream(other, 'returns', { target });
    expect(accountOf(chart).spec).toMatchObject({
      tls: { secret: { name: 'nats-orders-client-tls' }, ca: 'ca.crt', cert: 'tls.crt', key: 'tls.key' }, user: { secret: { name: 'nats-orders-nack' } },
    });
    expect(accountOf(other).spec.tls.secret.name).toBe('messaging-nats-orders-client-tls');
    const certificates = Testing.synth(chart).filter(({ kind, spec }) => kind === 'Certificate' && spec.secretName.endsWith('client-tls'));
    const common = { commonName: 'nack-ORDERS', usages: ['digital signature', 'key encipherment', 'client auth'] };
    expect(certificates.map(({ metadata: { namespace }, spec }) => ({ namespace, spec }))).toMatchObject([
      { namespace: 'messaging', spec: { secretName: 'nats-orders-client-tls', ...common } },
      { namespace: 'shop', spec: { secretName: 'messaging-nats-orders-client-tls', ...common } },
    ]);
    expect(requiredOf(chart).filter((line) => line.includes('-tls'))).toEqual([]);
  });

  test('where the issuer signs nothing in the namespace, the certificate has to be there', () => {
    const chart = newChart();
    const cluster = new NatsCluster(chart, 'nats', { jetStream: {}, tls: NatsTls.fromAuthority(new CertificateAuthority(chart, 'ca'), { verify: true }) });
    const other = new Chart(chart.node.root as App, 'shop', { namespace: 'shop' });
    JetStreamController.external(chart);
    new JetStreamStream(other, 'returns', { target: JetStreamTarget.account(cluster.addAccount('ORDERS')) });
    expect(accountOf(other).spec.tls).toEqual({ secret: { name: 'messaging-nats-orders-tls' }, ca: 'ca.crt', cert: 'tls.crt', key: 'tls.key' });
    expect(requiredOf(chart).filter((line) => line.includes('-tls')).map((line) => line.replace(/:.*/, ''))).toEqual(
      ['ca.crt', 'tls.crt', 'tls.key'].map((key) => `shop/messaging-nats-orders-tls ${key}`));
  });

  test('where the servers map certificates to users, NACK logs in with its certificate', () => {
    const chart = newChart();
    const cluster = new NatsCluster(chart, 'nats', { jetStream: {}, tls: NatsTls.fromAuthority(new CertificateAuthority(chart, 'ca'), { verifyAndMap: true }) });
    JetStreamController.external(chart);
    new JetStreamStream(chart, 'orders', { target: JetStreamTarget.account(cluster.addAccount('ORDERS')) });
    expect(accountOf(chart).spec).toEqual({
      servers: ['tls://nats.messaging.svc:4222'], tls: { secret: { name: 'nats-orders-client-tls' }, ca: 'ca.crt', cert: 'tls.crt', key: 'tls.key' },
    });
    expect(confOf(cluster)).toContain('user: "CN=nack-ORDERS"');
  });

  test('whether the handshake comes first stands on each resource, because NACK does not read it elsewhere', () => {
    const { chart, target } = newScene({ tls: NatsTls.fromSecret('nats-tls', { handshakeFirst: NatsHandshakeFirst.always() }) });
    const stream = new JetStreamStream(chart, 'orders', { target });
    expect([specOf(stream).tlsFirst, specOf(stream.addConsumer('billing')).tlsFirst, accountOf(chart).spec.tlsFirst]).toEqual([true, true, undefined]);
  });
});

describe('where there can be no streams', () => {
  const streamIn = (target: JetStreamTarget, chart = newChart(), id = 'orders') => new JetStreamStream(chart, id, { target });

  test('servers without JetStream', () => {
    const cluster = newCluster();
    expect(() => streamIn(JetStreamTarget.cluster(cluster), Chart.of(cluster))).toThrow(
      '[test/nats] streams are to be made in test/nats, which has no JetStream; fix: give jetStream: {} to the cluster [JS-TARGET]',
    );
    expect(() => new JetStreamAccount(Chart.of(cluster), 'x', { cluster, credentials: JetStreamCredentials.user('nack') })).toThrow('JS-TARGET');
  });

  test('the system account, and one without JetStream', () => {
    const { chart, cluster } = newScene();
    expect(() => streamIn(JetStreamTarget.account(cluster.systemAccount), chart)).toThrow(
      '[test/nats/account-$SYS] streams are to be made in account \'$SYS\', the system account; allowed: an account with JetStream; fix: add an account of its own for streams [JS-TARGET]',
    );
    expect(() => streamIn(JetStreamTarget.account(cluster.addAccount('OFF', { jetStream: { enabled: false } })), chart, 'returns')).toThrow(
      '[test/nats/account-OFF] streams are to be made in account \'OFF\', whose jetStream is not enabled; allowed: an account with JetStream; fix: leave jetStream.enabled out [JS-TARGET]',
    );
  });

  test('outside of accounts, where there are accounts', () => {
    const { cluster, chart } = newScene();
    new JetStreamStream(chart, 'orders', { target: JetStreamTarget.cluster(cluster) });
    expect(findingsOf(chart)).toContain(
      'streams are to be made outside of all accounts, where JetStream is off because there are accounts (ORDERS); allowed: streams in accounts; '
      + 'fix: give target: JetStreamTarget.account(<account>) [JS-TARGET]',
    );
  });

  test('another app', () => {
    const { target } = newScene();
    expect(() => streamIn(target)).toThrow(
      '[test/orders] the target test/nats/account-ORDERS is in another app; allowed: a target of the same app; fix: give target: JetStreamTarget.cluster(NatsCluster.fromUrl(...)) [JS-TARGET]',
    );
  });
});
