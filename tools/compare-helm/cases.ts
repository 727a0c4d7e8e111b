import { Size } from 'cdk8s';
import { Manifest } from './leaves';
import {
  NatsAuth, NatsClientCertificate, NatsClusterProps, NatsListener, NatsResolver, NatsServiceType, NatsTls, NatsTlsCa, Permissions, SecretKey,
} from '../../src';
import { ACCOUNT_JWTS, OPERATOR_JWTS } from '../../test/server/operator-jwts';

/** What one of the chart's own tests gives it, in the chart's words and in ours. */
export interface TranslatedCase {
  readonly values: object;
  readonly props: NatsClusterProps;
  /** The rules that guard against what the test asks for. */
  readonly guarded?: string[];
  /** What the Secrets hold to which our objects refer: Secret -> key -> value. */
  readonly secrets?: { readonly [secret: string]: { readonly [key: string]: string } };
}

/** The chart's tests by name. */
export const TRANSLATED: { readonly [test: string]: TranslatedCase } = {
  TestDefaultValues: {
    values: {},
    props: { replicas: 1 },
  },
  TestConfigJetStreamCluster: {
    values: { config: { cluster: { enabled: true }, jetstream: { enabled: true } } },
    props: { jetStream: {} },
  },
  TestConfigOptions: {
    values: {
      config: {
        jetstream: {
          enabled: true,
          fileStore: { dir: '/mnt', pvc: { size: '5Gi', storageClassName: 'gp3' }, maxSize: '1Gi' },
          memoryStore: { enabled: true, maxSize: '2Gi' },
        },
        cluster: { enabled: true, replicas: 2, routeURLs: { user: 'foo', password: 'bar', useFQDN: true, k8sClusterDomain: 'foo.bar.local' } },
        resolver: { enabled: true, dir: '/mnt/resolver', pvc: { size: '5Gi', storageClassName: 'gp3' } },
        serverNamePrefix: 'test_',
      },
    },
    props: {
      replicas: 2,
      serverNamePrefix: 'test_',
      jetStream: {
        fileStore: { directory: '/mnt', size: Size.gibibytes(5), storageClassName: 'gp3', maxSize: Size.gibibytes(1) },
        memoryStore: { maxSize: Size.gibibytes(2) },
      },
      resources: { memory: Size.gibibytes(4) },
      routes: {
        fullyQualified: true,
        clusterDomain: 'foo.bar.local',
        authorization: { user: 'foo', password: SecretKey.fromName('nats-routes', 'password') },
      },
      auth: NatsAuth.operator({
        operators: [OPERATOR_JWTS.operator],
        systemAccount: Object.keys(ACCOUNT_JWTS[0])[0],
        resolver: NatsResolver.full({ directory: '/mnt/resolver', size: Size.gibibytes(5), storageClassName: 'gp3' }),
      }),
      natsBox: { contexts: [{ name: 'default', credentials: SecretKey.fromName('nats-box', 'nats.creds') }] },
    },
    guarded: ['NATS-REPLICAS-EVEN'],
    secrets: { 'nats-routes': { password: 'bar' } },
  },
  TestPorts: {
    values: {
      config: {
        cluster: { enabled: true, port: 1005 },
        nats: { port: 1001 },
        leafnodes: { enabled: true, port: 1002 },
        websocket: { enabled: true, port: 1003 },
        mqtt: { enabled: true, port: 1004 },
        gateway: { enabled: true, port: 1006 },
        monitor: { port: 1007 },
        profiling: { enabled: true, port: 1008 },
      },
      container: { ports: inChart((number) => ({ hostPort: 2000 + number })) },
      service: { merge: { spec: { type: 'NodePort' } }, ports: inChart((number) => ({ enabled: true, port: 3000 + number, nodePort: 4000 + number })) },
    },
    props: {
      ports: { client: 1001, leafNodes: 1002, webSocket: 1003, mqtt: 1004, cluster: 1005, gateway: 1006, monitor: 1007, profiling: 1008 },
      leafNodes: {},
      webSocket: {},
      mqtt: {},
      gateway: {},
      profiling: {},
      clusterName: 'nats',
      serverNamePrefix: '',
      pod: {
        hostPorts: { client: 2001, leafNodes: 2002, webSocket: 2003, mqtt: 2004, cluster: 2005, gateway: 2006, monitor: 2007, profiling: 2008 },
      },
      service: {
        type: NatsServiceType.NODE_PORT,
        sourceRanges: ['0.0.0.0/0'],
        ports: [
          NatsListener.CLIENT, NatsListener.LEAF_NODES, NatsListener.WEB_SOCKET, NatsListener.MQTT,
          NatsListener.CLUSTER, NatsListener.GATEWAY, NatsListener.MONITOR, NatsListener.PROFILING,
        ].map((listener, index) => ({ listener, port: 3001 + index, nodePort: 4001 + index })),
      },
    },
    guarded: [
      'NATS-HOST-PORT', 'NATS-SERVERS-OPEN', 'NATS-PLAIN-OUTSIDE', 'NATS-MONITORING-OPEN', 'NATS-PROFILING-OPEN', 'NATS-WEB-SOCKET-PLAIN', 'NATS-NODE-PORT-RANGE',
      'NATS-MQTT-JETSTREAM-ELSEWHERE',
    ],
  },
  TestConfigTls: {
    values: {
      config: {
        cluster: { enabled: true, tls: { enabled: true, secretName: 'cluster-tls' } },
        nats: {
          tls: {
            enabled: true,
            secretName: 'nats-tls',
            merge: { ca_file: '/etc/my-ca/ca.crt', verify_cert_and_check_known_urls: true },
            patch: [{ op: 'add', path: '/verify_and_map', value: true }],
          },
        },
        leafnodes: { enabled: true, tls: { enabled: true, secretName: 'leafnodes-tls' } },
        websocket: { enabled: true, tls: { enabled: true, secretName: 'websocket-tls' } },
        mqtt: { enabled: true, tls: { enabled: true, secretName: 'mqtt-tls' } },
        gateway: { enabled: true, tls: { enabled: true, secretName: 'gateway-tls' } },
        monitor: { tls: { enabled: true } },
      },
    },
    props: {
      tls: NatsTls.fromSecret('nats-tls', { ca: NatsTlsCa.fromPath('/etc/my-ca/ca.crt'), verifyAndMap: true }),
      routes: { tls: withoutCa('cluster-tls') },
      leafNodes: { tls: withoutCa('leafnodes-tls') },
      webSocket: { tls: withoutCa('websocket-tls') },
      mqtt: { tls: withoutCa('mqtt-tls') },
      gateway: { tls: withoutCa('gateway-tls') },
      httpsMonitoring: true,
      clusterName: 'nats',
      serverNamePrefix: '',
      auth: NatsAuth.users({ name: 'box', certificateSubject: 'CN=box', permissions: Permissions.all() }),
      natsBox: { user: 'box', certificate: NatsClientCertificate.fromSecret('box-tls') },
    },
    guarded: ['NATS-TLS-SYSTEM-CAS', 'NATS-LISTENER-CLOSED', 'NATS-MQTT-JETSTREAM-ELSEWHERE'],
  },
};

/** What the chart is told of each port, by the chart's names of them, in the order of the test's numbers. */
function inChart(of: (number: number) => Manifest): Manifest {
  return Object.fromEntries(['nats', 'leafnodes', 'websocket', 'mqtt', 'cluster', 'gateway', 'monitor', 'profiling'].map((name, index) => [name, of(index + 1)]));
}

/** As the chart has it, which believes the CAs of the image unless it is told otherwise. */
function withoutCa(secretName: string): NatsTls {
  return NatsTls.fromSecret(secretName, { ca: NatsTlsCa.system() });
}
