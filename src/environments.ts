import { App, Size } from 'cdk8s';
import { NatsAuth, NatsPeer, NatsPlatform, Permissions, SecretKey } from './index';

/** One server for developers, and the tools to look at it. */
export function dev(): App {
  const app = new App();
  new NatsPlatform(app, 'nats', { development: true, replicas: 1, auth: NatsAuth.none(), natsBox: {} });
  return app;
}

/** Production's shape without its disks: three servers, users, and streams in memory. */
export function staging(): App {
  const app = new App();
  const { cluster } = new NatsPlatform(app, 'nats', {
    jetStream: { memoryStore: { maxSize: Size.gibibytes(1) } },
    exporter: { scrapers: [NatsPeer.namespace('monitoring')] },
    natsBox: { user: 'ops' },
  });
  cluster.addUser('ops', { password: SecretKey.fromName('nats-ops', 'password'), permissions: Permissions.all() });
  cluster.addUser('shop', {
    password: SecretKey.fromName('nats-shop', 'password'),
    permissions: Permissions.of({ publish: { allow: ['orders.>'] }, subscribe: { allow: ['orders.>'] } }),
  });
  return app;
}

/** Three servers on nodes and in zones of their own, with their own disks. */
export function production(): App {
  const app = new App();
  new NatsPlatform(app, 'nats', {
    auth: NatsAuth.token(SecretKey.fromName('nats-auth', 'token')),
    jetStream: { fileStore: { size: Size.gibibytes(50), storageClassName: 'fast-ssd' } },
    limits: { maxPayload: Size.mebibytes(8), maxConnections: 10_000 },
    resources: { cpu: 2, memory: Size.gibibytes(8) },
    networkPolicy: { clients: [NatsPeer.namespaces({ 'nats-client': 'true' })] },
    exporter: { scrapers: [NatsPeer.namespace('monitoring')], podMonitor: { labels: { release: 'kube-prometheus-stack' } } },
  });
  return app;
}
