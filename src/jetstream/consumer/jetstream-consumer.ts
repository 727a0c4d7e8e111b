import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { ConsumerConfig } from './consumer-config';
import { JetStreamConsumerProps } from './consumer-props';
import { renderConsumer } from './render-consumer';
import { resolveConsumer } from './resolve-consumer';
import * as nack from '../../../imports/jetstream.nats.io';
import { NatsUser } from '../../nats/auth/nats-user';
import { judge } from '../assets/judge';
import { consumeGrant } from '../grants/consumer-grants';
import { JetStreamGrantOptions } from '../grants/grant-options';
import { GRANT_SUBJECT } from '../grants/grant-rules';
import { grantIn } from '../grants/grantee';
import { jetStreamResource } from '../jetstream-resource';
import { consumerRules } from '../rules/consumer-rules';
import type { JetStreamStreamBase } from '../stream/jetstream-stream-base';

/**
 * A durable consumer of a stream, which NACK makes and keeps as it is described; `addConsumer` of the stream makes one too.
 *
 * What the server would refuse throws. All defaults are written out, so that NACK's own do not hold: it would wait a nanosecond for acknowledgements, or ask for none.
 *
 * @see https://docs.nats.io/nats-concepts/jetstream/consumers
 */
export class JetStreamConsumer extends Construct {
  /** Name of the consumer. */
  public readonly consumerName: string;
  /** The stream that it is of. */
  public readonly stream: JetStreamStreamBase;
  /** The Consumer. */
  public readonly apiObject: ApiObject;
  /** @internal */
  public readonly _config: ConsumerConfig;

  constructor(scope: Construct, id: string, props: JetStreamConsumerProps) {
    super(scope, id);
    const { stream, resourceName, preventDelete, preventUpdate } = props;
    const assets = stream.target._assets;
    const place = assets.consumerPlace(stream.streamName);
    const config = resolveConsumer(this, props, place);
    judge(this, consumerRules, config, place);
    assets.addConsumer(this, config);
    this.consumerName = config.name;
    this.stream = stream;
    this._config = config;
    const spec = nack.toJson_ConsumerSpec({ ...renderConsumer(config), ...stream.target._connectionFor(this), preventDelete, preventUpdate });
    this.apiObject = jetStreamResource(this, 'Consumer', { names: [config.streamName, config.name], name: resourceName, spec });
  }

  /**
   * Lets a user receive what the consumer delivers, and acknowledge it; not change the consumer, nor read the stream otherwise. All who consume can
   * acknowledge for each other. A user of another account throws.
   *
   * The client binds to the consumer by its name, and must be told the user's `inboxPrefix`: to create or update the consumer, as some clients do at
   * each start, is refused.
   */
  public grantConsume(user: NatsUser, options: JetStreamGrantOptions = {}): void {
    const { deliverGroup } = this._config;
    if (deliverGroup !== undefined && /\s/.test(deliverGroup)) {
      throw GRANT_SUBJECT.error(this, { what: `the deliver group is '${deliverGroup}'`, allowed: 'a text without spaces, which permissions can name' });
    }
    grantIn(this, this.stream.target, user, consumeGrant(this._config), options);
  }
}
