import { Construct } from 'constructs';
import { includedPassword } from './included-secrets';
import { NatsAuth } from './nats-auth';
import { NatsUser } from './nats-user';
import { AUTH_MIXED, AUTH_NONE, AUTH_UNSAID, USER_NAME } from './rules';
import { Mistake } from '../../core/mistake';
import { checkAtSynth } from '../../core/rules';
import { assertSecretKey, SecretKey } from '../../core/secret-key';

/** Who may log in, as far as it is said by now. */
export class AuthState {
  /** Users in the order in which they were added. */
  public readonly users: NatsUser[] = [];
  /** The token of all clients, if that is how they log in. */
  public readonly token?: SecretKey;

  constructor(private readonly scope: Construct, private readonly said: NatsAuth | undefined, saidInExtraConfig: boolean) {
    this.token = said?._token;
    if (said?._mode === 'token') assertSecretKey(scope, 'the token of auth', said._token);
    checkAtSynth(scope, AUTH_UNSAID, () => saidInExtraConfig ? [] : this.unsaid());
    checkAtSynth(scope, AUTH_NONE, () => said?._mode !== 'none' || saidInExtraConfig ? [] : [{
      what: 'auth is NatsAuth.none(): everyone who reaches the client port may read and write everything',
      allowed: 'NatsAuth.token(...), NatsAuth.users(...) or addUser(...)',
      fix: 'choose one',
    }]);
  }

  /** Adds a user; refused beside a token, beside `NatsAuth.none()`, and for a name that is taken. */
  public add(user: NatsUser): void {
    if (this.said && this.said._mode !== 'users') {
      throw AUTH_MIXED.error(user, {
        what: `user '${user.userName}' is added to a cluster whose auth is NatsAuth.${this.said._mode}(...)`,
        allowed: 'a token, or users',
        fix: 'leave auth out or give auth: NatsAuth.users(...)',
      });
    }
    if (this.users.some(({ userName }) => userName === user.userName)) {
      throw USER_NAME.error(user, { what: `there are two users named '${user.userName}'`, fix: 'rename one of them' });
    }
    this.checkIncludedPassword(user);
    this.users.push(user);
  }

  /** Of two files that define one variable, the server takes the later for both users. */
  private checkIncludedPassword(user: NatsUser): void {
    if (!user._passwordInclude) return;
    const { name } = includedPassword(user);
    const other = this.users.find((present) => present._passwordInclude && includedPassword(present).name === name);
    if (!other) return;
    throw USER_NAME.error(user, {
      what: `the included passwords of users '${user.userName}' and '${other.userName}' are both defined as ${name}`,
      allowed: 'names that differ in more than - and _',
      fix: 'rename one of them, or give it password or passwordHash',
    });
  }

  private unsaid(): Mistake[] {
    if (this.users.length > 0 || this.said?._mode === 'none' || this.said?._mode === 'token') return [];
    return [{
      what: this.said ? 'auth names no users, so that the server would let everyone in' : 'auth is not given',
      allowed: 'NatsAuth.users(...), addUser(...), NatsAuth.token(...), or NatsAuth.none() where nobody else reaches the servers',
      fix: `give auth on ${this.scope.node.id}`,
    }];
  }
}
