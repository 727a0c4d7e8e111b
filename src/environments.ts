import { App, Size } from 'cdk8s';
import {
  FluxEventSeverity, JetStreamTarget, NatsAlertSeverity, NatsAuth, NatsPeer, NatsPlatform, NatsPlatformProps, NatsPlatformSlackRoute,
  Permissions, SecretKey, SlackAuth,
} from './index';
import { OrderProcessing, passwordOf } from './order-processing';

const { CRITICAL } = NatsAlertSeverity;
const { INFO } = FluxEventSeverity;

/** One server for developers, and the tools to look at it. */
export function dev(app: App = new App()): App {
  new NatsPlatform(app, 'nats', {
    development: true,
    replicas: 1,
    auth: NatsAuth.none(),
    natsBox: {},
    ...deliveredByFlux('dev', { channel: '#dev' }),
  });
  return app;
}

/** Production's shape without its disks: three servers with TLS everywhere, users, and streams in memory. */
export function staging(app: App = new App()): App {
  const { cluster, jetStream } = new NatsPlatform(app, 'nats', {
    certificates: {},
    jetStream: { memoryStore: { maxSize: Size.gibibytes(1) } },
    jetStreamController: {},
    ...watchedByPrometheus(),
    natsBox: { user: 'ops' },
    ...deliveredByFlux('staging', { channel: '#staging' }),
  });
  cluster.addUser('ops', { password: passwordOf('ops'), permissions: Permissions.all() });
  new OrderProcessing(jetStream, 'order-processing', { target: JetStreamTarget.cluster(cluster), users: cluster, maxBytes: Size.mebibytes(100) });
  return app;
}

/** Three servers on nodes and in zones of their own, with their own disks; an account for each team; clients from inside and outside, over TLS. */
export function production(app: App = new App()): App {
  const { cluster, jetStream } = new NatsPlatform(app, 'nats', {
    certificates: { dnsNames: ['nats.example.com'] },
    jetStream: { fileStore: { size: Size.gibibytes(50), storageClassName: 'fast-ssd' } },
    jetStreamController: {},
    limits: { maxPayload: Size.mebibytes(8), maxConnections: 10_000 },
    resources: { cpu: 2, memory: Size.gibibytes(8) },
    networkPolicy: { clients: [NatsPeer.namespaces({ 'nats-client': 'true' })] },
    external: { sourceRanges: ['203.0.113.0/24'], annotations: { 'external-dns.alpha.kubernetes.io/hostname': 'nats.example.com' } },
    ...watchedByPrometheus(),
    ...deliveredByFlux('production', { channel: '#incidents', alerts: [CRITICAL] }, { channel: '#nats', deliveries: false }, { channel: '#deployments', severity: INFO, alerts: [] }),
  });
  const orders = cluster.addAccount('ORDERS', { users: [{ name: 'orders-admin', password: passwordOf('orders-admin'), permissions: Permissions.all() }] });
  new OrderProcessing(jetStream, 'order-processing', { target: JetStreamTarget.account(orders), users: orders, maxBytes: Size.gibibytes(5) });
  cluster.addAccount('SENSORS', { jetStream: { enabled: false } }).addUser('sensors', { password: passwordOf('sensors'), permissions: mayUse('sensors.>') });
  cluster.systemAccount.addUser('sys', { password: passwordOf('sys'), permissions: Permissions.all() });
  return app;
}

/** The Prometheus of kube-prometheus-stack watches an environment. */
function watchedByPrometheus(): Pick<NatsPlatformProps, 'exporter' | 'monitoring'> {
  return { exporter: { scrapers: [NatsPeer.namespace('monitoring')] }, monitoring: { labels: { release: 'kube-prometheus-stack' } } };
}

/** Flux picks an environment up from the repository that it was bootstrapped with; it and the Alertmanager say in Slack what goes wrong. */
function deliveredByFlux(environment: string, ...routes: NatsPlatformSlackRoute[]): Pick<NatsPlatformProps, 'alerting' | 'delivery'> {
  return {
    alerting: { auth: SlackAuth.botToken(SecretKey.fromName('slack', 'token')), cluster: 'eu-1', environment, routes },
    delivery: { path: `./dist/${environment}` },
  };
}

function mayUse(...subjects: string[]): Permissions {
  return Permissions.of({ publish: { allow: subjects }, subscribe: { allow: subjects } });
}
