import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { PlatformNamespace } from './platform-namespace';
import { invalid } from '../core/mistake';
import { Rules } from '../core/rules';
import { SchemaCheck } from '../core/schema/schema-check';
import { AUTH_NONE } from '../nats/auth/rules';
import { NatsCluster } from '../nats/nats-cluster';
import { NatsClusterProps } from '../nats/nats-cluster-props';

/** A NATS platform: a cluster with all its props, and where it lives. */
export interface NatsPlatformProps extends NatsClusterProps {
  /**
   * Namespace of the cluster.
   * @default - the construct's id
   */
  readonly namespace?: string;
  /**
   * Whether the platform makes the namespace.
   * @default true
   */
  readonly createNamespace?: boolean;
  /**
   * Whether this is a development environment, where a cluster without authentication is nothing to ask about.
   * @default false
   */
  readonly development?: boolean;
}

/**
 * A NATS platform in one construct: one chart for each layer that a GitOps tool applies in order. `base` has the namespace, `nats` the cluster.
 *
 * Custom resources of the app are checked against their schemas, as `SchemaCheck.enable` does it.
 */
export class NatsPlatform extends Construct {
  /** The layer of what everything else needs. */
  public readonly base: Chart;
  /** The layer of the servers. */
  public readonly nats: Chart;
  /** The cluster. */
  public readonly cluster: NatsCluster;

  /**
   * @param scope the App; a chart, or a construct inside one, throws, because layers are applied one after the other
   */
  constructor(scope: Construct, id: string, props: NatsPlatformProps = {}) {
    super(scope, id);
    if (this.node.scopes.some(Chart.isChart)) {
      throw invalid(this, { what: 'a NatsPlatform stands inside a chart, but makes charts of its own', allowed: 'an App, or a construct of one', fix: 'new NatsPlatform(app, ...)' });
    }
    const { namespace = id, createNamespace = true, development = false } = props;
    this.base = new Chart(this, 'base');
    if (createNamespace) new PlatformNamespace(this.base, 'namespace', namespace);
    this.nats = new Chart(this, 'nats', { namespace });
    this.cluster = new NatsCluster(this.nats, 'cluster', { ...props, name: props.name ?? id });
    if (development) Rules.acknowledge(this.cluster, AUTH_NONE.id, 'a development environment');
    SchemaCheck.enable(this);
  }
}
