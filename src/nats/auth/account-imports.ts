import { Construct } from 'constructs';
import { IMPORT_INVALID } from './account-rules';
import { ConfBlock } from '../conf/conf-value';
import { isLiteralSubject, isSubject } from '../subject';

/** As what an account sees a stream of another. */
export interface StreamImportOptions {
  /**
   * The subject that it has in the importing account; where the imported one has wildcards, this has each of them, as * in their order or as $1, $2...
   * @default - the imported subject
   */
  readonly to?: string;
  /**
   * Put before the imported subject, in place of `to`; no wildcards.
   * @default - none
   */
  readonly prefix?: string;
  /**
   * Whether the trace of a message goes on into the importing account.
   * @default false
   */
  readonly allowTrace?: boolean;
}

/** As what an account sees a service of another. */
export interface ServiceImportOptions {
  /**
   * The subject to which its users send requests; where the imported one has wildcards, this has each of them, as * in their order or as $1, $2...
   * @default - the imported subject
   */
  readonly to?: string;
  /**
   * Whether the exporting account learns who asked.
   * @default false
   */
  readonly share?: boolean;
}

/**
 * What an account has from another.
 * @see https://docs.nats.io/running-a-nats-service/configuration/securing_nats/accounts
 */
export class NatsImport {
  /**
   * Messages of another account.
   *
   * @param account name of the exporting account
   * @param subject what it exports, or a part of that
   */
  public static stream(account: string, subject: string, options: StreamImportOptions = {}): NatsImport {
    return new NatsImport('stream', account, subject, options);
  }

  /**
   * Requests to another account.
   *
   * @param account name of the exporting account
   * @param subject what it exports, or a part of that
   */
  public static service(account: string, subject: string, options: ServiceImportOptions = {}): NatsImport {
    return new NatsImport('service', account, subject, options);
  }

  private constructor(
    /** @internal */ public readonly _kind: 'stream' | 'service',
    /** Name of the exporting account. */
    public readonly account: string,
    /** What is imported, as the exporting account calls it. */
    public readonly subject: string,
    /** @internal */ public readonly _options: StreamImportOptions & ServiceImportOptions,
  ) {}

  /**
   * The subject in the importing account.
   * @internal
   */
  public get _localSubject(): string {
    const { to, prefix } = this._options;
    return to ?? (prefix === undefined ? this.subject : `${prefix.replace(/\.$/, '')}.${this.subject}`);
  }

  /** @internal */
  public _check(scope: Construct, importer: string): void {
    const refuse = (what: string, allowed: string) => {
      throw IMPORT_INVALID.error(scope, { what: `the import of ${this._kind} '${this.subject}' from ${this.account} ${what}`, allowed });
    };
    const { to, prefix } = this._options;
    if (this.account === importer) refuse('is from the account itself', 'another account');
    if (!isSubject(this.subject)) refuse('has no subject', 'tokens without spaces between dots, * for one token, > at the end');
    if (to !== undefined && prefix !== undefined) refuse('has both to and prefix', 'one of them');
    if (to !== undefined && !isSubject(to)) refuse(`has to '${to}'`, 'a subject');
    if (prefix !== undefined && !isLiteralSubject(prefix.replace(/\.$/, ''))) refuse(`has prefix '${prefix}'`, 'a subject without wildcards');
  }

  /** @internal */
  public _render(): ConfBlock {
    const { to, prefix, allowTrace, share } = this._options;
    return { [this._kind]: { account: this.account, subject: this.subject }, to, prefix, allow_trace: allowTrace, share };
  }
}
