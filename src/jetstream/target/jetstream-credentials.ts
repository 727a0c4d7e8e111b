import * as nack from '../../../imports/jetstream.nats.io';
import { SecretKey } from '../../core/secret-key';
import { SECRET_VALUE } from '../../nats/auth/secret-variables';

/** Where a user's name and password are in their Secret. */
export interface JetStreamUserCredentialsOptions {
  /**
   * Key of the name.
   * @default username
   */
  readonly usernameKey?: string;
  /**
   * Key of the password.
   * @default password
   */
  readonly passwordKey?: string;
}

/** A key of a Secret, and what its value must be. */
interface NeededKey {
  readonly secret: SecretKey;
  readonly value: string;
}

type Rendered = Pick<nack.AccountSpec, 'user' | 'token' | 'creds' | 'nkey'>;

/** How NACK logs in to an account: always from a Secret in the namespace of the JetStreamAccount. */
export class JetStreamCredentials {
  /** With a name and password; NACK reads both from one Secret. A name or key that Kubernetes does not allow throws. */
  public static user(secretName: string, options: JetStreamUserCredentialsOptions = {}): JetStreamCredentials {
    return JetStreamCredentials._user(secretName, 'the name of the user', options);
  }

  /** @internal For a user whose name is known. */
  public static _user(secretName: string, userName: string, options: JetStreamUserCredentialsOptions = {}): JetStreamCredentials {
    const [user, password] = [options.usernameKey ?? 'username', options.passwordKey ?? 'password'].map((key) => SecretKey.fromName(secretName, key));
    return new JetStreamCredentials(
      { user: { secret: { name: secretName }, user: user.key, password: password.key } },
      [{ secret: user, value: userName }, { secret: password, value: SECRET_VALUE }],
    );
  }

  /** With a token. */
  public static token(token: SecretKey): JetStreamCredentials {
    return new JetStreamCredentials({ token: { secret: { name: token.secretName }, token: token.key } }, [{ secret: token, value: 'the token; no newline at the end' }]);
  }

  /** With a credentials file: a JWT and its nkey seed, as `nsc generate creds` writes it. */
  public static creds(file: SecretKey): JetStreamCredentials {
    return new JetStreamCredentials({ creds: { secret: { name: file.secretName }, file: file.key } }, [{ secret: file, value: 'a credentials file' }]);
  }

  /** With an nkey. */
  public static nkey(seed: SecretKey): JetStreamCredentials {
    return new JetStreamCredentials({ nkey: { secret: { name: seed.secretName }, seed: seed.key } }, [{ secret: seed, value: 'the seed of an nkey, which begins with SU' }]);
  }

  private constructor(
    /** @internal */ public readonly _rendered: Rendered,
    /** @internal */ public readonly _needed: NeededKey[],
  ) {}
}
