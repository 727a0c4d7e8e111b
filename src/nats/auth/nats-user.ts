import { Construct } from 'constructs';
import { Permissions } from './permissions';
import { USER_CREDENTIALS, USER_NAME, USER_PERMISSIONS } from './rules';
import { checkAtSynth } from '../../core/rules';
import { assertSecretKey, SecretKey } from '../../core/secret-key';
import { isSubject } from '../subject';

/** A user of a cluster. */
export interface NatsUserOptions {
  /**
   * Where the password is: a key of a Secret in the cluster's namespace. Any text will do that is not empty, has no single quote and no
   * newline at its end; the servers refuse to start with another, and are restarted for a new one (`secretRevision`). A bcrypt hash
   * is taken as one.
   *
   * Give this, `passwordInclude` or `passwordHash`; anything but a `SecretKey` throws.
   * @default - `passwordInclude` or `passwordHash`
   */
  readonly password?: SecretKey;
  /**
   * Where a piece of nats.conf is that defines the password: a key of a Secret in the cluster's namespace, whose value is the line
   * `password_<user>: "<password>"`, with _ for each - in the user's name. Any text may stand in the quotes, with `\\` before `"` and `\\`. A changed
   * Secret is applied by reload, without a restart; a file without the line is refused, at the start as at a reload; one with an empty
   * password is refused at the start only, so never write one.
   * @default - `password` or `passwordHash`
   */
  readonly passwordInclude?: SecretKey;
  /**
   * The bcrypt hash of the password, as `nats server passwd` prints it. The hash may stand in Git; each login costs the server some CPU.
   *
   * Anything that is not a bcrypt hash throws.
   * @default - `password` or `passwordInclude`
   * @see https://docs.nats.io/running-a-nats-service/configuration/securing_nats/auth_intro/username_password#bcrypted-passwords
   */
  readonly passwordHash?: string;
  /**
   * What the user may do. Without permissions, the synth fails.
   * @default - none
   */
  readonly permissions?: Permissions;
  /**
   * Prefix of the subjects on which the user's client receives replies; the client must be told it (`inboxPrefix` in most clients).
   * Only this user may read them.
   * @default - `_INBOX_<user>`
   */
  readonly inboxPrefix?: string;
}

/** A user of a cluster, with its name; for `NatsAuth.users`. */
export interface NatsUserProps extends NatsUserOptions {
  /** Name: letters, digits, _ and -; another cluster-wide user of this name throws. */
  readonly name: string;
}

const BCRYPT = /^\$2[aby]\$\d\d\$[./A-Za-z0-9]{53}$/;

/** Whether a text is a bcrypt hash: the one form of a password that may be written down. */
export function isBcryptHash(text: string): boolean {
  return BCRYPT.test(text);
}

/** A user of a cluster; made by `NatsCluster.addUser`. */
export class NatsUser extends Construct {
  /** @internal */
  public static _create(scope: Construct, id: string, props: NatsUserProps): NatsUser {
    return new NatsUser(scope, id, props);
  }

  /** Name with which the user logs in. */
  public readonly userName: string;
  /** Prefix of the subjects on which the user's client receives replies: tell the client. */
  public readonly inboxPrefix: string;
  /** @internal */
  public readonly _password?: SecretKey;
  /** @internal */
  public readonly _passwordInclude?: SecretKey;
  /** @internal */
  public readonly _passwordHash?: string;
  /** @internal */
  public readonly _permissions?: Permissions;

  private constructor(scope: Construct, id: string, props: NatsUserProps) {
    super(scope, id);
    this.userName = props.name;
    this.inboxPrefix = props.inboxPrefix ?? `_INBOX_${props.name}`;
    this._password = props.password;
    this._passwordInclude = props.passwordInclude;
    this._passwordHash = props.passwordHash;
    this._permissions = props.permissions;
    this.check();
    checkAtSynth(this, USER_PERMISSIONS, () => this._permissions ? [] : [{
      what: `user '${this.userName}' has no permissions`,
      allowed: 'Permissions.of({...}) with what it needs, or Permissions.all()',
      fix: 'give permissions',
    }]);
  }

  private check(): void {
    if (!/^[\w-]+$/.test(this.userName)) {
      throw USER_NAME.error(this, { what: `the user name '${this.userName}' is invalid`, allowed: 'letters, digits, _ and -' });
    }
    if (!isSubject(this.inboxPrefix) || /[*>]/.test(this.inboxPrefix)) {
      throw USER_NAME.error(this, { what: `inboxPrefix '${this.inboxPrefix}' of user '${this.userName}' is not a subject`, allowed: 'tokens between dots, without wildcards' });
    }
    assertSecretKey(this, `password of user '${this.userName}'`, this._password);
    assertSecretKey(this, `passwordInclude of user '${this.userName}'`, this._passwordInclude);
    if (this._passwordHash !== undefined && !isBcryptHash(this._passwordHash)) {
      throw USER_CREDENTIALS.error(this, {
        what: `passwordHash of user '${this.userName}' is not a bcrypt hash (not shown here)`,
        allowed: '$2a$, the cost and 53 characters',
        fix: 'make one with "nats server passwd", or put the password into a Secret and give password: SecretKey.fromName(...)',
      });
    }
    const given = Object.entries({ password: this._password, passwordInclude: this._passwordInclude, passwordHash: this._passwordHash })
      .filter(([, value]) => value !== undefined).map(([prop]) => prop);
    if (given.length !== 1) {
      throw USER_CREDENTIALS.error(this, {
        what: `user '${this.userName}' has ${given.join(' and ') || 'no password'}`,
        allowed: 'exactly one of password, passwordInclude and passwordHash',
        fix: 'give password: SecretKey.fromName(\'<secret>\', \'<key>\')',
      });
    }
    this._permissions?._check(this);
  }
}
