import { App, Chart } from 'cdk8s';
import { JetStreamController, NatsAuth, NatsCluster, NatsClusterProps, NatsPeer, NatsResolver } from '../../src';
import { ACCOUNT_JWTS, OPERATOR_JWTS } from '../server/operator-jwts';
import { Manifest, Manifests, someAuth } from '../support';

/** Who may scrape in these tests. */
export const scrapers = [NatsPeer.namespace('monitoring')];

/** A cluster named nats in namespace messaging, with an exporter and JetStream. */
export function watchedCluster(props: NatsClusterProps = {}): NatsCluster {
  const app = new App();
  JetStreamController.external(app);
  return new NatsCluster(new Chart(app, 'test', { namespace: 'messaging' }), 'nats', { auth: props.accounts ? undefined : someAuth, jetStream: {}, exporter: { scrapers }, ...props });
}

/** Operator mode, in which the servers alone know the accounts. */
export function operatorMode(): NatsAuth {
  const [[systemAccount, jwt]] = Object.entries(ACCOUNT_JWTS[0]);
  return NatsAuth.operator({ operators: [OPERATOR_JWTS.operator], systemAccount, resolver: NatsResolver.full(), preload: [jwt] });
}

/** The spec of an object of the app in which a cluster stands. */
export function specOf(cluster: NatsCluster, kind: string, name: string = 'nats'): Manifest {
  return Manifests.ofApp(cluster.node.root as App).get(kind, name).spec;
}
