import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { assetsOf, clusterOf } from './assets-of';
import { AssetConnection, JetStreamAccount } from './jetstream-account';
import { JETSTREAM_CONNECTION, JETSTREAM_TARGET } from './target-rules';
import { NatsAccount } from '../../nats/auth/nats-account';
import { NatsClusterBase } from '../../nats/nats-cluster-base';
import { AccountAssets } from '../assets/account-assets';
import { slug } from '../resource-name';

/** Where streams and buckets are: in which account of which servers. */
export class JetStreamTarget {
  /**
   * In a cluster without accounts, or one that exists already and asks for no credentials.
   *
   * Servers without JetStream throw; accounts beside it fail the synth, because the servers then have no JetStream outside of them.
   */
  public static cluster(cluster: NatsClusterBase): JetStreamTarget {
    return new JetStreamTarget(cluster);
  }

  /** In an account of a cluster of this app. The system account, and one without JetStream, throw. */
  public static account(account: NatsAccount): JetStreamTarget {
    return new JetStreamTarget(account);
  }

  /** In the account that a connection leads to. It must be in the namespace of what uses it: another throws. */
  public static connection(connection: JetStreamAccount): JetStreamTarget {
    return new JetStreamTarget(connection);
  }

  private constructor(private readonly to: NatsClusterBase | NatsAccount | JetStreamAccount) {}

  /** @internal */
  public get _assets(): AccountAssets {
    return this.to instanceof JetStreamAccount ? this.to._assets : assetsOf(this.to);
  }

  /** @internal How NACK reaches the account for a resource. */
  public _connectionFor(scope: Construct): AssetConnection {
    if (this.to.node.root !== scope.node.root) {
      throw JETSTREAM_TARGET.error(scope, {
        what: `the target ${this.to.node.path} is in another app`, allowed: 'a target of the same app', fix: 'give target: JetStreamTarget.cluster(NatsCluster.fromUrl(...))',
      });
    }
    return this.to instanceof JetStreamAccount ? givenConnection(this.to, scope) : madeConnection(this.to, scope);
  }
}

function givenConnection(connection: JetStreamAccount, scope: Construct): AssetConnection {
  const { namespace } = Chart.of(scope);
  if (connection.namespace !== namespace) {
    throw JETSTREAM_CONNECTION.error(scope, {
      what: `the connection ${connection.node.path} is in ${inWords(connection.namespace)}, and this is in ${inWords(namespace)}`,
      allowed: 'a connection in the same namespace, where alone NACK looks for it',
      fix: 'make a JetStreamAccount in a chart of this namespace',
    });
  }
  return connection._connection;
}

/** The connections that are made by themselves: one for each account and namespace. */
const made = new WeakMap<Construct, Map<string | undefined, JetStreamAccount>>();

function madeConnection(to: NatsClusterBase | NatsAccount, scope: Construct): AssetConnection {
  const chart = Chart.of(scope);
  const byNamespace = made.get(to) ?? new Map<string | undefined, JetStreamAccount>();
  const present = byNamespace.get(chart.namespace);
  if (present) return present._connection;
  const account = to instanceof NatsAccount ? to : undefined;
  const cluster = account ? clusterOf(account) : to as NatsClusterBase;
  const state = cluster._deployed();
  const elsewhere = state?.namespace !== undefined && state.namespace !== chart.namespace;
  const name = [...elsewhere ? [state.namespace!] : [], state?.name ?? slug(cluster.node.id), ...account ? [slug(account.accountName)] : []].join('-');
  const connection = new JetStreamAccount(chart, `jetstream-account-${name}`, { name, ...account ? { account } : { cluster } });
  made.set(to, byNamespace.set(chart.namespace, connection));
  return connection._connection;
}

function inWords(namespace: string | undefined): string {
  return namespace === undefined ? 'the default namespace' : `namespace '${namespace}'`;
}
