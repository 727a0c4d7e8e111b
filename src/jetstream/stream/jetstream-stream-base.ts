import { Construct } from 'constructs';
import { StreamConfig } from './stream-config';
import { JetStreamConsumerOptions } from '../consumer/consumer-props';
import { JetStreamConsumer } from '../consumer/jetstream-consumer';
import { JetStreamTarget } from '../target/jetstream-target';

/** A stream: one that this app describes, or one that exists already. */
export abstract class JetStreamStreamBase extends Construct {
  /** Name of the stream. */
  public abstract readonly streamName: string;
  /** Where it is. */
  public abstract readonly target: JetStreamTarget;
  /** @internal What it is, if this app describes it. */
  public abstract readonly _config?: StreamConfig;
  /** @internal Whether it answers direct requests, where that is known. */
  public abstract readonly _allowsDirect?: boolean;

  /**
   * Adds a consumer to the stream.
   *
   * @param id id of the construct, and name of the consumer unless `name` is given
   */
  public addConsumer(id: string, options: JetStreamConsumerOptions = {}): JetStreamConsumer {
    return new JetStreamConsumer(this, id, { ...options, stream: this });
  }
}

/** What is known of a stream that exists already. */
export interface ExistingStreamOptions {
  /** Where it is. */
  readonly target: JetStreamTarget;
  /**
   * Whether it answers direct requests (`allow_direct`): a mirror of it must know.
   * @default - not known
   */
  readonly allowDirect?: boolean;
}

/** A stream that exists already. */
export class ExistingJetStreamStream extends JetStreamStreamBase {
  public readonly streamName: string;
  public readonly target: JetStreamTarget;
  /** @internal */
  public readonly _config = undefined;
  /** @internal */
  public readonly _allowsDirect?: boolean;

  constructor(scope: Construct, id: string, name: string, options: ExistingStreamOptions) {
    super(scope, id);
    this.streamName = name;
    this.target = options.target;
    this._allowsDirect = options.allowDirect;
  }
}
