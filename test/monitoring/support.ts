import { App, Chart } from 'cdk8s';
import { JetStreamController, NatsCluster, NatsClusterProps, NatsPeer } from '../../src';
import { Manifest, Manifests, someAuth } from '../support';

/** Who may scrape in these tests. */
export const scrapers = [NatsPeer.namespace('monitoring')];

/** A cluster named nats in namespace messaging, with an exporter and JetStream. */
export function watchedCluster(props: NatsClusterProps = {}): NatsCluster {
  const app = new App();
  JetStreamController.external(app);
  return new NatsCluster(new Chart(app, 'test', { namespace: 'messaging' }), 'nats', { auth: props.accounts ? undefined : someAuth, jetStream: {}, exporter: { scrapers }, ...props });
}

/** The spec of an object of the app in which a cluster stands. */
export function specOf(cluster: NatsCluster, kind: string, name: string = 'nats'): Manifest {
  return Manifests.ofApp(cluster.node.root as App).get(kind, name).spec;
}
