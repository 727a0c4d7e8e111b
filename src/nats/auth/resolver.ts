import { Duration, Size } from 'cdk8s';
import { Construct } from 'constructs';
import { OPERATOR_RESOLVER } from './operator-rules';
import { bytesOf } from '../../core/bytes';
import { ConfValue } from '../conf/conf-value';
import { NatsClientCertificate } from '../tls/nats-client-certificate';
import { ClientTls, clientTls } from '../tls/nats-client-tls';
import { NatsTlsCa } from '../tls/nats-tls-ca';

/** Where a server keeps the JWTs of accounts. */
export interface NatsResolverStorage {
  /**
   * Size of the volume of each server.
   * @default Size.gibibytes(1)
   */
  readonly size?: Size;
  /**
   * Storage class of the volume.
   * @default - the default of the Kubernetes cluster
   */
  readonly storageClassName?: string;
  /**
   * Whether the volume outlives the pod; an empty directory else, which is filled anew from `preload` and from the other servers.
   * @default true
   */
  readonly persistent?: boolean;
  /**
   * Where the volume is mounted: an absolute path.
   * @default '/data/resolver'
   */
  readonly directory?: string;
  /**
   * How many JWTs there may be.
   * @default - the server's: no limit for a full resolver, 1000 for a cache
   */
  readonly limit?: number;
  /**
   * How long to wait for the other servers when a JWT is looked up.
   * @default - the server's: 2 s
   */
  readonly timeout?: Duration;
}

/** A resolver that has the JWTs of all accounts. */
export interface NatsFullResolver extends NatsResolverStorage {
  /**
   * How often the servers compare what they have.
   * @default - the server's: 1 minute
   */
  readonly interval?: Duration;
  /**
   * Whether accounts can be deleted.
   * @default false
   */
  readonly allowDelete?: boolean;
  /**
   * Whether the JWT of a deleted account is removed at once, not renamed; only with `allowDelete`.
   * @default false
   */
  readonly hardDelete?: boolean;
}

/** A resolver that has the JWTs of those accounts that were used lately. */
export interface NatsCacheResolver extends NatsResolverStorage {
  /**
   * For how long a JWT is kept.
   * @default - until there are more than `limit`
   */
  readonly ttl?: Duration;
}

/** A resolver that asks an account server, over HTTPS if its URL says so. */
export interface NatsUrlResolver {
  /**
   * The authorities by which the account server is believed. A renewed one is taken over by reload. It throws with a URL of http://.
   * @default - those of the image
   */
  readonly ca?: NatsTlsCa;
  /**
   * What is shown to an account server that verifies certificates. A renewed one is taken over by reload. It throws with a URL of http://.
   * @default - none
   */
  readonly certificate?: NatsClientCertificate;
}

/** A volume of a resolver. */
export interface ResolverVolume {
  readonly directory: string;
  readonly bytes: number;
  readonly storageClassName?: string;
  readonly persistent: boolean;
}

/** Anything that `MEM` is in is the memory resolver to nats-server, a URL too. */
const MEMORY = /mem/i;

/**
 * Where servers in operator mode find the JWTs of accounts.
 * @see https://docs.nats.io/running-a-nats-service/configuration/securing_nats/auth_intro/jwt/resolver
 */
export class NatsResolver {
  /** Every server has the JWTs of all accounts on a volume; `nsc push` brings them. */
  public static full(options: NatsFullResolver = {}): NatsResolver {
    return new NatsResolver('full', options);
  }

  /** Each server keeps what it looked up from servers with a full resolver, which are elsewhere. */
  public static cache(options: NatsCacheResolver = {}): NatsResolver {
    return new NatsResolver('cache', options);
  }

  /** The accounts of `preload`, and no others. */
  public static memory(): NatsResolver {
    return new NatsResolver('memory');
  }

  /**
   * An account server over HTTP or HTTPS, which must answer when a server starts; nothing can be preloaded beside it.
   *
   * A text that is not such a URL, has credentials, or that nats-server would mistake for the memory resolver, throws.
   *
   * @param url to which the key of an account is appended
   */
  public static url(url: string, options: NatsUrlResolver = {}): NatsResolver {
    return new NatsResolver('url', {}, url, options);
  }

  private constructor(
    /** @internal */ public readonly _kind: 'full' | 'cache' | 'memory' | 'url',
    private readonly options: NatsFullResolver & NatsCacheResolver = {},
    private readonly accountServer: string = '',
    private readonly https: NatsUrlResolver = {},
  ) {}

  /** @internal TLS with which the servers connect to the account server, where any is said. */
  public get _tls(): ClientTls | undefined {
    return this.https.ca || this.https.certificate ? clientTls(this.https) : undefined;
  }

  /** @internal */
  public get _volume(): ResolverVolume | undefined {
    if (this._kind === 'memory' || this._kind === 'url') return undefined;
    const { directory = '/data/resolver', size = Size.gibibytes(1), storageClassName, persistent = true } = this.options;
    return { directory, bytes: bytesOf(size), storageClassName, persistent };
  }

  /** @internal */
  public _check(scope: Construct): void {
    const refuse = (what: string, allowed: string) => { throw OPERATOR_RESOLVER.error(scope, { what: `the resolver ${what}`, allowed }); };
    if (this._kind === 'url') {
      const url = URL.canParse(this.accountServer) ? new URL(this.accountServer) : undefined;
      if (url?.username || url?.password) refuse('has a URL with credentials (not shown here)', 'a URL without credentials');
      if (!url || !/^https?:$/.test(url.protocol) || /[\s"()]/.test(this.accountServer)) refuse(`has the URL '${this.accountServer}'`, 'http:// or https://, a host and a path');
      if (MEMORY.test(this.accountServer)) refuse(`has the URL '${this.accountServer}', which nats-server takes for the memory resolver because of 'mem' in it`, 'a URL without these letters');
      if (this._tls && url?.protocol !== 'https:') refuse(`has the URL '${this.accountServer}' with a CA or a certificate`, 'an https:// URL');
    }
    const { directory, hardDelete, allowDelete, limit, size, interval, timeout, ttl } = this.options;
    if (directory !== undefined && !/^\/[^\s:]+$/.test(directory)) refuse(`has the directory '${directory}'`, 'an absolute path');
    if (hardDelete && !allowDelete) refuse('has hardDelete without allowDelete', 'both');
    if (limit !== undefined && (!Number.isInteger(limit) || limit < 1)) refuse(`has limit ${limit}`, 'a whole number from 1');
    if (size && bytesOf(size) < 1) refuse('has a volume of no size', 'at least a byte');
    for (const [prop, time] of Object.entries({ interval, timeout, ttl })) {
      if (time && time.toMilliseconds() <= 0) refuse(`has ${prop} ${time.toMilliseconds()} ms`, 'a time longer than zero');
    }
  }

  /** @internal */
  public _render(): ConfValue {
    if (this._kind === 'memory') return 'MEMORY';
    if (this._kind === 'url') return `URL(${this.accountServer})`;
    const { limit, timeout, interval, allowDelete, hardDelete, ttl } = this.options;
    return {
      type: this._kind,
      dir: this._volume!.directory,
      limit,
      timeout,
      interval,
      allow_delete: allowDelete,
      // The server reads a hard_delete that is false as one that is given.
      hard_delete: hardDelete || undefined,
      ttl,
    };
  }
}
