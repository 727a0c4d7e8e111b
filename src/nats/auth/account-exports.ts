import { Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { EXPORT_INVALID } from './account-rules';
import { Mistake } from '../../core/mistake';
import { ConfBlock } from '../conf/conf-value';
import { covers, isLiteralSubject, isSubject } from '../subject';

/** How many responses a service sends to a request. */
export enum NatsResponseType {
  /** One. */
  SINGLE = 'single',
  /** Any number, each a response of its own. */
  STREAM = 'stream',
  /** One in pieces. */
  CHUNKED = 'chunked',
}

/** Measurement of how long a service takes. */
export interface NatsServiceLatency {
  /** Subject in the exporting account to which the measurements go; one with wildcards, or that is itself exported as a service, throws. */
  readonly subject: string;
  /**
   * Percentage of the requests that are measured: a whole number from 1 to 100.
   * @default 100
   */
  readonly sampling?: number;
  /**
   * Whether those requests are measured whose headers ask for it, in place of a percentage.
   * @default false
   */
  readonly sampleByHeader?: boolean;
}

/** Whom a stream is for. */
export interface StreamExportOptions {
  /**
   * Names of the accounts that may import it. An empty list throws: nats-server reads it as all.
   * @default - all accounts
   */
  readonly accounts?: string[];
  /**
   * Which token of the subject, counted from 1, is the name of the importing account: each may import its own. That token must be `*`; not together
   * with `accounts`, which the server would then ignore.
   * @default - none
   */
  readonly accountTokenPosition?: number;
}

/** Whom a service is for, and how it answers. */
export interface ServiceExportOptions extends StreamExportOptions {
  /**
   * How many responses it sends to a request.
   * @default NatsResponseType.SINGLE
   */
  readonly responseType?: NatsResponseType;
  /**
   * For how long after a request it may respond.
   * @default - the server's: 2 minutes
   */
  readonly responseThreshold?: Duration;
  /**
   * Measurement of how long it takes; only for a single response.
   * @default - none
   */
  readonly latency?: NatsServiceLatency;
  /**
   * Whether the trace of a message goes on into the exporting account.
   * @default false
   */
  readonly allowTrace?: boolean;
}

/**
 * What an account lets others have.
 * @see https://docs.nats.io/running-a-nats-service/configuration/securing_nats/accounts
 */
export class NatsExport {
  /** Messages that others may subscribe to; wildcards are allowed. */
  public static stream(subject: string, options: StreamExportOptions = {}): NatsExport {
    return new NatsExport('stream', subject, options);
  }

  /** Requests that others may send; wildcards are allowed. */
  public static service(subject: string, options: ServiceExportOptions = {}): NatsExport {
    return new NatsExport('service', subject, options);
  }

  private constructor(
    /** @internal */ public readonly _kind: 'stream' | 'service',
    /** What is exported. */
    public readonly subject: string,
    /** @internal */ public readonly _options: ServiceExportOptions,
  ) {}

  /** @internal */
  public _check(scope: Construct): void {
    const refuse = (what: string, allowed: string) => { throw EXPORT_INVALID.error(scope, { what: `the export of ${this._kind} '${this.subject}' ${what}`, allowed }); };
    const { accounts, accountTokenPosition: position, latency, responseType = NatsResponseType.SINGLE, responseThreshold } = this._options;
    if (!isSubject(this.subject)) refuse('has no subject', 'tokens without spaces between dots, * for one token, > at the end');
    if (accounts?.length === 0) refuse('has an empty list of accounts, which nats-server reads as all', 'names of accounts, or no list for all');
    if (position !== undefined && this.subject.split('.')[position - 1] !== '*') {
      refuse(`has accountTokenPosition ${position}`, 'the position of a * in the subject, counted from 1');
    }
    if (position !== undefined && accounts) refuse('has both accounts and accountTokenPosition, of which nats-server ignores the first', 'one of them');
    if (responseThreshold && responseThreshold.toMilliseconds() <= 0) refuse('has a responseThreshold of no time', 'a time longer than zero');
    if (!latency) return;
    if (responseType !== NatsResponseType.SINGLE) refuse(`has a latency and the response type ${responseType}`, 'a latency for single responses only');
    if (!isLiteralSubject(latency.subject)) refuse(`measures latency to '${latency.subject}'`, 'a subject without wildcards');
    const { sampling = 100 } = latency;
    if (!Number.isInteger(sampling) || sampling < 1 || sampling > 100 || (latency.sampleByHeader && latency.sampling !== undefined)) {
      refuse(`samples ${sampling} percent${latency.sampleByHeader ? ' and by header' : ''}`, 'a whole number from 1 to 100, or sampleByHeader');
    }
  }

  /** @internal */
  public _render(): ConfBlock {
    const { accounts, accountTokenPosition, latency, responseType, responseThreshold, allowTrace } = this._options;
    return {
      [this._kind]: this.subject,
      accounts: accounts && [...new Set(accounts)].sort(),
      account_token_position: accountTokenPosition,
      response_type: responseType,
      threshold: responseThreshold,
      latency: latency && { subject: latency.subject, sampling: latency.sampleByHeader ? 'headers' : latency.sampling ?? 100 },
      allow_trace: allowTrace,
    };
  }
}

/** What is wrong with exports beside all accounts and beside each other. */
export function exportFindings(exports: NatsExport[], accounts: ReadonlyMap<string, unknown>): Mistake[] {
  return exports.flatMap(({ _kind, subject, _options: { accounts: importers = [], latency } }) => {
    const what = `the export of ${_kind} '${subject}'`;
    const strangers = importers.filter((name) => !accounts.has(name));
    const looping = latency && exports.find((other) => other._kind === 'service' && covers(other.subject, latency.subject));
    return [
      ...strangers.map((name) => ({ what: `${what} is for '${name}', an account that is not there`, allowed: [...accounts.keys()].sort().join(', '), fix: 'add the account' })),
      ...looping ? [{ what: `${what} measures latency to '${latency.subject}', which is itself exported as a service`, allowed: 'a subject that is not exported as a service' }] : [],
    ];
  });
}
