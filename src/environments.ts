import { App, Size } from 'cdk8s';
import { NatsAuth, NatsPeer, NatsPlatform, Permissions, SecretKey } from './index';

/** One server for developers, and the tools to look at it. */
export function dev(app: App = new App()): App {
  new NatsPlatform(app, 'nats', { development: true, replicas: 1, auth: NatsAuth.none(), natsBox: {} });
  return app;
}

/** Production's shape without its disks: three servers with TLS everywhere, users, and streams in memory. */
export function staging(app: App = new App()): App {
  const { cluster } = new NatsPlatform(app, 'nats', {
    certificates: {},
    jetStream: { memoryStore: { maxSize: Size.gibibytes(1) } },
    exporter: { scrapers: [NatsPeer.namespace('monitoring')] },
    natsBox: { user: 'ops' },
  });
  cluster.addUser('ops', { password: passwordOf('ops'), permissions: Permissions.all() });
  cluster.addUser('shop', { password: passwordOf('shop'), permissions: mayUse('orders.>') });
  return app;
}

/** Three servers on nodes and in zones of their own, with their own disks; an account for each team; clients from inside and outside, over TLS. */
export function production(app: App = new App()): App {
  const { cluster } = new NatsPlatform(app, 'nats', {
    certificates: { dnsNames: ['nats.example.com'] },
    jetStream: { fileStore: { size: Size.gibibytes(50), storageClassName: 'fast-ssd' } },
    limits: { maxPayload: Size.mebibytes(8), maxConnections: 10_000 },
    resources: { cpu: 2, memory: Size.gibibytes(8) },
    networkPolicy: { clients: [NatsPeer.namespaces({ 'nats-client': 'true' })] },
    external: { sourceRanges: ['203.0.113.0/24'], annotations: { 'external-dns.alpha.kubernetes.io/hostname': 'nats.example.com' } },
    exporter: { scrapers: [NatsPeer.namespace('monitoring')], podMonitor: { labels: { release: 'kube-prometheus-stack' } } },
  });
  const orders = cluster.addAccount('ORDERS');
  orders.addUser('orders-admin', { password: passwordOf('orders-admin'), permissions: Permissions.all() });
  orders.addUser('shop', { password: passwordOf('shop'), permissions: mayUse('orders.>') });
  cluster.addAccount('SENSORS', { jetStream: { enabled: false } }).addUser('sensors', { password: passwordOf('sensors'), permissions: mayUse('sensors.>') });
  cluster.systemAccount.addUser('sys', { password: passwordOf('sys'), permissions: Permissions.all() });
  return app;
}

/** Each password is in a Secret of its own, so that each team gets one and no other. */
function passwordOf(user: string): SecretKey {
  return SecretKey.fromName(`nats-${user}`, 'password');
}

function mayUse(...subjects: string[]): Permissions {
  return Permissions.of({ publish: { allow: subjects }, subscribe: { allow: subjects } });
}
