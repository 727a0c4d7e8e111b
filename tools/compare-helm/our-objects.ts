import { App, Chart, Testing } from 'cdk8s';
import { Manifest } from './leaves';
import { NatsAuth, NatsCluster, NatsClusterProps, Rules } from '../../src';

/** What a cluster with these props becomes where the chart is installed as release `nats` in namespace `nats`. */
export function ourObjects(props: NatsClusterProps): Manifest[] {
  const chart = new Chart(new App(), 'nats', { namespace: 'nats' });
  const cluster = new NatsCluster(chart, 'nats', { auth: NatsAuth.none(), natsBox: {}, ...props });
  Rules.acknowledge(cluster, 'NATS-AUTH-NONE', 'the chart authenticates nobody');
  return Testing.synth(chart);
}
