import { Construct } from 'constructs';
import { NatsExport, ServiceExportOptions, StreamExportOptions } from './account-exports';
import { NatsImport, ServiceImportOptions, StreamImportOptions } from './account-imports';
import { checkAccountJetStream, NatsAccountJetStream, ServerStores } from './account-jetstream';
import { checkAccountLimits, checkMessageTrace, NatsAccountLimits, NatsMessageTrace } from './account-limits';
import { addMapping, mappingsBySource, NatsMapping } from './account-mappings';
import { ACCOUNT_NAME, EXPORT_INVALID, IMPORT_INVALID, SYSTEM_ACCOUNT } from './account-rules';
import { NatsUser, NatsUserOptions, NatsUserProps } from './nats-user';
import { Permissions } from './permissions';
import { NatsVersion } from '../nats-version';

/** An account of a cluster: users who share subjects and streams that nobody else sees. */
export interface NatsAccountOptions {
  /**
   * Whether this is the system account, in which the servers say what they do and are asked; for monitoring and administration. JetStream in it
   * throws, and so does a second one.
   * @default false
   */
  readonly system?: boolean;
  /**
   * Users; `addUser` adds more.
   * @default - none
   */
  readonly users?: NatsUserProps[];
  /**
   * What users may do who have no permissions themselves; they replace these, they are not added to them.
   * @default - none, so that each user needs permissions
   */
  readonly defaultPermissions?: Permissions;
  /**
   * What other accounts may have; `exportStream` and `exportService` add more. The same subject of one kind twice throws.
   * @default - nothing
   */
  readonly exports?: NatsExport[];
  /**
   * What the account has from others; `importStream` and `importService` add more. An import that no export allows fails the synth.
   * @default - nothing
   */
  readonly imports?: NatsImport[];
  /**
   * Mappings of what users of the account publish; `addMapping` adds more. Two for one subject throw.
   * @default - none
   */
  readonly mappings?: NatsMapping[];
  /**
   * JetStream of the account.
   * @default - without limits where the servers have JetStream, else none
   */
  readonly jetStream?: NatsAccountJetStream;
  /**
   * Limits of the account.
   * @default - none
   */
  readonly limits?: NatsAccountLimits;
  /**
   * Where the traces of messages go.
   * @default - nowhere
   */
  readonly messageTrace?: NatsMessageTrace;
}

/** An account of a cluster, with its name; for `accounts`. */
export interface NatsAccountProps extends NatsAccountOptions {
  /** Name: letters, digits, _ and -; another account of this name throws. */
  readonly name: string;
}

/** What an account needs to know of its cluster. */
interface AccountHost {
  readonly stores: ServerStores;
  readonly version: NatsVersion;
  /** Refuses a name that is taken, before a construct takes it. */
  checkUser(scope: Construct, name: string): void;
  register(user: NatsUser): void;
  /** Is told of each import and export. */
  grow(): void;
}

/** The name that the system account has unless it is given another. */
export const SYSTEM_ACCOUNT_NAME = '$SYS';

/**
 * An account of a cluster; made by `NatsCluster.addAccount`.
 * @see https://docs.nats.io/running-a-nats-service/configuration/securing_nats/accounts
 */
export class NatsAccount extends Construct {
  /** @internal */
  public static _create(scope: Construct, id: string, props: NatsAccountProps, host: AccountHost): NatsAccount {
    return new NatsAccount(scope, id, props, host);
  }

  /** Name of the account. */
  public readonly accountName: string;
  /** Whether this is the system account. */
  public readonly isSystem: boolean;
  /** @internal */
  public readonly _users: NatsUser[] = [];
  /** @internal */
  public readonly _exports: NatsExport[] = [];
  /** @internal */
  public readonly _imports: NatsImport[] = [];
  /** @internal */
  public readonly _mappings: Map<string, NatsMapping>;
  /** @internal */
  public readonly _jetStream: NatsAccountJetStream;
  /** @internal */
  public readonly _limits?: NatsAccountLimits;
  /** @internal */
  public readonly _messageTrace?: NatsMessageTrace;
  private readonly defaultPermissions?: Permissions;
  private readonly exported = new Set<string>();

  private constructor(scope: Construct, id: string, props: NatsAccountProps, private readonly host: AccountHost) {
    super(scope, id);
    this.accountName = props.name;
    this.isSystem = props.system ?? false;
    this._jetStream = this.isSystem ? { enabled: false, ...props.jetStream } : props.jetStream ?? { enabled: host.stores.jetStream !== undefined };
    this._limits = props.limits;
    this._messageTrace = props.messageTrace;
    this.defaultPermissions = props.defaultPermissions;
    this.check(props);
    for (const one of props.exports ?? []) this.addExport(one);
    for (const one of props.imports ?? []) this.addImport(one);
    this._mappings = mappingsBySource(this, props.mappings, host.version);
    for (const user of props.users ?? []) this.addUser(user.name, user);
  }

  /**
   * Adds a user. A name that is taken, in this account or another, throws.
   *
   * @param name letters, digits, _ and -
   */
  public addUser(name: string, options: NatsUserOptions): NatsUser {
    this.host.checkUser(this, name);
    const user = NatsUser._create(this, `user-${name}`, { ...options, name }, {
      cluster: this.node.scope!, accountName: this.accountName, defaultPermissions: this.defaultPermissions,
    });
    this.host.register(user);
    this._users.push(user);
    return user;
  }

  /** Lets other accounts subscribe to subjects of this one. */
  public exportStream(subject: string, options: StreamExportOptions = {}): void {
    this.addExport(NatsExport.stream(subject, options));
  }

  /** Lets other accounts send requests to this one. */
  public exportService(subject: string, options: ServiceExportOptions = {}): void {
    this.addExport(NatsExport.service(subject, options));
  }

  /**
   * Lets users of this account subscribe to subjects of another. One that it does not export to this account fails the synth.
   *
   * @param exporter the account whose subjects these are
   * @param subject what it exports, or a part of that
   */
  public importStream(exporter: NatsAccount, subject: string, options: StreamImportOptions = {}): void {
    this.checkNeighbour(exporter, subject);
    this.addImport(NatsImport.stream(exporter.accountName, subject, options));
  }

  /**
   * Lets users of this account send requests to another. Those that it does not export to this account fail the synth.
   *
   * @param exporter the account that answers
   * @param subject what it exports, or a part of that
   */
  public importService(exporter: NatsAccount, subject: string, options: ServiceImportOptions = {}): void {
    this.checkNeighbour(exporter, subject);
    this.addImport(NatsImport.service(exporter.accountName, subject, options));
  }

  /** Maps what users of this account publish to other subjects. A second mapping of a subject throws. */
  public addMapping(mapping: NatsMapping): void {
    addMapping(this, this._mappings, mapping, this.host.version);
  }

  private addExport(added: NatsExport): void {
    added._check(this);
    const exported = `${added._kind} '${added.subject}'`;
    if (this.exported.has(exported)) throw EXPORT_INVALID.error(this, { what: `the export of ${exported} stands there twice`, allowed: 'each export once', fix: 'put all accounts into one export' });
    this.exported.add(exported);
    this._exports.push(added);
    this.host.grow();
  }

  private addImport(added: NatsImport): void {
    added._check(this, this.accountName);
    this._imports.push(added);
    this.host.grow();
  }

  private checkNeighbour(exporter: NatsAccount, subject: string): void {
    if (exporter.node.scope === this.node.scope) return;
    throw IMPORT_INVALID.error(this, { what: `the import of '${subject}' is from ${exporter.node.path}, an account of another cluster`, allowed: 'an account of the same cluster' });
  }

  private check(props: NatsAccountProps): void {
    const { accountName: name, isSystem } = this;
    if (!/^[\w-]+$/.test(name) && !(isSystem && name === SYSTEM_ACCOUNT_NAME)) {
      const fix = name === '$G' ? 'add its users with addUser of the cluster' : name === SYSTEM_ACCOUNT_NAME ? 'use systemAccount of the cluster' : undefined;
      throw ACCOUNT_NAME.error(this, { what: `the account name '${name}' is ${fix ? 'reserved' : 'invalid'}`, allowed: 'letters, digits, _ and -', fix });
    }
    if (isSystem) this.checkSystem(props);
    else if (props.jetStream) checkAccountJetStream(this, props.jetStream, this.host.stores);
    if (props.limits) checkAccountLimits(this, props.limits);
    if (props.messageTrace) checkMessageTrace(this, props.messageTrace);
    props.defaultPermissions?._check(this);
  }

  private checkSystem(props: NatsAccountProps): void {
    if (props.jetStream && (props.jetStream.enabled ?? true)) {
      throw SYSTEM_ACCOUNT.error(this, { what: `the system account '${this.accountName}' has jetStream`, allowed: 'an account of its own for streams', fix: 'leave jetStream out' });
    }
  }
}
