import { NatsUserProps } from './nats-user';
import { NatsOperatorOptions } from './operator-mode';
import { SecretKey } from '../../core/secret-key';

/** Which of the ways to authenticate. */
export type AuthMode = 'none' | 'token' | 'users' | 'operator' | 'include';

/** How the clients of a cluster authenticate. */
export class NatsAuth {
  /** Not at all; guarded by rule NATS-AUTH-NONE, because everyone who reaches the port may then do everything. */
  public static none(): NatsAuth {
    return new NatsAuth('none');
  }

  /**
   * With one token that all clients share and that allows everything.
   *
   * @param token where the token is; the same texts are allowed as for a user's password
   */
  public static token(token: SecretKey): NatsAuth {
    return new NatsAuth('token', token);
  }

  /** As one of these users; `NatsCluster.addUser`, and accounts, add more. */
  public static users(...users: NatsUserProps[]): NatsAuth {
    return new NatsAuth('users', undefined, users);
  }

  /** As users of accounts that an operator has signed. Accounts, users, `noAuthUser` and a callout beside it throw. */
  public static operator(options: NatsOperatorOptions): NatsAuth {
    return new NatsAuth('operator', undefined, [], options);
  }

  /**
   * As a prepared Secret says: one of its keys holds the content of the block `authorization`, such as `token: "..."` or `users: [...]`, in the language of
   * nats.conf or as JSON. A changed Secret is applied by reload. Users and accounts beside it throw.
   *
   * Nothing in the Secret is checked before the servers run. They refuse to start with a file in which there is no token and no user, because they
   * would be open to everyone; a file that loses them later is reloaded, and **opens running servers**: use users with `passwordInclude` where that is a worry.
   *
   * @param secret where the block is, without the braces around it
   */
  public static include(secret: SecretKey): NatsAuth {
    return new NatsAuth('include', secret);
  }

  private constructor(
    /** @internal */ public readonly _mode: AuthMode,
    /** @internal */ public readonly _secret?: SecretKey,
    /** @internal */ public readonly _users: NatsUserProps[] = [],
    /** @internal */ public readonly _operator?: NatsOperatorOptions,
  ) {}
}
