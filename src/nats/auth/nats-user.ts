import { Construct } from 'constructs';
import { deniedGrants } from './denied-grants';
import { Grant, LazyGrant } from './grant';
import { Permissions } from './permissions';
import { CONNECTION_TYPES, GRANT_DENIED, USER_NAME, USER_PERMISSIONS } from './rules';
import { checkCredentials } from './user-credentials';
import { checkAtSynth } from '../../core/rules';
import { SecretKey } from '../../core/secret-key';
import { isSubject } from '../subject';

/** Over what a client connects. */
export enum NatsConnectionType {
  /** The client port, with or without TLS. */
  STANDARD = 'STANDARD',
  /** WebSocket. */
  WEBSOCKET = 'WEBSOCKET',
  /** A leaf node. */
  LEAFNODE = 'LEAFNODE',
  /** A leaf node over WebSocket. */
  LEAFNODE_WS = 'LEAFNODE_WS',
  /** MQTT. */
  MQTT = 'MQTT',
  /** MQTT over WebSocket. */
  MQTT_WS = 'MQTT_WS',
}

/** A user of a cluster. */
export interface NatsUserOptions {
  /**
   * Where the password is: a key of a Secret in the cluster's namespace. Any text will do that is not empty, has no single quote and no
   * newline at its end; the servers refuse to start with another, and are restarted for a new one (`secretRevision`). A bcrypt hash
   * is taken as one.
   *
   * Give exactly one of this, `passwordInclude`, `passwordHash`, `nkey` and `certificateSubject`; anything but a `SecretKey` throws.
   * @default - one of the others
   */
  readonly password?: SecretKey;
  /**
   * Where a piece of nats.conf is that defines the password: a key of a Secret in the cluster's namespace, whose value is the line
   * `password_<user>: "<password>"`, with _ for each - in the user's name. Any text may stand in the quotes, with `\\` before `"` and `\\`. A changed
   * Secret is applied by reload, without a restart; a file without the line is refused, at the start as at a reload; one with an empty
   * password is refused at the start only, so never write one.
   * @default - one of the others
   */
  readonly passwordInclude?: SecretKey;
  /**
   * The bcrypt hash of the password, as `nats server passwd` prints it. The hash may stand in Git; each login costs the server some CPU.
   *
   * Anything that is not a bcrypt hash throws.
   * @default - one of the others
   * @see https://docs.nats.io/running-a-nats-service/configuration/securing_nats/auth_intro/username_password#bcrypted-passwords
   */
  readonly passwordHash?: string;
  /**
   * The public key of an nkey: a text that begins with U, as `nsc generate nkey --user` prints it. The client proves that it has the seed; no secret
   * is on the server. Another text, or one that is mistyped, throws.
   * @default - one of the others
   * @see https://docs.nats.io/running-a-nats-service/configuration/securing_nats/auth_intro/nkey_auth
   */
  readonly nkey?: string;
  /**
   * What the client's certificate calls the user: an e-mail address, DNS name or URI of its alternative names, or its subject as RFC 2253 writes it, such as
   * `CN=shop,O=Example`. The servers must map users from certificates (`verify_and_map`), or the synth fails.
   *
   * The server looks for a password, too, where it does not map certificates, and there would let such a user in with an empty one: the user may therefore
   * only connect to the client port unless `allowedConnectionTypes` says more.
   * @default - one of the others
   * @see https://docs.nats.io/running-a-nats-service/configuration/securing_nats/auth_intro/tls_mutual_auth#mapping-client-certificates-to-a-user
   */
  readonly certificateSubject?: string;
  /**
   * Over what the user may connect. An empty list throws: nats-server reads it as everything.
   * @default - everything; for `certificateSubject` the client port only
   */
  readonly allowedConnectionTypes?: NatsConnectionType[];
  /**
   * Whether the user may only connect through a trusted proxy (`proxies` of nats.conf).
   * @default false
   */
  readonly proxyRequired?: boolean;
  /**
   * What the user may do besides what it is granted (`grantPublish` of a stream and the like); what is denied here stays denied. A user without permissions and
   * grants, in an account and a cluster without default permissions, fails the synth.
   * @default - the default permissions of the account, or outside of accounts of `authOptions`
   */
  readonly permissions?: Permissions;
  /**
   * Prefix of the subjects on which the user's client receives replies; the client must be told it (`inboxPrefix` in most clients).
   * Only this user may read them, unless another has the same (NATS-INBOX-SHARED).
   * @default - `_INBOX_<user>`
   */
  readonly inboxPrefix?: string;
}

/** A user of a cluster, with its name; for `NatsAuth.users`. */
export interface NatsUserProps extends NatsUserOptions {
  /** Name: letters, digits, _ and -; another cluster-wide user of this name throws. */
  readonly name: string;
}

/** Where a user is, and what it may do there if it does not say itself. */
interface Membership {
  readonly cluster: Construct;
  readonly accountName: string;
  readonly defaultPermissions?: Permissions;
}

/** The account of users outside of all accounts. */
export const GLOBAL_ACCOUNT_NAME = '$G';

/** A user of a cluster; made by `NatsCluster.addUser` and `NatsAccount.addUser`. */
export class NatsUser extends Construct {
  /** @internal */
  public static _create(scope: Construct, id: string, props: NatsUserProps, membership: Membership): NatsUser {
    return new NatsUser(scope, id, props, membership);
  }

  /** Name of the user; with a password it logs in with this name. */
  public readonly userName: string;
  /** Name of the account; `$G` outside of all accounts. */
  public readonly accountName: string;
  /** Prefix of the subjects on which the user's client receives replies: tell the client. */
  public readonly inboxPrefix: string;
  /** @internal */
  public readonly _password?: SecretKey;
  /** @internal */
  public readonly _passwordInclude?: SecretKey;
  /** @internal */
  public readonly _passwordHash?: string;
  /** @internal */
  public readonly _nkey?: string;
  /** @internal */
  public readonly _certificateSubject?: string;
  /** @internal */
  public readonly _connectionTypes?: NatsConnectionType[];
  /** @internal */
  public readonly _proxyRequired?: boolean;
  /** @internal */
  public readonly _permissions?: Permissions;
  /** @internal The cluster that has the user. */
  public readonly _cluster: Construct;
  private readonly grants: LazyGrant[] = [];

  private constructor(scope: Construct, id: string, props: NatsUserProps, membership: Membership) {
    super(scope, id);
    this.userName = props.name;
    this._cluster = membership.cluster;
    this.accountName = membership.accountName;
    this.inboxPrefix = props.inboxPrefix ?? `_INBOX_${props.name}`;
    this._password = props.password;
    this._passwordInclude = props.passwordInclude;
    this._passwordHash = props.passwordHash;
    this._nkey = props.nkey;
    this._certificateSubject = props.certificateSubject;
    this._connectionTypes = props.allowedConnectionTypes ?? (props.certificateSubject === undefined ? undefined : [NatsConnectionType.STANDARD]);
    this._proxyRequired = props.proxyRequired;
    this._permissions = props.permissions ?? membership.defaultPermissions;
    this.check();
    checkAtSynth(this, USER_PERMISSIONS, () => this._permissions || this.grants.length > 0 ? [] : [{
      what: `user '${this.userName}' has no permissions`,
      allowed: 'Permissions.of({...}) with what it needs, or Permissions.all()',
      fix: 'give permissions, or grant the user something',
    }]);
    checkAtSynth(this, GRANT_DENIED, () => deniedGrants(this));
  }

  /**
   * Lets the user do something besides what its permissions allow.
   * @internal
   */
  public _grant(grant: LazyGrant): void {
    this.grants.push(grant);
  }

  /**
   * What the user was granted until now.
   * @internal
   */
  public get _granted(): Grant[] {
    return this.grants.map((grant) => grant());
  }

  /**
   * What the server knows the user by.
   * @internal
   */
  public get _identity(): string {
    return this._nkey ?? this._certificateSubject ?? this.userName;
  }

  private check(): void {
    if (!/^[\w-]+$/.test(this.userName)) {
      throw USER_NAME.error(this, { what: `the user name '${this.userName}' is invalid`, allowed: 'letters, digits, _ and -' });
    }
    if (!isSubject(this.inboxPrefix) || /[*>]/.test(this.inboxPrefix)) {
      throw USER_NAME.error(this, { what: `inboxPrefix '${this.inboxPrefix}' of user '${this.userName}' is not a subject`, allowed: 'tokens between dots, without wildcards' });
    }
    if (this._connectionTypes?.length === 0) {
      throw CONNECTION_TYPES.error(this, { what: `allowedConnectionTypes of user '${this.userName}' is empty, which nats-server reads as everything`, fix: 'leave it out, or name types' });
    }
    checkCredentials(this, this.userName, {
      password: this._password,
      passwordInclude: this._passwordInclude,
      passwordHash: this._passwordHash,
      nkey: this._nkey,
      certificateSubject: this._certificateSubject,
    });
    this._permissions?._check(this);
  }
}
