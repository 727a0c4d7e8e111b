import { ApiObject, App, Chart, Size } from 'cdk8s';
import {
  CertificateAuthority, JetStreamController, JetStreamControllerScraping, JetStreamStream, JetStreamTarget, NatsAlerts, NatsAlertsProps, NatsCluster,
  NatsClusterProps, NatsPeer, NatsRemoteGateway, NatsTls, StreamDiscard, StreamOrigin,
} from '../../src';
import { Manifests, someAuth, someUser } from '../support';
import { RuleGroups } from './harness/promtool';
import { operatorMode } from '../monitoring/support';

const scrapers = [NatsPeer.namespace('monitoring')];

/** The rules of an app in which everything is declared on which there are alerts, but for gateways. */
export function fullRules(options: Partial<NatsAlertsProps> = {}): RuleGroups {
  const { app, chart, cluster } = appWith({
    jetStream: { domain: 'leaf', fileStore: {}, memoryStore: { maxSize: Size.mebibytes(500) } },
    leafNodes: { remotes: [{ urls: ['nats://hub.example.com:7422'] }] },
  });
  const account = cluster.addAccount('ORDERS', { users: [{ name: 'admin', ...someUser }], jetStream: { maxStorage: Size.gibibytes(5), maxMemory: Size.gibibytes(1) }, limits: { maxConnections: 100 } });
  new JetStreamControllerScraping(chart, 'nack-scraping', { controller: new JetStreamController(chart, 'nack', { cluster, scrapers }) });
  const target = JetStreamTarget.account(account);
  const orders = new JetStreamStream(chart, 'orders', { target, subjects: ['orders.>'] });
  orders.addConsumer('billing');
  new JetStreamStream(chart, 'jobs', { target, subjects: ['jobs.>'], discard: StreamDiscard.NEW, maxBytes: Size.kibibytes(1), maxMsgs: 100 });
  new JetStreamStream(chart, 'archive', { target, mirror: StreamOrigin.stream(orders) });
  new ApiObject(chart, 'flux', { apiVersion: 'kustomize.toolkit.fluxcd.io/v1', kind: 'Kustomization', metadata: { name: 'nats', namespace: 'flux-system' } });
  return rulesOf(app, chart, cluster, options);
}

/** The rules of a cluster with a gateway to another of three servers. */
export function gatewayRules(): RuleGroups {
  const { app, chart, cluster } = appWith({ auth: someAuth, jetStream: {}, clusterName: 'east', serverNamePrefix: 'east-', gateway: { peers: scrapers } });
  const west = NatsCluster.fromUrl(chart, 'west', 'nats://west.example.com', { clusterName: 'west', gatewayUrl: 'nats://west.example.com:7222', serverCount: 3 });
  cluster.addRemoteGateway(NatsRemoteGateway.cluster(west));
  return rulesOf(app, chart, cluster, {});
}

/** The rules of one server alone. */
export function singleRules(): RuleGroups {
  const { app, chart, cluster } = appWith({ replicas: 1, auth: someAuth, jetStream: {} });
  return rulesOf(app, chart, cluster, {});
}

/** The rules of servers in operator mode, who alone know the limits of accounts. */
export function operatorRules(): RuleGroups {
  const { app, chart, cluster } = appWith({ auth: operatorMode(), jetStream: {} });
  return rulesOf(app, chart, cluster, {});
}

function appWith(props: NatsClusterProps) {
  const app = new App();
  const chart = new Chart(app, 'messaging', { namespace: 'messaging' });
  const tls = NatsTls.fromAuthority(new CertificateAuthority(chart, 'ca'));
  return { app, chart, cluster: new NatsCluster(chart, 'nats', { exporter: { scrapers }, tls, ...props }) };
}

function rulesOf(app: App, chart: Chart, cluster: NatsCluster, options: Partial<NatsAlertsProps>): RuleGroups {
  new NatsAlerts(chart, 'alerts', { cluster, ...options });
  return Manifests.ofApp(app).get('PrometheusRule', 'nats').spec;
}
