import { AlertContext } from './alert-rule';
import { NatsCluster } from '../../nats/nats-cluster';

/** How many connections of leaf nodes the app declares for a cluster: each server has one to each of its remotes, and each server of another cluster that names this one has one to it. */
export function expectedLeafNodes({ cluster, state: { replicas, leafRemotes } }: AlertContext): number {
  const outgoing = leafRemotes.filter(({ options }) => !options.disabled).length * replicas;
  const clusters = cluster.node.root.node.findAll().filter((construct): construct is NatsCluster => construct instanceof NatsCluster);
  const incoming = clusters.reduce((sum, other) => {
    const state = other._deployed();
    return sum + state.leafRemotes.filter(({ options }) => options.cluster === cluster && !options.disabled).length * state.replicas;
  }, 0);
  return outgoing + incoming;
}
