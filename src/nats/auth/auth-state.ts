import { Construct } from 'constructs';
import { exportFindings } from './account-exports';
import { ServerStores, storeSumFindings } from './account-jetstream';
import { ACCOUNT_NAME, ACCOUNT_STORE, ACCOUNT_STORE_SUM, ACCOUNT_USERS, EXPORT_INVALID, GLOBAL_USERS, IMPORT_REFUSED, SYSTEM_ACCOUNT } from './account-rules';
import { checkAuthOptions, NatsAuthOptions } from './auth-options';
import { importFindings } from './import-findings';
import { includedPassword } from './included-secrets';
import { NatsAccount } from './nats-account';
import { NatsAuth } from './nats-auth';
import { GLOBAL_ACCOUNT_NAME, NatsUser } from './nats-user';
import { OperatorState, resolveOperator } from './operator-mode';
import { AUTH_CALLOUT, AUTH_MIXED, AUTH_NONE, AUTH_UNSAID, NO_AUTH_USER, USER_NAME } from './rules';
import { Mistake } from '../../core/mistake';
import { checkAtSynth } from '../../core/rules';
import { assertSecretKey, SecretKey } from '../../core/secret-key';

/** Who may log in, as far as it is said by now. */
export class AuthState {
  /** Users of all accounts in the order in which they were added. */
  public readonly users: NatsUser[] = [];
  /** Accounts by name, the system account included. */
  public readonly accounts = new Map<string, NatsAccount>();
  /** The token of all clients, if that is how they log in. */
  public readonly token?: SecretKey;
  /** Where the whole block is, if it is included. */
  public readonly include?: SecretKey;
  /** Operator mode, if that is how they log in. */
  public readonly operator?: OperatorState;
  private readonly usersByName = new Map<string, NatsUser>();
  private readonly usersByIdentity = new Map<string, NatsUser>();

  constructor(
    private readonly scope: Construct,
    private readonly said: NatsAuth | undefined,
    public readonly options: NatsAuthOptions,
    private readonly saidInExtraConfig: boolean,
    private readonly stores: ServerStores,
  ) {
    if (said?._mode === 'token' || said?._mode === 'include') assertSecretKey(scope, `the ${said._mode === 'token' ? 'token' : 'Secret'} of auth`, said._secret);
    this.token = said?._mode === 'token' ? said._secret : undefined;
    this.include = said?._mode === 'include' ? said._secret : undefined;
    this.operator = said?._operator && resolveOperator(scope, said._operator);
    checkAuthOptions(scope, options);
    if (this.operator && (options.noAuthUser !== undefined || options.callout)) {
      throw AUTH_MIXED.error(scope, {
        what: `authOptions.${options.callout ? 'callout' : 'noAuthUser'} is given in operator mode`,
        allowed: 'neither noAuthUser nor callout',
        fix: 'let the operator sign an account with a callout, or give defaultSentinel',
      });
    }
    this.checkWhole();
  }

  /** The account in which the servers say what they do, where one is given. */
  public get systemAccount(): NatsAccount | undefined {
    return [...this.accounts.values()].find(({ isSystem }) => isSystem);
  }

  /** The user that clients without credentials become. */
  public get noAuthUser(): NatsUser | undefined {
    return this.options.noAuthUser === undefined ? undefined : this.userNamed(this.options.noAuthUser);
  }

  /** Whether somebody logs in by certificate, so that the servers have to map users from certificates. */
  public get hasCertificateUsers(): boolean {
    return this.certificateUsers.length > 0;
  }

  /** Refuses a name that is taken, and a user beside what excludes users. */
  public checkUser(scope: Construct, name: string): void {
    const [systemUser, mode] = [scope instanceof NatsAccount && scope.isSystem, this.said?._mode ?? 'users'];
    if (mode !== 'users' && !(mode === 'none' && systemUser)) {
      throw AUTH_MIXED.error(scope, {
        what: `user '${name}' is added to a cluster whose auth is NatsAuth.${mode}(...)`,
        allowed: 'a token, users, an operator, or an included block',
        fix: 'leave auth out or give auth: NatsAuth.users(...)',
      });
    }
    const taken = this.userNamed(name);
    if (taken) throw USER_NAME.error(scope, { what: `there are two users named '${name}'; the other is ${taken.node.path}`, allowed: 'names that differ in all accounts', fix: 'rename one of them' });
  }

  /** Adds a user; one whom the server cannot tell from another throws. */
  public add(user: NatsUser): void {
    const same = this.usersByIdentity.get(user._identity);
    if (same) throw USER_NAME.error(user, { what: `user '${user.userName}' logs in as '${user._identity}', and so does ${same.node.path}`, fix: 'give each user an nkey or certificate of its own' });
    this.checkIncludedPassword(user);
    this.users.push(user);
    this.usersByName.set(user.userName, user);
    this.usersByIdentity.set(user._identity, user);
  }

  /** Refuses an account whose name is taken, and one beside what excludes accounts. */
  public checkAccount(name: string, system: boolean): void {
    const mode = this.said?._mode ?? 'users';
    if (mode !== 'users' && !(mode === 'none' && system)) {
      throw AUTH_MIXED.error(this.scope, {
        what: `account '${name}' is added to a cluster whose auth is NatsAuth.${mode}(...)`, allowed: 'accounts beside users, or without auth', fix: 'leave auth out or give auth: NatsAuth.users(...)',
      });
    }
    if (this.accounts.has(name)) throw ACCOUNT_NAME.error(this.scope, { what: `there are two accounts named '${name}'`, fix: 'rename one of them' });
    const { systemAccount } = this;
    if (system && systemAccount) {
      throw SYSTEM_ACCOUNT.error(this.scope, { what: `account '${name}' is a second system account, beside '${systemAccount.accountName}'`, allowed: 'one system account', fix: 'use systemAccount of the cluster' });
    }
  }

  /** Adds an account. */
  public addAccount(account: NatsAccount): void {
    this.accounts.set(account.accountName, account);
    checkAtSynth(account, EXPORT_INVALID, () => exportFindings(account._exports, this.accounts));
    checkAtSynth(account, IMPORT_REFUSED, () => importFindings(account, this.accounts));
    checkAtSynth(account, ACCOUNT_USERS, () => account.isSystem || account._users.length > 0 || this.options.callout ? [] : [{
      what: `account '${account.accountName}' has no users`, allowed: 'at least one user', fix: 'add one with addUser',
    }]);
  }

  /** Findings about users who log in by certificate, for servers that do not map certificates to users. */
  public unmappedUsers(): Mistake[] {
    return !this.hasCertificateUsers ? [] : [{
      what: `${this.certificateUsers.map(({ userName }) => `'${userName}'`).sort().join(', ')} log in by certificate, but the servers do not map certificates to users`,
      allowed: 'TLS for clients with verify_and_map',
      fix: 'set verify_and_map for clients',
    }];
  }

  private checkWhole(): void {
    const { scope, stores, saidInExtraConfig, said } = this;
    const sums = () => storeSumFindings([...this.accounts.values()].map(({ _jetStream }) => _jetStream), stores);
    checkAtSynth(scope, AUTH_UNSAID, () => saidInExtraConfig ? [] : this.unsaid());
    checkAtSynth(scope, AUTH_NONE, () => said?._mode !== 'none' || saidInExtraConfig ? [] : [{
      what: 'auth is NatsAuth.none(): everyone who reaches the client port may read and write everything',
      allowed: 'NatsAuth.token(...), NatsAuth.users(...) or addUser(...)',
      fix: 'choose one',
    }]);
    checkAtSynth(scope, ACCOUNT_STORE, () => stores.clustered ? [] : sums());
    checkAtSynth(scope, ACCOUNT_STORE_SUM, () => stores.clustered ? sums() : []);
    checkAtSynth(scope, GLOBAL_USERS, () => this.globalUsers());
    checkAtSynth(scope, NO_AUTH_USER, () => this.options.noAuthUser === undefined || this.noAuthUser ? [] : [{
      what: `authOptions.noAuthUser is '${this.options.noAuthUser}'`, allowed: this.userNames() || 'a user of the cluster, which has none', fix: 'name one of the users',
    }]);
    checkAtSynth(scope, AUTH_CALLOUT, () => this.calloutFindings());
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
    const { systemAccount } = this;
    if (this.said && this.said._mode !== 'users') return [];
    if (this.users.some((user) => user.accountName !== systemAccount?.accountName)) return [];
    return [{
      what: this.said || this.accounts.size > 0 ? 'auth names no users, so that the server would let everyone in' : 'auth is not given',
      allowed: 'NatsAuth.users(...), addUser(...), NatsAuth.token(...), or NatsAuth.none() where nobody else reaches the servers',
      fix: `give auth on ${this.scope.node.id}`,
    }];
  }

  private globalUsers(): Mistake[] {
    const authUsers = this.options.callout?.users ?? [];
    const outside = this.users.filter(({ accountName, userName }) => accountName === GLOBAL_ACCOUNT_NAME && !authUsers.includes(userName));
    const others = [...this.accounts.values()].filter(({ isSystem }) => !isSystem).map(({ accountName }) => accountName);
    return outside.length === 0 || others.length === 0 || !this.stores.jetStream ? [] : [{
      what: `${outside.map(({ userName }) => `'${userName}'`).sort().join(', ')} are outside of all accounts, where JetStream is off because there are accounts (${others.sort().join(', ')})`,
      allowed: 'users in accounts',
      fix: 'add them to an account',
    }];
  }

  private calloutFindings(): Mistake[] {
    const { callout } = this.options;
    if (!callout) return [];
    const { account = GLOBAL_ACCOUNT_NAME, users, allowedAccounts = [] } = callout;
    const known = new Set([GLOBAL_ACCOUNT_NAME, ...this.accounts.keys()]);
    const strangers = [...callout.account === undefined ? [] : [account], ...allowedAccounts].filter((name) => !known.has(name));
    return [
      ...strangers.map((name) => ({ what: `authOptions.callout names the account '${name}', which is not there`, allowed: [...known].sort().join(', '), fix: 'add the account' })),
      ...users.filter((name) => this.userNamed(name)?.accountName !== account).map((name) => ({
        what: `authOptions.callout.users has '${name}', who is ${this.userNamed(name) ? `in ${this.userNamed(name)!.accountName}` : 'not there'}`,
        allowed: `users of ${account}`,
        fix: `add the user to ${account === GLOBAL_ACCOUNT_NAME ? 'the cluster' : account}`,
      })),
    ];
  }

  private get certificateUsers(): NatsUser[] {
    return this.users.filter(({ _certificateSubject }) => _certificateSubject !== undefined);
  }

  private userNamed(name: string): NatsUser | undefined {
    return this.usersByName.get(name);
  }

  private userNames(): string {
    return this.users.map(({ userName }) => userName).sort().join(', ');
  }
}
