import { App, Chart, Testing } from 'cdk8s';
import { NatsAuth, NatsCluster, NatsClusterProps, Permissions, SecretKey } from '../src';

/** Auth for tests that are about something else. */
export const someAuth = NatsAuth.token(SecretKey.fromName('nats-auth', 'token'));
/** A user for tests that are about something else. */
export const someUser = { password: SecretKey.fromName('shop-nats', 'password'), permissions: Permissions.all() };

export interface Manifest {
  readonly [field: string]: any;
}

/** The objects of a chart, to be found by kind and name. */
export class Manifests {
  public static of(chart: Chart): Manifests {
    return new Manifests(Testing.synth(chart));
  }

  public static ofApp(app: App): Manifests {
    return new Manifests(app.charts.flatMap((chart) => Testing.synth(chart)));
  }

  private constructor(public readonly all: Manifest[]) {}

  public get(kind: string, name: string): Manifest {
    const found = this.find(kind, name);
    if (!found) throw new Error(`there is no ${kind} ${name} among ${this.all.map((object) => `${object.kind} ${object.metadata.name}`).join(', ')}`);
    return found;
  }

  public find(kind: string, name: string): Manifest | undefined {
    return this.all.find((object) => object.kind === kind && object.metadata.name === name);
  }

  public kinds(): string[] {
    return this.all.map(({ kind }) => kind).sort();
  }
}

export function newChart(): Chart {
  return new Chart(new App(), 'test', { namespace: 'messaging' });
}

/** A cluster named nats with a token, unless the props say otherwise. */
export function newCluster(props: NatsClusterProps = {}): NatsCluster {
  return new NatsCluster(newChart(), 'nats', { auth: someAuth, ...props });
}

/** The objects of the chart in which a construct stands. */
export function synth(cluster: NatsCluster): Manifests {
  return Manifests.of(Chart.of(cluster));
}

/** nats.conf of a cluster. */
export function confOf(cluster: NatsCluster): string {
  return synth(cluster).get('ConfigMap', cluster.configMap.name).data['nats.conf'];
}

/** The pod of a cluster's servers. */
export function podOf(cluster: NatsCluster): Manifest {
  return synth(cluster).get('StatefulSet', cluster.statefulSet.name).spec.template;
}

/** A container of the servers' pod. */
export function containerOf(cluster: NatsCluster, name: string = 'nats'): Manifest {
  return podOf(cluster).spec.containers.find((container: Manifest) => container.name === name);
}
