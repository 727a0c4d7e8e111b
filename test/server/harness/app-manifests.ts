import { App, Chart } from 'cdk8s';
import { NatsCluster } from '../../../src';
import { Manifests } from '../../support';

/** The objects of an app's one cluster. */
export function manifestsOf(app: App): Manifests {
  const clusters = app.node.findAll().filter((construct) => construct instanceof NatsCluster);
  if (clusters.length !== 1) throw new Error(`there are ${clusters.length} clusters`);
  return Manifests.of(Chart.of(clusters[0]));
}
