import { Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { NatsLeafNodeRemote } from './leaf-node-remote';
import { renderRemote, ResolvedRemote } from './leaf-node-remotes';
import { defineRule, RuleLevel } from '../../core/rule';
import { assertSecretKey, SecretKey } from '../../core/secret-key';
import { checkAuthTimeout } from '../auth/auth-timeout';
import { SecretVariables } from '../auth/secret-variables';
import { ConfBlock, ConfValue } from '../conf/conf-value';
import { checkAdvertised } from '../network/advertise';
import { NatsPeer } from '../network/nats-peer';
import { RouteCompression } from '../network/routes';
import { SecretFiles } from '../pod/secret-files';
import { NatsTls } from '../tls/nats-tls';

export const LEAF_NODES = defineRule({
  id: 'NATS-LEAF-NODES',
  level: RuleLevel.ERROR,
  statement: 'Leaf nodes are listened for, or there are remotes; users of leaf nodes have names of their own and passwords, and minVersion is 2.8.0 or later.',
  source: 'https://docs.nats.io/running-a-nats-service/configuration/leafnodes; nats-server: "the minimum version should be at least 2.8.0"',
});

export const LEAF_DOMAIN = defineRule({
  id: 'NATS-LEAF-DOMAIN',
  level: RuleLevel.WARNING,
  statement: 'A cluster with JetStream that is a leaf node of another has a JetStream domain of its own; without one, the API of the hub is not reachable from it.',
  source: 'https://docs.nats.io/running-a-nats-service/configuration/leafnodes/jetstream_leafnodes',
});

/** A user as whom leaf nodes log in, apart from the users of clients. */
export interface NatsLeafNodeUser {
  /** User. Another leaf node user of this name throws. */
  readonly user: string;
  /** Where the password is: a key of a Secret in the cluster's namespace. */
  readonly password: SecretKey;
  /**
   * Account to which its leaf nodes belong.
   * @default - the account of clients that name none
   */
  readonly account?: string;
}

/**
 * Leaf nodes: other servers that connect to these, or others to which these connect.
 * @see https://docs.nats.io/running-a-nats-service/configuration/leafnodes
 */
export interface NatsLeafNodeOptions {
  /**
   * TLS of the listener.
   * @default - the cluster's `tls`
   */
  readonly tls?: NatsTls;
  /**
   * Whether other servers may connect to these.
   * @default - true, unless there are `remotes`
   */
  readonly listen?: boolean;
  /**
   * Clusters to which the servers connect.
   * @default - none
   */
  readonly remotes?: NatsLeafNodeRemote[];
  /**
   * Whether the servers tell leaf nodes each other's addresses.
   * @default - true with `advertiseAddress`, else false
   */
  readonly advertise?: boolean;
  /**
   * Address that they tell, where leaf nodes cannot reach the addresses of pods: a host and a port. `$(POD_NAME)` and `$(HOST_IP)` in it stand for the name of
   * the pod and the address of its node.
   * @default - the addresses of the pods
   */
  readonly advertiseAddress?: string;
  /**
   * Users as whom leaf nodes log in.
   * @default - the users of clients
   */
  readonly users?: NatsLeafNodeUser[];
  /**
   * Account of leaf nodes that log in as nobody.
   * @default - the account of clients that name none
   */
  readonly account?: string;
  /**
   * How long a leaf node has for logging in, in whole seconds; at most a minute.
   * @default - the server's: 2 s
   */
  readonly authTimeout?: Duration;
  /**
   * The oldest nats-server that may connect, such as `2.12.0`; from 2.8.0.
   * @default - any
   */
  readonly minVersion?: string;
  /**
   * Compression. Applied by reload.
   * @default - the server's: RouteCompression.S2_AUTO
   */
  readonly compression?: RouteCompression;
  /**
   * Whether leaf nodes do not learn the interest of one another.
   * @default false
   */
  readonly isolateInterest?: boolean;
  /**
   * How long the servers wait before they connect to a remote again.
   * @default - the server's: 1 s
   */
  readonly reconnect?: Duration;
  /**
   * How long connecting to a remote may take. From nats-server 2.15.
   * @default - the server's: 1 s
   */
  readonly dialTimeout?: Duration;
  /**
   * How long one write to a leaf node may take.
   * @default - the server's: 10 s
   */
  readonly writeDeadline?: Duration;
  /**
   * Who may reach the listener, besides leaf nodes of this app whose remote is this cluster.
   * @default - nobody
   */
  readonly peers?: NatsPeer[];
}

/** Whether other servers may connect. */
export function listensForLeafNodes(options: NatsLeafNodeOptions | undefined): boolean {
  return options !== undefined && (options.listen ?? !options.remotes?.length);
}

const ONLY_WHERE_LISTENED: (keyof NatsLeafNodeOptions)[] = ['tls', 'advertise', 'advertiseAddress', 'users', 'account', 'authTimeout', 'minVersion', 'peers'];

/** Refuses leaf node options that the server refuses, or that do nothing. */
export function checkLeafNodes(scope: Construct, options: NatsLeafNodeOptions): void {
  const { remotes = [], users = [], minVersion, authTimeout, advertise, advertiseAddress } = options;
  const refuse = (what: string, allowed: string) => { throw LEAF_NODES.error(scope, { what, allowed }); };
  const listens = listensForLeafNodes(options);
  if (!listens && remotes.length === 0) refuse('leafNodes.listen is false, and there are no remotes', 'a listener, or remotes');
  const idle = listens ? undefined : ONLY_WHERE_LISTENED.find((option) => options[option] !== undefined);
  if (idle) refuse(`leafNodes.${idle} is given, and the servers do not listen for leaf nodes`, 'listen: true with it; what concerns remotes stands in each of them');
  checkAdvertised(scope, 'leafNodes.advertiseAddress', advertiseAddress);
  if (advertise === false && advertiseAddress !== undefined) refuse('leafNodes.advertise is false with an advertiseAddress', 'one of them');
  const names = users.map(({ user }) => user);
  for (const { user, password } of users) {
    if (user === '' || names.indexOf(user) !== names.lastIndexOf(user)) {
      refuse(`leafNodes.users has '${user}' ${user === '' ? 'as a name' : 'twice'}`, 'a name of its own for each');
    }
    assertSecretKey(scope, `password of leaf node user '${user}'`, password);
    if (!password) refuse(`leafNodes.users has '${user}' without a password`, 'a SecretKey');
  }
  checkAuthTimeout(scope, 'leafNodes.authTimeout', authTimeout);
  const [, major, minor] = /^v?(\d+)\.(\d+)\.\d+$/.exec(minVersion ?? '2.8.0') ?? [];
  if (!(Number(major) > 2 || (Number(major) === 2 && Number(minor) >= 8))) refuse(`leafNodes.minVersion is '${minVersion}'`, '2.8.0 or later, in three numbers');
}

/** What of the listener comes from elsewhere. */
interface RenderedListener {
  readonly [option: string]: ConfValue | undefined;
  readonly port: number;
  readonly advertise?: ConfValue;
  readonly tls?: ConfBlock;
}

/** The block `leafnodes` of nats.conf; `listener` only where leaf nodes are listened for. */
export function renderLeafNodes(
  options: NatsLeafNodeOptions, remotes: ResolvedRemote[], listener: RenderedListener | undefined, secrets: SecretVariables, files: SecretFiles,
): ConfBlock {
  const listening: ConfBlock = listener === undefined ? {} : {
    ...listener,
    no_advertise: !(options.advertise ?? options.advertiseAddress !== undefined),
    authorization: renderLeafAuthorization(options, secrets),
    min_version: options.minVersion,
  };
  return {
    ...listening,
    compression: options.compression,
    isolate_leafnode_interest: options.isolateInterest,
    reconnect: options.reconnect,
    dial_timeout: options.dialTimeout,
    write_deadline: options.writeDeadline,
    remotes: remotes.length > 0 ? remotes.map((remote) => renderRemote(remote, secrets, files)) : undefined,
  };
}

function renderLeafAuthorization({ users = [], account, authTimeout }: NatsLeafNodeOptions, secrets: SecretVariables): ConfBlock | undefined {
  if (users.length === 0 && account === undefined && authTimeout === undefined) return undefined;
  return {
    account,
    timeout: authTimeout?.toSeconds(),
    users: users.length === 0 ? undefined : users.map((user): ConfBlock => ({
      user: user.user, password: secrets.variableFor(user.password), account: user.account,
    })),
  };
}
