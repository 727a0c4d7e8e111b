import { NatsUserProps } from './nats-user';
import { SecretKey } from '../../core/secret-key';

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

  /** As one of these users; `NatsCluster.addUser` adds more. */
  public static users(...users: NatsUserProps[]): NatsAuth {
    return new NatsAuth('users', undefined, users);
  }

  private constructor(
    /** @internal */ public readonly _mode: 'none' | 'token' | 'users',
    /** @internal */ public readonly _token?: SecretKey,
    /** @internal */ public readonly _users: NatsUserProps[] = [],
  ) {}
}
