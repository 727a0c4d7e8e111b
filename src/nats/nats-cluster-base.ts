import { Construct } from 'constructs';
import { describeMistake } from '../core/mistake';

/** A NATS cluster: one that this app deploys, or one that exists already. */
export abstract class NatsClusterBase extends Construct {
  /** URL that clients inside the Kubernetes cluster dial, without credentials. */
  public abstract readonly clientUrl: string;
  /** Number of servers, where it is known. */
  public abstract readonly serverCount?: number;
}

/** What is known of a cluster that exists already. */
export interface ExistingNatsClusterOptions {
  /**
   * Number of servers.
   * @default - not known, so that nothing is checked against it
   */
  readonly serverCount?: number;
}

/** A cluster that exists already. */
export class ExistingNatsCluster extends NatsClusterBase {
  public readonly clientUrl: string;
  public readonly serverCount?: number;

  constructor(scope: Construct, id: string, url: string, options: ExistingNatsClusterOptions) {
    super(scope, id);
    this.clientUrl = checkedUrls(url);
    this.serverCount = options.serverCount;
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
