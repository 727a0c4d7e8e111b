import { Construct } from 'constructs';
import type { ClusterState } from './cluster-state';
import { NatsVersion } from './nats-version';
import { NatsPeer } from './network/nats-peer';
import { NatsListener } from './network/ports';
import { SuperClusterMember } from './network/super-cluster';
import { OfferedTls } from './tls/offered-tls';
import { describeMistake } from '../core/mistake';

/** A NATS cluster: one that this app deploys, or one that exists already. */
export abstract class NatsClusterBase extends Construct {
  /** URL that clients inside the Kubernetes cluster dial, without credentials. */
  public abstract readonly clientUrl: string;
  /** Number of servers, where it is known. */
  public abstract readonly serverCount?: number;
  /** Name of the cluster among the servers, where it is known. */
  public abstract readonly clusterName?: string;
  /** URL that gateways of other clusters dial inside the Kubernetes cluster, where there is a gateway. */
  public abstract readonly gatewayUrl?: string;
  /** URL that leaf nodes dial inside the Kubernetes cluster, where they are listened for. */
  public abstract readonly leafNodeUrl?: string;

  /** @internal TLS on its client port, where there is any and it is known. */
  public readonly _clientTls?: OfferedTls;
  /** @internal Its place in a super cluster, where it is known. */
  public readonly _superCluster?: SuperClusterMember;

  /** @internal Its state, if this app deploys it. */
  public _deployed(): ClusterState | undefined {
    return undefined;
  }

  /** @internal Lets those of another cluster reach a listener; a cluster that exists already sees to that itself. */
  public _admit(_listener: NatsListener, ..._peers: NatsPeer[]): void {}

  /** @internal Leads a gateway back to a cluster that has one to this. */
  public _leadBackTo(_cluster: NatsClusterBase): void {}
}

/** What is known of a cluster that exists already. */
export interface ExistingNatsClusterOptions {
  /**
   * Number of servers.
   * @default - not known, so that nothing is checked against it
   */
  readonly serverCount?: number;
  /**
   * Version of its servers, for what depends on it.
   * @default - not known, so that whatever the newest known version has is let through
   */
  readonly version?: NatsVersion;
  /**
   * Its name among the servers, for gateways to it.
   * @default - not known
   */
  readonly clusterName?: string;
  /**
   * URL that gateways dial, such as `nats://gateway.eu.example.com:7222`.
   * @default - not known
   */
  readonly gatewayUrl?: string;
  /**
   * URL that leaf nodes dial, such as `nats://leaf.example.com:7422`.
   * @default - not known
   */
  readonly leafNodeUrl?: string;
}

/** A cluster that exists already. */
export class ExistingNatsCluster extends NatsClusterBase {
  public readonly clientUrl: string;
  public readonly serverCount?: number;
  public readonly clusterName?: string;
  public readonly gatewayUrl?: string;
  public readonly leafNodeUrl?: string;

  /** @internal */
  public readonly _version?: NatsVersion;

  constructor(scope: Construct, id: string, url: string, options: ExistingNatsClusterOptions) {
    super(scope, id);
    this._version = options.version;
    this.clientUrl = checkedUrls(url);
    this.serverCount = options.serverCount;
    this.clusterName = options.clusterName;
    this.gatewayUrl = options.gatewayUrl;
    this.leafNodeUrl = options.leafNodeUrl;
  }
}

const SCHEMES = ['nats:', 'tls:', 'ws:', 'wss:'];

function checkedUrls(urls: string): string {
  for (const text of urls.split(',')) {
    const url = URL.canParse(text.trim()) ? new URL(text.trim()) : undefined;
    // A text that may hold a password is not repeated.
    if (url?.username || url?.password || text.includes('@')) {
      throw new Error(describeMistake({ what: 'the URL of the cluster holds credentials (not shown here)', allowed: 'scheme, host and port', fix: 'give credentials as a SecretKey where they are used' }));
    }
    if (!url || !SCHEMES.includes(url.protocol) || !url.hostname) {
      throw new Error(describeMistake({ what: `'${text}' is not the URL of a NATS server`, allowed: 'nats://, tls://, ws:// or wss://, a host and a port; several with commas between', fix: 'write nats://nats.example.com:4222' }));
    }
  }
  return urls;
}
