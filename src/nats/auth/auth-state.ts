import { Construct } from 'constructs';
import { ServerStores } from './account-jetstream';
import { ACCOUNT_NAME, SYSTEM_ACCOUNT } from './account-rules';
import { checkAuthOptions, NatsAuthOptions } from './auth-options';
import { includedPassword } from './included-secrets';
import { NatsAccount } from './nats-account';
import { AuthMode, NatsAuth } from './nats-auth';
import { NatsUser } from './nats-user';
import { OperatorState, resolveOperator } from './operator-mode';
import { AUTH_MIXED, USER_NAME } from './rules';
import { assertSecretKey, SecretKey } from '../../core/secret-key';
import { NatsVersion } from '../nats-version';

/** What there is to know of the servers when it is said who may log in. */
export interface AuthContext {
  readonly stores: ServerStores;
  readonly version: NatsVersion;
  /** Whether `extraConfig` says, too, who may log in. */
  readonly saidInExtraConfig: boolean;
}

/** Who may log in, as far as it is said by now: nobody and nothing twice. The whole is judged in auth-findings.ts. */
export class AuthState {
  /** Users of all accounts in the order in which they were added. */
  public readonly users: NatsUser[] = [];
  /** Accounts by name, the system account included. */
  public readonly accounts = new Map<string, NatsAccount>();
  /** How clients log in; undefined if that was not said. */
  public readonly mode?: AuthMode;
  /** The token of all clients, if that is how they log in. */
  public readonly token?: SecretKey;
  /** Where the whole block is, if it is included. */
  public readonly include?: SecretKey;
  /** Operator mode, if that is how they log in. */
  public readonly operator?: OperatorState;
  private readonly usersByName = new Map<string, NatsUser>();
  private readonly usersByIdentity = new Map<string, NatsUser>();
  private readonly usersByVariable = new Map<string, NatsUser>();
  private system?: NatsAccount;
  private additions = 0;

  constructor(
    private readonly scope: Construct,
    said: NatsAuth | undefined,
    public readonly options: NatsAuthOptions,
    public readonly context: AuthContext,
  ) {
    this.mode = said?._mode;
    if (said?._mode === 'token' || said?._mode === 'include') assertSecretKey(scope, `the ${said._mode === 'token' ? 'token' : 'Secret'} of auth`, said._secret);
    this.token = said?._mode === 'token' ? said._secret : undefined;
    this.include = said?._mode === 'include' ? said._secret : undefined;
    this.operator = said?._operator && resolveOperator(scope, said._operator, context.version);
    checkAuthOptions(scope, options);
    if (this.operator && (options.noAuthUser !== undefined || options.callout)) {
      throw AUTH_MIXED.error(scope, {
        what: `authOptions.${options.callout ? 'callout' : 'noAuthUser'} is given in operator mode`,
        allowed: 'neither noAuthUser nor callout',
        fix: 'let the operator sign an account with a callout, or give defaultSentinel',
      });
    }
  }

  /** Another number after each addition. */
  public get revision(): number {
    return this.additions;
  }

  /** The account in which the servers say what they do, where one is given. */
  public get systemAccount(): NatsAccount | undefined {
    return this.system;
  }

  /** The user that clients without credentials become. */
  public get noAuthUser(): NatsUser | undefined {
    return this.options.noAuthUser === undefined ? undefined : this.usersByName.get(this.options.noAuthUser);
  }

  /** Refuses a name that is taken, and a user beside what excludes users. */
  public checkUser(scope: Construct, name: string): void {
    this.checkMode(scope, `user '${name}'`, scope instanceof NatsAccount && scope.isSystem);
    const taken = this.usersByName.get(name);
    if (taken) throw USER_NAME.error(scope, { what: `there are two users named '${name}'; the other is ${taken.node.path}`, allowed: 'names that differ in all accounts', fix: 'rename one of them' });
  }

  /** Adds a user; one whom the server cannot tell from another throws. */
  public addUser(user: NatsUser): void {
    const same = this.usersByIdentity.get(user._identity);
    if (same) throw USER_NAME.error(user, { what: `user '${user.userName}' logs in as '${user._identity}', and so does ${same.node.path}`, fix: 'give each user an nkey or certificate of its own' });
    if (user._passwordInclude) this.defineVariable(user, includedPassword(user).name);
    this.users.push(user);
    this.grow();
    this.usersByName.set(user.userName, user);
    this.usersByIdentity.set(user._identity, user);
  }

  /** Refuses an account whose name is taken, and one beside what excludes accounts. */
  public checkAccount(name: string, system: boolean): void {
    this.checkMode(this.scope, `account '${name}'`, system);
    if (this.accounts.has(name)) throw ACCOUNT_NAME.error(this.scope, { what: `there are two accounts named '${name}'`, fix: 'rename one of them' });
    if (system && this.system) {
      throw SYSTEM_ACCOUNT.error(this.scope, { what: `account '${name}' is a second system account, beside '${this.system.accountName}'`, allowed: 'one system account', fix: 'use systemAccount of the cluster' });
    }
  }

  /** Adds an account. */
  public addAccount(account: NatsAccount): void {
    this.accounts.set(account.accountName, account);
    this.grow();
    if (account.isSystem) this.system = account;
  }

  /** To be called for each addition to an account. */
  public grow(): void {
    this.additions += 1;
  }

  /** Users and accounts are there beside nothing else; but where nobody has to log in, the system account's users still do. */
  private checkMode(scope: Construct, added: string, system: boolean): void {
    if (this.mode === undefined || this.mode === 'users' || (this.mode === 'none' && system)) return;
    throw AUTH_MIXED.error(scope, {
      what: `${added} is added to a cluster whose auth is NatsAuth.${this.mode}(...)`,
      allowed: 'a token, users and accounts, an operator, or an included block',
      fix: 'leave auth out or give auth: NatsAuth.users(...)',
    });
  }

  /** Of two files that define one variable, the server takes the later for both users. */
  private defineVariable(user: NatsUser, variable: string): void {
    const other = this.usersByVariable.get(variable);
    if (other) {
      throw USER_NAME.error(user, {
        what: `the included passwords of users '${user.userName}' and '${other.userName}' are both defined as ${variable}`,
        allowed: 'names that differ in more than - and _',
        fix: 'rename one of them, or give it password or passwordHash',
      });
    }
    this.usersByVariable.set(variable, user);
  }
}
