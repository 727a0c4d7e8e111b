import { Construct } from 'constructs';
import type { JetStreamStreamBase } from './jetstream-stream-base';
import { StreamOriginConfig } from './stream-config';
import { resolveTransform, StreamSubjectTransform } from './subject-transforms';
import { defineRule, RuleLevel } from '../../core/rule';
import { AccountAssets } from '../assets/account-assets';
import { JetStreamTarget } from '../target/jetstream-target';

export const STREAM_ORIGIN = defineRule({
  id: 'STREAM-ORIGIN-ACCOUNT',
  level: RuleLevel.ERROR,
  statement: 'A stream copies from one of its own account, or from another through an external API prefix.',
  source: 'https://docs.nats.io/nats-concepts/jetstream/source_and_mirror',
});

/** A consumer that exists already, by which a stream reads its origin. */
export interface StreamOriginConsumer {
  /** Name of the consumer; a push consumer of the origin with `ackPolicy: AckPolicy.FLOW_CONTROL`. */
  readonly name: string;
  /** Where it delivers. */
  readonly deliverSubject: string;
}

/** What of another stream is copied, and how it is reached. */
export interface StreamOriginOptions {
  /**
   * First sequence number that is copied.
   * @default - from the beginning
   */
  readonly startSequence?: number;
  /**
   * Time from which on messages are copied, as RFC 3339 writes it: `2026-08-01T00:00:00Z`.
   * @default - from the beginning
   */
  readonly startTime?: string;
  /**
   * Subject of the messages that are copied; not together with `subjectTransforms`.
   * @default - all
   */
  readonly filterSubject?: string;
  /**
   * The subjects that are copied, and what becomes of them.
   * @default - all, unchanged
   */
  readonly subjectTransforms?: StreamSubjectTransform[];
  /**
   * Prefix of the JetStream API through which a stream of another account or domain is reached, such as `$JS.hub.API`.
   * @default - the stream is in the same account
   */
  readonly externalApiPrefix?: string;
  /**
   * Prefix of the subjects on which messages from another account come.
   * @default - none
   */
  readonly externalDeliverPrefix?: string;
  /**
   * A consumer of the origin that is to be used instead of one that the server makes, nats-server 2.14 and newer.
   * @default - one that the server makes
   */
  readonly consumer?: StreamOriginConsumer;
}

/**
 * A stream from which another copies, as its mirror or from several sources.
 * @see https://docs.nats.io/nats-concepts/jetstream/source_and_mirror
 */
export class StreamOrigin {
  /** A stream of the app. One of another account throws without `externalApiPrefix`. */
  public static stream(stream: JetStreamStreamBase, options: StreamOriginOptions = {}): StreamOrigin {
    return new StreamOrigin(stream.streamName, options, stream);
  }

  /** A stream by its name, which may be described later, or not in this app. */
  public static named(name: string, options: StreamOriginOptions = {}): StreamOrigin {
    return new StreamOrigin(name, options);
  }

  private constructor(private readonly name: string, private readonly options: StreamOriginOptions, private readonly stream?: JetStreamStreamBase) {}

  /** @internal */
  public _resolve(scope: Construct, assets: AccountAssets): StreamOriginConfig {
    const { subjectTransforms = [], ...options } = this.options;
    if (this.stream) checkSameAccount(scope, `stream '${this.name}'`, this.stream, assets, options.externalApiPrefix);
    return { ...options, name: this.name, subjectTransforms: subjectTransforms.map(resolveTransform) };
  }

  /** @internal Whether the origin answers direct requests, where that is known. */
  public _allowsDirect(assets: AccountAssets): boolean | undefined {
    if (this.options.externalApiPrefix !== undefined) return undefined;
    return this.stream?._allowsDirect ?? assets.stream(this.name)?.allowDirect;
  }
}

/** Refuses an origin in another account to which no way leads. */
export function checkSameAccount(
  scope: Construct, what: string, origin: Construct & { target: JetStreamTarget }, assets: AccountAssets, externalApiPrefix: string | undefined,
): void {
  if (origin.target._assets === assets || externalApiPrefix !== undefined) return;
  throw STREAM_ORIGIN.error(scope, {
    what: `the ${what} (${origin.node.path}) is in another account`,
    allowed: 'one of the same account',
    fix: 'export its API to this account, and give the prefix by which that imports it as externalApiPrefix',
  });
}
