import { ApiObject, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { JetStreamAccountTls, renderAccountTls, tlsOfCluster } from './account-tls';
import { assetsOf, clusterOf, newAssets } from './assets-of';
import { JetStreamCredentials } from './jetstream-credentials';
import { ManagementUser, managementUser } from './management-user';
import { JETSTREAM_CONNECTION } from './target-rules';
import * as nack from '../../../imports/jetstream.nats.io';
import { requireSecret } from '../../core/required-secrets';
import { NatsAccount } from '../../nats/auth/nats-account';
import { NatsCluster } from '../../nats/nats-cluster';
import { NatsClusterBase } from '../../nats/nats-cluster-base';
import { AccountAssets } from '../assets/account-assets';
import { addDialedCluster } from '../controller/watches';
import { jetStreamResource } from '../jetstream-resource';

/** A connection of NACK to an account of NATS servers. */
export interface JetStreamAccountProps {
  /**
   * Name of the resource.
   * @default - id of the construct
   */
  readonly name?: string;
  /**
   * The account that it connects to. Exactly one of this and `cluster` must be given.
   * @default - `cluster`
   */
  readonly account?: NatsAccount;
  /**
   * The servers that it connects to, outside of all accounts or in the account to which `credentials` lead.
   * @default - `account`
   */
  readonly cluster?: NatsClusterBase;
  /**
   * How it logs in. Required where this app knows neither token nor users of a cluster that it deploys: in operator mode, and where the
   * authorization is included or in `extraConfig`.
   * @default - as a user `nack-<account>`, or `nack` outside of accounts, who is added and may manage streams and do nothing else: its name and password are in the
   * Secret `<cluster>-<account>-nack`, or `<cluster>-nack`, with keys `username` and `password`, in the namespaces of the cluster and of the resource. With the token, where
   * clients log in with one; with NACK's own certificate, where the servers map certificates to users; without credentials to a cluster that has no
   * authentication, or that this app does not deploy
   */
  readonly credentials?: JetStreamCredentials;
  /**
   * Name of the account to which `credentials` lead, in operator mode that of its JWT: alerts expect the streams there. A name that no account has throws where all accounts
   * are known, and so does one beside `account`.
   * @default - not known with `credentials`, so that no alert expects the streams
   */
  readonly accountName?: string;
  /**
   * What it believes the servers by, and shows them. NACK reads it from one Secret.
   * @default - as the cluster needs it, from the Secret with its CA, or from a Secret `<name>-client-tls` that the cluster's issuer makes; where that signs nothing in
   * this namespace, a Secret `<name>-tls` with `ca.crt`, and with `tls.crt` and `tls.key` where the servers verify certificates of clients, has to be there
   */
  readonly tls?: JetStreamAccountTls;
  /**
   * Whether connections begin with the TLS handshake.
   * @default - as the cluster does
   */
  readonly tlsFirst?: boolean;
  /**
   * JetStream domain to which requests go, where the servers that NACK reaches are leaf nodes of others.
   * @default - that of the servers
   */
  readonly domain?: string;
}

/** What a stream, bucket or consumer says of its connection. */
export interface AssetConnection {
  readonly account: string;
  readonly tlsFirst?: boolean;
  readonly jsDomain?: string;
}

/**
 * An Account of NACK: how the controller connects to an account of NATS servers, for the streams of one namespace.
 *
 * It is made by itself for each account, and each namespace, in which an app has streams; make one yourself for servers that this app does not deploy,
 * or to say how NACK logs in.
 *
 * @see https://github.com/nats-io/nack
 */
export class JetStreamAccount extends Construct {
  /** Name of the resource. */
  public readonly name: string;
  /** Namespace of the resource, and of the streams that use it; absent if the chart has none. */
  public readonly namespace?: string;
  /** The Account. */
  public readonly apiObject: ApiObject;
  /** @internal */
  public readonly _assets: AccountAssets;
  /** @internal Name of the account, where the program says it for one that it does not know. */
  public readonly _accountName?: string;
  /** @internal */
  public readonly _connection: AssetConnection;
  private readonly usedBy: string;

  constructor(scope: Construct, id: string, props: JetStreamAccountProps) {
    super(scope, id);
    const { account, cluster } = this.goal(props);
    const state = cluster._deployed();
    this.name = props.name ?? id;
    this.namespace = Chart.of(this).namespace;
    this._accountName = props.accountName;
    this.checkAccountName(props, cluster);
    this.usedBy = `JetStream account ${this.name}`;
    this._assets = account || (state && !props.credentials) ? assetsOf(account ?? cluster) : newAssets(this, cluster);
    const user = props.credentials ? undefined : this.userOf(cluster, account);
    const tls = props.tls ?? tlsOfCluster(cluster._clientTls, { name: this.name, namespace: this.namespace, userName: user?.name });
    this.checkKeys(tls);
    const tlsFirst = props.tlsFirst ?? cluster._clientTls?.handshakeFirst;
    this._connection = { account: this.name, tlsFirst: tlsFirst || undefined, jsDomain: props.domain };
    const credentials = props.credentials ?? user?.credentials ?? tokenOf(cluster);
    for (const { secret, value } of credentials?._needed ?? []) requireSecret(this, secret, { value, usedBy: this.usedBy });
    const spec = nack.toJson_AccountSpec({
      servers: cluster.clientUrl.split(',').map((url) => url.trim()),
      tls: tls && renderAccountTls(this, this.usedBy, tls),
      ...credentials?._rendered,
    });
    addDialedCluster(this, cluster, this.namespace);
    const readsSecrets = credentials !== undefined || tls !== undefined;
    this.apiObject = jetStreamResource(this, 'Account', { names: [this.name], name: this.name, spec, readsSecrets });
  }

  private goal({ account, cluster }: JetStreamAccountProps): { account?: NatsAccount; cluster: NatsClusterBase } {
    if ((account === undefined) === (cluster === undefined)) {
      throw JETSTREAM_CONNECTION.error(this, { what: `${account ? 'both account and cluster are' : 'neither account nor cluster is'} given`, allowed: 'exactly one of them' });
    }
    return { account, cluster: account ? clusterOf(account) : cluster! };
  }

  /** The user as whom NACK logs in, where it is one that this app adds. */
  private userOf(cluster: NatsClusterBase, account: NatsAccount | undefined): ManagementUser | undefined {
    if (!(cluster instanceof NatsCluster)) return undefined;
    const { mode = 'users', context: { saidInExtraConfig } } = cluster._deployed().auth;
    if (mode === 'users' && (account || !saidInExtraConfig)) return managementUser(cluster, account);
    if (mode === 'token' || mode === 'none') return undefined;
    throw JETSTREAM_CONNECTION.error(this, {
      what: `the users of ${cluster.node.path} are not known here (auth is ${saidInExtraConfig ? 'in extraConfig' : `NatsAuth.${mode}(...)`})`,
      allowed: 'a JetStreamAccount with credentials',
      fix: 'give the streams target: JetStreamTarget.connection(new JetStreamAccount(..., { cluster, credentials: JetStreamCredentials.creds(SecretKey.fromName(...)) }))',
    });
  }

  private checkAccountName({ account, accountName, credentials }: JetStreamAccountProps, cluster: NatsClusterBase): void {
    if (accountName === undefined) return;
    if (account || !credentials) {
      const why = account ? 'account is given' : 'no credentials lead to an account';
      throw JETSTREAM_CONNECTION.error(this, { what: `accountName is '${accountName}', and ${why}`, allowed: 'it with credentials', fix: 'leave it out' });
    }
    const { operator } = cluster._deployed()?.auth ?? {};
    const names = operator?.resolver._kind === 'memory' ? operator.accounts.map(({ key, name = key }) => name) : undefined;
    if (!names || names.includes(accountName)) return;
    throw JETSTREAM_CONNECTION.error(this, { what: `accountName is '${accountName}', and no JWT of preload has this name`, allowed: names.sort().join(', ') });
  }

  private checkKeys(tls: JetStreamAccountTls | undefined): void {
    if ((tls?.certKey === undefined) === (tls?.keyKey === undefined)) return;
    throw JETSTREAM_CONNECTION.error(this, { what: `tls has ${tls?.certKey === undefined ? 'keyKey without certKey' : 'certKey without keyKey'}`, allowed: 'both or none' });
  }
}

function tokenOf(cluster: NatsClusterBase): JetStreamCredentials | undefined {
  const token = cluster._deployed()?.auth.token;
  return token && JetStreamCredentials.token(token);
}
