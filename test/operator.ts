import { Account, encodeAccount, encodeGeneric, encodeOperator, encodeUser, EncodingOptions, fmtCreds, User } from '@nats-io/jwt';
import { createAccount, createOperator, createUser, KeyPair } from '@nats-io/nkeys';

interface Claims {
  readonly [claim: string]: unknown;
}
type Encoding = Partial<EncodingOptions>;
type Operated = Operator & { readonly system: OperatedAccount };

/** An operator with the accounts that it signs, made with the official libraries. */
export class Operator {
  public static async create(claims: Claims = {}, options: Encoding = {}): Promise<Operator> {
    const key = createOperator();
    return new Operator(key, await encodeOperator('ops', key, claims, options));
  }

  /** An operator that names its system account. */
  public static async withSystemAccount(claims: Claims = {}): Promise<Operated> {
    const systemKey = createAccount();
    const operator = await Operator.create({ ...claims, system_account: systemKey.getPublicKey() });
    return Object.assign(operator, { system: await operator.account('SYS', {}, {}, systemKey) });
  }

  /** An operator that has a key beside its own to sign accounts with. */
  public static async withSigningKey(claims: Claims = {}): Promise<{ readonly operator: Operator; readonly signer: KeyPair }> {
    const signer = createOperator();
    return { operator: await Operator.create({ ...claims, signing_keys: [signer.getPublicKey()] }), signer };
  }

  private constructor(private readonly key: KeyPair, public readonly jwt: string) {}

  public get publicKey(): string {
    return this.key.getPublicKey();
  }

  /** A new account, without any limits unless the claims say otherwise. */
  public async account(name: string, claims: Partial<Account> = {}, options: Encoding = {}, key = createAccount()): Promise<OperatedAccount> {
    const limits = { subs: -1, data: -1, payload: -1, imports: -1, exports: -1, wildcards: true, conn: -1, leaf: -1, ...claims.limits };
    return new OperatedAccount(key, await encodeAccount(name, key, { ...claims, limits }, { signer: this.key, ...options }));
  }

  /** What is sent to delete accounts. */
  public deletion(...accounts: OperatedAccount[]): Promise<string> {
    return encodeGeneric('delete', this.key, 'generic', { accounts: accounts.map(({ publicKey }) => publicKey) });
  }
}

/** A user as a client has it. */
export interface OperatedUser {
  readonly jwt: string;
  readonly creds: Uint8Array;
}

/** An account that an operator has signed. */
export class OperatedAccount {
  constructor(public readonly key: KeyPair, public readonly jwt: string) {}

  public get publicKey(): string {
    return this.key.getPublicKey();
  }

  /** A new user, who may do everything unless the claims say otherwise. */
  public async user(name: string, claims: Partial<User> = {}, options: Encoding = {}): Promise<OperatedUser> {
    const key = createUser();
    const jwt = await encodeUser(name, key, this.key, claims, options);
    return { jwt, creds: fmtCreds(jwt, key) };
  }
}
