import { App, Chart, Testing } from 'cdk8s';
import { TranslatedCase } from './cases';
import { Manifest } from './leaves';
import { NatsAuth, NatsCluster, Rules } from '../../src';

/** What a cluster with the props of a case becomes where the chart is installed as release `nats` in namespace `nats`. */
export function ourObjects({ props, guarded = [] }: TranslatedCase): Manifest[] {
  const chart = new Chart(new App(), 'nats', { namespace: 'nats' });
  const cluster = new NatsCluster(chart, 'nats', { auth: NatsAuth.none(), natsBox: {}, ...props });
  for (const rule of ['NATS-AUTH-NONE', ...guarded]) Rules.acknowledge(cluster, rule, 'a test of the chart asks for it');
  return Testing.synth(chart);
}
