import { App, Chart, Duration, Size } from 'cdk8s';
import {
  CertificateAuthority, ContainerImage, JetStreamController, JetStreamControllerOptions, JetStreamStream, JetStreamTarget, NatsAuth,
  NatsClientCertificate,
  NatsCluster, NatsClusterProps, NatsHandshakeFirst, NatsPeer, NatsTls, NatsTlsCa, RequiredSecrets, Rules,
  SecretKey,
} from '../../src';
import { addWatchedResource } from '../../src/jetstream/controller/watches';
import { Manifest, Manifests, newChart, newCluster, someAuth } from '../support';

/** The objects of a chart with a cluster and a controller named nack. */
function objectsOf(options: JetStreamControllerOptions = {}, cluster: NatsClusterProps = {}): Manifests {
  const nats = newCluster(cluster);
  new JetStreamController(Chart.of(nats), 'nack', { cluster: nats, ...options });
  return Manifests.of(Chart.of(nats));
}

const podOf = (objects: Manifests): Manifest => objects.get('Deployment', 'nack').spec.template;
const containerOf = (objects: Manifests): Manifest => podOf(objects).spec.containers[0];
const argsOf = (options: JetStreamControllerOptions = {}, cluster: NatsClusterProps = {}): string[] => containerOf(objectsOf(options, cluster)).args;

const labels = { 'app.kubernetes.io/name': 'nack', 'app.kubernetes.io/instance': 'nack', 'app.kubernetes.io/component': 'jetstream-controller' };
const defaultArgs = ['--control-loop', '-s=nats://nats.messaging.svc:4222', '--namespace=messaging', '--sync-interval=1m', '--cache-dir=/nack', '--health-probe-bind-address=:8081'];

test('by default one pod, which watches the namespace in which it is', () => {
  const { spec } = objectsOf().get('Deployment', 'nack');

  expect(spec).toEqual({
    replicas: 1,
    selector: { matchLabels: labels },
    strategy: { type: 'Recreate' },
    template: {
      metadata: { labels },
      spec: {
        serviceAccountName: 'nack',
        automountServiceAccountToken: true,
        enableServiceLinks: false,
        terminationGracePeriodSeconds: 35,
        securityContext: {
          runAsNonRoot: true, runAsUser: 1000, runAsGroup: 1000, fsGroup: 1000, fsGroupChangePolicy: 'OnRootMismatch', seccompProfile: { type: 'RuntimeDefault' },
        },
        containers: [{
          name: 'jetstream-controller',
          image: 'natsio/jetstream-controller:0.23.0',
          command: ['/jetstream-controller'],
          args: defaultArgs,
          env: [{ name: 'GOMEMLIMIT', value: '204MiB' }],
          ports: [{ name: 'health', containerPort: 8081 }, { name: 'metrics', containerPort: 8080 }],
          livenessProbe: { httpGet: { path: '/healthz', port: 'health' }, failureThreshold: 3, periodSeconds: 20, timeoutSeconds: 5 },
          readinessProbe: { httpGet: { path: '/readyz', port: 'health' }, failureThreshold: 3, periodSeconds: 10, timeoutSeconds: 3 },
          resources: { requests: { cpu: '100m', memory: '256Mi' }, limits: { cpu: '1', memory: '256Mi' } },
          securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] }, readOnlyRootFilesystem: true },
          workingDir: '/nack',
          volumeMounts: [{ name: 'cache', mountPath: '/nack' }],
        }],
        volumes: [{ name: 'cache', emptyDir: { medium: 'Memory' } }],
      },
    },
  });
});

test('by default it may do what NACK does, in its namespace alone, and nobody else gets its token', () => {
  const objects = objectsOf();

  expect(objects.get('ServiceAccount', 'nack')).toMatchObject({ automountServiceAccountToken: false });
  expect(objects.get('Role', 'nack')).toEqual({
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'Role',
    metadata: { name: 'nack', namespace: 'messaging', labels: { ...labels, 'app.kubernetes.io/managed-by': 'cdk8s' } },
    rules: [
      { apiGroups: ['jetstream.nats.io'], resources: ['accounts', 'consumers', 'keyvalues', 'objectstores', 'streams'], verbs: ['get', 'list', 'watch', 'update'] },
      {
        apiGroups: ['jetstream.nats.io'],
        resources: ['accounts', 'consumers', 'keyvalues', 'objectstores', 'streams'].flatMap((kind) => [`${kind}/finalizers`, `${kind}/status`]),
        verbs: ['update'],
      },
    ],
  });
  expect(objects.get('RoleBinding', 'nack')).toMatchObject({
    metadata: { namespace: 'messaging' },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'nack' },
    subjects: [{ kind: 'ServiceAccount', name: 'nack', namespace: 'messaging' }],
  });
});

test.each<[what: string, options: JetStreamControllerOptions, args: string[]]>([
  ['another namespace', { watchNamespace: 'orders' }, [...defaultArgs.slice(0, 2), '--namespace=orders', ...defaultArgs.slice(3)]],
  ['all namespaces', { clusterWide: true }, defaultArgs.filter((arg) => !arg.startsWith('--namespace'))],
  ['another interval', { syncInterval: Duration.seconds(90) }, defaultArgs.map((arg) => arg.replace('=1m', '=1m30s'))],
  ['credentials', { credentials: SecretKey.fromName('nack', 'nack.creds') }, [...defaultArgs, '--creds=/etc/nack-login/nack/nack.creds']],
  ['an nkey', { nkey: SecretKey.fromName('nack', 'seed') }, [...defaultArgs, '--nkey=/etc/nack-login/nack/seed']],
  ['a CA', { ca: NatsTlsCa.fromConfigMap('trust') }, [...defaultArgs, '--tlsca=/etc/nats-ca-certs/trust/ca.crt']],
  ['TLS first', { handshakeFirst: true }, [...defaultArgs, '--tlsfirst']],
  ['only looking', { readOnly: true }, [...defaultArgs, '--read-only']],
  ['a longer log', { logVerbosity: 4 }, [...defaultArgs, '-v=4']],
])('%s', (_, options, args) => expect(argsOf(options)).toEqual(args));

test('secrets are files of Secrets, of which only the controller reads', () => {
  const objects = objectsOf({ credentials: SecretKey.fromName('nack', 'nack.creds') });
  const [, { name, ...volume }] = podOf(objects).spec.volumes;
  expect(volume).toEqual({ secret: { secretName: 'nack', defaultMode: 0o440, items: [{ key: 'nack.creds', path: 'nack.creds' }] } });
  expect(containerOf(objects).volumeMounts[1]).toEqual({ name, mountPath: '/etc/nack-login/nack', readOnly: true });
});

test('what its pod can be told', () => {
  const affinity = { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [] } } };
  const objects = objectsOf({
    pod: {
      labels: { team: 'platform' },
      annotations: { 'example.com/a': 'b' },
      nodeSelector: { disk: 'none' },
      tolerations: [{ key: 'dedicated', value: 'nats', effect: 'NoSchedule' }],
      affinity,
      priorityClassName: 'high',
      terminationGracePeriod: Duration.minutes(1),
      userId: 2000,
    },
    images: { registry: 'registry.example.com', pullSecrets: ['pull'], controller: ContainerImage.of('nack', { tag: '1' }) },
    resources: { cpu: 0.5, memory: Size.mebibytes(100) },
  });
  const { metadata, spec } = podOf(objects);
  expect(metadata).toEqual({ labels: { team: 'platform', ...labels }, annotations: { 'example.com/a': 'b' } });
  expect(spec).toMatchObject({
    nodeSelector: { disk: 'none' },
    tolerations: [{ key: 'dedicated', value: 'nats', effect: 'NoSchedule', operator: 'Equal' }],
    affinity,
    priorityClassName: 'high',
    terminationGracePeriodSeconds: 60,
    securityContext: { runAsUser: 2000, fsGroup: 2000 },
    imagePullSecrets: [{ name: 'pull' }],
  });
  expect(spec.containers[0]).toMatchObject({
    image: 'registry.example.com/nack:1',
    env: [{ name: 'GOMEMLIMIT', value: '80MiB' }],
    resources: { requests: { cpu: '500m', memory: '100Mi' }, limits: { cpu: '500m', memory: '100Mi' } },
  });
});

describe('permissions', () => {
  const secrets = { apiGroups: [''], resources: ['secrets'], verbs: ['get', 'list', 'watch'] };
  const readsSecrets = (objects: Manifests, kind = 'Role', name = 'nack') => objects.get(kind, name).rules.some(({ resources }: Manifest) => resources.includes('secrets'));

  test('in another namespace they are there', () => {
    const objects = objectsOf({ watchNamespace: 'orders' });
    expect(objects.get('Role', 'nack').metadata.namespace).toBe('orders');
    expect(objects.get('RoleBinding', 'nack')).toMatchObject({ metadata: { namespace: 'orders' }, subjects: [{ kind: 'ServiceAccount', name: 'nack', namespace: 'messaging' }] });
    expect(objects.get('ServiceAccount', 'nack').metadata.namespace).toBe('messaging');
  });

  test('in all namespaces they are of the Kubernetes cluster, with names that no other namespace has', () => {
    const objects = objectsOf({ clusterWide: true });
    expect(objects.kinds()).not.toContain('Role');
    expect(objects.get('ClusterRole', 'messaging-nack').metadata.namespace).toBeUndefined();
    expect(objects.get('ClusterRoleBinding', 'messaging-nack')).toMatchObject({
      roleRef: { kind: 'ClusterRole', name: 'messaging-nack' }, subjects: [{ kind: 'ServiceAccount', name: 'nack', namespace: 'messaging' }],
    });
  });

  test('Secrets are read only where it is said, or where an account of the app names one', () => {
    expect(objectsOf({ accountSecrets: true }).get('Role', 'nack').rules).toContainEqual(secrets);
    const withAccount = (namespace: string, options: JetStreamControllerOptions = {}) => {
      const nats = newCluster();
      new JetStreamController(Chart.of(nats), 'nack', { cluster: nats, ...options });
      if (namespace !== 'messaging') new JetStreamController(Chart.of(nats), 'other', { cluster: nats, watchNamespace: namespace });
      addWatchedResource(nats, namespace, { readsSecrets: true });
      return Manifests.of(Chart.of(nats));
    };
    expect(readsSecrets(withAccount('messaging'))).toBe(true);
    expect(readsSecrets(withAccount('messaging', { accountSecrets: false }))).toBe(false);
    expect(readsSecrets(withAccount('orders'))).toBe(false);
    expect(readsSecrets(withAccount('orders'), 'Role', 'other')).toBe(true);
  });

  test('all Secrets of the Kubernetes cluster are guarded', () => {
    expect(() => objectsOf({ clusterWide: true, accountSecrets: true })).toThrow(
      '[test/nack] accountSecrets and clusterWide are true: the controller may read every Secret; allowed: a controller for each namespace; fix: leave out clusterWide, and give watchNamespace');
    const nats = newCluster();
    const controller = new JetStreamController(Chart.of(nats), 'nack', { cluster: nats, clusterWide: true });
    addWatchedResource(nats, 'orders', { readsSecrets: true });
    expect(() => Manifests.of(Chart.of(nats))).toThrow('clusterWide is true, and the app has a JetStreamAccount with a Secret: the controller may read every Secret');
    Rules.acknowledge(controller, 'JS-CONTROLLER-ALL-SECRETS', 'the only tenant');
    expect(readsSecrets(Manifests.of(Chart.of(nats)), 'ClusterRole', 'messaging-nack')).toBe(true);
  });
});

describe('network', () => {
  test('its ports are closed but for scrapers', () => {
    const policy = (scrapers?: NatsPeer[]) => objectsOf({ scrapers }).get('NetworkPolicy', 'nack').spec;
    expect(policy()).toEqual({ podSelector: { matchLabels: labels }, policyTypes: ['Ingress'] });
    const ports = [{ port: 8080, protocol: 'TCP' }];
    expect(policy([NatsPeer.pods({ app: 'prometheus' })]).ingress).toEqual([{ ports, from: [{ podSelector: { matchLabels: { app: 'prometheus' } } }] }]);
    expect(policy([NatsPeer.anyone()]).ingress).toEqual([{ ports }]);
    expect(objectsOf({ networkPolicy: false }).find('NetworkPolicy', 'nack')).toBeUndefined();
  });

  test('the cluster lets it in, whatever namespace it is in', () => {
    const app = new App();
    const nats = new NatsCluster(new Chart(app, 'a', { namespace: 'a' }), 'nats', { auth: someAuth, networkPolicy: { clients: [] } });
    new JetStreamController(new Chart(app, 'b', { namespace: 'b' }), 'nack', { cluster: nats });
    expect(Manifests.of(Chart.of(nats)).get('NetworkPolicy', 'nats').spec.ingress).toContainEqual({
      ports: [{ port: 4222, protocol: 'TCP' }],
      from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'b' } }, podSelector: { matchLabels: labels } }],
    });
  });

  test.each(['before', 'after'])('another cluster in which it makes something lets it in once, whether it comes %s that', (when) => {
    const app = new App();
    const [first, second] = ['first', 'second'].map((name) => new NatsCluster(new Chart(app, name, { namespace: name }), 'nats', {
      auth: someAuth, networkPolicy: { clients: [] }, jetStream: {}, replicas: 1,
    }));
    const chart = new Chart(app, 'nack', { namespace: 'messaging' });
    const elsewhere = new Chart(app, 'elsewhere', { namespace: 'elsewhere' });
    JetStreamController.external(app, { namespaces: ['elsewhere'] });
    const control = () => new JetStreamController(chart, 'nack', { cluster: first });
    if (when === 'before') control();
    for (const name of ['a', 'b']) new JetStreamStream(chart, name, { target: JetStreamTarget.cluster(second) });
    new JetStreamStream(elsewhere, 'c', { target: JetStreamTarget.cluster(second) });
    if (when === 'after') control();
    for (const cluster of [first, second]) {
      expect(Manifests.of(Chart.of(cluster)).get('NetworkPolicy', 'nats').spec.ingress.find(({ ports: [{ port }] }: Manifest) => port === 4222)).toEqual({
        ports: [{ port: 4222, protocol: 'TCP' }],
        from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'messaging' } }, podSelector: { matchLabels: labels } }],
      });
    }
  });

  test('a cluster that exists already is dialed by its URL', () => {
    const chart = newChart();
    new JetStreamController(chart, 'nack', { cluster: NatsCluster.fromUrl(chart, 'nats', 'tls://a.example.com:4222,tls://b.example.com:4222') });
    expect(containerOf(Manifests.of(chart)).args).toContain('-s=tls://a.example.com:4222,tls://b.example.com:4222');
  });
});

describe('TLS', () => {
  const url = '-s=tls://nats.messaging.svc:4222';
  const tlsArgs = (options: JetStreamControllerOptions, tls: NatsTls) => argsOf(options, { tls, replicas: 1 }).filter((arg) => arg.startsWith('--tls') || arg.startsWith('-s'));
  const login = { nkey: SecretKey.fromName('nack', 'seed') };

  test('of the cluster is that of a controller that logs in', () => {
    expect(tlsArgs(login, NatsTls.fromSecret('nats-tls', { handshakeFirst: NatsHandshakeFirst.always() })))
      .toEqual([url, '--tlsca=/etc/nats-certs/nats-tls/ca.crt', '--tlsfirst']);
    expect(tlsArgs(login, NatsTls.fromSecret('nats-tls', { ca: NatsTlsCa.system() }))).toEqual([url]);
    expect(tlsArgs({ ...login, ca: NatsTlsCa.system(), handshakeFirst: false }, NatsTls.fromSecret('nats-tls', { handshakeFirst: NatsHandshakeFirst.always() }))).toEqual([url]);
  });

  test('of the cluster would stand in the way of accounts of other servers, where it does not log in', () => {
    expect(tlsArgs({}, NatsTls.fromSecret('nats-tls', { verify: true, handshakeFirst: NatsHandshakeFirst.always() }))).toEqual([url]);
  });

  test('only the keys that it needs are mounted', () => {
    const { volumes } = podOf(objectsOf({ ca: NatsTlsCa.fromSecret('nats-tls') })).spec;
    expect(volumes[1]).toMatchObject({ secret: { secretName: 'nats-tls', items: [{ key: 'ca.crt', path: 'ca.crt' }], defaultMode: 0o440 } });
  });

  test('a certificate is shown where the servers ask for one', () => {
    const certificate = NatsClientCertificate.fromSecret('nack-tls', { keyKey: 'key.pem' });
    expect(tlsArgs({ ...login, certificate }, NatsTls.fromSecret('nats-tls', { verify: true }))).toEqual([
      url, '--tlsca=/etc/nats-certs/nats-tls/ca.crt', '--tlscert=/etc/nats-certs/nack-tls/tls.crt', '--tlskey=/etc/nats-certs/nack-tls/key.pem',
    ]);
  });

  test('servers that ask for a certificate, and get none, are refused', () => {
    expect(() => tlsArgs(login, NatsTls.fromSecret('nats-tls', { verify: true }))).toThrow(
      '[test/nack] nkey is given without certificate, but the servers verify certificates of clients; fix: give certificate: NatsClientCertificate.fromSecret(\'<secret>\') [JS-CONTROLLER-TLS]',
    );
  });

  test('a CA in another namespace is refused', () => {
    const app = new App();
    const chart = new Chart(app, 'a', { namespace: 'a' });
    const nats = new NatsCluster(chart, 'nats', { auth: someAuth, tls: NatsTls.fromAuthority(new CertificateAuthority(chart, 'ca')) });
    const elsewhere = new Chart(app, 'b', { namespace: 'b' });
    expect(() => new JetStreamController(elsewhere, 'nack', { cluster: nats, credentials: SecretKey.fromName('nack', 'creds') })).toThrow(
      "[b/nack] credentials is given without ca, and the CA of the servers is in namespace 'a', not in the controller's, 'b'; fix: give ca [JS-CONTROLLER-TLS]",
    );
    expect(() => new JetStreamController(elsewhere, 'other', { cluster: nats })).not.toThrow();
  });
});

test('the Secrets that must exist', () => {
  const nats = newCluster({ auth: NatsAuth.none(), tls: NatsTls.fromSecret('nats-tls', { verify: true }) });
  const controller = new JetStreamController(Chart.of(nats), 'nack', {
    cluster: nats, nkey: SecretKey.fromName('nack', 'seed'), certificate: NatsClientCertificate.fromSecret('nack-tls'), images: { pullSecrets: ['pull'] },
  });
  expect(RequiredSecrets.of(controller).map(({ secretName, key, value, usedBy }) => [`${secretName}/${key}`, value, ...usedBy])).toEqual([
    ['nack-tls/tls.crt', 'PEM: the certificate with its chain', 'JetStream controller nack'],
    ['nack-tls/tls.key', 'PEM: the private key of the certificate', 'JetStream controller nack'],
    ['nack/seed', 'the seed of an nkey, which begins with SU', 'JetStream controller nack'],
    ['nats-tls/ca.crt', 'PEM: the certificates of the authorities', 'JetStream controller nack'],
    ['pull/.dockerconfigjson', 'registry credentials', 'JetStream controller nack'],
  ]);
});

test.each<[what: string, options: JetStreamControllerOptions, message: string]>([
  ['a name that is none', { name: 'Nack' }, "[test/nack] name is 'Nack'; allowed: at most 63 lower-case letters, digits and -"],
  ['two namespaces', { watchNamespace: 'a,b' }, "watchNamespace is 'a,b'; allowed: one namespace: at most 63"],
  ['one and all namespaces', { watchNamespace: 'a', clusterWide: true }, "watchNamespace is 'a', and clusterWide is true; allowed: one of them; fix: leave one out"],
  ['two logins', { nkey: SecretKey.fromName('a', 'b'), credentials: SecretKey.fromName('a', 'b') }, 'credentials and nkey are given; allowed: one of them'],
  ['a literal secret', { nkey: 'SUAHUNTER2' as unknown as SecretKey }, '[test/nack] nkey is a string (not shown here), not a reference to a Secret'],
  ['no time between two looks', { syncInterval: Duration.millis(10) }, 'syncInterval is 10 millis; allowed: at least 1 s, in whole milliseconds; fix: give Duration.minutes(1) [JS-CONTROLLER-OPTION]'],
  ['a verbosity of nothing', { logVerbosity: 1.5 }, 'logVerbosity is 1.5; allowed: a whole number from 0 to 10'],
  ['no time to end', { pod: { terminationGracePeriod: Duration.millis(1500) } }, 'pod.terminationGracePeriod is 1.5 s; allowed: whole seconds from 1'],
  ['root', { pod: { userId: 0 } }, 'pod.userId is 0; allowed: a whole number from 1: the pods do not run as root'],
  ['a label that selects', { pod: { labels: { 'app.kubernetes.io/name': 'a' } } }, "pod.labels sets app.kubernetes.io/name to 'a'; allowed: 'nack', by which the pods are selected"],
  ['no memory', { resources: { memory: Size.mebibytes(0) } }, '[test/nack] resources.memory is 0 bytes; allowed: more than nothing'],
  ['a certificate that nobody asks for', { certificate: NatsClientCertificate.fromSecret('a') }, 'certificate is given, but the servers verify no certificates of clients; fix: leave it out, or set verify: true in tls'],
])('%s is refused', (_, options, message) => expect(() => objectsOf(options, { tls: NatsTls.fromSecret('nats-tls') })).toThrow(message));

test('a chart without a namespace is refused, because permissions name one', () => {
  const chart = new Chart(new App(), 'test');
  expect(() => new JetStreamController(chart, 'nack', { cluster: NatsCluster.fromUrl(chart, 'nats', 'nats://nats:4222') }))
    .toThrow('[test/nack] the chart names no namespace; allowed: a chart with a namespace: its permissions have to name the namespace of the controller');
});
