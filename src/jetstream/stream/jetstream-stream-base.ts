import { Construct } from 'constructs';
import { StreamConfig } from './stream-config';
import { NatsUser } from '../../nats/auth/nats-user';
import { JetStreamConsumerOptions } from '../consumer/consumer-props';
import { JetStreamConsumer } from '../consumer/jetstream-consumer';
import { JetStreamGrantOptions, StreamPublishGrant, StreamReadGrant } from '../grants/grant-options';
import { StreamGrantor } from '../grants/stream-grantor';
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
  private grantor?: StreamGrantor;

  /**
   * Adds a consumer to the stream.
   *
   * @param id id of the construct, and name of the consumer unless `name` is given
   */
  public addConsumer(id: string, options: JetStreamConsumerOptions = {}): JetStreamConsumer {
    return new JetStreamConsumer(this, id, { ...options, stream: this });
  }

  /**
   * Lets a user publish to the stream and be acknowledged. Its client must be told its `inboxPrefix`, as with every grant. A user of another account
   * throws.
   *
   * A publisher can direct the acknowledgement to any subject, and so publish there what is no message of its own: only accounts keep users apart who
   * are hostile to each other.
   */
  public grantPublish(user: NatsUser, options: StreamPublishGrant = {}): void {
    this.grants.publish(user, options);
  }

  /**
   * Lets a user read the stream without a durable consumer: single messages, and with `orderedConsumers` all of them in order. For work that is
   * shared or must not be lost, use `grantConsume` of a consumer. A user of another account throws.
   *
   * The TypeScript client asks for the limits of the account first: `jetstreamManager(connection, { checkAPI: false })` does not, which a reader may not.
   */
  public grantRead(user: NatsUser, options: StreamReadGrant = {}): void {
    this.grants.read(user, options);
  }

  /**
   * Lets a user make, change, read, empty and remove this stream and its consumers; not publish to it, nor make others. Who may do this can also copy
   * other streams of the account into this one, as sources. A user of another account throws.
   */
  public grantManage(user: NatsUser, options: JetStreamGrantOptions = {}): void {
    this.grants.manage(user, options);
  }

  private get grants(): StreamGrantor {
    const { streamName: name, target, _allowsDirect: allowsDirect, _config: config } = this;
    return this.grantor ??= new StreamGrantor({ construct: this, name, target, allowsDirect, config });
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
    this.target._assets.noteExisting(name);
    this._allowsDirect = options.allowDirect;
  }
}
