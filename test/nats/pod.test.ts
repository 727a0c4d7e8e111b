import { Duration, Size } from 'cdk8s';
import {
  ContainerImage, EnvVariable, ImagePullPolicy, JetStreamDetail, NatsAuth, NatsHealthCheck, NatsPeer, Permissions, PodVolume, Rules,
  SecretKey, SpreadPolicy,
} from '../../src';
import { containerOf, newCluster, podOf, synth } from '../support';

const setOf = (cluster: ReturnType<typeof newCluster>) => synth(cluster).get('StatefulSet', 'nats').spec;
const scrapers = [NatsPeer.namespace('monitoring')];
const checksum = (cluster: ReturnType<typeof newCluster>) => podOf(cluster).metadata.annotations['cdk8s-nats/restart-checksum'];

test('every container and pod is restricted, with one user for all', () => {
  const { spec } = podOf(newCluster({ exporter: { scrapers }, natsBox: {} }));
  expect(spec.securityContext).toEqual({
    runAsNonRoot: true, runAsUser: 1000, runAsGroup: 1000, fsGroup: 1000, fsGroupChangePolicy: 'OnRootMismatch', seccompProfile: { type: 'RuntimeDefault' },
  });
  expect(spec.automountServiceAccountToken).toBe(false);
  expect(spec.containers.map(({ name }: { name: string }) => name)).toEqual(['nats', 'reloader', 'prom-exporter']);
  const box = synth(newCluster({ natsBox: {} })).get('Deployment', 'nats-box').spec.template.spec;
  expect(box.securityContext).toEqual(spec.securityContext);
  for (const { securityContext, resources } of [...spec.containers, ...box.containers]) {
    expect(securityContext).toEqual({ allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] }, readOnlyRootFilesystem: true });
    expect(Object.keys(resources.limits)).toEqual(['cpu', 'memory']);
    expect(Object.keys(resources.requests)).toEqual(['cpu', 'memory']);
  }
});

test('another user is that of all containers', () => {
  expect(podOf(newCluster({ pod: { userId: 10001 } })).spec.securityContext).toMatchObject({ runAsUser: 10001, runAsGroup: 10001, fsGroup: 10001 });
});

test.each([
  ['with JetStream', { jetStream: {} }, { cpu: '1', memory: '2Gi' }, '1638MiB'],
  ['without', {}, { cpu: '250m', memory: '512Mi' }, '409MiB'],
])('a server %s has resources, and a Go memory limit of four fifths', (_, props, resources, goMemoryLimit) => {
  const container = containerOf(newCluster(props));
  expect(container.resources).toEqual({ requests: resources, limits: resources });
  expect(container.env).toContainEqual({ name: 'GOMEMLIMIT', value: goMemoryLimit });
});

test('limits of their own, and fractions', () => {
  const { resources, env } = containerOf(newCluster({
    resources: { cpu: 0.1, cpuLimit: 1.5, memory: Size.mebibytes(100.5), memoryLimit: Size.gibibytes(1) },
  }));
  expect(resources).toEqual({ requests: { cpu: '100m', memory: '102912Ki' }, limits: { cpu: '1500m', memory: '1Gi' } });
  expect(env).toContainEqual({ name: 'GOMEMLIMIT', value: '819MiB' });
});

describe('probes', () => {
  const paths = (props: Parameters<typeof newCluster>[0]) => ['startupProbe', 'readinessProbe', 'livenessProbe'].map((probe) => containerOf(newCluster(props))[probe].httpGet.path);
  const server = '/healthz?js-server-only=true';

  test.each([
    ['without JetStream', {}, server],
    ['with JetStream on one server', { replicas: 1, jetStream: {} }, '/healthz?js-enabled-only=true'],
    ['with clustered JetStream', { jetStream: {} }, '/healthz?js-meta-only=true'],
    ['as said', { jetStream: {}, probes: { startup: { check: NatsHealthCheck.SERVER } } }, server],
  ])('%s', (_, props, startup) => expect(paths(props)).toEqual([startup, server, server]));

  test('give a large store half an hour, and take other times', () => {
    expect(containerOf(newCluster()).startupProbe).toMatchObject({ periodSeconds: 5, timeoutSeconds: 5, failureThreshold: 360, successThreshold: 1 });
    const { readinessProbe, livenessProbe } = containerOf(newCluster({
      probes: { readiness: { period: Duration.seconds(7), timeout: Duration.seconds(2) }, liveness: { failureThreshold: 9 } },
    }));
    expect(readinessProbe).toMatchObject({ periodSeconds: 7, timeoutSeconds: 2, failureThreshold: 3 });
    expect(livenessProbe).toMatchObject({ periodSeconds: 30, timeoutSeconds: 5, failureThreshold: 9 });
  });
});

describe('the end of a pod', () => {
  test.each([[undefined, 75], [Duration.minutes(2), 165]])('leaves time for lame duck mode (%#)', (duration, seconds) => {
    expect(podOf(newCluster({ lameDuck: { duration } })).spec.terminationGracePeriodSeconds).toBe(seconds);
  });

  test('begins with lame duck mode, well before SIGTERM', () => {
    expect(containerOf(newCluster()).lifecycle.preStop.exec.command).toEqual(['/bin/sh', '-c', 'nats-server --signal ldm=/var/run/nats/nats.pid && sleep 5']);
  });
});

describe('spread', () => {
  const keys = (pod: object) => (podOf(newCluster({ pod })).spec.topologySpreadConstraints ?? [])
    .map(({ topologyKey, whenUnsatisfiable }: { [field: string]: string }) => [topologyKey, whenUnsatisfiable]);

  test('over nodes always, over zones if possible', () => {
    expect(keys({})).toEqual([['kubernetes.io/hostname', 'DoNotSchedule'], ['topology.kubernetes.io/zone', 'ScheduleAnyway']]);
    expect(podOf(newCluster()).spec.topologySpreadConstraints[0]).toMatchObject({ maxSkew: 1, labelSelector: { matchLabels: { 'app.kubernetes.io/instance': 'nats' } } });
  });
  test('as said', () => {
    expect(keys({ spreadOverNodes: SpreadPolicy.NONE, spreadOverZones: SpreadPolicy.REQUIRED })).toEqual([['topology.kubernetes.io/zone', 'DoNotSchedule']]);
  });
  test('not of a single server', () => expect(podOf(newCluster({ replicas: 1 })).spec.topologySpreadConstraints).toBeUndefined());
});

test('everything that can be said of the pods', () => {
  const { spec, metadata } = podOf(newCluster({
    pod: {
      labels: { team: 'shop' },
      annotations: { note: 'mine' },
      nodeSelector: { disk: 'ssd' },
      priorityClassName: 'high',
      tolerations: [{ key: 'nats', value: 'only', effect: 'NoSchedule' }, { key: 'disk', effect: 'NoExecute', tolerationSeconds: 60 }],
      affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions: [{ key: 'a', operator: 'Exists' }] }] } } },
      env: [EnvVariable.of('A', 'b'), EnvVariable.fromSecret('S', SecretKey.fromName('s', 'k')), EnvVariable.fromField('IP', 'status.podIP')],
      volumes: [
        PodVolume.fromConfigMap('more', 'more-config', '/etc/more'), PodVolume.fromSecret('certs', 'my-certs', '/etc/certs'),
        PodVolume.emptyDir('scratch', '/scratch', Size.mebibytes(10)), PodVolume.fromClaim('backup', 'backups', '/backup', true),
      ],
    },
  }));
  expect(metadata.labels).toEqual({
    'team': 'shop', 'app.kubernetes.io/name': 'nats', 'app.kubernetes.io/instance': 'nats', 'app.kubernetes.io/component': 'nats',
  });
  expect(metadata.annotations).toMatchObject({ note: 'mine' });
  expect(spec).toMatchObject({ nodeSelector: { disk: 'ssd' }, priorityClassName: 'high' });
  expect(spec.tolerations).toEqual([
    { key: 'nats', operator: 'Equal', value: 'only', effect: 'NoSchedule' }, { key: 'disk', operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 60 },
  ]);
  expect(spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms).toEqual([{ matchExpressions: [{ key: 'a', operator: 'Exists' }] }]);
  expect(spec.containers[0].env.slice(-3)).toEqual([
    { name: 'A', value: 'b' }, { name: 'S', valueFrom: { secretKeyRef: { name: 's', key: 'k' } } }, { name: 'IP', valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } },
  ]);
  expect(spec.volumes.slice(-4)).toEqual([
    { name: 'more', configMap: { name: 'more-config' } }, { name: 'certs', secret: { secretName: 'my-certs', defaultMode: 0o440 } },
    { name: 'scratch', emptyDir: { sizeLimit: '10Mi' } }, { name: 'backup', persistentVolumeClaim: { claimName: 'backups', readOnly: true } },
  ]);
  expect(spec.containers[0].volumeMounts.slice(-4).map(({ mountPath }: { mountPath: string }) => mountPath)).toEqual(['/etc/more', '/etc/certs', '/scratch', '/backup']);
});

describe('volumes of JetStream', () => {
  test('are claims, complete enough that nothing differs in the cluster, and stay', () => {
    const set = setOf(newCluster({ jetStream: { fileStore: { size: Size.gibibytes(1.5), storageClassName: 'fast' } } }));
    expect(set.volumeClaimTemplates).toEqual([{
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name: 'nats-js' },
      spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1536Mi' } }, storageClassName: 'fast', volumeMode: 'Filesystem' },
    }]);
    expect(set.persistentVolumeClaimRetentionPolicy).toEqual({ whenDeleted: 'Retain', whenScaled: 'Retain' });
    expect(set.template.spec.containers[0].volumeMounts).toContainEqual({ name: 'nats-js', mountPath: '/data' });
  });
  test('go where that is said', () => {
    const { persistentVolumeClaimRetentionPolicy, volumeClaimTemplates } = setOf(newCluster({
      jetStream: { fileStore: { deleteWithCluster: true, deleteWhenScaledDown: true, claimName: 'old-claims' } },
    }));
    expect(persistentVolumeClaimRetentionPolicy).toEqual({ whenDeleted: 'Delete', whenScaled: 'Delete' });
    expect(volumeClaimTemplates[0].metadata.name).toBe('old-claims');
  });
  test('are no claims for memory alone, whose directory is empty at each start', () => {
    const set = setOf(newCluster({ jetStream: { memoryStore: { maxSize: Size.mebibytes(1) } } }));
    expect(set.volumeClaimTemplates).toBeUndefined();
    expect(set.template.spec.volumes).toContainEqual({ name: 'jetstream', emptyDir: {} });
  });
});

describe('secrets', () => {
  const key = (name: string) => SecretKey.fromName(name, 'password');
  const cluster = () => newCluster({
    auth: NatsAuth.users({ name: 'b', password: key('two'), permissions: Permissions.all() }, { name: 'a', password: key('one'), permissions: Permissions.all() },
      { name: 'c', password: key('one'), permissions: Permissions.all() }),
  });

  test('reach the server once each, raw and in single quotes, after what they are made of', () => {
    expect(containerOf(cluster()).env.slice(-4)).toEqual([
      { name: 'SECRET_ONE_PASSWORD_CEF647_RAW', valueFrom: { secretKeyRef: { name: 'one', key: 'password' } } },
      { name: 'SECRET_ONE_PASSWORD_CEF647', value: "'$(SECRET_ONE_PASSWORD_CEF647_RAW)'" },
      { name: 'SECRET_TWO_PASSWORD_708405_RAW', valueFrom: { secretKeyRef: { name: 'two', key: 'password' } } },
      { name: 'SECRET_TWO_PASSWORD_708405', value: "'$(SECRET_TWO_PASSWORD_708405_RAW)'" },
    ]);
  });

  test('are checked in the container of the server before it starts, in words that Kubernetes leaves alone', () => {
    const [shell, option, script, name] = containerOf(cluster()).command;
    expect([shell, option, name]).toEqual(['/bin/sh', '-c', 'nats-server']);
    expect(script).toContain('check "$SECRET_ONE_PASSWORD_CEF647_RAW" \'key password of Secret one\'\n');
    expect(script).not.toMatch(/\$\$|\$\(/);
    expect(containerOf(cluster()).args).toEqual(['--config', '/etc/nats-config/nats.conf']);
  });

  test('need no check where there are none', () => {
    const hashed = { name: 'a', passwordHash: `$2a$11$${'a'.repeat(53)}`, permissions: Permissions.all() };
    expect(containerOf(newCluster({ auth: NatsAuth.users(hashed) })).command).toBeUndefined();
  });

  test('as files are mounted beside the configuration, for the server and for the reloader that watches them', () => {
    const passwordInclude = SecretKey.fromName('nats-users', 'shop.conf');
    const users = newCluster({ auth: NatsAuth.users({ name: 'shop', passwordInclude, permissions: Permissions.all() }) });
    const { containers: [server, reloader], volumes } = podOf(users).spec;
    const { name } = volumes.find(({ secret }: { secret?: { secretName: string } }) => secret?.secretName === 'nats-users');
    const mount = { name, mountPath: '/etc/nats-secrets/nats-users', readOnly: true };
    expect(server.volumeMounts).toContainEqual(mount);
    expect(reloader.volumeMounts).toContainEqual(mount);
    expect(reloader.args.slice(-4)).toEqual(['-config', '/etc/nats-config/nats.conf', '-config', '/etc/nats-secrets/nats-users/shop.conf']);
  });

  test('restart the servers when their revision changes', () => {
    expect(podOf(newCluster({ secretRevision: '2' })).metadata.annotations['cdk8s-nats/secret-revision']).toBe('2');
    expect(podOf(newCluster()).metadata.annotations).not.toHaveProperty('cdk8s-nats/secret-revision');
  });
});

describe('a changed option', () => {
  test('that a reload applies restarts nothing', () => {
    expect(checksum(newCluster({ limits: { maxConnections: 10 }, logging: { debug: true } }))).toBe(checksum(newCluster()));
    expect(checksum(newCluster({ replicas: 5 }))).toBe(checksum(newCluster()));
  });
  test.each([
    ['maxPending', { limits: { maxPending: Size.mebibytes(65) } }], ['JetStream', { jetStream: {} }], ['lame duck', { lameDuck: { duration: Duration.seconds(31) } }],
    ['a port', { ports: { client: 4223 } }],
  ])('that a reload refuses restarts the servers: %s', (_, props) => expect(checksum(newCluster(props))).not.toBe(checksum(newCluster())));
  test('that nobody knows restarts the servers', () => {
    const cluster = newCluster({ extraConfig: { something_new: 1 } });
    Rules.acknowledge(cluster, 'NATS-EXTRA-UNKNOWN', 'of a server that is newer than the library');
    expect(checksum(cluster)).not.toBe(checksum(newCluster()));
  });
});

describe('updates', () => {
  const fields = (props: Parameters<typeof newCluster>[0]) => {
    const { updateStrategy, minReadySeconds, podManagementPolicy } = setOf(newCluster(props));
    return { updateStrategy, minReadySeconds, podManagementPolicy };
  };
  test.each([
    ['one by one', {}, { updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 0 } }, minReadySeconds: 0 }],
    ['with time for streams to catch up', { jetStream: {} }, { updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 0 } }, minReadySeconds: 15 }],
    ['as a canary', { update: { partition: 2, minReady: Duration.seconds(60) } }, { updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 2 } }, minReadySeconds: 60 }],
    ['by hand', { update: { onDelete: true } }, { updateStrategy: { type: 'OnDelete' }, minReadySeconds: 0 }],
  ])('%s', (_, props, expected) => expect(fields(props)).toEqual({ ...expected, podManagementPolicy: 'Parallel' }));
});

describe('images', () => {
  test('are pinned, and come from one registry where one is named', () => {
    const images = (props: Parameters<typeof newCluster>[0]) => podOf(newCluster({ exporter: { scrapers }, ...props })).spec.containers
      .map(({ image }: { image: string }) => image);
    expect(images({})).toEqual(['nats:2.14.2-alpine', 'natsio/nats-server-config-reloader:0.23.0', 'natsio/prometheus-nats-exporter:0.20.1']);
    expect(images({ images: { registry: 'mirror.example.com', server: ContainerImage.of('nats', { registry: 'quay.io', tag: '2.14.2-alpine' }) } }))
      .toEqual(['quay.io/nats:2.14.2-alpine', 'mirror.example.com/natsio/nats-server-config-reloader:0.23.0', 'mirror.example.com/natsio/prometheus-nats-exporter:0.20.1']);
  });
  test('are pulled as said', () => {
    const { spec } = podOf(newCluster({ images: { pullSecrets: ['registry'], server: ContainerImage.of('nats', { tag: '1', pullPolicy: ImagePullPolicy.ALWAYS }) } }));
    expect(spec.imagePullSecrets).toEqual([{ name: 'registry' }]);
    expect(spec.containers[0].imagePullPolicy).toBe('Always');
  });
});

describe('sidecars', () => {
  test('without a reloader, nothing shares processes', () => {
    const { spec } = podOf(newCluster({ reloader: { enabled: false } }));
    expect(spec.containers).toHaveLength(1);
    expect(spec.shareProcessNamespace).toBeUndefined();
    expect(podOf(newCluster()).spec.shareProcessNamespace).toBe(true);
  });
  test('the exporter tells health, names servers by name, and as much of JetStream as asked', () => {
    expect(containerOf(newCluster({ exporter: { scrapers } }), 'prom-exporter').args).toEqual([
      '-port=7777', '-connz', '-routez', '-subz', '-varz', '-healthz', '-accstatz', '-prefix=nats', '-use_internal_server_name', 'http://localhost:8222/',
    ]);
    const { args, ports } = containerOf(newCluster({
      jetStream: {}, ports: { monitor: 9000, exporter: 9001 }, exporter: { scrapers, jetStreamDetail: JetStreamDetail.STREAMS },
    }), 'prom-exporter');
    expect(args).toEqual(expect.arrayContaining(['-port=9001', '-jsz=streams', 'http://localhost:9000/']));
    expect(ports).toEqual([{ name: 'prom-metrics', containerPort: 9001 }]);
    const { args: more } = containerOf(newCluster({ exporter: { scrapers }, gateway: { peers: scrapers }, leafNodes: { peers: scrapers } }), 'prom-exporter');
    expect(more).toEqual(expect.arrayContaining(['-leafz', '-gatewayz']));
  });
});
